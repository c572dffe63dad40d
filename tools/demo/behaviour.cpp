// Shares are whole basis points: no floating point near money, not even in a show.
#include "tools/demo/behaviour.h"

#include <algorithm>

namespace demo {
namespace {

engine::Money share(engine::Money amount, std::int64_t basis_points) {
  return engine::Money::fen(amount.in_fen() * basis_points / engine::BasisPoints::whole);
}

// People bid round figures.
engine::Money rounded_down(engine::Money amount) {
  constexpr std::int64_t ten_yuan = 10'00;
  return engine::Money::fen(amount.in_fen() / ten_yuan * ten_yuan);
}

}  // namespace

Bidder::Bidder(std::uint64_t seed, engine::Money ceiling) : random_(static_cast<std::minstd_rand::result_type>(seed)) {
  random_.discard(8);  // neighbouring seeds begin alike
  cost_ = share(ceiling, dice(7'800, 9'300));
  eagerness_ = dice(45, 90);
}

std::int64_t Bidder::dice(std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>{least, most}(random_);
}

std::chrono::milliseconds Bidder::pause() {
  return std::chrono::milliseconds{dice(2'500, 9'000)};
}

std::optional<engine::Money> Bidder::wish(Sight const& sight) {
  if (sight.rank == 1 || dice(1, 100) > eagerness_) return std::nullopt;
  auto limit = sight.next_limit.value_or(sight.ceiling);
  if (sight.best) limit = std::min(limit, *sight.best - sight.decrement);  // to lead, not just to have bid
  auto const step = share(sight.ceiling, dice(0, sight.best ? 60 : 400));
  auto const wanted = rounded_down(limit - step);
  if (wanted >= cost_) return wanted;
  if (limit >= cost_) return std::min(limit, cost_);
  return std::nullopt;
}

}  // namespace demo
