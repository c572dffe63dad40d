// See the header. A held commit has not reached the good journal: nothing of it is durable while it waits.
#include "tests/support/faulty_journal.h"

namespace support {

engine::Result<void> FaultyJournal::commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) {
  {
    std::unique_lock hold{lock_};
    ++commits_;
    held_ = holding_;
    changed_.notify_all();
    changed_.wait(hold, [this] { return !holding_; });
    held_ = false;
    if (fails_at_ != 0 && commits_ >= fails_at_) {
      return std::unexpected(engine::Failure{"journal: commit refused by the test"});
    }
  }
  auto written = good_.commit(frame, outcomes);
  if (written) {
    std::lock_guard const hold{lock_};
    commands_ += frame.size();
  }
  return written;
}

void FaultyJournal::fail_commit(std::uint64_t number) {
  std::lock_guard const hold{lock_};
  fails_at_ = number;
}

void FaultyJournal::hold() {
  std::lock_guard const hold{lock_};
  holding_ = true;
}

void FaultyJournal::release() {
  std::lock_guard const hold{lock_};
  holding_ = false;
  changed_.notify_all();
}

void FaultyJournal::wait_until_held() {
  std::unique_lock hold{lock_};
  changed_.wait(hold, [this] { return held_; });
}

std::uint64_t FaultyJournal::commits() const {
  std::lock_guard const hold{lock_};
  return commits_;
}

std::uint64_t FaultyJournal::commands() const {
  std::lock_guard const hold{lock_};
  return commands_;
}

}  // namespace support
