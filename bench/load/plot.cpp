// Places on the paper are computed here and nowhere else.
#include "bench/load/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace bench::load {
namespace {

constexpr double width = 920, height = 300;
constexpr double left = 70, right = 20, top = 46, bottom = 48;
constexpr std::array<std::string_view, 6> palette{"#1565c0", "#c62828", "#2e7d32", "#ef6c00", "#6a1b9a", "#00838f"};

struct Range {
  double from = std::numeric_limits<double>::max();
  double to = std::numeric_limits<double>::lowest();
  void take(double value) {
    from = std::min(from, value);
    to = std::max(to, value);
  }
};

// 1, 2 or 5 times a power of ten.
double step_for(double span, double wanted) {
  auto const rough = span / wanted;
  auto const power = std::pow(10, std::floor(std::log10(rough)));
  for (auto const times : {1.0, 2.0, 5.0})
    if (times * power >= rough) return times * power;
  return 10 * power;
}

std::string number(double value) {
  if (std::abs(value) >= 1e6) return fmt::format("{:.3g}M", value / 1e6);
  if (std::abs(value) >= 1e4) return fmt::format("{:.3g}k", value / 1e3);
  return fmt::format("{:.4g}", value);
}

class Paper {
 public:
  explicit Paper(Plot const& plot) : plot_(plot) {
    for (auto const& curve : plot.curves) {
      for (auto const& [at, value] : curve.points) {
        x_.take(at);
        y_.take(plot.y_scale == Scale::Logarithmic ? std::max(value, 1e-3) : value);
      }
    }
    for (auto const& [at, label] : plot.x_ticks) x_.take(at);
    for (auto const& band : plot.bands) {
      x_.take(band.from);
      x_.take(band.to);
    }
    if (plot.y_scale == Scale::Linear) {
      y_.from = std::min(0.0, y_.from);
      if (y_.to <= y_.from) y_.to = y_.from + 1;
      y_.to += (y_.to - y_.from) * 0.05;
    } else {
      y_.from = std::pow(10, std::floor(std::log10(y_.from)));
      y_.to = std::pow(10, std::ceil(std::log10(y_.to) + 1e-9));
    }
    if (x_.to <= x_.from) x_.to = x_.from + 1;
  }

  std::string drawn() {
    put("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", width, height, escaped(plot_.title));
    put("<text class=\"title\" x=\"{}\" y=\"17\">{}</text>\n", left, escaped(plot_.title));
    bands();
    y_axis();
    x_axis();
    curves();
    legend();
    return out_ + "</svg>\n";
  }

 private:
  template <class... Values>
  void put(fmt::format_string<Values...> text, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Values>(values)...);
  }
  double at_x(double value) const { return left + (value - x_.from) / (x_.to - x_.from) * (width - left - right); }
  double at_y(double value) const {
    auto const share = plot_.y_scale == Scale::Linear
                           ? (value - y_.from) / (y_.to - y_.from)
                           : std::log10(std::max(value, y_.from) / y_.from) / std::log10(y_.to / y_.from);
    return height - bottom - share * (height - top - bottom);
  }

  void bands() {
    for (std::size_t i = 0; i < plot_.bands.size(); ++i) {
      auto const& band = plot_.bands[i];
      auto const from = at_x(band.from), to = at_x(band.to);
      put("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", from, top, to - from,
          height - top - bottom, i % 2 == 0 ? "#f3f5f9" : "#e6ebf4");
      put("<text class=\"band\" x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", (from + to) / 2, top + 12,
          escaped(band.label));
    }
  }
  void y_line(double value) {
    auto const y = at_y(value);
    put("<line class=\"grid\" x1=\"{}\" y1=\"{:.1f}\" x2=\"{}\" y2=\"{:.1f}\"/>\n", left, y, width - right, y);
    put("<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", left - 6, y + 4, number(value));
  }
  void y_axis() {
    if (plot_.y_scale == Scale::Logarithmic) {
      for (auto power = y_.from; power <= y_.to * 1.001; power *= 10) y_line(power);
    } else {
      auto const step = step_for(y_.to - y_.from, 5);
      for (auto value = std::ceil(y_.from / step) * step; value <= y_.to; value += step) y_line(value);
    }
    put("<text class=\"label\" transform=\"translate(16 {}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
        (top + height - bottom) / 2, escaped(plot_.y_label));
  }
  void x_line(double value, std::string const& label) {
    auto const x = at_x(value);
    put("<line class=\"grid\" x1=\"{:.1f}\" y1=\"{}\" x2=\"{:.1f}\" y2=\"{}\"/>\n", x, top, x, height - bottom);
    put("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", x, height - bottom + 16, escaped(label));
  }
  void x_axis() {
    if (plot_.x_ticks.empty()) {
      auto const step = step_for(x_.to - x_.from, 10);
      for (auto value = std::ceil(x_.from / step) * step; value <= x_.to; value += step) x_line(value, number(value));
    }
    for (auto const& [value, label] : plot_.x_ticks) x_line(value, label);
    put("<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", (left + width - right) / 2,
        height - 10, escaped(plot_.x_label));
  }
  std::string_view colour(std::size_t place) const {
    auto const asked = plot_.curves[place].colour;
    return palette[(asked < 0 ? place : static_cast<std::size_t>(asked)) % palette.size()];
  }
  void curves() {
    for (std::size_t i = 0; i < plot_.curves.size(); ++i) {
      auto const& curve = plot_.curves[i];
      put("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"{} points=\"", colour(i),
          curve.is_dashed ? " stroke-dasharray=\"6 4\"" : "");
      for (auto const& [at, value] : curve.points) put("{:.1f},{:.1f} ", at_x(at), at_y(value));
      put("\"/>\n");
    }
  }
  void legend() {
    // A Chinese character is about twice as wide as a Latin one, and three bytes of UTF-8 long.
    constexpr double letter = 7, third_of_a_character = 4, mark = 34;
    double x = left;
    for (std::size_t i = 0; i < plot_.curves.size(); ++i) {
      put("<line x1=\"{:.1f}\" y1=\"32\" x2=\"{:.1f}\" y2=\"32\" stroke=\"{}\" stroke-width=\"3\"{}/>\n", x, x + 20,
          colour(i), plot_.curves[i].is_dashed ? " stroke-dasharray=\"6 4\"" : "");
      put("<text x=\"{:.1f}\" y=\"36\">{}</text>\n", x + 25, escaped(plot_.curves[i].label));
      x += mark;
      for (char const c : plot_.curves[i].label)
        x += static_cast<unsigned char>(c) < 0x80 ? letter : third_of_a_character;
    }
  }

  Plot const& plot_;
  Range x_, y_;
  std::string out_;
};

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string svg_of(Plot const& plot) {
  bool const is_empty = std::ranges::all_of(plot.curves, [](Curve const& curve) { return curve.points.empty(); });
  if (is_empty) return fmt::format("<p class=\"none\">{}: 无数据 no data</p>\n", escaped(plot.title));
  return Paper{plot}.drawn();
}

}  // namespace bench::load
