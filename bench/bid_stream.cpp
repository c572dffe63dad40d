// The generator: Mersenne twister and own arithmetic, because the distributions of the library differ.
#include "bench/bid_stream.h"

#include <algorithm>
#include <cstdio>
#include <random>

namespace bench {
namespace {

using namespace engine;

constexpr Instant start = at_millis(1'800'000'000'000);
constexpr std::int64_t ceiling_fen = 100'000'000;

OpenLot opening(std::size_t lot, std::size_t bidders, std::uint32_t attempts) {
  OpenLot open;
  open.lot = lot_id(InquiryId{lot + 1}, 1);
  open.rules.ceiling = Money::fen(ceiling_fen);
  open.rules.decrement = Money::fen(100);
  open.rules.slip_below = BasisPoints{1};
  open.rules.duration = open.rules.hard_cap = std::chrono::hours{24};
  open.rules.attempts_max = attempts;
  open.opens_at = start;
  for (std::size_t i = 1; i <= bidders; ++i) open.admitted.push_back({BidderId{i * Stream::apart}, {}});
  return open;
}

// Zipf with exponent one: lot k gets a share of 1/k.
class Popularity {
 public:
  explicit Popularity(std::size_t lots) {
    double sum = 0;
    for (std::size_t k = 1; k <= lots; ++k) shares_.push_back(sum += 1.0 / static_cast<double>(k));
  }
  std::size_t pick(std::mt19937_64& random) const {
    auto const at = static_cast<double>(random() >> 11) * 0x1p-53 * shares_.back();
    return static_cast<std::size_t>(std::ranges::lower_bound(shares_, at) - shares_.begin());
  }

 private:
  std::vector<double> shares_;
};

PlaceBid bid_of(std::size_t lot, std::size_t slot, std::int64_t fen, std::uint64_t noise, std::size_t number) {
  PlaceBid bid{.lot = lot_id(InquiryId{lot + 1}, 1),
               .bidder = BidderId{(slot + 1) * Stream::apart},
               .by = PersonId{1},
               .price = Money::fen(fen),
               .key = {}};
  std::snprintf(bid.key.text.data(), bid.key.text.size(), "%016llx-%08x", static_cast<unsigned long long>(noise),
                static_cast<unsigned>(number));
  return bid;
}

}  // namespace

Stream make_stream(Shape const& shape, std::size_t bids) {
  std::mt19937_64 random(42);
  Stream stream{.shape = shape, .bidders = {}, .openings = {}, .bids = {}};
  for (std::size_t lot = 0; lot < shape.lots; ++lot) {
    stream.bidders.push_back(shape.bidders_least + random() % (shape.bidders_most - shape.bidders_least + 1));
  }
  std::vector<std::size_t> order(shape.lots);
  for (std::size_t i = 0; i < shape.lots; ++i) order[i] = i;
  for (std::size_t i = shape.lots; i > 1; --i)
    std::swap(order[i - 1], order[random() % i]);  // fame is not memory order

  Popularity const popularity(shape.lots);
  std::vector<std::vector<std::int64_t>> last;
  std::vector<std::vector<std::uint32_t>> made;
  for (auto const bidders : stream.bidders) {
    last.emplace_back(bidders, ceiling_fen - 100'000);
    made.emplace_back(bidders);
  }
  std::uint64_t seq = shape.lots;
  for (std::size_t i = 0; i < bids; ++i) {
    auto const lot = shape.is_hot ? i * shape.lots / bids : order[popularity.pick(random)];
    auto const slot = random() % stream.bidders[lot];
    if (random() % 10 != 0) last[lot][slot] -= 100 + static_cast<std::int64_t>(random() % 400);
    ++made[lot][slot];
    auto const bid = bid_of(lot, slot, last[lot][slot], random(), i);
    stream.bids.push_back({Seq{++seq}, Seq{}, start + Duration{1}, std::nullopt, {}, bid});
  }
  for (std::size_t lot = 0; lot < shape.lots; ++lot) {
    auto const attempts = std::max(limits::attempts_a_bidder_default, std::ranges::max(made[lot]));
    stream.openings.push_back(
        {Seq{lot + 1}, Seq{}, start, std::nullopt, {}, opening(lot, stream.bidders[lot], attempts)});
  }
  return stream;
}

}  // namespace bench
