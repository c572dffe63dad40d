// The journal: every command in order, durable before anything depends on it. One batch, one frame, one commit.
//
// commit() returns when the frame is on the disk; the anchor is written behind it. What nobody needs before that, the
// frame's hash and its leaves, is computed beside the wait for the disk. Nothing can be committed before the
// journal was read to its end (recovery.h): only then are its tail and the digest of all outcomes known.
//
// Thread:  engine; large frames are hashed by one more.
// Failure: sticky. After one, nobody knows what the disk holds: every later commit gives the same answer, the server
//          halts, and restart recovers.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "engine/check.h"
#include "persistence/anchor.h"
#include "persistence/frame.h"
#include "persistence/key_store.h"
#include "persistence/leaf_work.h"
#include "persistence/segments.h"
#include "persistence/sideline.h"
#include "persistence/walk.h"

namespace persistence {

struct JournalOptions {
  std::filesystem::path directory;  // the segments
  std::filesystem::path anchor;     // a file outside it
  std::uint32_t partition = 0;
  std::uint32_t epoch = 1;
  std::size_t segment_bytes = std::size_t{512} << 20;   // a new segment begins when one has grown to this
  std::size_t aside_from_bytes = std::size_t{8} << 10;  // from this size on hashing is worth waking a thread
  Filling filling{};                                    // of the segment's file, ahead of the commits
  bool gives_leaves = true;                             // false: no log is kept beside it
};

// Hears of every frame once it is durable: the tree of the transparency log grows behind the commit.
// Thread: engine; must not block.
class CommitListener {
 public:
  virtual ~CommitListener() = default;
  // `head` is the frame's hash; leaf i is of seq first + i.
  virtual void committed(engine::Seq first, std::span<engine::Leaf const> leaves, Digest const& head) = 0;
};

// What one commit was and took.
struct Measured {
  engine::Seq last;  // of its commands
  std::size_t commands = 0;
  std::size_t bytes = 0;             // of the frame
  std::size_t segment_bytes = 0;     // in use in the segment that is written
  std::chrono::nanoseconds disk{};   // until it was durable
  std::chrono::nanoseconds whole{};  // with encoding, checksum, hashes and anchor
};
using Measure = std::function<void(Measured const&)>;

class Journal final : public engine::Journal {
 public:
  // `keys` outlives the journal.
  static engine::Result<std::unique_ptr<Journal>> open(JournalOptions options, KeyStore& keys);

  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override;
  std::span<engine::Leaf const> leaves() const override { return leaves_; }

  // Durable frames for other threads.
  std::unique_ptr<FrameReader> frames() const { return segments_.reader(); }

  // Of every commit from now on. `listener` outlives the journal.
  void tell(CommitListener& listener) {
    CHECK(options_.gives_leaves);
    listener_ = &listener;
  }

  // Called behind every commit, on the engine's thread; must not block.
  void measure(Measure measure) { measure_ = std::move(measure); }

  // Reading, before the first commit; behind `known` if it is given (walk_behind()).
  engine::Result<void> read(Walked& walked, VisitFrame const& visit, Tail const& known = {}) const;
  engine::Result<engine::Seq> last_key() const { return segments_.last_key(); }
  Vault& vault() const { return keys_; }
  // Everything up to `walked` was read and applied; `outcomes` is the digest of what that decided.
  void continue_from(Walked const& walked, Digest const& outcomes);

  engine::Seq last_seq() const { return tail_.last; }
  Digest const& head() const { return tail_.head; }

 private:
  Journal(JournalOptions options, Segments segments, Anchor anchor, KeyStore& keys);
  engine::Result<void> write(std::span<engine::Sequenced const> frame, std::string_view outcomes);
  FrameHeader header_of(std::span<engine::Sequenced const> frame, std::string_view records) const;
  engine::Result<void> encode(std::span<engine::Sequenced const> frame);
  void begin_leaves(std::size_t count);
  engine::Result<void> append(FrameHeader const& header, std::string_view records);
  // Now, or on the sideline until its wait().
  template <class Work>
  void hash(std::size_t bytes, Work const& work);
  engine::Result<void> advance(FrameHeader const& header);

  JournalOptions const options_;
  Segments segments_;
  Anchor anchor_;
  KeyStore& keys_;
  LogSalts const salts_;
  Hasher hasher_;
  engine::ByteWriter records_;  // of the frame being written; its memory stays
  std::vector<Leaf> leaves_;    // of the frame last written; their memory stays
  LeafWork leaf_work_;          // of the frame being written: shared with the sideline
  Tail tail_;
  SealedSegment segment_;  // the one that is written, as it will be sealed
  CommitListener* listener_ = nullptr;
  std::uint64_t commits_ = 0;  // since the start
  Measure measure_;
  Measured measured_;  // of the commit that runs
  Digest outcomes_{};  // of everything decided before the next frame
  Digest written_{};   // hash of the frame being written
  Sideline sideline_;  // behind all that it touches
  enum class State : std::uint8_t { Unread, Read, Written } state_ = State::Unread;
  std::optional<engine::Failure> failure_;
};

}  // namespace persistence
