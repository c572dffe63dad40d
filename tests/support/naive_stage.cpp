// What time does to a naive lot: from stage to stage, to the close, and through the order after it.
//
// Thread: none of its own. Failure: none. Memory: the lot's.
#include <algorithm>

#include "tests/support/naive_lot.h"

namespace support {

using namespace engine;

Instant NaiveLot::due() const {
  if (state == LotState::Scheduled) return waits ? never : start;
  if (live()) return end;
  if (state == LotState::Selecting || state == LotState::Awarded) return until;
  return never;
}

void NaiveLot::act(NaiveCause cause, Events& out) {
  extended_already = false;
  if (state == LotState::Scheduled) {
    begin(out);
  } else if (live()) {
    stage_over(cause, out);
  } else if (state == LotState::Selecting && few) {
    state = LotState::FailedFew;
    out.push_back(close_event());
  } else if (state == LotState::Selecting) {
    auto const first = left().front().bidder;
    out.push_back(QuoteChosen{opened.lot, first, 1, PersonId{}, PersonId{}, ""});
    ask(first, until, out);
  } else {
    lose(PersonId{}, AwardOutcome::Silent, until, out);
  }
}

void NaiveLot::enter(StageKind kind, Duration length, Events& out, int round, int turn, BidderId bidder, Money level) {
  stage = {kind, static_cast<std::uint16_t>(round), static_cast<std::uint16_t>(turn), bidder, level};
  end += length;
  out.push_back(StageStarted{opened.lot, stage, end});
}

void NaiveLot::begin(Events& out) {
  state = LotState::Running;
  out.push_back(LotStarted{opened.lot, end});
  if (!is(Format::Dutch) && !is(Format::Japanese)) return;
  enter(StageKind::Level, Duration::zero(), out, 1, 1, {}, level_price(1));
}

void NaiveLot::stage_over(NaiveCause cause, Events& out) {
  switch (stage.kind) {
    case StageKind::Bidding:
      return bidding_over(cause, out);
    case StageKind::Quiet:
      return round_over(cause, out);
    case StageKind::Break:
      if (is(Format::Reverse)) return begin_elimination_round(cause, out);
      if (is(Format::Rounds)) return begin_turns(out);
      if (sealed_bids_over) return begin_best_bid(out);
      return enter(StageKind::SealedBids, rules().sealed_for, out, 1, 0, {}, taken);
    case StageKind::Turn:
      turn_over(out);
      return next_turn(stage.turn, out);
    case StageKind::Level:
      return level_over(out);
    case StageKind::SealedBids:
      return sealed_bids_end(out);
    case StageKind::BestBid:
      turn_over(out);
      return close(out, end);
  }
}

void NaiveLot::bidding_over(NaiveCause cause, Events& out) {
  if (is(Format::Rounds)) return first_quotes_over(out);
  if (is(Format::Sealed)) return close(out, end);
  if (rules().ending != Ending::Quiet || cap <= end) return round_over(cause, out);
  auto const previous = end;
  auto const length = std::min(cap - end, rules().extension);
  state = LotState::Extended;
  out.push_back(LotExtended{opened.lot, previous, end + length, ExtendedBecause::QuietPeriod});
  enter(StageKind::Quiet, length, out, stage.round);
}

void NaiveLot::round_over(NaiveCause cause, Events& out) {
  auto const counted = order();
  std::vector<BidderId> alive;  // best first
  for (auto const bidder : counted) {
    if (!eliminated.contains(bidder)) alive.push_back(bidder);
  }
  if (stage.round == rules().rounds || counted.size() < 2 || alive.size() < 2) return close(out, end);
  std::set<BidderId> going;
  for (auto const& admitted : opened.admitted) {
    auto const bidder = admitted.bidder;
    if (!disqualified.contains(bidder) && !eliminated.contains(bidder) && !counts(bidder)) going.insert(bidder);
  }
  for (int i = 0; i < rules().eliminate && alive.size() > 2; ++i) {
    going.insert(alive.back());
    alive.pop_back();
  }
  if (!going.empty()) out.push_back(BiddersEliminated{opened.lot, stage, {going.begin(), going.end()}});
  eliminated.insert(going.begin(), going.end());
  if (rules().pause > Duration::zero()) return enter(StageKind::Break, rules().pause, out, stage.round + 1);
  stage.round = static_cast<std::uint16_t>(stage.round + 1);
  begin_elimination_round(cause, out);
}

void NaiveLot::begin_elimination_round(NaiveCause cause, Events& out) {
  auto const ranked = ranking();
  lead_at_round_start.reset();
  if (!ranked.empty()) lead_at_round_start = key(*ranked.front());
  cap = end + rules().hard_cap;
  late_extensions = 0;
  state = LotState::Running;
  enter(StageKind::Bidding, rules().duration, out, stage.round);
  let_proxies_act(cause, out);
}

void NaiveLot::first_quotes_over(Events& out) {
  auto const quotes = ranking().size();
  if (quotes < std::max<std::size_t>(2, rules().min_bidders)) return close(out, end);
  open_quotes(out);
  if (rules().first_pause > Duration::zero()) return enter(StageKind::Break, rules().first_pause, out, 1);
  begin_turns(out);
}

void NaiveLot::begin_turns(Events& out) {
  turns = order();
  std::ranges::reverse(turns);
  next_turn(0, out);
}

// `place`: so many turns of the round are over.
void NaiveLot::next_turn(std::size_t place, Events& out) {
  while (place < turns.size() && disqualified.contains(turns[place])) ++place;
  if (place < turns.size()) {
    return enter(StageKind::Turn, rules().turn, out, stage.round, static_cast<int>(place + 1), turns[place]);
  }
  if (stage.round == rules().rounds) return close(out, end);
  if (rules().pause > Duration::zero()) return enter(StageKind::Break, rules().pause, out, stage.round + 1);
  stage.round = static_cast<std::uint16_t>(stage.round + 1);
  begin_turns(out);
}

void NaiveLot::turn_over(Events& out) {
  auto* const pending = pending_of(stage.bidder);
  auto const* const before = last_valid(stage.bidder);
  // What counted may have been cancelled meanwhile: no turn makes a price worse.
  if (pending != nullptr && before != nullptr && pending->bid.price >= before->bid.price) pending->voided = true;
  auto const changed = pending != nullptr && !pending->voided;
  if (pending != nullptr) pending->pending = false;
  auto const price = counts(stage.bidder) ? last_valid(stage.bidder)->bid.price : Money{};
  out.push_back(TurnEnded{opened.lot, stage, price, changed, shown_rank(stage.bidder)});
}

void NaiveLot::level_over(Events& out) {
  auto const is_last = level_price(stage.turn) == rules().last_level ||
                       (is(Format::Japanese) && level_price(stage.turn + 1) < rules().last_level);
  std::size_t remaining = opened.admitted.size();
  if (is(Format::Japanese)) {
    std::set<BidderId> going;
    remaining = 0;
    for (auto const& [bidder, evaluation] : opened.admitted) {
      if (disqualified.contains(bidder) || eliminated.contains(bidder)) continue;
      if (counts(bidder) && last_valid(bidder)->bid.price == stage.level)
        ++remaining;
      else
        going.insert(bidder);
    }
    if (!going.empty()) out.push_back(BiddersEliminated{opened.lot, stage, {going.begin(), going.end()}});
    eliminated.insert(going.begin(), going.end());
  }
  if (is_last || (is(Format::Japanese) && remaining <= 1)) return close(out, end);
  enter(StageKind::Level, rules().turn, out, 1, stage.turn + 1, {}, level_price(stage.turn + 1));
}

void NaiveLot::take(BidderId bidder, Money price, Instant at, Events& out) {
  if (stage.kind != StageKind::Level) return;
  taker = bidder;
  taken = price;
  end = at;
  if (rules().sealed_for == Duration::zero()) return close(out, end);
  if (rules().pause > Duration::zero()) return enter(StageKind::Break, rules().pause, out);
  enter(StageKind::SealedBids, rules().sealed_for, out, 1, 0, {}, taken);
}

void NaiveLot::sealed_bids_end(Events& out) {
  open_quotes(out);
  sealed_bids_over = true;
  auto const counted = order();
  auto const others = std::ranges::count_if(counted, [&](BidderId bidder) { return bidder != taker; });
  if (others == 0 || rules().best_bid_for == Duration::zero()) return close(out, end);
  if (rules().pause > Duration::zero()) return enter(StageKind::Break, rules().pause, out);
  begin_best_bid(out);
}

void NaiveLot::begin_best_bid(Events& out) {
  if (disqualified.contains(taker) || ranking().empty()) return close(out, end);
  auto const level = reference(key(*ranking().front()), taker);
  enter(StageKind::BestBid, rules().best_bid_for, out, 1, 0, taker, level);
}

void NaiveLot::open_quotes(Events& out) {
  QuotesOpened opening{opened.lot, stage, {}};
  for (auto const* counted : ranking()) opening.quotes.push_back({counted->bid.bidder, counted->bid.price});
  out.push_back(opening);
}

// Not declined, renumbered. Mean and lowest quote are those of the close, rounded down to a ten-thousandth of a fen.
std::vector<Standing> NaiveLot::left() const {
  std::vector<Standing> standings;
  Wide sum = 0;
  for (auto const& standing : closed) sum += standing.evaluated_price.whole;
  Wide const count = static_cast<std::int64_t>(closed.size());
  for (auto standing : closed) {
    if (declined.contains(standing.bidder)) continue;
    standing.rank = static_cast<std::uint16_t>(standings.size() + 1);
    Wide const quote = standing.evaluated_price.whole;
    Wide const lowest = closed.front().evaluated_price.whole;
    auto const in_band = standing.rank <= rules().band_places &&
                         quote * 10'000 <= lowest * (10'000 + rules().band_over.count()) && quote * count <= sum;
    if (few)
      standing.selectable = standing.rank == 1;
    else
      standing.selectable = is(Format::Sealed) && (standing.rank == 1 || in_band);
    standings.push_back(standing);
  }
  return standings;
}

std::vector<BidderId> NaiveLot::selectable() const {
  std::vector<BidderId> bidders;
  for (auto const& standing : left()) {
    if (standing.selectable) bidders.push_back(standing.bidder);
  }
  return bidders;
}

void NaiveLot::close(Events& out, Instant at) {
  auto const end_told = rules().version == 2 && state == LotState::Verifying;
  if (!unverified().empty()) {
    state = LotState::Verifying;
    out.push_back(BiddingEnded{opened.lot, end});
    return;
  }
  auto const counted = ranking();
  auto const bidders = counted.size();
  if (is(Format::Sealed) && bidders < rules().min_bidders && quoting_windows == 1) {
    quoting_windows = 2;
    auto const previous = end;
    end = at + rules().duration;
    state = LotState::Extended;
    out.push_back(LotExtended{opened.lot, previous, end, ExtendedBecause::TooFewQuotes});
    return;
  }
  for (auto const* attempt : counted) {
    auto const bidder = attempt->bid.bidder;
    closed.push_back({0, bidder, attempt->bid.price, evaluation(bidder).of(attempt->bid.price), attempt->receipt.seq,
                      attempt->receipt.at, false});
  }
  // Equal evaluated prices stand in order of arrival, whatever ranked before the close.
  std::ranges::stable_sort(closed, [&](Standing const& a, Standing const& b) {
    if (a.evaluated_price != b.evaluated_price) return a.evaluated_price < b.evaluated_price;
    return last_valid(a.bidder) < last_valid(b.bidder);
  });
  auto const enough = bidders >= rules().min_bidders;
  few = bidders > 0 && !enough && rules().min_bidders_approved > 0 && bidders >= rules().min_bidders_approved;
  if (rules().practice)
    outcome = LotState::PracticeEnded;
  else if (bidders == 0)
    outcome = LotState::FailedNoBid;
  else if (!enough && !few)
    outcome = LotState::FailedFew;
  else
    outcome = is(Format::Sealed) || few ? LotState::Selecting : LotState::Awarded;
  for (std::size_t i = 0; i < closed.size(); ++i) closed[i].rank = static_cast<std::uint16_t>(i + 1);
  if (outcome == LotState::Selecting) {
    auto const ranked = left();
    closed = ranked;
  }
  ended_now = true;
  if (rules().release == Release::ResultsTogether) {
    state = LotState::ResultPending;
    if (!end_told) out.push_back(BiddingEnded{opened.lot, end});
    return;
  }
  auto const goes_on = outcome == LotState::Selecting || outcome == LotState::Awarded;
  state = rules().release == Release::AwardsTogether && goes_on ? LotState::ResultPending : outcome;
  out.push_back(close_event());
  if (rules().release == Release::Each) ask_somebody(at, out);
}

// The last lot of those that wait for each other has ended.
void NaiveLot::release(Instant at, Events& out) {
  state = outcome;
  if (rules().release == Release::ResultsTogether) out.push_back(close_event());
  ask_somebody(at, out);
}

void NaiveLot::ask_somebody(Instant at, Events& out) {
  if (state == LotState::Selecting) {
    until = at + rules().choose_for;
    out.push_back(SelectionOpened{opened.lot, until, selectable()});
  }
  if (state == LotState::Awarded) ask(closed.front().bidder, at, out);
}

LotClosed NaiveLot::close_event() const {
  LotClosed event{opened.lot, state, end, closed, {}};
  for (auto const& attempt : tries) {
    if (!attempt.accepted()) continue;
    event.history.push_back({attempt.receipt.seq, attempt.receipt.at, attempt.bid.bidder, attempt.bid.price,
                             attempt.voided || disqualified.contains(attempt.bid.bidder)});
  }
  return event;
}

void NaiveLot::ask(BidderId bidder, Instant at, Events& out) {
  state = LotState::Awarded;
  asked = bidder;
  until = at + rules().confirm_for;
  for (auto const& standing : closed) {
    if (standing.bidder == bidder) out.push_back(AwardAsked{opened.lot, bidder, standing.price, until});
  }
}

void NaiveLot::lose(PersonId by, AwardOutcome how, Instant at, Events& out) {
  declined.insert(asked);
  auto const anyone = !left().empty();
  state = is(Format::Sealed) && anyone ? LotState::Selecting : LotState::WinnerDeclined;
  out.push_back(AwardAnswered{opened.lot, asked, by, how, state, anyone});
  if (state != LotState::Selecting) return;
  until = at + rules().choose_for;
  out.push_back(SelectionOpened{opened.lot, until, selectable()});
}

void NaiveLot::push_end(Instant frozen, Instant thawed) {
  auto const pause = thawed - frozen;
  end += pause;
  cap += pause;
  if (end - thawed >= rules().resume_floor) return;
  auto const missing = rules().resume_floor - (end - thawed);
  end += missing;
  cap += missing;
}

}  // namespace support
