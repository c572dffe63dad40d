// See the header.
#include "persistence/leaf.h"

#include <algorithm>
#include <cstring>

#include "engine/bytes.h"
#include "persistence/sha256.h"

namespace persistence {
namespace {

// Tells a leaf from an inner node (RFC 9162 §2.1.1).
constexpr std::string_view leaf_prefix{"\0", 1};

constexpr std::size_t block_bytes = sha256_block_bytes;
constexpr std::size_t shown_at_once_max = 960;  // more is rare, and is hashed by itself
constexpr std::size_t digest_bytes = std::tuple_size_v<Digest>;

using Block = std::array<char, block_bytes>;

Block keyed(Digest const& key, unsigned char padding) {
  Block block{};
  for (std::size_t i = 0; i < block.size(); ++i) {
    auto const of_key = i < key.size() ? static_cast<unsigned char>(key[i]) : 0U;
    block[i] = static_cast<char>(of_key ^ padding);
  }
  return block;
}

// Hashes of two short texts that follow `before` bytes, which gave `from`.
template <class Text>
std::array<Digest, 2> hashes_of(std::array<Text, 2> const& texts, Midstate const& from, std::uint64_t before) {
  std::array<Block, 2> blocks;
  std::array<Midstate, 2> states{from, from};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    static_assert(sizeof(Text) + 1 + sizeof before <= block_bytes);
    std::memcpy(blocks[i].data(), texts[i].data(), sizeof(Text));
    pad(blocks[i].data(), sizeof(Text), before + sizeof(Text));
  }
  add_blocks({states[0], blocks[0].data()}, {states[1], blocks[1].data()}, 1);
  return {digest_of(states[0]), digest_of(states[1])};
}

// 00 ‖ shown ‖ blinding, with the padding behind it.
class LeafMessage {
 public:
  LeafMessage(std::string_view shown, Blinding const& blinding) {
    leaf_prefix.copy(bytes_.data(), leaf_prefix.size());
    shown.copy(bytes_.data() + leaf_prefix.size(), shown.size());
    view(blinding).copy(bytes_.data() + leaf_prefix.size() + shown.size(), blinding.size());
    auto const size = leaf_prefix.size() + shown.size() + blinding.size();
    blocks_ = pad(bytes_.data(), size, size);
  }
  std::size_t blocks() const { return blocks_; }
  char const* block(std::size_t number) const { return bytes_.data() + number * block_bytes; }

 private:
  std::array<char, 1 + shown_at_once_max + digest_bytes + block_bytes + 8> bytes_;
  std::size_t blocks_;
};

std::array<Leaf, 2> hashes_of(LeafMessage const& one, LeafMessage const& other) {
  auto first = sha256_start;
  auto second = sha256_start;
  auto const both = std::min(one.blocks(), other.blocks());
  add_blocks({first, one.block(0)}, {second, other.block(0)}, both);
  auto spare = sha256_start;
  if (one.blocks() > both) add_blocks({first, one.block(both)}, {spare, one.block(both)}, one.blocks() - both);
  if (other.blocks() > both) add_blocks({second, other.block(both)}, {spare, other.block(both)}, other.blocks() - both);
  return {digest_of(first), digest_of(second)};
}

}  // namespace

Blinding blinding_of(Salt const& salt, std::string_view private_part) {
  return Sha256{}.add(view(salt)).add(private_part).digest();
}

Leaf leaf_of(std::string_view shown, Blinding const& blinding) {
  return Sha256{}.add(leaf_prefix).add(shown).add(view(blinding)).digest();
}

std::array<Leaf, 2> leaves_of(LeafSource const& one, LeafSource const& other, LogSalts const& salts) {
  std::array<Blinding, 2> blindings;
  if (!one.blinding || !other.blinding) blindings = salts.blindings_of({one.seq, other.seq});
  if (one.blinding) blindings[0] = *one.blinding;
  if (other.blinding) blindings[1] = *other.blinding;
  if (std::max(one.shown.size(), other.shown.size()) > shown_at_once_max) {
    return {leaf_of(one.shown, blindings[0]), leaf_of(other.shown, blindings[1])};
  }
  return hashes_of(LeafMessage{one.shown, blindings[0]}, LeafMessage{other.shown, blindings[1]});
}

LogSalts::LogSalts(Digest const& log_key) {
  auto const inner = keyed(log_key, 0x36);
  auto const outer = keyed(log_key, 0x5c);
  add_blocks({inner_, inner.data()}, {outer_, outer.data()}, 1);
}

std::array<Salt, 2> LogSalts::salts_of(std::array<engine::Seq, 2> const& seqs) const {
  std::array<std::array<char, sizeof(std::uint64_t)>, 2> bytes;
  for (std::size_t i = 0; i < seqs.size(); ++i) {
    auto const number = engine::little_endian(seqs[i].number());
    std::memcpy(bytes[i].data(), &number, sizeof number);
  }
  return hashes_of(hashes_of(bytes, inner_, block_bytes), outer_, block_bytes);
}

std::array<Blinding, 2> LogSalts::blindings_of(std::array<engine::Seq, 2> const& seqs) const {
  return hashes_of(salts_of(seqs), sha256_start, 0);
}

}  // namespace persistence
