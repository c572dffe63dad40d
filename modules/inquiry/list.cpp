// One walk over the inquiries, either way; see list.h.
#include "modules/inquiry/list.h"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/limits.h"
#include "modules/accounts/accounts.h"
#include "modules/inquiry/draft_json.h"
#include "modules/inquiry/head.h"
#include "modules/query.h"

namespace modules::inquiry {

namespace {

using engine::TableReader;

constexpr Length search_bytes{1, 100};

struct Filter {
  std::vector<State> states;  // empty: any
  std::optional<engine::Format> format;
  std::optional<std::string> part;
  std::optional<std::string> division;
  bool is_mine = false;
  std::optional<std::uint64_t> before;
  std::optional<std::uint64_t> after;
};

Filter read_filter(Request const& request, Faults& faults) {
  Query query(request.query, faults);
  Filter const filter{.states = query.any_of<State>("state", states),
                      .format = query.one_of<engine::Format>("format", formats),
                      .part = query.text("q", search_bytes),
                      .division = query.division("division"),
                      .is_mine = query.is_set("mine"),
                      .before = query.number("before"),
                      .after = query.number("after")};
  query.finish();
  if (filter.before && filter.after) {
    query.fault("after", "before 与 after 只能给出其一 / either this or before is expected");
  }
  return filter;
}

// What a list says of a lot: enough for a row, no rules.
Json shown_brief(InquiryRow const& inquiry, std::size_t index, TableReader const& tables) {
  auto const& draft = inquiry.draft.lots[index];
  auto const id = lot_at(inquiry, index);
  auto json = Json::object();
  json.add("lot", Json::text(lot_text(id)))
      .add("title", Json::text(draft.title))
      .add("format", Json::text(format_text(draft.rules.format)))
      .add("ceiling", Json::text(money_text(draft.rules.ceiling)));
  auto const lot = lot_row(id, tables);
  if (!lot) return json;
  json.add("state", Json::text(lot_state_text(lot->state)));
  if (lot->opens_at != engine::Instant{}) json.add("opens_at", Json::text(instant_text(lot->opens_at)));
  if (lot->closed_at != engine::Instant{}) json.add("closed_at", Json::text(instant_text(lot->closed_at)));
  bool const has_winner = lot->state == engine::LotState::Awarded || lot->state == engine::LotState::OrderConfirmed;
  if (has_winner) json.add("price", Json::text(money_text(lot->price)));
  return json;
}

class Page {
 public:
  Page(Filter const& filter, Actor const* actor, TableReader const& tables)
      : filter_(filter), actor_(actor), tables_(tables) {}

  Scan take(InquiryRow const& row) {
    is_cut_ = count_ == engine::limits::rows_a_page || examined_ == engine::limits::rows_examined_a_page;
    if (is_cut_) return Scan::Stop;
    ++examined_;
    last_ = row.id;
    auto const how = eye(row, actor_);
    if (!may_see(how) || !is_wanted(row, how)) return Scan::Continue;
    auto item = shown_head(row, how, tables_);
    auto lots = Json::array();
    for (std::size_t i = 0; i < row.draft.lots.size(); ++i) lots.push(shown_brief(row, i, tables_));
    items_.push(std::move(item.add("lots", std::move(lots))));
    ++count_;
    return Scan::Continue;
  }

  Json body() && {
    auto body = Json::object();
    body.add("items", std::move(items_));
    if (is_cut_) body.add("next", Json::text(id_text(last_)));
    return body;
  }

 private:
  bool is_wanted(InquiryRow const& row, Eye how) {
    // What was only for practice is no result: when it is over, those who had no part in it do not find it.
    bool const is_over = row.state == State::Closed || row.state == State::Aborted;
    if (is_over && how == Eye::Public && is_practice(row.draft)) return false;
    auto const& wanted = filter_.states;
    if (!wanted.empty() && std::ranges::find(wanted, row.state) == wanted.end()) return false;
    if (filter_.is_mine && how == Eye::Public) return false;
    if (filter_.division && accounts::scope(*filter_.division, row.division) == accounts::Scope::Outside) return false;
    if (filter_.format && std::ranges::none_of(row.draft.lots, [&](LotDraft const& lot) {
          return lot.rules.format == *filter_.format;
        })) {
      return false;
    }
    return !filter_.part || is_found(row, *filter_.part);
  }
  bool is_found(InquiryRow const& row, std::string_view part) {
    if (says(row.draft.title, part)) return true;
    if (std::ranges::any_of(row.draft.lots, [&](LotDraft const& lot) { return says(lot.title, part); })) return true;
    auto [name, is_new] = buyers_.try_emplace(row.buyer);
    if (is_new) name->second = name_of_org(row.buyer, tables_);
    return says(name->second, part);
  }

  Filter const& filter_;
  Actor const* actor_;
  TableReader const& tables_;
  std::map<engine::OrgId, std::string> buyers_;  // looked up so far
  Json items_ = Json::array();
  std::size_t count_ = 0;
  std::size_t examined_ = 0;
  engine::InquiryId last_;
  bool is_cut_ = false;
};

}  // namespace

Answer list_inquiries(Request const& request, TableReader const& tables) {
  Faults faults;
  auto const filter = read_filter(request, faults);
  if (!faults.empty()) return malformed(std::move(faults));
  Page page(filter, request.actor, tables);
  auto const visit = [&](std::string_view, std::string_view bytes) { return page.take(unpacked<InquiryRow>(bytes)); };
  bool const has_own = request.actor != nullptr && request.actor->role != Role::Administrator;
  if (filter.is_mine && !has_own) return Response{200, std::move(page).body(), {}};
  if (filter.after) {
    tables.scan(table::inquiries, key(std::uint64_t{*filter.after + 1}), visit);
  } else {
    constexpr auto newest = std::numeric_limits<std::uint64_t>::max();
    auto const from = filter.before ? std::max<std::uint64_t>(*filter.before, 1) - 1 : newest;
    tables.scan_back(table::inquiries, key(std::uint64_t{from}), visit);
  }
  return Response{200, std::move(page).body(), {}};
}

}  // namespace modules::inquiry
