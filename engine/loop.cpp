// A turn: drain, commit, apply, publish; and the same application again for a replay.
#include "engine/loop.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "engine/check.h"
#include "engine/codec.h"

namespace engine {

namespace {
constexpr std::uint64_t replayed_commands_a_commit = 10'000;  // bounds the write transaction of a long recovery
}  // namespace

Loop::Loop(Inbox& inbox, Journal& journal, Hall& hall, Participants& participants, Outlet& outlet)
    : inbox_(inbox),
      journal_(journal),
      hall_(hall),
      participants_(participants),
      outlet_(outlet),
      turn_(std::make_unique<Turn>()) {}

Result<void> Loop::run() {
  for (;;) {
    auto const did = turn();
    if (!did) return std::unexpected(did.error());
    if (*did == Did::Worked) continue;
    if (inbox_.is_closed() && inbox_.depth() == 0) return {};
    inbox_.wait(hall_.next_due());
  }
}

Result<Loop::Did> Loop::turn() {
  inbox_.drain(batch_, limits::batch_commands_max);
  auto& entries = batch_.entries;
  // Time travels as data: a tick only where no command brings the time.
  Instant const due = hall_.next_due();
  if (due <= batch_.horizon && (entries.empty() || entries.back().at < due)) {
    entries.push_back({Ticket{}, batch_.horizon, Tick{}});
  }
  if (entries.empty()) return Did::Idle;

  auto from = entries.begin();
  while (from != entries.end()) {
    auto to = std::find_if(from, entries.end(),
                           [](Entry const& entry) { return std::holds_alternative<ModuleCommand>(entry.command); });
    if (to != entries.end()) ++to;
    if (auto decided = decide(std::span(from, to)); !decided) return std::unexpected(decided.error());
    from = to;
  }
  return Did::Worked;
}

Result<void> Loop::decide(std::span<Entry> entries) {
  frame_.clear();
  for (Entry& entry : entries) {
    last_seq_ = next(last_seq_);
    auto const secret = secret_of(entry.command);
    frame_.push_back({last_seq_, Seq{}, entry.at, secret, entry.ticket, std::move(entry.command)});
  }
  if (auto applied = commit_and_apply(); !applied) return applied;
  if (auto followed = run(participants_.take_follow_ups()); !followed) return followed;
  publish();
  return {};
}

// The gate: journal, then memory, then tables. Nothing has been published when any of them fails.
Result<void> Loop::commit_and_apply() {
  if (auto written = journal_.commit(frame_, outcomes_.view()); !written) {
    return std::unexpected(Failure{"journal: commit of " + std::to_string(frame_.front().seq.number()) + ".." +
                                   std::to_string(frame_.back().seq.number()) + ": " + written.error().what});
  }
  outcomes_.clear();
  auto const leaves = journal_.leaves();
  CHECK(leaves.empty() || leaves.size() == frame_.size());
  for (std::size_t at = 0; at < frame_.size(); ++at) {
    if (at % Hall::prefetched_at_once == 0) hall_.prefetch(std::span(frame_).subspan(at));
    apply(frame_[at]);
    if (!leaves.empty()) turn_->decided.back().leaf = leaves[at];
  }
  if (auto kept = participants_.commit(last_seq_); !kept) {
    return std::unexpected(
        Failure{"tables: commit at " + std::to_string(last_seq_.number()) + ": " + kept.error().what});
  }
  return {};
}

// Frame by frame, until nothing more is caused. A chain that does not end is a bug of a module.
Result<void> Loop::run(std::vector<FollowUp> follow_ups) {
  for (std::size_t depth = 0; !follow_ups.empty(); ++depth) {
    CHECK(depth < limits::follow_up_depth_max);
    frame_.clear();
    for (FollowUp& follow_up : follow_ups) {
      last_seq_ = next(last_seq_);
      auto const secret = secret_of(follow_up.command);
      frame_.push_back(
          {last_seq_, follow_up.parent, follow_up.at, secret, follow_up.ticket, std::move(follow_up.command)});
    }
    if (auto applied = commit_and_apply(); !applied) return applied;
    follow_ups = participants_.take_follow_ups();
  }
  return {};
}

void Loop::apply(Sequenced const& command) {
  auto& events = turn_->events;
  auto const first = events.size();
  hall_.apply(command, events);
  for (auto event = first; event < events.size(); ++event) encode(events[event], outcomes_);

  // After a crash the tables may be ahead of the replay: what they hold already is not heard again.
  if (command.seq > participants_.applied()) {
    if (command.parent.is_given()) participants_.settle(command.parent);
    for (auto event = first; event < events.size(); ++event) participants_.hear(command, events[event]);
    if (std::holds_alternative<ModuleCommand>(command.command)) {
      auto const answered = events.size();
      participants_.decide(command, events);
      for (auto event = answered; event < events.size(); ++event) participants_.hear(command, events[event]);
    }
  }
  turn_->decided.push_back({command.seq, command.parent, command.at, command.ticket, static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(events.size())});
}

void Loop::publish() {
  outlet_.publish(std::move(turn_));
  turn_ = std::make_unique<Turn>();
}

void Loop::continue_after(Seq seq) {
  CHECK(!last_seq_.is_given());
  last_seq_ = seq;
  committed_in_replay_ = seq.number();
}

Result<std::string> Loop::replay(std::span<Sequenced const> frame) {
  outcomes_.clear();
  for (std::size_t at = 0; at < frame.size(); ++at) {
    if (at % Hall::prefetched_at_once == 0) hall_.prefetch(frame.subspan(at));
    Sequenced const& command = frame[at];
    if (command.seq != next(last_seq_)) {
      return std::unexpected(Failure{"replay: expected seq " + std::to_string(next(last_seq_).number()) + ", found " +
                                     std::to_string(command.seq.number())});
    }
    if (auto matched = match_follow_up(command); !matched) return std::unexpected(matched.error());
    last_seq_ = command.seq;
    apply(command);
    auto caused = participants_.take_follow_ups();
    std::move(caused.begin(), caused.end(), std::back_inserter(expected_));
  }
  publish();
  if (last_seq_.number() >= committed_in_replay_ + replayed_commands_a_commit) {
    committed_in_replay_ = last_seq_.number();
    if (auto kept = participants_.commit(last_seq_); !kept) return std::unexpected(kept.error());
  }
  return outcomes_.take();
}

// Replaying the inputs must give the same follow-ups.
Result<void> Loop::match_follow_up(Sequenced const& command) {
  bool const is_heard = command.seq > participants_.applied();
  if (!command.parent.is_given() || !is_heard) return {};
  if (expected_.empty()) {
    // Its parent was applied before the crash: the row in the tables is what was owed.
    for (FollowUp& owed : participants_.pending()) expected_.push_back(std::move(owed));
  }
  bool const is_same =
      !expected_.empty() && expected_.front().parent == command.parent &&
      encode(expected_.front().command, Privacy::Open).open == encode(command.command, Privacy::Open).open;
  if (!is_same) {
    return std::unexpected(Failure{"replay: command " + std::to_string(command.seq.number()) + " is a follow-up of " +
                                   std::to_string(command.parent.number()) +
                                   " that the modules do not cause any more"});
  }
  expected_.pop_front();
  return {};
}

Result<void> Loop::resume() {
  expected_.clear();
  if (participants_.applied() > last_seq_) {
    return std::unexpected(Failure{"the tables have applied " + std::to_string(participants_.applied().number()) +
                                   ", but the journal ends at " + std::to_string(last_seq_.number())});
  }
  if (auto kept = participants_.commit(last_seq_); !kept) return kept;
  if (auto followed = run(participants_.pending()); !followed) return followed;
  publish();
  return {};
}

// A bid's price is private where bids are hidden for a time, the limit of a proxy everywhere. A bid to no lot we know
// is private too: it may have been meant for such a one.
std::optional<SecretOf> Loop::secret_of(Command const& command) const {
  auto const of_lot = [&](LotId lot) -> SecretOf {
    auto const is_known = hall_.hides_bids(lot).has_value();
    return {SecretOf::Kind::Lot, is_known ? lot.number() : 0};
  };
  auto const* bid = std::get_if<PlaceBid>(&command);
  if (auto const* surrogate = std::get_if<PlaceSurrogateBid>(&command)) bid = &surrogate->bid;
  if (auto const* signed_bid = std::get_if<PlaceSignedBid>(&command)) bid = &signed_bid->bid;
  if (bid != nullptr) {
    if (hall_.hides_bids(bid->lot) == false) return std::nullopt;
    return of_lot(bid->lot);
  }
  if (auto const* set = std::get_if<SetProxy>(&command)) return of_lot(set->lot);
  if (auto const* act = std::get_if<ModuleCommand>(&command); act && !act->secret.empty()) {
    return SecretOf{SecretOf::Kind::Person, act->secret_of.number()};
  }
  return std::nullopt;
}

}  // namespace engine
