// Many naive lots: openings, time, series, releases together, outages. Every question walks all lots.
//
// Thread: none of its own. Failure: none, it refuses as the engine does. Memory: grows with the lots.
#include <algorithm>
#include <utility>

#include "tests/support/naive_lot.h"

namespace support {

using namespace engine;

Instant NaiveHall::next_due() const {
  auto due = never;
  for (auto const& [id, lot] : lots_) due = std::min(due, lot.due());
  return due;
}

void NaiveHall::advance(NaiveCause until, Events& out) {
  while (next_due() <= until.at && next_due() != never) {
    for (auto& [id, lot] : lots_) {  // by id: the first of those due earliest
      auto const at = lot.due();
      if (at != next_due()) continue;
      lot.act({until.seq, at}, out);
      carry_on(lot, at, out);
      break;
    }
  }
}

// What happened to a lot and concerns others: a late bid, the end of the bidding.
void NaiveHall::carry_on(NaiveLot& lot, Instant at, Events& out) {
  auto const moved = std::exchange(lot.extended_by, Duration::zero());
  if (moved > Duration::zero() && lot.rules().extend_scope == ExtendScope::Inquiry) {
    for (auto& [id, other] : lots_) {
      if (&other == &lot || inquiry_of(id) != inquiry_of(lot.opened.lot)) continue;
      if (other.rules().extend_scope != ExtendScope::Inquiry || !other.live() || !other.takes_open_bids()) continue;
      auto const previous = other.end;
      auto const wanted = std::min(other.cap, other.end + moved);
      if (wanted <= previous) continue;
      other.end = wanted;
      other.state = LotState::Extended;
      out.push_back(LotExtended{id, previous, other.end, ExtendedBecause::OtherLot});
    }
  }
  if (!std::exchange(lot.ended_now, false)) return;
  release_together(lot, at, out);
  for (auto& [id, next] : lots_) {
    if (!next.waits || next.state != LotState::Scheduled || next.opened.after != lot.opened.lot) continue;
    next.waits = false;
    next.schedule(std::max(at + next.rules().pause, next.opened.opens_at));
    out.push_back(LotRescheduled{id, next.start, next.end});
  }
}

void NaiveHall::release_together(NaiveLot const& ended, Instant at, Events& out) {
  auto const how = ended.rules().release;
  if (how == Release::Each) return;
  std::vector<NaiveLot*> group;
  for (auto& [id, lot] : lots_) {
    if (inquiry_of(id) == inquiry_of(ended.opened.lot) && lot.rules().release == how) group.push_back(&lot);
  }
  if (std::ranges::any_of(group, [](auto const* lot) { return lot->before_close(); })) return;
  for (auto* lot : group) {
    if (lot->state == LotState::ResultPending) lot->release(at, out);
  }
}

void NaiveHall::outage(Instant from, NaiveCause until, Events& out) {
  out.push_back(OutageNoted{from, until.at});
  advance({until.seq, from}, out);
  for (auto& [id, lot] : lots_) {
    if (lot.live()) {
      auto const previous = lot.end;
      lot.push_end(from, until.at);
      lot.state = LotState::Extended;
      out.push_back(LotExtended{id, previous, lot.end, ExtendedBecause::Outage});
    } else if (lot.due() <= until.at && lot.state == LotState::Scheduled) {
      lot.schedule(until.at);
      lot.act(until, out);
    } else if (lot.due() <= until.at) {
      lot.until += until.at - from;
      if (lot.state == LotState::Selecting) out.push_back(SelectionOpened{id, lot.until, lot.selectable()});
      for (auto const& standing : lot.closed) {
        if (lot.state != LotState::Awarded || standing.bidder != lot.asked) continue;
        out.push_back(AwardAsked{id, standing.bidder, standing.price, lot.until});
      }
    }
  }
}

namespace {

std::optional<Refusal> judge_admitted(OpenLot const& open) {
  auto const count = open.admitted.size();
  if (count > 1'024) return no(refusals::too_many, figure::count(count), figure::count(1'024));
  auto const attempts = count * open.rules.attempts_max;
  if (attempts > 2'000'000) return no(refusals::too_many, figure::count(attempts), figure::count(2'000'000));
  auto const points = [](std::int32_t value) { return figure::points(BasisPoints{value}); };
  for (auto const& [bidder, evaluation] : open.admitted) {
    auto const deduction = evaluation.deduction.count();
    if (deduction < 0) return no(refusals::bad_rules, points(deduction), points(0));
    if (deduction > 9'999) return no(refusals::bad_rules, points(deduction), points(9'999));
    auto const coefficient = evaluation.coefficient.count();
    if (coefficient < 1'000) return no(refusals::bad_rules, points(coefficient), points(1'000));
    if (coefficient > 100'000) return no(refusals::bad_rules, points(coefficient), points(100'000));
    auto const most = Money::fen(limits::money_fen_max);
    auto const least = Money::fen(-limits::money_fen_max);
    if (evaluation.addition > most) return no(refusals::bad_rules, figure::fen(evaluation.addition), figure::fen(most));
    if (evaluation.addition < least) {
      return no(refusals::bad_rules, figure::fen(evaluation.addition), figure::fen(least));
    }
    if (!bidder.is_given()) return no(refusals::not_admitted);
  }
  for (auto const& one : open.admitted) {
    if (std::ranges::count(open.admitted, one.bidder, &Admitted::bidder) > 1) return no(refusals::duplicate);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> NaiveHall::judge(OpenLot const& open, Instant at) const {
  if (lots_.contains(open.lot)) return no(refusals::duplicate);
  if (!open.lot.is_given()) return no(refusals::no_such_lot);
  if (auto wrong = engine::judge(open.rules)) return wrong;
  auto const latest = at + std::chrono::days{3'660};
  if (open.opens_at > latest) return no(refusals::bad_rules, figure::moment(open.opens_at), figure::moment(latest));
  if (auto wrong = judge_admitted(open)) return wrong;
  auto const given = open.after.is_given();
  if (given && (!lots_.contains(open.after) || inquiry_of(open.after) != inquiry_of(open.lot))) {
    return no(refusals::no_such_lot);
  }
  return std::nullopt;
}

void NaiveHall::open(OpenLot const& open, NaiveCause cause, Events& out) {
  if (auto const refusal = judge(open, cause.at)) {
    out.push_back(LotCommandRefused{open.lot, *refusal});
    return;
  }
  NaiveLot lot;
  lot.opened = open;
  auto opens_at = std::max(cause.at, open.opens_at);
  if (open.after.is_given() && lots_.at(open.after).before_close()) {
    lot.waits = true;
    opens_at = std::max(opens_at, lots_.at(open.after).end + open.rules.pause);
  }
  lot.schedule(opens_at);
  out.push_back(LotScheduled{open.lot, open, lot.start, lot.end});
  lots_[open.lot] = lot;
}

void NaiveHall::bid(PlaceBid const& bid, PlaceSurrogateBid const* surrogate, Signature const* signature,
                    NaiveCause cause, Events& out) {
  auto const found = lots_.find(bid.lot);
  if (found == lots_.end()) {
    out.push_back(BidRefused{{bid.lot, bid.bidder, bid.key, cause.seq, cause.at, 0, no(refusals::no_such_lot)}});
    return;
  }
  auto& lot = found->second;
  lot.extended_already = false;
  lot.place(bid, surrogate, signature, cause, out);
  carry_on(lot, cause.at, out);
}

void NaiveHall::apply(Sequenced const& sequenced, Events& out) {
  NaiveCause const cause{sequenced.seq, std::max(now_, sequenced.at)};
  if (auto const* started = std::get_if<Started>(&sequenced.command)) {
    auto const from = std::max(now_, started->last_alive);
    if (from < cause.at) outage(from, cause, out);
  }
  advance(cause, out);
  now_ = cause.at;
  decide_one(sequenced.command, cause, out);
  advance(cause, out);  // a lot opens at once, or follows one that ended at once
}

void NaiveHall::decide_one(Command const& command, NaiveCause cause, Events& out) {
  if (auto const* opening = std::get_if<OpenLot>(&command)) return open(*opening, cause, out);
  if (auto const* plain = std::get_if<PlaceBid>(&command)) return bid(*plain, nullptr, nullptr, cause, out);
  if (auto const* surrogate = std::get_if<PlaceSurrogateBid>(&command)) {
    return bid(surrogate->bid, surrogate, nullptr, cause, out);
  }
  if (auto const* asked = std::get_if<PlaceSignedBid>(&command)) {
    return bid(asked->bid, nullptr, &asked->signature, cause, out);
  }
  if (auto const* stepped = std::get_if<ClockStepped>(&command)) {
    out.push_back(ClockStepNoted{stepped->by});
    for (auto& [id, lot] : lots_) {
      if (lot.live())
        decide(lot, PauseLot{id, PersonId{}, "服务器时钟跳变 / the server clock was stepped"}, cause, out);
    }
    return;
  }
  std::visit(
      [&](auto const& c) {
        if constexpr (requires { c.lot; }) {
          auto const found = lots_.find(c.lot);
          auto const refusal =
              found == lots_.end() ? no(refusals::no_such_lot) : decide(found->second, command, cause, out);
          if (refusal) out.push_back(LotCommandRefused{c.lot, *refusal});
          if (found != lots_.end()) carry_on(found->second, cause.at, out);
        }
      },
      command);
}

}  // namespace support
