// From a step to its command; see the header. What a step names is taken modulo what is there, so that nearly every
// byte means something.
#include "tests/fuzz/day.h"

#include <algorithm>
#include <string>

#include "engine/codec.h"

namespace fuzz {
namespace {

using namespace engine;

constexpr Duration longest_wait = std::chrono::days{40};
constexpr std::size_t bidders_most = 12;
constexpr std::size_t attempts_most = 4'000;  // bidders times attempts: what a lot reserves

Duration wait_of(std::uint8_t wait, Instant now, Instant next_due) {
  auto const until = static_cast<Until>(wait % 32);
  auto const to_due = next_due == never ? Duration{} : std::min<Duration>(next_due - now, longest_wait);
  switch (until) {
    case Until::Now:
      return {};
    case Until::BeforeDue:
      return std::max(to_due - Duration{1}, Duration{});
    case Until::Due:
      return to_due;
    case Until::AfterDue:
      return to_due + Duration{1};
    default:
      return Duration{1LL << (static_cast<int>(until) - static_cast<int>(Until::First))};
  }
}

LotId lot_of(Step const& step, Watch const& watch) {
  auto const& lots = watch.lots();
  if (lots.empty() || step.lot == nobody) return lot_id(InquiryId{9}, 9);
  return lots[step.lot % lots.size()];
}

BidderId bidder_of(Step const& step, SeenLot const* lot) {
  if (lot == nullptr || step.who == nobody || lot->opened.admitted.empty()) return BidderId{99};
  auto const& admitted = lot->opened.admitted;
  return admitted[step.who % admitted.size()].bidder;
}

std::string reason_of(Step const& step) {
  if (step.more == 1) return {};
  if (step.more == 2) return std::string(limits::reason_bytes_max + 1, 'x');
  if (step.more == 3) return "short";
  return "a reason of some length";
}

Money price_from(Step const& step, SeenLot const& lot, SeenBidder const& bidder) {
  auto const& rules = lot.rules();
  auto const counted = [&](Money reference) {
    if (reference < Money::fen(1)) reference = rules.ceiling;
    auto const steps = std::int64_t{(step.how >> 3) & 7};
    auto const jitter = std::int64_t{static_cast<std::int8_t>(step.more)};
    auto const fall = rules.decrement > Money{} ? decrement_at(rules, reference).in_fen() : 1;
    return Money::fen(reference.in_fen() - steps * fall + jitter);
  };
  switch (static_cast<From>(step.how & 7)) {
    case From::Amount:
      return Money::fen(step.amount);
    case From::Own:
      return counted(bidder.own);
    case From::Best:
      return counted(lot.best);
    case From::Ceiling:
      return counted(rules.ceiling);
    case From::Level:
      return lot.stage.level;
    case From::Lead:
      return counted(lot.best - rules.front_buffer);
    case From::Share:
      return Money::fen(rules.ceiling.in_fen() / 256 * (step.amount & 0xff));
    case From::Limit:
      return lot.limit > Money{} ? counted(lot.limit) : Money::fen(static_cast<std::int8_t>(step.more));
  }
  return {};
}

BidKey key_of(std::uint64_t number) {
  BidKey key;
  std::ranges::copy("bid-" + std::to_string(number), key.text.begin());
  return key;
}

template <class C>
C to_bidder(LotId lot, BidderId bidder, Step const& step) {
  return {lot, bidder, PersonId{1}, reason_of(step)};
}

}  // namespace

Step Day::get_step() {
  Step step;
  step.verb = bytes_.get<Verb>();
  if (step.verb > last_verb) step.verb = Verb::Bid;
  step.wait = bytes_.get<std::uint8_t>();
  step.lot = bytes_.get<std::uint8_t>();
  step.who = bytes_.get<std::uint8_t>();
  step.how = bytes_.get<std::uint8_t>();
  step.more = bytes_.get<std::uint8_t>();
  step.small = bytes_.get<std::uint16_t>();
  step.amount = bytes_.get<std::uint32_t>();
  return step;
}

std::optional<Happening> Day::next(Watch const& watch, Instant now, Instant next_due) {
  while (bytes_.rest().size() >= step_bytes) {
    auto const step = get_step();
    auto const wait = wait_of(step.wait, now, next_due);
    if (step.verb == Verb::Restart) return Happening{wait, Restart{}};
    if (step.verb == Verb::Wait) return Happening{Duration{step.amount}, Tick{}};
    if (auto made = command(step, watch, now + wait)) return Happening{wait, std::move(*made)};
  }
  return std::nullopt;
}

PlaceBid Day::bid(Step const& step, Watch const& watch) {
  auto const lot = lot_of(step, watch);
  auto const* seen = watch.find(lot);
  auto const bidder = bidder_of(step, seen);
  PlaceBid bid{lot, bidder, PersonId{7}, Money::fen(step.amount), key_of(++bids_), Consent{}};
  bid.consent = (step.how & 0x80) != 0 ? Consent::Given : Consent::NotGiven;
  if (seen == nullptr || !seen->bidders.contains(bidder)) return bid;
  auto const& known = seen->bidders.at(bidder);
  if (step.verb == Verb::BidAgain && known.sent) {
    bid = *known.sent;
    bid.price = bid.price - Money::fen(step.more & 1);
  } else {
    bid.price = price_from(step, *seen, known);
  }
  return bid;
}

std::optional<Command> Day::command(Step const& step, Watch const& watch, Instant now) {
  auto const lot = lot_of(step, watch);
  auto const* seen = watch.find(lot);
  auto const bidder = bidder_of(step, seen);
  auto const* known = seen != nullptr && seen->bidders.contains(bidder) ? &seen->bidders.at(bidder) : nullptr;
  switch (step.verb) {
    case Verb::Bid:
    case Verb::BidAgain:
      return bid(step, watch);
    case Verb::SurrogateBid:
      return PlaceSurrogateBid{bid(step, watch), PersonId{step.small == 0 ? 8U : step.small}, reason_of(step)};
    case Verb::Open:
      return open(step, watch, now);
    case Verb::OpenAsEncoded:
      return open_as_encoded();
    case Verb::Withdraw:
      return WithdrawBid{lot, bidder, PersonId{1}};
    case Verb::SetProxy: {
      auto const limit = known != nullptr ? price_from(step, *seen, *known) : Money::fen(step.amount);
      auto const least = seen != nullptr ? seen->rules().decrement : Money::fen(1);
      auto const step_by = step.small < 8 ? Money::fen(least.in_fen() * (step.small + 1)) : Money::fen(step.small);
      return SetProxy{lot, bidder, PersonId{7}, limit, step_by};
    }
    case Verb::CancelProxy:
      return CancelProxy{lot, bidder, PersonId{7}};
    case Verb::CancelBid: {
      auto const last = known != nullptr && (step.how & 1) == 0 ? known->last : Seq{step.amount};
      return CancelBid{lot, bidder, last, PersonId{1}, reason_of(step)};
    }
    case Verb::Pause:
      return PauseLot{lot, PersonId{1}, reason_of(step)};
    case Verb::Resume:
      return ResumeLot{lot, PersonId{1}, reason_of(step)};
    case Verb::Abort:
      return AbortLot{lot, PersonId{1}, reason_of(step)};
    case Verb::Disqualify:
      return to_bidder<DisqualifyBidder>(lot, bidder, step);
    case Verb::Reinstate:
      return to_bidder<ReinstateBidder>(lot, bidder, step);
    case Verb::Choose:
      return ChooseQuote{lot, bidder, PersonId{1}, PersonId{step.small == 0 ? 2U : step.small}, reason_of(step)};
    case Verb::Answer:
      return AnswerAward{lot, bidder, PersonId{7}, (step.how & 1) == 0 ? AwardAnswer::Confirm : AwardAnswer::Decline};
    case Verb::AskNext:
      return AskNext{lot, PersonId{1}};
    case Verb::Outage:
      return Started{now - Duration{step.amount % 100'000'000}};
    case Verb::ClockStep:
      return ClockStepped{Duration{static_cast<std::int32_t>(step.amount)}};
    case Verb::Tick:
    case Verb::Restart:
    case Verb::Wait:
      break;
  }
  return Tick{};
}

std::optional<Command> Day::open(Step const& step, Watch const& watch, Instant now) {
  OpenLot open;
  auto const inquiry = InquiryId{1U + (step.lot & 1U)};
  open.lot = lot_id(inquiry, static_cast<std::uint8_t>(1U + (step.lot >> 1) % 32U));
  open.rules = rules_from(bytes_);
  open.opens_at = now + Duration{step.small} * 10;
  auto const bidders = step.who % (bidders_most + 1);
  for (std::uint32_t i = 0; i < bidders; ++i) {
    auto const choice = static_cast<std::uint8_t>(step.amount >> (8 * (i % 4)));
    open.admitted.push_back({BidderId{i + 1}, evaluation_from(choice)});
  }
  if ((step.how & 1) != 0 && !watch.lots().empty()) open.after = watch.lots()[step.more % watch.lots().size()];
  if (bytes_.ok()) return open;
  return std::nullopt;
}

std::optional<Command> Day::open_as_encoded() {
  auto const encoded = bytes_.get_raw(bytes_.get<std::uint16_t>());
  auto made = decode_command(encoded, {});
  if (!made) return std::nullopt;
  auto const* open = std::get_if<OpenLot>(&*made);
  if (open == nullptr || open->admitted.size() * open->rules.attempts_max > attempts_most) return std::nullopt;
  return made;
}

}  // namespace fuzz
