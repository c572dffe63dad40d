// The journal read frame by frame; the Hall alone decides it again.
#include "tools/ebb/replay.h"

#include <fmt/format.h>

#include <vector>

#include "engine/codec.h"
#include "engine/hall.h"
#include "persistence/directory_lock.h"
#include "persistence/hash.h"
#include "persistence/snapshot_choice.h"
#include "persistence/trimmed.h"
#include "persistence/verify.h"
#include "tools/ebb/narrate.h"

namespace ebb {
namespace {

class Replay {
 public:
  Replay(TellLine const& tell, SeeDecided const& see_decided) : tell_(tell), see_decided_(see_decided) {}

  // Nothing before it is decided here.
  engine::Result<void> begin_with_snapshot(std::filesystem::path const& directory) {
    persistence::SnapshotTarget const target{
        [this](auto section, auto piece) { return section != persistence::hall_section || hall_.load(piece); },
        [this] { return hall_.is_loaded(); }, [this] { hall_ = engine::Hall{}; }, [this] { return hall_.digest(); }};
    auto const lock = persistence::DirectoryLock::take(directory);
    if (!lock) return std::unexpected(lock.error());
    auto const begun = persistence::load_oldest_snapshot(directory, target);
    if (!begun) return std::unexpected(engine::Failure{"no snapshot counts to begin with: " + begun.error().what});
    replayed_.begun_with = begun->seq;
    outcomes_ = begun->outcomes;
    return {};
  }
  engine::Seq begun_with() const { return replayed_.begun_with; }

  void see(persistence::FrameHeader const& frame, engine::Sequenced const& command) {
    if (command.seq == frame.first) begin(frame);
    if (difference_.empty()) apply(command);
  }

  engine::Result<Replayed> finish() {
    if (!difference_.empty()) return std::unexpected(engine::Failure{difference_});
    replayed_.digest = hall_.digest();
    return replayed_;
  }

 private:
  void begin(persistence::FrameHeader const& frame) {
    if (replayed_.frames > 0) outcomes_ = hasher_.of({persistence::view(outcomes_), decided_.view()});
    decided_.clear();
    ++replayed_.frames;
    if (frame.outcomes == outcomes_ || !difference_.empty()) return;
    difference_ = fmt::format("everything before seq {} was decided differently than now: {} in the journal, {} now",
                              frame.first.number(), persistence::hex(persistence::view(frame.outcomes)),
                              persistence::hex(persistence::view(outcomes_)));
  }

  void apply(engine::Sequenced const& command) {
    tell_(narrate(command));
    events_.clear();
    hall_.apply(command, events_);
    for (auto const& event : events_) {
      engine::encode(event, decided_);
      tell_("         " + narrate(event));
    }
    ++replayed_.commands;
    auto const* act = std::get_if<engine::ModuleCommand>(&command.command);
    if (act != nullptr && command.secret_of && act->secret.empty()) ++replayed_.erased;
    replayed_.events += events_.size();
    if (see_decided_) see_decided_(command, events_, hall_);
  }

  TellLine const& tell_;
  SeeDecided const& see_decided_;
  engine::Hall hall_;
  engine::Events events_;
  persistence::Hasher hasher_;
  persistence::Digest outcomes_{};  // of everything decided before the frame
  engine::ByteWriter decided_;      // canonical bytes of what the frame decided
  Replayed replayed_;
  std::string difference_;
};

}  // namespace

engine::Result<Replayed> replay(std::filesystem::path const& directory, TellLine const& tell,
                                SeeDecided const& see_decided, std::filesystem::path const& archive) {
  Replay replaying{tell, see_decided};
  auto const trimmed = persistence::read_trimmed(directory / "journal");
  if (!trimmed) return std::unexpected(trimmed.error());
  if (trimmed->segments > 0 && archive.empty()) {
    if (auto begun = replaying.begin_with_snapshot(directory); !begun) return std::unexpected(begun.error());
  }
  auto const visited = persistence::visit_commands(
      directory,
      [&](persistence::FrameHeader const& frame, engine::Sequenced const& command) { replaying.see(frame, command); },
      {replaying.begun_with(), archive});
  if (!visited) return std::unexpected(visited.error());
  return replaying.finish();
}

}  // namespace ebb
