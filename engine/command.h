// Commands: everything that can change anything, as plain values. Reads like a glossary.
//
// A command is written to the journal before it is applied; a refused one too, that is the audit trail. What must be
// hidden for a time travels as the private part: the price of a bid to a sealed lot, ModuleCommand::secret.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/ids.h"
#include "engine/rules.h"

namespace engine {

// The client's idempotency key: equal keys of one bidder in one lot are the same bid. 1-36 printable characters of
// [A-Za-z0-9._-], zero-padded.
struct BidKey {
  std::array<char, limits::bid_key_bytes> text{};
  friend auto operator<=>(BidKey const&, BidKey const&) = default;
};

// Whether the bidder said "yes, I mean it" to an implausibly low price. Part of the bid's content.
enum class Consent : std::uint8_t { NotGiven = 0, Given = 1 };

// A supplier admitted to a lot, with the policy deductions that apply to it, each on the original price, added up
// (rules.md §4.20 stacking). Fixed at opening.
struct Admitted {
  BidderId bidder;
  BasisPoints deduction{};
  friend bool operator==(Admitted const&, Admitted const&) = default;
};

struct OpenLot {
  LotId lot;
  LotRules rules;
  Instant opens_at;  // a time not later than the command's means now
  std::vector<Admitted> admitted;
};
struct PlaceBid {
  LotId lot;
  BidderId bidder;
  PersonId by;  // who of the bidder's people
  Money price;
  BidKey key;
  Consent consent = Consent::NotGiven;
};
// Each with the person and the reason; `by` is nobody where the system acts.
struct PauseLot {
  LotId lot;
  PersonId by;
  std::string reason;
};
struct ResumeLot {
  LotId lot;
  PersonId by;
  std::string reason;
};
struct AbortLot {
  LotId lot;
  PersonId by;
  std::string reason;
};
struct DisqualifyBidder {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
};
struct ReinstateBidder {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
};
// The buyer's choice: inside the band for sealed; for a lot with few bidders, the approval of the first.
struct ChooseQuote {
  LotId lot;
  BidderId bidder;
  PersonId by;
  PersonId approved_by;
  std::string reason;
};
enum class AwardAnswer : std::uint8_t { Confirm = 1, Decline = 2 };
struct AnswerAward {
  LotId lot;
  BidderId bidder;
  PersonId by;
  AwardAnswer answer;
};
// The buyer agrees that the next-ranked is asked after a decline (rules.md §12a gaps 8).
struct AskNext {
  LotId lot;
  PersonId by;
};

// Merely carries time: whatever is due at or before it closes.
struct Tick {};
// The first command after every start. Between `last_alive` and the command's time nobody could bid: an outage, which
// is a pause judged by the end as it was when the outage began.
struct Started {
  Instant last_alive;
};
// The wall clock was stepped by more than a second: live lots pause instead of closing.
struct ClockStepped {
  Duration by;
};

// A command to a module (modules/module.h): the engine only carries it.
struct ModuleCommand {
  std::uint16_t module = 0;  // Module::number()
  std::uint16_t verb = 0;
  PersonId actor;           // nobody: the house itself (first start, demo loader, follow-up)
  SessionId session;        // under which the actor signed in; judged again when applied
  std::string request_key;  // Idempotency-Key of a REST command; empty = none
  std::string body;         // public part
  std::string secret;       // private part: in the journal only under the key of `secret_of`
  PersonId secret_of;
  // Random bits drawn at the door: what a module may need of chance (the order of aliases). A repeat of the request
  // draws others, so it is no part of what a repeat is compared by; never shown to anybody.
  std::uint64_t entropy = 0;
};

using Command = std::variant<OpenLot, PlaceBid, PauseLot, ResumeLot, AbortLot, DisqualifyBidder, ReinstateBidder,
                             ChooseQuote, AnswerAward, AskNext, Tick, Started, ClockStepped, ModuleCommand>;

}  // namespace engine
