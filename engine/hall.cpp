// Finds the lot, brings the time, asks it. All rules of one lot are in lot.h; what concerns several lots is here: the
// order in which they become due, an outage, a step of the clock, and what the lots of one inquiry do to each other.
#include "engine/hall.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <string>
#include <utility>

#include "engine/agenda.h"
#include "engine/arena.h"
#include "engine/check.h"
#include "engine/codec.h"
#include "engine/lot.h"
#include "engine/lot_index.h"

namespace engine {
namespace {

std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
  for (auto const byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  return hash;
}
constexpr std::uint64_t fnv1a_start = 0xcbf29ce484222325ULL;

// Of the pieces that save() gives. Another state, or other bytes for it, is another number (persistence/FORMAT.md).
constexpr std::uint16_t saved_layout = 1;

char const* const clock_step_reason = "服务器时钟跳变 / the server clock was stepped";

struct Loading {
  std::uint32_t awaited = 0;  // lots still to come
  ByteWriter again;           // of what was loaded last, saved again; its memory stays
};

}  // namespace

struct Hall::State {
  void apply(Sequenced const& command, Events& out);
  void apply_other(Sequenced const& command, Instant at, Events& out);
  void advance(Instant until, Events& out) {
    if (due_.next_due() <= until) [[unlikely]]
      act_until(until, out);
  }
  void act_until(Instant until, Events& out);
  Instant next_due() const { return due_.next_due(); }
  std::uint64_t digest() const;
  void save(TakePiece const& take) const;
  bool load(std::string_view piece);
  bool load_own(ByteReader& from);
  bool load_lot(ByteReader& from, std::string_view piece);

  // What a command does once its time has come.
  void decide(OpenLot const& open, Seq seq, Events& out);
  void decide(PlaceBid const& bid, Seq seq, Events& out);
  void decide(PlaceSurrogateBid const& surrogate, Seq seq, Events& out);
  void decide(PlaceSignedBid const& asked, Seq seq, Events& out);
  template <class Bid>
  void decide_bid(Bid const& command, PlaceBid const& bid, Seq seq, Events& out);
  template <class LotCommand>
    requires requires(LotCommand command) { command.lot; }
  void decide(LotCommand const& command, Seq seq, Events& out);
  void decide(ClockStepped const& stepped, Seq, Events& out);
  void decide(Started const&, Seq, Events&) {}  // all of it is in the way the time came: see outlast()
  void decide(Tick const&, Seq, Events&) {}
  void decide(ModuleCommand const&, Seq, Events&) {}

  void outlast(Instant last_alive, Instant at, Events& out);
  void reschedule(LotId id, Instant before, Instant after);

  // A change of one lot, and what follows from it for the agenda and for the others of its inquiry.
  template <class Change>
  void change(LotId id, Lot& lot, Change&& change, Events& out);
  void follow(LotId id, Lot& lot, Instant due_before, LotState before, Events& out);
  void bidding_ended(LotId id, Lot const& lot, Instant at, Events& out);
  void release_together(LotId id, Lot const& lot, Instant at, Events& out);
  auto lots_of(LotId id);

  Instant now_{};
  Seq last_seq_;
  struct Ends {
    void operator()(Lot* lot) const { lot->~Lot(); }
  };
  using LotInArena = std::unique_ptr<Lot, Ends>;
  Arena arena_;
  AttemptShelf shelf_;
  std::map<LotId, LotInArena> lots_;  // in order of id: what concerns all lots happens in this order
  LotIndex index_;
  Agenda due_;                      // every lot once, also those with nothing pending
  std::optional<Loading> loading_;  // of a hall that is not made by commands alone
};

Hall::Hall() : state_(std::make_unique<State>()) {}
Hall::~Hall() = default;
Hall::Hall(Hall&&) noexcept = default;
Hall& Hall::operator=(Hall&&) noexcept = default;

void Hall::apply(Sequenced const& command, Events& out) {
  state_->apply(command, out);
}
// Each step reads what the step before asked for, for all of them: so the waits of sixteen lots are one.
void Hall::prefetch(std::span<Sequenced const> commands) const {
  std::array<std::pair<Lot const*, PlaceBid const*>, prefetched_at_once> bids;
  std::size_t count = 0;
  for (auto const& command : commands.first(std::min(commands.size(), prefetched_at_once))) {
    auto const* const bid = std::get_if<PlaceBid>(&command.command);
    if (bid == nullptr) continue;
    state_->index_.prefetch(bid->lot);
    bids[count++] = {nullptr, bid};
  }
  auto const known = std::span(bids).first(count);
  for (auto& [lot, bid] : known) {
    lot = state_->index_.find(bid->lot);
    if (lot != nullptr) lot->prefetch();
  }
  for (auto const& [lot, bid] : known) {
    if (lot != nullptr) lot->prefetch_tables(*bid);
  }
  for (auto const& [lot, bid] : known) {
    if (lot != nullptr) lot->prefetch_bidder(*bid);
  }
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

void Hall::save(TakePiece const& take) const {
  state_->save(take);
}
bool Hall::load(std::string_view piece) {
  return state_->load(piece);
}
bool Hall::is_loaded() const {
  return state_->loading_ && state_->loading_->awaited == 0;
}

Hall::Memory Hall::memory() const {
  return {state_->arena_.bytes(), state_->shelf_.bytes_taken(), state_->shelf_.bytes_promised()};
}

void Hall::tell_unverified(Events& out) const {
  for (auto const& [id, lot] : state_->lots_) lot->tell_unverified(out);
}

std::optional<bool> Hall::hides_bids(LotId lot) const {
  auto const* found = state_->index_.find(lot);
  if (found == nullptr) return std::nullopt;
  return has_hidden_bids(found->rules());
}

[[gnu::flatten]] void Hall::State::apply(Sequenced const& command, Events& out) {
  CHECK(command.seq > last_seq_);
  last_seq_ = command.seq;
  auto const at = std::max(now_, command.at);
  if (auto const* bid = std::get_if<PlaceBid>(&command.command)) [[likely]] {
    advance(at, out);
    now_ = at;
    decide(*bid, command.seq, out);
  } else {
    apply_other(command, at, out);
  }
}

[[gnu::noinline]] void Hall::State::apply_other(Sequenced const& command, Instant at, Events& out) {
  if (auto const* started = std::get_if<Started>(&command.command)) outlast(started->last_alive, at, out);
  advance(at, out);
  now_ = at;
  std::visit([&](auto const& value) { decide(value, command.seq, out); }, command.command);
  advance(now_, out);  // what was just opened, or waited for what just ended, may begin now
}

[[gnu::noinline]] void Hall::State::act_until(Instant until, Events& out) {
  while (due_.next_due() <= until && due_.next_due() != never) {
    auto const due = due_.next_due();
    auto const id = due_.first().lot;
    auto& lot = *index_.find(id);
    change(id, lot, [&] { lot.act(last_seq_, out); }, out);
    CHECK(lot.due() > due);
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
    auto const before = lot->due();
    lot->outlast(from, at, out);
    reschedule(id, before, lot->due());
  }
}

void Hall::State::reschedule(LotId id, Instant before, Instant after) {
  if (before == after) return;
  due_.move(index_.item(id), after);
}

// Lots of an inquiry --------------------------------------------------------------------------------------------------

// In order of id.
auto Hall::State::lots_of(LotId id) {
  auto const inquiry = inquiry_of(id);
  return std::ranges::subrange(lots_.lower_bound(lot_id(inquiry, 0)), lots_.upper_bound(lot_id(inquiry, 255)));
}

template <class Change>
void Hall::State::change(LotId id, Lot& lot, Change&& change, Events& out) {
  auto const due = lot.due();
  auto const before = lot.state();
  change();
  // Whatever concerns others moves the lot's end or changes its state.
  if (lot.due() != due || lot.state() != before) [[unlikely]]
    follow(id, lot, due, before, out);
}

[[gnu::noinline]] void Hall::State::follow(LotId id, Lot& lot, Instant due_before, LotState before, Events& out) {
  reschedule(id, due_before, lot.due());
  auto const length = lot.take_late_extension();
  if (length > Duration::zero() && lot.rules().extend_scope == ExtendScope::Inquiry) {
    for (auto& [other_id, other] : lots_of(id)) {
      if (other_id == id) continue;
      auto const other_due = other->due();
      other->extend_with_other(length, out);
      reschedule(other_id, other_due, other->due());
    }
  }
  if (!is_before_close(before) || is_before_close(lot.state())) return;
  // Signatures are verified behind the end: what waited for them goes on from now.
  bidding_ended(id, lot, before == LotState::Verifying ? now_ : lot.ends_at(), out);
}

void Hall::State::bidding_ended(LotId id, Lot const& lot, Instant at, Events& out) {
  release_together(id, lot, at, out);
  for (auto& [other_id, other] : lots_of(id)) {
    if (other->after() != id || other->state() != LotState::Scheduled) continue;
    auto const due = other->due();
    other->follow(at, out);
    reschedule(other_id, due, other->due());
  }
}

// The last of those that tell their results together tells all.
void Hall::State::release_together(LotId id, Lot const& lot, Instant at, Events& out) {
  auto const release = lot.rules().release;
  if (release == Release::Each) return;
  auto const is_awaited = [&](auto const& entry) {
    return entry.second->rules().release == release && is_before_close(entry.second->state());
  };
  if (std::ranges::any_of(lots_of(id), is_awaited)) return;
  for (auto& [other_id, other] : lots_of(id)) {
    if (other->rules().release != release || !other->is_pending()) continue;
    auto const due = other->due();
    other->release(at, out);
    reschedule(other_id, due, other->due());
  }
}

// What a command does -------------------------------------------------------------------------------------------------

void Hall::State::decide(OpenLot const& open, Seq, Events& out) {
  auto const* const before = open.after.is_given() ? index_.find(open.after) : nullptr;
  auto refusal = index_.find(open.lot) != nullptr ? Refusal{&refusals::duplicate, {}, {}} : Lot::judge(open, now_);
  if (!refusal && open.after.is_given() && (before == nullptr || inquiry_of(open.after) != inquiry_of(open.lot))) {
    refusal = Refusal{&refusals::no_such_lot, {}, {}};
  }
  if (refusal) {
    out.push_back(LotCommandRefused{open.lot, *refusal});
    return;
  }
  auto opens_at = std::max(now_, open.opens_at);
  auto const waits = before != nullptr && is_before_close(before->state()) ? Lot::Waits::ForAnother : Lot::Waits::No;
  if (waits == Lot::Waits::ForAnother) opens_at = std::max(opens_at, before->ends_at() + open.rules.pause);
  LotInArena lot(
      std::construct_at(static_cast<Lot*>(arena_.room_for<Lot>()), open, opens_at, waits, arena_, shelf_, out));
  index_.add(open.lot, lot.get(), due_.add(open.lot, lot->due()));
  lots_.emplace(open.lot, std::move(lot));
}

template <class Bid>
void Hall::State::decide_bid(Bid const& command, PlaceBid const& bid, Seq seq, Events& out) {
  auto* const lot = index_.find(bid.lot);
  if (lot == nullptr) {
    Refusal const refusal{&refusals::no_such_lot, {}, {}};
    out.emplace_back(BidRefused{{bid.lot, bid.bidder, bid.key, seq, now_, 0, refusal}});
    return;
  }
  // A bid moves the end or changes the state, or it concerns nobody else.
  auto const ends_at = lot->ends_at();
  auto const before = lot->state();
  lot->decide(command, {seq, now_}, out);
  if (lot->ends_at() != ends_at || lot->state() != before) [[unlikely]] {
    follow(bid.lot, *lot, ends_at, before, out);
    advance(now_, out);
  }
}

void Hall::State::decide(PlaceBid const& bid, Seq seq, Events& out) {
  decide_bid(bid, bid, seq, out);
}

void Hall::State::decide(PlaceSurrogateBid const& surrogate, Seq seq, Events& out) {
  decide_bid(surrogate, surrogate.bid, seq, out);
}

void Hall::State::decide(PlaceSignedBid const& asked, Seq seq, Events& out) {
  decide_bid(asked, asked.bid, seq, out);
}

template <class LotCommand>
  requires requires(LotCommand command) { command.lot; }
void Hall::State::decide(LotCommand const& command, Seq seq, Events& out) {
  auto* const lot = index_.find(command.lot);
  auto const refusal = lot == nullptr ? Refusal{&refusals::no_such_lot, {}, {}} : lot->judge(command, now_);
  if (refusal) {
    out.push_back(LotCommandRefused{command.lot, *refusal});
    return;
  }
  change(command.lot, *lot, [&] { lot->enter(command, {seq, now_}, out); }, out);
}

void Hall::State::decide(ClockStepped const& stepped, Seq seq, Events& out) {
  out.push_back(ClockStepNoted{stepped.by});
  for (auto& [id, lot] : lots_) {
    if (!is_live(lot->state())) continue;
    auto const before = lot->due();
    lot->enter(PauseLot{id, PersonId{}, clock_step_reason}, {seq, now_}, out);
    reschedule(id, before, lot->due());
  }
}

std::uint64_t Hall::State::digest() const {
  ByteWriter bytes;
  bytes.put(now_);
  auto hash = fnv1a(fnv1a_start, bytes.view());
  for (auto const& [id, lot] : lots_) {
    bytes.clear();
    lot->write(bytes);
    hash = fnv1a(hash, bytes.view());
  }
  return hash;
}

// The state as bytes --------------------------------------------------------------------------------------------------

void Hall::State::save(TakePiece const& take) const {
  // Every member by name: one that is added is saved, or follows from what is.
  auto const& [now, last_seq, arena, shelf, lots, index, due, loading] = *this;
  ByteWriter piece;
  piece.put(saved_layout).put(now).put(last_seq).put(static_cast<std::uint32_t>(lots.size()));
  take(piece.view());
  for (auto const& [id, lot] : lots) {
    piece.clear();
    lot->save(piece);
    take(piece.view());
  }
}

bool Hall::State::load(std::string_view piece) {
  CHECK(loading_ || !last_seq_.is_given());
  ByteReader from{piece};
  return loading_ ? load_lot(from, piece) : load_own(from);
}

bool Hall::State::load_own(ByteReader& from) {
  if (from.get<std::uint16_t>() != saved_layout) return false;
  now_ = from.get_instant();
  last_seq_ = from.get<Seq>();
  loading_.emplace().awaited = from.get<std::uint32_t>();
  return from.finished() && is_far_from_never(now_);
}

// Believes nothing: what is read is looked at before it is used, and saved again it must be the same bytes.
bool Hall::State::load_lot(ByteReader& from, std::string_view piece) {
  auto& [awaited, again] = *loading_;
  if (awaited == 0) return false;
  auto const opening = from.get_text();
  if (opening.size() > limits::record_bytes_max) return false;
  auto const command = decode_command(opening, {});
  auto const* const open = command ? std::get_if<OpenLot>(&*command) : nullptr;
  if (open == nullptr || !is_far_from_never(open->opens_at) || Lot::judge(*open, open->opens_at)) return false;
  if (!lots_.empty() && lots_.rbegin()->first >= open->lot) return false;
  Events told;
  LotInArena lot(std::construct_at(static_cast<Lot*>(arena_.room_for<Lot>()), *open, open->opens_at, Lot::Waits::No,
                                   arena_, shelf_, told));
  if (!lot->load(piece, from, {last_seq_, now_}, again)) return false;
  index_.add(open->lot, lot.get(), due_.add(open->lot, lot->due()));
  lots_.emplace_hint(lots_.end(), open->lot, std::move(lot));
  if (--awaited == 0) again = {};
  return true;
}

}  // namespace engine
