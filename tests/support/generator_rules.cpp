// The rules that generated lots open with: every combination the engine allows, and a few it does not.
//
// Thread: none of its own. Failure: none. Memory: none beyond the generator's.
#include <algorithm>

#include "tests/support/generator.h"

namespace support {

using namespace engine;

void Generator::choose_steps(LotRules& rules) {
  rules.decrement = Money::fen(between(1, 20));
  if (rules.format != Format::Rounds && chance(40)) rules.step_basis = StepBasis::Best;
  if (chance(50)) return;
  rules.step_kind = static_cast<StepKind>(between(1, 4));
  rules.decrement_share = BasisPoints{static_cast<std::int32_t>(between(1, 600))};
  if (rules.step_kind != StepKind::Ladder) return;
  auto above = rules.ceiling.in_fen();
  for (std::size_t i = 0, bands = static_cast<std::size_t>(between(1, 4)); i < bands; ++i) {
    above =
        i + 1 == bands ? 0 : std::max<std::int64_t>(above - between(20, 150), 2 * static_cast<std::int64_t>(bands - i));
    rules.ladder[i] = {Money::fen(above), Money::fen(between(1, 25))};
  }
}

void Generator::choose_ending(LotRules& rules) {
  rules.trigger_window = chance(20) ? Duration{} : span(1, 600);
  rules.extension = span(1, 800);
  rules.hard_cap = rules.duration + span(0, 3'000);
  if (chance(30)) rules.ending = Ending::Quiet;
  if (chance(30)) rules.extend_from = ExtendFrom::End;
  if (chance(30)) rules.extend_scope = ExtendScope::Inquiry;
  if (chance(20)) rules.trigger_rank = static_cast<std::uint16_t>(between(1, 3));
  if (chance(20)) rules.extensions_max = static_cast<std::uint16_t>(between(1, 3));
  if (chance(25)) rules.front_buffer = Money::fen(between(1, 15));
  if (chance(20)) rules.back_buffer = Money::fen(between(1, 15));
  rules.leader_waits = chance(15);
  rules.proxies = chance(60);
  if (chance(40)) rules.ties = static_cast<Ties>(between(1, 5));
}

void Generator::choose_stages(LotRules& rules) {
  if (chance(rules.format == Format::Rounds ? 80 : 40)) rules.rounds = static_cast<std::uint8_t>(between(2, 3));
  rules.eliminate = static_cast<std::uint16_t>(between(0, 2));
  rules.first_pause = chance(30) ? Duration{} : span(1, 400);
  rules.pause = chance(30) ? Duration{} : span(1, 400);
  rules.turn = span(200, 1'500);
  auto const low = rules.ceiling.in_fen() / 2 + between(0, 20);
  auto const high = rules.ceiling.in_fen() - between(0, 20);
  rules.first_level = Money::fen(rules.format == Format::Dutch ? low : high);
  rules.last_level = Money::fen(rules.format == Format::Dutch ? high : low);
  rules.level_step = Money::fen(std::max<std::int64_t>(1, (high - low) / between(1, 6) + between(-1, 1)));
  if (chance(75)) rules.sealed_for = span(300, 2'000);
  if (rules.sealed_for > Duration{} && chance(75)) rules.best_bid_for = span(300, 1'500);
}

void Generator::choose_award(LotRules& rules) {
  rules.band_over = BasisPoints{static_cast<std::int32_t>(between(0, 2'000))};
  rules.band_places = static_cast<std::uint8_t>(between(1, 4));
  rules.choose_for = span(500, 3'000);
  rules.min_bidders = static_cast<std::uint8_t>(between(1, 3));
  if (rules.format == Format::Dutch && (rules.sealed_for == Duration{} || chance(60))) rules.min_bidders = 1;
  rules.min_bidders_approved = static_cast<std::uint8_t>(between(0, rules.min_bidders));
  rules.slip_below = BasisPoints{static_cast<std::int32_t>(chance(30) ? 0 : between(1'000, 9'000))};
  rules.confirm_for = span(500, 3'000);
  rules.resume_floor = chance(30) ? Duration{} : span(1, 1'500);
  rules.attempts_max = static_cast<std::uint32_t>(chance(25) ? between(1, 6) : 60);
  rules.requotes = chance(75);
  rules.surrogates = chance(60);
  rules.practice = chance(6);
  if (chance(40)) rules.rank_by = RankBy::Evaluated;
  if (rules.format != Format::Reverse && chance(30)) rules.ties = static_cast<Ties>(between(1, 3));
  auto const can_be_signed = rules.format == Format::Reverse || rules.format == Format::Sealed;
  if (can_be_signed && chance(25)) {
    rules.signed_bids = true;
    rules.version = static_cast<std::uint16_t>(between(1, 2));
    rules.proxies = rules.surrogates = false;
    rules.rounds = 1;
  }
  auto const pick = between(1, 100);
  if (pick <= 20) rules.release = Release::AwardsTogether;
  if (pick > 20 && pick <= 35) rules.release = Release::ResultsTogether;
}

// One thing that no lot may be opened with.
void Generator::spoil(LotRules& rules) {
  switch (between(1, 6)) {
    case 1:
      rules.ceiling = Money{};
      break;
    case 2:
      rules.hard_cap = rules.duration - Duration{1};
      break;
    case 3:
      rules.min_bidders_approved = 9;
      break;
    case 4:
      rules.turn = Duration{};
      break;
    case 5:
      rules.level_step = Money::fen(-1);
      break;
    default:
      rules.rounds = 0;
  }
}

Evaluation Generator::evaluation() {
  Evaluation evaluation;
  if (chance(40)) evaluation.deduction = BasisPoints{static_cast<std::int32_t>(between(1, 3'000))};
  if (chance(30)) evaluation.coefficient = BasisPoints{static_cast<std::int32_t>(between(7'000, 13'000))};
  if (chance(20)) evaluation.addition = Money::fen(between(-60, 60));
  if (between(1, 300) == 1) evaluation.coefficient = BasisPoints{static_cast<std::int32_t>(chance(50) ? 999 : 100'001)};
  return evaluation;
}

Command Generator::open() {
  opened_ = std::min(opened_ + 1, lots_max);
  OpenLot open;
  open.lot = chance(5) ? lot() : numbered(opened_);
  auto& rules = open.rules;
  rules.format = static_cast<Format>(between(1, 5));
  if (format_ && chance(92)) rules.format = *format_;
  rules.ceiling = Money::fen(between(200, 1'000));
  rules.duration = span(500, 4'000);
  choose_steps(rules);
  if (rules.format == Format::Reverse) choose_ending(rules);
  choose_stages(rules);
  choose_award(rules);
  if (chance(3)) spoil(rules);
  open.opens_at = opens_at_ + span(-200, 1'000);
  if (chance(15))
    open.after = chance(90) ? numbered(static_cast<std::uint64_t>(between(1, std::int64_t(opened_)))) : lot();
  for (std::uint64_t id = 5; id >= 1; --id) {
    if (chance(93)) open.admitted.push_back({BidderId{id}, evaluation()});
  }
  auto& seen = seen_[place_of(open.lot)];
  if (seen.rules.ceiling != Money{}) return open;
  seen.rules = rules;
  for (auto const& admitted : open.admitted) seen.evaluation[admitted.bidder.number()] = admitted.evaluation;
  return open;
}

}  // namespace support
