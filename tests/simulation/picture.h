// What all events so far say about every lot: folded from what was published, and from nothing inside the engine.
//
// The people of the day aim by it, and the promises are judged against it.
// Thread: one. Memory: grows with the day.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace simulation {

struct KnownBid {
  engine::Seq seq;
  engine::Money price;
  std::uint32_t arrival = 0;  // 1.. within the lot
  bool pending = false;       // of a turn under way: counts at its end
  bool voided = false;
  bool forged = false;  // it bears a signature that does not hold
};

struct KnownBidder {
  engine::Evaluation evaluation{};
  std::vector<KnownBid> bids;  // accepted, in order of arrival
  bool disqualified = false;
  bool eliminated = false;
  std::optional<engine::Money> proxy_limit;  // while a proxy is active
  std::map<engine::BidKey, engine::Receipt> answers;
  std::uint32_t attempts = 0;

  KnownBid const* last_valid() const;  // that is not pending
  KnownBid const* counted() const { return disqualified ? nullptr : last_valid(); }
  KnownBid* pending();
};

struct KnownLot {
  engine::LotId id;
  engine::OpenLot opened;
  engine::LotState state = engine::LotState::Scheduled;
  engine::LotState resumes_to = engine::LotState::Running;
  engine::Stage stage{};
  engine::Instant opens_at, ends_at, cap;
  std::map<engine::BidderId, KnownBidder> bidders;
  std::uint32_t arrivals = 0;
  bool is_opened = false;  // rounds: the first quotes
  std::vector<engine::Standing> standings;
  engine::BidderId asked, confirmed;
  std::set<engine::BidderId> lost;   // declined or silent
  bool is_released = false;          // of a group: its awards were asked, or need not be
  std::set<engine::Seq> unverified;  // accepted bids whose signatures nobody has noted

  engine::LotRules const& rules() const { return opened.rules; }
  bool is_before_close() const;
  bool is_over() const;  // nothing happens any more
  bool awaits_signatures() const { return state == engine::LotState::ResultPending && !unverified.empty(); }
  // Quotes count at once and are told to nobody.
  bool hides_the_order() const;
  // Who bids what now is hidden.
  bool hides_bids() const { return hides_the_order() || engine::is_hidden(stage.kind); }
  bool takes_from(engine::BidderId bidder) const;  // as far as the stage goes

  engine::Evaluated key(engine::BidderId bidder, engine::Money price) const;
  // The price at which this bidder is worth no more than that key.
  engine::Money reference(engine::Evaluated const& key, engine::BidderId bidder) const;
  std::vector<engine::BidderId> order() const;  // leader first
  std::optional<engine::Evaluated> lead() const;
};

// The signatures of the day: who holds the supplier's key makes the one, anybody the other.
engine::Signature genuine_signature(engine::BidderId bidder);
bool is_genuine(engine::Signature const& signature);

class Picture {
 public:
  // A note that was not refused; before the events of its command.
  void note(engine::NoteSignatures const& note);
  void fold(engine::Command const& cause, engine::Event const& event);
  KnownLot const* find(engine::LotId lot) const;
  std::map<engine::LotId, KnownLot> const& lots() const { return lots_; }

 private:
  std::map<engine::LotId, KnownLot> lots_;
};

// The lot an event is about; nothing for what concerns the whole house.
engine::LotId lot_of(engine::Event const& event);
engine::Receipt const* receipt_in(engine::Event const& event);
// The bid that a command places, if it does.
engine::PlaceBid const* bid_in(engine::Command const& command);

}  // namespace simulation
