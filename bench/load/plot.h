// A line plot as inline SVG: axes one can read, a legend, bands behind the curves. No script, nothing from elsewhere.
//
// Failure: none; a plot without points says so.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench::load {

struct Curve {
  std::string label;
  std::vector<std::pair<double, double>> points;
  bool is_dashed = false;
  int colour = -1;  // of the palette; -1: its place among the curves
};

struct PlotBand {
  double from = 0, to = 0;
  std::string label;
};

enum class Scale : unsigned char { Linear = 0, Logarithmic = 1 };

struct Plot {
  std::string title;  // Chinese first
  std::string x_label;
  std::string y_label;
  Scale y_scale = Scale::Linear;
  std::vector<std::pair<double, std::string>> x_ticks;  // empty: chosen from the points
  std::vector<PlotBand> bands;
  std::vector<Curve> curves;
};

std::string svg_of(Plot const& plot);
std::string escaped(std::string_view text);

}  // namespace bench::load
