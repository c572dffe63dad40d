// Finds the lot, brings the time, asks it. All rules of one lot are in lot.h; what concerns several lots is here: the
// order in which they become due, an outage, a step of the clock.
#include "engine/hall.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/check.h"
#include "engine/lot.h"
#include "engine/lot_index.h"

namespace engine {
namespace {

std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
  for (auto const byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  return hash;
}
constexpr std::uint64_t fnv1a_start = 0xcbf29ce484222325ULL;

char const* const clock_step_reason = "服务器时钟跳变 / the server clock was stepped";

}  // namespace

struct Hall::State {
  void apply(Sequenced const& command, Events& out);
  void advance(Instant until, Events& out);
  Instant next_due() const { return due_.empty() ? never : due_.begin()->first; }
  std::uint64_t digest() const;

  // What a command does once its time has come.
  void decide(OpenLot const& open, Seq seq, Events& out);
  void decide(PlaceBid const& bid, Seq seq, Events& out);
  template <class LotCommand>
    requires requires(LotCommand command) { command.lot; }
  void decide(LotCommand const& command, Seq, Events& out);
  void decide(ClockStepped const& stepped, Seq, Events& out);
  void decide(Started const&, Seq, Events&) {}  // all of it is in the way the time came: see outlast()
  void decide(Tick const&, Seq, Events&) {}
  void decide(ModuleCommand const&, Seq, Events&) {}

  void outlast(Instant last_alive, Instant at, Events& out);
  void reschedule(LotId id, Instant before, Instant after);

  Instant now_{};
  Seq last_seq_;
  std::map<LotId, Lot> lots_;  // in order of id: what concerns all lots happens in this order
  LotIndex index_;
  std::set<std::pair<Instant, LotId>> due_;  // every lot once, also those with nothing pending: nodes are only re-used
};

Hall::Hall() : state_(std::make_unique<State>()) {}
Hall::~Hall() = default;
Hall::Hall(Hall&&) noexcept = default;
Hall& Hall::operator=(Hall&&) noexcept = default;

void Hall::apply(Sequenced const& command, Events& out) {
  state_->apply(command, out);
}
Instant Hall::now() const {
  return state_->now_;
}
Instant Hall::next_due() const {
  return state_->next_due();
}
std::uint64_t Hall::digest() const {
  return state_->digest();
}

std::optional<Format> Hall::format(LotId lot) const {
  auto const* found = state_->index_.find(lot);
  if (found == nullptr) return std::nullopt;
  return found->format();
}

void Hall::State::apply(Sequenced const& command, Events& out) {
  CHECK(command.seq > last_seq_);
  last_seq_ = command.seq;
  auto const at = std::max(now_, command.at);
  if (auto const* started = std::get_if<Started>(&command.command)) outlast(started->last_alive, at, out);
  advance(at, out);
  now_ = at;
  std::visit([&](auto const& value) { decide(value, command.seq, out); }, command.command);
}

void Hall::State::advance(Instant until, Events& out) {
  while (!due_.empty() && due_.begin()->first <= until) {
    auto const [due, id] = *due_.begin();
    auto& lot = *index_.find(id);
    lot.act(out);
    CHECK(lot.due() > due);
    reschedule(id, due, lot.due());
  }
}

// What was due before the outage happens at its own time; the outage itself is a pause for everybody.
void Hall::State::outlast(Instant last_alive, Instant at, Events& out) {
  if (last_alive >= at) return;
  auto const from = std::max(last_alive, now_);  // what was decided later shows that we were alive
  if (from >= at) return;
  out.push_back(OutageNoted{from, at});
  advance(from, out);
  for (auto& [id, lot] : lots_) {
    auto const before = lot.due();
    lot.outlast(from, at, out);
    reschedule(id, before, lot.due());
  }
}

// Re-uses the node: an extension by a bid must not allocate.
void Hall::State::reschedule(LotId id, Instant before, Instant after) {
  if (before == after) return;
  auto node = due_.extract({before, id});
  CHECK(!node.empty());
  node.value().first = after;
  due_.insert(std::move(node));
}

void Hall::State::decide(OpenLot const& open, Seq, Events& out) {
  auto refusal = index_.find(open.lot) != nullptr ? Refusal{&refusals::duplicate, {}, {}} : Lot::judge(open, now_);
  if (refusal) {
    out.push_back(LotCommandRefused{open.lot, *refusal});
    return;
  }
  auto const opens_at = std::max(now_, open.opens_at);
  auto& lot = lots_.try_emplace(open.lot, open, opens_at, out).first->second;
  index_.add(open.lot, &lot);
  due_.insert({lot.due(), open.lot});
  advance(now_, out);  // it may open now
}

void Hall::State::decide(PlaceBid const& bid, Seq seq, Events& out) {
  auto* const lot = index_.find(bid.lot);
  if (lot == nullptr) {
    Refusal const refusal{&refusals::no_such_lot, {}, {}};
    out.emplace_back(BidRefused{{bid.lot, bid.bidder, bid.key, seq, now_, 0, refusal}});
    return;
  }
  auto const before = lot->due();
  lot->decide(bid, seq, now_, out);
  reschedule(bid.lot, before, lot->due());
}

template <class LotCommand>
  requires requires(LotCommand command) { command.lot; }
void Hall::State::decide(LotCommand const& command, Seq, Events& out) {
  auto* const lot = index_.find(command.lot);
  auto const refusal = lot == nullptr ? Refusal{&refusals::no_such_lot, {}, {}} : lot->judge(command);
  if (refusal) {
    out.push_back(LotCommandRefused{command.lot, *refusal});
    return;
  }
  auto const before = lot->due();
  lot->enter(command, now_, out);
  reschedule(command.lot, before, lot->due());
}

void Hall::State::decide(ClockStepped const& stepped, Seq, Events& out) {
  out.push_back(ClockStepNoted{stepped.by});
  for (auto& [id, lot] : lots_) {
    if (!is_live(lot.state())) continue;
    auto const before = lot.due();
    lot.enter(PauseLot{id, PersonId{}, clock_step_reason}, now_, out);
    reschedule(id, before, lot.due());
  }
}

std::uint64_t Hall::State::digest() const {
  ByteWriter bytes;
  bytes.put(now_);
  auto hash = fnv1a(fnv1a_start, bytes.view());
  for (auto const& [id, lot] : lots_) {
    bytes.clear();
    lot.write(bytes);
    hash = fnv1a(hash, bytes.view());
  }
  return hash;
}

}  // namespace engine
