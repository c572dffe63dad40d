// A supplier's own key, with which its bids are signed (gateway/PROTOCOL.md has the text that is signed).
//
// The private half never leaves the object: for programs that bid, and for tests and benchmarks of those who verify.
//
// Thread:  one. Failure: OpenSSL has not that curve, or no memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace ebb_client {

// What the supplier says with a signature. `house` and `org` as the server names them, the price with two decimals.
struct BidToSign {
  std::string_view house;
  std::string_view lot;
  std::string_view org;
  std::string_view price;
  std::string_view key;  // of the bid
  bool is_confirmed = false;
};
std::string signed_text(BidToSign const& bid);
// Bytes as the protocol writes them.
std::string in_hexadecimal(std::string_view bytes);

class Signer {
 public:
  enum class Algorithm : std::uint8_t { EcdsaP256 = 1, Sm2 = 2 };
  static engine::Result<Signer> make(Algorithm algorithm);

  // SubjectPublicKeyInfo in DER: what is registered.
  std::string const& public_key() const { return public_key_; }
  // r and s, 32 bytes each; another pair each time.
  engine::Result<std::string> sign(std::string_view text) const;

 private:
  struct Ends {
    void operator()(void* key) const;
  };
  Signer(Algorithm algorithm, void* key) : algorithm_(algorithm), key_(key) {}

  Algorithm algorithm_;
  std::unique_ptr<void, Ends> key_;  // OpenSSL's, whose headers stay behind the .cpp file
  std::string public_key_;
};

}  // namespace ebb_client
