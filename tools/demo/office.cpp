// Requests as gateway/PROTOCOL.md has them.
#include "tools/demo/office.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "modules/text.h"
#include "tools/client/signer.h"

namespace demo {
namespace {

namespace json = boost::json;
using ebb_client::Answer;
using ebb_client::Rest;
using engine::Failure;
using engine::Result;

Result<json::value> value_of(std::string_view request, Result<Answer> const& answer) {
  if (!answer) return std::unexpected(Failure{fmt::format("{}: {}", request, answer.error().what)});
  if (!answer->is_success()) {
    return std::unexpected(Failure{fmt::format("{}: {} {}", request, answer->status, answer->body.substr(0, 400))});
  }
  boost::system::error_code wrong;
  auto value = answer->body.empty() ? json::value{} : json::parse(answer->body, wrong);
  if (wrong) return std::unexpected(Failure{fmt::format("{}: the answer is not JSON", request)});
  return value;
}

std::string text_at(json::value const& value, std::string_view name) {
  auto const* object = value.if_object();
  auto const* member = object == nullptr ? nullptr : object->if_contains(name);
  auto const* text = member == nullptr ? nullptr : member->if_string();
  return text == nullptr ? std::string{} : std::string{*text};
}

// `key` -> id of every row of a paged list.
Result<std::map<std::string, std::string>> ids(Rest& rest, std::string const& list, std::string_view key) {
  std::map<std::string, std::string> found;
  for (std::string after = "0"; !after.empty();) {
    auto const target = fmt::format("/api/v1/{}after={}", list, after);
    auto const page = value_of("GET " + list, rest.get(target));
    if (!page) return std::unexpected(page.error());
    auto const* items = page->as_object().if_contains("items");
    if (items == nullptr || !items->is_array()) return std::unexpected(Failure{"GET " + list + ": no items"});
    for (auto const& row : items->as_array()) found[text_at(row, key)] = text_at(row, "id");
    after = text_at(*page, "next");
  }
  return found;
}

std::string written(json::object const& object) {
  return json::serialize(object);
}

// Steps of half a per cent in whole fifties; a silent buyer's choice and a winner's answer within what a demo lasts.
json::object rules_of(Good const& good, Auction const& auction) {
  auto const duration = auction.duration;
  json::object rules{{"format", modules::format_text(auction.format)},
                     {"ceiling", modules::money_text(good.ceiling)},
                     {"duration_s", duration.count()}};
  if (auction.signatures == Signatures::AskedFor) rules["signed_bids"] = true;
  if (auction.format == engine::Format::Sealed) {
    rules["choose_for_s"] = 600;
    return rules;
  }
  constexpr std::int64_t fifty_yuan = 50'00;
  auto const step = std::max<std::int64_t>(1, good.ceiling.in_fen() / 200 / fifty_yuan) * fifty_yuan;
  auto const window = std::min(std::chrono::seconds{20}, duration / 6).count();
  rules["decrement"] = modules::money_text(engine::Money::fen(step));
  rules["step_basis"] = "own";
  rules["trigger_window_s"] = window;
  rules["extension_s"] = window;
  rules["hard_cap_s"] = 2 * duration.count();
  return rules;
}

// As many of the demo's suppliers as the auction has, another group each turn, and whoever people play.
std::vector<Player const*> admitted_to(std::vector<Player> const& players, Auction const& auction, std::size_t turn) {
  std::vector<Player const*> admitted, demo;
  for (auto const& player : players) {
    if (player.cast->role != "supplier") continue;
    (player.cast->played == Played::ByPeople ? admitted : demo).push_back(&player);
  }
  auto const first = auction.fate == Fate::Thin ? 0 : turn;  // the one who quotes there is the first
  for (std::size_t i = 0; i < auction.suppliers; ++i) admitted.push_back(demo[(first + i) % demo.size()]);
  return admitted;
}

}  // namespace

Office::Office(ebb_client::Address server, std::filesystem::path book_file)
    : server_(std::move(server)), book_file_(std::move(book_file)), admin_(server_) {}

Result<void> Office::open(std::string const& one_time_password) {
  auto book = read_book(book_file_);
  if (!book) return std::unexpected(book.error());
  book_ = std::move(*book);
  if (auto in = sign_in_administrator(one_time_password); !in) return in;
  if (auto found = find_everybody(); !found) return found;
  for (auto const& who : cast()) {
    auto const at = org(who);
    if (!at) return std::unexpected(at.error());
    if (auto made = person(who, *at); !made) return made;
    auto const token = token_of(who);
    if (!token) return std::unexpected(token.error());
    players_.push_back({&who, *at, *token});
  }
  return {};
}

Result<std::string> Office::password_for(std::string const& login) {
  auto& password = book_.passwords[login];
  if (password.empty()) {
    password = "demo-" + ebb_client::fresh_key().substr(0, 10);
    if (auto kept = write_book(book_file_, book_); !kept) return std::unexpected(kept.error());
  }
  return password;
}

Result<void> Office::sign_in_administrator(std::string const& one_time_password) {
  auto const known = book_.passwords.contains(administrator);
  auto const password = password_for(administrator);
  if (!password) return std::unexpected(password.error());
  if (known) {
    auto const in = admin_.sign_in(administrator, *password);
    if (in && in->is_success()) return {};
  }
  if (one_time_password.empty()) {
    return std::unexpected(
        Failure{book_file_.string() + " does not fit the data directory; remove both and start again"});
  }
  if (auto in = value_of("sign-in of the administrator", admin_.sign_in(administrator, one_time_password)); !in) {
    return std::unexpected(in.error());
  }
  if (auto found = find_everybody(); !found) return found;
  return set_password(administrator, *password);  // this session goes on, all others end
}

Result<void> Office::set_password(std::string const& login, std::string const& password) {
  auto const target = fmt::format("/api/v1/people/{}/password", people_[login]);
  auto const body = written({{"password", password}});
  if (auto done = value_of("POST password", admin_.post(target, body)); !done) return std::unexpected(done.error());
  return {};
}

Result<void> Office::find_everybody() {
  auto orgs = ids(admin_, "orgs?", "name");
  if (!orgs) return std::unexpected(orgs.error());
  auto people = ids(admin_, "people?", "login");
  if (!people) return std::unexpected(people.error());
  orgs_ = std::move(*orgs);
  people_ = std::move(*people);
  return {};
}

Result<std::string> Office::org(Cast const& who) {
  auto& id = orgs_[std::string{who.org}];
  if (!id.empty()) return id;
  auto const body = written({{"name", who.org}, {"kind", who.org_kind}, {"division", who.division}});
  auto const made = value_of("POST orgs", admin_.post("/api/v1/orgs", body));
  if (!made) return std::unexpected(made.error());
  return id = text_at(*made, "id");
}

Result<void> Office::person(Cast const& who, std::string const& org) {
  auto& id = people_[std::string{who.login}];
  auto const password = password_for(std::string{who.login});
  if (!password) return std::unexpected(password.error());
  if (!id.empty()) return {};
  auto const body = written(
      {{"login", who.login}, {"display", who.display}, {"role", who.role}, {"org", org}, {"password", *password}});
  auto const made = value_of("POST people", admin_.post("/api/v1/people", body));
  if (!made) return std::unexpected(made.error());
  id = text_at(*made, "id");
  return {};
}

Result<std::string> Office::token_of(Cast const& who) {
  Rest rest{server_};
  auto const login = std::string{who.login};
  auto const& password = book_.passwords.at(login);
  auto in = value_of("sign-in of " + login, rest.sign_in(login, password));
  if (!in) {
    if (auto set = set_password(login, password); !set) return std::unexpected(set.error());
    in = value_of("sign-in of " + login, rest.sign_in(login, password));
  }
  if (!in) return std::unexpected(in.error());
  return rest.token();
}

Rest Office::as(Player const& player) const {
  Rest rest{server_};
  rest.set_token(player.token);
  return rest;
}

Result<std::string> Office::publish(Auction const& auction, Player const& buyer, std::chrono::seconds ahead,
                                    std::size_t turn) {
  json::array admitted;
  for (auto const* supplier : admitted_to(players_, auction, turn)) {
    admitted.push_back(json::object{{"org", supplier->org}});
  }
  json::array lots;
  for (auto const& good : auction.lots) {
    lots.push_back(
        json::object{{"title", good.title}, {"quantity", good.quantity}, {"rules", rules_of(good, auction)}});
  }
  json::object const inquiry{
      {"title", auction.title}, {"description", auction.about}, {"admitted", admitted}, {"lots", lots}};
  auto rest = as(buyer);
  auto const drafted = value_of("POST inquiries", rest.post("/api/v1/inquiries", written(inquiry)));
  if (!drafted) return std::unexpected(drafted.error());
  auto const id = text_at(*drafted, "id");
  auto const opening = std::chrono::floor<engine::Duration>(std::chrono::system_clock::now()) + ahead;
  auto const when =
      ahead.count() == 0 ? json::object{{"start", "now"}} : json::object{{"opens_at", modules::instant_text(opening)}};
  auto const published =
      value_of("POST publish", rest.post(fmt::format("/api/v1/inquiries/{}/publish", id), written(when)));
  if (!published) return std::unexpected(published.error());
  return id;
}

Player const& Office::regulator() const {
  return *std::ranges::find_if(players_, [](Player const& player) { return player.cast->role == "regulator"; });
}

Result<std::vector<std::string>> Office::running() const {
  auto rest = as(regulator());
  auto const found = ids(rest, "inquiries?state=RUNNING&", "id");
  if (!found) return std::unexpected(found.error());
  std::vector<std::string> running;
  for (auto const& [id, same] : *found) running.push_back(id);
  return running;
}

Result<void> Office::answer_award(Player const& winner, std::string const& lot, Answer answer) {
  auto const body = written({{"answer", answer == Answer::Confirm ? "confirm" : "decline"}});
  auto rest = as(winner);
  auto const answered =
      value_of("POST award-answer", rest.post(fmt::format("/api/v1/lots/{}/award-answer", lot), body));
  if (!answered) return std::unexpected(answered.error());
  return {};
}

Result<Office::Registered> Office::register_key(Player const& supplier, std::string_view public_key) {
  auto rest = as(supplier);
  std::string house;
  for (std::string after = "0"; !after.empty();) {
    auto const page = value_of("GET signing-keys", rest.get("/api/v1/me/signing-keys?after=" + after));
    if (!page) return std::unexpected(page.error());
    auto const* items = page->as_object().if_contains("items");
    if (items == nullptr || !items->is_array()) return std::unexpected(Failure{"GET signing-keys: no items"});
    for (auto const& key : items->as_array()) {
      if (!text_at(key, "revoked_at").empty()) continue;
      auto const target = fmt::format("/api/v1/signing-keys/{}/revoke", text_at(key, "id"));
      if (auto gone = value_of("POST revoke", rest.post(target, "{}")); !gone) return std::unexpected(gone.error());
    }
    house = text_at(*page, "house");
    after = text_at(*page, "next");
  }
  auto const body = written({{"algorithm", "ECDSA_P256"}, {"public_key", ebb_client::in_hexadecimal(public_key)}});
  auto const made = value_of("POST signing-keys", rest.post("/api/v1/me/signing-keys", body));
  if (!made) return std::unexpected(made.error());
  return Registered{text_at(*made, "id"), house};
}

Result<void> Office::hold(Player const& buyer, std::string const& inquiry, Hold hold, std::string_view reason) {
  auto const* const verb = hold == Hold::Pause ? "pause" : hold == Hold::Resume ? "resume" : "abort";
  auto rest = as(buyer);
  auto const held =
      value_of(fmt::format("POST {}", verb),
               rest.post(fmt::format("/api/v1/inquiries/{}/{}", inquiry, verb), written({{"reason", reason}})));
  if (!held) return std::unexpected(held.error());
  return {};
}

Result<void> Office::choose_first(Player const& buyer, std::string const& lot) {
  auto rest = as(buyer);
  auto const result = value_of("GET result", rest.get(fmt::format("/api/v1/lots/{}/result", lot)));
  if (!result) return std::unexpected(result.error());
  auto const* standings = result->as_object().if_contains("standings");
  if (standings == nullptr || !standings->is_array() || standings->as_array().empty()) {
    return std::unexpected(Failure{"GET result: no standings"});
  }
  auto const body = written({{"bidder", text_at(standings->as_array().front(), "bidder")}});
  auto const chosen = value_of("POST choice", rest.post(fmt::format("/api/v1/lots/{}/choice", lot), body));
  if (!chosen) return std::unexpected(chosen.error());
  return {};
}

}  // namespace demo
