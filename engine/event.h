// Events: what happened, as plain values in the past tense. Engine -> modules, hub, digest.
//
// Events are full: who may see what of them is gateway/view's business. With one exception made here, because a
// secret that is never handed out cannot leak: no event carries the price of a sealed quote before its lot has closed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/command.h"
#include "engine/refusal.h"

namespace engine {

enum class LotState : std::uint8_t {
  Scheduled = 1,       // SCHEDULED
  Running = 2,         // RUNNING
  Extended = 3,        // EXTENDED: running, after at least one extension
  Paused = 4,          // PAUSED
  Selecting = 5,       // SELECTING: closed; the buyer chooses (sealed) or has few bidders approved
  Awarded = 6,         // AWARDED: the winner is asked to confirm
  WinnerDeclined = 7,  // WINNER_DECLINED: the buyer may ask the next; terminal when nobody is left
  OrderConfirmed = 8,  // ORDER_CONFIRMED, terminal
  FailedNoBid = 9,     // FAILED_NO_BID, terminal
  FailedFew = 10,      // FAILED_FEW, terminal
  Aborted = 11,        // ABORTED, terminal
};
constexpr bool is_live(LotState s) {
  return s == LotState::Running || s == LotState::Extended;
}

struct LotScheduled {
  LotId lot;
  LotRules rules;
  Instant opens_at;
  Instant ends_at;  // if nothing extends or pauses it
  std::vector<Admitted> admitted;
};
struct LotStarted {
  LotId lot;
  Instant ends_at;
};

// The decision on one attempt. For a repeated key it is the original one, `repeated` says so, and nothing changed.
struct Receipt {
  LotId lot;
  BidderId bidder;
  BidKey key;
  Seq seq;                         // of the attempt that was decided (the original, for a repeat)
  Instant at;                      // its time
  std::uint32_t attempt = 0;       // 1.. per bidder and lot; 0 where the attempt was not kept (not admitted, none left)
  std::optional<Refusal> refusal;  // none: accepted
};
struct BidAccepted {  // reverse
  Receipt receipt;
  Money price;
  std::uint16_t rank = 0;           // 1.. among bidders with a valid bid, by raw price (rules.md §12a gaps 5)
  std::uint16_t previous_rank = 0;  // 0 = had none. Those between shift by one
  Money best;                       // after this bid
  BidderId leader;
};
struct QuoteAccepted {
  Receipt receipt;
};  // sealed: no price, no rank
struct BidRefused {
  Receipt receipt;
};
struct BidRepeated {
  Receipt original;
};

enum class ExtendedBecause : std::uint8_t { LateBid = 1, TooFewQuotes = 2, Outage = 3 };
struct LotExtended {
  LotId lot;
  Instant previous_ends_at;
  Instant ends_at;
  ExtendedBecause because;
};
struct LotPaused {
  LotId lot;
  PersonId by;
  std::string reason;
  Duration remaining;
};
struct LotResumed {
  LotId lot;
  PersonId by;
  std::string reason;
  Instant ends_at;
};
struct LotAborted {
  LotId lot;
  PersonId by;
  std::string reason;
};
// After either, `order` is the whole ranking by raw price, leader first (empty for sealed).
struct BidderDisqualified {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
  std::vector<BidderId> order;
  Money best;
};
struct BidderReinstated {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
  std::vector<BidderId> order;
  Money best;
};

// One bidder's counted bid at close.
struct Standing {
  std::uint16_t rank = 0;  // by (evaluated price, time order)
  BidderId bidder;
  Money price;  // the contract price
  Evaluated evaluated_price = 0;
  Seq seq;
  Instant at;
  bool selectable = false;  // sealed: the buyer may choose it (k, band, mean)
  friend bool operator==(Standing const&, Standing const&) = default;
};
// One accepted bid, for the history that is public after close.
struct HistoryEntry {
  Seq seq;
  Instant at;
  BidderId bidder;
  Money price;
  bool voided = false;
};

struct LotClosed {
  LotId lot;
  LotState state;                     // Awarded, Selecting, FailedNoBid, FailedFew
  Instant closed_at;                  // the end, not the moment the engine got round to it
  std::vector<Standing> standings;    // by rank
  std::vector<HistoryEntry> history;  // by seq
};
struct SelectionOpened {
  LotId lot;
  Instant until;
  std::vector<BidderId> selectable;
};
struct QuoteChosen {
  LotId lot;
  BidderId bidder;
  std::uint16_t rank;
  PersonId by;
  PersonId approved_by;
  std::string reason;
};
struct AwardAsked {
  LotId lot;
  BidderId bidder;
  Money price;
  Instant until;
};
enum class AwardOutcome : std::uint8_t { Confirmed = 1, Declined = 2, Silent = 3 };
struct AwardAnswered {
  LotId lot;
  BidderId bidder;
  PersonId by;
  AwardOutcome outcome;
  LotState state;
  bool next_available;
};

// A command other than a bid was refused and changed nothing.
struct LotCommandRefused {
  LotId lot;
  Refusal refusal;
};
// A module decided its command.
struct ModuleAnswered {
  std::uint16_t module;
  std::uint16_t verb;
  PersonId actor;
  std::uint64_t id = 0;   // of what was made or changed
  bool repeated = false;  // the request key was seen before: this is the original answer
  std::optional<Refusal> refusal;
};
struct OutageNoted {
  Instant from;
  Instant until;
};
struct ClockStepNoted {
  Duration by;
};

using Event =
    std::variant<LotScheduled, LotStarted, BidAccepted, QuoteAccepted, BidRefused, BidRepeated, LotExtended, LotPaused,
                 LotResumed, LotAborted, BidderDisqualified, BidderReinstated, LotClosed, SelectionOpened, QuoteChosen,
                 AwardAsked, AwardAnswered, LotCommandRefused, ModuleAnswered, OutageNoted, ClockStepNoted>;
using Events = std::vector<Event>;

}  // namespace engine
