// Ranking and the low band, in whole numbers only.
#include "engine/award.h"

#include <algorithm>
#include <numeric>

#include "engine/check.h"

namespace engine {
namespace {

bool ranks_before(Standing const& a, Standing const& b) {
  return a.evaluated_price != b.evaluated_price ? a.evaluated_price < b.evaluated_price : a.seq < b.seq;
}

// Bonuses can make an evaluated price negative.
Wide floored(Wide dividend, Wide divisor) {
  auto const quotient = dividend / divisor;
  return quotient - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace

Award::Award(std::vector<Standing> counted, LotRules const& rules, Choice choice)
    : choice_(choice),
      band_places_(rules.band_places),
      band_share_(Wide{BasisPoints::whole} + rules.band_over.count()),
      count_(static_cast<Wide>(counted.size())) {
  std::vector<std::size_t> order(counted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return ranks_before(counted[a], counted[b]) || (!ranks_before(counted[b], counted[a]) && a < b);
  });
  for (auto const place : order) left_.push_back(counted[place]);
  for (auto const& standing : left_) sum_ += standing.evaluated_price.whole;
  if (!left_.empty()) lowest_ = left_.front().evaluated_price.whole;
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
  Wide const quote = standing.evaluated_price.whole;
  return standing.rank <= band_places_ && quote * BasisPoints::whole <= lowest_ * band_share_ && count_ * quote <= sum_;
}

Money Award::band_limit(Evaluation const& evaluation) const {
  // Quotes are compared without their fraction, the largest of which is still inside.
  auto const over = static_cast<std::uint32_t>(evaluation.coefficient.count());
  Wide const limit = std::min(floored(lowest_ * band_share_, BasisPoints::whole), floored(sum_, count_));
  return evaluation.price_within({static_cast<std::int64_t>(limit), over - 1, over});
}

void Award::renumber() {
  std::uint16_t rank = 0;
  for (auto& standing : left_) {
    standing.rank = ++rank;
    standing.selectable = is_selectable(standing);
  }
}

}  // namespace engine
