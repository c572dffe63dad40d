// Who is where in the picture, and what the rules let bidders see of it. See picture.h.
#include <algorithm>
#include <utility>

#include "engine/check.h"
#include "gateway/picture.h"

namespace gateway {

using engine::LotState;

void Picture::reorder(std::vector<engine::BidderId> const& order, engine::Money best) {
  changes_.lot |= changed::bidders;
  if (hides_order()) {
    // Of the little that is known in such a stage, the taker's own: it goes and comes with its bidder.
    for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
      remove(i);
      if (bidders_[i].last && !bidders_[i].disqualified) insert(i);
    }
    rerank_all();
    return set_best(order_.empty() ? std::nullopt : bidders_[order_.front()].last);
  }
  order_.clear();
  for (auto const bidder : order) order_.push_back(index_of(bidder));
  rerank_all();
  set_best(order_.empty() ? std::nullopt : std::optional{best});
}

// Places [from, to) of the order may have moved.
void Picture::rerank(std::size_t from, std::size_t to) const {
  for (std::size_t at = from; at < to; ++at) {
    auto const rank = shown_rank(at);
    auto const index = order_[at];
    if (std::exchange(bidders_[index].rank, rank) != rank) touch(index, changed::rank);
  }
}

void Picture::Places::add(std::size_t first, std::size_t last) {
  from = is_empty() ? first : std::min(from, first);
  to = std::max(to, last);
}

// What moved before the last settle() was told as it is: only what moved since is news.
void Picture::work_out_ranks() const {
  for (auto at = moved_before_.from; at < moved_before_.to; ++at) {
    if (at < moved_.from || at >= moved_.to) bidders_[order_[at]].rank = shown_rank(at);
  }
  rerank(moved_.from, moved_.to);
  moved_ = moved_before_ = {};
}

void Picture::rerank_all() {
  moved_ = moved_before_ = {};
  std::vector<std::uint16_t> left(bidders_.size(), 1);
  for (auto const index : order_) left[index] = 0;
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    if (left[i] != 0 && std::exchange(bidders_[i].rank, std::uint16_t{0}) != 0) touch(i, changed::rank);
  }
  rerank(0, order_.size());
}

bool Picture::has_shared_ranks() const {
  return rules_.ties == engine::Ties::EqualBest || rules_.ties == engine::Ties::EqualWorst;
}

std::uint16_t Picture::shown_rank(std::size_t at) const {
  auto const key_at = [&](std::size_t i) {
    auto const& last = bidders_[order_[i]].last;
    return last ? key_of(order_[i], *last) : engine::Evaluated{};
  };
  auto first = at;
  auto last = at;
  if (rules_.ties == engine::Ties::EqualBest) {
    while (first > 0 && key_at(first - 1) == key_at(at)) --first;
    return static_cast<std::uint16_t>(first + 1);
  }
  if (rules_.ties == engine::Ties::EqualWorst) {
    while (last + 1 < order_.size() && key_at(last + 1) == key_at(at)) ++last;
  }
  return static_cast<std::uint16_t>(last + 1);
}

engine::Evaluated Picture::key_of(std::uint16_t bidder, engine::Money price) const {
  if (rules_.rank_by == engine::RankBy::Price) return {price.in_fen(), 0, 1};
  return bidders_[bidder].evaluation.of(price);
}

engine::Evaluated Picture::lead_key() const {
  CHECK(!order_.empty());
  return key_of(order_.front(), bidders_[order_.front()].last.value_or(engine::Money{}));
}

void Picture::insert(std::uint16_t bidder) {
  auto const key = key_of(bidder, *bidders_[bidder].last);
  auto const behind = std::ranges::find_if(
      order_, [&](std::uint16_t other) { return key_of(other, bidders_[other].last.value_or(engine::Money{})) > key; });
  order_.insert(behind, bidder);
}

void Picture::remove(std::uint16_t bidder) {
  std::erase(order_, bidder);
}

// ---- What the rules let people see -----------------------------------------------------------------------------

bool Picture::hides_bids() const {
  if (closed_) return false;
  return rules_.format == engine::Format::Sealed || (rules_.format == engine::Format::Rounds && !are_quotes_open_);
}

bool Picture::hides_order() const {
  return hides_bids() || (stage_ && stage_->kind == engine::StageKind::SealedBids);
}

bool Picture::has_public_lead() const {
  constexpr auto bits = engine::visible::lead | engine::visible::lead_after_bid;
  return (rules_.visibility & bits) == engine::visible::lead && has_enough_bidders();
}

bool Picture::shows_lead_to(Bidder const& bidder) const {
  if (closed_ || has_public_lead()) return true;
  refresh_ranks();
  return (rules_.visibility & engine::visible::lead) != 0 && bidder.rank != 0 && has_enough_bidders();
}

Colour Picture::colour_of(std::uint16_t bidder) const {
  auto const& it = bidders_[bidder];
  if (it.rank == 0 || order_.empty() || !it.last) return Colour::None;
  if (order_.front() == bidder) return Colour::Green;
  return key_of(bidder, *it.last) == lead_key() ? Colour::Yellow : Colour::Red;
}

// After the close the result says everything.
void Picture::refresh_shown() {
  if (closed_ || state_ == LotState::ResultPending) return;
  auto const best = has_public_lead() ? best_ : std::nullopt;
  if (std::exchange(public_best_, best) != best) changes_.lot |= changed::best;
  constexpr auto own = engine::visible::colour | engine::visible::count | engine::visible::lead_after_bid;
  if ((rules_.visibility & own) == 0) return;
  refresh_ranks();
  auto const shows_count = (rules_.visibility & engine::visible::count) != 0;
  auto const shows_colour = (rules_.visibility & engine::visible::colour) != 0;
  auto const number = shows_count ? static_cast<std::uint32_t>(order_.size()) : 0U;
  for (std::uint16_t i = 0; i < bidders_.size(); ++i) {
    auto& bidder = bidders_[i];
    auto const lead = !has_public_lead() && shows_lead_to(bidder) ? best_ : std::nullopt;
    auto const colour = shows_colour ? colour_of(i) : Colour::None;
    if (std::exchange(bidder.lead, lead) != lead) touch(i, changed::lead | changed::next_limit);
    if (std::exchange(bidder.count, number) != number) touch(i, changed::count);
    if (std::exchange(bidder.colour, colour) != colour) touch(i, changed::colour);
  }
}

}  // namespace gateway
