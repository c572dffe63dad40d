// What the engine is measured beside: the same bids to simpler books. None of them checks a rule but the step, knows a
// key, keeps an attempt or writes an event of the house; each tells rank, former rank and lead of an accepted bid.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <tuple>
#include <vector>

namespace bench {

// What a peer tells about a bid: one cache line, as an event would be.
struct Told {
  std::int64_t price = 0;
  std::uint64_t leader = 0;
  std::int64_t best = 0;
  std::size_t rank = 0;
  std::size_t previous = 0;
  bool accepted = false;
};

constexpr std::int64_t least_step = 100;
constexpr std::int64_t no_price = INT64_MAX;

// Prices in an array, and nothing else: no rank, no order of equals, no rule.
class BareArray {
 public:
  explicit BareArray(std::size_t bidders) : prices_(bidders, no_price) {}
  Told bid(std::size_t slot, std::int64_t price, std::uint64_t) {
    prices_[slot] = price;
    if (price < best_) best_ = price, leader_ = slot;
    return {.price = price, .leader = leader_, .best = best_, .accepted = true};
  }

 private:
  std::vector<std::int64_t> prices_;
  std::int64_t best_ = no_price;
  std::size_t leader_ = 0;
};

// The book of the textbook: a std::set in order, and where each bidder is in it.
class SetBook {
 public:
  explicit SetBook(std::size_t bidders) : at_(bidders, order_.end()) {}
  Told bid(std::size_t slot, std::int64_t price, std::uint64_t seq) {
    auto& at = at_[slot];
    if (at != order_.end() && price > std::get<0>(*at) - least_step) return {};
    Told told{.price = price, .accepted = true};
    if (at != order_.end()) {
      told.previous = rank(at);
      order_.erase(at);
    }
    at = order_.emplace(price, seq, slot).first;
    told.rank = rank(at);
    told.best = std::get<0>(*order_.begin());
    told.leader = std::get<2>(*order_.begin());
    return told;
  }

 private:
  using Order = std::set<std::tuple<std::int64_t, std::uint64_t, std::size_t>>;
  std::size_t rank(Order::const_iterator at) const {
    return static_cast<std::size_t>(std::distance(order_.begin(), at)) + 1;
  }
  Order order_;
  std::vector<Order::iterator> at_;
};

// Nothing but a list of everything that was accepted, looked through from the end for every answer.
class NaiveBook {
 public:
  explicit NaiveBook(std::size_t bidders) : bidders_(bidders) {}
  Told bid(std::size_t slot, std::int64_t price, std::uint64_t seq) {
    auto const before = ranking();
    auto const own = std::ranges::find(before, slot, &Entry::slot);
    if (own != before.end() && price > own->price - least_step) return {};
    all_.push_back({price, seq, slot});
    auto const after = ranking();
    auto const now = std::ranges::find(after, slot, &Entry::slot);
    return {.price = price,
            .leader = after.front().slot,
            .best = after.front().price,
            .rank = static_cast<std::size_t>(now - after.begin()) + 1,
            .previous = own == before.end() ? 0 : static_cast<std::size_t>(own - before.begin()) + 1,
            .accepted = true};
  }

 private:
  struct Entry {
    std::int64_t price;
    std::uint64_t seq;
    std::size_t slot;
  };
  std::vector<Entry> ranking() const {
    std::vector<Entry> ranking;
    for (auto entry = all_.rbegin(); entry != all_.rend() && ranking.size() < bidders_; ++entry) {
      if (std::ranges::find(ranking, entry->slot, &Entry::slot) == ranking.end()) ranking.push_back(*entry);
    }
    std::ranges::sort(ranking, {}, [](Entry const& entry) { return std::pair(entry.price, entry.seq); });
    return ranking;
  }
  std::size_t bidders_;
  std::vector<Entry> all_;
};

}  // namespace bench
