// One lot from its opening to its end: the state machine in which all formats run (rules.h).
//
//   Scheduled --opens_at--> Running --late bid, too few quotes, outage--> Extended
//                              |  \_____ pause / resume _____/ Paused        |
//                              +------- end of the last stage (stage.h) -----+
//                                                    |
//                        Verifying --signatures noted--+   (where bids are signed)
//                                                    |
//       FailedNoBid (none) · FailedFew (too few) · Selecting (sealed; few to approve) · Awarded (others)
//       PracticeEnded · ResultPending --the other lots have ended--> one of the above
//                                                    |
//   Selecting --choice; silence--> Awarded --confirms--> OrderConfirmed
//                 ^                   |
//                 +---- sealed -------+-- declines, silent --> WinnerDeclined --ask next--> Awarded (others)
//
// and from everything that is not at its end: Aborted. Few to approve and silent: FailedFew.
//
// judge() is const and says the first thing wrong, or nothing; enter() changes and cannot refuse. Hall has brought the
// time before it asks: nothing is due at or before `at`.
//
// Thread:  owned by the engine thread, like everything reachable from Hall.
// Memory:  reserved by the constructor, most of it in the arena; decide(PlaceBid) does not allocate, given room in the
//          events.
// Files:   lot.cpp opening, and a bid from key to receipt; lot_price.cpp what a price is judged by; lot_stage.cpp what
//          time does; lot_proxy.cpp bids that the engine makes; lot_hold.cpp what people and accidents do to a lot
//          under way; lot_sign.cpp bids that bear signatures; lot_award.cpp from the close on; lot_save.cpp a lot as
//          bytes.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/arena.h"
#include "engine/attempts.h"
#include "engine/award.h"
#include "engine/bidder.h"
#include "engine/book.h"
#include "engine/bytes.h"
#include "engine/event.h"
#include "engine/roster.h"

namespace engine {

// The command under way.
struct Moment {
  Seq seq;
  Instant at;
};

class Lot {
 public:
  static std::optional<Refusal> judge(OpenLot const& open, Instant at);
  // Judged before. `opens_at` is not earlier than now.
  enum class Waits : bool { No, ForAnother };
  Lot(OpenLot const& open, Instant opens_at, Waits waits, Arena& arena, AttemptShelf& shelf, Events& out);

  // A bid: one receipt in any case.
  void decide(PlaceBid const& bid, Moment moment, Events& out);
  void decide(PlaceSurrogateBid const& surrogate, Moment moment, Events& out);
  void decide(PlaceSignedBid const& asked, Moment moment, Events& out);

  // What decide() of a bid will touch, in three steps of which each needs the one before (Hall::prefetch).
  void prefetch() const;
  void prefetch_tables(PlaceBid const& bid) const;
  void prefetch_bidder(PlaceBid const& bid) const;

  std::optional<Refusal> judge(PauseLot const& pause, Instant at) const;
  std::optional<Refusal> judge(ResumeLot const& resume, Instant at) const;
  std::optional<Refusal> judge(AbortLot const& abort, Instant at) const;
  std::optional<Refusal> judge(DisqualifyBidder const& disqualify, Instant at) const;
  std::optional<Refusal> judge(ReinstateBidder const& reinstate, Instant at) const;
  std::optional<Refusal> judge(CancelBid const& cancel, Instant at) const;
  std::optional<Refusal> judge(WithdrawBid const& withdraw, Instant at) const;
  std::optional<Refusal> judge(SetProxy const& set, Instant at) const;
  std::optional<Refusal> judge(CancelProxy const& cancel, Instant at) const;
  std::optional<Refusal> judge(NoteSignatures const& note, Instant at) const;
  std::optional<Refusal> judge(ChooseQuote const& choose, Instant at) const;
  std::optional<Refusal> judge(AnswerAward const& answer, Instant at) const;
  std::optional<Refusal> judge(AskNext const& ask, Instant at) const;

  void enter(PauseLot const& pause, Moment moment, Events& out);
  void enter(ResumeLot const& resume, Moment moment, Events& out);
  void enter(AbortLot const& abort, Moment moment, Events& out);
  void enter(DisqualifyBidder const& disqualify, Moment moment, Events& out);
  void enter(ReinstateBidder const& reinstate, Moment moment, Events& out);
  void enter(CancelBid const& cancel, Moment moment, Events& out);
  void enter(WithdrawBid const& withdraw, Moment moment, Events& out);
  void enter(SetProxy const& set, Moment moment, Events& out);
  void enter(CancelProxy const& cancel, Moment moment, Events& out);
  void enter(NoteSignatures const& note, Moment moment, Events& out);
  void enter(ChooseQuote const& choose, Moment moment, Events& out);
  void enter(AnswerAward const& answer, Moment moment, Events& out);
  void enter(AskNext const& ask, Moment moment, Events& out);

  // When time alone changes the lot; `never` when it does not.
  Instant due() const { return is_live(state_) ? ends_at_ : due_at_rest(); }
  // What is due happens, at its own time. `cause`: the command that brought the time.
  void act(Seq cause, Events& out);
  // From `from` until `until` nobody could reach the lot. Nothing was due at or before `from`.
  void outlast(Instant from, Instant until, Events& out);

  // BidSigned again of each bid whose signature is still to be verified.
  void tell_unverified(Events& out) const;

  // What concerns other lots of the inquiry: Hall carries it from one to the other.
  LotId after() const { return waits_ == Waits::ForAnother ? after_ : LotId{}; }  // whose end it waits for
  void follow(Instant ended_at, Events& out);                                     // that one has ended
  bool is_pending() const { return state_ == LotState::ResultPending; }
  void release(Instant at, Events& out);  // of one that is pending
  // By how much the command under way extended this lot for a late bid; zero when asked again.
  Duration take_late_extension() { return std::exchange(late_extension_, Duration::zero()); }
  void extend_with_other(Duration length, Events& out);  // nothing where the rules or the moment do not allow it

  LotRules const& rules() const { return rules_; }
  LotState state() const { return state_; }
  Instant ends_at() const { return ends_at_; }
  // The state in canonical bytes, of which the digest is made; and all of it, which load() takes (lot_save.cpp).
  void write(ByteWriter& bytes) const;
  void save(ByteWriter& bytes) const;
  // Into a lot just opened with what the piece began with, up to `from`. false: not what save() gives.
  [[nodiscard]] bool load(std::string_view piece, ByteReader& from, Moment now, ByteWriter& again);

 private:
  // An accepted bid whose signature is still to be verified.
  struct Unverified {
    AttemptPlace bid;
    PersonId by;
    Signature signature;
  };
  enum class Signed : bool { No, Yes };
  // Whose bid is judged: a bidder's own, or one that the engine makes for them.
  enum class Maker : bool { Bidder, Engine };
  // What an ordinary bid is judged by, side by side: where no rule asks more, a few comparisons tell that it passes.
  struct Ordinary {
    Money highest;  // the ceiling; from the second round on, where the round before ended
    Money decrement;
    Duration trigger_window{};  // a bid nearer to the end may extend
    std::int32_t slip_below = 0;
    std::uint16_t attempts_max = 0;
    StepBasis step_basis = StepBasis::Own;
    bool applies = false;
  };
  // The bids of one command extend the lot once.
  struct Cause {
    Moment moment;
    bool has_extended = false;
  };

  std::optional<Slot> slot_of(BidderId bidder) const {
    return roster_.find(bidder, [&](Slot slot) { return bidders_[slot].id; });
  }
  Slot admitted_slot(BidderId bidder) const;  // of one who was judged to be admitted
  std::optional<Refusal> judge_bidder(BidderId bidder, Bidder::Standing expected, std::string const& reason) const;
  bool is_sealed() const { return rules_.format == Format::Sealed; }
  bool is_ended() const;
  bool hides_bids() const;     // a bid placed now is not told
  bool hides_counted() const;  // what counts now has not been told yet
  std::vector<BidderId> live_order() const;
  Money live_best() const;
  Figure private_to(Money price) const;

  // lot.cpp
  static std::size_t characters_of(std::string_view text);
  void repeat(PlaceBid const& bid, AttemptPlace place, Moment moment, Events& out) const;
  void refuse_bid(PlaceBid const& bid, Moment moment, std::uint32_t attempt, Refusal const& refusal, Events& out) const;
  std::optional<Refusal> judge_surrogate(PlaceSurrogateBid const& surrogate) const;
  std::optional<Refusal> judge(PlaceBid const& bid, Slot slot, Instant at, Signed is_signed) const;
  std::optional<Refusal> judge_moment(Bidder const& bidder, Instant at) const;
  std::optional<Refusal> judge_stage(Slot slot, Instant at) const;
  bool has_attempts_left(Slot slot) const { return bidders_[slot].attempts < ordinary_.attempts_max; }
  bool has_quoted(Slot slot) const;
  static Ordinary ordinary(LotRules const& rules);
  bool is_ordinary(PlaceBid const& bid, Slot slot) const;
  void enter_ordinary(PlaceBid const& bid, Slot slot, std::uint32_t hash, Moment moment, Events& out);
  void decide_new(PlaceBid const& bid, Slot slot, std::uint32_t hash, Moment moment, Signed is_signed, Events& out);
  void enter_bid(Slot slot, Receipt const& receipt, Events& out);
  Move count(Slot slot, AttemptPlace bid);
  Placed placed(Slot slot, Move move) const;
  void extend_for_late_bid(std::uint16_t rank, Cause& cause, Events& out);
  Instant end_after_bid(Instant at) const;

  // lot_price.cpp
  Evaluated key(Slot slot, Money price) const;
  Money reference(Evaluated const& key, Slot slot) const;  // the price at which this bidder would be equal
  Money top(Slot slot) const;
  Money floored_to_grid(Money price) const;
  std::optional<Refusal> judge_price(PlaceBid const& bid, Slot slot) const;
  std::optional<Refusal> judge_open(Money price, Slot slot, Maker maker) const;
  std::optional<Refusal> judge_grid(Money price) const;
  std::optional<Refusal> judge_step(Money price, std::optional<Money> reference) const;
  std::optional<Refusal> judge_buffers(Money price, Slot slot) const;
  std::optional<Refusal> judge_tie(Money price, Slot slot) const;
  std::optional<Money> step_reference(Slot slot) const;
  std::optional<Money> slip_reference(Slot slot) const;
  std::optional<Refusal> judge_slip(Money price, Slot slot) const;

  // lot_stage.cpp
  static Duration first_stage_length(LotRules const& rules);
  Instant cap_from(Instant start) const;
  Instant due_at_rest() const;
  void start(Instant at, Events& out);
  void begin(Stage const& stage, Duration length, Events& out);
  void begin_after(Duration pause, StageKind next, std::uint16_t round, Events& out);
  void begin_next(StageKind next, std::uint16_t round, Events& out);
  void begin_round(std::uint16_t round, Events& out);
  void begin_turns(std::uint16_t round, Events& out);
  void begin_turn(std::uint16_t round, std::size_t from, Events& out);
  void begin_best_bid(Events& out);
  void end_stage(Seq cause, Events& out);
  void end_bidding(Events& out);
  void end_round(Events& out);
  void end_turn(Events& out);
  bool is_improvement(Slot slot, AttemptPlace bid) const;
  void end_level(Events& out);
  void end_sealed_bids(Events& out);
  void take_level(Slot taker, Instant at, Events& out);
  void eliminate(std::vector<Slot> const& slots, Events& out);
  void open_quotes(Events& out) const;
  void move_end(Instant end, ExtendedBecause because, Events& out);
  void close(Instant at, Events& out);
  void shift_end(Instant frozen_at, Instant until);

  // lot_proxy.cpp
  bool has_proxy(Slot slot) const { return !proxies_.empty() && proxies_[slot].is_active(); }
  bool is_better(Slot a, Slot b) const;
  bool can_beat(Slot slot, Evaluated const& key) const;
  std::optional<Slot> best_challenger() const;
  void act_proxies(Cause& cause, Events& out);
  void challenge(Slot challenger, Cause& cause, Events& out);
  void try_limit(Slot slot, Cause& cause, Events& out);
  void place_automatic(Slot slot, Money price, Cause& cause, Events& out);
  void end_proxy(Slot slot, ProxyEnd because, Events& out, PersonId by = {});

  // lot_hold.cpp
  void drop_pending(Slot slot);
  void void_bid(Slot slot, AttemptPlace bid);

  // lot_award.cpp
  Choice choice_at_close() const;
  std::vector<Standing> counted() const;
  std::vector<HistoryEntry> history() const;
  void announce_close(Events& out) const;
  void open_award(Instant at, Events& out);
  void open_selection(Instant at, Events& out);
  void choose(Standing const& standing, ChooseQuote const& choose, Instant at, Events& out);
  void ask(BidderId bidder, Instant at, Events& out);
  void end_selection_in_silence(Events& out);
  void lose_winner(PersonId by, AwardOutcome outcome, Instant at, Events& out);

  // lot_save.cpp
  class Loader;
  void write_opening(ByteWriter& bytes) const;
  void write_course(ByteWriter& bytes) const;
  void write_award(ByteWriter& bytes) const;
  void save_before_attempts(ByteWriter& bytes) const;

  // What an ordinary bid reads, in the order in which it does.
  Instant ends_at_;  // of the stage; frozen while paused; when the bidding ended, afterwards
  LotState state_ = LotState::Scheduled;
  LotState resume_to_ = LotState::Running;  // Running or Extended: where a pause came from
  LotState outcome_ = LotState::Scheduled;  // ResultPending: what it becomes
  enum class Window : std::uint8_t { First = 1, Second = 2 } window_ = Window::First;  // sealed: extended for too few
  std::uint16_t extensions_ = 0;                                                       // for late bids, of this round
  Ordinary ordinary_;
  Stage stage_;
  Roster roster_;
  std::span<Bidder> bidders_;  // by slot, in ascending order of id
  Book book_;                  // of those not disqualified
  Attempts attempts_;

  LotId id_;
  LotRules rules_;
  std::span<Evaluation> evaluations_;  // by slot
  std::span<Proxy> proxies_;           // by slot; empty where the rules know none
  std::uint32_t proxies_set_ = 0;
  Waits waits_;
  LotId after_;                          // in series: the lot before
  Instant earliest_;                     // in series: it does not open before
  StageKind next_ = StageKind::Bidding;  // in a Break: what comes
  Instant opens_at_;
  Instant cap_at_;  // reverse: ends_at_ <= cap_at_, moved together by pauses
  Instant paused_at_;
  Instant until_;                       // Selecting, Awarded: when silence is an answer
  Duration late_extension_{};           // see take_late_extension()
  std::optional<Evaluated> top_;        // from the second round on: the lead at its start
  std::vector<Slot> turn_order_;        // rounds: of this round
  std::vector<Unverified> unverified_;  // signed bids, by place
  AttemptPlace pending_ = no_attempt;   // Turn, BestBid: counts when the stage ends
  Slot taker_ = 0;                      // dutch, from the taking on
  Money taken_;                         // the price taken; 0 = none yet
  Award award_;                         // from the close on
  BidderId asked_;                      // Awarded: who is to confirm

  static constexpr std::size_t hot_bytes = 320;  // up to here: prefetch()
};

}  // namespace engine
