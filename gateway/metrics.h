// Figures for an operator: counters, gauges and histograms, told as Prometheus text 0.0.4.
//
// Registration happens while the house is put together; afterwards every update is one relaxed atomic operation, so a
// figure costs nothing on the path of a bid. No label ever carries a person, a lot or a price.
//
// Thread: the registering functions before the threads start; the rest any.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace gateway {

class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void add(std::int64_t change) { value_.fetch_add(change, std::memory_order_relaxed); }
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// Spans of time in fixed buckets from 10 us to 10 s.
class Histogram {
 public:
  static constexpr std::array<std::int64_t, 19> bounds_us{
      10,     25,     50,      100,     250,     500,       1'000,     2'500,     5'000,     10'000,
      25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};
  void observe(std::chrono::nanoseconds span);
  std::uint64_t count_in(std::size_t bucket) const { return counts_[bucket].load(std::memory_order_relaxed); }
  std::uint64_t sum_us() const { return sum_us_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> counts_{};  // the last: over all bounds
  std::atomic<std::uint64_t> sum_us_{0};
};

class Metrics {
 public:
  Metrics() = default;
  Metrics(Metrics const&) = delete;
  Metrics& operator=(Metrics const&) = delete;

  // `name` without labels, such as "ebb_bids_total"; `labels` such as `result="busy"`, one family beside another of the
  // same name. References stay valid as long as the registry.
  Counter& counter(std::string name, std::string help, std::string labels = {});
  Gauge& gauge(std::string name, std::string help, std::string labels = {});
  // Asked when the text is made; thread: any.
  void gauge(std::string name, std::string help, std::function<std::int64_t()> ask);
  Histogram& histogram(std::string name, std::string help);

  std::string text() const;

 private:
  template <class Figure>
  struct Entry {
    std::string name, help, labels;
    Figure figure;
  };
  std::deque<Entry<Counter>> counters_;
  std::deque<Entry<Gauge>> gauges_;
  std::deque<Entry<std::function<std::int64_t()>>> asked_;
  std::deque<Entry<Histogram>> histograms_;
};

}  // namespace gateway
