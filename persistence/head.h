// Heads of the tree: size, root and time, signed. The one who signs, and those who check.
//
// The key is made at the first start and kept in a file of its own beside the other keys, readable by the server alone.
// Whoever has it can sign another history, which is why heads are also published to a second place (README.md).
//
// Ed25519 (libsodium). FORMAT.md gives the bytes that are signed, and the line of a published head.
//
// Thread:  any; a HeadSigner is only read.
// Failure: the file of the key is missing where it must not be, damaged, or cannot be made.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/transparency.h"
#include "persistence/hash.h"

namespace persistence {

using engine::TreeHead;
using PublicKey = std::array<char, 32>;
inline constexpr std::string_view head_key_name = "tree.key";  // in keys/ of a data directory

std::string signed_bytes(TreeHead const& head);
bool is_signed_by(PublicKey const& key, TreeHead const& head);

class HeadSigner {
 public:
  // A missing key is made only where nothing was signed yet: a new one beside old heads would look like a forgery.
  enum class Missing : std::uint8_t { Make, Refuse };
  static engine::Result<HeadSigner> open(std::filesystem::path const& file, Missing missing);

  PublicKey const& key() const { return key_; }
  TreeHead sign(std::uint64_t size, Digest const& root, engine::Instant at) const;

 private:
  using Secret = std::array<unsigned char, 64>;  // as libsodium has it: seed, then public key
  explicit HeadSigner(std::string_view seed);

  Secret secret_{};
  PublicKey key_{};
};

// What stands in a second place: one line of JSON a head, without its end.
struct PublishedHead {
  TreeHead head;
  PublicKey key{};
  friend bool operator==(PublishedHead const&, PublishedHead const&) = default;
};
std::string line_of(PublishedHead const& published);
std::optional<PublishedHead> head_of_line(std::string_view line);

// RFC 3339 in UTC with milliseconds, as everywhere on the wire; nothing: not such a text.
std::string text_of(engine::Instant at);
std::optional<engine::Instant> instant_of(std::string_view text);
// The bytes of a hexadecimal text of exactly `size` bytes; nothing: it is none.
std::optional<std::string> bytes_of_hex(std::string_view text, std::size_t size);

}  // namespace persistence
