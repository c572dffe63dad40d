// What purchasers and the regulator do, and what time does.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/market_life.h"
#include "tests/simulation/rules_of_the_day.h"

namespace simulation {

using namespace engine;

namespace {
constexpr std::uint64_t suppliers = 6;
constexpr std::uint64_t inquiries_max = 12;
}  // namespace

// One where something happens, mostly; the newer the likelier.
KnownLot const* Market::any_lot() {
  auto const& lots = witness_.picture().lots();
  if (lots.empty()) return nullptr;
  auto const pick = [&] {
    auto const back = dice_.between(1, std::min<std::int64_t>(std::ssize(lots), dice_.chance(90) ? 6 : 100));
    return &std::prev(lots.end(), back)->second;
  };
  auto const* lot = pick();
  for (int tries = 0; tries < 4 && !is_live(lot->state); ++tries) lot = pick();
  return lot;
}
KnownLot const* Market::any_lot_in(LotState state) {
  std::vector<KnownLot const*> found;
  for (auto const& [id, lot] : witness_.picture().lots()) {
    if (lot.state == state) found.push_back(&lot);
  }
  return found.empty() ? any_lot() : dice_.any_of(found);
}
// Now and then one that was never opened.
LotId Market::any_lot_id() {
  auto const* lot = any_lot();
  if (lot == nullptr || dice_.chance(15)) {
    return lot_id(InquiryId{dice_.bits() % 3}, static_cast<std::uint8_t>(dice_.between(0, 9)));
  }
  return lot->id;
}

std::string Market::reason() {
  auto const pick = dice_.between(1, 100);
  if (pick <= 6) return "";
  if (pick <= 10) return std::string(static_cast<std::size_t>(dice_.between(1'000, 1'001)), 'x');
  if (pick <= 16) return "供货期更短质量更优";  // nine characters
  return "供货期更短、质量更优";
}

void Market::new_inquiry() {
  if (inquiries_ >= inquiries_max) return bid();
  InquiryId const inquiry{++inquiries_};
  auto const release = static_cast<Release>(dice_.chance(50) ? 1 : dice_.between(2, 3));
  auto const lots = dice_.between(1, 3);
  auto const is_series = dice_.chance(25);
  for (std::int64_t place = 1; place <= lots; ++place) {
    OpenLot open;
    open.lot = lot_id(inquiry, static_cast<std::uint8_t>(place));
    open.rules = draw_rules(dice_);
    open.rules.release = dice_.chance(90) ? release : Release::Each;
    open.opens_at = clock_.now() + Duration{dice_.between(-100, 300)};
    if (is_series && place > 1) {
      open.after = lot_id(inquiry, static_cast<std::uint8_t>(dice_.between(1, place - (dice_.chance(95) ? 1 : 0))));
    }
    for (std::uint64_t id = suppliers; id >= 1; --id) {
      if (dice_.chance(75)) open.admitted.push_back({BidderId{id}, draw_evaluation(dice_, open.rules)});
    }
    if (dice_.chance(1) && !open.admitted.empty()) open.admitted.push_back(open.admitted.front());
    if (dice_.chance(1)) open.admitted.resize(limits::bidders_a_lot + 1, {BidderId{1}, {}});
    if (dice_.chance(2)) open.lot = any_lot_id();
    offer(std::move(open));
  }
}

void Market::buyer_acts() {
  auto const* paused = any_lot_in(LotState::Paused);
  if (paused == nullptr) return;
  if (paused->state == LotState::Paused && dice_.chance(50)) return offer(ResumeLot{paused->id, person(), reason()});
  auto const* lot = any_lot();
  auto const id = dice_.chance(3) ? any_lot_id() : lot->id;
  auto const pick = dice_.between(1, 100);
  if (pick <= 25) return offer(PauseLot{id, person(), reason()});
  if (pick <= 40) return offer(ResumeLot{id, person(), reason()});
  if (pick <= 46) return offer(AbortLot{id, person(), reason()});
  if (pick <= 70) return offer(DisqualifyBidder{id, any_bidder_of(*lot), person(), reason()});
  for (auto const& [bidder, one] : lot->bidders) {
    if (one.disqualified && dice_.chance(60)) return offer(ReinstateBidder{id, bidder, person(), reason()});
  }
  offer(ReinstateBidder{id, any_bidder_of(*lot), person(), reason()});
}

void Market::award_acts() {
  switch (dice_.between(1, 4)) {
    case 1:
      if (auto const* lot = any_lot_in(LotState::Selecting)) {
        auto bidder = any_bidder_of(*lot);
        if (!lot->standings.empty() && dice_.chance(70)) bidder = dice_.any_of(lot->standings).bidder;
        offer(ChooseQuote{lot->id, bidder, person(), person(), reason()});
      }
      return;
    case 2:
      if (auto const* lot = any_lot_in(LotState::WinnerDeclined)) offer(AskNext{lot->id, person()});
      return;
    default:
      if (auto const* lot = any_lot_in(LotState::Awarded)) {
        auto const bidder = dice_.chance(85) ? lot->asked : any_bidder_of(*lot);
        offer(AnswerAward{lot->id, bidder, person(), dice_.chance(45) ? AwardAnswer::Confirm : AwardAnswer::Decline});
      }
  }
}

void Market::regulator_acts() {
  auto const* lot = any_lot();
  if (lot == nullptr) return;
  auto const bidder = any_bidder_of(*lot);
  auto const one = lot->bidders.find(bidder);
  auto const* own = one == lot->bidders.end() ? nullptr : one->second.last_valid();
  auto const seq = own != nullptr && dice_.chance(85) ? own->seq : Seq{dice_.bits() % 300};
  offer(CancelBid{lot->id, bidder, seq, person(), reason()});
}

void Market::other_command() {
  if (dice_.chance(50)) return offer(ModuleCommand{});
  offer(Started{clock_.now() + Duration{dice_.between(-600, 100)}});
}

void Market::time_passes() {
  auto const due = life_->hall.next_due();
  auto const now = clock_.now();
  auto const pick = dice_.between(1, 100);
  if (pick <= 55) return clock_.advance(Duration{dice_.between(1, 150)});
  if (pick <= 58) return clock_.advance(Duration{-dice_.between(1, 300)});  // never felt: stamps do not go back
  if (due == never || pick <= 70) return clock_.advance(Duration{dice_.between(1, 800)});
  if (pick <= 97) return clock_.set(std::max(now, due + Duration{dice_.between(-1, 1)}));
  clock_.set(std::max(now, due) + Duration{dice_.between(1'000, 6'000)});
}

// The wall clock was stepped; ours follows forwards, and backwards only by running slower.
void Market::clock_jumps() {
  ++witness_.reached().clock_jumps;
  Duration const by{dice_.between(-9'000, 9'000)};
  offer(ClockStepped{by});
  turn();
  if (by > Duration::zero()) clock_.advance(by);
}

}  // namespace simulation
