// See the header.
#include "tests/faults/tape.h"

#include <algorithm>

namespace faults {

// A write that is through when it returns may be cut while it is not: it stands on the tape twice.
void Tape::after(Call const& call) {
  std::lock_guard const hold{lock_};
  if (call.is_through) {
    auto under_way = call;
    under_way.is_through = false;
    steps_.push_back({std::move(under_way), belief_, belief_});
  }
  steps_.push_back({call, belief_, belief_});
}

void Tape::believe(std::uint64_t Belief::* what, std::uint64_t seq) {
  std::lock_guard const hold{lock_};
  belief_.*what = std::max(belief_.*what, seq);
  if (!steps_.empty()) steps_.back().after = belief_;
}

void Tape::begun(std::uint64_t seq) {
  believe(&Belief::begun, seq);
}
void Tape::durable(std::uint64_t seq) {
  believe(&Belief::durable, seq);
}
void Tape::tabled(std::uint64_t seq) {
  believe(&Belief::tabled, seq);
}
void Tape::told(std::uint64_t seq) {
  believe(&Belief::told, seq);
}
void Tape::signed_up_to(std::uint64_t size) {
  believe(&Belief::signed_up_to, size);
}

}  // namespace faults
