// Makes snapshots by replaying, not by freezing: a thread of its own reads durable frames, decides them in a memory of
// its own, begun with the snapshot before, writes what came out and forgets it again. The engine is never stopped. On
// the way every frame's digest of outcomes is compared, so that a memory that went wrong shows here.
//
// One is due when so many commands have gathered behind the one before that a start would notice; and when a whole
// segment lies between, however few commands filled it: then there is much to read, and the segment could be trimmed.
//
// A snapshot goes as far as the tables have come, because only so far it counts. Two are kept: the newest, and the one
// that it grew from, which was whole a moment ago.
//
// Thread:  start(), stop() and finish() from main; the thread runs when nobody else wants the processor.
// Failure: told once for each snapshot that does not come to be; the next is tried when as many commands have gathered
//          again. Bids go on.
// Memory:  a second hall with its pictures, while one is made.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/bytes.h"
#include "persistence/journal.h"
#include "persistence/key_store.h"
#include "persistence/snapshot_choice.h"
#include "persistence/tables.h"

namespace persistence {

// What is folded from the journal and saved: in the server a hall and the pictures of its lots.
class Fold {
 public:
  virtual ~Fold() = default;
  virtual bool load(std::string_view section, std::string_view piece) = 0;
  virtual bool is_whole() const = 0;  // every piece that belongs to it was loaded
  // One frame; the canonical bytes of its outcomes go to `outcomes`.
  virtual void apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) = 0;
  virtual std::uint64_t state() const = 0;  // the hall's digest
  using TakePiece = std::function<void(std::string_view section, std::string_view piece)>;
  virtual void save(TakePiece const& take) const = 0;
};
using MakeFold = std::function<std::unique_ptr<Fold>()>;

struct CheckpointOptions {
  std::filesystem::path directory;               // of the snapshots
  std::uint64_t every = 1'000'000;               // commands; 0: never, nor for a segment
  std::uint64_t at_stop_from = 100'000;          // commands that are worth one when the server stops
  std::uint64_t free_bytes_min = 0;              // what a snapshot leaves free on its disk
  std::chrono::milliseconds looks_every{1'000};  // whether enough commands have gathered
};

struct Checkpointed {
  engine::Seq seq;
  std::uint64_t commands = 0;  // replayed for it
  std::uint64_t bytes = 0;
  std::chrono::nanoseconds took{};
};
// Thread: the checkpointer's, or of finish().
struct CheckpointTold {
  std::function<void(Checkpointed const& made)> made;
  std::function<void(engine::Failure const& why)> failed;
};

class Checkpointer {
 public:
  // All outlive this.
  Checkpointer(CheckpointOptions options, Journal const& journal, KeyStore const& keys, Tables& tables, MakeFold make,
               CheckpointTold told);
  ~Checkpointer();

  // After recovery, which began with the snapshot of that seq, if with any. What an earlier life left half made goes.
  void start(engine::Seq begun_with);
  // One that is under way is given up.
  void stop();
  // Behind stop(), when the engine has ended: one more, if it is worth it.
  void finish();

 private:
  void run();
  std::uint64_t gathered() const;
  enum class Pace : std::uint8_t { AtOnce, BesideBids };
  bool is_due() const;
  void attempt(Pace pace);
  // Nothing: given up, or there was nothing new.
  engine::Result<std::optional<Checkpointed>> make(Pace pace);
  engine::Result<SnapshotAbout> replay(Fold& fold, std::optional<SnapshotAbout> const& before,
                                       std::uint64_t& commands) const;
  engine::Result<std::uint64_t> write(Fold const& fold, SnapshotAbout const& about, Pace pace);
  void rest();
  engine::Result<void> has_room(std::uint64_t bytes) const;

  CheckpointOptions const options_;
  std::unique_ptr<FrameReader const> const frames_;
  KeyStore const& keys_;
  Tables& tables_;
  MakeFold const make_;
  CheckpointTold const told_;
  engine::Seq tried_;               // how far the last one goes, or was to go
  std::uint64_t bytes_before_ = 0;  // of the last one

  std::mutex mutex_;
  std::condition_variable stopped_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

}  // namespace persistence
