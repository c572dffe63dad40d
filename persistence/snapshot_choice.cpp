// See the header.
#include "persistence/snapshot_choice.h"

#include <ranges>
#include <utility>

#include "persistence/failure.h"
#include "persistence/key_store.h"
#include "persistence/segments.h"
#include "persistence/tables.h"

namespace persistence {
namespace {

using engine::Result;

// Larger than any segment, so that whatever size it was written with, it can be mapped.
constexpr std::size_t segment_bytes_any = std::size_t{8} << 30;

std::string number(engine::Seq seq) {
  return std::to_string(seq.number());
}

// The frame that ends at its seq is the journal's own: through the chain, so is everything before it.
Result<void> belongs(SnapshotAbout const& about, SnapshotJournal const& journal) {
  auto const frame = journal.frames.frame_of(about.seq);
  if (!frame) return std::unexpected(frame.error());
  if (!*frame) return failed("the journal ends before it");
  auto const header = decode_header(**frame);
  if (!header) return std::unexpected(header.error());
  if (header->last() != about.seq) return failed("no frame of the journal ends there: it is of another journal");
  auto const hash = Hasher{}.of({**frame});
  if (hash == about.frame) return {};
  return failed("it follows a frame with the hash " + hex(view(about.frame)) + ", and the journal's has " +
                hex(view(hash)) + ": it is of another journal");
}

Result<SnapshotReader> open_and_hold(SnapshotPlace const& place, SnapshotJournal const& journal) {
  auto reader = SnapshotReader::open(place.path, journal.key);
  if (!reader) return reader;
  if (place.seq > journal.applied) {
    return failed("the tables have applied only seq " + number(journal.applied));
  }
  if (auto fits = belongs(reader->about(), journal); !fits) return std::unexpected(fits.error());
  return reader;
}

Result<void> authenticate(SnapshotPlace const& place, Digest const& key) {
  auto reader = SnapshotReader::open(place.path, key);
  if (!reader) return std::unexpected(reader.error());
  return reader->each([](std::string_view, std::string_view) -> Result<void> { return {}; });
}

}  // namespace

Result<SnapshotAbout> load_from(SnapshotPlace const& place, SnapshotJournal const& journal,
                                SnapshotTarget const& target) {
  auto reader = open_and_hold(place, journal);
  if (!reader) return std::unexpected(reader.error());
  auto loaded = reader->each([&](std::string_view section, std::string_view piece) -> Result<void> {
    if (target.load(section, piece)) return {};
    return failed("its " + std::string{section} + " is of another version of this program");
  });
  if (loaded && !target.is_whole()) loaded = failed(place.path.string() + ": pieces are missing");
  if (loaded && target.state && target.state() != reader->about().state) {
    loaded = failed(place.path.string() + ": its hall is another than the one that was saved");
  }
  if (loaded) return reader->about();
  target.forget();
  return std::unexpected(loaded.error());
}

std::optional<SnapshotAbout> load_newest_snapshot(SnapshotJournal const& journal, SnapshotTarget const& target,
                                                  TellLine const& tell) {
  for (auto const& place : snapshots_in(journal.directory)) {
    auto const loaded = load_from(place, journal, target);
    if (loaded) return *loaded;
    tell("snapshot of seq " + number(place.seq) + " is not used: " + loaded.error().what);
  }
  return std::nullopt;
}

Result<SnapshotAbout> load_oldest_snapshot(std::filesystem::path const& data_directory, SnapshotTarget const& target) {
  auto const directory = data_directory / snapshots_folder;
  auto const keys = KeyStore::open(data_directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  if (!keys->snapshot_key()) return failed("there is no key for snapshots");
  auto const segments = Segments::open(data_directory / "journal", Access::ReadOnly, segment_bytes_any);
  if (!segments) return std::unexpected(segments.error());
  auto const frames = segments->reader();
  Result<SnapshotAbout> loaded = failed("there is no snapshot");
  for (auto const& place : std::views::reverse(snapshots_in(directory))) {
    loaded = load_from(place, {directory, *keys->snapshot_key(), *frames, place.seq}, target);
    if (loaded) break;
  }
  return loaded;
}

Result<std::vector<SnapshotSeen>> look_at_snapshots(std::filesystem::path const& data_directory) {
  std::vector<SnapshotSeen> seen;
  auto const directory = data_directory / snapshots_folder;
  auto const places = snapshots_in(directory);
  if (places.empty()) return seen;
  auto const keys = KeyStore::open(data_directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  auto const segments = Segments::open(data_directory / "journal", Access::ReadOnly, segment_bytes_any);
  if (!segments) return std::unexpected(segments.error());
  auto const frames = segments->reader();
  auto const applied = Tables::applied_in(data_directory / "tables").value_or(engine::Seq{});
  for (auto const& place : places) {
    SnapshotSeen one{place.seq, {}, "there is no key for it"};
    if (keys->snapshot_key()) {
      auto const key = *keys->snapshot_key();
      one.why_not = why_not(place, {directory, key, *frames, place.seq}).value_or("");
      if (one.why_not.empty()) {
        one.about = SnapshotReader::open(place.path, key)->about();
        one.why_not = why_not(place, {directory, key, *frames, applied}).value_or("");
      }
    }
    seen.push_back(std::move(one));
  }
  return seen;
}

std::optional<std::string> why_not(SnapshotPlace const& place, SnapshotJournal const& journal) {
  if (auto const held = open_and_hold(place, journal); !held) return held.error().what;
  if (auto const whole = authenticate(place, journal.key); !whole) return whole.error().what;
  return std::nullopt;
}

}  // namespace persistence
