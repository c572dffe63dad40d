// Tables of inquiry. Inside of the module.
//
//   inquiry.next       "inquiry" "template" -> last id given
//   inquiry.inquiries  key(inquiry)         -> InquiryRow
//   inquiry.lots       key(lot)             -> LotRow, from publishing on
//   inquiry.results    key(lot)             -> ResultRow, from the close on
//   inquiry.history    key(lot, last seq)   -> HistoryChunk, from the close on; 500 entries each, more only where one
//                                              command caused several bids: they stay together
//   inquiry.voided     key(lot, seq)        -> VoidedRow, for bids that nobody voided but their signature
//   inquiry.templates  key(buyer, template) -> TemplateRow
//   inquiry.surrogates key(lot)             -> SurrogateRow, from the request until the bid
//
// A lot for practice leaves neither result nor history.
// No price of a bid is in any of them before the lot has closed.
#pragma once

#include "engine/event.h"
#include "modules/inquiry/draft.h"
#include "modules/rows.h"

namespace modules::inquiry {

namespace table {
inline constexpr std::string_view next = "inquiry.next";
inline constexpr std::string_view inquiries = "inquiry.inquiries";
inline constexpr std::string_view lots = "inquiry.lots";
inline constexpr std::string_view results = "inquiry.results";
inline constexpr std::string_view history = "inquiry.history";
inline constexpr std::string_view templates = "inquiry.templates";
inline constexpr std::string_view surrogates = "inquiry.surrogates";
inline constexpr std::string_view voided = "inquiry.voided";
}  // namespace table

enum class State : std::uint8_t { Draft = 1, Published = 2, Running = 3, Closed = 4, Aborted = 5 };

struct InquiryRow {
  engine::InquiryId id;
  engine::OrgId buyer;
  std::string division;
  engine::PersonId made_by;
  State state = State::Draft;
  std::uint64_t version = 1;  // the ETag: moves with everything that a read of the inquiry shows
  Draft draft;
  engine::Instant published_at;
  std::uint64_t entropy = 0;  // of the publishing command: draws the aliases of every lot
  engine::InquiryId relaunch_of;
  std::uint8_t relaunch_no = 0;
  engine::InquiryId relaunched_as;
  static auto fields(auto& r) {
    return std::tie(r.id, r.buyer, r.division, r.made_by, r.state, r.version, r.draft, r.published_at, r.entropy,
                    r.relaunch_of, r.relaunch_no, r.relaunched_as);
  }
};

// A lot as the engine told it; the clock and the prices of a live one are the hub's.
struct LotRow {
  engine::LotState state = engine::LotState::Scheduled;
  engine::Instant opens_at;   // 0: the engine has not answered yet
  engine::Instant closed_at;  // 0: not closed
  std::uint16_t refusal = 0;  // last refusal of a follow-up; 0: none
  std::string held_because;   // of the last pause or abort
  std::vector<engine::BidderId> disqualified;
  // Selecting.
  std::uint8_t few = 0;  // 1: fewer bidders than usual, the first needs an approval
  std::vector<engine::BidderId> selectable;
  engine::BidderId proposed;  // waits for the approval of another person than…
  engine::PersonId proposed_by;
  std::string proposed_because;
  std::string chosen_because;  // public
  // Awarded and after.
  engine::BidderId asked;
  engine::Money price;
  engine::Instant until;            // to choose or to answer
  std::uint8_t next_available = 0;  // 1: after a decline there is somebody left to ask
  static auto fields(auto& r) {
    return std::tie(r.state, r.opens_at, r.closed_at, r.refusal, r.held_because, r.disqualified, r.few, r.selectable,
                    r.proposed, r.proposed_by, r.proposed_because, r.chosen_because, r.asked, r.price, r.until,
                    r.next_available);
  }
};

struct StandingRow {
  std::uint16_t rank = 0;
  engine::BidderId bidder;
  engine::Money price;
  std::int64_t evaluated_price = 0;  // in ten-thousandths of a fen, rounded down
  engine::Seq seq;
  engine::Instant at;
  std::uint8_t selectable = 0;
  static auto fields(auto& r) {
    return std::tie(r.rank, r.bidder, r.price, r.evaluated_price, r.seq, r.at, r.selectable);
  }
};
struct ResultRow {
  std::vector<StandingRow> standings;
  static auto fields(auto& r) { return std::tie(r.standings); }
};

// A bid that the buyer's side wants to enter for a supplier. Its price is in no row: whoever asked says it with the
// bid, once another person has approved.
struct SurrogateRow {
  engine::BidderId bidder;
  engine::PersonId by;
  std::string reason;
  engine::PersonId approved_by;  // nobody yet: waits
  static auto fields(auto& r) { return std::tie(r.bidder, r.by, r.reason, r.approved_by); }
};

struct HistoryRow {
  engine::Seq seq;
  engine::Instant at;
  engine::BidderId bidder;
  engine::Money price;
  std::uint8_t voided = 0;
  static auto fields(auto& r) { return std::tie(r.seq, r.at, r.bidder, r.price, r.voided); }
};
struct VoidedRow {
  std::string reason;
  static auto fields(auto& r) { return std::tie(r.reason); }
};
struct HistoryChunk {
  std::vector<HistoryRow> entries;
  static auto fields(auto& r) { return std::tie(r.entries); }
};

struct TemplateRow {
  TemplateId id;
  std::string name;  // no other of the buyer has it
  engine::PersonId by;
  engine::Instant at;
  Draft draft;
  static auto fields(auto& r) { return std::tie(r.id, r.name, r.by, r.at, r.draft); }
};

// Oldest first.
inline std::vector<TemplateRow> templates_of(engine::OrgId buyer, engine::TableReader const& tables) {
  std::vector<TemplateRow> rows;
  tables.scan(table::templates, key(buyer), [&](std::string_view row, std::string_view bytes) {
    if (number_at(row, 0) != buyer.number()) return Scan::Stop;
    rows.push_back(unpacked<TemplateRow>(bytes));
    return Scan::Continue;
  });
  return rows;
}
inline std::optional<InquiryRow> inquiry_row(engine::InquiryId id, engine::TableReader const& tables) {
  return get_row<InquiryRow>(tables, table::inquiries, key(id));
}
inline std::optional<LotRow> lot_row(engine::LotId id, engine::TableReader const& tables) {
  return get_row<LotRow>(tables, table::lots, key(id));
}
inline std::optional<SurrogateRow> surrogate_row(engine::LotId lot, engine::TableReader const& tables) {
  return get_row<SurrogateRow>(tables, table::surrogates, key(lot));
}
inline engine::LotId lot_at(InquiryRow const& inquiry, std::size_t index) {
  return engine::lot_id(inquiry.id, static_cast<std::uint8_t>(index + 1));
}

// Rows of the history are there from the moment on that the result is told.
inline bool is_in_history(engine::LotId lot, engine::BidderId bidder, engine::Seq seq,
                          engine::TableReader const& tables) {
  bool found = false;
  tables.scan(table::history, key(lot, seq), [&](std::string_view row, std::string_view bytes) {
    if (number_at(row, 0) == lot.number()) {
      for (auto const& entry : unpacked<HistoryChunk>(bytes).entries) {
        found = found || (entry.seq == seq && entry.bidder == bidder);
      }
    }
    return engine::TableReader::Scan::Stop;
  });
  return found;
}

constexpr bool is_failed(LotRow const& lot) {
  return lot.state == engine::LotState::FailedNoBid || lot.state == engine::LotState::FailedFew ||
         (lot.state == engine::LotState::WinnerDeclined && lot.next_available == 0);
}
constexpr bool is_ended(LotRow const& lot) {
  return is_failed(lot) || lot.state == engine::LotState::OrderConfirmed || lot.state == engine::LotState::Aborted ||
         lot.state == engine::LotState::PracticeEnded;
}

}  // namespace modules::inquiry
