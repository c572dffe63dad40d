// Requests as gateway/PROTOCOL.md has them. Boost.JSON reads the answers: this is the cold path.
#include "bench/load/stage.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <boost/json.hpp>

#include "tools/client/message.h"

namespace bench::load {
namespace {

namespace json = boost::json;
using ebb_client::Answer;
using ebb_client::json_text;
using engine::Failure;
using engine::Result;

constexpr std::string_view division = "330000";

std::unexpected<Failure> failed(std::string_view request, Answer const& answer) {
  return std::unexpected(Failure{fmt::format("{}: {} {}", request, answer.status, answer.body.substr(0, 600))});
}

// The body of a success as a value; everything else is a failure of the run.
Result<json::value> value_of(std::string_view request, Result<Answer> const& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (!answer->is_success()) return failed(request, *answer);
  if (answer->body.empty()) return json::value{};
  boost::system::error_code error;
  auto value = json::parse(answer->body, error);
  if (error) return std::unexpected(Failure{fmt::format("{}: not JSON: {}", request, answer->body.substr(0, 200))});
  return value;
}

std::string text_at(json::value const& value, std::string_view name) {
  auto const* object = value.if_object();
  auto const* member = object == nullptr ? nullptr : object->if_contains(name);
  if (member == nullptr) return {};
  if (auto const* text = member->if_string()) return std::string{*text};
  return json::serialize(*member);
}

json::array items_of(json::value const& page) {
  auto const* object = page.if_object();
  auto const* items = object == nullptr ? nullptr : object->if_contains("items");
  return items != nullptr && items->is_array() ? items->as_array() : json::array{};
}

// Every row of a paged list.
Result<json::array> all_of(ebb_client::Rest& rest, std::string const& target) {
  json::array all;
  for (std::string after;;) {
    auto const here = target + (target.contains('?') ? "&" : "?") + "after=" + (after.empty() ? "0" : after);
    auto const page = value_of("GET " + here, rest.get(here));
    if (!page) return std::unexpected(page.error());
    for (auto const& item : items_of(*page)) all.push_back(item);
    after = text_at(*page, "next");
    if (after.empty() || after == "null") return all;
  }
}

}  // namespace

Stage::Stage(Options const& options) : options_(options), admin_(options.server), buyer_(options.server) {}

Result<void> Stage::people() {
  if (auto const in =
          value_of("sign-in of the administrator", admin_.sign_in(options_.admin_login, options_.admin_password));
      !in)
    return std::unexpected(in.error());
  auto const orgs = all_of(admin_, "/api/v1/orgs");
  if (!orgs) return std::unexpected(orgs.error());
  for (auto const& row : *orgs) orgs_[text_at(row, "name")] = text_at(row, "id");
  auto const people = all_of(admin_, "/api/v1/people");
  if (!people) return std::unexpected(people.error());
  for (auto const& row : *people) people_[text_at(row, "login")] = text_at(row, "id");

  auto const buyer = org(own("负载采购单位"), "buyer");
  if (!buyer) return std::unexpected(buyer.error());
  if (auto const made = person(buyer_, own("load-buyer"), "purchaser", *buyer); !made)
    return std::unexpected(made.error());
  for (std::uint32_t i = 0; i < options_.scenario.suppliers; ++i) {
    Supplier supplier{{}, own(fmt::format("负载供应商 {:03}", i + 1)), {}};
    auto const made = org(supplier.name, "supplier");
    if (!made) return std::unexpected(made.error());
    supplier.org = *made;
    ebb_client::Rest rest{options_.server};
    if (auto const in = person(rest, own(fmt::format("load-supplier-{:03}", i + 1)), "supplier", supplier.org); !in)
      return std::unexpected(in.error());
    supplier.token = rest.token();
    staged_.suppliers.push_back(std::move(supplier));
  }
  return {};
}

std::string Stage::own(std::string const& name) const {
  return options_.process == 0 ? name : fmt::format("{}-p{}", name, options_.process);
}

Result<std::string> Stage::org(std::string const& name, std::string const& kind) {
  if (auto const found = orgs_.find(name); found != orgs_.end()) return found->second;
  auto const made = value_of("POST orgs " + name,
                             admin_.post("/api/v1/orgs", fmt::format(R"({{"name":{},"kind":"{}","division":"{}"}})",
                                                                     json_text(name), kind, division)));
  if (!made) return std::unexpected(made.error());
  return orgs_[name] = text_at(*made, "id");
}

Result<void> Stage::person(ebb_client::Rest& as, std::string const& login, std::string const& role,
                           std::string const& org) {
  auto const password = password_of(login);
  auto const found = people_.find(login);
  if (found == people_.end()) {
    auto const made =
        value_of("POST people " + login,
                 admin_.post("/api/v1/people",
                             fmt::format(R"({{"login":"{}","display":"{}","role":"{}","org":"{}","password":"{}"}})",
                                         login, login, role, org, password)));
    if (!made) return std::unexpected(made.error());
  } else if (auto const in = as.sign_in(login, password); in && in->is_success()) {
    return {};
  } else {
    auto const set =
        value_of("POST password of " + login, admin_.post(fmt::format("/api/v1/people/{}/password", found->second),
                                                          fmt::format(R"({{"password":"{}"}})", password)));
    if (!set) return std::unexpected(set.error());
  }
  auto const in = value_of("sign-in of " + login, as.sign_in(login, password));
  if (!in) return std::unexpected(in.error());
  return {};
}

std::string Stage::password_of(std::string const& login) const {
  auto const text = login + '\n' + options_.admin_password;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  std::string out;
  for (unsigned i = 0; i < 16 && i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

Result<void> Stage::auctions(Plan const& plan, std::chrono::sys_seconds opens_at, std::chrono::seconds duration) {
  json::array admitted;
  for (auto const& supplier : staged_.suppliers) admitted.push_back(json::object{{"org", supplier.org}});
  for (std::uint32_t i = 0; i < options_.scenario.auctions; ++i) {
    auto const title = fmt::format("负载竞价 {}-{}", options_.seed, i + 1);
    // A hard close: the run knows when everything is over, and no late bid of the schedule prolongs it.
    json::object const rules{{"format", "reverse"},
                             {"ceiling", in_yuan(plan.ceiling)},
                             {"decrement", in_yuan(plan.decrement)},
                             {"step_basis", "own"},
                             {"duration_s", duration.count()},
                             {"trigger_window_s", 0},
                             {"hard_cap_s", duration.count()},
                             {"min_bidders", 1},
                             {"attempts_max", plan.attempts_max}};
    json::object const inquiry{{"title", title},
                               {"admitted", admitted},
                               {"lots", json::array{json::object{{"title", title}, {"rules", rules}}}}};
    auto const drafted = value_of("POST inquiries", buyer_.post("/api/v1/inquiries", json::serialize(inquiry)));
    if (!drafted) return std::unexpected(drafted.error());
    auto const id = text_at(*drafted, "id");
    auto const published =
        value_of("POST publish", buyer_.post(fmt::format("/api/v1/inquiries/{}/publish", id),
                                             fmt::format(R"({{"opens_at":"{:%Y-%m-%dT%H:%M:%S}.000Z"}})",
                                                         fmt::gmtime(std::chrono::system_clock::to_time_t(opens_at)))));
    if (!published) return std::unexpected(published.error());
    staged_.lots.push_back({id, id + "-1"});
  }
  return {};
}

Result<ToldLot> Stage::told(StagedLot const& lot) {
  auto const result = value_of("GET result", buyer_.get(fmt::format("/api/v1/lots/{}/result", lot.lot)));
  if (!result) return std::unexpected(result.error());
  ToldLot told{text_at(*result, "state"), {}, std::nullopt, std::nullopt};
  if (auto const* winner = result->as_object().if_contains("winner"); winner != nullptr && winner->is_object()) {
    told.winner = text_at(*winner, "name");
    told.winning_price = from_yuan(text_at(*winner, "price"));
  }
  auto const history = all_of(buyer_, fmt::format("/api/v1/lots/{}/history", lot.lot));
  if (!history) return std::unexpected(history.error());
  for (auto const& row : *history) {
    auto const price = from_yuan(text_at(row, "price"));
    if (!price) return std::unexpected(Failure{"GET history: a line without a price: " + json::serialize(row)});
    told.history.push_back({std::stoull(text_at(row, "seq")), text_at(row, "alias"), *price});
  }
  return told;
}

}  // namespace bench::load
