// Sign-in, sign-out and passwords: the door's own writes.
#include "gateway/sign_in.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "gateway/json_reader.h"
#include "gateway/password.h"
#include "gateway/problem.h"
#include "gateway/refusals.h"
#include "modules/fields.h"
#include "modules/text.h"

namespace gateway {
namespace {

using modules::Json;

constexpr std::string_view cookie_name = "ebb_session";
constexpr std::size_t token_characters = 43;  // 32 bytes in base64url
constexpr std::size_t user_agent_bytes_max = 200;
constexpr std::size_t password_bytes_max = 4 * password::characters_max;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// What cannot be a token is not worth a look into the tables.
bool is_token(std::string_view text) {
  return text.size() == token_characters &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

std::string_view cookie_of(std::string_view header) {
  while (!header.empty()) {
    auto const end = header.find(';');
    auto const pair = trimmed(header.substr(0, end));
    if (pair.size() > cookie_name.size() && pair.starts_with(cookie_name) && pair[cookie_name.size()] == '=') {
      return pair.substr(cookie_name.size() + 1);
    }
    header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
  }
  return {};
}

// Who signed in, in short; GET /me of the accounts module says it at length.
Json person(modules::Actor const& actor) {
  auto object = Json::object();
  object.add("id", Json::text(std::to_string(actor.person.number())));
  object.add("role", Json::text(modules::role_text(actor.role)));
  if (actor.org.is_given()) object.add("org", Json::text(std::to_string(actor.org.number())));
  if (!actor.division.empty()) object.add("division", Json::text(actor.division));
  return object;
}

HttpAnswer json(int status, Json const& body) {
  return {status, "application/json", body.write(), {}};
}

HttpAnswer malformed(modules::Malformed const& why) {
  return {400, std::string(problem_type), problem(why), {}};
}

void with_seq(HttpAnswer& answer, engine::Seq seq) {
  if (seq.is_given()) answer.headers.emplace_back("Ebb-Seq", std::to_string(seq.number()));
}

HttpAnswer refused(NotDone const& why) {
  auto answer = refuse(why.refusal);
  with_seq(answer, why.seq);
  return answer;
}

}  // namespace

Credentials credentials_of(HttpRequest const& request) {
  constexpr std::string_view scheme = "Bearer ";
  if (auto const header = request.header("authorization"); !header.empty()) {
    return {Credentials::By::Bearer,
            header.starts_with(scheme) ? std::string(trimmed(header.substr(scheme.size()))) : std::string{}};
  }
  if (auto const token = cookie_of(request.header("cookie")); !token.empty()) {
    return {Credentials::By::Cookie, std::string(token)};
  }
  return {};
}

Origin origin_of(HttpRequest const& request) {
  auto origin = request.header("origin");
  if (origin.empty()) return Origin::Missing;
  auto const scheme = origin.find("://");
  if (scheme == std::string_view::npos) return Origin::Foreign;
  auto const host = request.header("host");
  return std::ranges::equal(origin.substr(scheme + 3), host,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); })
             ? Origin::Same
             : Origin::Foreign;
}

struct SignInDesk::Attempt {
  std::string login, password, address, user_agent;
  enum class As : std::uint8_t { Browser, Program } as = As::Browser;
};

SignInDesk::SignInDesk(Lobby& lobby, Workers& workers, Commands& commands)
    : lobby_(lobby), workers_(workers), commands_(commands), attempts_(lobby.options.attempts) {}

std::optional<Identity> SignInDesk::identify(Credentials const& credentials, engine::TableReader const& tables) const {
  if (!is_token(credentials.token)) return std::nullopt;
  auto digest = password::token_digest(credentials.token);
  auto actor = lobby_.doors.sign_in.actor(digest, lobby_.doors.clock.now(), tables);
  if (!actor) return std::nullopt;
  return Identity{std::move(*actor), std::move(digest)};
}

HttpAnswer SignInDesk::ended(Credentials const& credentials) const {
  auto answer = refuse(refusals::sign_in_required);
  if (credentials.by == Credentials::By::Cookie) answer.headers.emplace_back("Set-Cookie", forgotten_cookie());
  return answer;
}

void SignInDesk::sign_in(HttpRequest const& request, Reply reply) {
  // A foreign page must not sign a browser in as somebody else.
  if (origin_of(request) == Origin::Foreign) return reply(refuse(refusals::forbidden_origin));
  auto const body = parse(request.body);
  if (!body) return reply(malformed(body.error()));
  modules::Faults faults;
  modules::Fields fields(&*body, faults);
  constexpr modules::Named<Attempt::As> kinds[] = {{"browser", Attempt::As::Browser},
                                                   {"program", Attempt::As::Program}};
  Attempt attempt{.login = fields.text("login", {1, 64}),
                  .password = fields.text("password", {1, password_bytes_max}),
                  .address = request.address,
                  .user_agent = std::string(request.header("user-agent").substr(0, user_agent_bytes_max))};
  attempt.as = fields.one_of<Attempt::As>("as", kinds);
  fields.finish();
  if (!faults.empty()) return reply(malformed({std::move(faults)}));

  if (auto const wait = attempts_.begin(attempt.login, attempt.address, lobby_.doors.clock.now())) {
    auto answer = refuse(refusals::too_many_requests);
    for (auto& [name, value] : answer.headers) {
      if (name == "Retry-After") value = std::to_string(wait->count());
    }
    return reply(std::move(answer));
  }
  auto const offered = workers_.offer([this, attempt = std::move(attempt), reply] { check(attempt, reply); });
  if (offered != Workers::Offer::Taken) reply(refuse(refusals::overloaded));
}

// On a worker.
void SignInDesk::check(Attempt const& attempt, Reply const& reply) {
  auto const credential = lobby_.doors.sign_in.credential(attempt.login, *lobby_.doors.snapshots.snapshot());
  auto const match =
      password::verify(attempt.password, credential ? credential->password_hash : password::nobody_hash());
  if (!credential || match == password::Match::Other) {
    lobby_.figures.sign_ins_failed.add();
    if (attempts_.failed(attempt.login) == Attempts::Verdict::Lock && credential && credential->locked == 0) {
      commands_.decide(lobby_.doors.sign_in.lock(credential->person, "too many failed sign-ins"), [](Verdict) {});
    }
    return reply(refuse(refusals::sign_in_failed));
  }
  // Only who knows the password hears that the account is locked.
  if (credential->locked != 0) return reply(refuse(refusals::account_locked));
  attempts_.succeeded(attempt.login, attempt.address);
  open_session(attempt, credential->person, reply);
}

void SignInDesk::open_session(Attempt const& attempt, engine::PersonId who, Reply const& reply) {
  auto const token = password::new_token();
  auto const digest = password::token_digest(token);
  commands_.decide(lobby_.doors.sign_in.open_session(who, digest, attempt.user_agent),
                   [this, token, digest, as = attempt.as, reply](Verdict verdict) {
                     if (!verdict) return reply(refused(verdict.error()));
                     auto const now = lobby_.doors.clock.now();
                     auto const signed_in = lobby_.doors.sign_in.actor(digest, now, *lobby_.doors.snapshots.snapshot());
                     if (!signed_in) return reply(refuse(refusals::sign_in_failed));  // ended again in the meantime
                     auto body = Json::object().add("person", person(*signed_in));
                     if (as == Attempt::As::Program) body.add("token", Json::text(token));
                     auto answer = json(200, body);
                     with_seq(answer, verdict->seq);
                     if (as == Attempt::As::Browser) answer.headers.emplace_back("Set-Cookie", cookie(token));
                     reply(std::move(answer));
                   });
}

void SignInDesk::sign_out(modules::Actor const& actor, Reply reply) {
  commands_.decide(lobby_.doors.sign_in.close_session(actor), [this, reply = std::move(reply)](Verdict verdict) {
    if (!verdict) return reply(refused(verdict.error()));
    HttpAnswer answer{204, {}, {}, {{"Set-Cookie", forgotten_cookie()}}};
    with_seq(answer, verdict->seq);
    reply(std::move(answer));
  });
}

void SignInDesk::change_password(modules::Actor const& actor, HttpRequest const& request, Reply reply) {
  auto const body = parse(request.body);
  if (!body) return reply(malformed(body.error()));
  modules::Faults faults;
  modules::Fields fields(&*body, faults);
  auto old = fields.text("old", {1, password_bytes_max});
  auto chosen = fields.text("new", {1, password_bytes_max});
  fields.finish();
  if (!faults.empty()) return reply(malformed({std::move(faults)}));
  if (password::judge(chosen) == password::Fit::Refused) return reply(refuse(refusals::password_rules));

  // A stolen session must not be a way to guess the password behind it.
  auto const name = "person " + std::to_string(actor.person.number());
  if (attempts_.begin(name, request.address, lobby_.doors.clock.now())) {
    return reply(refuse(refusals::too_many_requests));
  }
  auto const address = request.address;
  auto const offered =
      workers_.offer([this, actor, name, address, old = std::move(old), chosen = std::move(chosen), reply] {
        auto const tables = lobby_.doors.snapshots.snapshot();
        auto const credential = lobby_.doors.sign_in.credential_of(actor.person, *tables);
        if (!credential || password::verify(old, credential->password_hash) == password::Match::Other) {
          return reply(refuse(refusals::sign_in_failed));
        }
        attempts_.succeeded(name, address);
        auto const hash = password::hash(chosen);
        if (!hash) return reply(refuse(refusals::overloaded));
        commands_.decide(lobby_.doors.sign_in.set_password(actor, actor.person, *hash), [reply](Verdict verdict) {
          if (!verdict) return reply(refused(verdict.error()));
          HttpAnswer answer{204, {}, {}, {}};
          with_seq(answer, verdict->seq);
          reply(std::move(answer));
        });
      });
  if (offered != Workers::Offer::Taken) reply(refuse(refusals::overloaded));
}

std::string SignInDesk::forgotten_cookie() const {
  return cookie("") + "; Max-Age=0";
}

std::string SignInDesk::cookie(std::string_view token) const {
  std::string text(cookie_name);
  text.append("=").append(token).append("; HttpOnly; SameSite=Strict; Path=/");
  if (lobby_.options.cookies == CookieScope::TlsOnly) text.append("; Secure");
  return text;
}

}  // namespace gateway
