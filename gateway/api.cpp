// Dispatch, reads and writes of REST.
#include "gateway/api.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/check.h"
#include "gateway/json_reader.h"
#include "gateway/password.h"
#include "gateway/problem.h"
#include "gateway/proofs.h"
#include "gateway/refusals.h"
#include "gateway/wire.h"

namespace gateway {
namespace {

using modules::Method;

constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

HttpAnswer plain(int status, std::string_view text) {
  return {status, "text/plain; charset=utf-8", std::string(text), {}};
}

HttpAnswer malformed(modules::Malformed const& why) {
  return {400, std::string(problem_type), problem(why), {}};
}

HttpAnswer denied(modules::Denied const& why) {
  if (auto const* refusal = std::get_if<engine::Refusal>(&why.why)) return refuse(*refusal);
  return malformed(std::get<modules::Malformed>(why.why));
}

// The ETag inside If-Match, without its quotes. A weak one keeps its W/ and so matches nothing.
std::string_view unquoted(std::string_view tag) {
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') return tag.substr(1, tag.size() - 2);
  return tag;
}

// A response of a module as an answer.
HttpAnswer rendered(modules::Response const& response) {
  HttpAnswer answer{response.status, {}, {}, {}};
  if (!response.body.is_null()) {
    answer.type = "application/json";
    answer.body = response.body.write();
  }
  if (!response.etag.empty()) answer.headers.emplace_back("ETag", '"' + response.etag + '"');
  return answer;
}

bool is_json(std::string_view type) {
  constexpr std::string_view expected = "application/json";
  return type.starts_with(expected) && (type.size() == expected.size() || type[expected.size()] == ';');
}

bool is_below_api(Target const& target) {
  return target.segments.front() == "api";
}

// Nobody may hand in a hash: only the door makes them, from a password.
constexpr std::string_view password_member = "password";
constexpr std::string_view hash_member = "password_hash";

}  // namespace

struct Api::Call {
  HttpRequest request;
  Reply reply;
  Target target;
  Router::Found found;
  Credentials credentials;
  std::optional<modules::Actor> actor;
  std::optional<modules::Json> body;

  modules::Route const& route() const { return found.entry->route; }
  modules::Request as_module_sees_it(engine::Instant now) const {
    return {.path = found.path,
            .query = target.query,
            .actor = actor ? &*actor : nullptr,
            .body = body ? &*body : nullptr,
            .if_match = unquoted(request.header("if-match")),
            .request_key = request.header("idempotency-key"),
            .now = now};
  }
};

Api::Api(Lobby& lobby, Workers& workers)
    : lobby_(lobby),
      workers_(workers),
      commands_(lobby),
      sign_in_(lobby, workers, commands_),
      pages_(lobby.doors.pages, lobby.options.web_root) {
  auto const under = [](std::string_view path) { return std::string(api_root).append(path); };
  router_.add(Own::Livez, Method::Get, "/livez");
  router_.add(Own::Readyz, Method::Get, "/readyz");
  router_.add(Own::Metrics, Method::Get, "/metrics");
  router_.add(Own::Live, Method::Get, under("/live"));
  if (lobby.options.is_echoing) router_.add(Own::Echo, Method::Get, "/echo");
  router_.add(Own::SignIn, Method::Post, under("/sign-in"));
  using enum modules::Role;
  router_.add(Own::SignOut, Method::Post, under("/sign-out"), {Administrator, Purchaser, Supplier, Regulator});
  router_.add(Own::Password, Method::Post, under("/me/password"), {Administrator, Purchaser, Supplier, Regulator});
  for (auto const* module : lobby.doors.modules) module->routes(router_);
  if (lobby.doors.proofs != nullptr) lobby.doors.proofs->routes(router_);
}

void Api::answer(HttpRequest request, Reply reply) {
  lobby_.figures.http_requests.add();
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->reply = [this, reply = std::move(reply)](HttpAnswer answer) {
    if (answer.status >= 400) lobby_.figures.http_refused.add();
    reply(std::move(answer));
  };
  auto target = parse_target(call->request.target);
  if (!target) return call->reply(malformed({{{"", "the target is not a path with valid escapes"}}}));
  call->target = std::move(*target);
  auto found = router_.find(call->request.method, call->target.segments);
  if (std::holds_alternative<Router::Nowhere>(found)) {
    return call->reply(is_below_api(call->target) ? refuse(refusals::no_such_route) : page(*call));
  }
  if (auto const* wrong = std::get_if<Router::WrongMethod>(&found)) {
    auto answer = refuse(refusals::method_not_allowed);
    answer.headers.emplace_back("Allow", wrong->allow);
    return call->reply(std::move(answer));
  }
  call->found = std::move(std::get<Router::Found>(found));
  dispatch(std::move(call));
}

// At every stage: who comes while the journal is replayed gets a page that waits for /readyz.
HttpAnswer Api::page(Call const& call) const {
  auto answer = pages_.answer(call.request, call.target);
  if (answer.status < 400) lobby_.figures.pages_served.add();
  return answer;
}

// Who asks, and may they: the same for every route.
void Api::dispatch(std::shared_ptr<Call> call) {
  auto const own_kind = call->found.entry->own;
  if (own_kind == Own::Livez || own_kind == Own::Readyz || own_kind == Own::Metrics) return own(std::move(call));
  if (lobby_.stage == Stage::Starting) return call->reply(refuse(refusals::starting));

  auto const& route = call->route();
  call->credentials = credentials_of(call->request);
  if (call->credentials.by != Credentials::By::Nothing && own_kind != Own::SignIn) {
    auto identity = sign_in_.identify(call->credentials, *lobby_.doors.snapshots.snapshot());
    // A token that is no longer good is said to be so even where none is needed: its bearer believes to be somebody.
    if (!identity) return call->reply(sign_in_.ended(call->credentials));
    call->actor = std::move(identity->actor);
  }
  if (!route.roles.empty()) {
    if (!call->actor) return call->reply(refuse(refusals::sign_in_required));
    if (std::ranges::find(route.roles, call->actor->role) == route.roles.end()) {
      return call->reply(refuse(refusals::wrong_role));
    }
  }
  if (route.method == Method::Get) {
    if (own_kind != Own::None) return own(std::move(call));
    return route.takes_long ? read_aside(std::move(call)) : read(*call);
  }
  if (lobby_.stage == Stage::Draining) return call->reply(refuse(refusals::shutting_down));
  auto const takes = lobby_.takes.load();
  if (takes == Takes::Nothing) return call->reply(refuse(refusals::unavailable));
  if (takes == Takes::NothingNew && route.begins) return call->reply(refuse(refusals::storage_low));
  if (call->credentials.by == Credentials::By::Cookie && origin_of(call->request) != Origin::Same) {
    return call->reply(refuse(refusals::forbidden_origin));
  }
  if (!call->request.body.empty() && !is_json(call->request.header("content-type"))) {
    return call->reply(refuse(refusals::unsupported_media));
  }
  if (own_kind != Own::None) return own(std::move(call));
  write(std::move(call));
}

void Api::own(std::shared_ptr<Call> call) {
  auto const stage = lobby_.stage.load();
  switch (call->found.entry->own) {
    case Own::Livez:
      return call->reply(plain(200, "alive\n"));
    case Own::Readyz:
      if (stage == Stage::Serving) return call->reply(plain(200, "ready\n"));
      return call->reply(plain(503, stage == Stage::Starting ? "replaying\n" : "stopping\n"));
    case Own::Metrics:
      return call->reply({200, std::string(metrics_type), lobby_.doors.metrics.text(), {}});
    case Own::Live:
    case Own::Echo: {
      auto answer = refuse(refusals::malformed);
      answer.status = 426;
      answer.headers.emplace_back("Upgrade", "websocket");
      return call->reply(std::move(answer));
    }
    case Own::SignIn:
      return sign_in_.sign_in(call->request, call->reply);
    case Own::SignOut:
      return sign_in_.sign_out(*call->actor, call->reply);
    case Own::Password:
      return sign_in_.change_password(*call->actor, call->request, call->reply);
    case Own::None:
      break;
  }
}

void Api::read(Call& call) const {
  auto const tables = lobby_.doors.snapshots.snapshot();
  auto const response = call.route().read(call.as_module_sees_it(lobby_.doors.clock.now()), *tables);
  if (!response) return call.reply(denied(response.error()));
  auto answer = rendered(*response);
  auto const known = call.request.header("if-none-match");
  if (!response->etag.empty() && unquoted(known) == response->etag) {
    answer.status = 304;
    answer.type.clear();
    answer.body.clear();
  }
  call.reply(std::move(answer));
}

void Api::read_aside(std::shared_ptr<Call> call) {
  auto const offered = workers_.offer([this, call] { read(*call); });
  if (offered != Workers::Offer::Taken) call->reply(refuse(refusals::overloaded));
}

void Api::write(std::shared_ptr<Call> call) {
  if (!read_key(call->request.header("idempotency-key"))) return call->reply(refuse(refusals::key_required));
  if (!call->request.body.empty()) {
    auto body = parse(call->request.body);
    if (!body) return call->reply(malformed(body.error()));
    if (body->find(hash_member) != nullptr) {
      return call->reply(malformed({{{"/password_hash", "unknown member"}}}));
    }
    call->body = std::move(*body);
    if (call->body->find(password_member) != nullptr) return replace_password(std::move(call));
  }
  decode(std::move(call));
}

// A member named `password` of a write's body never reaches a module: a worker makes it `password_hash` first.
void Api::replace_password(std::shared_ptr<Call> call) {
  auto const* text = call->body->find(password_member)->as_text();
  if (text == nullptr) return call->reply(malformed({{{"/password", "a text is expected"}}}));
  if (password::judge(*text) == password::Fit::Refused) return call->reply(refuse(refusals::password_rules));
  auto const offered = workers_.offer([this, call] {
    auto const hash = password::hash(*call->body->find(password_member)->as_text());
    if (!hash) return call->reply(refuse(refusals::overloaded));
    modules::Json::Object members;
    for (auto const& [name, value] : *call->body->as_object()) {
      if (name != password_member) members.emplace_back(name, value);
    }
    members.emplace_back(hash_member, modules::Json::text(*hash));
    call->body = modules::Json::object(std::move(members));
    decode(call);
  });
  if (offered != Workers::Offer::Taken) call->reply(refuse(refusals::overloaded));
}

void Api::decode(std::shared_ptr<Call> call) {
  if (call->route().act) return act(std::move(call));
  auto decoded = [&] {
    auto const tables = lobby_.doors.snapshots.snapshot();
    return call->route().decode(call->as_module_sees_it(lobby_.doors.clock.now()), *tables);
  }();
  if (!decoded) return call->reply(denied(decoded.error()));
  // From here on it is a command: whatever the module wrote, it acts as who signed in, under the client's key.
  decoded->request_key = call->request.header("idempotency-key");
  if (call->actor) {
    decoded->actor = call->actor->person;
    decoded->session = call->actor->session;
  }
  commands_.decide(std::move(*decoded), [this, call](Verdict verdict) { call->reply(render(*call, verdict)); });
}

// To the engine as it is; it judges, and its answer is ours.
void Api::act(std::shared_ptr<Call> call) {
  auto acted = [&] {
    auto const tables = lobby_.doors.snapshots.snapshot();
    return call->route().act(call->as_module_sees_it(lobby_.doors.clock.now()), *tables);
  }();
  if (!acted) return call->reply(denied(acted.error()));
  commands_.act(std::move(*acted), [this, call](Verdict verdict) { call->reply(render(*call, verdict)); });
}

HttpAnswer Api::render(Call const& call, Verdict const& verdict) const {
  auto answer = verdict ? show(call, *verdict) : refuse(verdict.error().refusal);
  auto const seq = verdict ? verdict->seq : verdict.error().seq;
  if (seq.is_given()) answer.headers.emplace_back("Ebb-Seq", std::to_string(seq.number()));
  auto const& leaf = verdict ? verdict->leaf : verdict.error().leaf;
  if (leaf != engine::Leaf{}) append_hex(answer.headers.emplace_back("Ebb-Leaf", "").second, leaf);
  return answer;
}

// What was made or changed, as its read route shows it. Tables commit before the decision is told, so any snapshot
// taken now has it.
HttpAnswer Api::show(Call const& call, Done const& done) const {
  if (call.route().show.empty()) return {204, {}, {}, {}};
  auto const at = shown_at(call.found, done.id);
  auto const target = parse_target(at);
  auto const found = router_.find("GET", target->segments);
  auto const* shown = std::get_if<Router::Found>(&found);
  CHECK(shown != nullptr && shown->entry->own == Own::None);
  auto const tables = lobby_.doors.snapshots.snapshot();
  modules::Request const request{.path = shown->path,
                                 .query = {},
                                 .actor = call.actor ? &*call.actor : nullptr,
                                 .body = nullptr,
                                 .if_match = {},
                                 .request_key = {},
                                 .now = lobby_.doors.clock.now()};
  auto const response = shown->entry->route.read(request, *tables);
  if (!response) return denied(response.error());
  auto answer = rendered(*response);
  answer.status = call.route().success;
  if (answer.status == 201) answer.headers.emplace_back("Location", at);
  return answer;
}

std::expected<Api::Admitted, HttpAnswer> Api::admit(HttpRequest const& upgrade) const {
  auto const target = parse_target(upgrade.target);
  if (!target) return std::unexpected(malformed({{{"", "the target is not a path with valid escapes"}}}));
  auto const found = router_.find(upgrade.method, target->segments);
  auto const* route = std::get_if<Router::Found>(&found);
  auto const own = route == nullptr ? Own::None : route->entry->own;
  if (own != Own::Live && own != Own::Echo) return std::unexpected(refuse(refusals::no_such_route));
  switch (lobby_.stage.load()) {
    case Stage::Starting:
      return std::unexpected(refuse(refusals::starting));
    case Stage::Draining:
      return std::unexpected(refuse(refusals::shutting_down));
    case Stage::Serving:
      break;
  }
  auto const credentials = credentials_of(upgrade);
  if (credentials.by == Credentials::By::Nothing || own == Own::Echo) return Admitted{own, std::nullopt};
  if (credentials.by == Credentials::By::Cookie && origin_of(upgrade) != Origin::Same) {
    return std::unexpected(refuse(refusals::forbidden_origin));
  }
  auto identity = sign_in_.identify(credentials, *lobby_.doors.snapshots.snapshot());
  if (!identity) return std::unexpected(sign_in_.ended(credentials));
  return Admitted{own, std::move(identity)};
}

}  // namespace gateway
