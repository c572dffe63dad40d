// A supplier's own signature over a bid: the text that is signed, and whether a signature holds.
//
// The text names the house, so that a bid signed for one server means nothing to another; the lot, the supplier, the
// price, the key of the bid and whether it was confirmed. PROTOCOL.md gives it byte by byte: pages and programs of
// certificate holders make the same.
//
// ECDSA on P-256 with SHA-256 (what a browser signs with a key that cannot leave it) and SM2 with SM3 (GB/T 32918, what
// certificates here sign with); both as r and s of 32 bytes each. By OpenSSL.
//
// Thread:  any; a key is only read.
// Failure: a key that is none; a signature that is none simply does not hold.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event.h"

namespace gateway {

enum class SigningAlgorithm : std::uint8_t { EcdsaP256 = 1, Sm2 = 2 };

// `house`: the fingerprint of the log's key, in hexadecimal.
std::string signed_text(std::string_view house, engine::PlaceBid const& bid);

class VerifyingKey {
 public:
  // From SubjectPublicKeyInfo in DER, as browsers export it. Nothing: not a public key of that algorithm.
  static std::optional<VerifyingKey> read(SigningAlgorithm algorithm, std::string_view der);

  bool holds(std::string_view text, engine::Signature const& signature) const;

 private:
  struct Ends {
    void operator()(void* key) const;
  };
  VerifyingKey(SigningAlgorithm algorithm, void* key) : algorithm_(algorithm), key_(key) {}

  SigningAlgorithm algorithm_;
  std::unique_ptr<void, Ends> key_;  // OpenSSL's, whose headers stay behind the .cpp file
};

// A key as its supplier registered it.
struct RegisteredKey {
  engine::OrgId org;
  SigningAlgorithm algorithm = SigningAlgorithm::EcdsaP256;
  std::string public_key;  // SubjectPublicKeyInfo in DER
  engine::Seq added;
  engine::Seq revoked;  // nothing: it is not
};

// Whether the signature of a bid counts, and if not, why: what the log says of the key at the place of the bid decides,
// so the answer is the same whenever it is asked for. The one place where this is decided.
enum class SignatureVerdict : std::uint8_t { Holds, NoSuchKey, KeyOfAnother, KeyNotInForce, Forged };
SignatureVerdict judge(std::string_view house, engine::BidSigned const& bid, std::optional<RegisteredKey> const& key);
std::string_view words_of(SignatureVerdict verdict);  // for an operator

}  // namespace gateway
