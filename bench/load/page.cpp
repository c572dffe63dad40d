// The sections of the page, each a function.
#include "bench/load/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <optional>

#include "bench/load/plot.h"

namespace bench::load {
namespace {

constexpr double ns_a_ms = 1e6;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ebb 压测报告 load report</title><style>
body{font:14px/1.5 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1c2533;max-width:980px;margin:24px auto;padding:0 16px}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:28px 0 8px;border-bottom:1px solid #d5dbe5}small,.en{color:#5b677a}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:4px 8px;border-bottom:1px solid #e3e8ef;text-align:right}
th:first-child,td:first-child{text-align:left}th{color:#5b677a;font-weight:600}.env td{text-align:left}
.verdict{padding:10px 14px;border-radius:6px;margin:14px 0}.good{background:#e6f4ea;color:#14532d}.bad{background:#fdecea;color:#8a1c12}
svg{width:100%;height:auto;margin:10px 0;font-size:12px;fill:#3b4657}svg .title{font-size:14px;font-weight:600;fill:#1c2533}
svg .grid{stroke:#cfd6e2;stroke-width:.6}svg .band{font-size:11px;fill:#6b778a}svg .label{fill:#5b677a}
</style></head><body>
)";

std::string said(std::string_view measure) {
  if (measure == "receipt") return "报价到回执 bid to receipt";
  if (measure == "last_watcher") return "到最后围观者 to last watcher";
  if (measure == "lateness") return "压测端迟发 harness late";
  if (measure == "rest") return "REST 读取 read over REST";
  if (measure == "join") return "围观者加入 watcher joins";
  return "掉线恢复 back after a storm";
}

double in_ms(std::int64_t ns) {
  return static_cast<double>(ns) / ns_a_ms;
}

// The axis of a percentile curve: nines to the right, each as wide as the one before.
double at_percent(double percent) {
  return -std::log10(1 - percent / 100);
}

Plot percentile_plot(std::string title) {
  Plot plot{.title = std::move(title),
            .x_label = "百分位 percentile",
            .y_label = "毫秒 ms",
            .y_scale = Scale::Logarithmic,
            .x_ticks = {},
            .bands = {},
            .curves = {}};
  for (auto const* tick : {"0", "50", "90", "99", "99.9", "99.99"})
    plot.x_ticks.emplace_back(at_percent(std::stod(tick)), std::string{tick} + "%");
  return plot;
}

Curve percentile_curve(std::string label, HdrHistogram const& histogram) {
  Curve curve{std::move(label), {}};
  // As far as there are values: the next nine of a hundred values would be one of them again.
  auto const last = std::min(4.0, std::log10(static_cast<double>(std::max<std::int64_t>(histogram.count(), 2))));
  for (double nines = 0; nines <= last; nines += 0.05) {
    auto const percent = 100 * (1 - std::pow(10, -nines));
    curve.points.emplace_back(nines, in_ms(histogram.percentile(percent)));
  }
  return curve;
}

std::string verdict(Outcome const& outcome) {
  std::string out;
  if (outcome.differences.empty()) {
    out +=
        "<div class=\"verdict good\">核对一致 verified: "
        "每笔回执都在公开记录中,且仅一次,顺序与价格相符;中标者独立计算一致;每条流连续无缺。"
        "<br><span class=\"en\">Every acknowledged bid is in the history once, in order, at its price; winners right; "
        "streams dense.</span></div>\n";
  } else {
    out += fmt::format("<div class=\"verdict bad\">发现 {} 处不一致 differences<ul>", outcome.differences.size());
    for (auto const& difference : outcome.differences) out += "<li>" + escaped(difference) + "</li>";
    out += "</ul></div>\n";
  }
  for (auto const& miss : outcome.missed) out += "<div class=\"verdict bad\">未达阈值 " + escaped(miss) + "</div>\n";
  if (outcome.missed.empty() && !outcome.thresholds.empty())
    out += fmt::format("<div class=\"verdict good\">全部 {} 项阈值达标 all thresholds kept</div>\n",
                       outcome.thresholds.size());
  return out;
}

std::string row_of(std::string const& name, HdrHistogram const& histogram) {
  auto out = fmt::format("<tr><td>{}</td><td>{}</td>", escaped(name), histogram.count());
  for (auto const percent : {50.0, 90.0, 99.0, 99.9, 99.99})
    out += fmt::format("<td>{:.3f}</td>", in_ms(histogram.percentile(percent)));
  return out + fmt::format("<td>{:.3f}</td></tr>\n", in_ms(histogram.max()));
}

constexpr std::string_view figures_head =
    "<th>次数 count</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>p99.99</th><th>最大 max</th></tr>\n";

std::string figures(Outcome const& outcome) {
  auto out = fmt::format(
      "<h2>延迟(毫秒)<span class=\"en\">Latency in ms</span></h2>\n<table><tr><th>指标 measure</th>{}", figures_head);
  for (auto const& measure : outcome.measures) out += row_of(said(measure.name), measure.total);
  out +=
      "</table>\n<p><small>自计划时刻起算,含等待;预热不计。From the planned moment, waiting included; the warm-up is "
      "not measured.</small></p>\n";
  auto const* receipt = outcome.find("receipt");
  if (receipt == nullptr) return out;
  out += fmt::format(
      "<h2>各阶段的报价到回执 <span class=\"en\">Bid to receipt by phase</span></h2>\n"
      "<table><tr><th>阶段 phase</th>{}",
      figures_head);
  for (auto const& band : outcome.bands)
    out += row_of(fmt::format("{} ({}–{} s)", band.name, band.from_s, band.to_s),
                  part_of(*receipt, band.from_s, band.to_s));
  return out + "</table>\n";
}

std::vector<PlotBand> bands_in(Outcome const& outcome) {
  std::vector<PlotBand> bands;
  for (auto const& band : outcome.bands)
    bands.push_back({static_cast<double>(band.from_s), static_cast<double>(band.to_s), band.name});
  return bands;
}

Plot over_time(Outcome const& outcome, std::string title, std::string y_label) {
  return {.title = std::move(title),
          .x_label = "时间(秒) seconds since the start",
          .y_label = std::move(y_label),
          .y_scale = Scale::Linear,
          .x_ticks = {},
          .bands = bands_in(outcome),
          .curves = {}};
}

Curve by_second(std::string label, std::vector<std::uint64_t> const& seconds) {
  Curve curve{std::move(label), {}};
  for (std::size_t second = 0; second < seconds.size(); ++second)
    curve.points.emplace_back(static_cast<double>(second) + 0.5, static_cast<double>(seconds[second]));
  return curve;
}

std::string time_plots(Outcome const& outcome) {
  auto throughput = over_time(outcome, "吞吐 Throughput", "报价/秒 bids/s");
  throughput.curves = {by_second("计划 offered", outcome.offered), by_second("应答 answered", outcome.answered)};
  throughput.curves[0].is_dashed = true;
  auto out = svg_of(throughput);
  for (auto const& measure : outcome.measures) {
    auto plot = over_time(outcome, "延迟 Latency: " + said(measure.name), "毫秒 ms");
    plot.y_scale = Scale::Logarithmic;
    plot.curves = {{"p50", {}}, {"p99", {}}, {"max", {}}};
    for (std::size_t second = 0; second < measure.seconds.size(); ++second) {
      auto const here = part_of(measure, second, second + 1);
      if (here.count() == 0) continue;
      auto const at = static_cast<double>(second) + 0.5;
      plot.curves[0].points.emplace_back(at, in_ms(here.percentile(50)));
      plot.curves[1].points.emplace_back(at, in_ms(here.percentile(99)));
      plot.curves[2].points.emplace_back(at, in_ms(here.max()));
    }
    out += svg_of(plot);
  }
  return out;
}

std::optional<double> value_in(Reading const& reading, std::string_view name) {
  auto const found = reading.values.find(name);
  return found == reading.values.end() ? std::nullopt : std::optional{found->second};
}

Curve gauge(Outcome const& outcome, std::string label, std::string_view name, double times) {
  Curve curve{std::move(label), {}};
  for (auto const& reading : outcome.server)
    if (auto const value = value_in(reading, name)) curve.points.emplace_back(reading.at_s, *value * times);
  return curve;
}

// What `over` grew by for each of what `under` grew by, from one reading to the next; without `under`, a second.
Curve growth(Outcome const& outcome, std::string label, std::string_view over, std::string_view under, double times) {
  Curve curve{std::move(label), {}};
  for (std::size_t i = 1; i < outcome.server.size(); ++i) {
    auto const& before = outcome.server[i - 1];
    auto const& now = outcome.server[i];
    auto const a = value_in(before, over), b = value_in(now, over);
    auto const c = under.empty() ? before.at_s : value_in(before, under).value_or(0);
    auto const d = under.empty() ? now.at_s : value_in(now, under).value_or(0);
    if (a && b && d > c) curve.points.emplace_back(now.at_s, (*b - *a) / (d - c) * times);
  }
  return curve;
}

std::string server_plots(Outcome const& outcome) {
  constexpr double ms = 1e3, percent = 100, mib = 1.0 / (1 << 20);
  std::string out = "<h2>服务器 <span class=\"en\">Server, from /metrics and /proc each second</span></h2>\n";
  auto const draw = [&](std::string title, std::string unit, std::vector<Curve> curves) {
    auto plot = over_time(outcome, std::move(title), std::move(unit));
    plot.curves = std::move(curves);
    out += svg_of(plot);
  };
  draw("提交与 io 滞后 Commit and io lag", "毫秒 ms",
       {growth(outcome, "提交 commit", "ebb_journal_commit_seconds_sum", "ebb_journal_commit_seconds_count", ms),
        growth(outcome, "其中磁盘 of that disk", "ebb_journal_disk_seconds_sum", "ebb_journal_disk_seconds_count", ms),
        growth(outcome, "io 滞后 io lag", "ebb_io_lag_seconds_sum", "ebb_io_lag_seconds_count", ms)});
  draw("批次与积压 Batch and backlog", "命令 commands",
       {growth(outcome, "每批命令 commands a batch", "ebb_journal_commands_total", "ebb_journal_frames_total", 1),
        gauge(outcome, "收件箱积压 inbox backlog", "ebb_inbox_depth", 1)});
  draw("处理器 CPU", "% of a core", {growth(outcome, "服务器 server", "process_cpu_s", "", percent)});
  draw("连接与描述符 Connections and descriptors", "个 count",
       {gauge(outcome, "连接 connections", "ebb_connections", 1),
        gauge(outcome, "描述符 descriptors", "process_fds", 1)});
  draw("内存 Memory", "MiB",
       {gauge(outcome, "常驻 resident", "process_rss_bytes", mib),
        gauge(outcome, "堆 heap", "process_heap_bytes", mib)});
  return out;
}

std::string environment(Outcome const& outcome) {
  std::string out = "<h2>环境与计数 <span class=\"en\">Environment and counts</span></h2>\n<table class=\"env\">";
  for (auto const& [name, text] : outcome.environment)
    out += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", escaped(name), escaped(text));
  out += fmt::format("<tr><td>harness_cpu_s</td><td>{:.2f}</td></tr>\n", outcome.harness_cpu_s);
  out += fmt::format("<tr><td>answers_a_second</td><td>{:.0f}</td></tr>\n", outcome.answers_a_second());
  for (auto const& [name, count] : outcome.counts)
    out += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", escaped(name), count);
  return out + "</table>\n";
}

HdrHistogram sum_of(std::vector<Outcome> const& runs, std::string_view name) {
  HdrHistogram all{longest_ns};
  for (auto const& run : runs)
    if (auto const* measure = run.find(name)) all.add(measure->total);
  return all;
}

}  // namespace

std::string page_of(Outcome const& outcome) {
  std::string out{head};
  out += fmt::format("<h1>Ebb 压测报告 <span class=\"en\">Load report</span></h1>\n<p>{} · {}</p>\n",
                     escaped(outcome.name), escaped(outcome.started));
  out += verdict(outcome) + figures(outcome);
  out += "<h2>百分位曲线 <span class=\"en\">Percentiles</span></h2>\n";
  auto plot = percentile_plot("百分位曲线 Percentile curves");
  for (auto const& measure : outcome.measures)
    plot.curves.push_back(percentile_curve(said(measure.name), measure.total));
  out += svg_of(plot);
  out += "<h2>随时间 <span class=\"en\">Over time</span></h2>\n" + time_plots(outcome);
  return out + server_plots(outcome) + environment(outcome) + "</body></html>\n";
}

std::string page_of(Comparison const& comparison, std::vector<Outcome> const& before,
                    std::vector<Outcome> const& after) {
  std::string out{head};
  out += "<h1>Ebb 压测对比 <span class=\"en\">Comparison</span></h1>\n";
  out += fmt::format("<p>{} → {}</p>\n<pre>{}</pre>\n", escaped(before.front().name), escaped(after.front().name),
                     escaped(text_of(comparison)));
  for (auto const name : measure_names) {
    auto const a = sum_of(before, name), b = sum_of(after, name);
    if (a.count() == 0 || b.count() == 0) continue;
    auto plot = percentile_plot(said(name));
    plot.curves = {percentile_curve("前 before", a), percentile_curve("后 after", b)};
    plot.curves[0].is_dashed = true;
    out += svg_of(plot);
  }
  return out + "</body></html>\n";
}

}  // namespace bench::load
