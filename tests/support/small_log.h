// A transparency log of a few known values, for who shows one: hashes that name what they stand for, and no tree.
// The real tree is persistence/tree.h; its arithmetic is tried there.
#pragma once

#include <map>
#include <string>

#include "engine/transparency.h"

namespace support {

// 32 times that byte.
inline engine::Hash hash_of(std::uint64_t number) {
  engine::Hash hash;
  hash.fill(static_cast<char>(number));
  return hash;
}

class SmallLog final : public engine::TransparencyLog {
 public:
  std::optional<engine::TreeHead> newest;
  std::map<std::uint64_t, engine::TreeHead> history;  // by size
  std::map<std::uint64_t, engine::Hash> leaves;       // by seq
  std::map<std::uint64_t, engine::LogEntry> entries;  // by seq
  bool is_broken = false;                             // the disk says no

  std::array<char, 32> key() const override { return hash_of(0xab); }
  std::optional<engine::TreeHead> head() const override { return newest; }
  engine::Result<std::optional<engine::TreeHead>> head_from(std::uint64_t size) const override {
    if (is_broken) return broken();
    auto const found = history.lower_bound(size);
    return found == history.end() ? std::nullopt : std::optional{found->second};
  }
  engine::Result<std::optional<engine::Hash>> leaf(engine::Seq seq) const override {
    if (is_broken) return broken();
    auto const found = leaves.find(seq.number());
    return found == leaves.end() ? std::nullopt : std::optional{found->second};
  }
  engine::Result<engine::Path> inclusion(engine::Seq seq, std::uint64_t size) const override {
    if (is_broken) return broken();
    return engine::Path{hash_of(seq.number()), hash_of(size)};
  }
  engine::Result<engine::Path> consistency(std::uint64_t from, std::uint64_t to) const override {
    if (is_broken) return broken();
    return engine::Path{hash_of(from), hash_of(to)};
  }
  engine::Result<std::optional<engine::LogEntry>> entry(engine::Seq seq) const override {
    if (is_broken) return broken();
    auto const found = entries.find(seq.number());
    return found == entries.end() ? std::nullopt : std::optional{found->second};
  }

 private:
  static std::unexpected<engine::Failure> broken() { return std::unexpected(engine::Failure{"the disk says no"}); }
};

}  // namespace support
