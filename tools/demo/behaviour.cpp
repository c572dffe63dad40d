// Shares are whole basis points: no floating point near money, not even in a show.
#include "tools/demo/behaviour.h"

#include <algorithm>

namespace demo {
namespace {

engine::Money share(engine::Money amount, std::int64_t basis_points) {
  return engine::Money::fen(amount.in_fen() * basis_points / engine::BasisPoints::whole);
}

// People bid round figures: tens of yuan, where it is about much.
std::int64_t grain_of(engine::Money ceiling) {
  if (ceiling >= engine::Money::fen(5'000'00)) return 10'00;
  return ceiling >= engine::Money::fen(500'00) ? 1'00 : 1;
}
engine::Money rounded_down(engine::Money amount, std::int64_t grain) {
  return engine::Money::fen(amount.in_fen() / grain * grain);
}
engine::Money rounded_up(engine::Money amount, std::int64_t grain) {
  return rounded_down(amount + engine::Money::fen(grain - 1), grain);
}

}  // namespace

Bidder::Bidder(std::uint64_t seed, engine::Money ceiling) : random_(static_cast<std::minstd_rand::result_type>(seed)) {
  random_.discard(8);  // neighbouring seeds begin alike
  cost_ = rounded_up(share(ceiling, dice(7'800, 9'300)), grain_of(ceiling));
  eagerness_ = dice(45, 90);
}

std::int64_t Bidder::dice(std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>{least, most}(random_);
}

// A third of its room at the start, all of it at the end.
engine::Money Bidder::least_now(Sight const& sight) const {
  auto const length = std::max<std::int64_t>(1, sight.length.count());
  auto const gone = std::clamp<std::int64_t>(length - sight.left.count(), 0, length);
  auto const room = 3'300 + (engine::BasisPoints::whole - 3'300) * gone / length;
  return rounded_up(sight.ceiling - share(sight.ceiling - cost_, room), grain_of(sight.ceiling));
}

std::chrono::milliseconds Bidder::pause(Sight const& sight) {
  if (sight.is_ending()) return std::chrono::milliseconds{dice(1'500, 6'000)};
  auto const thinks = dice(1, 8) == 1 ? dice(15'000, 35'000) : dice(4'000, 15'000);
  return std::min(std::chrono::milliseconds{thinks}, std::max(sight.left / 4, std::chrono::milliseconds{1'500}));
}

std::optional<engine::Money> Bidder::wish(Sight const& sight) {
  if (sight.rank == 1 || dice(1, 100) > (sight.is_ending() ? 95 : eagerness_)) return std::nullopt;
  auto const grain = grain_of(sight.ceiling);
  if (sight.format == engine::Format::Sealed) {
    return rounded_down(std::min(sight.ceiling, cost_ + share(sight.ceiling, dice(0, 500))), grain);
  }
  auto const least = least_now(sight);
  auto limit = sight.next_limit.value_or(sight.ceiling);
  if (sight.best) limit = std::min(limit, *sight.best - sight.decrement);  // to lead, not just to have bid
  auto const step = share(sight.ceiling, dice(0, sight.best ? 60 : 400));
  auto const wanted = rounded_down(limit - step, grain);
  if (wanted >= least) return wanted;
  if (limit >= least) return std::min(limit, least);
  return std::nullopt;
}

}  // namespace demo
