// See the header. Making follows the recursive definitions of RFC 9162 §2.1.1, §2.1.3.1 and §2.1.4.1; checking follows
// the algorithms of §2.1.3.2 and §2.1.4.2.
#include "persistence/merkle.h"

#include <array>
#include <bit>
#include <cstring>

#include "engine/check.h"
#include "persistence/sha256.h"
#include "persistence/sha256_pair.h"

namespace persistence::merkle {
namespace {

constexpr std::string_view node_prefix{"\1", 1};

struct Range {
  std::uint64_t begin;
  std::uint64_t end;

  std::uint64_t size() const { return end - begin; }
  std::uint64_t middle() const { return begin + std::bit_floor(size() - 1); }
  Range left() const { return {begin, middle()}; }
  Range right() const { return {middle(), end}; }
};

// Proofs of one tree, from the hashes of its subtrees.
class Maker {
 public:
  explicit Maker(Subtree const& subtree) : subtree_(subtree) {}

  engine::Result<Digest> hash(Range range) const {
    if (std::has_single_bit(range.size())) {
      auto const height = static_cast<unsigned>(std::countr_zero(range.size()));
      return subtree_(height, range.begin >> height);
    }
    auto const left = hash(range.left());
    if (!left) return left;
    auto const right = hash(range.right());
    if (!right) return right;
    return parent_of(*left, *right);
  }

  engine::Result<void> include(std::uint64_t index, Range range, Path& path) const {
    if (range.size() == 1) return {};
    bool const is_left = index < range.middle();
    if (auto below = include(index, is_left ? range.left() : range.right(), path); !below) return below;
    return add(is_left ? range.right() : range.left(), path);
  }

  // What proves that the first `from` leaves of the range hash to what they did. An asker who knows their hash, because
  // they are a whole tree of the time before, need not be told it.
  enum class Known : std::uint8_t { Yes, No };
  engine::Result<void> connect(std::uint64_t from, Range range, Known known, Path& path) const {
    if (from == range.end) return known == Known::Yes ? engine::Result<void>{} : add(range, path);
    if (from <= range.middle()) {
      if (auto below = connect(from, range.left(), known, path); !below) return below;
      return add(range.right(), path);
    }
    if (auto below = connect(from, range.right(), Known::No, path); !below) return below;
    return add(range.left(), path);
  }

 private:
  engine::Result<void> add(Range range, Path& path) const {
    auto const hashed = hash(range);
    if (!hashed) return std::unexpected(hashed.error());
    path.push_back(*hashed);
    return {};
  }

  Subtree const& subtree_;
};

// parent_of() two pairs, in hardly more time than of one.
std::array<Digest, 2> parents_of(std::array<Digest, 2> const& one, std::array<Digest, 2> const& other) {
  constexpr std::size_t node_bytes = 1 + 2 * sizeof(Digest);
  std::array<std::array<char, 2 * sha256_block_bytes>, 2> blocks;
  auto put = [](std::array<char, 2 * sha256_block_bytes>& into, std::array<Digest, 2> const& children) {
    node_prefix.copy(into.data(), node_prefix.size());
    std::memcpy(into.data() + node_prefix.size(), children.data(), sizeof children);
    pad(into.data(), node_bytes, node_bytes);
  };
  put(blocks[0], one);
  put(blocks[1], other);
  std::array<Midstate, 2> states{sha256_start, sha256_start};
  add_blocks({states[0], blocks[0].data()}, {states[1], blocks[1].data()}, 2);
  return {digest_of(states[0]), digest_of(states[1])};
}

// The roots over both halves of 2^n hashes, n > 0.
std::array<Digest, 2> roots_over(std::span<Digest const> hashes) {
  auto const half = hashes.size() / 2;
  if (half == 1) return {hashes[0], hashes[1]};
  return parents_of(roots_over(hashes.first(half)), roots_over(hashes.subspan(half)));
}

}  // namespace

Digest root_of_nothing() {
  return Sha256{}.digest();
}

Digest parent_of(Digest const& left, Digest const& right) {
  return Sha256{}.add(node_prefix).add(view(left)).add(view(right)).digest();
}

Digest root_over(std::span<Digest const> hashes) {
  if (hashes.size() == 1) return hashes.front();
  auto const halves = roots_over(hashes);
  return parent_of(halves[0], halves[1]);
}

engine::Result<Digest> root(std::uint64_t size, Subtree const& subtree) {
  if (size == 0) return root_of_nothing();
  return Maker{subtree}.hash({0, size});
}

engine::Result<Path> inclusion(std::uint64_t index, std::uint64_t size, Subtree const& subtree) {
  CHECK(index < size);
  Path path;
  if (auto made = Maker{subtree}.include(index, {0, size}, path); !made) return std::unexpected(made.error());
  return path;
}

engine::Result<Path> consistency(std::uint64_t from, std::uint64_t to, Subtree const& subtree) {
  CHECK(0 < from && from <= to);
  Path path;
  auto made = Maker{subtree}.connect(from, {0, to}, Maker::Known::Yes, path);
  if (!made) return std::unexpected(made.error());
  return path;
}

std::optional<Digest> root_by_inclusion(std::uint64_t index, std::uint64_t size, Digest const& leaf, Path const& path) {
  if (index >= size) return std::nullopt;
  auto number = index;
  auto last = size - 1;
  auto hash = leaf;
  for (auto const& sibling : path) {
    if (last == 0) return std::nullopt;
    if ((number & 1) != 0 || number == last) {
      hash = parent_of(sibling, hash);
      // A right-most node without a brother was carried up until it had one.
      while ((number & 1) == 0 && number != 0) {
        number >>= 1;
        last >>= 1;
      }
    } else {
      hash = parent_of(hash, sibling);
    }
    number >>= 1;
    last >>= 1;
  }
  return last == 0 ? std::optional{hash} : std::nullopt;
}

Consistent check_consistency(std::uint64_t from, std::uint64_t to, Digest const& from_root, Digest const& to_root,
                             Path const& path) {
  if (from == 0 || from > to) return Consistent::NoPath;
  if (from == to) {
    if (!path.empty()) return Consistent::NoPath;
    return from_root == to_root ? Consistent::Yes : Consistent::OtherEnd;
  }
  auto next = path.begin();
  if (next == path.end()) return Consistent::NoPath;
  // A tree of a power of two is one subtree of the later one: its hash is not in the path, because the asker has it.
  auto start = std::has_single_bit(from) ? from_root : *next++;
  auto end = start;
  auto number = from - 1;
  auto last = to - 1;
  auto const whole = std::countr_one(number);
  number >>= whole;
  last >>= whole;
  for (; next != path.end(); ++next) {
    if (last == 0) return Consistent::NoPath;
    if ((number & 1) != 0 || number == last) {
      start = parent_of(*next, start);
      end = parent_of(*next, end);
      while ((number & 1) == 0 && number != 0) {
        number >>= 1;
        last >>= 1;
      }
    } else {
      end = parent_of(end, *next);
    }
    number >>= 1;
    last >>= 1;
  }
  if (last != 0) return Consistent::NoPath;
  if (start != from_root) return Consistent::OtherStart;
  return end == to_root ? Consistent::Yes : Consistent::OtherEnd;
}

void Frontier::append(Digest const& leaf) {
  peaks_.push_back(leaf);
  for (auto carry = size_; (carry & 1) != 0; carry >>= 1) {
    auto const right = peaks_.back();
    peaks_.pop_back();
    peaks_.back() = parent_of(peaks_.back(), right);
  }
  ++size_;
}

Digest Frontier::root() const {
  if (size_ == 0) return root_of_nothing();
  auto root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) root = parent_of(*peak, root);
  return root;
}

}  // namespace persistence::merkle
