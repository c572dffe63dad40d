// Every command to a naive lot but openings and bids: the refusal, or the change.
//
// Thread: none of its own. Failure: none, it refuses as the engine does. Memory: the lot's.
#include <algorithm>

#include "tests/support/naive_lot.h"

namespace support {

using namespace engine;

namespace {

std::optional<Refusal> judge_reason(std::string const& reason) {
  if (reason.empty()) return no(refusals::reason_too_short, figure::count(0), figure::count(1));
  if (reason.size() > 1'000) return no(refusals::too_many, figure::count(reason.size()), figure::count(1'000));
  return std::nullopt;
}

struct Decision {
  NaiveLot& lot;
  NaiveCause cause;
  Events& out;
  using Answer = std::optional<Refusal>;

  Answer operator()(PauseLot const& c) {
    if (!lot.live()) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    lot.before_pause = lot.state;
    lot.state = LotState::Paused;
    lot.paused_at = cause.at;
    out.push_back(LotPaused{c.lot, c.by, c.reason, lot.end - cause.at});
    return {};
  }
  Answer operator()(ResumeLot const& c) {
    if (lot.state != LotState::Paused) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    lot.state = lot.before_pause;
    lot.push_end(lot.paused_at, cause.at);
    out.push_back(LotResumed{c.lot, c.by, c.reason, lot.end});
    lot.let_proxies_act(cause, out);
    return {};
  }
  Answer operator()(AbortLot const& c) {
    auto const open = lot.before_close() || lot.state == LotState::ResultPending || lot.state == LotState::Selecting ||
                      lot.state == LotState::Awarded || (lot.state == LotState::WinnerDeclined && !lot.left().empty());
    if (!open) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    lot.ended_now = lot.before_close();
    if (lot.before_close() && lot.state != LotState::Verifying) lot.end = cause.at;
    lot.state = LotState::Aborted;
    out.push_back(LotAborted{c.lot, c.by, c.reason});
    return {};
  }
  template <class E, class C>
  Answer change_bidder(C const& c) {
    constexpr auto disqualifies = std::is_same_v<C, DisqualifyBidder>;
    if (!lot.before_close()) return no(refusals::state_conflict);
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    if (lot.disqualified.contains(c.bidder) == disqualifies) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    if (disqualifies) {
      lot.disqualified.insert(c.bidder);
      if (auto* pending = lot.pending_of(c.bidder)) pending->voided = true;
    } else {
      lot.disqualified.erase(c.bidder);
    }
    E event{c.lot, c.bidder, c.by, c.reason, {}, {}};
    show_order(event);
    out.push_back(event);
    if (disqualifies) lot.end_proxy(c.bidder, ProxyEnd::Disqualified, PersonId{}, out);
    lot.let_proxies_act(cause, out);
    return {};
  }
  Answer operator()(DisqualifyBidder const& c) { return change_bidder<BidderDisqualified>(c); }
  Answer operator()(ReinstateBidder const& c) { return change_bidder<BidderReinstated>(c); }
  template <class E>
  void show_order(E& event) {
    if (lot.hides_order() || lot.ranking().empty()) return;
    event.order = lot.order();
    event.best = lot.ranking().front()->bid.price;
  }
  Answer operator()(CancelBid const& c) {
    if (!lot.before_close() || lot.state == LotState::Scheduled) return no(refusals::state_conflict);
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    auto const* last = lot.last_valid(c.bidder);
    if (last == nullptr || last->receipt.seq != c.bid) return no(refusals::no_bid);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    for (auto& attempt : lot.tries) {
      if (&attempt == last) attempt.voided = true;
    }
    BidCancelled event{c.lot, c.bidder, c.bid, c.by, c.reason, {}, {}};
    show_order(event);
    out.push_back(event);
    lot.let_proxies_act(cause, out);
    return {};
  }
  Answer operator()(NoteSignatures const& c) {
    if (!lot.rules().signed_bids) return no(refusals::not_offered);
    if (c.invalid.size() > 1'000) {
      return no(refusals::too_many, figure::count(c.invalid.size()), figure::count(1'000));
    }
    auto const waiting = lot.unverified();
    if (waiting.empty() || c.through < waiting.front()) return no(refusals::state_conflict);
    for (auto const seq : c.invalid) {
      if (seq > c.through || std::ranges::count(waiting, seq) == 0) return no(refusals::no_bid);
    }
    for (auto& attempt : lot.tries) {
      if (!attempt.unverified || attempt.receipt.seq > c.through) continue;
      attempt.unverified.reset();
      if (!attempt.valid() || std::ranges::count(c.invalid, attempt.receipt.seq) == 0) continue;
      attempt.voided = true;
      BidCancelled event{c.lot,
                         attempt.bid.bidder,
                         attempt.receipt.seq,
                         PersonId{},
                         "报价签名验证不通过 / the signature of the bid does not hold",
                         {},
                         {}};
      show_order(event);
      out.push_back(event);
    }
    if (lot.state == LotState::Verifying && lot.unverified().empty()) lot.close(out, cause.at);
    return {};
  }
  Answer operator()(WithdrawBid const& c) {
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    if (!lot.live()) return no(refusals::state_conflict);
    if (lot.stage.kind == StageKind::Break) {
      return no(refusals::between_stages, figure::moment(cause.at), figure::moment(lot.end));
    }
    auto const has_owner = lot.stage.kind == StageKind::Turn || lot.stage.kind == StageKind::BestBid;
    if (!has_owner || lot.stage.bidder != c.bidder) return no(refusals::not_your_turn);
    auto* const pending = lot.pending_of(c.bidder);
    if (pending == nullptr) return no(refusals::no_bid);
    pending->voided = true;
    out.push_back(BidWithdrawn{c.lot, c.bidder, c.by});
    return {};
  }

  Answer judge_new_proxy(SetProxy const& c) {
    auto const& rules = lot.rules();
    std::size_t set = 0;
    for (auto const& proxy : lot.proxies) set += proxy.bidder == c.bidder ? 1u : 0u;
    if (set >= rules.attempts_max) {
      return no(refusals::too_many_attempts, figure::count(set + 1), figure::count(rules.attempts_max));
    }
    auto const* const last = lot.last_valid(c.bidder);
    if (last == nullptr) return no(refusals::no_bid);
    auto const own = last->bid.price;
    auto const decrement = lot.decrement(own);
    if (c.limit < Money::fen(1)) return no(refusals::non_positive, {}, figure::fen(Money::fen(1)));
    // The limit is secret: no figure says it, nor how far it is from the grid.
    if (c.limit > own - decrement) return no(refusals::decrement_too_small, {}, figure::fen(own - decrement));
    auto const step = rules.decrement.in_fen();
    auto const multiple = rules.step_kind == StepKind::Multiple;
    if (multiple && (rules.ceiling.in_fen() - c.limit.in_fen()) % step != 0) return no(refusals::off_grid);
    if (c.step < decrement) return no(refusals::decrement_too_small, figure::fen(c.step), figure::fen(decrement));
    if (c.step > rules.ceiling) return no(refusals::above_ceiling, figure::fen(c.step), figure::fen(rules.ceiling));
    if (multiple && c.step.in_fen() % step != 0) {
      return no(refusals::off_grid, figure::fen(c.step), figure::fen(rules.decrement));
    }
    return {};
  }
  Answer operator()(SetProxy const& c) {
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    if (auto wrong = lot.judge_moment(c.bidder, cause.at)) return wrong;
    if (!lot.rules().proxies) return no(refusals::not_offered);
    if (auto wrong = lot.judge_stage(c.bidder, cause.at)) return wrong;
    if (auto const* active = lot.active_proxy(c.bidder)) {
      if (active->limit != c.limit || active->step != c.step) return no(refusals::duplicate);
      out.push_back(ProxySet{c.lot, c.bidder, c.by, c.step});
      return {};
    }
    if (auto wrong = judge_new_proxy(c)) return wrong;
    lot.proxies.push_back({c.bidder, c.limit, c.step, lot.proxies.size()});
    out.push_back(ProxySet{c.lot, c.bidder, c.by, c.step});
    lot.let_proxies_act(cause, out);
    return {};
  }
  Answer operator()(CancelProxy const& c) {
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    if (!lot.live() && lot.state != LotState::Paused) return no(refusals::state_conflict);
    if (!lot.has_proxy(c.bidder)) return no(refusals::no_bid);
    lot.end_proxy(c.bidder, ProxyEnd::Cancelled, c.by, out);
    return {};
  }

  Answer operator()(ChooseQuote const& c) {
    if (lot.state != LotState::Selecting) return no(refusals::state_conflict);
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    auto const left = lot.left();
    auto const chosen = std::ranges::find(left, c.bidder, &Standing::bidder);
    if (chosen == left.end()) return no(refusals::outside_low_band);
    if (!chosen->selectable) return outside(*chosen);
    auto const plain = chosen->rank == 1 && !lot.few;
    std::size_t characters = 0;
    for (auto const c8 : c.reason) characters += (c8 & 0xc0) == 0x80 ? 0u : 1u;
    if (!plain && characters < 10) return no(refusals::reason_too_short, figure::count(characters), figure::count(10));
    if (c.reason.size() > 1'000) return no(refusals::too_many, figure::count(c.reason.size()), figure::count(1'000));
    if (!c.by.is_given()) return no(refusals::self_approval);
    if (!plain && (!c.approved_by.is_given() || c.approved_by == c.by)) return no(refusals::self_approval);
    out.push_back(QuoteChosen{c.lot, c.bidder, chosen->rank, c.by, c.approved_by, c.reason});
    lot.ask(c.bidder, cause.at, out);
    return {};
  }
  // The highest price that would still be inside: searched for.
  Answer outside(Standing const& standing) {
    Wide sum = 0;
    for (auto const& other : lot.closed) sum += other.evaluated_price.whole;
    auto const inside = [&](std::int64_t tried) {
      Wide const quote = lot.evaluation(standing.bidder).of(Money::fen(tried)).whole;
      Wide const lowest = lot.closed.front().evaluated_price.whole;
      return quote * 10'000 <= lowest * (10'000 + lot.rules().band_over.count()) &&
             quote * static_cast<std::int64_t>(lot.closed.size()) <= sum;
    };
    std::int64_t high = limits::money_fen_max, low = 0;
    while (low < high) {
      auto const middle = low + (high - low + 1) / 2;
      if (inside(middle))
        low = middle;
      else
        high = middle - 1;
    }
    return no(refusals::outside_low_band, figure::fen(standing.price), figure::fen(Money::fen(low)));
  }
  Answer operator()(AnswerAward const& c) {
    if (lot.state != LotState::Awarded) return no(refusals::state_conflict);
    if (c.bidder != lot.asked) return no(refusals::not_admitted);
    if (c.answer == AwardAnswer::Decline) {
      lot.lose(c.by, AwardOutcome::Declined, cause.at, out);
      return {};
    }
    lot.state = LotState::OrderConfirmed;
    out.push_back(AwardAnswered{c.lot, c.bidder, c.by, AwardOutcome::Confirmed, lot.state, false});
    return {};
  }
  Answer operator()(AskNext const&) {
    if (lot.state != LotState::WinnerDeclined || lot.left().empty()) return no(refusals::state_conflict);
    lot.ask(lot.left().front().bidder, cause.at, out);
    return {};
  }
  Answer operator()(auto const&) { return {}; }  // not to a lot that is open
};

}  // namespace

std::optional<Refusal> decide(NaiveLot& lot, Command const& command, NaiveCause cause, Events& out) {
  lot.extended_already = false;
  return std::visit(Decision{lot, cause, out}, command);
}

}  // namespace support
