// Argon2id, tokens and digests by libsodium.
#include "gateway/password.h"

#include <sodium.h>

#include <array>

#include "engine/check.h"

namespace gateway::password {
namespace {

// Idempotent and thread-safe by libsodium's promise; everything here asks for it first.
void be_ready() {
  CHECK(sodium_init() >= 0);
}

constexpr std::string_view unmistakable = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopq";
constexpr std::size_t one_time_characters = 20;

// Characters of valid UTF-8; 0 for what is not.
std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || lead > 0xf4 || i + length > text.size()) return 0;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return 0;
    }
    i += length;
  }
  return count;
}

}  // namespace

Fit judge(std::string_view password) {
  auto const count = characters(password);
  return count >= characters_min && count <= characters_max ? Fit::Accepted : Fit::Refused;
}

engine::Result<std::string> hash(std::string_view password) {
  be_ready();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), argon2_passes, argon2_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::unexpected(engine::Failure{"no memory for Argon2id"});
  }
  return std::string(text.data());
}

Match verify(std::string_view password, std::string const& hash) {
  be_ready();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0 ? Match::Same : Match::Other;
}

std::string nobody_hash() {
  // Parameters as above, a digest of zeros: no known input gives it.
  return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

std::string one_time() {
  be_ready();
  std::string text;
  for (std::size_t i = 0; i < one_time_characters; ++i) {
    text.push_back(unmistakable[randombytes_uniform(static_cast<std::uint32_t>(unmistakable.size()))]);
  }
  return text;
}

std::string new_token() {
  be_ready();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<char, sodium_base64_ENCODED_LEN(32, variant)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  return std::string(text.data());
}

std::string token_digest(std::string_view token) {
  be_ready();
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                     reinterpret_cast<unsigned char const*>(token.data()), token.size());
  return digest;
}

}  // namespace gateway::password
