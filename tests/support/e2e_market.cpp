// See the header.
#include "tests/support/e2e_market.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>

namespace support {
namespace {

namespace json = boost::json;

constexpr std::string_view division = "330481";

HttpAnswer expect(HttpAnswer answer, int status, std::string_view what) {
  if (answer.status != status) {
    throw Broken(std::string{what} + ": " + std::to_string(answer.status) + " " + answer.body);
  }
  return answer;
}

json::value lot_json(LotDraft const& lot, std::string_view format) {
  json::object rules{{"format", format},
                     {"ceiling", lot.ceiling},
                     {"min_bidders", lot.min_bidders},
                     {"duration_s", lot.duration_s},
                     {"attempts_max", lot.attempts}};
  if (format == "reverse") {
    rules["decrement"] = lot.decrement;
    rules["step_basis"] = lot.step_basis;
    rules["trigger_window_s"] = lot.trigger_window_s;
    if (lot.trigger_window_s > 0) rules["extension_s"] = lot.extension_s;
    rules["hard_cap_s"] = std::max(lot.hard_cap_s, lot.duration_s);
  }
  if (lot.signed_bids) rules["signed_bids"] = true;
  return json::object{{"title", lot.title}, {"rules", std::move(rules)}};
}

}  // namespace

std::string body(json::object object) {
  return json::serialize(object);
}

std::string text_in(HttpAnswer const& answer, std::string_view name) {
  auto const parsed = answer.json();
  auto const* found = member(parsed, name);
  if (found == nullptr || !found->is_string()) throw Broken("no " + std::string{name} + " in " + answer.body);
  return std::string{found->as_string()};
}

json::value InquiryDraft::json() const {
  json::object out{{"title", title}};
  auto& suppliers = out["admitted"].emplace_array();
  for (auto const& org : admitted) suppliers.push_back(json::object{{"org", org}});
  auto& list = out["lots"].emplace_array();
  for (auto const& lot : lots) list.push_back(lot_json(lot, format));
  return out;
}

std::string tomorrow() {
  using namespace std::chrono;
  auto const day = floor<days>(system_clock::now()) + days{1};
  year_month_day const date{day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT01:00:00.000Z", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

Market::Market(Settings settings) : server_(std::move(settings)) {
  server_.start();
}

std::string Market::sign_in(std::string_view login, std::string_view password) {
  auto const answer =
      nobody().send("POST", "/api/v1/sign-in", {}, body({{"login", login}, {"password", password}, {"as", "program"}}));
  return text_in(expect(answer, 200, "sign-in of " + std::string{login}), "token");
}

Caller& Market::administrator() {
  if (!administrator_) {
    administrator_ = std::make_unique<Caller>(server_, contract_, sign_in("admin", server_.one_time_password()));
  }
  return *administrator_;
}

Market::Org Market::add_org(std::string name, std::string_view kind) {
  auto const answer =
      administrator().post("/api/v1/orgs", body({{"name", name}, {"kind", kind}, {"division", division}}));
  return {text_in(expect(answer, 201, "a new organisation"), "id"), std::move(name)};
}

Person const& Market::add_person(std::string_view name, std::string_view role, Org const& org) {
  auto const login = "login-" + std::string{name};
  auto const password = "a password of " + std::string{name};
  auto const answer = administrator().post(
      "/api/v1/people",
      body({{"login", login}, {"display", name}, {"role", role}, {"org", org.id}, {"password", password}}));
  auto id = text_in(expect(answer, 201, "a new person"), "id");
  return people_.emplace_back(Person{std::move(id), login, password, org.id, org.name, sign_in(login, password)});
}

Person const& Market::add_purchaser(std::string_view name) {
  return add_person(name, "purchaser", add_org("海宁市" + std::string{name}, "buyer"));
}
Person const& Market::add_colleague(std::string_view name, Person const& of) {
  return add_person(name, "purchaser", {of.org, of.org_name});
}
Person const& Market::add_supplier(std::string_view name) {
  return add_person(name, "supplier", add_org("供应商" + std::string{name}, "supplier"));
}
Person const& Market::add_regulator(std::string_view name) {
  return add_person(name, "regulator", add_org("财政局" + std::string{name}, "regulator"));
}

Caller Market::as(Person const& person, Tape tape) const {
  return Caller{server_, contract_, person.token, std::move(tape)};
}
Seat Market::seat(Person const& person, Tape tape) const {
  return Seat{server_, contract_, "Bearer " + person.token, std::move(tape)};
}

std::string Market::draft(Person const& buyer, InquiryDraft const& draft) {
  auto const answer = as(buyer).post("/api/v1/inquiries", json::serialize(draft.json()));
  return text_in(expect(answer, 201, "a draft"), "id");
}

std::string Market::start_now(Person const& buyer, InquiryDraft const& wanted) {
  auto inquiry = draft(buyer, wanted);
  auto const answer = as(buyer).post("/api/v1/inquiries/" + inquiry + "/publish", body({{"start", "now"}}));
  expect(answer, 200, "publishing");
  return inquiry;
}

bool Market::comes_to(std::string_view lot, std::string_view state, Patience patience) {
  auto watcher = passer_by();
  watcher.subscribe({std::string{lot.substr(0, lot.find('-'))}});
  auto const stream = std::string{lot} + "/public";
  return watcher.until([&] { return watcher.text(stream, "state") == state; }, patience);
}

json::object Market::result(std::string_view lot) {
  auto const answer = nobody().get("/api/v1/lots/" + std::string{lot} + "/result");
  return expect(answer, 200, "the result").json().as_object();
}

}  // namespace support
