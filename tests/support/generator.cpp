// Every weight of the stream is here, beside what it is for.
#include "tests/support/generator.h"

#include <algorithm>
#include <string>

namespace support {

using namespace engine;

namespace {
constexpr std::uint64_t lots_max = 16;
}

Generator::Generator(std::uint64_t seed) : random_(seed), levels_(lots_max + 2) {}

// Not std::uniform_int_distribution: its numbers differ between libraries, and a printed seed must stay good.
std::int64_t Generator::between(std::int64_t lowest, std::int64_t highest) {
  return lowest + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(highest - lowest + 1));
}

Instant Generator::time(Instant now, Instant next_due) {
  auto const pick = between(1, 100);
  if (pick <= 35) return now;
  if (pick <= 65) return now + Duration{between(1, 400)};
  if (next_due == never) return now + Duration{between(1, 2'000)};
  if (pick <= 75) return std::max(now, next_due - Duration{1});
  if (pick <= 88) return next_due;
  if (pick <= 95) return next_due + Duration{1};
  if (pick <= 97) return next_due + Duration{between(1'000, 20'000)};
  return now - Duration{between(1, 1'000)};  // stamped before the latest: judged at the latest
}

// Now and then one that was never opened.
LotId Generator::lot() {
  if (chance(2)) return lot_id(InquiryId{1}, lots_max + 1);
  auto const newest = static_cast<std::int64_t>(std::max<std::uint64_t>(opened_, 1));
  auto const oldest = chance(85) ? std::max<std::int64_t>(1, newest - 2) : 1;
  return lot_id(InquiryId{1}, static_cast<std::uint8_t>(between(oldest, newest)));
}
// 1-5 are admitted, mostly; 6 never.
BidderId Generator::bidder() {
  return BidderId{static_cast<std::uint64_t>(chance(3) ? 6 : between(1, 5))};
}
PersonId Generator::person() {
  return PersonId{static_cast<std::uint64_t>(between(0, 3))};
}

std::string Generator::reason() {
  auto const pick = between(1, 100);
  if (pick <= 10) return "";
  if (pick <= 15) return std::string(static_cast<std::size_t>(between(1'000, 1'001)), 'x');
  if (pick <= 35) return "供货期更短质量更优";    // nine characters
  if (pick <= 55) return "供货期更短、质量更优";  // ten
  return "delivered a week earlier";
}

Command Generator::open() {
  opened_ = std::min(opened_ + 1, lots_max);
  OpenLot open;
  open.lot = chance(5) ? lot() : lot_id(InquiryId{1}, static_cast<std::uint8_t>(opened_));
  auto& rules = open.rules;
  rules.format = chance(60) ? Format::Reverse : Format::Sealed;
  rules.ceiling = Money::fen(chance(2) ? 0 : between(200, 1'000));
  rules.duration = Duration{between(500, 4'000)};
  rules.decrement = Money::fen(between(1, 20));
  rules.step_basis = chance(60) ? StepBasis::Own : StepBasis::Best;
  rules.trigger_window = Duration{chance(20) ? 0 : between(1, 600)};
  rules.extension = Duration{between(1, 800)};
  rules.hard_cap = rules.duration + Duration{between(chance(2) ? -1 : 0, 3'000)};
  rules.band_over = BasisPoints{static_cast<std::int32_t>(between(0, 2'000))};
  rules.band_places = static_cast<std::uint8_t>(between(1, 4));
  rules.choose_for = Duration{between(500, 3'000)};
  rules.min_bidders = static_cast<std::uint8_t>(between(1, 3));
  rules.min_bidders_approved = static_cast<std::uint8_t>(between(0, rules.min_bidders));
  rules.slip_below = BasisPoints{static_cast<std::int32_t>(chance(20) ? 0 : between(1'000, 9'000))};
  rules.confirm_for = Duration{between(500, 3'000)};
  rules.resume_floor = Duration{chance(30) ? 0 : between(1, 1'500)};
  rules.attempts_max = static_cast<std::uint32_t>(chance(30) ? between(1, 6) : 60);
  open.opens_at = opens_at_ + Duration{between(-200, 1'000)};
  for (std::uint64_t id = 5; id >= 1; --id) {
    if (chance(85))
      open.admitted.push_back(
          {BidderId{id}, BasisPoints{chance(60) ? 0 : static_cast<std::int32_t>(between(1, 3'000))}});
  }
  auto& level = levels_[place_of(open.lot)];
  if (level.rules.ceiling == Money{}) level.rules = rules;
  return open;
}

Command Generator::bid() {
  if (!sent_.empty() && chance(12)) {  // a retry, sometimes with another content
    auto again = sent_[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(sent_.size()) - 1))];
    if (chance(20)) again.price = Money::fen(again.price.in_fen() ^ 1);
    if (chance(10)) again.consent = again.consent == Consent::Given ? Consent::NotGiven : Consent::Given;
    return again;
  }
  PlaceBid bid{.lot = lot(), .bidder = bidder(), .by = person(), .price = {}, .key = {}};
  auto const& [rules, best, own] = levels_[place_of(bid.lot)];
  auto const ceiling = rules.ceiling.in_fen();
  auto const step = rules.decrement.in_fen();
  auto const level = best == 0 ? ceiling : best;
  auto const last = own[bid.bidder.number()] == 0 ? ceiling : own[bid.bidder.number()];
  auto const slip = level * rules.slip_below.count() / 10'000;
  auto const pick = between(1, 100);
  std::int64_t price = 0;
  if (pick <= 30)
    price = level - step + between(-2, 1);
  else if (pick <= 55)
    price = last - step + between(-2, 1);
  else if (pick <= 65)
    price = level;
  else if (pick <= 72)
    price = slip + between(-1, 1);
  else if (pick <= 77)
    price = ceiling + between(0, 1);
  else if (pick <= 80)
    price = between(-1, 1);
  else if (pick <= 81)
    price = chance(50) ? INT64_MAX : INT64_MIN;
  else
    price = between(ceiling / 2, ceiling);
  bid.price = Money::fen(price);
  bid.consent = chance(15) ? Consent::Given : Consent::NotGiven;
  auto const key = chance(3) ? std::string("same") : "key-" + std::to_string(seq_);
  key.copy(bid.key.text.data(), bid.key.text.size());
  sent_.push_back(bid);
  return bid;
}

// Aimed at a lot that waits for exactly this, or at any.
Command Generator::award_command() {
  auto const at =
      awaiting_.empty() ? awaiting_.end() : std::next(awaiting_.begin(), between(0, std::ssize(awaiting_) - 1));
  if (at == awaiting_.end() || chance(15)) {
    auto const pick = between(1, 3);
    if (pick == 1) return ChooseQuote{lot(), bidder(), person(), person(), reason()};
    if (pick == 2) return AskNext{lot(), person()};
    return AnswerAward{lot(), bidder(), person(), AwardAnswer::Confirm};
  }
  auto const& [id, wait] = *at;
  auto const whom = chance(10) ? bidder() : wait.bidder;
  switch (wait.state) {
    case LotState::Selecting:
      return ChooseQuote{id, chance(50) ? bidder() : whom, person(), person(), reason()};
    case LotState::Awarded:
      return AnswerAward{id, whom, person(), chance(25) ? AwardAnswer::Confirm : AwardAnswer::Decline};
    default:
      return AskNext{id, person()};
  }
}

Command Generator::command(Instant now) {
  if (opened_ < 2 || (opened_ < lots_max && chance(4))) return open();
  auto const pick = between(1, 1'000);
  if (!awaiting_.empty() && chance(20)) return award_command();
  if (pick <= 700) return bid();
  if (pick <= 730) return PauseLot{lot(), person(), reason()};
  if (pick <= 790) return ResumeLot{lot(), person(), reason()};
  if (pick <= 795) return AbortLot{lot(), person(), reason()};
  if (pick <= 820) return DisqualifyBidder{lot(), bidder(), person(), reason()};
  if (pick <= 840) return ReinstateBidder{lot(), bidder(), person(), reason()};
  if (pick <= 880) return award_command();
  if (pick <= 965) return Started{now + Duration{between(-500, 900)}};
  if (pick <= 970) return ClockStepped{Duration{between(-9'000, 9'000)}};
  if (pick <= 975) return ModuleCommand{};
  if (pick <= 980) return open();
  return Tick{};
}

Sequenced Generator::next(Instant now, Instant next_due) {
  auto const at = time(now, next_due);
  opens_at_ = at;
  ++seq_;
  return {Seq{seq_}, Seq{}, at, std::nullopt, {}, command(now)};
}

void Generator::observe(Events const& events) {
  for (auto const& event : events) {
    if (auto const* accepted = std::get_if<BidAccepted>(&event)) {
      auto& level = levels_[place_of(accepted->receipt.lot)];
      level.best = accepted->best.in_fen();
      level.own[accepted->receipt.bidder.number()] = accepted->price.in_fen();
    } else if (auto const* opened = std::get_if<SelectionOpened>(&event)) {
      awaiting_[opened->lot] = {LotState::Selecting, opened->selectable.back()};
    } else if (auto const* asked = std::get_if<AwardAsked>(&event)) {
      awaiting_[asked->lot] = {LotState::Awarded, asked->bidder};
    } else if (auto const* answered = std::get_if<AwardAnswered>(&event)) {
      awaiting_.erase(answered->lot);
      if (answered->next_available) awaiting_[answered->lot] = {answered->state, answered->bidder};
    }
  }
}

}  // namespace support
