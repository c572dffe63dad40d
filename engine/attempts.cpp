// The kept attempts, found by a chained hash over (bidder, key).
//
// The hash orders nothing that anybody sees: it only finds. A bidder who picks keys that collide slows down look-ups
// by at most their own number of attempts.
#include "engine/attempts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

#include "engine/check.h"

namespace engine {
namespace {

// A chain for every eight attempts a bidder may make: an ordinary auction stays far below, and even a full one walks
// few steps. The heads are touched when a lot opens, so they have a bound of their own.
std::size_t chains_for(std::size_t bidders, std::uint32_t each) {
  return std::bit_ceil(std::max<std::size_t>(1, bidders * std::clamp(each / 8, 16u, 1'024u)));
}

__extension__ typedef unsigned __int128 Product;

// All bits of both in all bits of one. The products of a key do not wait for each other.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  auto const product = Product{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// The first bits behind the point of the square roots of 2 and 3: numbers without a pattern.
constexpr std::array<std::uint64_t, 2> roots{0x6a09e667f3bcc908ULL, 0xbb67ae8584caa73bULL};

std::size_t boards_for(std::size_t attempts) {
  return (attempts + AttemptBoard::width - 1) / AttemptBoard::width;
}

}  // namespace

Attempts::Attempts(Arena& arena, AttemptShelf& shelf, std::size_t bidders, std::uint32_t each, Automatic automatic)
    : shelf_(&shelf),
      latest_(arena.make<Link>(chains_for(bidders, each)).data()),
      chain_mask_(static_cast<std::uint32_t>(chains_for(bidders, each) - 1)),
      promised_(boards_for(bidders * each * (automatic == Automatic::Some ? 2 : 1))) {
  shelf_->promise(promised_);
  boards_.reserve(promised_);
  if (promised_ > 0) take_board();
}

std::uint32_t Attempts::hash_of(Slot slot, BidKey const& key) {
  static_assert(sizeof key.text == 36);
  auto const word = [&](std::size_t number) {
    std::uint64_t value;
    std::memcpy(&value, key.text.data() + number * sizeof value, sizeof value);
    return value;
  };
  std::uint32_t tail;
  std::memcpy(&tail, key.text.data() + 4 * sizeof(std::uint64_t), sizeof tail);
  auto const rest = (std::uint64_t{tail} << 16) + slot;
  auto const hash =
      fold(word(0) ^ roots[0], word(1) ^ roots[1]) + fold(word(2) ^ roots[1], (word(3) ^ roots[0]) + rest);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

void Attempts::take_board() {
  // The engine bids as often as people change who leads, and that has no bound: only then is there more to promise.
  if (boards_.size() == promised_) {
    shelf_->promise(1);
    ++promised_;
  }
  board_ = &shelf_->take();
  boards_.push_back(board_);
}

void Attempts::refuse_last(Refusal const& refusal) {
  auto const place = (size_ - 1) % AttemptBoard::width;
  board_->attempt(place).refuse(refusal.kind->number);
  board_->figures[place] = {refusal.actual.value, refusal.limit.value, refusal.actual.unit, refusal.limit.unit};
}

void Attempts::keep_automatic(Attempt const& attempt) {
  auto& board = board_for_next();
  auto const place = size_++ % AttemptBoard::width;
  std::construct_at(&board.attempt(place), attempt);
  board.links[place] = 0;
}

AttemptPlace Attempts::last_valid(Slot slot, AttemptPlace before) const {
  auto place = std::min(before, size_);
  while (place-- > 0) {
    if (at(place).slot() == slot && at(place).is_valid()) return place;
  }
  return no_attempt;
}

Refusal Attempts::refusal_at(AttemptPlace place) const {
  auto const& attempt = at(place);
  if (attempt.is_accepted()) return {};
  auto const& figures = board_of(place).figures[place % AttemptBoard::width];
  return {engine_refusal(attempt.refusal_number()),
          {figures.actual_unit, figures.actual},
          {figures.limit_unit, figures.limit}};
}

// As bytes ------------------------------------------------------------------------------------------------------------

namespace {

// What an attempt is, in its first byte. load() takes exactly what save() gives, attempt by attempt: nobody compares
// the bytes afterwards.
constexpr std::uint8_t consented = 1;
constexpr std::uint8_t voided = 2;
constexpr std::uint8_t automatic = 4;  // no key follows
constexpr std::uint8_t refused = 8;    // what was wrong follows
constexpr std::size_t saved_bytes_least = 1 + sizeof(Slot) + 3 * sizeof(std::int64_t);

std::uint8_t marks_of(Attempt const& attempt) {
  return static_cast<std::uint8_t>((attempt.consent() == Consent::Given ? consented : 0) |
                                   (attempt.is_voided() ? voided : 0) | (attempt.number() == 0 ? automatic : 0) |
                                   (attempt.is_accepted() ? 0 : refused));
}

Figure get_figure(ByteReader& from) {
  auto const unit = from.get<Figure::Unit>();
  if (unit > Figure::Unit::Span) from.fail();
  return {unit, from.get<std::int64_t>()};
}

}  // namespace

void Attempts::save(ByteWriter& bytes) const {
  bytes.put(size_);
  for (AttemptPlace place = 0; place < size_; ++place) {
    auto const& attempt = at(place);
    bytes.put(marks_of(attempt)).put(attempt.slot()).put(attempt.price).put(attempt.seq).put(attempt.at);
    if (attempt.number() != 0) bytes.put_raw({attempt.key.text.data(), attempt.key.text.size()});
    if (attempt.is_accepted()) continue;
    auto const [kind, actual, limit] = refusal_at(place);
    bytes.put(kind->number).put(actual.unit).put(actual.value).put(limit.unit).put(limit.value);
  }
}

bool Attempts::load(ByteReader& from, std::uint32_t each, std::span<std::uint16_t> used) {
  auto const count = from.get<std::uint32_t>();
  if (count > std::min<std::size_t>(most, from.rest().size() / saved_bytes_least)) return false;
  for (std::uint32_t kept = 0; kept < count; ++kept) {
    if (!load_next(from, each, used)) return false;
  }
  shelf_->promise(0);  // pages ahead of the bids to come
  return from.ok();
}

bool Attempts::load_next(ByteReader& from, std::uint32_t each, std::span<std::uint16_t> used) {
  auto const marks = from.get<std::uint8_t>();
  auto const slot = from.get<Slot>();
  auto const price = from.get_money();
  auto const seq = from.get<Seq>();
  auto const at = from.get_instant();
  if (!from.ok() || slot >= used.size()) return false;
  if ((marks & ~(consented | voided | automatic | refused)) != 0) return false;
  if ((marks & voided) != 0 && (marks & refused) != 0) return false;
  if ((marks & automatic) != 0 && (marks & consented) != 0) return false;
  if ((marks & automatic) != 0) {
    keep_automatic({{}, slot, 0, Consent::NotGiven, price, seq, at});
  } else {
    if (used[slot] >= each) return false;
    auto const text = from.get_raw(limits::bid_key_bytes);
    BidKey key;
    text.copy(key.text.data(), key.text.size());
    auto const consent = (marks & consented) != 0 ? Consent::Given : Consent::NotGiven;
    keep(hash_of(slot, key), key, slot, std::uint32_t{++used[slot]}, consent, price, seq, at);
  }
  if ((marks & refused) != 0) {
    auto const* const kind = engine_refusal(from.get<std::uint16_t>());
    auto const actual = get_figure(from);
    auto const limit = get_figure(from);
    if (kind == nullptr || !from.ok()) return false;
    refuse_last({kind, actual, limit});
  }
  if ((marks & voided) != 0) void_at(last_place());
  return from.ok();
}

void Attempts::prefetch(std::uint32_t hash) const {
  __builtin_prefetch(&chain(hash), 1);
  if (board_ == nullptr) return;
  __builtin_prefetch(&board_->attempt(size_ % AttemptBoard::width), 1);
  __builtin_prefetch(board_->links.data(), 1);
}

}  // namespace engine
