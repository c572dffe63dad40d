// Ranking and the low band, in whole numbers only.
#include "engine/award.h"

#include <algorithm>

#include "engine/check.h"

namespace engine {
namespace {

bool ranks_before(Standing const& a, Standing const& b) {
  return a.evaluated_price != b.evaluated_price ? a.evaluated_price < b.evaluated_price : a.seq < b.seq;
}

}  // namespace

Award::Award(std::vector<Standing> counted, LotRules const& rules, Choice choice)
    : choice_(choice),
      band_places_(rules.band_places),
      band_share_(BasisPoints::whole + rules.band_over.count()),
      count_(static_cast<Wide>(counted.size())),
      left_(std::move(counted)) {
  std::ranges::sort(left_, ranks_before);
  for (auto const& standing : left_) sum_ += standing.evaluated_price;
  if (!left_.empty()) lowest_ = left_.front().evaluated_price;
  renumber();
  at_close_ = left_;
}

Standing const& Award::first() const {
  CHECK(!left_.empty());
  return left_.front();
}

Standing const* Award::find(BidderId bidder) const {
  auto const found = std::ranges::find(left_, bidder, &Standing::bidder);
  return found == left_.end() ? nullptr : &*found;
}

std::vector<BidderId> Award::selectable() const {
  std::vector<BidderId> bidders;
  for (auto const& standing : left_) {
    if (standing.selectable) bidders.push_back(standing.bidder);
  }
  return bidders;
}

void Award::drop(BidderId bidder) {
  auto const found = std::ranges::find(left_, bidder, &Standing::bidder);
  CHECK(found != left_.end());
  left_.erase(found);
  renumber();
}

bool Award::is_selectable(Standing const& standing) const {
  if (choice_ == Choice::None) return false;
  if (standing.rank == 1) return true;
  if (choice_ == Choice::FirstOnly) return false;
  Wide const quote = standing.evaluated_price;
  return standing.rank <= band_places_ && quote * BasisPoints::whole <= lowest_ * band_share_ && count_ * quote <= sum_;
}

Money Award::band_limit(Standing const& standing) const {
  // evaluated = price x weight without remainder (money.h), so the weight is found again by dividing.
  Wide const weight = standing.evaluated_price / standing.price.in_fen();
  Wide const limit = std::min(lowest_ * band_share_ / BasisPoints::whole, sum_ / count_);
  return Money::fen(static_cast<std::int64_t>(limit / weight));
}

void Award::renumber() {
  std::uint16_t rank = 0;
  for (auto& standing : left_) {
    standing.rank = ++rank;
    standing.selectable = is_selectable(standing);
  }
}

}  // namespace engine
