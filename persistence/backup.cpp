// See the header.
#include "persistence/backup.h"

#include <algorithm>

#include "persistence/backup_heads.h"
#include "persistence/backup_keys.h"
#include "persistence/backup_set.h"
#include "persistence/backup_source.h"
#include "persistence/directory_lock.h"
#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

using State = BackedSegment::State;

std::string name_of(SealedSegment const& segment) {
  return "segment " + name_of_segment(segment.number);
}

class Backup {
 public:
  Backup(BackupSource const& source, BackupSet& set) : source_(source), set_(set) {}

  engine::Result<BackedUp> run() {
    auto const segments = std::max<std::size_t>(source_.sealed().size(), source_.last());
    if (set_.segments().size() > segments) return other_journal("there are more segments in it");
    for (std::uint32_t number = 1; number <= segments; ++number) {
      if (auto done = segment(number); !done) return std::unexpected(done.error());
    }
    if (chain_.tail().last < source_.anchor().last) {
      return failed("the journal ends at seq " + std::to_string(chain_.tail().last.number()) +
                    ", but its anchor has seen " + std::to_string(source_.anchor().last.number()) +
                    ": it lost what was acknowledged; the backup keeps what it has");
    }
    done_.tail = chain_.tail();
    done_.segments = set_.segments().size();
    return done_;
  }

 private:
  std::unexpected<engine::Failure> other_journal(std::string const& why) const {
    return failed(set_.directory().string() + " is the backup of another journal: " + why);
  }

  engine::Result<void> segment(std::uint32_t number) {
    auto const had = set_.find(number);
    if (!had) return copy_anew(number, {});
    auto const last_frame = set_.check(*had, chain_);
    if (!last_frame) {
      done_.mended.push_back(last_frame.error().what);
      auto const before = set_.find(number - 1);
      chain_.trust(before ? before->segment : SealedSegment{});
      return copy_anew(number, had->segment);
    }
    if (had->state == State::Growing) return go_on(*had, *last_frame);
    if (number > source_.sealed().size() || source_.sealed()[number - 1] != had->segment) {
      return other_journal(name_of(had->segment) + " ends otherwise");
    }
    ++done_.segments_kept;
    return {};
  }

  // Behind what is there. The last frame of that is read again: here, too, it must be the last of the same.
  engine::Result<void> go_on(BackedSegment const& had, engine::Seq last_frame) {
    auto file = FrameFile::open(set_.frames_of(had.segment.number), had.bytes);
    if (!file) return std::unexpected(file.error());
    Hasher hasher;
    bool is_same = false;
    auto const copied = source_.read(had.segment.number, last_frame, [&](std::string_view frame) {
      if (is_same) return take(frame, *file);
      is_same = hasher.of({frame}) == had.segment.head;
      return is_same ? engine::Result<void>{} : other_journal(name_of(had.segment) + " went on otherwise");
    });
    if (!copied) return copied;
    if (!is_same) return other_journal(name_of(had.segment) + " ends earlier");
    auto const bytes = file->finish();
    if (!bytes) return std::unexpected(bytes.error());
    if (chain_.segment() == had.segment) ++done_.segments_kept;
    return hold(*bytes);
  }

  // From its beginning, beside what may lie there. `had` is what the index says of that: the same must come out.
  engine::Result<void> copy_anew(std::uint32_t number, SealedSegment const& had) {
    auto const path = set_.frames_of(number);
    auto const fresh = fs::path{path.string() + ".new"};
    auto file = FrameFile::open(fresh, 0);
    if (!file) return std::unexpected(file.error());
    chain_.begin(number);
    auto const copied = source_.read(number, {}, [&](std::string_view frame) -> engine::Result<void> {
      if (auto taken = take(frame, *file); !taken) return taken;
      bool const is_other = chain_.tail().last == had.last && chain_.tail().head != had.head;
      return is_other ? other_journal(name_of(had) + " is another one") : engine::Result<void>{};
    });
    if (!copied) return copied;
    if (chain_.tail().last < had.last) return other_journal(name_of(had) + " ends earlier");
    auto const bytes = file->finish();
    if (!bytes) return std::unexpected(bytes.error());
    std::error_code error;
    if (chain_.segment().frames == 0) {
      fs::remove(fresh, error);  // a segment that was just begun: nothing to hold yet
      return {};
    }
    fs::rename(fresh, path, error);
    if (error) return failed(fresh.string() + ": rename: " + error.message());
    return hold(*bytes);
  }

  engine::Result<void> take(std::string_view frame, FrameFile& file) {
    auto const header = chain_.follow(frame);
    if (!header) return failed(name_of(chain_.segment()) + ": " + header.error().what);
    auto const& anchor = source_.anchor();
    if (chain_.tail().last == anchor.last && chain_.tail().head != anchor.head) {
      return failed("seq " + std::to_string(anchor.last.number()) +
                    " is not what the anchor has seen: this is another journal");
    }
    done_.at = header->at;
    ++done_.frames_copied;
    done_.commands_copied += header->count;
    done_.bytes_copied += frame.size();
    return file.append(frame);
  }

  engine::Result<void> hold(std::uint64_t bytes) {
    auto const& segment = chain_.segment();
    bool const is_sealed = segment.number <= source_.sealed().size();
    if (is_sealed && segment != source_.sealed()[segment.number - 1]) {
      return failed(name_of(segment) + ": not what the manifest lists");
    }
    return set_.hold({segment, is_sealed ? State::Sealed : State::Growing, bytes});
  }

  BackupSource const& source_;
  BackupSet& set_;
  BackupChain chain_;
  BackedUp done_;
};

bool is_inside(fs::path const& path, fs::path const& other) {
  auto const inner = fs::weakly_canonical(path);
  auto const outer = fs::weakly_canonical(other);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

engine::Result<void> check_places(BackupOptions const& options) {
  if (is_inside(options.to, options.directory)) {
    return failed(options.to.string() + ": inside of what is to be backed up");
  }
  auto const& keys_to = options.keys_to;
  if (keys_to && (is_inside(*keys_to, options.to) || is_inside(options.to, *keys_to))) {
    return failed(keys_to->string() + ": keys beside what they open would open it for whoever finds the backup");
  }
  return {};
}

}  // namespace

engine::Result<BackedUp> back_up(BackupOptions const& options) {
  if (auto fit = check_places(options); !fit) return std::unexpected(fit.error());
  auto const source = BackupSource::open(options.directory, options.archive);
  if (!source) return std::unexpected(source.error());
  if (auto made = make_directory(options.to); !made) return std::unexpected(made.error());
  auto const lock = DirectoryLock::take(options.to);
  if (!lock) return std::unexpected(lock.error());
  auto set = BackupSet::open(options.to, BackupSet::Begin::IfEmpty);
  if (!set) return std::unexpected(set.error());
  if (auto made = make_directory(options.to / "frames"); !made) return std::unexpected(made.error());
  auto done = Backup{*source, *set}.run();
  if (!done) return done;
  auto const heads = back_up_heads(options.directory, options.to, done->tail.last.number());
  if (!heads) return std::unexpected(heads.error());
  done->heads_copied = *heads;
  if (!options.keys_to) return done;
  // Behind the frames: a key is durable before any frame that needs it.
  auto const keys = back_up_keys(options.directory / "keys", *options.keys_to);
  if (!keys) return std::unexpected(keys.error());
  done->keys = keys->keys;
  done->keys_destroyed = keys->destroyed;
  return done;
}

}  // namespace persistence
