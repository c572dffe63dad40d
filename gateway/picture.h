// The picture of one lot: the engine's events of it, folded, as the hub needs them to tell everybody what they may
// know.
//
// It repeats what was decided and decides nothing: where ties go to the earlier bid, places in the order come from the
// events (out at the previous rank, in at the new one); where equals share a rank, and for prices that come to light
// later, from what the lot was opened with. It remembers what changed since the last settle(), so that one turn makes
// one update however many bids it held. Everything is in here, secrets of an open auction included; what of it leaves
// is view's business. A hidden price is not in here before its stage has ended, because no event carries it.
//
// One bid may move everybody by a place, and often nobody looks: ranks are worked out when somebody does.
//
// Thread: the hub's strand, reading included. Failure: none; events come in the engine's order. Memory: an attempt each
// and the course of the best price, until shed().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytes.h"
#include "engine/event.h"
#include "engine/transparency.h"

namespace gateway {

// A decided attempt, as its bidder may ask for it again.
struct Attempt {
  engine::BidKey key;
  engine::Seq seq;
  engine::Instant at;
  std::uint32_t number = 0;
  std::uint16_t rank = 0;  // at that moment; 0: refused, or hidden
  engine::Money price;     // as accepted; 0: refused, or hidden
  std::optional<engine::Refusal> refusal;
  bool is_surrogate = false;  // entered by the buyer's side
  engine::Leaf leaf{};        // in the transparency log; zeros: of a replay, not looked up yet
};

// A point in the course of the best price.
struct Lead {
  engine::Instant at;                  // as the update said
  std::optional<engine::Money> price;  // none: the best was taken away
  friend bool operator==(Lead const&, Lead const&) = default;
};
// Points kept of a lot. When there are so many and another comes, every second one of the older half goes; the first
// and the newest stay.
inline constexpr std::size_t leads_max = 256;

struct BidLine {
  engine::Seq seq;
  engine::Instant at;
  std::uint16_t bidder = 0;  // index
  engine::Money price;
  std::uint16_t rank = 0;  // at that moment; 0: told only at the close
  bool is_automatic = false;
  bool is_surrogate = false;
  bool is_voided = false;  // the bid of that seq counts no more: a line of its own
};

// A bid of one's own that counts no more, and why, as its bidder is told.
struct Voided {
  engine::Seq seq;
  std::string reason;
};

enum class Colour : std::uint8_t { None = 0, Green = 1, Yellow = 2, Red = 3 };

struct Bidder {
  engine::BidderId id;
  std::string alias;
  engine::Evaluation evaluation;
  std::uint16_t rank = 0;              // as shown; 0: no valid bid
  std::optional<engine::Money> last;   // price that counts: the own reference, also while disqualified
  std::vector<engine::Money> counted;  // as known, the last is `last`: a cancelled bid uncovers the one before
  std::uint32_t attempts = 0;
  bool is_eliminated = false;
  bool has_quoted = false;                  // in the hidden stage under way
  std::optional<engine::Money> proxy_step;  // a proxy is active
  std::optional<std::string> disqualified;  // the reason
  // What changes with others' bids, where the rules let the bidder see it.
  std::optional<engine::Money> lead;
  std::uint32_t count = 0;
  Colour colour = Colour::None;
  std::vector<Attempt> kept;   // by number
  std::vector<Voided> voided;  // in the order in which that was decided
};

// What changed, as bits. Of the lot:
namespace changed {
inline constexpr std::uint32_t state = 1, ends_at = 2, remaining = 4, extensions = 8, best = 16, reason = 32,
                               result = 64, bids = 128, bidders = 256, opens_at = 512, stage = 1'024;
// Of one bidder:
inline constexpr std::uint32_t rank = 1, best_own = 2, next_limit = 4, attempts_left = 8, disqualified = 16,
                               receipts = 32, award = 64, lead = 128, colour = 256, count = 512, eliminated = 1'024,
                               proxy = 2'048, voided = 4'096;
inline constexpr std::uint32_t everything = ~std::uint32_t{0};
}  // namespace changed

struct Changes {
  std::uint32_t lot = 0;
  std::size_t bids_from = 0;  // new ones start here
  struct Own {
    std::uint32_t what = 0;
    std::size_t receipts_from = 0;
  };
  std::vector<Own> own;                // by index of the bidder
  std::vector<std::uint16_t> touched;  // those with something in `own`
};

class Picture {
 public:
  explicit Picture(engine::LotScheduled const& scheduled);

  // `leaf` is that of the command that caused it.
  void fold(engine::Event const& event, engine::Leaf const& leaf = {});
  // Attempts folded in a replay have no leaf: the log is asked for them when somebody is there to be shown one.
  void look_up_leaves(engine::BidderId bidder, engine::TransparencyLog const* log);
  Changes const& changes() const { return refresh_ranks(), changes_; }
  std::uint32_t changes_of_lot() const { return changes_.lot; }  // no rank is worked out for these two
  std::size_t bids_from() const { return changes_.bids_from; }
  // The changes were told at that moment: a new best price is a point of its course, one however many bids made it, so
  // that the course says no more than the updates did.
  void settle(engine::Instant at);
  // Forgets attempts, single bids and the course of the price; result and state stay.
  void shed();

  // Everything but leaves, of a picture that is settled (persistence/FORMAT.md, "Pictures").
  void save(engine::ByteWriter& to) const;
  // Nothing: not what save() writes. What it gives can be folded on and shown.
  static std::optional<Picture> load(engine::ByteReader& from, std::uint16_t version = bytes_version);
  static constexpr std::uint16_t bytes_version =
      2;  // 1 is from before bids could bear signatures: nothing voided in it

  engine::LotId lot() const { return lot_; }
  // Which of its gallery it is, from 0.
  std::size_t number() const { return number_; }
  void hang(std::size_t number) { number_ = number; }
  engine::LotRules const& rules() const { return rules_; }
  engine::LotState state() const { return state_; }
  engine::Instant opens_at() const { return opens_at_; }
  engine::Instant ends_at() const { return ends_at_; }
  std::optional<engine::Duration> remaining() const { return remaining_; }  // while paused
  std::uint32_t extensions() const { return extensions_; }
  std::optional<engine::ExtendedBecause> extended_because() const { return extended_because_; }  // the last time
  // The stage under way, where the lot has more than one.
  std::optional<engine::Stage> const& stage() const { return stage_; }
  std::optional<engine::Money> best() const { return best_; }
  // The best that everybody may see: where the rules show the lead, and not only to those who have bid.
  std::optional<engine::Money> public_best() const { return public_best_; }
  std::vector<Lead> const& leads() const { return leads_; }           // of the public best, oldest first
  std::vector<std::uint16_t> const& order() const { return order_; }  // indices, leader first
  engine::Evaluated key_of(std::uint16_t bidder, engine::Money price) const;
  engine::Evaluated lead_key() const;  // of a lot with an order
  // From the second round on no price is above the lead at the round's start.
  std::optional<engine::Evaluated> const& round_top() const { return round_top_; }
  // No price of the lot is known to anybody but its bidder.
  bool hides_bids() const;
  // Whether the rules show the lead to this bidder as things are.
  bool shows_lead_to(Bidder const& bidder) const;
  std::string const& reason() const { return reason_; }  // of the last pause or the abort
  // Paused by nobody: the server itself does so when its clock was stepped, and only then.
  bool is_paused_by_server() const { return is_paused_by_server_; }
  std::vector<Bidder> const& bidders() const { return refresh_ranks(), bidders_; }
  std::vector<BidLine> const& bids() const { return bids_; }
  std::optional<engine::LotClosed> const& closed() const { return closed_; }  // its history is in bids()
  bool is_shed() const { return shed_; }
  bool is_over() const;  // nothing can happen any more

  struct Award {
    std::uint16_t bidder;
    engine::Money price;
    engine::Instant until;
  };
  std::optional<Award> const& award() const { return award_; }  // who is asked, or has confirmed
  std::optional<engine::Instant> choose_until() const { return choose_until_; }

  std::optional<std::uint16_t> find(engine::BidderId bidder) const;  // index
  std::uint16_t index_of(engine::BidderId bidder) const;             // of one that events name: admitted
  Bidder const* bidder(engine::BidderId bidder) const;               // nullptr: not admitted
  // What became of that key; nullptr: never decided, or shed.
  Attempt const* attempt(engine::BidderId bidder, engine::BidKey const& key) const;

 private:
  void fold_event(engine::LotScheduled const&) {}
  void fold_event(engine::LotStarted const& started);
  void fold_event(engine::BidAccepted const& accepted);
  void fold_event(engine::QuoteAccepted const& accepted);
  void fold_event(engine::BidRefused const& refused);
  void fold_event(engine::BidRepeated const&) {}  // nothing changed
  void fold_event(engine::LotExtended const& extended);
  void fold_event(engine::LotPaused const& paused);
  void fold_event(engine::LotResumed const& resumed);
  void fold_event(engine::LotAborted const& aborted);
  void fold_event(engine::BidderDisqualified const& disqualified);
  void fold_event(engine::BidderReinstated const& reinstated);
  void fold_event(engine::LotClosed const& closed);
  void fold_event(engine::SelectionOpened const& opened);
  void fold_event(engine::QuoteChosen const&) {}  // AwardAsked follows
  void fold_event(engine::AwardAsked const& asked);
  void fold_event(engine::AwardAnswered const& answered);
  void fold_event(engine::LotRescheduled const& rescheduled);
  void fold_event(engine::StageStarted const& started);
  void fold_event(engine::TurnEnded const& ended);
  void fold_event(engine::QuotesOpened const& opened);
  void fold_event(engine::BiddersEliminated const& eliminated);
  void fold_event(engine::SurrogateNoted const& noted) { surrogate_ = noted.seq; }
  void fold_event(engine::BidSigned const&) {}  // for whoever verifies
  void fold_event(engine::BidWithdrawn const& withdrawn);
  void fold_event(engine::BidCancelled const& cancelled);
  void fold_event(engine::ProxySet const& set);
  void fold_event(engine::ProxyEnded const& ended);
  void fold_event(engine::ProxyBid const& bid);
  void fold_event(engine::BiddingEnded const& ended);
  // Not of one lot, or without effect on it.
  void fold_event(engine::LotCommandRefused const&) {}
  void fold_event(engine::ModuleAnswered const&) {}
  void fold_event(engine::OutageNoted const&) {}
  void fold_event(engine::ClockStepNoted const&) {}

  engine::OpenLot as_opened() const;
  static std::optional<Picture> as_opened(std::string_view bytes);
  void load_state(engine::ByteReader& from);
  void load_lists(engine::ByteReader& from, std::uint16_t version);
  bool is_sound() const;

  void keep(std::uint16_t bidder, engine::Receipt const& receipt, std::uint16_t rank, engine::Money price);
  void end_stage();
  void tell_history(engine::LotClosed const& closed);
  void place(std::uint16_t bidder, engine::Placed const& placed);
  void reorder(std::vector<engine::BidderId> const& order, engine::Money best);
  void rerank(std::size_t from, std::size_t to) const;
  void refresh_ranks() const {
    if (!moved_.is_empty() || !moved_before_.is_empty()) work_out_ranks();
  }
  void work_out_ranks() const;
  void rerank_all();
  std::uint16_t shown_rank(std::size_t place) const;
  void insert(std::uint16_t bidder);  // by its key, behind its equals
  void remove(std::uint16_t bidder);
  void count(std::uint16_t bidder, std::optional<engine::Money> price);  // replaces what counts
  void set_best(std::optional<engine::Money> best);
  bool has_shared_ranks() const;
  bool hides_order() const;
  bool has_public_lead() const;
  bool has_enough_bidders() const { return order_.size() >= rules_.lead_from_bidders; }
  void refresh_shown();
  Colour colour_of(std::uint16_t bidder) const;
  void set_state(engine::LotState state);
  void set_end(engine::Instant ends_at);
  void add_lead(engine::Instant at);
  void touch(std::uint16_t bidder, std::uint32_t what) const;
  void touch_all(std::uint32_t what);

  engine::LotId lot_;
  std::size_t number_ = 0;
  engine::LotRules rules_;
  engine::LotState state_ = engine::LotState::Scheduled;
  engine::Instant opens_at_;
  engine::Instant ends_at_;
  std::optional<engine::Duration> remaining_;
  std::uint32_t extensions_ = 0;
  std::optional<engine::ExtendedBecause> extended_because_;
  std::optional<engine::Stage> stage_;
  std::optional<engine::Evaluated> round_top_;
  bool are_quotes_open_ = false;  // rounds: the first quotes
  engine::Seq surrogate_;         // whose receipt comes next
  std::optional<engine::Money> best_;
  std::optional<engine::Money> public_best_;
  std::vector<Lead> leads_;
  std::string reason_;
  bool is_paused_by_server_ = false;
  // Places of the order, [from, to), whose ranks are those of before.
  struct Places {
    std::size_t from = 0, to = 0;
    bool is_empty() const { return from >= to; }
    void add(std::size_t first, std::size_t last);
  };
  mutable Places moved_, moved_before_;  // since the last settle(), and before
  std::vector<engine::BidderId> ids_;    // of bidders_
  mutable std::vector<Bidder> bidders_;  // by id
  std::vector<std::uint16_t> order_;     // indices of those with a known valid bid, leader first
  std::vector<BidLine> bids_;            // as they became known
  std::optional<engine::LotClosed> closed_;
  std::optional<Award> award_;
  std::optional<engine::Instant> choose_until_;
  bool shed_ = false;
  mutable Changes changes_;
  engine::Leaf leaf_{};  // of the command whose event is folded
};

// The lot an event is about; nothing given: none, or it has none.
engine::LotId lot_of(engine::Event const& event);
// The receipt in it, if it answers an attempt.
engine::Receipt const* receipt_of(engine::Event const& event);
// What its bidder is told of an event that has a receipt, caused by the command with that leaf.
Attempt attempt_of(engine::Event const& event, engine::Leaf const& leaf);

}  // namespace gateway
