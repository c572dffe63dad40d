// See the header.
#include "persistence/recovery.h"

#include "engine/check.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

class Recovery {
 public:
  Recovery(Journal& journal, ApplyFrame const& apply_frame, ReportProgress const& report, engine::Seq goal,
           std::optional<SnapshotAbout> const& begun_with)
      : journal_(journal), apply_frame_(apply_frame), report_(report) {
    progress_.goal = goal;
    if (!begun_with) return;
    known_ = {begun_with->seq, begun_with->frame};
    progress_.seq = begun_with->seq;
    outcomes_ = begun_with->outcomes;
  }

  engine::Result<Progress> run() {
    Walked walked;
    auto read = journal_.read(walked, [&](WalkedFrame const& frame) { return apply(frame); }, known_);
    if (!read) return std::unexpected(read.error());
    journal_.continue_from(walked, outcomes_);
    report_(progress_);
    return progress_;
  }

 private:
  engine::Result<void> apply(WalkedFrame const& frame) {
    if (frame.header.outcomes != outcomes_) {
      return failed("everything before seq " + std::to_string(frame.header.first.number()) +
                    " was decided differently than now: outcome digest " + hex(view(frame.header.outcomes)) +
                    " in the journal, " + hex(view(outcomes_)) + " now");
    }
    auto const commands = decode_records(frame.header, frame.bytes, journal_.vault());
    if (!commands) return std::unexpected(commands.error());
    auto const outcomes = apply_frame_(*commands);
    if (!outcomes) return std::unexpected(outcomes.error());
    outcomes_ = hasher_.of({view(outcomes_), *outcomes});
    advance(frame.header);
    return {};
  }

  void advance(FrameHeader const& header) {
    auto const before = progress_.commands / commands_a_progress;
    ++progress_.frames;
    progress_.commands += header.count;
    progress_.seq = header.last();
    if (progress_.commands / commands_a_progress != before) report_(progress_);
  }

  Journal& journal_;
  ApplyFrame const& apply_frame_;
  ReportProgress const& report_;
  Tail known_;  // where the snapshot stands
  Progress progress_;
  Digest outcomes_{};
  Hasher hasher_;
};

}  // namespace

engine::Result<Store> open_store(StoreOptions const& options) {
  auto const& directory = options.directory;
  if (auto made = make_directory(directory); !made) return std::unexpected(made.error());
  auto lock = DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  auto alive = Alive::open(directory / "ALIVE");
  if (!alive) return std::unexpected(alive.error());
  auto opened_keys = KeyStore::open(directory / "keys", Access::ReadWrite);
  if (!opened_keys) return std::unexpected(opened_keys.error());
  auto keys = std::make_unique<KeyStore>(std::move(*opened_keys));
  auto journal = Journal::open({.directory = directory / "journal",
                                .anchor = directory / "ANCHOR",
                                .segment_bytes = options.segment_bytes,
                                .filling = options.filling},
                               *keys);
  if (!journal) return std::unexpected(journal.error());
  auto tables = Tables::open(directory / "tables", options.tables);
  if (!tables) return std::unexpected(tables.error());
  return Store{directory,       std::move(*lock),    std::move(*alive),
               std::move(keys), std::move(*journal), std::move(*tables)};
}

engine::Result<Progress> recover(Journal& journal, ApplyFrame const& apply_frame, ReportProgress const& report,
                                 std::optional<SnapshotAbout> const& begun_with) {
  auto const goal = journal.last_key();
  if (!goal) return std::unexpected(goal.error());
  return Recovery{journal, apply_frame, report, *goal, begun_with}.run();
}

std::optional<SnapshotAbout> begin_with_snapshot(Store const& store, SnapshotTarget const& target,
                                                 TellLine const& tell) {
  CHECK(store.keys->snapshot_key().has_value());  // opened to be written, the key store has made one
  auto const frames = store.journal->frames();
  return load_newest_snapshot(
      {store.directory / snapshots_folder, *store.keys->snapshot_key(), *frames, store.tables->applied()}, target,
      tell);
}

}  // namespace persistence
