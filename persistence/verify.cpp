// See the header.
#include "persistence/verify.h"

#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/key_store.h"

namespace persistence {
namespace {

// Larger than any segment, so that whatever size it was written with, it can be mapped.
constexpr std::size_t segment_bytes_any = std::size_t{8} << 30;

struct Opened {
  DirectoryLock lock;
  Anchor anchor;
  Segments segments;
};

engine::Result<Opened> open_to_read(std::filesystem::path const& directory, std::filesystem::path const& archive) {
  if (!is_there(directory / "journal")) return failed(directory.string() + ": there is no journal here");
  auto lock = DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  auto anchor = Anchor::open(directory / "ANCHOR", Access::ReadOnly);
  if (!anchor) return std::unexpected(anchor.error());
  auto segments = Segments::open(directory / "journal", Access::ReadOnly, segment_bytes_any, archive);
  if (!segments) return std::unexpected(segments.error());
  return Opened{std::move(*lock), std::move(*anchor), std::move(*segments)};
}

constexpr std::uint32_t partition = 0;

engine::Result<std::optional<PublicKey>> head_key_of(std::filesystem::path const& file) {
  if (!is_there(file)) return std::nullopt;
  auto const signer = HeadSigner::open(file, HeadSigner::Missing::Refuse);
  if (!signer) return std::unexpected(signer.error());
  return signer->key();
}

// The transparency log of a directory, fed with its frames.
class LogVerifier {
 public:
  // Nothing: without the key of the log no leaf can be computed.
  static engine::Result<std::unique_ptr<LogVerifier>> open(std::filesystem::path const& directory, Kept kept) {
    if (!is_there(directory / "keys" / "data.mdb")) return nullptr;
    auto const keys = KeyStore::open(directory / "keys", Access::ReadOnly);
    if (!keys) return std::unexpected(keys.error());
    if (!keys->log_key()) return nullptr;
    auto const key = head_key_of(directory / "keys" / head_key_name);
    if (!key) return std::unexpected(key.error());
    std::unique_ptr<LogVerifier> log{new LogVerifier{*keys->log_key()}};
    if (is_there(directory / "tree" / "data.mdb")) {
      auto store = TreeStore::open(directory / "tree", Access::ReadOnly);
      if (!store) {
        log->damage_ = store.error();
      } else {
        log->store_.emplace(std::move(*store));
      }
    }
    log->found_.key = *key;
    if (!log->damage_) log->begin(std::move(kept));
    return log;
  }

  // Leaves of what was trimmed and is not read: as the tree has them, so that its hashes and heads are held against
  // them, and what follows against those.
  void see_stored(engine::Seq until) {
    if (damage_) return;
    if (!store_ || store_->committed().size < until.number()) {
      damage_ = engine::Failure{"it does not have the leaves of what was trimmed"};
      return;
    }
    for (std::uint64_t number = 0; found_.leaves_unseen < until.number(); ++number) {
      auto const tile = store_->tile(0, number);
      if (!tile) {
        damage_ = tile.error();
        return;
      }
      if (tile->empty()) {
        damage_ = engine::Failure{"tile " + std::to_string(number) + " of its leaves is missing"};
        return;
      }
      for (auto const& leaf : *tile) {
        if (found_.leaves_unseen == until.number()) break;
        if (auto fits = check_->add(leaf); !fits) {
          damage_ = fits.error();
          return;
        }
        ++found_.leaves_unseen;
      }
    }
  }

  // What an archive says of the log where each of its segments ends.
  void compare(SegmentArchive const& archive) {
    for (auto const& archived : archive.segments()) {
      auto const size = archived.segment.last.number();
      if (damage_ || !store_ || size > store_->committed().size) return;
      auto const root = store_->root_of(size);
      if (!root) damage_ = root.error();
      if (root && *root != archived.root) {
        damage_ = engine::Failure{"its first " + std::to_string(size) + " leaves have the root " + hex(view(*root)) +
                                  ", and the archive says " + hex(view(archived.root))};
      }
    }
  }

  // A log that does not fit is said at the end: what the walk finds comes first.
  engine::Result<void> see(WalkedFrame const& frame) {
    if (damage_) return {};
    find_leaves(frame.bytes.substr(frame_header_bytes), salts_, leaves_);
    for (auto const& leaf : leaves_) {
      if (auto fits = check_->add(leaf); !fits) {
        damage_ = fits.error();
        return {};
      }
      ++found_.leaves;
    }
    if (store_ && frame.header.last().number() == store_->committed().size &&
        Sha256{}.add(frame.bytes).digest() != store_->committed().frame) {
      damage_ = engine::Failure{"the tree grew from another frame than the journal has at seq " +
                                std::to_string(store_->committed().size)};
    }
    return {};
  }

  engine::Result<void> finish() {
    if (!damage_) {
      if (auto fits = check_->finish(); !fits) damage_ = fits.error();
    }
    if (check_) {
      found_.heads = check_->heads();
      found_.kept_heads = check_->kept_heads();
      found_.kept_receipts = check_->kept_receipts();
    }
    if (damage_) return std::unexpected(engine::Failure{"transparency log: " + damage_->what});
    return {};
  }
  VerifiedLog const& found() const { return found_; }

 private:
  explicit LogVerifier(Digest const& log_key) : salts_(log_key) {}

  void begin(Kept kept) {
    auto check = TreeCheck::open(store_ ? &*store_ : nullptr, std::move(kept), found_.key);
    if (!check) {
      damage_ = check.error();
      return;
    }
    check_.emplace(std::move(*check));
    if (!store_) return;
    auto const newest = store_->newest_head();
    if (!newest) {
      damage_ = newest.error();
    } else {
      found_.newest = *newest;
    }
  }

  LogSalts salts_;
  std::optional<TreeStore> store_;
  std::optional<TreeCheck> check_;
  std::vector<Leaf> leaves_;
  std::optional<engine::Failure> damage_;
  VerifiedLog found_;
};

}  // namespace

engine::Result<Verified> verify(std::filesystem::path const& data_directory, Kept kept,
                                std::filesystem::path const& archive) {
  auto const opened = open_to_read(data_directory, archive);
  if (!opened) return std::unexpected(opened.error());
  auto log = LogVerifier::open(data_directory, std::move(kept));
  if (!log) return std::unexpected(log.error());
  auto const& segments = opened->segments;
  Verified found;
  found.unseen_until = segments.unreadable_until();
  bool const is_all = !found.unseen_until.is_given();
  if (!is_all) {
    found.unseen_where = where_they_lie(data_directory / "journal", segments.sealed(), segments.trimmed());
    if (*log) (*log)->see_stored(found.unseen_until);
  }
  Walked walked;
  auto const all = walk(
      segments, opened->anchor.tail(), partition, walked,
      [&](WalkedFrame const& frame) -> engine::Result<void> {
        if (!found.first.is_given()) found.first = frame.header.first;
        return *log ? (*log)->see(frame) : engine::Result<void>{};
      },
      is_all ? engine::Seq{} : engine::next(found.unseen_until));
  found.frames = walked.frames;
  found.commands = walked.commands;
  found.archived_segments = is_all ? segments.trimmed().segments : 0;
  found.sealed_segments = segments.sealed().size() - segments.trimmed().segments;
  found.last = walked.tail.last;
  found.head = walked.tail.head;
  if (!all) found.damage = all.error().what;
  if (*log) {
    if (segments.archive() != nullptr) (*log)->compare(*segments.archive());
    auto const ended = (*log)->finish();
    if (!found.damage && !ended) {
      found.damage = ended.error().what;
      found.is_log_damaged = true;
    }
    found.log = (*log)->found();
  }
  return found;
}

engine::Result<void> visit_commands(std::filesystem::path const& data_directory, VisitCommand const& visit,
                                    VisitFrom const& from) {
  auto const opened = open_to_read(data_directory, from.archive);
  if (!opened) return std::unexpected(opened.error());
  auto keys = KeyStore::open(data_directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  Walked walked;
  return walk(
      opened->segments, opened->anchor.tail(), partition, walked,
      [&](WalkedFrame const& frame) -> engine::Result<void> {
        if (frame.header.last() <= from.behind) return {};
        auto const commands = decode_records(frame.header, frame.bytes, *keys);
        if (!commands) return std::unexpected(commands.error());
        for (auto const& command : *commands) visit(frame.header, command);
        return {};
      },
      from.behind);
}

}  // namespace persistence
