// Opening, and the path of a bid from its key to its receipt (the phase diagram is in lot.h).
//
// A bid is judged in the order of rules.md §4.4 and §12a: its key, its bidder, the moment, the stage, the attempts
// left, then the price. Every attempt under a new key is kept with its answer, refused ones too, while the bidder has
// attempts left.
#include "engine/lot.h"

#include <algorithm>
#include <type_traits>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/figure.h"

namespace engine {
namespace {

// No lot is scheduled further ahead: keeps every later sum of times far from overflow.
constexpr Duration opening_ahead_max = std::chrono::days{3'660};

std::optional<Refusal> judge_evaluation(Evaluation const& evaluation) {
  auto const deduction = std::clamp(evaluation.deduction, BasisPoints{0}, BasisPoints{BasisPoints::whole - 1});
  if (deduction != evaluation.deduction) {
    return refuse(refusals::bad_rules, figure::points(evaluation.deduction), figure::points(deduction));
  }
  auto const coefficient = std::clamp(evaluation.coefficient, BasisPoints{Evaluation::coefficient_min},
                                      BasisPoints{Evaluation::coefficient_max});
  if (coefficient != evaluation.coefficient) {
    return refuse(refusals::bad_rules, figure::points(evaluation.coefficient), figure::points(coefficient));
  }
  constexpr auto most = limits::money_fen_max;
  auto const addition = std::clamp(evaluation.addition, Money::fen(-most), Money::fen(most));
  if (addition == evaluation.addition) return std::nullopt;
  return refuse(refusals::bad_rules, figure::fen(evaluation.addition), figure::fen(addition));
}

std::optional<Refusal> judge_admitted(OpenLot const& open) {
  auto const& admitted = open.admitted;
  if (admitted.size() > limits::bidders_a_lot) {
    return refuse(refusals::too_many, figure::count(admitted.size()), figure::count(limits::bidders_a_lot));
  }
  if (auto const attempts = admitted.size() * open.rules.attempts_max; attempts > limits::attempts_a_lot) {
    return refuse(refusals::too_many, figure::count(attempts), figure::count(limits::attempts_a_lot));
  }
  std::vector<BidderId> ids;
  for (auto const& bidder : admitted) {
    if (auto refusal = judge_evaluation(bidder.evaluation)) return refusal;
    if (!bidder.bidder.is_given()) return refuse(refusals::not_admitted);
    ids.push_back(bidder.bidder);
  }
  std::ranges::sort(ids);
  if (std::ranges::adjacent_find(ids) != ids.end()) return refuse(refusals::duplicate);
  return std::nullopt;
}

Stage first_stage(LotRules const& rules) {
  if (rules.format != Format::Dutch && rules.format != Format::Japanese) return {};
  return {.kind = StageKind::Level, .turn = 1, .level = level_price(rules, 1)};
}

// Converts to what `make` returns: a container that takes it constructs it in its place, without a copy.
template <class Make>
struct MadeInPlace {
  Make make;
  operator std::invoke_result_t<Make>() const { return make(); }
};
template <class Make>
MadeInPlace<Make> made_in_place(Make make) {
  return {std::move(make)};
}

}  // namespace

std::optional<Refusal> Lot::judge(OpenLot const& open, Instant at) {
  if (!open.lot.is_given()) return refuse(refusals::no_such_lot);
  if (auto wrong = engine::judge(open.rules)) return wrong;
  if (open.opens_at > at + opening_ahead_max) {
    return refuse(refusals::bad_rules, figure::moment(open.opens_at), figure::moment(at + opening_ahead_max));
  }
  return judge_admitted(open);
}

// Every byte of UTF-8 that does not continue a character.
std::size_t Lot::characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Lot::Lot(OpenLot const& open, Instant opens_at, Waits waits, Arena& arena, AttemptShelf& shelf, Events& out)
    : ends_at_(opens_at + first_stage_length(open.rules)),
      ordinary_(ordinary(open.rules)),
      stage_(first_stage(open.rules)),
      roster_(arena, open.admitted.size()),
      bidders_(arena.make<Bidder>(open.admitted.size())),
      book_(arena, open.admitted.size(), open.rules.ties),
      attempts_(arena, shelf, open.admitted.size(), open.rules.attempts_max,
                open.rules.proxies ? Attempts::Automatic::Some : Attempts::Automatic::None),
      id_(open.lot),
      rules_(open.rules),
      evaluations_(arena.make<Evaluation>(open.admitted.size())),
      waits_(waits),
      after_(open.after),
      earliest_(open.opens_at),
      opens_at_(opens_at),
      cap_at_(cap_from(opens_at)) {
  std::vector<Admitted> admitted(open.admitted);
  std::ranges::sort(admitted, {}, &Admitted::bidder);
  for (Slot slot = 0; slot < admitted.size(); ++slot) {
    bidders_[slot].id = admitted[slot].bidder;
    evaluations_[slot] = admitted[slot].evaluation;
    roster_.add(admitted[slot].bidder, slot);
  }
  if (rules_.proxies) proxies_ = arena.make<Proxy>(bidders_.size());
  out.push_back(LotScheduled{id_, open, opens_at_, ends_at_});
}

Slot Lot::admitted_slot(BidderId bidder) const {
  auto const slot = slot_of(bidder);
  CHECK(slot.has_value());
  return *slot;
}

// A bid ---------------------------------------------------------------------------------------------------------------

// Nearly every bid is of a known bidder, new, and passes: all of that in one function. What is left goes the long way.
[[gnu::flatten]] void Lot::decide(PlaceBid const& bid, Moment moment, Events& out) {
  auto const slot = slot_of(bid.bidder);
  if (!slot) [[unlikely]]
    return refuse_bid(bid, moment, 0, *refuse(refusals::not_admitted), out);
  auto const hash = Attempts::hash_of(*slot, bid.key);
  auto const known = attempts_.find(*slot, bid.key, hash);
  if (known != no_attempt) [[unlikely]]
    return repeat(bid, known, moment, out);
  if (!is_ordinary(bid, *slot)) [[unlikely]]
    return decide_new(bid, *slot, hash, moment, Signed::No, out);
  enter_ordinary(bid, *slot, hash, moment, out);
}

Lot::Ordinary Lot::ordinary(LotRules const& rules) {
  auto const asks_more = rules.format != Format::Reverse || rules.step_kind != StepKind::Fixed ||
                         rules.rank_by != RankBy::Price || rules.front_buffer != Money{} ||
                         rules.back_buffer != Money{} || rules.leader_waits || rules.ties == Ties::Refused ||
                         rules.ties == Ties::RefusedAtLead || rules.proxies || rules.signed_bids;
  auto const trigger_window = rules.ending == Ending::Window ? rules.trigger_window : Duration::zero();
  return {.highest = rules.ceiling,
          .decrement = rules.decrement,
          .trigger_window = trigger_window,
          .slip_below = rules.slip_below.count(),
          .attempts_max = static_cast<std::uint16_t>(rules.attempts_max),
          .step_basis = rules.step_basis,
          .applies = !asks_more};
}

// True: judge() would find nothing wrong. False says nothing.
bool Lot::is_ordinary(PlaceBid const& bid, Slot slot) const {
  auto const& bidder = bidders_[slot];
  if (!ordinary_.applies || !is_live(state_) || stage_.kind == StageKind::Break) return false;
  if (bidder.is_disqualified() || bidder.is_eliminated || !has_attempts_left(slot) || book_.is_empty()) return false;
  auto const lead = Money::fen(book_.lead().whole);
  auto const has_reference = ordinary_.step_basis == StepBasis::Best || bidder.has_bid();
  auto const reference = ordinary_.step_basis == StepBasis::Best ? lead : bidder.price;
  if (bid.price < Money::fen(1) || bid.price > ordinary_.highest) return false;
  if (has_reference && bid.price > reference - ordinary_.decrement) return false;
  return bid.consent == Consent::Given ||
         bid.price.in_fen() * BasisPoints::whole >= lead.in_fen() * ordinary_.slip_below;
}

// What decide() and enter_bid() do of a bid that nothing is wrong with. The event is made where it stays.
void Lot::enter_ordinary(PlaceBid const& bid, Slot slot, std::uint32_t hash, Moment moment, Events& out) {
  auto& bidder = bidders_[slot];
  std::uint32_t const number = ++bidder.attempts;
  attempts_.keep(hash, bid.key, slot, number, bid.consent, bid.price, moment.seq, moment.at);
  bidder.last = attempts_.last_place();
  bidder.price = bid.price;
  auto const move = book_.enter({{bid.price.in_fen(), 0, 1}, bidder.last, slot});
  out.emplace_back(std::in_place_type<BidAccepted>, made_in_place([&] {
                     BidAccepted accepted;
                     accepted.receipt.lot = bid.lot;
                     accepted.receipt.bidder = bid.bidder;
                     accepted.receipt.key = bid.key;
                     accepted.receipt.seq = moment.seq;
                     accepted.receipt.at = moment.at;
                     accepted.receipt.attempt = number;
                     accepted.placed.price = bid.price;
                     accepted.placed.rank = move.rank;
                     accepted.placed.previous_rank = move.previous_rank;
                     accepted.placed.best = Money::fen(book_.lead().whole);
                     accepted.placed.leader = bidders_[book_.leader()].id;
                     return accepted;
                   }));
  auto const may_extend = ends_at_ - moment.at <= ordinary_.trigger_window || stage_.kind == StageKind::Quiet;
  if (!may_extend) [[likely]]
    return;
  Cause cause{moment};
  extend_for_late_bid(move.rank, cause, out);
}

void Lot::decide(PlaceSurrogateBid const& surrogate, Moment moment, Events& out) {
  auto const& bid = surrogate.bid;
  auto const slot = slot_of(bid.bidder);
  auto const hash = slot ? Attempts::hash_of(*slot, bid.key) : 0;
  if (auto const known = slot ? attempts_.find(*slot, bid.key, hash) : no_attempt; known != no_attempt) {
    return repeat(bid, known, moment, out);
  }
  if (auto const refusal = slot ? judge_surrogate(surrogate) : refuse(refusals::not_admitted)) {
    return refuse_bid(bid, moment, 0, *refusal, out);
  }
  out.emplace_back(SurrogateNoted{id_, bid.bidder, moment.seq, bid.by, surrogate.approved_by, surrogate.reason});
  decide_new(bid, *slot, hash, moment, Signed::No, out);
}

// The key was seen: the original answer, or a refusal where the content is another one.
[[gnu::noinline]] void Lot::repeat(PlaceBid const& bid, AttemptPlace place, Moment moment, Events& out) const {
  auto const& known = attempts_.at(place);
  if (known.price != bid.price || known.consent() != bid.consent) {
    return refuse_bid(bid, moment, 0, *refuse(refusals::key_reused), out);
  }
  Receipt original{id_, bid.bidder, bid.key, known.seq, known.at, known.number(), std::nullopt};
  if (!known.is_accepted()) original.refusal = attempts_.refusal_at(place);
  out.emplace_back(std::in_place_type<BidRepeated>, original);
}

[[gnu::noinline]] void Lot::refuse_bid(PlaceBid const& bid, Moment moment, std::uint32_t attempt,
                                       Refusal const& refusal, Events& out) const {
  out.emplace_back(std::in_place_type<BidRefused>, made_in_place([&] {
                     return BidRefused{{id_, bid.bidder, bid.key, moment.seq, moment.at, attempt, refusal}};
                   }));
}

// Two people of the buyer's side and a reason; none of it is the bidder's attempt.
std::optional<Refusal> Lot::judge_surrogate(PlaceSurrogateBid const& surrogate) const {
  if (!rules_.surrogates) return refuse(refusals::not_offered);
  auto const by = surrogate.bid.by;
  if (!by.is_given() || !surrogate.approved_by.is_given() || by == surrogate.approved_by) {
    return refuse(refusals::self_approval);
  }
  if (auto const length = characters_of(surrogate.reason); length < limits::reason_characters_min) {
    return refuse(refusals::reason_too_short, figure::count(length), figure::count(limits::reason_characters_min));
  }
  if (surrogate.reason.size() <= limits::reason_bytes_max) return std::nullopt;
  return refuse(refusals::too_many, figure::count(surrogate.reason.size()), figure::count(limits::reason_bytes_max));
}

[[gnu::noinline]] void Lot::decide_new(PlaceBid const& bid, Slot slot, std::uint32_t hash, Moment moment,
                                       Signed is_signed, Events& out) {
  auto const refusal = judge(bid, slot, moment.at, is_signed);
  std::uint32_t number = 0;
  if (has_attempts_left(slot)) {
    number = ++bidders_[slot].attempts;
    attempts_.keep(hash, bid.key, slot, number, bid.consent, bid.price, moment.seq, moment.at);
    if (refusal) attempts_.refuse_last(*refusal);
  }
  if (refusal) return refuse_bid(bid, moment, number, *refusal, out);
  // From here on the bid stands.
  enter_bid(slot, {id_, bid.bidder, bid.key, moment.seq, moment.at, number, std::nullopt}, out);
}

std::optional<Refusal> Lot::judge(PlaceBid const& bid, Slot slot, Instant at, Signed is_signed) const {
  if (auto refusal = judge_moment(bidders_[slot], at)) return refusal;
  if (auto refusal = judge_stage(slot, at)) return refusal;
  if (!has_attempts_left(slot)) {
    return refuse(refusals::too_many_attempts, figure::count(bidders_[slot].attempts + std::size_t{1}),
                  figure::count(rules_.attempts_max));
  }
  if (has_proxy(slot)) return refuse(refusals::proxy_active);
  if (has_quoted(slot)) return refuse(refusals::already_quoted);
  if (rules_.signed_bids && is_signed == Signed::No) return refuse(refusals::signature_missing);
  return judge_price(bid, slot);
}

std::optional<Refusal> Lot::judge_moment(Bidder const& bidder, Instant at) const {
  if (bidder.is_disqualified()) return refuse(refusals::disqualified);
  if (state_ == LotState::Scheduled) {
    return refuse(refusals::not_started, figure::moment(at), figure::moment(opens_at_));
  }
  if (state_ == LotState::Paused) return refuse(refusals::paused);
  if (!is_live(state_)) return refuse(refusals::closed, figure::moment(at), figure::moment(ends_at_));
  CHECK(at < ends_at_);  // Hall closed what was due before it asked
  if (bidder.is_eliminated) return refuse(refusals::eliminated);
  return std::nullopt;
}

std::optional<Refusal> Lot::judge_stage(Slot slot, Instant at) const {
  auto is_theirs = true;
  switch (stage_.kind) {
    case StageKind::Bidding:
    case StageKind::Quiet:
    case StageKind::Level:
      break;
    case StageKind::Break:
      return refuse(refusals::between_stages, figure::moment(at), figure::moment(ends_at_));
    case StageKind::Turn:
    case StageKind::BestBid:
      is_theirs = bidders_[slot].id == stage_.bidder;
      break;
    case StageKind::SealedBids:
      is_theirs = slot != taker_;
      break;
  }
  return is_theirs ? std::nullopt : refuse(refusals::not_your_turn);
}

// One quote may be all there is; a level is accepted once.
bool Lot::has_quoted(Slot slot) const {
  auto const& bidder = bidders_[slot];
  switch (stage_.kind) {
    case StageKind::Bidding:
      return !rules_.requotes && rules_.format != Format::Reverse && bidder.has_bid();
    case StageKind::SealedBids:
      return !rules_.requotes && bidder.has_bid();
    case StageKind::Level:
      return bidder.has_bid() && bidder.price == stage_.level;
    case StageKind::Quiet:
    case StageKind::Turn:
    case StageKind::BestBid:
    case StageKind::Break:
      return false;
  }
  UNREACHABLE();
}

void Lot::enter_bid(Slot slot, Receipt const& receipt, Events& out) {
  auto const bid = attempts_.last_place();
  if (stage_.kind == StageKind::Turn || stage_.kind == StageKind::BestBid) {
    if (pending_ != no_attempt) attempts_.void_at(pending_);
    pending_ = bid;
    out.emplace_back(QuoteAccepted{receipt});
    return;
  }
  auto const move = count(slot, bid);
  if (hides_bids()) {
    out.emplace_back(QuoteAccepted{receipt});
    return;
  }
  out.emplace_back(BidAccepted{receipt, placed(slot, move)});
  if (rules_.format == Format::Dutch) return take_level(slot, receipt.at, out);
  if (rules_.format != Format::Reverse) return;
  Cause cause{{receipt.seq, receipt.at}};
  extend_for_late_bid(move.rank, cause, out);
  act_proxies(cause, out);
}

// From now on this bid counts for its bidder.
Move Lot::count(Slot slot, AttemptPlace bid) {
  auto& bidder = bidders_[slot];
  bidder.last = bid;
  bidder.price = attempts_.at(bid).price;
  return book_.enter({key(slot, bidder.price), bid, slot});
}

Placed Lot::placed(Slot slot, Move move) const {
  auto const& leader = bidders_[book_.leader()];
  return {bidders_[slot].price, move.rank, move.previous_rank, leader.price, leader.id};
}

void Lot::extend_for_late_bid(std::uint16_t rank, Cause& cause, Events& out) {
  auto const end = std::min(cap_at_, end_after_bid(cause.moment.at));
  if (end <= ends_at_ || cause.has_extended) return;
  if (rules_.trigger_rank != 0 && rank > rules_.trigger_rank) return;
  if (rules_.extensions_max != 0 && extensions_ >= rules_.extensions_max) return;
  cause.has_extended = true;
  ++extensions_;
  late_extension_ = end - ends_at_;
  move_end(end, ExtendedBecause::LateBid, out);
}

Instant Lot::end_after_bid(Instant at) const {
  if (stage_.kind == StageKind::Quiet) return at + rules_.extension;
  if (rules_.ending == Ending::Quiet) return ends_at_;
  if (rules_.trigger_window == Duration::zero() || ends_at_ - at > rules_.trigger_window) return ends_at_;
  return rules_.extend_from == ExtendFrom::Bid ? std::max(ends_at_, at + rules_.extension)
                                               : ends_at_ + rules_.extension;
}

bool Lot::hides_bids() const {
  return rules_.format == Format::Sealed || rules_.format == Format::Rounds || is_hidden(stage_.kind);
}

bool Lot::hides_counted() const {
  if (rules_.format == Format::Rounds) return stage_.kind == StageKind::Bidding;
  return rules_.format == Format::Sealed || stage_.kind == StageKind::SealedBids;
}

// Ahead of a bid ------------------------------------------------------------------------------------------------------

// What an ordinary bid reads stands first.
void Lot::prefetch() const {
  auto const* const bytes = reinterpret_cast<char const*>(this);
  for (std::size_t at = 0; at < hot_bytes; at += 64) __builtin_prefetch(bytes + at, 1);
}

void Lot::prefetch_tables(PlaceBid const& bid) const {
  roster_.prefetch(bid.bidder);
  book_.prefetch();
}

void Lot::prefetch_bidder(PlaceBid const& bid) const {
  auto const slot = slot_of(bid.bidder);
  if (!slot) return;
  __builtin_prefetch(&bidders_[*slot], 1);
  attempts_.prefetch(Attempts::hash_of(*slot, bid.key));
}

}  // namespace engine
