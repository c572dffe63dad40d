// A journal that fails or stalls on demand, in front of a good one: for the tests of the gate rule and of the halt.
//
// Thread:  commit from one, hold/release/waiting/counts from any.
// Failure: from the chosen commit on every commit fails, as the real one's does.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/ports.h"

namespace support {

class FaultyJournal final : public engine::Journal {
 public:
  explicit FaultyJournal(engine::Journal& good) : good_(good) {}  // `good` outlives this

  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override;

  std::span<engine::Leaf const> leaves() const override { return good_.leaves(); }

  void fail_commit(std::uint64_t number);  // the first commit is number 1
  void hold();                             // commits wait from now on ...
  void release();                          // ... until here
  void wait_until_held();                  // a commit has come and is waiting
  std::uint64_t commits() const;           // asked for, good or not
  std::uint64_t commands() const;          // durable

 private:
  engine::Journal& good_;
  mutable std::mutex lock_;  // guards all below
  std::condition_variable changed_;
  std::uint64_t fails_at_ = 0;  // 0 = never
  std::uint64_t commits_ = 0;
  std::uint64_t commands_ = 0;
  bool holding_ = false;
  bool held_ = false;
};

}  // namespace support
