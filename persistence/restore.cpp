// See the header.
#include "persistence/restore.h"

#include <utility>
#include <vector>

#include "persistence/backup_heads.h"
#include "persistence/backup_keys.h"
#include "persistence/backup_set.h"
#include "persistence/backup_source.h"
#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/segment_writer.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

bool is_behind(FrameHeader const& header, Until const& until) {
  if (auto const* seq = std::get_if<engine::Seq>(&until)) return header.last() > *seq;
  if (auto const* at = std::get_if<engine::Instant>(&until)) return header.at > *at;
  return false;
}

// `until` lies behind the first record of the frame and before its last. Of a time only the last record's is known
// without looking inside, and that one is too late.
bool is_cut(FrameHeader const& header, Until const& until) {
  if (auto const* seq = std::get_if<engine::Seq>(&until)) return header.first <= *seq;
  return std::holds_alternative<engine::Instant>(until) && header.count > 1;
}

class Restore {
 public:
  Restore(BackupSet const& set, RestoreOptions const& options) : set_(set), options_(options) {}

  // Reads all that is wanted, writes nothing: it is whole, and where it ends is known.
  engine::Result<void> find_end() {
    BackupChain chain;
    for (auto const& backed : set_.segments()) {
      chain.begin(backed.segment.number);
      auto const read = set_.read(backed, [&](std::string_view frame) { return look(frame, chain); });
      if (!read) return std::unexpected(read.error());
      if (*read == Reading::Enough) break;
      if (chain.segment() != backed.segment) {
        return failed(set_.frames_of(backed.segment.number).string() + ": not what the index lists");
      }
    }
    if (chain.frames() == 0) return failed("the backup holds nothing at or before what was asked for");
    restored_.tail = chain.tail();
    restored_.frames = chain.frames();
    restored_.commands = chain.commands();
    restored_.commands_cut_off = set_.segments().back().segment.last.number() - chain.tail().last.number();
    return sort_heads();
  }

  engine::Result<void> write() {
    auto const journal = options_.directory / "journal";
    if (auto anchored = write_anchor(); !anchored) return anchored;
    if (options_.keys_from) {
      auto const keys = restore_keys(*options_.keys_from, options_.directory / "keys");
      if (!keys) return std::unexpected(keys.error());
      restored_.keys = *keys;
      if (auto begun = begin_tree(); !begun) return begun;
    }
    if (auto made = make_directory(journal); !made) return made;
    BackupChain chain;
    Manifest sealed;
    for (auto const& backed : set_.segments()) {
      if (chain.tail().last == restored_.tail.last) break;
      auto const end = write_segment(backed, journal, chain);
      if (!end) return std::unexpected(end.error());
      if (*end == SegmentWriter::End::Sealed) sealed.push_back(backed.segment);
    }
    if (chain.tail().head != restored_.tail.head) return failed("the backup changed while it was read");
    if (auto finished = tree_ ? tree_->finish() : engine::Result<void>{}; !finished) return finished;
    if (auto synced = sync_directory(journal); !synced) return synced;
    return write_manifest(journal / "MANIFEST", sealed);
  }

  Restored const& done() const { return restored_; }

 private:
  using Reading = BackupSet::Reading;

  engine::Result<Reading> look(std::string_view frame, BackupChain& chain) {
    if (auto const header = decode_header(frame); header && is_behind(*header, options_.until)) {
      if (is_cut(*header, options_.until)) restored_.left_out = {header->first, header->last()};
      return Reading::Enough;
    }
    auto const header = chain.follow(frame);
    if (!header) return std::unexpected(header.error());
    restored_.at = header->at;
    return Reading::GoOn;
  }

  engine::Result<void> sort_heads() {
    auto const heads = heads_of_backup(options_.from);
    if (!heads) return std::unexpected(heads.error());
    for (auto const& head : *heads) {
      if (head.size <= restored_.tail.last.number()) {
        heads_.push_back(head);
      } else {
        restored_.newest_beyond = head;
        ++restored_.heads_beyond;
      }
    }
    restored_.heads = heads_.size();
    return {};
  }

  // Without signed heads there is nothing in a tree that the next start would not make.
  engine::Result<void> begin_tree() {
    if (heads_.empty()) return {};
    auto const keys = KeyStore::open(options_.directory / "keys", Access::ReadOnly);
    if (!keys) return std::unexpected(keys.error());
    auto tree = TreeAgain::begin(options_.directory / "tree", *keys, heads_);
    if (!tree) return std::unexpected(tree.error());
    tree_ = std::move(*tree);
    return {};
  }

  engine::Result<SegmentWriter::End> write_segment(BackedSegment const& backed, fs::path const& journal,
                                                   BackupChain& chain) {
    auto segment = SegmentWriter::begin(journal / name_of_segment(backed.segment.number));
    if (!segment) return std::unexpected(segment.error());
    chain.begin(backed.segment.number);
    auto const read = set_.read(backed, [&](std::string_view frame) -> engine::Result<Reading> {
      if (chain.tail().last == restored_.tail.last) return Reading::Enough;
      auto const header = chain.follow(frame);
      if (!header) return std::unexpected(header.error());
      if (auto appended = segment->append(header->first, frame); !appended) return std::unexpected(appended.error());
      auto const grown = tree_ ? tree_->grow(*header, frame, chain.tail().head) : engine::Result<void>{};
      if (!grown) return std::unexpected(grown.error());
      return Reading::GoOn;
    });
    if (!read) return std::unexpected(read.error());
    bool const is_sealed = backed.state == BackedSegment::State::Sealed && chain.segment() == backed.segment;
    auto const end = is_sealed ? SegmentWriter::End::Sealed : SegmentWriter::End::GoesOn;
    if (auto finished = segment->finish(end); !finished) return std::unexpected(finished.error());
    return end;
  }

  // Under its name only once it holds the tail: an anchor that has seen nothing would let a new journal begin here.
  engine::Result<void> write_anchor() const {
    auto const fresh = options_.directory / "ANCHOR.new";
    {
      auto anchor = Anchor::open(fresh, Access::ReadWrite);
      if (!anchor) return std::unexpected(anchor.error());
      if (auto held = anchor->hold(restored_.tail); !held) return held;
      if (auto synced = anchor->sync(); !synced) return synced;
    }
    std::error_code error;
    fs::rename(fresh, options_.directory / "ANCHOR", error);
    if (error) return failed(fresh.string() + ": rename: " + error.message());
    return sync_directory(options_.directory);
  }

  BackupSet const& set_;
  RestoreOptions const& options_;
  Restored restored_;
  std::vector<TreeHead> heads_;  // that are put back
  std::optional<TreeAgain> tree_;
};

engine::Result<void> check_empty(fs::path const& directory) {
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    auto const name = entry.path().filename();
    if (name != "LOCK") return failed(directory.string() + ": not empty: there is " + name.string());
  }
  if (error) return failed(directory.string() + ": " + error.message());
  return {};
}

}  // namespace

engine::Result<Restored> restore(RestoreOptions const& options) {
  auto const set = BackupSet::open(options.from, BackupSet::Begin::OnlyIfThere);
  if (!set) return std::unexpected(set.error());
  if (is_there(options.directory)) {
    if (auto empty = check_empty(options.directory); !empty) return std::unexpected(empty.error());
  }
  Restore restoring{*set, options};
  if (auto found = restoring.find_end(); !found) return std::unexpected(found.error());
  if (auto made = make_directory(options.directory); !made) return std::unexpected(made.error());
  auto const lock = DirectoryLock::take(options.directory);
  if (!lock) return std::unexpected(lock.error());
  if (auto written = restoring.write(); !written) return std::unexpected(written.error());
  return restoring.done();
}

}  // namespace persistence
