// The ratio of two rows is that of their medians; the rounds stand beside, so that anybody sees how far they lie apart.
#include "bench/peers/report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <ranges>

namespace bench::peers {
namespace {

double in_ms(std::int64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

std::string_view name_of(Where where) {
  return where == Where::ManyLots ? "many lots" : "one hot lot";
}

// Server microseconds a bid.
double cost(Figures const& figures) {
  return figures.accepted == 0 ? 0 : figures.server_cpu * 1e6 / static_cast<double>(figures.accepted);
}

std::vector<double> rates(Row const& row) {
  std::vector<double> all;
  for (auto const& round : row.rounds) all.push_back(round.a_second());
  return all;
}

// The row of that peer under the same clients with so many bids under way; nullptr: not measured.
Row const* beside(std::vector<Row> const& rows, Row const& row, std::string_view peer, std::uint32_t in_flight) {
  auto const found = std::ranges::find_if(rows, [&](Row const& other) {
    return other.peer == peer && other.course.where == row.course.where && other.course.clients == row.course.clients &&
           other.course.in_flight == in_flight;
  });
  return found == rows.end() ? nullptr : &*found;
}

std::string ratio(Row const& row, Row const* other) {
  if (row.peer != "Ebb" || other == nullptr) return "";
  return fmt::format("{:.1f}", median(row).a_second() / median(*other).a_second());
}

}  // namespace

Figures const& median(Row const& row) {
  std::vector<Figures const*> sorted;
  for (auto const& round : row.rounds) sorted.push_back(&round);
  std::ranges::sort(sorted, {}, &Figures::a_second);
  return *sorted[(sorted.size() - 1) / 2];
}

std::string line_of(Row const& row) {
  auto const& figures = median(row);
  return fmt::format(
      "{:<11} {:<10} {:>3} clients x {:<3} {:>9.0f} bids/s  p50 {:>8.3f} ms  p99 {:>8.3f} ms  server {:>6.1f} us a "
      "bid, "
      "client {:>5.1f}  refused {}  heard {}  [{:.0f}]\n",
      name_of(row.course.where), row.peer, row.course.clients, row.course.in_flight, figures.a_second(),
      in_ms(figures.latency.percentile(50)), in_ms(figures.latency.percentile(99)), cost(figures),
      figures.client_cpu * 1e6 / static_cast<double>(std::max<std::uint64_t>(1, figures.accepted)), figures.refused,
      figures.heard, fmt::join(rates(row), " "));
}

std::string table(std::vector<Row> const& rows) {
  std::string text =
      "| | peer | clients | each in flight | durable bids/s (rounds) | p50 ms | p99 ms | server us a bid | x "
      "PostgreSQL | "
      "x Redis, one in flight | x Redis, as many in flight |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (auto const& row : rows) {
    auto const& figures = median(row);
    auto const in_flight = row.course.in_flight;
    fmt::format_to(
        std::back_inserter(text), "| {} | {} | {} | {} | {:.0f} ({:.0f}) | {:.2f} | {:.2f} | {:.1f} | {} | {} | {} |\n",
        name_of(row.course.where), row.peer, row.course.clients, in_flight, figures.a_second(),
        fmt::join(rates(row), ", "), in_ms(figures.latency.percentile(50)), in_ms(figures.latency.percentile(99)),
        cost(figures), ratio(row, beside(rows, row, "PostgreSQL", 1)), ratio(row, beside(rows, row, "Redis", 1)),
        in_flight == 1 ? "" : ratio(row, beside(rows, row, "Redis", in_flight)));
  }
  return text;
}

engine::Result<void> write_json(std::string const& file, std::vector<Row> const& rows) {
  std::ofstream out{file};
  out << "[";
  for (auto const& row : rows) {
    auto const& figures = median(row);
    out << fmt::format(
        R"({}{{"peer":"{}","where":"{}","clients":{},"in_flight":{},"bids_a_second":{:.0f},"rounds":[{:.0f}],)"
        R"("p50_ms":{:.3f},"p99_ms":{:.3f},"server_us_a_bid":{:.1f},"refused":{},"heard":{}}})",
        &row == rows.data() ? "\n" : ",\n", row.peer, name_of(row.course.where), row.course.clients,
        row.course.in_flight, figures.a_second(), fmt::join(rates(row), ","), in_ms(figures.latency.percentile(50)),
        in_ms(figures.latency.percentile(99)), cost(figures), figures.refused, figures.heard);
  }
  out << "\n]\n";
  if (!out.flush()) return std::unexpected(engine::Failure{file + ": could not be written"});
  return {};
}

}  // namespace bench::peers
