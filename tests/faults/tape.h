// Everything that one run asked of the disk, in order, and between it what the run believed: which commands it had
// begun to write, which were durable, which it had told. A power cut is then a place on the tape.
//
// Thread:  marks and calls from any.
// Failure: none.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "tests/faults/watched_calls.h"

namespace faults {

// What the run believes from here on, up to a seq.
struct Belief {
  std::uint64_t begun = 0;         // handed to the journal
  std::uint64_t durable = 0;       // the journal's commit returned: acknowledged to the engine
  std::uint64_t tabled = 0;        // the tables' commit returned
  std::uint64_t told = 0;          // given to the outlet: clients may know it
  std::uint64_t signed_up_to = 0;  // leaves under the newest head of the transparency log that may be shown
};

struct Step {
  Call call;
  Belief before;  // what was believed while the call was under way
  Belief after;   // and until the next call
};

class Tape final : public Watcher {
 public:
  int before(Call const&) override { return 0; }
  void after(Call const& call) override;

  void begun(std::uint64_t seq);
  void durable(std::uint64_t seq);
  void tabled(std::uint64_t seq);
  void told(std::uint64_t seq);
  void signed_up_to(std::uint64_t size);

  std::vector<Step> const& steps() const { return steps_; }  // when the run is over
  Belief const& believed() const { return belief_; }

 private:
  void believe(std::uint64_t Belief::* what, std::uint64_t seq);

  std::mutex lock_;  // guards all below
  Belief belief_;
  std::vector<Step> steps_;
};

}  // namespace faults
