// The arithmetic of a Merkle tree (RFC 9162 §2.1): its root, and the two proofs that keep a log honest: a leaf is in it
// (inclusion), and a later tree holds an earlier one unchanged (consistency).
//
// Making proofs asks for hashes of whole subtrees, wherever they are kept; checking proofs needs nothing but the proof.
// A tree of n leaves is split at the largest power of two below n, so a subtree of 2^h leaves begins at a multiple of
// 2^h: (h, number) names it.
//
// Thread:  any.
// Failure: of making: what the source of hashes gives. A proof that does not hold is an answer, not a failure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/ports.h"
#include "engine/transparency.h"
#include "persistence/hash.h"

namespace persistence::merkle {

using Path = engine::Path;

Digest root_of_nothing();
Digest parent_of(Digest const& left, Digest const& right);
// Of 2^n hashes that lie next to each other.
Digest root_over(std::span<Digest const> hashes);

// The hash over leaves [number << height, (number + 1) << height), all of which exist.
using Subtree = std::function<engine::Result<Digest>(unsigned height, std::uint64_t number)>;

engine::Result<Digest> root(std::uint64_t size, Subtree const& subtree);
// For index < size.
engine::Result<Path> inclusion(std::uint64_t index, std::uint64_t size, Subtree const& subtree);
// For 0 < from <= to; empty when they are equal.
engine::Result<Path> consistency(std::uint64_t from, std::uint64_t to, Subtree const& subtree);

// The root to which the path leads from the leaf; nothing: no path of such a tree is that long or that short.
std::optional<Digest> root_by_inclusion(std::uint64_t index, std::uint64_t size, Digest const& leaf, Path const& path);

enum class Consistent : std::uint8_t {
  Yes,
  NoPath,      // no path between such sizes is that long or that short
  OtherStart,  // it does not lead to the earlier root: the earlier tree is not what was changed into the later one
  OtherEnd,    // it leads to another later root
};
Consistent check_consistency(std::uint64_t from, std::uint64_t to, Digest const& from_root, Digest const& to_root,
                             Path const& path);

// Grows leaf by leaf and keeps only the roots of its whole subtrees, at most 64: what `ebb verify` computes roots with.
class Frontier {
 public:
  void append(Digest const& leaf);
  std::uint64_t size() const { return size_; }
  Digest root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;  // of the binary digits of the size, highest first
};

}  // namespace persistence::merkle
