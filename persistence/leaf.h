// The leaf of a command: what stands for it in the transparency log (RFC 9162 style). FORMAT.md gives every byte.
//
//   leaf = H(00 ‖ shown ‖ blinding), blinding = H(salt ‖ private part)
//
// `shown` is the record without its private part. The salt is 32 bytes that an outsider cannot guess, so that a leaf
// gives nothing away, not even to whoever tries every price. Where a private part exists its salt is random and sealed
// with it, and goes when the key goes; the blinding stays, so that the leaf can be computed for ever. Everywhere else
// the salt comes from a key of the log and the seq, and nothing is stored.
//
// Thread:  any; a LogSalts is only read.
// Failure: none.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/ports.h"
#include "persistence/hash.h"
#include "persistence/sha256_pair.h"

namespace persistence {

using Leaf = engine::Leaf;
using Salt = Digest;
using Blinding = Digest;

Blinding blinding_of(Salt const& salt, std::string_view private_part);
Leaf leaf_of(std::string_view shown, Blinding const& blinding);

// Salts of records that carry none: HMAC-SHA256 of the seq (u64, little-endian) under the key of the log.
class LogSalts {
 public:
  explicit LogSalts(Digest const& log_key);
  Salt salt_of(engine::Seq seq) const { return salts_of({seq, seq})[0]; }
  // Of a record without a blinding of its own: nothing private, or private in the layout that had no salt yet.
  Blinding blinding_of(engine::Seq seq) const { return blindings_of({seq, seq})[0]; }

  // Of two seqs in hardly more time than of one.
  std::array<Blinding, 2> blindings_of(std::array<engine::Seq, 2> const& seqs) const;

 private:
  std::array<Salt, 2> salts_of(std::array<engine::Seq, 2> const& seqs) const;

  Midstate inner_ = sha256_start;  // the key and its padding are hashed once
  Midstate outer_ = sha256_start;
};

// What a leaf is made of.
struct LeafSource {
  std::string_view shown;
  engine::Seq seq;
  std::optional<Blinding> blinding;  // nothing: from the key of the log
};
// Of two records in hardly more time than of one.
std::array<Leaf, 2> leaves_of(LeafSource const& one, LeafSource const& other, LogSalts const& salts);

}  // namespace persistence
