// See the header.
#include "tools/ebb/vitals.h"

#include <fmt/format.h>

#include <chrono>

namespace ebb {
namespace {

using namespace std::chrono_literals;
using persistence::Room;

constexpr auto snapshot_warned_from = 1s;  // a reader is done in milliseconds; this one holds pages

std::uint64_t mib(std::int64_t count) {
  return static_cast<std::uint64_t>(count) << 20;
}

gateway::Takes takes_with(Room room) {
  switch (room) {
    case Room::Enough:
    case Room::Low:
      return gateway::Takes::Everything;
    case Room::NothingNew:
      return gateway::Takes::NothingNew;
    case Room::ReadOnly:
      break;
  }
  return gateway::Takes::Nothing;
}

std::string_view said(Room room) {
  switch (room) {
    case Room::Enough:
      return "the disk has room again";
    case Room::Low:
      return "the disk is getting full";
    case Room::NothingNew:
      return "the disk is nearly full: nothing new is published";
    case Room::ReadOnly:
      break;
  }
  return "the disk is full: read-only, bids are refused";
}

void measure_commits(persistence::Journal& journal, gateway::Metrics& metrics, gateway::TreeFigures& tree) {
  auto& commit = metrics.histogram("ebb_journal_commit_seconds", "From a frame handed over to its being durable");
  auto& disk = metrics.histogram("ebb_journal_disk_seconds", "Of that, write and flush");
  auto& frames = metrics.counter("ebb_journal_frames_total", "Frames committed");
  auto& commands = metrics.counter("ebb_journal_commands_total", "Commands committed; by frames: the size of a batch");
  auto& bytes = metrics.counter("ebb_journal_bytes_total", "Bytes of the frames committed");
  auto& batch = metrics.gauge("ebb_journal_batch_commands", "Commands in the last frame");
  auto& segment = metrics.gauge("ebb_journal_segment_bytes", "In use in the segment that is written");
  journal.measure(
      [&commit, &disk, &frames, &commands, &bytes, &batch, &segment, &tree](persistence::Measured const& of) {
        commit.observe(of.whole);
        disk.observe(of.disk);
        frames.add();
        commands.add(of.commands);
        bytes.add(of.bytes);
        batch.set(static_cast<std::int64_t>(of.commands));
        segment.set(static_cast<std::int64_t>(of.segment_bytes));
        tree.committed(of.last);
      });
}

}  // namespace

Vitals::Vitals(Config const& config, persistence::Store& store, gateway::Metrics& metrics, gateway::TreeFigures& tree,
               gateway::Log& log, gateway::Server& server)
    : tables_(*store.tables),
      log_(log),
      server_(server),
      room_([directory =
                 std::filesystem::path{config.data_directory}] { return persistence::free_bytes_under(directory); },
            {.low = mib(config.data_free_low_mib),
             .nothing_new = mib(config.data_free_new_mib),
             .read_only = mib(config.data_free_bids_mib)}),
      room_now_(metrics.gauge("ebb_disk_room", "0 enough, 1 low, 2 nothing new is published, 3 read-only")),
      oldest_snapshot_(metrics.gauge("ebb_tables_oldest_snapshot_ms", "Age of the oldest open read of the tables")),
      snapshot_seq_(metrics.gauge("ebb_snapshot_seq", "Up to where the newest snapshot goes; 0: there is none")),
      snapshot_bytes_(metrics.gauge("ebb_snapshot_bytes", "Of the last one made since the start")),
      snapshot_seconds_(metrics.histogram("ebb_snapshot_seconds", "What making one took")),
      snapshots_failed_(metrics.counter("ebb_snapshots_failed_total", "Snapshots that did not come to be")) {
  measure_commits(*store.journal, metrics, tree);
  metrics.gauge("ebb_disk_free_bytes", "Free on the disk of the data directory",
                [this] { return static_cast<std::int64_t>(room_.free_bytes()); });
  metrics.gauge("ebb_tables_bytes", "In use in the file of the tables",
                [this] { return static_cast<std::int64_t>(tables_.used_bytes()); });
  metrics.gauge("ebb_tables_bytes_max", "What that file may grow to",
                [this] { return static_cast<std::int64_t>(tables_.map_bytes()); });
}

void Vitals::look() {
  auto const before = room_.room();
  auto const now = room_.look();
  if (!now) return log_.say(gateway::Log::Level::Error, "free space unknown", {{"why", now.error().what}});
  if (*now != before) note(before, *now);
  auto const age = std::chrono::duration_cast<std::chrono::milliseconds>(tables_.oldest_snapshot());
  oldest_snapshot_.set(age.count());
  if (age >= snapshot_warned_from) {
    log_.say(gateway::Log::Level::Warning, "a read of the tables stays open",
             {{"for_ms", std::to_string(age.count())}});
  }
}

persistence::CheckpointTold Vitals::of_snapshots() {
  return {.made =
              [this](persistence::Checkpointed const& made) {
                began_with(made.seq);
                snapshot_bytes_.set(static_cast<std::int64_t>(made.bytes));
                snapshot_seconds_.observe(made.took);
                auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(made.took);
                log_.say(gateway::Log::Level::Info, "snapshot made",
                         {{"seq", std::to_string(made.seq.number())},
                          {"replayed", std::to_string(made.commands)},
                          {"bytes", std::to_string(made.bytes)},
                          {"ms", std::to_string(took.count())}});
              },
          .failed =
              [this](engine::Failure const& why) {
                snapshots_failed_.add();
                log_.say(gateway::Log::Level::Error, "no snapshot: bids go on, and a start replays more",
                         {{"why", why.what}});
              }};
}

void Vitals::note(Room before, Room now) {
  room_now_.set(static_cast<std::int64_t>(now));
  server_.take(takes_with(now));
  auto const level = now > before ? gateway::Log::Level::Warning : gateway::Log::Level::Info;
  log_.say(level, said(now), {{"free_mib", std::to_string(room_.free_bytes() >> 20)}});
}

}  // namespace ebb
