// The fold, event by event. See picture.h.
#include "gateway/picture.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "engine/check.h"
#include "modules/alias.h"

namespace gateway {

using engine::LotState;

Picture::Picture(engine::LotScheduled const& scheduled)
    : lot_(scheduled.lot), rules_(scheduled.rules), opens_at_(scheduled.opens_at), ends_at_(scheduled.ends_at) {
  bidders_.reserve(scheduled.admitted.size());
  for (std::size_t i = 0; i < scheduled.admitted.size(); ++i) {
    auto& bidder = bidders_.emplace_back();
    bidder.id = scheduled.admitted[i].bidder;
    bidder.alias = modules::alias_text(i);
  }
  std::ranges::sort(bidders_, {}, &Bidder::id);
  changes_.own.resize(bidders_.size());
}

void Picture::fold(engine::Event const& event) {
  std::visit([this](auto const& what) { fold_event(what); }, event);
}

void Picture::settle(engine::Instant at) {
  if (changes_.lot & changed::best) add_lead(at);
  for (auto const index : changes_.touched) {
    changes_.own[index] = {.what = 0, .receipts_from = bidders_[index].kept.size()};
  }
  changes_.touched.clear();
  changes_.lot = 0;
  changes_.bids_from = bids_.size();
}

void Picture::shed() {
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    bidders_[i].kept = {};
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
      return true;
    case LotState::Scheduled:
    case LotState::Running:
    case LotState::Extended:
    case LotState::Paused:
    case LotState::Selecting:
    case LotState::Awarded:
    case LotState::WinnerDeclined:
      return false;
  }
  UNREACHABLE();
}

std::optional<std::uint16_t> Picture::find(engine::BidderId bidder) const {
  auto const found = std::ranges::lower_bound(bidders_, bidder, {}, &Bidder::id);
  if (found == bidders_.end() || found->id != bidder) return std::nullopt;
  return static_cast<std::uint16_t>(found - bidders_.begin());
}

std::uint16_t Picture::index_of(engine::BidderId bidder) const {
  auto const index = find(bidder);
  CHECK(index);
  return *index;
}

Attempt const* Picture::attempt(engine::BidderId bidder, engine::BidKey const& key) const {
  auto const index = find(bidder);
  if (!index) return nullptr;
  auto const& kept = bidders_[*index].kept;
  auto const found = std::ranges::find(kept, key, &Attempt::key);
  return found == kept.end() ? nullptr : &*found;
}

std::optional<engine::Money> Picture::next_limit(Bidder const& bidder) const {
  if (closed_ || is_over() || bidder.disqualified || bidder.attempts >= rules_.attempts_max) return std::nullopt;
  auto const reference = rules_.step_basis == engine::StepBasis::Own ? bidder.last : best_;
  auto const limit = reference ? std::min(rules_.ceiling, *reference - rules_.decrement) : rules_.ceiling;
  if (limit <= engine::Money{}) return std::nullopt;
  return limit;
}

void Picture::fold_event(engine::LotStarted const& started) {
  set_state(LotState::Running);
  set_end(started.ends_at);
}

void Picture::fold_event(engine::BidAccepted const& accepted) {
  auto const index = index_of(accepted.receipt.bidder);
  // Out at the old place, in at the new one: everybody in between moves by one.
  if (accepted.previous_rank != 0) {
    CHECK(accepted.previous_rank <= order_.size() && order_[accepted.previous_rank - 1U] == index);
    order_.erase(order_.begin() + (accepted.previous_rank - 1));
  }
  CHECK(accepted.rank >= 1 && accepted.rank <= order_.size() + 1);
  order_.insert(order_.begin() + (accepted.rank - 1), index);
  auto const last = accepted.previous_rank == 0 ? order_.size() : accepted.previous_rank;
  rerank(std::min<std::size_t>(accepted.rank, last) - 1, std::max<std::size_t>(accepted.rank, last));

  bidders_[index].last = accepted.price;
  touch(index, changed::best_own | changed::next_limit);
  bids_.push_back({accepted.receipt.seq, accepted.receipt.at, index, accepted.price, accepted.rank});
  changes_.lot |= changed::bids | changed::bidders;
  if (best_ != accepted.best) {
    best_ = accepted.best;
    changes_.lot |= changed::best;
    if (rules_.step_basis == engine::StepBasis::Best) touch_all(changed::next_limit);
  }
  keep(accepted.receipt, accepted.rank, accepted.price);
}

void Picture::fold_event(engine::QuoteAccepted const& accepted) {
  keep(accepted.receipt, 0, {});
}
void Picture::fold_event(engine::BidRefused const& refused) {
  keep(refused.receipt, 0, {});
}

void Picture::fold_event(engine::LotExtended const& extended) {
  set_end(extended.ends_at);
  ++extensions_;
  extended_because_ = extended.because;
  changes_.lot |= changed::extensions;
  if (engine::is_live(state_)) set_state(LotState::Extended);
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
  // The history is the list of bids; of a sealed lot it is the first that is told of them.
  if (bids_.empty()) {
    for (auto const& entry : closed.history) {
      bids_.push_back({entry.seq, entry.at, index_of(entry.bidder), entry.price, 0});
    }
    if (!bids_.empty()) changes_.lot |= changed::bids;
  }
  closed_->history = {};
  for (auto& bidder : bidders_) bidder.rank = 0;
  for (auto const& standing : closed.standings) {
    auto& bidder = bidders_[index_of(standing.bidder)];
    bidder.rank = standing.rank;
    bidder.last = standing.price;
  }
  remaining_.reset();
  set_end(closed.closed_at);
  set_state(closed.state);
  changes_.lot |= changed::result | changed::bidders;
  touch_all(changed::rank | changed::best_own | changed::next_limit);
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

void Picture::keep(engine::Receipt const& receipt, std::uint16_t rank, engine::Money price) {
  auto const index = find(receipt.bidder);
  if (!index || receipt.attempt == 0) return;  // answered, but not an attempt of this lot
  auto& bidder = bidders_[*index];
  bidder.attempts = receipt.attempt;
  if (!shed_) {
    bidder.kept.push_back({receipt.key, receipt.seq, receipt.at, receipt.attempt, rank, price, receipt.refusal});
  }
  auto what = changed::receipts | changed::attempts_left;
  if (bidder.attempts >= rules_.attempts_max) what |= changed::next_limit;
  touch(*index, what);
}

void Picture::reorder(std::vector<engine::BidderId> const& order, engine::Money best) {
  if (rules_.format == engine::Format::Sealed) {
    changes_.lot |= changed::bidders;
    return;
  }
  order_.clear();
  for (auto const bidder : order) order_.push_back(index_of(bidder));
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    auto const place = std::ranges::find(order_, i);
    auto const rank = place == order_.end() ? 0 : static_cast<std::uint16_t>(place - order_.begin() + 1);
    if (std::exchange(bidders_[i].rank, static_cast<std::uint16_t>(rank)) != rank) touch(i, changed::rank);
  }
  changes_.lot |= changed::bidders;
  auto const now = order_.empty() ? std::nullopt : std::optional{best};
  if (std::exchange(best_, now) != now) {
    changes_.lot |= changed::best;
    if (rules_.step_basis == engine::StepBasis::Best) touch_all(changed::next_limit);
  }
}

// Places [from, to) of the order may have moved.
void Picture::rerank(std::size_t from, std::size_t to) {
  for (std::size_t place = from; place < to; ++place) {
    auto const rank = static_cast<std::uint16_t>(place + 1);
    auto const index = order_[place];
    if (std::exchange(bidders_[index].rank, rank) != rank) touch(index, changed::rank);
  }
}

void Picture::set_state(LotState state) {
  if (std::exchange(state_, state) != state) changes_.lot |= changed::state;
}

void Picture::set_end(engine::Instant ends_at) {
  if (std::exchange(ends_at_, ends_at) != ends_at) changes_.lot |= changed::ends_at;
}

void Picture::add_lead(engine::Instant at) {
  if (shed_) return;
  if (leads_.size() == leads_max) {
    // Each that goes moves the others up by one: this takes the second, the fourth, the sixth …
    for (std::ptrdiff_t i = 1; i <= static_cast<std::ptrdiff_t>(leads_max / 4); ++i) leads_.erase(leads_.begin() + i);
  }
  leads_.push_back({at, best_});
}

void Picture::touch(std::uint16_t bidder, std::uint32_t what) {
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
