// One lot from its opening to its end: the state machine in which both formats run (rules.h).
//
//   Scheduled --opens_at--> Running --late bid, too few quotes, outage--> Extended
//                              |  \_____ pause / resume _____/ Paused        |
//                              +------------------ ends_at -----------------+
//                                                    |
//       FailedNoBid (none) · FailedFew (too few) · Selecting (sealed; few to approve) · Awarded (reverse)
//                                                    |
//   Selecting --choice; silence--> Awarded --confirms--> OrderConfirmed
//                 ^                   |
//                 +---- sealed -------+-- declines, silent --> WinnerDeclined --ask next--> Awarded (reverse)
//
// and from everything that is not at its end: Aborted. Few to approve and silent: FailedFew.
//
// judge() is const and says the first thing wrong, or nothing; enter() changes and cannot refuse. Hall has brought the
// time before it asks: nothing is due at or before `at`.
//
// Thread:  owned by the engine thread, like everything reachable from Hall.
// Memory:  reserved by the constructor; decide(PlaceBid) does not allocate, given room in the events.
// Files:   lot.cpp opening, bids, start and close; lot_hold.cpp what people and accidents do to a lot under way;
//          lot_award.cpp from the close on.
#pragma once

#include <optional>
#include <vector>

#include "engine/attempts.h"
#include "engine/award.h"
#include "engine/book.h"
#include "engine/bytes.h"
#include "engine/event.h"

namespace engine {

class Lot {
 public:
  static std::optional<Refusal> judge(OpenLot const& open, Instant at);
  // Judged before. `opens_at` is not earlier than now.
  Lot(OpenLot const& open, Instant opens_at, Events& out);

  // A bid: one receipt in any case.
  void decide(PlaceBid const& bid, Seq seq, Instant at, Events& out);

  std::optional<Refusal> judge(PauseLot const& pause) const;
  std::optional<Refusal> judge(ResumeLot const& resume) const;
  std::optional<Refusal> judge(AbortLot const& abort) const;
  std::optional<Refusal> judge(DisqualifyBidder const& disqualify) const;
  std::optional<Refusal> judge(ReinstateBidder const& reinstate) const;
  std::optional<Refusal> judge(ChooseQuote const& choose) const;
  std::optional<Refusal> judge(AnswerAward const& answer) const;
  std::optional<Refusal> judge(AskNext const& ask) const;

  void enter(PauseLot const& pause, Instant at, Events& out);
  void enter(ResumeLot const& resume, Instant at, Events& out);
  void enter(AbortLot const& abort, Instant at, Events& out);
  void enter(DisqualifyBidder const& disqualify, Instant at, Events& out);
  void enter(ReinstateBidder const& reinstate, Instant at, Events& out);
  void enter(ChooseQuote const& choose, Instant at, Events& out);
  void enter(AnswerAward const& answer, Instant at, Events& out);
  void enter(AskNext const& ask, Instant at, Events& out);

  // When time alone changes the lot; `never` when it does not.
  Instant due() const;
  // What is due happens, at its own time.
  void act(Events& out);
  // From `from` until `until` nobody could reach the lot. Nothing was due at or before `from`.
  void outlast(Instant from, Instant until, Events& out);

  Format format() const { return rules_.format; }
  LotState state() const { return state_; }
  // The whole state in canonical bytes.
  void write(ByteWriter& bytes) const;

 private:
  struct Bidder {
    BidderId id;
    BasisPoints deduction;
    enum class Standing : std::uint8_t { Admitted, Disqualified } standing = Standing::Admitted;
    Counted last;  // the last accepted bid; seq 0 = none yet. Stays the reference while disqualified
    Instant last_at;
    bool has_bid() const { return last.seq.is_given(); }
  };

  std::optional<Slot> slot_of(BidderId bidder) const;
  Slot admitted_slot(BidderId bidder) const;  // of one who was judged to be admitted
  std::optional<Refusal> judge_bidder(BidderId bidder, Bidder::Standing expected, std::string const& reason) const;
  bool is_sealed() const { return rules_.format == Format::Sealed; }
  bool is_before_close() const;
  bool is_ended() const;
  std::vector<BidderId> live_order() const;
  Money live_best() const;
  Figure private_to(Money price) const;

  std::optional<Refusal> judge(PlaceBid const& bid, Slot slot, Instant at) const;
  std::optional<Refusal> judge_price(PlaceBid const& bid, Bidder const& bidder) const;
  std::optional<Refusal> judge_step(Money price, Bidder const& bidder) const;
  std::optional<Refusal> judge_slip(Money price) const;
  void enter_bid(PlaceBid const& bid, Slot slot, Receipt const& receipt, Events& out);
  void extend_for_late_bid(Instant at, Events& out);

  void start(Instant at, Events& out);
  void move_end(Instant end, ExtendedBecause because, Events& out);
  void close(Events& out);
  void shift_end(Instant frozen_at, Instant until);

  Choice choice_at_close() const;
  std::vector<Standing> counted() const;
  std::vector<HistoryEntry> history() const;
  void announce_close(Events& out) const;
  void open_selection(Instant at, Events& out);
  void choose(Standing const& standing, ChooseQuote const& choose, Instant at, Events& out);
  void ask(BidderId bidder, Instant at, Events& out);
  void end_selection_in_silence(Events& out);
  void lose_winner(PersonId by, AwardOutcome outcome, Instant at, Events& out);

  LotId id_;
  LotRules rules_;
  LotState state_ = LotState::Scheduled;
  LotState resume_to_ = LotState::Running;  // Running or Extended: where a pause came from
  enum class Window : std::uint8_t { First = 1, Second = 2 } window_ = Window::First;  // sealed: extended for too few
  Instant opens_at_;
  Instant ends_at_;  // as it stands; frozen while paused; when the bidding ended, afterwards
  Instant cap_at_;   // reverse: ends_at_ <= cap_at_, moved together by pauses
  Instant paused_at_;
  Instant until_;                // Selecting, Awarded: when silence is an answer
  std::vector<BidderId> ids_;    // ascending; the slot is the index
  std::vector<Bidder> bidders_;  // by slot
  Book book_;                    // of those not disqualified
  Attempts attempts_;
  Award award_;     // from the close on
  BidderId asked_;  // Awarded: who is to confirm
};

}  // namespace engine
