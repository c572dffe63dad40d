// Commands: everything that can change anything, as plain values. Reads like a glossary.
//
// A command is written to the journal before it is applied; a refused one too, that is the audit trail. What must be
// hidden for a time travels as the private part: the price of a bid where bids are hidden, a proxy's limit,
// ModuleCommand::secret.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/evaluation.h"
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

// A supplier admitted to a lot, and what makes its prices comparable. Fixed at opening.
struct Admitted {
  BidderId bidder;
  Evaluation evaluation{};
  friend bool operator==(Admitted const&, Admitted const&) = default;
};

struct OpenLot {
  LotId lot;
  LotRules rules;
  Instant opens_at;  // a time not later than the command's means now
  std::vector<Admitted> admitted;
  // In series: opens when the bidding of that lot of the same inquiry has ended and `rules.pause` has passed, not
  // before `opens_at`.
  LotId after{};
};
struct PlaceBid {
  LotId lot;
  BidderId bidder;
  PersonId by;  // who of the bidder's people
  Money price;
  BidKey key;
  Consent consent = Consent::NotGiven;
};
// A bid that somebody of the buyer's side enters for a supplier, with a second person and a reason. Where the rules
// allow.
struct PlaceSurrogateBid {
  PlaceBid bid;  // `by` enters it
  PersonId approved_by;
  std::string reason;
};
// What a supplier's own key says of a bid (gateway/signature.h has the text): r and s, 32 bytes each.
struct Signature {
  SigningKeyId key;
  std::array<char, 64> bytes{};
  friend bool operator==(Signature const&, Signature const&) = default;
};
struct PlaceSignedBid {
  PlaceBid bid;
  Signature signature;
};
// How far the signatures of a lot's bids are verified: all of bids up to `through`, and those of `invalid` do not hold
// (at most limits::invalid_signatures_a_note; where there are more, `through` stops before them).
struct NoteSignatures {
  LotId lot;
  Seq through;
  std::vector<Seq> invalid;
};
// Takes back what was bid in the turn under way.
struct WithdrawBid {
  LotId lot;
  BidderId bidder;
  PersonId by;
};
// From now on the engine bids for this supplier when another leads, down to the limit, by at least the step. The limit
// is secret as long as the lot is. Setting the same again changes nothing.
struct SetProxy {
  LotId lot;
  BidderId bidder;
  PersonId by;
  Money limit;
  Money step;
};
struct CancelProxy {
  LotId lot;
  BidderId bidder;
  PersonId by;
};
// A regulator voids the bid that counts for a bidder: the one before counts again. `bid` says which is meant.
struct CancelBid {
  LotId lot;
  BidderId bidder;
  Seq bid;
  PersonId by;
  std::string reason;
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

using Command =
    std::variant<OpenLot, PlaceBid, PauseLot, ResumeLot, AbortLot, DisqualifyBidder, ReinstateBidder, ChooseQuote,
                 AnswerAward, AskNext, Tick, Started, ClockStepped, ModuleCommand, PlaceSurrogateBid, WithdrawBid,
                 SetProxy, CancelProxy, CancelBid, PlaceSignedBid, NoteSignatures>;

}  // namespace engine
