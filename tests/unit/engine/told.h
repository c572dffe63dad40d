// Events as short lines, so that a whole course of a lot can be read, and compared, in one column.
//
// Times are milliseconds after noon, money is fen. A line of another lot than the first begins with its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/engine/auction.h"

namespace engine::test {

using Lines = std::vector<std::string>;

inline std::string name_of(BidderId bidder) {
  if (bidder == anna) return "anna";
  if (bidder == bert) return "bert";
  if (bidder == carl) return "carl";
  if (bidder == dora) return "dora";
  return std::to_string(bidder.number());
}
inline std::string names_of(std::vector<BidderId> const& bidders) {
  std::string names;
  for (auto const bidder : bidders) names += (names.empty() ? "" : " ") + name_of(bidder);
  return names;
}

class Teller {
 public:
  std::string operator()(LotScheduled const& e) const {
    return "scheduled " + time(e.opens_at) + " to " + time(e.ends_at);
  }
  std::string operator()(LotRescheduled const& e) const {
    return "rescheduled " + time(e.opens_at) + " to " + time(e.ends_at);
  }
  std::string operator()(LotStarted const& e) const { return "starts to " + time(e.ends_at); }
  std::string operator()(StageStarted const& e) const { return stage(e.stage) + " to " + time(e.ends_at); }
  std::string operator()(TurnEnded const& e) const {
    return "turn over, " + name_of(e.stage.bidder) + " " + fen(e.price) + (e.changed ? " new" : " old") + " rank " +
           std::to_string(e.rank);
  }
  std::string operator()(QuotesOpened const& e) const {
    std::string line = "opened";
    for (auto const& quote : e.quotes) line += " " + name_of(quote.bidder) + " " + fen(quote.price);
    return line;
  }
  std::string operator()(BiddersEliminated const& e) const { return "out " + names_of(e.bidders); }
  std::string operator()(BidAccepted const& e) const { return name_of(e.receipt.bidder) + " bids " + of(e.placed); }
  std::string operator()(QuoteAccepted const& e) const { return name_of(e.receipt.bidder) + " quotes"; }
  std::string operator()(BidRefused const& e) const { return std::string(e.receipt.refusal->kind->code); }
  std::string operator()(LotCommandRefused const& e) const { return std::string(e.refusal.kind->code); }
  std::string operator()(SurrogateNoted const& e) const { return "surrogate for " + name_of(e.bidder); }
  std::string operator()(BidWithdrawn const& e) const { return name_of(e.bidder) + " withdraws"; }
  std::string operator()(BidCancelled const& e) const {
    return "cancelled of " + name_of(e.bidder) + ": " + names_of(e.order) + " best " + fen(e.best);
  }
  std::string operator()(ProxySet const& e) const { return name_of(e.bidder) + " proxy by " + fen(e.step); }
  std::string operator()(ProxyEnded const& e) const {
    static constexpr std::string_view why[] = {"", "cancelled", "exhausted", "disqualified", "eliminated"};
    return name_of(e.bidder) + " proxy " + std::string(why[static_cast<std::size_t>(e.because)]);
  }
  std::string operator()(ProxyBid const& e) const { return name_of(e.bidder) + " auto " + of(e.placed); }
  std::string operator()(LotExtended const& e) const {
    static constexpr std::string_view why[] = {"", "late", "few", "outage", "quiet", "other"};
    return std::string(why[static_cast<std::size_t>(e.because)]) + " to " + time(e.ends_at);
  }
  std::string operator()(LotPaused const& e) const { return "paused with " + std::to_string(e.remaining.count()); }
  std::string operator()(LotResumed const& e) const { return "resumed to " + time(e.ends_at); }
  std::string operator()(LotAborted const&) const { return "aborted"; }
  std::string operator()(BidderDisqualified const& e) const {
    return "disqualified " + name_of(e.bidder) + ": " + names_of(e.order) + " best " + fen(e.best);
  }
  std::string operator()(BidderReinstated const& e) const {
    return "reinstated " + name_of(e.bidder) + ": " + names_of(e.order) + " best " + fen(e.best);
  }
  std::string operator()(BiddingEnded const& e) const { return "over " + time(e.closed_at); }
  std::string operator()(LotClosed const& e) const {
    std::string line = state(e.state) + " " + time(e.closed_at);
    for (auto const& standing : e.standings) line += " " + name_of(standing.bidder) + " " + fen(standing.price);
    return line;
  }
  std::string operator()(SelectionOpened const& e) const {
    return "choose to " + time(e.until) + ": " + names_of(e.selectable);
  }
  std::string operator()(AwardAsked const& e) const { return "asks " + name_of(e.bidder) + " to " + time(e.until); }
  std::string operator()(OutageNoted const& e) const { return "outage " + time(e.from) + " to " + time(e.until); }
  std::string operator()(auto const&) const { return "something else"; }

 private:
  static std::string time(Instant at) { return std::to_string((at - noon).count()); }
  static std::string fen(Money price) { return std::to_string(price.in_fen()); }
  static std::string of(Placed const& placed) {
    return fen(placed.price) + " rank " + std::to_string(placed.rank) + "<" + std::to_string(placed.previous_rank);
  }
  static std::string state(LotState state) {
    static constexpr std::string_view names[] = {"",          "Scheduled", "Running",  "Extended",       "Paused",
                                                 "Selecting", "Awarded",   "Declined", "OrderConfirmed", "FailedNoBid",
                                                 "FailedFew", "Aborted",   "Pending",  "Practice"};
    return std::string(names[static_cast<std::size_t>(state)]);
  }
  static std::string stage(Stage const& stage) {
    static constexpr std::string_view kinds[] = {"",     "Bidding", "Quiet",      "Break",
                                                 "Turn", "Level",   "SealedBids", "BestBid"};
    auto line = std::string(kinds[static_cast<std::size_t>(stage.kind)]) + " " + std::to_string(stage.round);
    if (stage.turn != 0) line += "." + std::to_string(stage.turn);
    if (stage.bidder.is_given()) line += " " + name_of(stage.bidder);
    if (stage.level != Money{}) line += " at " + fen(stage.level);
    return line;
  }
};

inline Lines told(Events const& events) {
  Lines lines;
  for (auto const& event : events) {
    auto const place = std::visit(
        [](auto const& e) -> std::size_t {
          if constexpr (requires { e.lot; }) return place_of(e.lot);
          if constexpr (requires { e.receipt; }) return place_of(e.receipt.lot);
          return 0;
        },
        event);
    lines.push_back((place > 1 ? std::to_string(place) + ": " : "") + std::visit(Teller{}, event));
  }
  return lines;
}

}  // namespace engine::test
