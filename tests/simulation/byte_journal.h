// A journal that keeps nothing but bytes: what a restart gets back has been through the codec, as on a real disk.
//
// Public and private part of every command are kept apart, as FORMAT.md has them; nothing of what is private may lie in
// the public part. It can also die behind a commit: the frame is durable, but nobody who asked is alive to hear it.
//
// Thread:  one.
// Failure: a chosen commit dies after writing; replay() fails where the outcomes differ from those that a commit bound.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/ports.h"

namespace simulation {

// How far somebody has decided, a frame ending there, and what all of it came to.
struct Mark {
  std::size_t commands = 0;
  std::uint64_t outcomes = 0;
};

class ByteJournal final : public engine::Journal {
 public:
  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override;
  void die_after_next_commit() { dies_ = true; }

  using ApplyFrame = std::function<engine::Result<std::string>(std::span<engine::Sequenced const>)>;
  // Hands over every frame behind `from` in order, up to the one with command `until`, holding what each decides
  // against what the next commit had bound.
  engine::Result<Mark> decide(Mark from, std::size_t until, ApplyFrame const& apply_frame) const;
  // The same to the end. Afterwards commits go on from there.
  engine::Result<void> replay(ApplyFrame const& apply_frame, Mark from = {});

  std::size_t size() const { return records_.size(); }  // commands; their seqs are 1..size()
  engine::Sequenced read(engine::Seq seq) const;        // of a command that was committed
  // The first private number that was found in a public part; empty as it should be.
  std::string const& shown() const { return shown_; }

 private:
  struct Record {
    engine::Seq parent;
    engine::Instant at;
    std::string open;
    std::string secret;
  };
  struct Frame {
    std::size_t end;         // of its records
    std::uint64_t outcomes;  // chained hash of all outcomes before it
  };
  static std::uint64_t chain(std::uint64_t before, std::string_view outcomes);

  std::vector<Record> records_;
  std::vector<Frame> frames_;
  std::uint64_t outcomes_ = 0;
  std::string shown_;
  bool dies_ = false;
};

}  // namespace simulation
