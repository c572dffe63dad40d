// Prometheus text 0.0.4, written by hand: a line per figure.
#include "gateway/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace gateway {
namespace {

// Whole microseconds as seconds, exactly.
std::string seconds(std::uint64_t us) {
  auto text = fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

class Page {
 public:
  // The head of a family comes once, however many label sets it has.
  void head(std::string const& name, std::string const& help, std::string_view type) {
    if (!seen_.insert(name).second) return;
    fmt::format_to(std::back_inserter(text_), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
  }
  template <class Value>
  void line(std::string const& name, std::string const& labels, Value value) {
    if (labels.empty()) {
      fmt::format_to(std::back_inserter(text_), "{} {}\n", name, value);
    } else {
      fmt::format_to(std::back_inserter(text_), "{}{{{}}} {}\n", name, labels, value);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::set<std::string> seen_;
};

void tell(Page& page, std::string const& name, Histogram const& figure) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < Histogram::bounds_us.size(); ++i) {
    total += figure.count_in(i);
    auto const bound = seconds(static_cast<std::uint64_t>(Histogram::bounds_us[i]));
    page.line(name + "_bucket", fmt::format("le=\"{}\"", bound), total);
  }
  total += figure.count_in(Histogram::bounds_us.size());
  page.line(name + "_bucket", "le=\"+Inf\"", total);
  page.line(name + "_sum", "", seconds(figure.sum_us()));
  page.line(name + "_count", "", total);
}

}  // namespace

void Histogram::observe(std::chrono::nanoseconds span) {
  auto const us = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::microseconds>(span).count());
  auto const bucket = std::ranges::lower_bound(bounds_us, us) - bounds_us.begin();
  counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(static_cast<std::uint64_t>(us), std::memory_order_relaxed);
}

Counter& Metrics::counter(std::string name, std::string help, std::string labels) {
  return counters_.emplace_back(std::move(name), std::move(help), std::move(labels)).figure;
}

Gauge& Metrics::gauge(std::string name, std::string help, std::string labels) {
  return gauges_.emplace_back(std::move(name), std::move(help), std::move(labels)).figure;
}

void Metrics::gauge(std::string name, std::string help, std::function<std::int64_t()> ask) {
  asked_.emplace_back(std::move(name), std::move(help), std::string{}, std::move(ask));
}

Histogram& Metrics::histogram(std::string name, std::string help) {
  return histograms_.emplace_back(std::move(name), std::move(help), std::string{}).figure;
}

std::string Metrics::text() const {
  Page page;
  for (auto const& entry : counters_) {
    page.head(entry.name, entry.help, "counter");
    page.line(entry.name, entry.labels, entry.figure.value());
  }
  for (auto const& entry : gauges_) {
    page.head(entry.name, entry.help, "gauge");
    page.line(entry.name, entry.labels, entry.figure.value());
  }
  for (auto const& entry : asked_) {
    page.head(entry.name, entry.help, "gauge");
    page.line(entry.name, entry.labels, entry.figure());
  }
  for (auto const& entry : histograms_) {
    page.head(entry.name, entry.help, "histogram");
    tell(page, entry.name, entry.figure);
  }
  return page.take();
}

}  // namespace gateway
