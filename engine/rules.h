// The rules of one lot, fixed when it opens and kept until it ends (rules.md §4.3, §4.4; market.md for the formats of
// the field).
//
// A format is data: all of them run in one state machine (lot.h) that reads this, as a sequence of stages (stage.h).
// The defaults are the plain auction of rules.md §4.4. A change of behaviour is a new `version`, never a different
// meaning of an old one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/limits.h"
#include "engine/money.h"
#include "engine/refusal.h"
#include "engine/time.h"

namespace engine {

enum class Format : std::uint8_t {
  Reverse = 1,  // 反向竞价: open, descending; the lowest wins, the buyer has no choice
  Sealed = 2,   // 在线询价: sealed quotes, replaceable until close; the buyer may choose inside the low band
  Rounds = 3,   // 轮次竞价: sealed first quotes, then rounds of turns, worst first, each hidden until its turn ends
  Dutch = 4,    // 荷兰式: the price rises level by level until one takes it; then, if asked, sealed bids and a best bid
  Japanese = 5,  // 日式: the price falls level by level; accept each level or be out
};

// What a bid has to undercut.
enum class StepBasis : std::uint8_t {
  Own = 1,   // the bidder's own last bid
  Best = 2,  // the best bid of all
};
// By how much.
enum class StepKind : std::uint8_t {
  Fixed = 1,     // `decrement`
  Percent = 2,   // `decrement_share` of the reference, rounded up to a fen, at least `decrement`
  Multiple = 3,  // `decrement`, and every price is the ceiling less a multiple of it
  Ladder = 4,    // by the reference price: the first band of `ladder` whose `above` is below it
};
struct StepBand {
  Money above;      // the reference is higher than this; 0 in the last band
  Money decrement;  // >= 0.01
  friend bool operator==(StepBand const&, StepBand const&) = default;
};

enum class Ending : std::uint8_t {
  Window = 1,  // a bid in the last `trigger_window` moves the end
  Quiet = 2,   // after the main time an `extension` long clock runs, and every bid starts it again (限时)
};
enum class ExtendFrom : std::uint8_t {
  Bid = 1,  // the end is at least `extension` after the bid
  End = 2,  // the end moves by `extension`
};
enum class ExtendScope : std::uint8_t {
  Lot = 1,      // this lot
  Inquiry = 2,  // every running lot of the inquiry whose rules say so too, by the same length
};

// Which price leads while bids come in. The close always ranks by evaluated price.
enum class RankBy : std::uint8_t { Price = 1, Evaluated = 2 };
// What equal prices mean to the rank that is shown. Who gets the lot is always decided by the earlier bid.
enum class Ties : std::uint8_t {
  Earliest = 1,       // the earlier is ahead
  EqualBest = 2,      // both have the better rank: 1 1 3
  EqualWorst = 3,     // both have the worse rank: 2 2 3
  Refused = 4,        // a bid equal to another's is refused
  RefusedAtLead = 5,  // only a bid equal to the leader's
};

// When the lots of an inquiry tell their results and ask their winners.
enum class Release : std::uint8_t {
  Each = 1,             // each lot at its own end
  AwardsTogether = 2,   // results at once; awards when the bidding of every lot that says so has ended
  ResultsTogether = 3,  // results too wait for the last
};

// What bidders see while bids come in, as bits; the gateway's views obey (gateway/view.h). Never a name, never a price
// of others but the lead.
namespace visible {
inline constexpr std::uint8_t lead = 1;             // the best price
inline constexpr std::uint8_t rank = 2;             // the own rank
inline constexpr std::uint8_t colour = 4;           // green: leads; yellow: equal to the lead; red: neither
inline constexpr std::uint8_t count = 8;            // how many bidders have a valid bid
inline constexpr std::uint8_t lead_after_bid = 16;  // the lead only to those with a valid bid of their own
inline constexpr std::uint8_t everything = 31;
inline constexpr std::uint8_t usual = lead | rank;  // rules.md §4.4: best price and own rank
}  // namespace visible

struct LotRules {
  // 2, of signed bids alone: where results wait for all lots, the end of the bidding is told once. Under 1 it is told
  // again behind the last signature.
  std::uint16_t version = 1;
  Format format = Format::Reverse;
  Money ceiling{};  // raw bids are <= ceiling
  Duration duration =
      std::chrono::minutes{30};  // reverse: a round's main time; sealed, rounds: time for (first) quotes

  // Reverse; what concerns the step also rounds, and dutch after its levels.
  Money decrement{};  // >= 0.01
  StepBasis step_basis = StepBasis::Own;
  StepKind step_kind = StepKind::Fixed;
  BasisPoints decrement_share{};
  std::array<StepBand, limits::step_bands> ladder{};  // falling `above`; what follows the band above 0 is empty
  Money front_buffer{};                               // a new lead is at least so much better than the lead
  Money back_buffer{};                                // a bid that does not lead is at least so much behind it
  bool leader_waits = false;                          // who leads may not bid before being outbid
  Ending ending = Ending::Window;
  Duration trigger_window = std::chrono::minutes{5};  // 0 = hard close
  Duration extension = std::chrono::minutes{5};
  Duration hard_cap = std::chrono::minutes{60};  // of a round, from its start, extensions included; >= duration
  ExtendFrom extend_from = ExtendFrom::Bid;
  std::uint16_t trigger_rank = 0;    // only a bid that reaches this rank or better extends; 0 = any
  std::uint16_t extensions_max = 0;  // of a round; 0 = as many as the cap allows
  ExtendScope extend_scope = ExtendScope::Lot;
  RankBy rank_by = RankBy::Price;
  Ties ties = Ties::Earliest;
  std::uint8_t visibility = visible::usual;
  std::uint8_t lead_from_bidders = 0;  // the lead is shown once so many have a valid bid

  // Several rounds: of elimination (reverse), of turns (rounds).
  std::uint8_t rounds = 1;
  std::uint16_t eliminate = 0;  // reverse: so many of the worst go after a round, but two stay
  Duration first_pause{};       // rounds: before the first round
  Duration pause{};             // between rounds; dutch: between phases; in series: after the lot before
  Duration turn{};              // of one turn; dutch, japanese: of one level

  // Dutch, from first up to last; japanese, from first down to last.
  Money first_level{};
  Money last_level{};
  Money level_step{};
  Duration sealed_for{};    // dutch: the others may beat the taker by sealed bids; 0 = no such phase
  Duration best_bid_for{};  // dutch: the taker may beat them once more; 0 = no such phase

  // What people may do.
  bool proxies = false;     // reverse: the engine bids for a supplier down to a secret limit
  bool surrogates = false;  // the buyer's side enters a bid for a supplier, with a second person
  bool requotes = true;     // where quotes are hidden: a later one replaces the earlier
  bool practice = false;    // nobody is awarded anything
  // Reverse, sealed: every bid bears the supplier's own signature, verified before anybody is awarded anything; a bid
  // whose signature does not hold is voided, on the record. Excludes bids that others make for a supplier.
  bool signed_bids = false;

  // Sealed only.
  BasisPoints band_over{1'000};                  // qk <= q1 x (1 + band_over)
  std::uint8_t band_places = 3;                  // k <= band_places
  Duration choose_for = std::chrono::hours{48};  // buyer silent that long: the first is awarded

  std::uint8_t min_bidders = 3;  // distinct bidders with a valid bid at close
  // On a relaunch fewer may do, with an approver and a reason (rules.md §4.4, §12a gaps 12); 0 = never.
  std::uint8_t min_bidders_approved = 0;
  // A price below this share of the best bid (reverse) or of the ceiling (where the best is secret) asks for an
  // explicit confirmation before it is accepted.
  BasisPoints slip_below{5'000};
  Duration confirm_for = std::chrono::hours{72};    // the winner's time to answer
  Duration resume_floor = std::chrono::minutes{5};  // after a pause at least this remains (rules.md §12a gaps 4)
  std::uint32_t attempts_max = limits::attempts_a_bidder_default;
  Release release = Release::Each;

  friend bool operator==(LotRules const&, LotRules const&) = default;
};

// The first thing wrong with the rules themselves, or none. The limits here are what the state machine needs; what the
// procurement rules ask for beyond that is the inquiry module's business.
std::optional<Refusal> judge(LotRules const&);

// The version that a lot with these rules is opened under today.
constexpr std::uint16_t version_of(LotRules const& rules) {
  return rules.signed_bids ? 2 : 1;
}

// Whether a bid's price may have to stay secret for a time: such a lot's prices are journaled as private.
constexpr bool has_hidden_bids(LotRules const& rules) {
  return rules.format == Format::Sealed || rules.format == Format::Rounds || rules.sealed_for > Duration::zero();
}

// What a bid against this reference has to fall by.
Money decrement_at(LotRules const&, Money reference);

// Dutch and japanese: how many levels, and the price of the one numbered 1..levels().
std::uint32_t levels(LotRules const&);
Money level_price(LotRules const&, std::uint32_t level);

}  // namespace engine
