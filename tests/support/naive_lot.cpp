// Scan for everything. Read beside rules.md §4.3, §4.4 and §12a.
#include "tests/support/naive_lot.h"

#include <algorithm>

namespace support {

using namespace engine;

bool NaiveLot::admits(BidderId bidder) const {
  return std::ranges::any_of(opened.admitted, [&](Admitted const& a) { return a.bidder == bidder; });
}

NaiveTry const* NaiveLot::last_accepted(BidderId bidder) const {
  NaiveTry const* last = nullptr;
  for (auto const& attempt : tries) {
    if (attempt.bid.bidder == bidder && attempt.accepted()) last = &attempt;
  }
  return last;
}

std::vector<NaiveTry const*> NaiveLot::ranking() const {
  std::vector<NaiveTry const*> counted;
  for (auto const& admitted : opened.admitted) {
    auto const* last = last_accepted(admitted.bidder);
    if (last != nullptr && !disqualified.contains(admitted.bidder)) counted.push_back(last);
  }
  std::ranges::sort(counted, [](auto const* a, auto const* b) {
    return std::pair(a->bid.price, a->receipt.seq) < std::pair(b->bid.price, b->receipt.seq);
  });
  return counted;
}

std::vector<Standing> NaiveLot::left() const {
  std::vector<Standing> standings;
  __extension__ __int128 sum = 0;
  for (auto const& standing : closed) sum += standing.evaluated_price;
  __extension__ __int128 const count = static_cast<std::int64_t>(closed.size());
  for (auto standing : closed) {
    if (declined.contains(standing.bidder)) continue;
    standing.rank = static_cast<std::uint16_t>(standings.size() + 1);
    __extension__ __int128 const quote = standing.evaluated_price;
    __extension__ __int128 const lowest = closed.front().evaluated_price;
    auto const in_band = standing.rank <= rules().band_places &&
                         quote * 10'000 <= lowest * (10'000 + rules().band_over.count()) && quote * count <= sum;
    if (few)
      standing.selectable = standing.rank == 1;
    else
      standing.selectable = sealed() && (standing.rank == 1 || in_band);
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

Instant NaiveLot::due() const {
  if (state == LotState::Scheduled) return start;
  if (live()) return end;
  if (state == LotState::Selecting || state == LotState::Awarded) return until;
  return never;
}

void NaiveLot::act(Events& out) {
  if (state == LotState::Scheduled) {
    state = LotState::Running;
    out.push_back(LotStarted{opened.lot, end});
  } else if (live()) {
    close(out);
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

void NaiveLot::close(Events& out) {
  auto const counted = ranking();
  auto const bidders = counted.size();
  if (sealed() && bidders < rules().min_bidders && quoting_windows == 1) {
    quoting_windows = 2;
    auto const previous = end;
    end += rules().duration;
    state = LotState::Extended;
    out.push_back(LotExtended{opened.lot, previous, end, ExtendedBecause::TooFewQuotes});
    return;
  }
  for (auto const* attempt : counted) {
    for (auto const& admitted : opened.admitted) {
      if (admitted.bidder != attempt->bid.bidder) continue;
      auto const price = attempt->bid.price;
      closed.push_back({0, admitted.bidder, price, price.in_fen() * (10'000 - admitted.deduction.count()),
                        attempt->receipt.seq, attempt->receipt.at, false});
    }
  }
  std::ranges::sort(closed, [](Standing const& a, Standing const& b) {
    return std::pair(a.evaluated_price, a.seq) < std::pair(b.evaluated_price, b.seq);
  });
  auto const enough = bidders >= rules().min_bidders;
  few = bidders > 0 && !enough && rules().min_bidders_approved > 0 && bidders >= rules().min_bidders_approved;
  if (bidders == 0)
    state = LotState::FailedNoBid;
  else if (!enough && !few)
    state = LotState::FailedFew;
  else
    state = sealed() || few ? LotState::Selecting : LotState::Awarded;
  // With too few bidders and nobody to approve there is nothing to select.
  auto const choosing = state == LotState::Selecting;
  for (std::size_t i = 0; i < closed.size(); ++i) closed[i].rank = static_cast<std::uint16_t>(i + 1);
  if (choosing) {
    auto const ranked = left();
    closed = ranked;
  }
  out.push_back(close_event());
  if (choosing) {
    until = end + rules().choose_for;
    out.push_back(SelectionOpened{opened.lot, until, selectable()});
  }
  if (state == LotState::Awarded) ask(closed.front().bidder, end, out);
}

LotClosed NaiveLot::close_event() const {
  LotClosed event{opened.lot, state, end, closed, {}};
  for (auto const& attempt : tries) {
    if (!attempt.accepted()) continue;
    event.history.push_back({attempt.receipt.seq, attempt.receipt.at, attempt.bid.bidder, attempt.bid.price,
                             disqualified.contains(attempt.bid.bidder)});
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

void NaiveLot::lose(PersonId by, AwardOutcome outcome, Instant at, Events& out) {
  declined.insert(asked);
  auto const anyone = !left().empty();
  state = sealed() && anyone ? LotState::Selecting : LotState::WinnerDeclined;
  out.push_back(AwardAnswered{opened.lot, asked, by, outcome, state, anyone});
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

namespace {

std::optional<Refusal> no(RefusalKind const& kind, Figure actual = {}, Figure limit = {}) {
  return Refusal{&kind, actual, limit};
}
Figure fen(std::int64_t amount) {
  return {Figure::Unit::Fen, amount};
}
Figure count(std::size_t number) {
  return {Figure::Unit::Count, static_cast<std::int64_t>(number)};
}
Figure moment(Instant at) {
  return {Figure::Unit::Moment, in_millis(at)};
}

std::optional<Refusal> judge_bid(NaiveLot const& lot, PlaceBid const& bid, Instant at) {
  auto const& rules = lot.rules();
  auto const price = bid.price.in_fen();
  auto const shown = lot.sealed() ? Figure{} : fen(price);
  if (lot.disqualified.contains(bid.bidder)) return no(refusals::disqualified);
  if (lot.state == LotState::Scheduled) return no(refusals::not_started, moment(at), moment(lot.start));
  if (lot.state == LotState::Paused) return no(refusals::paused);
  if (!lot.live()) return no(refusals::closed, moment(at), moment(lot.end));
  auto const made =
      static_cast<std::size_t>(std::ranges::count_if(lot.tries, [&](auto& t) { return t.bid.bidder == bid.bidder; }));
  if (made >= rules.attempts_max) {
    return no(refusals::too_many_attempts, count(made + 1), count(rules.attempts_max));
  }
  if (price <= 0) return no(refusals::non_positive, shown, fen(1));
  if (bid.price > rules.ceiling) return no(refusals::above_ceiling, shown, fen(rules.ceiling.in_fen()));
  auto const ranking = lot.ranking();
  if (!lot.sealed()) {
    std::optional<std::int64_t> reference;
    if (rules.step_basis == StepBasis::Best && !ranking.empty()) reference = ranking.front()->bid.price.in_fen();
    if (rules.step_basis == StepBasis::Own && lot.last_accepted(bid.bidder) != nullptr) {
      reference = lot.last_accepted(bid.bidder)->bid.price.in_fen();
    }
    auto const step = rules.decrement.in_fen();
    if (reference && price > *reference - step) {
      return no(refusals::decrement_too_small, shown, fen(*reference - step));
    }
  }
  if (bid.consent == Consent::Given) return std::nullopt;
  if (!lot.sealed() && ranking.empty()) return std::nullopt;
  auto const measure = lot.sealed() ? rules.ceiling.in_fen() : ranking.front()->bid.price.in_fen();
  if (price * 10'000 < measure * rules.slip_below.count()) {
    auto lowest = measure * rules.slip_below.count() / 10'000;
    while (lowest * 10'000 < measure * rules.slip_below.count()) ++lowest;
    return no(refusals::confirmation_needed, shown, fen(lowest));
  }
  return std::nullopt;
}

void place_bid(NaiveLot& lot, PlaceBid const& bid, Seq seq, Instant at, Events& out) {
  Receipt receipt{bid.lot, bid.bidder, bid.key, seq, at, 0, {}};
  auto const refuse = [&](std::optional<Refusal> why) {
    receipt.refusal = why;
    out.push_back(BidRefused{receipt});
  };
  if (!lot.admits(bid.bidder)) return refuse(no(refusals::not_admitted));
  for (auto const& earlier : lot.tries) {
    if (earlier.bid.bidder != bid.bidder || earlier.bid.key != bid.key) continue;
    if (earlier.bid.price != bid.price || earlier.bid.consent != bid.consent) return refuse(no(refusals::key_reused));
    out.push_back(BidRepeated{earlier.receipt});
    return;
  }
  receipt.refusal = judge_bid(lot, bid, at);
  std::uint32_t made = 0;
  for (auto const& earlier : lot.tries) made += earlier.bid.bidder == bid.bidder ? 1u : 0u;
  auto const rank_of = [&] {
    auto const ranking = lot.ranking();
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      if (ranking[i]->bid.bidder == bid.bidder) return static_cast<std::uint16_t>(i + 1);
    }
    return std::uint16_t{0};
  };
  auto const previous_rank = rank_of();
  if (made < lot.rules().attempts_max) {
    receipt.attempt = made + 1;
    lot.tries.push_back({bid, receipt});
  }
  if (receipt.refusal) return refuse(receipt.refusal);
  if (lot.sealed()) {
    out.push_back(QuoteAccepted{receipt});
    return;
  }
  auto const* best = lot.ranking().front();
  out.push_back(BidAccepted{receipt, bid.price, rank_of(), previous_rank, best->bid.price, best->bid.bidder});
  auto const& rules = lot.rules();
  if (rules.trigger_window.count() == 0 || lot.end - at > rules.trigger_window) return;
  auto const previous = lot.end;
  lot.end = std::min(lot.cap, std::max(lot.end, at + rules.extension));
  if (lot.end == previous) return;
  lot.state = LotState::Extended;
  out.push_back(LotExtended{bid.lot, previous, lot.end, ExtendedBecause::LateBid});
}

std::optional<Refusal> judge_reason(std::string const& reason) {
  if (reason.empty()) return no(refusals::reason_too_short, count(0), count(1));
  if (reason.size() > 1'000) return no(refusals::too_many, count(reason.size()), count(1'000));
  return std::nullopt;
}

bool before_close(NaiveLot const& lot) {
  return lot.live() || lot.state == LotState::Scheduled || lot.state == LotState::Paused;
}

// Every command to a lot: the refusal, or the change.
struct Decision {
  NaiveLot& lot;
  Instant at;
  Events& out;
  using Answer = std::optional<Refusal>;

  Answer operator()(PauseLot const& c) {
    if (!lot.live()) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    lot.before_pause = lot.state;
    lot.state = LotState::Paused;
    lot.paused_at = at;
    out.push_back(LotPaused{c.lot, c.by, c.reason, lot.end - at});
    return {};
  }
  Answer operator()(ResumeLot const& c) {
    if (lot.state != LotState::Paused) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    lot.state = lot.before_pause;
    lot.push_end(lot.paused_at, at);
    out.push_back(LotResumed{c.lot, c.by, c.reason, lot.end});
    return {};
  }
  Answer operator()(AbortLot const& c) {
    auto const open = before_close(lot) || lot.state == LotState::Selecting || lot.state == LotState::Awarded ||
                      (lot.state == LotState::WinnerDeclined && !lot.left().empty());
    if (!open) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    if (before_close(lot)) lot.end = at;
    lot.state = LotState::Aborted;
    out.push_back(LotAborted{c.lot, c.by, c.reason});
    return {};
  }
  template <class E, class C>
  Answer change_bidder(C const& c) {
    constexpr auto disqualifies = std::is_same_v<C, DisqualifyBidder>;
    if (!before_close(lot)) return no(refusals::state_conflict);
    if (!lot.admits(c.bidder)) return no(refusals::not_admitted);
    if (lot.disqualified.contains(c.bidder) == disqualifies) return no(refusals::state_conflict);
    if (auto wrong = judge_reason(c.reason)) return wrong;
    if (disqualifies)
      lot.disqualified.insert(c.bidder);
    else
      lot.disqualified.erase(c.bidder);
    E event{c.lot, c.bidder, c.by, c.reason, {}, {}};
    if (!lot.sealed()) {
      for (auto const* counted : lot.ranking()) event.order.push_back(counted->bid.bidder);
      if (!event.order.empty()) event.best = lot.ranking().front()->bid.price;
    }
    out.push_back(event);
    return {};
  }
  Answer operator()(DisqualifyBidder const& c) { return change_bidder<BidderDisqualified>(c); }
  Answer operator()(ReinstateBidder const& c) { return change_bidder<BidderReinstated>(c); }
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
    if (!plain && characters < 10) return no(refusals::reason_too_short, count(characters), count(10));
    if (c.reason.size() > 1'000) return no(refusals::too_many, count(c.reason.size()), count(1'000));
    if (!c.by.is_given()) return no(refusals::self_approval);
    if (!plain && (!c.approved_by.is_given() || c.approved_by == c.by)) return no(refusals::self_approval);
    out.push_back(QuoteChosen{c.lot, c.bidder, chosen->rank, c.by, c.approved_by, c.reason});
    lot.ask(c.bidder, at, out);
    return {};
  }
  // The highest price that would still be inside: tried downwards from the quote.
  Answer outside(Standing const& standing) {
    __extension__ __int128 sum = 0;
    for (auto const& other : lot.closed) sum += other.evaluated_price;
    auto const weight = standing.evaluated_price / standing.price.in_fen();
    auto price = lot.rules().ceiling.in_fen();
    auto const inside = [&](std::int64_t tried) {
      __extension__ __int128 const quote = static_cast<__int128>(tried) * weight;
      __extension__ __int128 const lowest = lot.closed.front().evaluated_price;
      return quote * 10'000 <= lowest * (10'000 + lot.rules().band_over.count()) &&
             quote * static_cast<std::int64_t>(lot.closed.size()) <= sum;
    };
    std::int64_t high = lot.rules().ceiling.in_fen() * 10'000, low = 0;
    while (low < high) {
      auto const middle = low + (high - low + 1) / 2;
      if (inside(middle))
        low = middle;
      else
        high = middle - 1;
    }
    price = low;
    return no(refusals::outside_low_band, fen(standing.price.in_fen()), fen(price));
  }
  Answer operator()(AnswerAward const& c) {
    if (lot.state != LotState::Awarded) return no(refusals::state_conflict);
    if (c.bidder != lot.asked) return no(refusals::not_admitted);
    if (c.answer == AwardAnswer::Decline) {
      lot.lose(c.by, AwardOutcome::Declined, at, out);
      return {};
    }
    lot.state = LotState::OrderConfirmed;
    out.push_back(AwardAnswered{c.lot, c.bidder, c.by, AwardOutcome::Confirmed, lot.state, false});
    return {};
  }
  Answer operator()(AskNext const&) {
    if (lot.state != LotState::WinnerDeclined || lot.left().empty()) return no(refusals::state_conflict);
    lot.ask(lot.left().front().bidder, at, out);
    return {};
  }
};

}  // namespace

Instant NaiveHall::next_due() const {
  auto due = never;
  for (auto const& [id, lot] : lots_) due = std::min(due, lot.due());
  return due;
}

void NaiveHall::advance(Instant until, Events& out) {
  while (next_due() <= until) {
    for (auto& [id, lot] : lots_) {  // by id: the first of those due earliest
      if (lot.due() != next_due()) continue;
      lot.act(out);
      break;
    }
  }
}

void NaiveHall::outage(Instant from, Instant until, Events& out) {
  out.push_back(OutageNoted{from, until});
  advance(from, out);
  for (auto& [id, lot] : lots_) {
    if (lot.live()) {
      auto const previous = lot.end;
      lot.push_end(from, until);
      lot.state = LotState::Extended;
      out.push_back(LotExtended{id, previous, lot.end, ExtendedBecause::Outage});
    } else if (lot.due() <= until && lot.state == LotState::Scheduled) {
      lot.start = until;
      lot.end = until + lot.rules().duration;
      lot.cap = until + lot.rules().hard_cap;
      lot.act(out);
    } else if (lot.due() <= until) {
      lot.until += until - from;
      if (lot.state == LotState::Selecting) out.push_back(SelectionOpened{id, lot.until, lot.selectable()});
      for (auto const& standing : lot.closed) {
        if (lot.state != LotState::Awarded || standing.bidder != lot.asked) continue;
        out.push_back(AwardAsked{id, standing.bidder, standing.price, lot.until});
      }
    }
  }
}

void NaiveHall::apply(Sequenced const& sequenced, Events& out) {
  auto const at = std::max(now_, sequenced.at);
  if (auto const* started = std::get_if<Started>(&sequenced.command)) {
    auto const from = std::max(now_, started->last_alive);
    if (from < at) outage(from, at, out);
  }
  advance(at, out);
  now_ = at;
  if (auto const* open = std::get_if<OpenLot>(&sequenced.command)) {
    auto refusal = lots_.contains(open->lot) ? no(refusals::duplicate) : judge(open->rules);
    if (refusal) {
      out.push_back(LotCommandRefused{open->lot, *refusal});
      return;
    }
    NaiveLot lot;
    lot.opened = *open;
    lot.start = std::max(at, open->opens_at);
    lot.end = lot.start + open->rules.duration;
    lot.cap = lot.start + open->rules.hard_cap;
    out.push_back(LotScheduled{open->lot, open->rules, lot.start, lot.end, open->admitted});
    lots_[open->lot] = lot;
    advance(at, out);
  } else if (auto const* bid = std::get_if<PlaceBid>(&sequenced.command)) {
    auto const lot = lots_.find(bid->lot);
    if (lot != lots_.end()) return place_bid(lot->second, *bid, sequenced.seq, at, out);
    out.push_back(BidRefused{{bid->lot, bid->bidder, bid->key, sequenced.seq, at, 0, no(refusals::no_such_lot)}});
  } else if (auto const* stepped = std::get_if<ClockStepped>(&sequenced.command)) {
    out.push_back(ClockStepNoted{stepped->by});
    for (auto& [id, lot] : lots_) {
      if (!lot.live()) continue;
      Decision{lot, at, out}(PauseLot{id, PersonId{}, "服务器时钟跳变 / the server clock was stepped"});
    }
  } else {
    std::visit(
        [&]<class C>(C const& command) {
          if constexpr (std::is_invocable_v<Decision, C const&>) {
            auto const lot = lots_.find(command.lot);
            auto const refusal =
                lot == lots_.end() ? no(refusals::no_such_lot) : Decision{lot->second, at, out}(command);
            if (refusal) out.push_back(LotCommandRefused{command.lot, *refusal});
          }
        },
        sequenced.command);
  }
}

}  // namespace support
