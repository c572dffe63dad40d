// Arrivals of a Poisson process: independent bidders do not queue up at equal distances.
#include "bench/load/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "engine/limits.h"

namespace bench::load {
namespace {

using engine::Money;

constexpr std::int64_t steps_a_bid_max = 3;
// Of 100 bids; the rest follows.
constexpr int leading = 70, above_ceiling = 1, step_too_small = 1, repeated = 1, reused = 1;

struct Bidding {
  std::uint32_t bids = 0;  // attempts of this bidder in this lot
  std::uint32_t last = 0;  // number of the last good one
  Money price{};           // its price
};

class Planner {
 public:
  explicit Planner(PlanInput const& input)
      : input_(input), random_(input.seed), biddings_(std::size_t{input.lots} * input.suppliers) {
    double all = 0, busiest = 0;  // bids over all lots, and of the lot that gets most
    for (auto const& phase : input.phases) {
      auto const bids = static_cast<double>(phase.span.count()) * std::max(phase.rate, peak(phase)) + phase.bids;
      all += bids;
      busiest += bids * std::max(phase.hot_share, 1.0 / input.lots);
    }
    // Twice a lot's share: a lot may get more.
    auto const deepest = (static_cast<std::int64_t>(busiest) + 100) * 2 * steps_a_bid_max;
    plan_.decrement = input.decrement;
    // Twice as high as the deepest fall, so that no bid comes near the guard against implausibly low prices.
    plan_.ceiling = Money::fen(2 * deepest * input.decrement.in_fen());
    best_.assign(input.lots, plan_.ceiling);
    plan_.bids.reserve(static_cast<std::size_t>(all));
  }

  engine::Result<Plan> make() {
    if (plan_.ceiling.in_fen() > engine::limits::money_fen_max)
      return std::unexpected(engine::Failure{"plan: too many bids a lot for the highest price there is"});
    double begins = 0;  // seconds since the start
    for (auto const& phase : input_.phases) {
      for (auto const at : arrivals(phase, begins))
        add(std::chrono::nanoseconds{static_cast<std::int64_t>(at * 1e9)}, phase.hot_share);
      begins += static_cast<double>(phase.span.count());
    }
    if (plan_.bids.empty()) return std::unexpected(engine::Failure{"plan: too few bids a second for so short a time"});
    auto const busiest = std::max_element(biddings_.begin(), biddings_.end(),
                                          [](Bidding const& a, Bidding const& b) { return a.bids < b.bids; });
    if (busiest->bids > engine::limits::attempts_a_bidder_max)
      return std::unexpected(engine::Failure{fmt::format(
          "plan: one bidder would make {} attempts in one lot and {} is the limit; take more auctions, more suppliers, "
          "a lower rate or less time",
          busiest->bids, engine::limits::attempts_a_bidder_max)});
    plan_.attempts_max = std::max(busiest->bids, engine::limits::attempts_a_bidder_default);
    return std::move(plan_);
  }

 private:
  std::uint64_t below(std::uint64_t bound) {
    return std::uniform_int_distribution<std::uint64_t>{0, bound - 1}(random_);
  }
  Money steps() { return Money::fen(static_cast<std::int64_t>(1 + below(steps_a_bid_max)) * plan_.decrement.in_fen()); }

  static double peak(Phase const& phase) {
    return phase.kind == PhaseKind::Ramp ? std::max(phase.rate, phase.to_rate) : phase.rate;
  }

  // Arrivals at the highest rate, of which a ramp keeps the share that is due at that moment; then the burst.
  std::vector<double> arrivals(Phase const& phase, double begins) {
    std::vector<double> all;
    auto const span = static_cast<double>(phase.span.count());
    std::exponential_distribution<double> gap(peak(phase));
    std::uniform_real_distribution<double> share(0, 1);
    for (double at = gap(random_); at < span; at += gap(random_)) {
      auto const rate = phase.rate + (phase.to_rate - phase.rate) * at / span;
      if (phase.kind == PhaseKind::Ramp && share(random_) >= rate / peak(phase)) continue;
      all.push_back(begins + at);
    }
    for (double i = 0; i < phase.bids; ++i) all.push_back(begins + span - 1 + share(random_));
    std::ranges::sort(all);
    return all;
  }

  void add(std::chrono::nanoseconds due, double hot_share) {
    bool const is_hot = hot_share > 0 && static_cast<double>(below(1'000'000)) < hot_share * 1e6;
    auto const lot = is_hot ? 0 : static_cast<std::uint32_t>(below(input_.lots));
    auto const supplier = static_cast<std::uint32_t>(below(input_.suppliers));
    auto& mine = biddings_[std::size_t{lot} * input_.suppliers + supplier];
    auto const number = static_cast<std::uint32_t>(plan_.bids.size());
    PlannedBid bid{due, lot, supplier, Money{}, number, intent(mine)};
    switch (bid.intent) {
      case Intent::Lead:
        bid.price = best_[lot] - steps();
        break;
      case Intent::Follow:
        bid.price = (mine.bids == 0 ? plan_.ceiling : mine.price) - steps();
        break;
      case Intent::AboveCeiling:
        bid.price = plan_.ceiling + Money::fen(1);
        break;
      case Intent::StepTooSmall:
        bid.price = mine.price - plan_.decrement + Money::fen(1);
        break;
      case Intent::Repeat:
        bid.price = mine.price;
        bid.key = mine.last;
        break;
      case Intent::ReusedKey:
        bid.price = mine.price - steps();
        bid.key = mine.last;
        break;
    }
    // Everybody's own steps may carry a follower into the lead.
    if (bid.intent == Intent::Follow && bid.price < best_[lot]) bid.intent = Intent::Lead;
    if (bid.intent == Intent::Lead) best_[lot] = bid.price;
    if (bid.intent == Intent::Lead || bid.intent == Intent::Follow) {
      mine.last = number;
      mine.price = bid.price;
    }
    ++mine.bids;
    plan_.bids.push_back(bid);
  }

  Intent intent(Bidding const& mine) {
    auto const draw = static_cast<int>(below(100));
    if (draw < leading) return Intent::Lead;
    if (draw < leading + above_ceiling) return mine.bids == 0 ? Intent::Lead : Intent::AboveCeiling;
    // What refers to an earlier bid needs one.
    if (mine.price == Money{}) return Intent::Follow;
    if (draw < leading + above_ceiling + step_too_small) return Intent::StepTooSmall;
    if (draw < leading + above_ceiling + step_too_small + repeated) return Intent::Repeat;
    if (draw < leading + above_ceiling + step_too_small + repeated + reused) return Intent::ReusedKey;
    return Intent::Follow;
  }

  PlanInput const& input_;
  std::mt19937_64 random_;
  std::vector<Bidding> biddings_;
  std::vector<Money> best_;
  Plan plan_;
};

}  // namespace

engine::Result<Plan> make_plan(PlanInput const& input) {
  auto const is_empty = [](Phase const& phase) { return phase.rate <= 0 || phase.span.count() <= 0; };
  if (input.lots == 0 || input.suppliers == 0 || input.phases.empty() || std::ranges::any_of(input.phases, is_empty))
    return std::unexpected(engine::Failure{"plan: auctions, suppliers, rate and seconds must be above 0"});
  if (input.suppliers > engine::limits::bidders_a_lot)
    return std::unexpected(engine::Failure{
        fmt::format("plan: {} suppliers, {} is the limit of a lot", input.suppliers, engine::limits::bidders_a_lot)});
  return Planner{input}.make();
}

}  // namespace bench::load
