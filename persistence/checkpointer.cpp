// See the header.
#include "persistence/checkpointer.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <utility>

#include "engine/check.h"
#include "persistence/disk_room.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

using engine::Result;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds rest_a_step{8};  // 32 MB/s at most: bids have most of the disk
constexpr std::uint64_t bytes_a_look_at_the_disk = std::uint64_t{16} << 20;

// What opens private parts beside the engine's thread, and closes none.
class KeysBeside final : public Vault {
 public:
  explicit KeysBeside(KeyStore const& keys) : keys_(keys) {}
  Result<std::string> seal(engine::SecretOf, engine::Seq, std::string_view) override {
    return failed("nothing is sealed here");
  }
  Result<std::optional<std::string>> open(engine::SecretOf owner, engine::Seq seq, std::string_view sealed) override {
    return keys_.open_beside(owner, seq, sealed);
  }
  Digest salt() override { return {}; }

 private:
  KeyStore const& keys_;
};

// A snapshot is never waited for: whoever else wants the processor has it.
void run_when_nobody_else_does() {
  sched_param const none{};
  ::pthread_setschedparam(::pthread_self(), SCHED_IDLE, &none);
}

}  // namespace

Checkpointer::Checkpointer(CheckpointOptions options, Journal const& journal, KeyStore const& keys, Tables& tables,
                           MakeFold make, CheckpointTold told)
    : options_(std::move(options)),
      frames_(journal.frames()),
      keys_(keys),
      tables_(tables),
      make_(std::move(make)),
      told_(std::move(told)) {
  CHECK(keys.snapshot_key().has_value());  // opened to be written, the key store has made one
}

Checkpointer::~Checkpointer() {
  stop();
}

void Checkpointer::start(engine::Seq begun_with) {
  CHECK(!thread_.joinable());
  for (auto const& path : half_made_snapshots_in(options_.directory)) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  tried_ = begun_with;
  is_stopping_ = false;
  if (options_.every != 0) thread_ = std::thread{[this] { run(); }};
}

void Checkpointer::stop() {
  {
    std::scoped_lock const held{mutex_};
    is_stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Checkpointer::finish() {
  CHECK(!thread_.joinable());
  if (options_.every == 0 || gathered() < options_.at_stop_from) return;
  is_stopping_ = false;
  attempt(Pace::AtOnce);
}

void Checkpointer::run() {
  run_when_nobody_else_does();
  for (;;) {
    {
      std::unique_lock held{mutex_};
      if (stopped_.wait_for(held, options_.looks_every, [this] { return is_stopping_.load(); })) return;
    }
    if (is_due()) attempt(Pace::BesideBids);
    frames_->let_go_of_trimmed();
  }
}

std::uint64_t Checkpointer::gathered() const {
  auto const applied = tables_.applied();
  return applied > tried_ ? applied.number() - tried_.number() : 0;
}

bool Checkpointer::is_due() const {
  auto const commands = gathered();
  if (commands == 0 || commands >= options_.every) return commands != 0;
  auto const before = tried_.is_given() ? frames_->segment_of(tried_) : 0;
  return frames_->segment_of(tables_.applied()) > before + 1;
}

void Checkpointer::attempt(Pace pace) {
  tried_ = tables_.applied();
  auto const made = make(pace);
  if (is_stopping_) return;  // given up: the next start makes it again
  if (!made) return told_.failed(made.error());
  if (*made) told_.made(**made);
}

Result<std::optional<Checkpointed>> Checkpointer::make(Pace pace) {
  auto const begun = Steady::now();
  auto fold = make_();
  SnapshotTarget const target{[&](auto section, auto piece) { return !is_stopping_ && fold->load(section, piece); },
                              [&] { return fold->is_whole(); }, [&] { fold = make_(); }};
  // What does not count was told at the start.
  auto const before =
      load_newest_snapshot({options_.directory, *keys_.snapshot_key(), *frames_, tried_}, target, [](auto const&) {});
  Checkpointed made;
  auto const about = replay(*fold, before, made.commands);
  if (!about) return std::unexpected(about.error());
  if (is_stopping_ || made.commands == 0) return std::nullopt;
  // Only then it counts after a power cut, too.
  if (auto synced = tables_.sync(); !synced) return std::unexpected(synced.error());
  auto const bytes = write(*fold, *about, pace);
  if (!bytes) return std::unexpected(bytes.error());
  std::vector kept{about->seq};
  if (before) kept.push_back(before->seq);
  if (auto dropped = keep_snapshots(options_.directory, kept); !dropped) return std::unexpected(dropped.error());
  made.seq = about->seq;
  made.bytes = *bytes;
  made.took = Steady::now() - begun;
  return made;
}

// Whole frames behind `before`, as far as the tables have come.
Result<SnapshotAbout> Checkpointer::replay(Fold& fold, std::optional<SnapshotAbout> const& before,
                                           std::uint64_t& commands) const {
  auto about = before.value_or(SnapshotAbout{});
  KeysBeside vault{keys_};
  Hasher hasher;
  engine::ByteWriter outcomes;
  while (!is_stopping_) {
    auto const expected = engine::next(about.seq);
    auto const frame = frames_->frame_of(expected);
    if (!frame) return std::unexpected(frame.error());
    if (!*frame) break;
    auto const place = "frame " + std::to_string(expected.number()) + ": ";
    auto const header = decode_header(**frame);
    if (!header) return failed(place + header.error().what);
    if (header->last() > tried_) break;
    if (header->first != expected || header->previous != about.frame) return failed(place + "the chain is broken");
    if (header->outcomes != about.outcomes) {
      return failed(place + "everything before it was decided otherwise by the server: outcome digest " +
                    hex(view(header->outcomes)) + " in the journal, " + hex(view(about.outcomes)) + " decided again");
    }
    auto const decoded = decode_records(*header, **frame, vault);
    if (!decoded) return failed(place + decoded.error().what);
    outcomes.clear();
    fold.apply(*decoded, outcomes);
    about.outcomes = hasher.of({view(about.outcomes), outcomes.view()});
    about.frame = hasher.of({**frame});
    about.seq = header->last();
    about.at = header->at;
    commands += header->count;
  }
  if (!is_stopping_) about.state = fold.state();
  return about;
}

Result<std::uint64_t> Checkpointer::write(Fold const& fold, SnapshotAbout const& about, Pace pace) {
  if (auto room = has_room(bytes_before_); !room) return std::unexpected(room.error());
  SnapshotWriter::Rest rests;
  if (pace == Pace::BesideBids) rests = [this] { rest(); };
  auto writer = SnapshotWriter::begin(options_.directory, about, *keys_.snapshot_key(), std::move(rests));
  if (!writer) return std::unexpected(writer.error());
  Result<void> going;
  std::uint64_t unlooked = 0;
  fold.save([&](std::string_view section, std::string_view piece) {
    if (!going) return;
    if (is_stopping_) {
      going = failed("given up");
      return;
    }
    going = writer->add(section, piece);
    unlooked += piece.size();
    if (!going || unlooked < bytes_a_look_at_the_disk) return;
    unlooked = 0;
    going = has_room(0);
  });
  if (!going) return std::unexpected(going.error());
  auto const bytes = writer->finish();
  if (bytes) bytes_before_ = *bytes;
  return bytes;
}

// Until a stop: then nobody bids any more.
void Checkpointer::rest() {
  std::unique_lock held{mutex_};
  stopped_.wait_for(held, rest_a_step, [this] { return is_stopping_.load(); });
}

Result<void> Checkpointer::has_room(std::uint64_t bytes) const {
  auto const free = free_bytes_under(options_.directory.parent_path());
  if (!free) return std::unexpected(free.error());
  if (*free >= options_.free_bytes_min + bytes) return {};
  return failed(options_.directory.string() + ": " + std::to_string(*free >> 20) +
                " MiB are free on its disk, too few for a snapshot");
}

}  // namespace persistence
