// See the header.
#include "persistence/trim.h"

#include <fcntl.h>

#include <algorithm>
#include <optional>

#include "persistence/anchor.h"
#include "persistence/backup_chain.h"
#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/key_store.h"
#include "persistence/leaf.h"
#include "persistence/record.h"
#include "persistence/segment_writer.h"
#include "persistence/segments.h"
#include "persistence/tables.h"
#include "persistence/tree_store.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

using engine::Result;

// Larger than any segment, so that whatever size it was written with, it can be mapped.
constexpr std::size_t segment_bytes_any = std::size_t{8} << 30;
constexpr int patience = 5;  // a file that is being written may be seen between two of its writes
constexpr std::size_t snapshots_needed = 2;

std::string number(engine::Seq seq) {
  return std::to_string(seq.number());
}

template <class T, class Open>
Result<T> patiently(Open const& open) {
  auto opened = open();
  for (int tried = 1; !opened && tried < patience; ++tried) opened = open();
  return opened;
}

// What a power cut could still take back of the anchor is certain now.
Result<Tail> certain_anchor(fs::path const& path) {
  auto file = File::open(path, O_RDONLY);
  if (!file) return std::unexpected(file.error());
  auto const anchor = patiently<Anchor>([&] { return Anchor::open(path, Access::ReadOnly); });
  if (!anchor) return std::unexpected(anchor.error());
  if (auto synced = file->sync(); !synced) return std::unexpected(synced.error());
  return anchor->tail();
}

// Frames in order, as they lie in an archive: their leaves are those of the tree, and every private part opens with the
// keys that stay behind, or its key was destroyed.
class FramesHeld {
 public:
  FramesHeld(TreeStore const& tree, KeyStore const& keys, LogSalts const& salts)
      : tree_(tree), keys_(keys), salts_(salts) {}

  Result<void> see(FrameHeader const& header, std::string_view frame) {
    if (auto opened = open_secrets(frame); !opened) return opened;
    find_leaves(frame.substr(frame_header_bytes), salts_, leaves_);
    auto index = header.first.number() - 1;
    for (auto const& leaf : leaves_) {
      if (!tile_ || index / TreeStore::tile_hashes != number_) {
        number_ = index / TreeStore::tile_hashes;
        auto tile = tree_.tile(0, number_);
        if (!tile) return std::unexpected(tile.error());
        tile_ = std::move(*tile);
      }
      auto const at = index % TreeStore::tile_hashes;
      if (at >= tile_->size() || (*tile_)[at] != leaf) {
        return failed("seq " + std::to_string(index + 1) + " has another leaf in the transparency log");
      }
      ++index;
    }
    return {};
  }

 private:
  Result<void> open_secrets(std::string_view frame) const {
    engine::ByteReader records{frame.substr(frame_header_bytes)};
    while (!records.finished()) {
      auto const parts = split_record(records.get_text());
      if (!records.ok() || !parts) return failed("a record is not as FORMAT.md says");
      if (!parts->owner) continue;
      auto const opened = keys_.open_beside(*parts->owner, parts->seq, parts->sealed);
      if (!opened) return std::unexpected(opened.error());
    }
    return {};
  }

  TreeStore const& tree_;
  KeyStore const& keys_;
  LogSalts const& salts_;
  std::vector<Leaf> leaves_;
  std::uint64_t number_ = 0;
  std::optional<std::vector<Digest>> tile_;
};

class Trimming {
 public:
  Trimming(TrimOptions const& options, Segments const& segments, TreeStore const& tree, KeyStore const& keys,
           SegmentArchive& archive)
      : options_(options),
        journal_(options.directory / "journal"),
        segments_(segments),
        tree_(tree),
        keys_(keys),
        salts_(*keys.log_key()),
        archive_(archive) {}

  Result<TrimmedNow> run() {
    done_.before = segments_.trimmed().segments;
    if (auto found = find_limit(); !found) return std::unexpected(found.error());
    chain_from(done_.before);
    if (auto cleared = remove_left_over(); !cleared) return std::unexpected(cleared.error());
    for (auto const& sealed : segments_.sealed()) {
      if (sealed.number <= done_.before) continue;
      if (sealed.last >= limit_) break;
      if (auto moved = move(sealed); !moved) return std::unexpected(moved.error());
    }
    if (done_.before + done_.moved.size() < segments_.sealed().size()) done_.kept_because = why_;
    return done_;
  }

 private:
  // Segments that end before it may go.
  Result<void> find_limit() {
    auto const applied = Tables::applied_in(options_.directory / "tables", Access::ReadBeside).value_or(engine::Seq{});
    auto const frames = segments_.reader();
    std::string against;
    for (auto const& place : snapshots_in(options_.directory / snapshots_folder)) {
      if (done_.on.size() == snapshots_needed) break;
      auto const loaded = load_from(
          place, {options_.directory / snapshots_folder, *keys_.snapshot_key(), *frames, applied}, options_.snapshots);
      options_.snapshots.forget();
      if (loaded) {
        done_.on.push_back(loaded->seq);
      } else {
        against += "; that of seq " + number(place.seq) + " does not: " + loaded.error().what;
      }
    }
    if (done_.on.size() < snapshots_needed) {
      why_ = std::to_string(done_.on.size()) + " snapshots count, and a start that needs no trimmed segment has two" +
             against;
      return {};
    }
    auto const anchor = certain_anchor(options_.directory / "ANCHOR");
    if (!anchor) return std::unexpected(anchor.error());
    hold(done_.on.back(), "the older of the last two snapshots stands at seq ");
    hold(applied, "the tables have applied seq ");
    hold(engine::Seq{tree_.committed().size}, "the transparency log has come to seq ");
    hold(anchor->last, "the anchor has seen seq ");
    return {};
  }
  void hold(engine::Seq seq, std::string const& what) {
    if (!why_.empty() && seq >= limit_) return;
    limit_ = seq;
    why_ = what + number(seq);
  }

  void chain_from(std::uint32_t segments) {
    chain_ = BackupChain{};
    if (segments > 0) chain_.trust(segments_.sealed()[segments - 1]);
  }

  // Of a run that was interrupted between its last two steps.
  Result<void> remove_left_over() const {
    for (std::uint32_t gone = 1; gone <= done_.before; ++gone) {
      if (auto removed = remove(gone); !removed) return removed;
    }
    return {};
  }

  Result<void> move(SealedSegment const& sealed) {
    std::error_code error;
    auto const bytes = fs::file_size(journal_ / segment_name(sealed.number) / "data.mdb", error);
    // One that is there already, of a run that was interrupted or from before it was brought back, is only read back.
    bool const is_listed = sealed.number <= archive_.segments().size();
    if (!is_listed || !read_back(sealed)) {
      chain_from(sealed.number - 1);
      if (auto copied = copy(sealed); !copied) return copied;
      if (auto same = read_back(sealed); !same) return same;
    }
    tell(TrimStep::ReadBack, sealed);
    auto const folder = fs::absolute(options_.archive).lexically_normal().string();
    if (auto marked = write_trimmed(journal_, {sealed.number, folder}); !marked) return marked;
    tell(TrimStep::Marked, sealed);
    if (auto removed = remove(sealed.number); !removed) return removed;
    tell(TrimStep::Removed, sealed);
    done_.bytes += error ? 0 : bytes;
    done_.moved.push_back(archive_.segments()[sealed.number - 1]);
    return {};
  }

  Result<void> copy(SealedSegment const& sealed) {
    ArchivedSegment archived{sealed, {}, 0, {}};
    auto const root = tree_.root_of(sealed.last.number());
    if (!root) return std::unexpected(root.error());
    archived.root = *root;
    auto file = ArchivedFile::begin(archive_.file_of(sealed));
    if (!file) return std::unexpected(file.error());
    auto const read =
        segments_.read(sealed.number, [&](std::uint64_t, std::string_view frame) { return file->append(frame); });
    if (!read) return read;
    if (auto finished = file->finish(archived); !finished) return finished;
    tell(TrimStep::Copied, sealed);
    if (auto held = archive_.hold(archived); !held) return held;
    tell(TrimStep::Listed, sealed);
    return {};
  }

  Result<void> read_back(SealedSegment const& sealed) {
    chain_.begin(sealed.number);
    FramesHeld held{tree_, keys_, salts_};
    auto const read = archive_.read(sealed.number, [&](std::string_view frame) -> Result<void> {
      auto const header = chain_.follow(frame);
      return header ? held.see(*header, frame) : std::unexpected(header.error());
    });
    if (!read) return read;
    auto const place = archive_.file_of(sealed).string();
    if (chain_.segment() != sealed) return failed(place + ": not what the manifest lists");
    auto const root = tree_.root_of(sealed.last.number());
    if (!root) return std::unexpected(root.error());
    if (*root != archive_.segments()[sealed.number - 1].root) {
      return failed(place + ": the transparency log has another root with as many leaves");
    }
    return {};
  }

  Result<void> remove(std::uint32_t segment) const {
    std::error_code error;
    auto const path = journal_ / segment_name(segment);
    fs::remove_all(path, error);
    if (error) return failed(path.string() + ": remove: " + error.message());
    return sync_directory(journal_);
  }
  void tell(TrimStep step, SealedSegment const& segment) const {
    if (options_.told) options_.told(step, segment);
  }

  TrimOptions const& options_;
  fs::path const journal_;
  Segments const& segments_;
  TreeStore const& tree_;
  KeyStore const& keys_;
  LogSalts const salts_;
  SegmentArchive& archive_;
  BackupChain chain_;
  engine::Seq limit_;
  std::string why_;  // not further than the limit
  TrimmedNow done_;
};

bool is_inside(fs::path const& path, fs::path const& other) {
  auto const inner = fs::weakly_canonical(path);
  auto const outer = fs::weakly_canonical(other);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// One segment under its name, whole and durable, or not at all.
Result<void> bring_back_one(SegmentArchive const& archive, SealedSegment const& sealed, fs::path const& journal,
                            BackupChain& chain) {
  auto const path = journal / segment_name(sealed.number);
  auto const fresh = fs::path{path.string() + ".new"};
  std::error_code error;
  fs::remove_all(fresh, error);
  auto writer = SegmentWriter::begin(fresh);
  if (!writer) return std::unexpected(writer.error());
  chain.begin(sealed.number);
  auto const read = archive.read(sealed.number, [&](std::string_view frame) -> Result<void> {
    auto const header = chain.follow(frame);
    return header ? writer->append(header->first, frame) : std::unexpected(header.error());
  });
  if (!read) return read;
  if (chain.segment() != sealed) return failed(archive.file_of(sealed).string() + ": not what the manifest lists");
  if (auto finished = writer->finish(SegmentWriter::End::Sealed); !finished) return finished;
  fs::remove_all(path, error);  // of a trim that was interrupted
  fs::rename(fresh, path, error);
  if (error) return failed(fresh.string() + ": rename: " + error.message());
  return sync_directory(journal);
}

}  // namespace

Result<TrimmedNow> trim(TrimOptions const& options) {
  auto const& directory = options.directory;
  if (!is_there(directory / "journal")) return failed(directory.string() + ": there is no journal here");
  if (is_inside(options.archive, directory)) {
    return failed(options.archive.string() + ": inside of what is to be trimmed");
  }
  for (auto const& folder : {options.archive, options.archive / "segments"}) {
    if (auto made = make_directory(folder); !made) return std::unexpected(made.error());
  }
  auto const lock = DirectoryLock::take(options.archive);
  if (!lock) return std::unexpected(lock.error());
  auto archive = SegmentArchive::open(options.archive, SegmentArchive::Begin::IfMissing);
  if (!archive) return std::unexpected(archive.error());
  auto const segments =
      patiently<Segments>([&] { return Segments::open(directory / "journal", Access::ReadBeside, segment_bytes_any); });
  if (!segments) return std::unexpected(segments.error());
  if (auto fits = archive->belongs_to(segments->sealed(), segments->trimmed().segments); !fits) {
    return std::unexpected(fits.error());
  }
  if (!is_there(directory / "tree" / "data.mdb")) {
    return failed(directory.string() + ": without its transparency log nothing is trimmed: it alone proves what left");
  }
  auto const keys = patiently<KeyStore>([&] { return KeyStore::open(directory / "keys", Access::ReadBeside); });
  if (!keys) return std::unexpected(keys.error());
  if (!keys->log_key() || !keys->snapshot_key()) return failed(directory.string() + ": keys are missing");
  auto const tree = patiently<TreeStore>([&] { return TreeStore::open(directory / "tree", Access::ReadBeside); });
  if (!tree) return std::unexpected(tree.error());
  return Trimming{options, *segments, *tree, *keys, *archive}.run();
}

Result<BroughtBack> bring_back(fs::path const& archive_folder, fs::path const& directory) {
  auto const journal = directory / "journal";
  if (!is_there(journal)) return failed(directory.string() + ": there is no journal here");
  auto const lock = DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  auto const archive = SegmentArchive::open(archive_folder, SegmentArchive::Begin::OnlyIfThere);
  if (!archive) return std::unexpected(archive.error());
  auto const manifest = read_manifest(journal / "MANIFEST");
  if (!manifest) return std::unexpected(manifest.error());
  auto const trimmed = read_trimmed(journal);
  if (!trimmed) return std::unexpected(trimmed.error());
  if (trimmed->segments > manifest->size()) return failed((journal / trimmed_name).string() + ": not of this manifest");
  if (auto fits = archive->belongs_to(*manifest, trimmed->segments); !fits) return std::unexpected(fits.error());
  BroughtBack done{trimmed->segments, {}};
  if (done.segments == 0) return done;
  BackupChain chain;
  for (std::uint32_t segment = 1; segment <= trimmed->segments; ++segment) {
    auto const& sealed = (*manifest)[segment - 1];
    if (auto back = bring_back_one(*archive, sealed, journal, chain); !back) return std::unexpected(back.error());
    done.last = sealed.last;
  }
  if (auto whole = write_trimmed(journal, {}); !whole) return std::unexpected(whole.error());
  return done;
}

}  // namespace persistence
