// The transparency log: a Merkle tree over every command of the journal, its signed heads, and proofs for anyone.
//
// A thread of its own grows the tree behind the commits and signs a head at most once an interval, and only where
// something was added. The journal hands over the leaves that it computed for the receipts; where it cannot (a backlog
// that is full, everything before a start), the thread reads the durable frames instead. So nothing here ever delays a
// receipt, and the tree is never ahead of the journal.
//
// Thread:  open, catch_up, start and stop: main, before and after the engine runs. committed(): engine; takes a lock
// for
//          the time of a copy. Everything of engine::TransparencyLog: any, each call one short read of its own moment.
// Failure: the tree is of another journal, or damaged: the start stops with both values. Later: the thread says why
// once
//          and ends; the newest head then no longer moves, and bids go on.
// Memory:  leaves that were handed over and not yet taken, at most leaves_waiting_max.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/transparency.h"
#include "persistence/frame_reader.h"
#include "persistence/head.h"
#include "persistence/journal.h"
#include "persistence/key_store.h"
#include "persistence/leaf.h"
#include "persistence/record.h"
#include "persistence/tree_store.h"

namespace persistence {

struct TreeOptions {
  std::filesystem::path directory;          // of the tree
  std::filesystem::path key_file;           // with which heads are signed; made at the first start
  std::chrono::milliseconds interval{100};  // heads are at least so far apart
};

class Tree final : public engine::TransparencyLog, public CommitListener {
 public:
  static constexpr std::size_t leaves_waiting_max = std::size_t{1} << 20;

  // `journal` and `keys` outlive the tree.
  static engine::Result<std::unique_ptr<Tree>> open(TreeOptions options, Journal const& journal, KeyStore const& keys);
  ~Tree() override;

  // Adds what the journal has more, and refuses a journal that is not the one the tree grew from. After recovery,
  // before the first commit.
  engine::Result<void> catch_up();
  // `clock` outlives the thread.
  void start(engine::Clock& clock, std::function<void(engine::Failure const&)> on_failure);
  // Signs what is left and joins.
  void stop();

  void committed(engine::Seq first, std::span<Leaf const> leaves, Digest const& frame) override;

  PublicKey key() const override { return signer_.key(); }
  std::optional<TreeHead> head() const override;
  engine::Result<std::optional<TreeHead>> head_from(std::uint64_t size) const override;
  engine::Result<std::optional<Digest>> leaf(engine::Seq seq) const override;
  engine::Result<engine::Path> inclusion(engine::Seq seq, std::uint64_t size) const override;
  engine::Result<engine::Path> consistency(std::uint64_t from, std::uint64_t to) const override;
  engine::Result<std::optional<engine::LogEntry>> entry(engine::Seq seq) const override;
  // For size <= head()->size.
  engine::Result<Digest> root_of(std::uint64_t size) const { return store_.root_of(size); }

 private:
  struct Waiting {
    std::uint64_t first = 0;  // seq of the first leaf
    std::vector<Leaf> leaves;
    Digest frame{};  // the hash of the frame that the last leaf is of
  };
  Tree(TreeOptions options, TreeStore store, HeadSigner signer, Journal const& journal, KeyStore const& keys);
  void run(engine::Clock& clock, std::function<void(engine::Failure const&)> const& on_failure);
  engine::Result<void> check_place() const;
  engine::Result<void> check_head() const;
  engine::Result<void> grow(engine::Clock& clock);
  engine::Result<void> read_frames(std::uint64_t up_to);
  engine::Result<void> sign(engine::Instant at);
  engine::Result<std::optional<Secret>> open_secret(RecordParts const& parts) const;

  TreeOptions const options_;
  TreeStore store_;
  HeadSigner const signer_;
  std::unique_ptr<FrameReader const> const frames_;
  KeyStore const& keys_;
  LogSalts const salts_;
  TreePlace place_;  // where the leaves that were appended end; the tree's thread

  mutable std::mutex mutex_;  // of what follows: taken once a frame and once an interval
  std::condition_variable stopped_;
  bool is_stopping_ = false;
  Waiting waiting_;
  std::uint64_t durable_ = 0;  // the last seq that was handed over, whether there was room for its leaf or not
  std::optional<TreeHead> head_;

  std::thread thread_;
};

}  // namespace persistence
