// Offering module commands and reading their decision out of the events.
#include "gateway/commands.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <variant>

#include "gateway/picture.h"
#include "gateway/refusals.h"

namespace gateway {
namespace {

std::uint64_t draw() {
  std::random_device source;
  return (std::uint64_t{source()} << 32) | source();
}

}  // namespace

Commands::Commands(Lobby& lobby) : lobby_(lobby), number_(lobby.next_number()) {}

void Commands::decide(engine::ModuleCommand command, std::function<void(Verdict)> then) {
  command.entropy = draw();
  if (auto const person = lobby_.doors.sign_in.whose_sessions(command)) {
    then = dropping_sessions_of(*person, std::move(then));
  }
  act(std::move(command), std::move(then));
}

void Commands::act(engine::Command command, std::function<void(Verdict)> then) {
  engine::Ticket const ticket{number_, ++last_request_};
  auto const shared = std::make_shared<std::function<void(Verdict)>>(std::move(then));
  // Before the offer: the engine may have decided before offer() returns.
  lobby_.doors.hub.expect(ticket, [shared](engine::Decided const& decided, std::vector<engine::Event> events) {
    (*shared)(verdict_of(decided, events));
  });
  auto const offered = lobby_.doors.inbox.offer(ticket, std::move(command));
  if (offered == engine::Offer::Taken) return;
  lobby_.doors.hub.forget(ticket);
  auto const& why = offered == engine::Offer::Busy ? refusals::overloaded : refusals::shutting_down;
  (*shared)(std::unexpected(NotDone{{&why}, {}, {}}));
}

// A session that opens and ends in between is found out by the next ping.
Commands::Then Commands::dropping_sessions_of(engine::PersonId person, Then then) const {
  auto const now = [this, person] {
    return lobby_.doors.sign_in.sessions_of(person, *lobby_.doors.snapshots.snapshot());
  };
  return [this, now, before = now(), then = std::move(then)](Verdict verdict) {
    auto ended = before;
    auto const alive = now();
    std::erase_if(ended, [&](auto session) { return std::ranges::find(alive, session) != alive.end(); });
    if (!ended.empty()) lobby_.doors.hub.drop_sessions(std::move(ended));
    then(std::move(verdict));
  };
}

Verdict verdict_of(engine::Decided const& command, engine::Events const& events) {
  Done done{command.seq, command.leaf, 0};
  auto const refuse = [&](engine::Refusal const& refusal) {
    return std::unexpected(NotDone{refusal, command.seq, command.leaf});
  };
  bool own = true;  // the first answer is the command's own, the later ones are of follow-ups
  for (auto const& event : events) {
    if (auto const* answered = std::get_if<engine::ModuleAnswered>(&event)) {
      if (answered->refusal) return refuse(*answered->refusal);
      if (std::exchange(own, false)) done.id = answered->id;
    } else if (auto const* refused = std::get_if<engine::LotCommandRefused>(&event)) {
      return refuse(refused->refusal);
    } else if (auto const* receipt = receipt_of(event); receipt != nullptr && receipt->refusal) {
      return refuse(*receipt->refusal);
    }
  }
  return done;
}

}  // namespace gateway
