// A disk with snapshots: journal, keys, tables and a checkpointer, over a memory as small as one can be: what was
// decided, as text.
#pragma once

#include <chrono>
#include <set>
#include <thread>

#include "persistence/checkpointer.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {

// Remembers what every frame decided; a piece each.
class Chronicle final : public persistence::Fold {
 public:
  bool load(std::string_view section, std::string_view piece) override {
    if (section == persistence::pictures_section) return has_pictures_ = piece == "pictures";
    if (piece == unreadable) return false;
    told.emplace_back(piece);
    return section == persistence::hall_section;
  }
  void apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) override {
    told.push_back(outcomes_of(frame));
    if (auto const* bid = std::get_if<engine::PlaceBid>(&frame.front().command)) {
      told.back() += " at " + std::to_string(bid->price.in_fen());
    }
    outcomes.put_raw(outcomes_of(frame));
  }
  bool is_whole() const override { return has_pictures_; }
  std::uint64_t state() const override {
    std::string all;
    for (auto const& one : told) all += one + "\n";
    return std::hash<std::string>{}(all);
  }
  void save(TakePiece const& take) const override {
    for (auto const& piece : told) take(persistence::hall_section, piece);
    take(persistence::pictures_section, "pictures");
  }

  static constexpr std::string_view unreadable = "of another layout";
  std::vector<std::string> told;

 private:
  bool has_pictures_ = false;
};

class SnapshotDisk {
 public:
  explicit SnapshotDisk(std::filesystem::path const& directory, std::size_t segment_bytes = std::size_t{64} << 20)
      : disk(directory, segment_bytes) {}
  ~SnapshotDisk() { stop(); }

  // As a server starts. What it began with, and what it was told on the way.
  std::optional<persistence::SnapshotAbout> start() {
    stop();
    good(disk.open());
    tables = good(persistence::Tables::open(disk.directory() / "tables", {.map_bytes = std::size_t{16} << 20}));
    lines.clear();
    memory = {};
    persistence::SnapshotTarget const target{[this](auto section, auto piece) { return memory.load(section, piece); },
                                             [this] { return memory.is_whole(); }, [this] { memory = {}; }};
    auto const frames = disk.journal().frames();
    auto const begun_with =
        persistence::load_newest_snapshot({snapshots(), *disk.keys().snapshot_key(), *frames, tables->applied()},
                                          target, [this](std::string const& line) { lines.push_back(line); });
    replayed = good(disk.recover(begun_with));
    engine::ByteWriter ignored;
    std::vector<engine::Sequenced> frame;
    for (auto const& command : disk.recovered()) {
      frame.push_back(command);
      if (!frame_ends.contains(command.seq.number())) continue;
      memory.apply(frame, ignored);
      frame.clear();
    }
    return begun_with;
  }
  void stop() {
    tables.reset();
    disk.stop();
  }
  void commit(std::vector<engine::Sequenced> const& frame) {
    good(disk.commit(frame));
    frame_ends.insert(frame.back().seq.number());
    engine::ByteWriter ignored;
    memory.apply(frame, ignored);
  }
  void commit_tables(std::uint64_t seq) { good(tables->commit(engine::Seq{seq})); }

  persistence::CheckpointOptions options() const {
    persistence::CheckpointOptions options;
    options.directory = snapshots();
    options.every = 1;
    options.at_stop_from = 1;
    options.looks_every = std::chrono::milliseconds{1};
    return options;
  }
  persistence::CheckpointTold told() {
    return {[this](persistence::Checkpointed const& one) { made.push_back(one); },
            [this](engine::Failure const& why) { failures.push_back(why.what); }};
  }
  std::unique_ptr<persistence::Checkpointer> checkpointer(persistence::CheckpointOptions const& how) {
    return std::make_unique<persistence::Checkpointer>(
        how, disk.journal(), disk.keys(), *tables, [] { return std::make_unique<Chronicle>(); }, told());
  }
  // One snapshot now, as a kind stop makes it.
  void checkpoint() { checkpointer(options())->finish(); }
  std::filesystem::path snapshots() const { return disk.directory() / "snapshots"; }
  std::filesystem::path snapshot_of(std::uint64_t seq) const {
    auto const digits = std::to_string(seq);
    return snapshots() / (std::string(20 - digits.size(), '0') + digits + ".snap");
  }
  std::vector<std::uint64_t> kept() const {
    std::vector<std::uint64_t> seqs;
    for (auto const& one : persistence::snapshots_in(snapshots())) seqs.push_back(one.seq.number());
    return seqs;
  }

  Disk disk;
  std::unique_ptr<persistence::Tables> tables;
  Chronicle memory;
  std::set<std::uint64_t> frame_ends;
  persistence::Progress replayed;
  std::vector<std::string> lines;
  std::vector<persistence::Checkpointed> made;
  std::vector<std::string> failures;
};

}  // namespace tests
