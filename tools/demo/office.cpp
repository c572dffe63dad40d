// Requests as gateway/PROTOCOL.md has them.
#include "tools/demo/office.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "modules/text.h"

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
  auto const target = fmt::format("/api/v1/people/{}/password", people_[administrator]);
  auto const change = written({{"password", *password}});
  if (auto done = value_of("POST password", admin_.post(target, change)); !done) return std::unexpected(done.error());
  return {};  // this session goes on, all others end
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
  auto const in = value_of("sign-in of " + login, rest.sign_in(login, book_.passwords.at(login)));
  if (!in) return std::unexpected(in.error());
  return rest.token();
}

Rest Office::as(Player const& player) const {
  Rest rest{server_};
  rest.set_token(player.token);
  return rest;
}

Player const& Office::buyer(std::size_t turn) const {
  auto const is_buyer = [](Player const& player) { return player.cast->role == "purchaser"; };
  auto const buyers = static_cast<std::size_t>(std::ranges::count_if(players_, is_buyer));
  auto left = turn % buyers;
  return *std::ranges::find_if(players_, [&](Player const& player) { return is_buyer(player) && left-- == 0; });
}

Result<std::string> Office::start(Good const& good, Pace pace, std::size_t turn) {
  json::object rules{{"ceiling", modules::money_text(good.ceiling)}, {"duration_s", pace.duration.count()}};
  rules["format"] = modules::format_text(good.format);
  if (good.format == engine::Format::Reverse) {
    rules["decrement"] = modules::money_text(engine::Money::fen(good.ceiling.in_fen() / 200));
    rules["step_basis"] = "own";
    rules["trigger_window_s"] = pace.window.count();
    rules["extension_s"] = pace.window.count();
    rules["hard_cap_s"] = 2 * pace.duration.count();
  }
  json::array admitted;
  for (auto const& player : players_) {
    if (player.cast->role == "supplier") admitted.push_back(json::object{{"org", player.org}});
  }
  json::object const lot{{"title", good.title}, {"rules", rules}};
  json::object const inquiry{{"title", good.title}, {"admitted", admitted}, {"lots", json::array{lot}}};
  auto rest = as(buyer(turn));
  auto const drafted = value_of("POST inquiries", rest.post("/api/v1/inquiries", written(inquiry)));
  if (!drafted) return std::unexpected(drafted.error());
  auto const id = text_at(*drafted, "id");
  auto const published =
      value_of("POST publish", rest.post(fmt::format("/api/v1/inquiries/{}/publish", id), R"({"start":"now"})"));
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

Result<void> Office::confirm(Player const& winner, std::string const& lot) {
  auto rest = as(winner);
  auto const answered = value_of(
      "POST award-answer", rest.post(fmt::format("/api/v1/lots/{}/award-answer", lot), R"({"answer":"confirm"})"));
  if (!answered) return std::unexpected(answered.error());
  return {};
}

Result<void> Office::choose_first(std::string const& lot, std::size_t turn) {
  auto rest = as(buyer(turn));
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
