// The highest rate that keeps a bound: doubled until it does not, then halved in between, in a bounded number of runs.
//
// Failure: none.
#pragma once

#include <cstdint>
#include <optional>

namespace bench::load {

class Search {
 public:
  Search(double first, std::uint32_t runs_max) : next_(first), left_(runs_max) {}

  // nullopt: it is over.
  std::optional<double> next() const;
  void told(double rate, bool is_kept);
  // The highest rate that was seen to keep the bound; nullopt: none did.
  std::optional<double> best() const { return kept_; }
  // The lowest that was seen to miss it.
  std::optional<double> limit() const { return missed_; }

 private:
  double next_;
  std::uint32_t left_;
  std::optional<double> kept_;
  std::optional<double> missed_;
};

}  // namespace bench::load
