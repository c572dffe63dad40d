// What a lane does besides bidding: storms, readers that stop, watchers that join for a while.
#include <algorithm>

#include "bench/load/lane_parts.h"

namespace bench::load {
namespace {

// A polite goodbye has its answer by then.
constexpr std::chrono::seconds goodbye{2};

}  // namespace

// Does what is due, and waits for the next.
void Lane::act() {
  auto const& acts = work_.acts;
  for (; next_act_ < acts.size() && start_ + acts[next_act_].due <= Steady::now(); ++next_act_) {
    auto const& next = acts[next_act_];
    if (next.deed == Deed::Storm) storm(start_ + next.due);
    if (next.deed == Deed::StopReading || next.deed == Deed::GoOnReading) stop_reading(next);
    if (next.deed == Deed::Join && next.lot % work_.lanes == work_.number) join(next);
  }
  if (next_act_ < acts.size()) reactor_.at(start_ + acts[next_act_].due, [this] { act(); });
}

bool Lane::is_loyal() const {
  if (work_.options.restarts == Restarts::AreSurvived) return true;
  return std::ranges::any_of(work_.options.scenario.phases, [](Phase const& phase) {
    return phase.kind == PhaseKind::ReconnectStorm || phase.kind == PhaseKind::SlowReaders;
  });
}

void Lane::storm(Steady::time_point due) {
  auto const drop = [&](auto& client) {
    if (!client.participant().is_ready()) return;  // away already
    // The next storm may come before the first is over for it.
    if (!client.absence().is_on()) ++away_;
    client.absence().begin(due);
    work_.counters.dropped.fetch_add(1, std::memory_order_relaxed);
    client.participant().drop();
  };
  for (auto& lot : lots_) {
    for (auto& bidder : lot->bidders) drop(*bidder);
    for (auto& watcher : lot->watchers)
      if (!watcher->is_slow()) drop(*watcher);
  }
}

void Lane::came_back(Absence& absence, Steady::time_point read_at) {
  auto const since = absence.end();
  if (!since) return;
  --away_;
  comebacks_.push_back({*since - start_, read_at - *since});
}

void Lane::lost(Lot& lot, std::string const& whose, bool is_meant, std::uint16_t code, std::string const& why) {
  if (is_meant) return;
  work_.counters.lost.fetch_add(1, std::memory_order_relaxed);
  if (work_.options.restarts == Restarts::AreSurvived) return;
  lot.wrong_answers.push_back(fmt::format("{}: connection lost ({} {})", whose, code, why));
}

void Lane::stop_reading(Act const& act) {
  auto const count = share_of(act.share, work_.options.scenario.watchers);
  for (auto& lot : lots_) {
    for (std::uint32_t i = 0; i < count; ++i) {
      auto& participant = lot->watchers[i]->participant();
      if (act.deed == Deed::StopReading) participant.stop_reading();
      if (act.deed == Deed::GoOnReading) participant.go_on_reading();
    }
  }
}

void Lane::join(Act const& act) {
  auto& lot = lot_at(act.lot);
  auto const seed = work_.options.seed + static_cast<std::uint64_t>(act.due.count());
  auto& guest = *lot.guests.emplace_back(std::make_unique<Guest>(*this, lot, seed, act.due));
  reactor_.at(start_ + act.due + act.lasts, [this, &guest] { let_go(guest); });
}

// Who never saw a picture waited all that time for it.
void Lane::let_go(Guest& guest) {
  if (!guest.has_joined()) joins_.push_back({guest.due(), Steady::now() - (start_ + guest.due())});
  for (auto const& [stream, picture] : guest.participant().pictures())
    if (!picture.faults().empty()) guest.lot().guests_faults.push_back({"a watcher who joined", picture.faults(), {}});
  guest.leave();
  reactor_.after(goodbye, [&lot = guest.lot(), &guest] {
    std::erase_if(lot.guests, [&](auto const& each) { return each.get() == &guest; });
  });
}

}  // namespace bench::load
