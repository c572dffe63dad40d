// The transparency log as those see it who answer for it: a Merkle tree (RFC 9162) over every command of the journal,
// whose head is signed. A port: persistence keeps the tree, the gateway shows it, main wires the two.
//
// The leaf of a command has the index seq - 1. What a leaf and a head are byte by byte: persistence/FORMAT.md.
//
// Thread:  any; each call reads a moment of its own. Failure: the disk; what does not exist is nothing, not a Failure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports.h"

namespace engine {

using Hash = std::array<char, 32>;  // SHA-256; a Leaf is one
using Path = std::vector<Hash>;     // RFC 9162 §2.1.3, §2.1.4: in the order in which a checker needs them

struct TreeHead {
  std::uint64_t size = 0;  // leaves
  Hash root{};
  Instant at;                        // when it was signed
  std::array<char, 64> signature{};  // Ed25519
  friend bool operator==(TreeHead const&, TreeHead const&) = default;
};

// What the leaf of a command is made of. Who may be shown how much of it is the caller's business.
struct LogEntry {
  Sequenced command;         // without its private part where the key of that is gone
  std::string public_bytes;  // leaf = H(00 ‖ public_bytes ‖ blinding)
  Hash blinding{};           // H(salt ‖ private_bytes)
  // Nothing: destroyed with the key of the private part, or of a record from before there was a salt in it.
  std::optional<Hash> salt;
  std::string private_bytes;  // plaintext; empty: there is none, or it is gone
};

class TransparencyLog {
 public:
  virtual ~TransparencyLog() = default;
  virtual std::array<char, 32> key() const = 0;      // Ed25519, public; the same for the life of the data directory
  virtual std::optional<TreeHead> head() const = 0;  // the newest; nothing: none is signed yet
  // The first signed head with at least `size` leaves: heads are kept for ever.
  virtual Result<std::optional<TreeHead>> head_from(std::uint64_t size) const = 0;
  virtual Result<std::optional<Hash>> leaf(Seq seq) const = 0;
  // Asked only for 1 <= seq <= size <= head()->size, and 1 <= from <= to <= head()->size.
  virtual Result<Path> inclusion(Seq seq, std::uint64_t size) const = 0;
  virtual Result<Path> consistency(std::uint64_t from, std::uint64_t to) const = 0;
  // Nothing for a command that has a leaf: what it said was moved to an archive.
  virtual Result<std::optional<LogEntry>> entry(Seq seq) const = 0;
};

}  // namespace engine
