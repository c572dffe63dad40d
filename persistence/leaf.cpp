// See the header.
#include "persistence/leaf.h"

#include <array>

namespace persistence {
namespace {

// Tells a leaf from an inner node (RFC 9162 §2.1.1).
constexpr std::string_view leaf_prefix{"\0", 1};

Sha256 keyed(Digest const& key, unsigned char padding) {
  std::array<char, 64> block{};
  for (std::size_t i = 0; i < block.size(); ++i) {
    auto const of_key = i < key.size() ? static_cast<unsigned char>(key[i]) : 0U;
    block[i] = static_cast<char>(of_key ^ padding);
  }
  return Sha256{}.add({block.data(), block.size()});
}

}  // namespace

Blinding blinding_of(Salt const& salt, std::string_view private_part) {
  return Sha256{}.add(view(salt)).add(private_part).digest();
}

Leaf leaf_of(std::string_view shown, Blinding const& blinding) {
  return Sha256{}.add(leaf_prefix).add(shown).add(view(blinding)).digest();
}

LogSalts::LogSalts(Digest const& log_key) : inner_(keyed(log_key, 0x36)), outer_(keyed(log_key, 0x5c)) {}

Salt LogSalts::salt_of(engine::Seq seq) const {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>((seq.number() >> (8 * i)) & 0xff);
  auto inner = inner_;
  auto outer = outer_;
  return outer.add(view(inner.add({bytes.data(), bytes.size()}).digest())).digest();
}

}  // namespace persistence
