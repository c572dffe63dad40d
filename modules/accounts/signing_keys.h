// Keys with which suppliers sign their bids: the public halves, each of one organisation, by number.
//
// This is the public header for whoever judges signatures. Rows stay when a key is revoked: a bid of before is judged
// by it for good.
//
// Thread: any, on a snapshot or in the command's transaction. Failure: none.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "engine/ids.h"
#include "engine/ports.h"
#include "engine/time.h"

namespace modules::accounts {

// The numbers stand in rows and in the journal.
enum class SigningAlgorithm : std::uint8_t { EcdsaP256 = 1, Sm2 = 2 };

inline constexpr std::size_t public_key_bytes_max = 256;
inline constexpr std::size_t signing_keys_an_org = 20;  // in force

struct SigningKeyRow {
  engine::SigningKeyId id;
  engine::OrgId org;
  engine::PersonId added_by;
  SigningAlgorithm algorithm = SigningAlgorithm::EcdsaP256;
  std::string public_key;  // SubjectPublicKeyInfo in DER
  engine::Seq added_seq;   // good for bids behind it…
  engine::Instant added_at;
  engine::PersonId revoked_by;
  engine::Seq revoked_seq;  // …and before this; nothing: in force
  engine::Instant revoked_at;
  bool is_in_force() const { return !revoked_seq.is_given(); }
  static auto fields(auto& k) {
    return std::tie(k.id, k.org, k.added_by, k.algorithm, k.public_key, k.added_seq, k.added_at, k.revoked_by,
                    k.revoked_seq, k.revoked_at);
  }
};

std::optional<SigningKeyRow> signing_key(engine::SigningKeyId id, engine::TableReader const& tables);

// What only a library of ciphers can tell of a key, as main hands it in. Asked where a key comes in and where it is
// shown, never when a command is decided: a replay needs no such library.
struct KeyReader {
  std::string house;  // in every signed text: SHA-256 of the public key of the log, in hexadecimal
  std::function<bool(SigningAlgorithm, std::string_view der)> is_key = [](auto, auto) { return false; };
  std::function<std::string(std::string_view der)> fingerprint = [](auto) { return std::string{}; };  // SHA-256, hex
};

}  // namespace modules::accounts
