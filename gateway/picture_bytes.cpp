// The picture as bytes (persistence/FORMAT.md, "Pictures"): writing and reading are mirror images in the same order.
//
// What is read may be anything. Lengths are believed only as far as there are bytes, and a picture is given only when
// everything in it is what views and the fold rely on: known enumerators, indices of bidders that there are, prices
// that no sum overflows.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/limits.h"
#include "gateway/picture.h"
#include "modules/alias.h"

namespace gateway {
namespace {

namespace limits = engine::limits;
using engine::ByteReader;
using engine::ByteWriter;
using engine::Money;

// ---- Fields -----------------------------------------------------------------------------------------------------

bool get_flag(ByteReader& from) {
  auto const value = from.get<std::uint8_t>();
  if (value > 1) from.fail();
  return value == 1;
}

// What may be missing: a flag, then it.
template <class T, class Put>
void put_maybe(ByteWriter& to, std::optional<T> const& it, Put put) {
  to.put(std::uint8_t{it.has_value()});
  if (it) put(to, *it);
}
template <class T>
void put_maybe(ByteWriter& to, std::optional<T> const& it) {
  put_maybe(to, it, [](ByteWriter& into, T const& value) { into.put(value); });
}
template <class Get>
auto get_maybe(ByteReader& from, Get get) {
  return get_flag(from) ? std::optional{get(from)} : std::nullopt;
}

// A list: how many, then each. Nobody is promised memory for more than there are bytes.
template <class T, class Put>
void put_list(ByteWriter& to, std::vector<T> const& list, Put put) {
  to.put(static_cast<std::uint32_t>(list.size()));
  for (auto const& item : list) put(to, item);
}
template <class Get>
auto get_list(ByteReader& from, std::size_t bytes_each, Get get) {
  std::vector<decltype(get(from))> list;
  auto const count = from.get<std::uint32_t>();
  if (count > from.rest().size() / bytes_each) return from.fail(), list;
  list.reserve(count);
  for (std::uint32_t i = 0; i < count && from.ok(); ++i) list.push_back(get(from));
  return list;
}

template <class E>
E get_known(ByteReader& from, E lowest, E highest) {
  auto const value = from.get<E>();
  if (value >= lowest && value <= highest) return value;
  from.fail();
  return lowest;
}
Money get_money(ByteReader& from) {
  auto const money = from.get_money();
  if (money >= Money{} && money <= Money::fen(limits::money_fen_max)) return money;
  from.fail();
  return {};
}
// Far from where adding to it, or finding its day, would overflow.
bool is_sane(engine::Instant at) {
  auto const millis = engine::in_millis(at);
  return millis >= INT64_MIN / 2 && millis <= INT64_MAX / 2;
}
engine::Instant get_instant(ByteReader& from) {
  auto const at = from.get_instant();
  if (is_sane(at)) return at;
  from.fail();
  return {};
}

// Without the zeros behind it.
void put_key(ByteWriter& to, engine::BidKey const& key) {
  auto size = key.text.size();
  while (size > 0 && key.text[size - 1] == '\0') --size;
  to.put(static_cast<std::uint8_t>(size)).put_raw({key.text.data(), size});
}
engine::BidKey get_key(ByteReader& from) {
  engine::BidKey key;
  auto const size = from.get<std::uint8_t>();
  if (size > key.text.size()) return from.fail(), key;
  auto const text = from.get_raw(size);
  if (text.ends_with('\0')) from.fail();
  text.copy(key.text.data(), text.size());
  return key;
}

void put_figure(ByteWriter& to, engine::Figure const& figure) {
  auto const& [unit, value] = figure;
  to.put(unit).put(value);
}
engine::Figure get_figure(ByteReader& from) {
  using Unit = engine::Figure::Unit;
  auto const unit = get_known(from, Unit::None, Unit::Span);
  return {unit, from.get<std::int64_t>()};
}

void put_refusal(ByteWriter& to, engine::Refusal const& refusal) {
  auto const& [kind, actual, limit] = refusal;
  to.put(kind->number);
  put_figure(to, actual);
  put_figure(to, limit);
}
engine::Refusal get_refusal(ByteReader& from) {
  auto const* const kind = engine::engine_refusal(from.get<std::uint16_t>());
  if (kind == nullptr) from.fail();
  auto const actual = get_figure(from);
  return {kind, actual, get_figure(from)};
}

void put_stage(ByteWriter& to, engine::Stage const& stage) {
  auto const& [kind, round, turn, bidder, level] = stage;
  to.put(kind).put(round).put(turn).put(bidder).put(level);
}
engine::Stage get_stage(ByteReader& from) {
  engine::Stage stage;
  stage.kind = get_known(from, engine::StageKind::Bidding, engine::StageKind::BestBid);
  stage.round = from.get<std::uint16_t>();
  stage.turn = from.get<std::uint16_t>();
  stage.bidder = from.get<engine::BidderId>();
  stage.level = get_money(from);
  return stage;
}

void put_evaluated(ByteWriter& to, engine::Evaluated const& price) {
  auto const& [whole, rest, over] = price;
  to.put(whole).put(rest).put(over);
}
engine::Evaluated get_evaluated(ByteReader& from) {
  engine::Evaluated price;
  price.whole = from.get<std::int64_t>();
  price.rest = from.get<std::uint32_t>();
  price.over = from.get<std::uint32_t>();
  if (price.rest >= price.over) from.fail();
  return price;
}

void put_standing(ByteWriter& to, engine::Standing const& standing) {
  auto const& [rank, bidder, price, evaluated_price, seq, at, selectable] = standing;
  to.put(rank).put(bidder).put(price);
  put_evaluated(to, evaluated_price);
  to.put(seq).put(at);
  to.put(std::uint8_t{selectable});
}
constexpr std::size_t standing_bytes = 51;
engine::Standing get_standing(ByteReader& from) {
  engine::Standing standing;
  standing.rank = from.get<std::uint16_t>();
  standing.bidder = from.get<engine::BidderId>();
  standing.price = get_money(from);
  standing.evaluated_price = get_evaluated(from);
  standing.seq = from.get<engine::Seq>();
  standing.at = get_instant(from);
  standing.selectable = get_flag(from);
  return standing;
}

// Its history is in the lot's bids.
void put_closed(ByteWriter& to, engine::LotClosed const& closed) {
  auto const& [lot, state, closed_at, standings, history] = closed;
  CHECK(history.empty());
  to.put(state).put(closed_at);
  put_list(to, standings, put_standing);
}
engine::LotState get_state(ByteReader& from) {
  return get_known(from, engine::LotState::Scheduled, engine::LotState::PracticeEnded);
}
engine::LotClosed get_closed(ByteReader& from) {
  engine::LotClosed closed;
  closed.state = get_state(from);
  closed.closed_at = get_instant(from);
  closed.standings = get_list(from, standing_bytes, get_standing);
  return closed;
}

void put_award(ByteWriter& to, Picture::Award const& award) {
  auto const& [bidder, price, until] = award;
  to.put(bidder).put(price).put(until);
}
Picture::Award get_award(ByteReader& from) {
  auto const bidder = from.get<std::uint16_t>();
  auto const price = get_money(from);
  return {bidder, price, get_instant(from)};
}

void put_lead(ByteWriter& to, Lead const& lead) {
  auto const& [at, price] = lead;
  to.put(at);
  put_maybe(to, price);
}
constexpr std::size_t lead_bytes = 9;
Lead get_lead(ByteReader& from) {
  auto const at = get_instant(from);
  return {at, get_maybe(from, get_money)};
}

void put_line(ByteWriter& to, BidLine const& line) {
  auto const& [seq, at, bidder, price, rank, is_automatic, is_surrogate, is_voided] = line;
  to.put(seq).put(at).put(bidder).put(price).put(rank);
  to.put(std::uint8_t{is_automatic});
  to.put(std::uint8_t{is_surrogate});
  to.put(std::uint8_t{is_voided});
}
constexpr std::size_t line_bytes = 31;
BidLine get_line(ByteReader& from) {
  BidLine line;
  line.seq = from.get<engine::Seq>();
  line.at = get_instant(from);
  line.bidder = from.get<std::uint16_t>();
  line.price = get_money(from);
  line.rank = from.get<std::uint16_t>();
  line.is_automatic = get_flag(from);
  line.is_surrogate = get_flag(from);
  line.is_voided = get_flag(from);
  return line;
}

// The leaf is in the log.
void put_attempt(ByteWriter& to, Attempt const& attempt) {
  auto const& [key, seq, at, number, rank, price, refusal, is_surrogate, leaf] = attempt;
  put_key(to, key);
  to.put(seq).put(at).put(number).put(rank).put(price);
  put_maybe(to, refusal, put_refusal);
  to.put(std::uint8_t{is_surrogate});
}
constexpr std::size_t attempt_bytes = 33;
Attempt get_attempt(ByteReader& from) {
  Attempt attempt;
  attempt.key = get_key(from);
  attempt.seq = from.get<engine::Seq>();
  attempt.at = get_instant(from);
  attempt.number = from.get<std::uint32_t>();
  attempt.rank = from.get<std::uint16_t>();
  attempt.price = get_money(from);
  attempt.refusal = get_maybe(from, get_refusal);
  attempt.is_surrogate = get_flag(from);
  return attempt;
}

void put_voided(ByteWriter& to, Voided const& voided) {
  auto const& [seq, reason] = voided;
  to.put(seq).put_text(reason);
}
constexpr std::size_t voided_bytes = 12;
Voided get_voided(ByteReader& from) {
  auto const seq = from.get<engine::Seq>();
  return {seq, std::string{from.get_text()}};
}

void put_money(ByteWriter& to, Money money) {
  to.put(money);
}
void put_text(ByteWriter& to, std::string const& text) {
  to.put_text(text);
}
std::string get_text(ByteReader& from) {
  return std::string{from.get_text()};
}

// Who it is, the alias and the evaluation are in what opened the lot.
void put_bidder(ByteWriter& to, Bidder const& it) {
  auto const& [id, alias, evaluation, rank, last, counted, attempts, is_eliminated, has_quoted, proxy_step,
               disqualified, lead, count, colour, kept, voided] = it;
  to.put(rank);
  put_maybe(to, last);
  put_list(to, counted, put_money);
  to.put(attempts);
  to.put(std::uint8_t{is_eliminated});
  to.put(std::uint8_t{has_quoted});
  put_maybe(to, proxy_step);
  put_maybe(to, disqualified, put_text);
  put_maybe(to, lead);
  to.put(count).put(colour);
  put_list(to, kept, put_attempt);
  put_list(to, voided, put_voided);
}
void get_bidder(ByteReader& from, Bidder& it, std::uint16_t version) {
  it.rank = from.get<std::uint16_t>();
  it.last = get_maybe(from, get_money);
  it.counted = get_list(from, sizeof(std::int64_t), get_money);
  it.attempts = from.get<std::uint32_t>();
  it.is_eliminated = get_flag(from);
  it.has_quoted = get_flag(from);
  it.proxy_step = get_maybe(from, get_money);
  it.disqualified = get_maybe(from, get_text);
  it.lead = get_maybe(from, get_money);
  it.count = from.get<std::uint32_t>();
  it.colour = get_known(from, Colour::None, Colour::Red);
  it.kept = get_list(from, attempt_bytes, get_attempt);
  if (version > 1) it.voided = get_list(from, voided_bytes, get_voided);
}

// What was opened once: rules and prices that the sums of a view can bear, and every bidder once.
bool is_openable(engine::OpenLot const& opened) {
  if (!opened.lot.is_given() || opened.after.is_given() || !is_sane(opened.opens_at)) return false;
  if (engine::judge(opened.rules) || opened.admitted.size() > limits::bidders_a_lot) return false;
  std::vector<engine::BidderId> ids;
  for (auto const& [bidder, evaluation] : opened.admitted) {
    auto const& [deduction, coefficient, addition] = evaluation;
    if (deduction.count() < 0 || deduction.count() >= engine::BasisPoints::whole) return false;
    if (coefficient.count() < engine::Evaluation::coefficient_min) return false;
    if (coefficient.count() > engine::Evaluation::coefficient_max) return false;
    if (addition < Money::fen(-limits::money_fen_max) || addition > Money::fen(limits::money_fen_max)) return false;
    if (!bidder.is_given()) return false;
    ids.push_back(bidder);
  }
  std::ranges::sort(ids);
  return std::ranges::adjacent_find(ids) == ids.end();
}

// Where an auction by those rules can be.
bool is_stage_of(engine::LotRules const& rules, engine::Stage const& stage) {
  using engine::Format;
  switch (stage.kind) {
    case engine::StageKind::Bidding:
    case engine::StageKind::Break:
      return true;
    case engine::StageKind::Quiet:
      return rules.format == Format::Reverse;
    case engine::StageKind::Turn:
      return rules.format == Format::Rounds;
    case engine::StageKind::Level:
      return rules.format == Format::Dutch || rules.format == Format::Japanese;
    case engine::StageKind::SealedBids:
    case engine::StageKind::BestBid:
      return rules.format == Format::Dutch && rules.sealed_for > engine::Duration::zero();
  }
  UNREACHABLE();
}

}  // namespace

// ---- The whole ------------------------------------------------------------------------------------------------------

// As if it were opened now: in the order of the aliases, with the opening as it is known now.
engine::OpenLot Picture::as_opened() const {
  engine::OpenLot opened{lot_, rules_, opens_at_, std::vector<engine::Admitted>(bidders_.size()), {}};
  for (auto const& bidder : bidders_) {
    auto const place = modules::read_alias(bidder.alias);
    CHECK(place && *place >= 1 && *place <= bidders_.size());
    opened.admitted[*place - 1U] = {bidder.id, bidder.evaluation};
  }
  return opened;
}

std::optional<Picture> Picture::as_opened(std::string_view bytes) {
  auto command = engine::decode_command(bytes, {});
  auto* const opened = command ? std::get_if<engine::OpenLot>(&*command) : nullptr;
  if (opened == nullptr || !is_openable(*opened)) return std::nullopt;
  if (engine::encode(*command, engine::Privacy::Open).open != bytes) return std::nullopt;  // another way to say it
  auto const opens_at = opened->opens_at;
  return Picture{{opened->lot, std::move(*opened), opens_at, opens_at}};
}

void Picture::save(ByteWriter& to) const {
  refresh_ranks();
  CHECK(changes_.lot == 0 && changes_.touched.empty());
  ByteWriter secret;
  auto const opened = to.begin_text();
  engine::encode(as_opened(), engine::Privacy::Open, to, secret);
  to.end_text(opened);

  to.put(state_).put(ends_at_);
  put_maybe(to, remaining_);
  to.put(extensions_);
  put_maybe(to, extended_because_);
  put_maybe(to, stage_, put_stage);
  put_maybe(to, round_top_, put_evaluated);
  to.put(std::uint8_t{are_quotes_open_});
  to.put(surrogate_);
  put_maybe(to, best_);
  put_maybe(to, public_best_);
  to.put_text(reason_);
  to.put(std::uint8_t{is_paused_by_server_});
  put_maybe(to, closed_, put_closed);
  put_maybe(to, award_, put_award);
  put_maybe(to, choose_until_);
  to.put(std::uint8_t{shed_});

  put_list(to, order_, [](ByteWriter& into, std::uint16_t index) { into.put(index); });
  put_list(to, leads_, put_lead);
  put_list(to, bids_, put_line);
  for (auto const& bidder : bidders_) put_bidder(to, bidder);
}

std::optional<Picture> Picture::load(ByteReader& from, std::uint16_t version) {
  auto picture = as_opened(from.get_text());
  if (!picture) return std::nullopt;
  picture->load_state(from);
  picture->load_lists(from, version);
  if (!from.ok() || !picture->is_sound()) return std::nullopt;
  // As settle() leaves it.
  picture->changes_.bids_from = picture->bids_.size();
  for (std::size_t i = 0; i < picture->bidders_.size(); ++i) {
    picture->changes_.own[i].receipts_from = picture->bidders_[i].kept.size();
  }
  return picture;
}

void Picture::load_state(ByteReader& from) {
  state_ = get_state(from);
  ends_at_ = get_instant(from);
  remaining_ = get_maybe(from, [](ByteReader& in) { return in.get_span(); });
  extensions_ = from.get<std::uint32_t>();
  extended_because_ = get_maybe(from, [](ByteReader& in) {
    return get_known(in, engine::ExtendedBecause::LateBid, engine::ExtendedBecause::OtherLot);
  });
  stage_ = get_maybe(from, get_stage);
  round_top_ = get_maybe(from, get_evaluated);
  are_quotes_open_ = get_flag(from);
  surrogate_ = from.get<engine::Seq>();
  best_ = get_maybe(from, get_money);
  public_best_ = get_maybe(from, get_money);
  reason_ = from.get_text();
  is_paused_by_server_ = get_flag(from);
  closed_ = get_maybe(from, get_closed);
  if (closed_) closed_->lot = lot_;
  award_ = get_maybe(from, get_award);
  choose_until_ = get_maybe(from, get_instant);
  shed_ = get_flag(from);
}

void Picture::load_lists(ByteReader& from, std::uint16_t version) {
  order_ = get_list(from, sizeof(std::uint16_t), [](ByteReader& in) { return in.get<std::uint16_t>(); });
  leads_ = get_list(from, lead_bytes, get_lead);
  bids_ = get_list(from, line_bytes, get_line);
  for (auto& bidder : bidders_) get_bidder(from, bidder, version);
}

bool Picture::is_sound() const {
  auto const is_index = [&](std::uint16_t index) { return index < bidders_.size(); };
  auto order = order_;
  std::ranges::sort(order);
  if (!std::ranges::all_of(order, is_index) || std::ranges::adjacent_find(order) != order.end()) return false;
  if (leads_.size() > leads_max) return false;
  if (!std::ranges::all_of(bids_, is_index, &BidLine::bidder)) return false;
  if (award_ && !is_index(award_->bidder)) return false;
  auto const is_admitted = [&](engine::BidderId bidder) { return find(bidder).has_value(); };
  if (closed_ && !std::ranges::all_of(closed_->standings, is_admitted, &engine::Standing::bidder)) return false;
  if (stage_ && (!is_stage_of(rules_, *stage_) || (stage_->bidder.is_given() && !is_admitted(stage_->bidder)))) {
    return false;
  }
  // Where prices rank, the key of one is the price itself.
  if (round_top_ && rules_.rank_by == engine::RankBy::Price) {
    if (round_top_->whole < 0 || round_top_->whole > limits::money_fen_max) return false;
  }
  auto const is_empty = [](Bidder const& bidder) { return bidder.kept.empty(); };
  return !shed_ || (bids_.empty() && leads_.empty() && std::ranges::all_of(bidders_, is_empty));
}

}  // namespace gateway
