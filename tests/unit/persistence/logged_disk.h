// A journal with its transparency log, as a server has the two: it can be closed, recovered, and asked for proofs.
#pragma once

#include <chrono>
#include <thread>

#include "persistence/tree.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {

// A clock that stands where it is put.
class StandingClock final : public engine::Clock {
 public:
  engine::Instant now() override { return at; }
  engine::Instant at = engine::at_millis(midnight_ms);
};

// A journal with its tree, which can be closed and recovered.
class LoggedDisk {
 public:
  explicit LoggedDisk(std::filesystem::path const& directory, std::size_t segment_bytes = std::size_t{64} << 20)
      : disk(directory, segment_bytes) {}
  ~LoggedDisk() { stop(); }

  engine::Result<void> open() {
    stop();
    good(disk.start());
    auto opened =
        persistence::Tree::open({disk.directory() / "tree", disk.directory() / "keys" / persistence::head_key_name,
                                 std::chrono::milliseconds{1}},
                                disk.journal(), disk.keys());
    if (!opened) return std::unexpected(opened.error());
    tree = std::move(*opened);
    if (auto caught = tree->catch_up(); !caught) return caught;
    disk.journal().tell(*tree);
    return {};
  }
  void start() {
    good(open());
    tree->start(clock, [this](engine::Failure const& failure) { failures.push_back(failure.what); });
  }
  void stop() {
    tree.reset();
    disk.stop();
  }
  void commit(std::vector<engine::Sequenced> const& frame) { good(disk.commit(frame)); }
  // Waits until a head of that size is signed.
  persistence::TreeHead head_of(std::uint64_t size) const {
    for (;;) {
      if (auto const head = tree->head(); head && head->size >= size) return *head;
      std::this_thread::sleep_for(std::chrono::milliseconds{1});  // wait: until the tree has signed
    }
  }
  bool includes(engine::Seq seq, persistence::Digest const& leaf, persistence::TreeHead const& head) const {
    return persistence::merkle::root_by_inclusion(seq.number() - 1, head.size, leaf,
                                                  good(tree->inclusion(seq, head.size))) == head.root;
  }

  Disk disk;
  StandingClock clock;
  std::unique_ptr<persistence::Tree> tree;
  std::vector<std::string> failures;
};

}  // namespace tests
