// See the header. Tickets are dropped: the real journal does not keep them.
#include "tests/simulation/byte_journal.h"

#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "tests/simulation/secrets.h"

namespace simulation {
namespace {

using engine::Money;

// What a command says in confidence, where it says anything.
std::optional<Money> confided(engine::Command const& command) {
  if (auto const* bid = std::get_if<engine::PlaceBid>(&command)) return bid->price;
  if (auto const* surrogate = std::get_if<engine::PlaceSurrogateBid>(&command)) return surrogate->bid.price;
  if (auto const* signed_bid = std::get_if<engine::PlaceSignedBid>(&command)) return signed_bid->bid.price;
  if (auto const* proxy = std::get_if<engine::SetProxy>(&command)) return proxy->limit;
  return std::nullopt;
}

}  // namespace

std::uint64_t ByteJournal::chain(std::uint64_t before, std::string_view outcomes) {
  if (outcomes.empty()) return before;
  return (before * 0x9e3779b97f4a7c15ULL) ^ std::hash<std::string_view>{}(outcomes);
}

engine::Result<void> ByteJournal::commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) {
  CHECK(!frame.empty());
  outcomes_ = chain(outcomes_, outcomes);
  for (auto const& command : frame) {
    CHECK(command.seq.number() == records_.size() + 1);
    auto const privacy = command.secret_of ? engine::Privacy::Private : engine::Privacy::Open;
    auto bytes = engine::encode(command.command, privacy);
    auto const secret = confided(command.command);
    bool const is_private = privacy == engine::Privacy::Private && secret && has_face(*secret);
    if (is_private && Secrets::shows(bytes.open, *secret)) {
      shown_ = "seq " + std::to_string(command.seq.number()) + ": " + std::to_string(secret->in_fen());
    }
    records_.push_back({command.parent, command.at, std::move(bytes.open), std::move(bytes.secret)});
  }
  frames_.push_back({records_.size(), outcomes_});
  if (std::exchange(dies_, false)) return std::unexpected(engine::Failure{"journal: written, and then the power went"});
  return {};
}

engine::Sequenced ByteJournal::read(engine::Seq seq) const {
  CHECK(seq.is_given() && seq.number() <= records_.size());
  auto const& record = records_[seq.number() - 1];
  auto command = engine::decode_command(record.open, record.secret);
  CHECK(command.has_value());
  return {seq, record.parent, record.at, std::nullopt, {}, *std::move(command)};
}

engine::Result<Mark> ByteJournal::decide(Mark from, std::size_t until, ApplyFrame const& apply_frame) const {
  for (auto const& frame : frames_) {
    if (frame.end <= from.commands) continue;
    if (from.commands >= until) break;
    // What one commit bound was decided by the frame before it, whole.
    if (from.outcomes != frame.outcomes) {
      return std::unexpected(engine::Failure{"journal: other outcomes than the first time before seq " +
                                             std::to_string(from.commands + 1)});
    }
    std::vector<engine::Sequenced> commands;
    for (auto seq = from.commands + 1; seq <= frame.end; ++seq) commands.push_back(read(engine::Seq{seq}));
    auto const decided = apply_frame(commands);
    if (!decided) return std::unexpected(decided.error());
    from = {frame.end, chain(from.outcomes, *decided)};
  }
  return from;
}

engine::Result<void> ByteJournal::replay(ApplyFrame const& apply_frame, Mark from) {
  dies_ = false;
  auto const decided = decide(from, size(), apply_frame);
  if (!decided) return std::unexpected(decided.error());
  outcomes_ = decided->outcomes;
  return {};
}

}  // namespace simulation
