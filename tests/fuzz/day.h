// A day of auctions out of bytes: each step of a fixed length is one command, aimed at what the watch has seen, so that
// most inputs get far: prices near the best, times at the next deadline, bidders who are admitted.
//
//   byte 0 verb · 1 wait · 2 lot · 3 who · 4 how · 5 more · 6-7 small (u16) · 8-11 amount (u32), little-endian
//
// A step that opens a lot is followed by its rules: as choices of a byte each (Verb::Open), or as the bytes of the
// command itself with a u16 length before them (Verb::OpenAsEncoded: how the example auctions come in).
//
// Thread: none. Failure: none; whatever the bytes, there is a command or an end. Memory: one command at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <variant>

#include "engine/bytes.h"
#include "engine/command.h"
#include "tests/fuzz/watch.h"

namespace fuzz {

enum class Verb : std::uint8_t {
  Bid = 0,  // and every number beyond the last
  Open = 1,
  OpenAsEncoded = 2,
  SurrogateBid = 3,
  BidAgain = 4,
  Withdraw = 5,
  SetProxy = 6,
  CancelProxy = 7,
  CancelBid = 8,
  Pause = 9,
  Resume = 10,
  Abort = 11,
  Disqualify = 12,
  Reinstate = 13,
  Choose = 14,
  Answer = 15,
  AskNext = 16,
  Tick = 17,
  Outage = 18,
  ClockStep = 19,
  Restart = 20,
  Wait = 21,
};
inline constexpr auto last_verb = Verb::Wait;

// What a price is counted from; the low three bits of `how`.
enum class From : std::uint8_t {
  Amount = 0,
  Own = 1,
  Best = 2,
  Ceiling = 3,
  Level = 4,
  Lead = 5,
  Share = 6,
  Limit = 7
};

// `wait`: 0 none, then these, then a power of two of milliseconds.
enum class Until : std::uint8_t { Now = 0, BeforeDue = 1, Due = 2, AfterDue = 3, First = 4 };

struct Step {
  Verb verb = Verb::Bid;
  std::uint8_t wait = 0;
  std::uint8_t lot = 0;  // its place among those opened
  std::uint8_t who = 0;  // its place among those admitted
  std::uint8_t how = 0;
  std::uint8_t more = 0;
  std::uint16_t small = 0;
  std::uint32_t amount = 0;
};
inline constexpr std::size_t step_bytes = 12;
inline constexpr std::uint8_t nobody = 0xff;  // as `lot` or `who`: one that is not known

struct Restart {};  // the hall is dropped and comes back from its journal

// What happens next, and how long after the thing before.
struct Happening {
  engine::Duration wait{};
  std::variant<engine::Command, Restart> what;
};

class Day {
 public:
  explicit Day(std::string_view bytes) : bytes_(bytes) {}

  // Nothing: the day is over.
  std::optional<Happening> next(Watch const& watch, engine::Instant now, engine::Instant next_due);

 private:
  Step get_step();
  std::optional<engine::Command> command(Step const& step, Watch const& watch, engine::Instant now);
  std::optional<engine::Command> open(Step const& step, Watch const& watch, engine::Instant now);
  std::optional<engine::Command> open_as_encoded();
  engine::PlaceBid bid(Step const& step, Watch const& watch);

  engine::ByteReader bytes_;
  std::uint64_t bids_ = 0;
};

// The rules of a lot, a byte or two for each.
engine::LotRules rules_from(engine::ByteReader& bytes);
engine::Evaluation evaluation_from(std::uint8_t choice);

}  // namespace fuzz
