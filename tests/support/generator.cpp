// Every weight of the stream is here, beside what it is for. What lots open with is in generator_rules.cpp.
//
// Thread: none of its own. Failure: none. Memory: the generator's.
#include "tests/support/generator.h"

#include <algorithm>
#include <string>

namespace support {

using namespace engine;

Generator::Generator(std::uint64_t seed, std::optional<Format> format)
    : random_(seed), format_(format), seen_(lots_max + 2) {}

// Not std::uniform_int_distribution: its numbers differ between libraries, and a printed seed must stay good.
std::int64_t Generator::between(std::int64_t lowest, std::int64_t highest) {
  return lowest + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(highest - lowest + 1));
}

Instant Generator::time(Instant now, Instant next_due) {
  auto const pick = between(1, 1'000);
  if (pick <= 620) return now;
  if (pick <= 860) return now + span(1, 120);
  if (next_due == never) return now + span(1, 1'000);
  if (pick <= 900) return std::max(now, next_due - Duration{1});
  if (pick <= 950) return next_due;
  if (pick <= 980) return next_due + Duration{1};
  if (pick <= 984) return next_due + span(1'000, 20'000);
  return now - span(1, 1'000);  // stamped before the latest: judged at the latest
}

// Two inquiries: what lots do to each other ends at their border.
LotId Generator::numbered(std::uint64_t place) const {
  return lot_id(InquiryId{place % 4 == 0 ? 2u : 1u}, static_cast<std::uint8_t>(place));
}
// Mostly one where something can happen; now and then one that was never opened.
LotId Generator::lot() {
  if (chance(1)) return numbered(lots_max + 1);
  if (!live_.empty() && chance(88)) return *std::next(live_.begin(), between(0, std::ssize(live_) - 1));
  auto const newest = static_cast<std::int64_t>(std::max<std::uint64_t>(opened_, 1));
  return numbered(static_cast<std::uint64_t>(between(chance(70) ? std::max<std::int64_t>(1, newest - 2) : 1, newest)));
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

// Roughly what the rules ask for: near enough to hit the edge within a fen or two.
std::int64_t Generator::decrement(Seen const& seen, std::int64_t reference) const {
  auto const& rules = seen.rules;
  if (rules.step_kind == StepKind::Percent) {
    return std::max(rules.decrement.in_fen(), (reference * rules.decrement_share.count() + 9'999) / 10'000);
  }
  if (rules.step_kind == StepKind::Ladder) {
    for (auto const& band : rules.ladder) {
      if (reference > band.above.in_fen()) return std::max<std::int64_t>(1, band.decrement.in_fen());
    }
  }
  return std::max<std::int64_t>(1, rules.decrement.in_fen());
}

// The lead as this bidder would have to name it.
std::int64_t Generator::reference(Seen const& seen, BidderId bidder) const {
  if (seen.best == 0) return seen.rules.ceiling.in_fen();
  if (seen.rules.rank_by == RankBy::Price) return seen.best;
  auto const lead = seen.evaluation[seen.leader.number()].of(Money::fen(seen.best));
  return seen.evaluation[bidder.number()].price_within(lead).in_fen();
}

std::int64_t Generator::price_at_an_edge(Seen const& seen, BidderId bidder) {
  auto const& rules = seen.rules;
  auto const ceiling = rules.ceiling.in_fen();
  auto const own = seen.own[bidder.number()];
  auto const last = own == 0 ? ceiling : own;
  auto const lead = reference(seen, bidder);
  auto const level = seen.stage.level.in_fen();
  auto const kind = seen.stage.kind;
  if (kind == StageKind::Level) {
    if (chance(rules.format == Format::Dutch ? 15 : 75)) return level;
    if (chance(70)) return level + between(-1, 1) * (chance(50) ? 1 : rules.level_step.in_fen());
  }
  if ((kind == StageKind::SealedBids || kind == StageKind::BestBid) && chance(75)) {
    auto const against = kind == StageKind::BestBid || chance(60) ? level : lead;
    return against - decrement(seen, against) - between(-1, 12);
  }
  auto const to_grid = [&](std::int64_t price) {
    auto const step = std::max<std::int64_t>(1, rules.decrement.in_fen());
    return rules.step_kind == StepKind::Multiple && chance(80) ? price - (price - ceiling % step) % step : price;
  };
  auto const pick = between(1, 100);
  if (pick <= 22) return to_grid(lead - decrement(seen, lead) + between(-2, 1));
  if (pick <= 44) return to_grid(last - decrement(seen, last) + between(-2, 1));
  if (pick <= 52) return lead;
  if (pick <= 60) return to_grid(lead - rules.front_buffer.in_fen() + between(-2, 1));
  if (pick <= 66) return to_grid(lead + rules.back_buffer.in_fen() + between(-1, 2));
  if (pick <= 70) return seen.own[static_cast<std::size_t>(between(1, 5))];
  if (pick <= 76) return lead * rules.slip_below.count() / 10'000 + between(-1, 1);
  if (pick <= 81) return ceiling + between(0, 1);
  if (pick <= 83) return between(-1, 1);
  if (pick <= 84) return chance(50) ? INT64_MAX : INT64_MIN;
  return to_grid(between(ceiling / 2, ceiling));
}

PlaceBid Generator::new_bid() {
  PlaceBid bid{.lot = lot(), .bidder = bidder(), .by = person(), .price = {}, .key = {}};
  auto const& seen = seen_[place_of(bid.lot)];
  if (seen.stage.bidder.is_given() && chance(75)) bid.bidder = seen.stage.bidder;
  bid.price = Money::fen(price_at_an_edge(seen, bid.bidder));
  bid.consent = chance(25) ? Consent::Given : Consent::NotGiven;
  auto const key = chance(3) ? std::string("same") : "key-" + std::to_string(seq_);
  key.copy(bid.key.text.data(), bid.key.text.size());
  return bid;
}

Command Generator::bid() {
  if (!sent_.empty() && chance(10)) {  // a retry, sometimes with another content
    auto again = sent_[static_cast<std::size_t>(between(0, std::ssize(sent_) - 1))];
    if (chance(20)) again.price = Money::fen(again.price.in_fen() ^ 1);
    if (chance(10)) again.consent = again.consent == Consent::Given ? Consent::NotGiven : Consent::Given;
    return signed_or_not(again);
  }
  sent_.push_back(new_bid());
  return signed_or_not(sent_.back());
}

// Mostly as the lot asks for it.
Command Generator::signed_or_not(PlaceBid const& bid) {
  auto const asks = seen_[place_of(bid.lot)].rules.signed_bids;
  if (!chance(asks ? 92 : 3)) return bid;
  PlaceSignedBid asked{bid, {SigningKeyId{static_cast<std::uint64_t>(between(1, 9))}, {}}};
  asked.signature.bytes.fill(static_cast<char>(between(0, 255)));
  return asked;
}

// Some of those that wait, or all; now and then one that does not.
Command Generator::note_signatures() {
  std::vector<std::uint64_t> waiting;
  for (std::uint64_t place = 1; place < seen_.size(); ++place) {
    if (!seen_[place].unverified.empty()) waiting.push_back(place);
  }
  if (waiting.empty() || chance(4)) return NoteSignatures{lot(), Seq{static_cast<std::uint64_t>(between(1, 400))}, {}};
  auto const place = waiting[static_cast<std::size_t>(between(0, std::ssize(waiting) - 1))];
  auto& unverified = seen_[place].unverified;
  auto const last = chance(60) ? std::ssize(unverified) - 1 : between(0, std::ssize(unverified) - 1);
  NoteSignatures note{numbered(place), unverified[static_cast<std::size_t>(last)], {}};
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    if (chance(15)) note.invalid.push_back(unverified[i]);
  }
  if (chance(3))
    note.invalid.push_back(Seq{static_cast<std::uint64_t>(between(1, 400))});
  else
    unverified.erase(unverified.begin(), unverified.begin() + last + 1);
  return note;
}

Command Generator::surrogate_bid() {
  sent_.push_back(new_bid());
  return PlaceSurrogateBid{sent_.back(), person(), reason()};
}

Command Generator::proxy_command() {
  if (chance(8)) return CancelProxy{lot(), bidder(), person()};
  if (!proxies_.empty() && chance(15)) {  // the same again, or nearly
    auto again = proxies_[static_cast<std::size_t>(between(0, std::ssize(proxies_) - 1))];
    if (chance(40)) again.step = again.step + Money::fen(1);
    return again;
  }
  SetProxy proxy{lot(), bidder(), person(), {}, {}};
  for (int i = 0; i < 5 && !seen_[place_of(proxy.lot)].rules.proxies; ++i) proxy.lot = lot();
  auto const& seen = seen_[place_of(proxy.lot)];
  for (int i = 0; i < 3 && seen.own[proxy.bidder.number()] == 0; ++i) proxy.bidder = bidder();
  auto const ceiling = seen.rules.ceiling.in_fen();
  auto const last = seen.own[proxy.bidder.number()];
  auto const own = last == 0 ? ceiling : last;
  auto const step = decrement(seen, own);
  auto limit = own - step - (chance(25) ? between(-1, 1) : between(0, 90));
  if (!proxies_.empty() && proxies_.back().lot == proxy.lot && chance(30)) {
    limit = proxies_.back().limit.in_fen() + between(-1, 1) * (chance(50) ? 1 : step);
  }
  if (chance(2)) limit = between(-1, 1);
  auto by = step * between(1, 3);
  if (chance(25)) by = step + between(-1, 10);
  if (chance(3)) by = ceiling + between(0, 1);
  auto const grid = std::max<std::int64_t>(1, seen.rules.decrement.in_fen());
  if (seen.rules.step_kind == StepKind::Multiple && chance(85)) limit = limit - (limit - ceiling % grid) % grid;
  proxy.limit = Money::fen(limit);
  proxy.step = Money::fen(by);
  proxies_.push_back(proxy);
  return proxy;
}

Command Generator::act_on_bid() {
  auto const where = lot();
  auto const& seen = seen_[place_of(where)];
  auto whom = bidder();
  if (seen.stage.bidder.is_given() && chance(80)) whom = seen.stage.bidder;
  if (chance(45)) return WithdrawBid{where, whom, person()};
  auto const seq = chance(90) ? seen.last[whom.number()] : Seq{static_cast<std::uint64_t>(between(1, 400))};
  return CancelBid{where, whom, seq, person(), reason()};
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
  if (opened_ < 2 || (opened_ < lots_max && chance(live_.size() < 2 ? 25 : 2))) return open();
  if (!awaiting_.empty() && chance(10)) return award_command();
  if (chance(4)) return note_signatures();
  auto const pick = between(1, 1'000);
  if (pick <= 600) return bid();
  if (pick <= 650) return surrogate_bid();
  if (pick <= 740) return proxy_command();
  if (pick <= 780) return act_on_bid();
  if (pick <= 787) return PauseLot{lot(), person(), reason()};
  if (pick <= 862) return ResumeLot{lot(), person(), reason()};
  if (pick <= 866) return AbortLot{lot(), person(), reason()};
  if (pick <= 886) return DisqualifyBidder{lot(), bidder(), person(), reason()};
  if (pick <= 921) return ReinstateBidder{lot(), bidder(), person(), reason()};
  if (pick <= 931) return award_command();
  if (pick <= 953) return Started{now + span(-500, 500)};
  if (pick <= 956) return ClockStepped{span(-9'000, 9'000)};
  if (pick <= 960) return ModuleCommand{};
  if (pick <= 967) return open();
  return Tick{};
}

Sequenced Generator::next(Instant now, Instant next_due) {
  auto const at = time(now, next_due);
  opens_at_ = at;
  ++seq_;
  return {Seq{seq_}, Seq{}, at, std::nullopt, {}, command(now)};
}

void Generator::observe(Receipt const& receipt, std::int64_t price) {
  auto& seen = seen_[place_of(receipt.lot)];
  seen.own[receipt.bidder.number()] = price;
  seen.last[receipt.bidder.number()] = receipt.seq;
}
void Generator::observe(Placed const& placed, Seen& seen, BidderId bidder, Seq seq) {
  seen.own[bidder.number()] = placed.price.in_fen();
  seen.last[bidder.number()] = seq;
  seen.best = placed.best.in_fen();
  seen.leader = placed.leader;
}

void Generator::observe(Events const& events) {
  for (auto const& event : events) {
    if (auto const* accepted = std::get_if<BidAccepted>(&event)) {
      auto const& receipt = accepted->receipt;
      observe(accepted->placed, seen_[place_of(receipt.lot)], receipt.bidder, receipt.seq);
    } else if (auto const* automatic = std::get_if<ProxyBid>(&event)) {
      observe(automatic->placed, seen_[place_of(automatic->lot)], automatic->bidder, automatic->seq);
    } else if (auto const* quoted = std::get_if<QuoteAccepted>(&event)) {
      observe(quoted->receipt, sent_.empty() ? 0 : std::clamp<std::int64_t>(sent_.back().price.in_fen(), 0, 2'000));
    } else if (auto const* signed_bid = std::get_if<BidSigned>(&event)) {
      seen_[place_of(signed_bid->bid.lot)].unverified.push_back(signed_bid->seq);
    } else if (auto const* quotes = std::get_if<QuotesOpened>(&event)) {
      auto& seen = seen_[place_of(quotes->lot)];
      if (quotes->quotes.empty()) continue;
      seen.best = quotes->quotes.front().price.in_fen();
      seen.leader = quotes->quotes.front().bidder;
    } else if (auto const* running = std::get_if<LotStarted>(&event)) {
      live_.insert(running->lot);
    } else if (auto const* closed = std::get_if<LotClosed>(&event)) {
      live_.erase(closed->lot);
    } else if (auto const* over = std::get_if<BiddingEnded>(&event)) {
      live_.erase(over->lot);
    } else if (auto const* aborted = std::get_if<LotAborted>(&event)) {
      live_.erase(aborted->lot);
    } else if (auto const* started = std::get_if<StageStarted>(&event)) {
      seen_[place_of(started->lot)].stage = started->stage;
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
