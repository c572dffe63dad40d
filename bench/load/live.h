// The run while it runs: one screen, drawn again each second on a terminal, a plain line elsewhere.
//
// Thread: one. Failure: none.
#pragma once

#include <cstdint>
#include <string>

#include "bench/load/options.h"
#include "bench/load/plan.h"
#include "bench/load/record.h"
#include "bench/load/scraper.h"

namespace bench::load {

class Live {
 public:
  // All outlive it.
  Live(Options const& options, Plan const& plan, Counters& counters, Scraper const& scraper);

  bool is_screen() const { return is_screen_; }
  void show(ebb_client::Steady::time_point start);
  std::string line() const;

 private:
  std::string screen(double at_s);
  std::string server_cpu();
  std::string_view phase_at(double at_s) const;

  Options const& options_;
  Plan const& plan_;
  Counters& counters_;
  Scraper const& scraper_;
  bool is_screen_;
  ebb_client::Steady::time_point drawn_{};
  std::uint64_t answered_before_ = 0;
  double cpu_before_ = -1;
  std::size_t due_ = 0;  // bids of the plan whose moment has passed
};

}  // namespace bench::load
