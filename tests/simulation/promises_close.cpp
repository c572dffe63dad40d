// Promises of the close and of what comes after it.
#include <algorithm>

#include "tests/simulation/promises.h"

namespace simulation::promises {

using namespace engine;

namespace {

Broken broken(Scene const& scene, std::string what) {
  auto const id = scene.lot == nullptr ? 0 : scene.lot->id.number();
  return "seq " + std::to_string(scene.cause.seq.number()) + ", lot " + std::to_string(id >> 8) + "-" +
         std::to_string(id & 0xff) + ": " + std::move(what);
}

// The states from which an event of this kind may come; empty for what may come in any.
struct From {
  std::vector<LotState> states;
  bool holds(LotState state) const { return states.empty() || std::ranges::find(states, state) != states.end(); }
};

From origins(Event const& event) {
  using enum LotState;
  std::vector<LotState> const live{Running, Extended};
  std::vector<LotState> const under_way{Running, Extended, Paused};
  auto const is = [&]<class Kind>(std::type_identity<Kind>) { return std::holds_alternative<Kind>(event); };
  if (is(std::type_identity<LotStarted>{}) || is(std::type_identity<LotRescheduled>{})) return {{Scheduled}};
  if (is(std::type_identity<LotPaused>{})) return {live};
  if (is(std::type_identity<LotExtended>{})) return {{Running, Extended, ResultPending}};
  if (is(std::type_identity<StageStarted>{}) || is(std::type_identity<TurnEnded>{})) return {live};
  if (is(std::type_identity<QuotesOpened>{}) || is(std::type_identity<BiddersEliminated>{})) return {live};
  if (is(std::type_identity<BiddingEnded>{})) return {live};
  if (is(std::type_identity<BidWithdrawn>{})) return {live};
  if (is(std::type_identity<ProxySet>{}) || is(std::type_identity<ProxyBid>{})) return {live};
  if (is(std::type_identity<LotResumed>{})) return {{Paused}};
  if (is(std::type_identity<BidCancelled>{})) return {{Running, Extended, Paused, ResultPending}};
  if (is(std::type_identity<BidderDisqualified>{}) || is(std::type_identity<BidderReinstated>{})) {
    return {{Scheduled, Running, Extended, Paused}};
  }
  if (is(std::type_identity<LotClosed>{})) return {{Running, Extended, ResultPending, Selecting}};
  if (is(std::type_identity<SelectionOpened>{})) return {{Selecting, ResultPending}};
  if (is(std::type_identity<QuoteChosen>{})) return {{Selecting}};
  if (is(std::type_identity<AwardAsked>{})) return {{Awarded, Selecting, WinnerDeclined, ResultPending}};
  if (is(std::type_identity<AwardAnswered>{})) return {{Awarded}};
  return {};
}

}  // namespace

Broken a_state_follows_from_the_one_before(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr) return std::nullopt;
  auto const state = scene.lot->state;
  if (std::holds_alternative<LotScheduled>(event)) return broken(scene, "opened twice");
  if (std::holds_alternative<LotAborted>(event) && scene.lot->is_over()) return broken(scene, "aborted after its end");
  if (origins(event).holds(state)) return std::nullopt;
  // What was verified too late is put right on the record, whatever became of the lot.
  auto const is_noted = std::holds_alternative<NoteSignatures>(scene.cause.command);
  if (is_noted && std::holds_alternative<BidCancelled>(event) && state == LotState::Aborted) return std::nullopt;
  // Until the last signature is noted the lot is as open to such acts as before its end.
  auto const is_act = std::holds_alternative<BidderDisqualified>(event) ||  //
                      std::holds_alternative<BidderReinstated>(event);
  if (is_act && scene.lot->awaits_signatures()) return std::nullopt;
  return broken(
      scene, "event of kind " + std::to_string(event.index()) + " in state " + std::to_string(static_cast<int>(state)));
}

// Every acknowledged bid is in the public history, in the order of arrival, and nothing else is.
Broken the_close_tells_every_accepted_bid(Scene const& scene, Event const& event) {
  auto const* closed = std::get_if<LotClosed>(&event);
  if (closed == nullptr || scene.lot == nullptr) return std::nullopt;
  struct Told {
    std::uint32_t arrival;
    BidderId bidder;
    KnownBid const* bid;
    bool voided;
  };
  std::vector<Told> accepted;
  for (auto const& [id, one] : scene.lot->bidders) {
    for (auto const& bid : one.bids) accepted.push_back({bid.arrival, id, &bid, bid.voided || one.disqualified});
  }
  std::ranges::sort(accepted, {}, &Told::arrival);
  if (accepted.size() != closed->history.size()) return broken(scene, "the history has lost or invented bids");
  for (std::size_t i = 0; i < accepted.size(); ++i) {
    auto const& [arrival, bidder, bid, voided] = accepted[i];
    auto const& told = closed->history[i];
    auto const is_same = told.bidder == bidder && told.price == bid->price && told.seq == bid->seq;
    if (!is_same) return broken(scene, "bid " + std::to_string(arrival) + " is told otherwise than it was accepted");
    if (told.voided != voided) return broken(scene, "bid " + std::to_string(arrival) + " counts otherwise than told");
  }
  return std::nullopt;
}

Broken the_close_ranks_what_counts(Scene const& scene, Event const& event) {
  auto const* closed = std::get_if<LotClosed>(&event);
  if (closed == nullptr || scene.lot == nullptr) return std::nullopt;
  std::size_t counted = 0;
  for (auto const& [id, one] : scene.lot->bidders) counted += one.counted() != nullptr ? 1U : 0U;
  if (closed->standings.size() != counted) return broken(scene, "a bidder who counts has no standing, or two");
  std::set<BidderId> ranked;
  Standing const* before = nullptr;
  for (auto const& standing : closed->standings) {
    auto const one = scene.lot->bidders.find(standing.bidder);
    auto const* bid = one == scene.lot->bidders.end() ? nullptr : one->second.counted();
    if (bid == nullptr || !ranked.insert(standing.bidder).second) return broken(scene, "ranked, but does not count");
    if (standing.price != bid->price || standing.seq != bid->seq) return broken(scene, "ranked with another bid");
    if (standing.evaluated_price != one->second.evaluation.of(bid->price)) return broken(scene, "evaluated otherwise");
    if (standing.rank != ranked.size()) return broken(scene, "ranks are not 1..n");
    if (before != nullptr && standing.evaluated_price < before->evaluated_price) return broken(scene, "ranked upwards");
    before = &standing;
  }
  return std::nullopt;
}

Broken one_winner(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr) return std::nullopt;
  auto const& lot = *scene.lot;
  if (auto const* asked = std::get_if<AwardAsked>(&event)) {
    if (lot.confirmed.is_given()) return broken(scene, "asked after somebody had confirmed");
    if (lot.asked.is_given() && lot.asked != asked->bidder) return broken(scene, "two asked at once");
    if (lot.lost.contains(asked->bidder)) return broken(scene, "asked again after a decline");
    auto const standing = std::ranges::find(lot.standings, asked->bidder, &Standing::bidder);
    if (standing == lot.standings.end()) return broken(scene, "asked, but has no standing");
    if (standing->price != asked->price) return broken(scene, "asked at another price than was bid");
  }
  if (auto const* answered = std::get_if<AwardAnswered>(&event)) {
    if (lot.confirmed.is_given()) return broken(scene, "answered after somebody had confirmed");
    if (answered->bidder != lot.asked) return broken(scene, "answered by one who was not asked");
  }
  return std::nullopt;
}

Broken a_group_awaits_its_last_lot(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr || scene.lot->rules().release == Release::Each || scene.lot->is_released)
    return std::nullopt;
  auto const release = scene.lot->rules().release;
  auto const* closed = std::get_if<LotClosed>(&event);
  auto const tells_all = closed != nullptr && release == Release::ResultsTogether;
  auto const asks = std::holds_alternative<AwardAsked>(event) || std::holds_alternative<SelectionOpened>(event);
  auto const skips = closed != nullptr && scene.lot->state != LotState::ResultPending &&
                     (closed->state == LotState::Awarded || closed->state == LotState::Selecting);
  if (skips) return broken(scene, "awarded without waiting for the others");
  if (!tells_all && !asks) return std::nullopt;
  for (auto const& [id, other] : scene.picture.lots()) {
    auto const is_of_group = inquiry_of(id) == inquiry_of(scene.lot->id) && other.rules().release == release;
    auto const is_awaited = other.is_before_close() || other.awaits_signatures();
    if (is_of_group && id != scene.lot->id && is_awaited) {
      return broken(scene, "told while another lot of its group still ran");
    }
  }
  return std::nullopt;
}

Broken practice_asks_nobody(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr || !scene.lot->rules().practice) return std::nullopt;
  auto const asks = std::holds_alternative<AwardAsked>(event) || std::holds_alternative<SelectionOpened>(event) ||
                    std::holds_alternative<QuoteChosen>(event) || std::holds_alternative<AwardAnswered>(event);
  if (asks) return broken(scene, "practice, and somebody was asked");
  auto const* closed = std::get_if<LotClosed>(&event);
  if (closed == nullptr || closed->state == LotState::PracticeEnded) return std::nullopt;
  return broken(scene, "practice closed in state " + std::to_string(static_cast<int>(closed->state)));
}

Broken a_bid_is_signed_where_that_is_asked(Scene const& scene, Event const& event) {
  auto const is_accepted = std::holds_alternative<BidAccepted>(event) || std::holds_alternative<QuoteAccepted>(event) ||
                           std::holds_alternative<ProxyBid>(event);
  auto const asks = scene.lot != nullptr && scene.lot->rules().signed_bids;
  auto const is_signed = std::holds_alternative<PlaceSignedBid>(scene.cause.command);
  if (is_accepted && asks && !is_signed) return broken(scene, "a bid without a signature was accepted");
  auto const is_told = std::holds_alternative<BidSigned>(event);
  return is_told && !asks ? broken(scene, "to be verified where nobody asked for it") : std::nullopt;
}

Broken only_forged_signatures_void(Scene const& scene, Event const& event) {
  auto const* cancelled = std::get_if<BidCancelled>(&event);
  auto const is_noted = std::holds_alternative<NoteSignatures>(scene.cause.command);
  if (cancelled == nullptr || !is_noted || scene.lot == nullptr) return std::nullopt;
  auto const one = scene.lot->bidders.find(cancelled->bidder);
  if (one == scene.lot->bidders.end()) return broken(scene, "a bid of nobody was voided");
  auto const bid = std::ranges::find(one->second.bids, cancelled->bid, &KnownBid::seq);
  auto const is_forged = bid != one->second.bids.end() && bid->forged;
  return is_forged ? std::nullopt : broken(scene, "voided for a signature that holds");
}

Broken the_close_awaits_every_signature(Scene const& scene, Event const& event) {
  auto const is_outcome = std::holds_alternative<LotClosed>(event) || std::holds_alternative<SelectionOpened>(event) ||
                          std::holds_alternative<QuoteChosen>(event) || std::holds_alternative<AwardAsked>(event);
  auto const awaits = scene.lot != nullptr && !scene.lot->unverified.empty();
  return is_outcome && awaits ? broken(scene, "closed before the last signature was noted") : std::nullopt;
}

Broken no_forged_bid_is_ranked(Scene const& scene, Event const& event) {
  auto const* closed = std::get_if<LotClosed>(&event);
  if (closed == nullptr || scene.lot == nullptr) return std::nullopt;
  for (auto const& standing : closed->standings) {
    auto const one = scene.lot->bidders.find(standing.bidder);
    if (one == scene.lot->bidders.end()) continue;
    auto const bid = std::ranges::find(one->second.bids, standing.seq, &KnownBid::seq);
    if (bid != one->second.bids.end() && bid->forged) return broken(scene, "a forged bid is ranked");
  }
  return std::nullopt;
}

}  // namespace simulation::promises
