// Every auction there is: a pure function from (state, stamped command) to (state, events).
//
// Thread:      owned by the engine thread.
// Determinism: no clock, no randomness, no address and no hash order reaches an event or the digest.
// Failure:     none. Whatever a command says, the answer is an event; a CHECK is our own bug.
// Memory:      what a lot can ever need is reserved by OpenLot; after that apply() of a bid does not allocate (given
//              room in `out`).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "engine/event.h"
#include "engine/ports.h"

namespace engine {

class Lot;

class Hall {
 public:
  Hall();
  ~Hall();
  Hall(Hall&&) noexcept;
  Hall& operator=(Hall&&) noexcept;

  // The only way anything changes. First starts and closes everything that is due at or before the command's time, in
  // order of (due time, lot), then judges the command. A ModuleCommand only brings its time. Time never runs backwards:
  // a command stamped before now() is judged at now().
  void apply(Sequenced const& command, Events& out);

  // Asks the memory for what apply() of the bids among these will touch. Changes nothing; worth it for many lots, by
  // turns of up to sixteen commands.
  static constexpr std::size_t prefetched_at_once = 16;
  void prefetch(std::span<Sequenced const> commands) const;

  Instant now() const;       // the latest time seen
  Instant next_due() const;  // when a Tick is wanted; `never` when nothing is pending
  // Whether bids of the lot may have to stay hidden for a time, if the lot is known: such prices are private.
  std::optional<bool> hides_bids(LotId lot) const;
  // After a start, for whoever verifies signatures: BidSigned again of every bid that is still to be verified.
  void tell_unverified(Events& out) const;
  // What the lots hold, by what was asked for. Attempts: used, and promised beyond that as address space.
  struct Memory {
    std::size_t lots = 0;
    std::size_t attempts = 0;
    std::size_t promised = 0;
  };
  Memory memory() const;
  // Of the whole state, in canonical order: equal states, equal digests.
  std::uint64_t digest() const;

  // The whole state as bytes. Pieces: the first is the hall's own, then one a lot, in order of id. Same state, same
  // bytes. A piece is as large as what its lot holds: 63 bytes an attempt, 81 a refused one.
  using TakePiece = std::function<void(std::string_view piece)>;
  void save(TakePiece const& take) const;
  // The other way round, into a hall that has applied nothing, piece by piece in that order. false: not what save() of
  // this version gave; the hall is good for nothing then.
  [[nodiscard]] bool load(std::string_view piece);
  // Whether load() was given all pieces that there are.
  bool is_loaded() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace engine
