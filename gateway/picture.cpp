// The fold, event by event. See picture.h.
#include "gateway/picture.h"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "engine/check.h"
#include "modules/alias.h"

namespace gateway {

using engine::LotState;

Picture::Picture(engine::LotScheduled const& scheduled)
    : lot_(scheduled.lot), rules_(scheduled.rules()), opens_at_(scheduled.opens_at), ends_at_(scheduled.ends_at) {
  auto const& admitted = scheduled.admitted();
  bidders_.reserve(admitted.size());
  for (std::size_t i = 0; i < admitted.size(); ++i) {
    auto& bidder = bidders_.emplace_back();
    bidder.id = admitted[i].bidder;
    bidder.alias = modules::alias_text(i);
    bidder.evaluation = admitted[i].evaluation;
  }
  std::ranges::sort(bidders_, {}, &Bidder::id);
  ids_.reserve(bidders_.size());
  for (auto const& bidder : bidders_) ids_.push_back(bidder.id);
  changes_.own.resize(bidders_.size());
}

void Picture::fold(engine::Event const& event, engine::Leaf const& leaf) {
  leaf_ = leaf;
  std::visit([this](auto const& what) { fold_event(what); }, event);
  refresh_shown();
}

void Picture::look_up_leaves(engine::BidderId bidder, engine::TransparencyLog const* log) {
  auto const index = find(bidder);
  if (log == nullptr || !index) return;
  for (auto& attempt : bidders_[*index].kept) {
    if (attempt.leaf != engine::Leaf{}) continue;
    if (auto const leaf = log->leaf(attempt.seq); leaf && *leaf) attempt.leaf = **leaf;
  }
}

void Picture::settle(engine::Instant at) {
  if (changes_.lot & changed::best) add_lead(at);
  for (auto const index : changes_.touched) {
    changes_.own[index] = {.what = 0, .receipts_from = bidders_[index].kept.size()};
  }
  changes_.touched.clear();
  if (!moved_.is_empty()) moved_before_.add(moved_.from, moved_.to);
  moved_ = {};
  changes_.lot = 0;
  changes_.bids_from = bids_.size();
}

void Picture::shed() {
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    bidders_[i].kept = {};
    bidders_[i].voided = {};
    changes_.own[i].receipts_from = 0;
  }
  bids_ = {};
  leads_ = {};
  changes_.bids_from = 0;
  shed_ = true;
}

bool Picture::is_over() const {
  switch (state_) {
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
    case LotState::PracticeEnded:
      return true;
    case LotState::Scheduled:
    case LotState::Running:
    case LotState::Extended:
    case LotState::Paused:
    case LotState::Selecting:
    case LotState::Awarded:
    case LotState::WinnerDeclined:
    case LotState::Verifying:
    case LotState::ResultPending:
      return false;
  }
  UNREACHABLE();
}

std::optional<std::uint16_t> Picture::find(engine::BidderId bidder) const {
  auto const found = std::ranges::lower_bound(ids_, bidder);
  if (found == ids_.end() || *found != bidder) return std::nullopt;
  return static_cast<std::uint16_t>(found - ids_.begin());
}

std::uint16_t Picture::index_of(engine::BidderId bidder) const {
  auto const index = find(bidder);
  CHECK(index);
  return *index;
}

Bidder const* Picture::bidder(engine::BidderId bidder) const {
  auto const index = find(bidder);
  return index ? &bidders_[*index] : nullptr;
}

Attempt const* Picture::attempt(engine::BidderId bidder, engine::BidKey const& key) const {
  auto const index = find(bidder);
  if (!index) return nullptr;
  auto const& kept = bidders_[*index].kept;
  auto const found = std::ranges::find(kept, key, &Attempt::key);
  return found == kept.end() ? nullptr : &*found;
}

// ---- What bids do ----------------------------------------------------------------------------------------------

void Picture::fold_event(engine::BidAccepted const& accepted) {
  auto const index = index_of(accepted.receipt.bidder);
  place(index, accepted.placed);
  bids_.push_back({.seq = accepted.receipt.seq,
                   .at = accepted.receipt.at,
                   .bidder = index,
                   .price = accepted.placed.price,
                   .rank = accepted.placed.rank,
                   .is_surrogate = accepted.receipt.seq == surrogate_});
  keep(index, accepted.receipt, accepted.placed.rank, accepted.placed.price);
}

void Picture::fold_event(engine::ProxyBid const& bid) {
  auto const index = index_of(bid.bidder);
  place(index, bid.placed);
  bids_.push_back({.seq = bid.seq,
                   .at = bid.at,
                   .bidder = index,
                   .price = bid.placed.price,
                   .rank = bid.placed.rank,
                   .is_automatic = true});
}

// Out at the old place, in at the new one: everybody in between moves by one. Where equals share a rank, the ranks told
// are no places.
void Picture::place(std::uint16_t index, engine::Placed const& placed) {
  if (has_shared_ranks()) {
    remove(index);
    count(index, placed.price);
    insert(index);
    rerank_all();
  } else {
    if (placed.previous_rank != 0) {
      CHECK(placed.previous_rank <= order_.size() && order_[placed.previous_rank - 1U] == index);
      order_.erase(order_.begin() + (placed.previous_rank - 1));
    }
    CHECK(placed.rank >= 1 && placed.rank <= order_.size() + 1);
    order_.insert(order_.begin() + (placed.rank - 1), index);
    count(index, placed.price);
    auto const last = placed.previous_rank == 0 ? order_.size() : placed.previous_rank;
    moved_.add(std::min<std::size_t>(placed.rank, last) - 1, std::max<std::size_t>(placed.rank, last));
  }
  changes_.lot |= changed::bids | changed::bidders;
  set_best(placed.best);
}

void Picture::count(std::uint16_t index, std::optional<engine::Money> price) {
  auto& bidder = bidders_[index];
  if (price)
    bidder.counted.push_back(*price);
  else
    bidder.counted.clear();
  bidder.last = price;
  touch(index, changed::best_own | changed::next_limit);
}

void Picture::set_best(std::optional<engine::Money> best) {
  if (std::exchange(best_, best) == best) return;
  bool const reaches_others = rules_.step_basis == engine::StepBasis::Best || rules_.leader_waits ||
                              rules_.front_buffer > engine::Money{} || rules_.back_buffer > engine::Money{} ||
                              rules_.ties == engine::Ties::RefusedAtLead || rules_.ties == engine::Ties::Refused;
  if (reaches_others) touch_all(changed::next_limit);
}

void Picture::fold_event(engine::QuoteAccepted const& accepted) {
  auto const index = find(accepted.receipt.bidder);
  if (!index) return;
  keep(*index, accepted.receipt, 0, {});
  bidders_[*index].has_quoted = true;
  if (stage_) touch(*index, changed::next_limit);
}
void Picture::fold_event(engine::BidRefused const& refused) {
  // Of who is not admitted there is nothing to keep.
  if (auto const index = find(refused.receipt.bidder)) keep(*index, refused.receipt, 0, {});
}

// The price before counts again, as far as it was ever told. A bid whose signature does not hold may be older than the
// one that counts.
void Picture::fold_event(engine::BidCancelled const& cancelled) {
  auto const index = index_of(cancelled.bidder);
  auto& bidder = bidders_[index];
  if (!bidder.counted.empty()) {
    BidLine voided{
        .seq = cancelled.bid, .at = ends_at_, .bidder = index, .price = bidder.counted.back(), .is_voided = true};
    for (auto const& line : bids_) {
      if (line.seq != cancelled.bid || line.bidder != index) continue;
      voided.at = line.at;
      voided.price = line.price;
      break;
    }
    auto const found = std::ranges::find(bidder.counted.rbegin(), bidder.counted.rend(), voided.price);
    if (found != bidder.counted.rend()) bidder.counted.erase(std::next(found).base());
    bids_.push_back(voided);
    changes_.lot |= changed::bids;
  }
  bidder.last = bidder.counted.empty() ? std::nullopt : std::optional{bidder.counted.back()};
  if (!shed_) bidder.voided.push_back({cancelled.bid, cancelled.reason});
  touch(index, changed::best_own | changed::next_limit | changed::voided);
  reorder(cancelled.order, cancelled.best);
}

void Picture::fold_event(engine::BidWithdrawn const& withdrawn) {
  auto const index = index_of(withdrawn.bidder);
  bidders_[index].has_quoted = false;
  touch(index, changed::next_limit);
}

void Picture::fold_event(engine::ProxySet const& set) {
  auto const index = index_of(set.bidder);
  bidders_[index].proxy_step = set.step;
  touch(index, changed::proxy | changed::next_limit);
}

void Picture::fold_event(engine::ProxyEnded const& ended) {
  auto const index = index_of(ended.bidder);
  bidders_[index].proxy_step.reset();
  touch(index, changed::proxy | changed::next_limit);
}

// ---- What time does --------------------------------------------------------------------------------------------

void Picture::fold_event(engine::LotRescheduled const& rescheduled) {
  opens_at_ = rescheduled.opens_at;
  changes_.lot |= changed::opens_at;
  set_end(rescheduled.ends_at);
}

void Picture::fold_event(engine::LotStarted const& started) {
  set_state(LotState::Running);
  set_end(started.ends_at);
  // Levels tell their first stage themselves.
  if (rules_.format != engine::Format::Rounds && rules_.rounds == 1) return;
  stage_ = engine::Stage{};
  changes_.lot |= changed::stage;
}

void Picture::fold_event(engine::StageStarted const& started) {
  stage_ = started.stage;
  for (auto& bidder : bidders_) bidder.has_quoted = false;
  changes_.lot |= changed::stage;
  set_end(started.ends_at);
  touch_all(changed::next_limit);
  if (rules_.format != engine::Format::Reverse || started.stage.kind != engine::StageKind::Bidding) return;
  // A new round of elimination: it has its own extensions, and its top.
  extensions_ = 0;
  extended_because_.reset();
  changes_.lot |= changed::extensions;
  round_top_ = order_.empty() ? std::nullopt : std::optional{lead_key()};
  if (engine::is_live(state_)) set_state(LotState::Running);
}

void Picture::fold_event(engine::TurnEnded const& ended) {
  auto const index = index_of(ended.stage.bidder);
  bool const counts = ended.price > engine::Money{};
  if (ended.changed || !counts) {
    remove(index);
    // A price of 0: nothing counts any more; what counted before may come back with a reinstatement.
    if (counts) {
      count(index, ended.price);
      insert(index);
    }
    rerank_all();
  } else if (bidders_[index].last != ended.price) {
    count(index, ended.price);
  }
  set_best(order_.empty() ? std::nullopt : bidders_[order_.front()].last);
  changes_.lot |= changed::bidders;
}

void Picture::fold_event(engine::QuotesOpened const& opened) {
  are_quotes_open_ = true;
  order_.clear();
  for (auto const& [bidder, price] : opened.quotes) {
    auto const index = index_of(bidder);
    order_.push_back(index);
    if (bidders_[index].last != price) count(index, price);
  }
  rerank_all();
  set_best(order_.empty() ? std::nullopt : std::optional{opened.quotes.front().price});
  changes_.lot |= changed::bidders;
  touch_all(changed::next_limit);
}

void Picture::fold_event(engine::BiddersEliminated const& eliminated) {
  for (auto const bidder : eliminated.bidders) {
    auto const index = index_of(bidder);
    bidders_[index].is_eliminated = true;
    touch(index, changed::eliminated | changed::next_limit);
  }
  changes_.lot |= changed::bidders;
}

void Picture::fold_event(engine::BiddingEnded const& ended) {
  remaining_.reset();
  end_stage();
  set_end(ended.closed_at);
  set_state(LotState::ResultPending);
  changes_.lot |= changed::remaining;
  touch_all(changed::next_limit);
}

void Picture::end_stage() {
  if (std::exchange(stage_, std::nullopt)) changes_.lot |= changed::stage;
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    if (std::exchange(bidders_[i].proxy_step, std::nullopt)) touch(i, changed::proxy);
  }
}

void Picture::fold_event(engine::LotExtended const& extended) {
  set_end(extended.ends_at);
  ++extensions_;
  extended_because_ = extended.because;
  changes_.lot |= changed::extensions;
  // After the end, too: where signatures that do not hold left too few quotes.
  if (engine::is_live(state_) || state_ == LotState::ResultPending) set_state(LotState::Extended);
}

void Picture::fold_event(engine::LotPaused const& paused) {
  remaining_ = paused.remaining;
  reason_ = paused.reason;
  is_paused_by_server_ = !paused.by.is_given();
  changes_.lot |= changed::remaining | changed::reason;
  set_state(LotState::Paused);
}

void Picture::fold_event(engine::LotResumed const& resumed) {
  remaining_.reset();
  reason_.clear();
  is_paused_by_server_ = false;
  changes_.lot |= changed::remaining | changed::reason;
  set_end(resumed.ends_at);
  set_state(extensions_ > 0 ? LotState::Extended : LotState::Running);
}

void Picture::fold_event(engine::LotAborted const& aborted) {
  reason_ = aborted.reason;
  is_paused_by_server_ = false;
  remaining_.reset();
  award_.reset();
  end_stage();
  changes_.lot |= changed::reason | changed::remaining;
  if (closed_) changes_.lot |= changed::result;
  set_state(LotState::Aborted);
  touch_all(changed::next_limit | changed::award);
}

void Picture::fold_event(engine::BidderDisqualified const& event) {
  auto const index = index_of(event.bidder);
  bidders_[index].disqualified = event.reason;
  touch(index, changed::disqualified | changed::next_limit | changed::best_own);
  reorder(event.order, event.best);
}

void Picture::fold_event(engine::BidderReinstated const& event) {
  auto const index = index_of(event.bidder);
  bidders_[index].disqualified.reset();
  touch(index, changed::disqualified | changed::next_limit | changed::best_own);
  reorder(event.order, event.best);
}

void Picture::fold_event(engine::LotClosed const& closed) {
  closed_ = closed;
  tell_history(closed);
  closed_->history = {};
  moved_ = moved_before_ = {};
  for (auto& bidder : bidders_) bidder.rank = 0;
  for (auto const& standing : closed.standings) {
    auto& bidder = bidders_[index_of(standing.bidder)];
    bidder.rank = standing.rank;
    bidder.last = standing.price;
  }
  remaining_.reset();
  end_stage();
  set_end(closed.closed_at);
  set_state(closed.state);
  changes_.lot |= changed::result | changed::bidders;
  touch_all(changed::rank | changed::best_own | changed::next_limit);
}

// The history is the list of bids; of those that were hidden it is the first that is told of them.
void Picture::tell_history(engine::LotClosed const& closed) {
  if (!engine::has_hidden_bids(rules_) && !bids_.empty()) return;
  std::set<std::pair<engine::Seq, std::uint16_t>> known;
  for (auto const& line : bids_) known.emplace(line.seq, line.bidder);
  for (auto const& entry : closed.history) {
    auto const index = index_of(entry.bidder);
    if (known.contains({entry.seq, index})) continue;
    bids_.push_back({.seq = entry.seq, .at = entry.at, .bidder = index, .price = entry.price});
    auto const& voided = bidders_[index].voided;
    if (std::ranges::find(voided, entry.seq, &Voided::seq) != voided.end()) {
      bids_.push_back(bids_.back());
      bids_.back().is_voided = true;
    }
    changes_.lot |= changed::bids;
  }
}

void Picture::fold_event(engine::SelectionOpened const& opened) {
  choose_until_ = opened.until;
  changes_.lot |= changed::result;
  set_state(LotState::Selecting);
}

void Picture::fold_event(engine::AwardAsked const& asked) {
  auto const index = index_of(asked.bidder);
  award_ = Award{index, asked.price, asked.until};
  choose_until_.reset();
  changes_.lot |= changed::result;
  touch(index, changed::award);
  set_state(LotState::Awarded);
}

void Picture::fold_event(engine::AwardAnswered const& answered) {
  if (answered.outcome != engine::AwardOutcome::Confirmed && award_) {
    touch(award_->bidder, changed::award);
    award_.reset();
  }
  changes_.lot |= changed::result;
  set_state(answered.state);
}

void Picture::keep(std::uint16_t index, engine::Receipt const& receipt, std::uint16_t rank, engine::Money price) {
  if (receipt.attempt == 0) return;  // answered, but not an attempt of this lot
  auto& bidder = bidders_[index];
  bidder.attempts = receipt.attempt;
  if (!shed_) {
    bidder.kept.push_back({receipt.key, receipt.seq, receipt.at, receipt.attempt, rank, price, receipt.refusal,
                           receipt.seq == surrogate_, leaf_});
  }
  auto what = changed::receipts | changed::attempts_left;
  if (bidder.attempts >= rules_.attempts_max) what |= changed::next_limit;
  touch(index, what);
}

void Picture::set_state(LotState state) {
  if (std::exchange(state_, state) != state) changes_.lot |= changed::state;
}

void Picture::set_end(engine::Instant ends_at) {
  if (std::exchange(ends_at_, ends_at) == ends_at) return;
  changes_.lot |= changed::ends_at;
  if (stage_) changes_.lot |= changed::stage;  // which says its end too
}

void Picture::add_lead(engine::Instant at) {
  if (shed_) return;
  if (leads_.size() == leads_max) {
    // Each that goes moves the others up by one: this takes the second, the fourth, the sixth …
    for (std::ptrdiff_t i = 1; i <= static_cast<std::ptrdiff_t>(leads_max / 4); ++i) leads_.erase(leads_.begin() + i);
  }
  leads_.push_back({at, public_best_});
}

void Picture::touch(std::uint16_t bidder, std::uint32_t what) const {
  auto& own = changes_.own[bidder];
  if (own.what == 0) changes_.touched.push_back(bidder);
  own.what |= what;
}

void Picture::touch_all(std::uint32_t what) {
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) touch(i, what);
}

engine::Receipt const* receipt_of(engine::Event const& event) {
  if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) return &accepted->receipt;
  if (auto const* accepted = std::get_if<engine::QuoteAccepted>(&event)) return &accepted->receipt;
  if (auto const* refused = std::get_if<engine::BidRefused>(&event)) return &refused->receipt;
  if (auto const* repeated = std::get_if<engine::BidRepeated>(&event)) return &repeated->original;
  return nullptr;
}

Attempt attempt_of(engine::Event const& event, engine::Leaf const& leaf) {
  auto const& receipt = *receipt_of(event);
  Attempt attempt{receipt.key, receipt.seq, receipt.at, receipt.attempt, 0, {}, receipt.refusal};
  if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) {
    attempt.rank = accepted->placed.rank;
    attempt.price = accepted->placed.price;
  }
  if (!std::holds_alternative<engine::BidRepeated>(event)) attempt.leaf = leaf;
  return attempt;
}

engine::LotId lot_of(engine::Event const& event) {
  if (auto const* receipt = receipt_of(event)) return receipt->lot;
  return std::visit(
      [](auto const& what) {
        if constexpr (requires { what.lot; })
          return what.lot;
        else
          return engine::LotId{};
      },
      event);
}

}  // namespace gateway
