// See the header.
#include "bench/load/search.h"

namespace bench::load {
namespace {

constexpr double close_enough = 1.05;  // of two neighbouring rates
constexpr double lowest = 1;

}  // namespace

std::optional<double> Search::next() const {
  if (left_ == 0 || next_ < lowest) return std::nullopt;
  if (kept_ && missed_ && *missed_ / *kept_ <= close_enough) return std::nullopt;
  return next_;
}

void Search::told(double rate, bool is_kept) {
  --left_;
  (is_kept ? kept_ : missed_) = rate;
  if (!missed_)
    next_ = rate * 2;
  else
    next_ = kept_ ? (*kept_ + *missed_) / 2 : rate / 2;
}

}  // namespace bench::load
