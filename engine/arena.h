// The memory of lots, for all lots of a hall: what one lot needs lies side by side.
//
// Made piece by piece in the order in which a bid reads it, from blocks that are never given back: a lot stays as long
// as its hall. A dozen allocations a lot would lie in a dozen pages, and over many lots a bid would wait for each.
//
// Thread: owned by the engine thread. Failure: none. Memory: grows only when a lot opens.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/pages.h"

namespace engine {

class Arena {
 public:
  // So many of them, as their constructor without arguments leaves them.
  template <class T>
  std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    auto* const first = static_cast<T*>(static_cast<void*>(take(count * sizeof(T), alignof(T))));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }
  // Room for one whose end is its maker's business.
  template <class T>
  void* room_for() {
    return take(sizeof(T), alignof(T));
  }

  std::size_t bytes() const { return bytes_; }  // given so far

 private:
  // Few lots need little; of many, the large pages are worth it.
  static constexpr std::size_t first_block_bytes = std::size_t{1} << 18;

  std::byte* take(std::size_t bytes, std::size_t alignment) {
    used_ = (used_ + alignment - 1) / alignment * alignment;
    if (blocks_.empty() || used_ + bytes > size_) {
      auto const is_first = blocks_.empty();
      size_ = std::max(is_first ? first_block_bytes : large_page_bytes, bytes);
      used_ = 0;
      blocks_.push_back(make_block(size_, is_first ? Pages::Ordinary : Pages::Large));
    }
    auto* const piece = blocks_.back().get() + used_;
    used_ += bytes;
    bytes_ += bytes;
    return piece;
  }

  std::vector<Block> blocks_;
  std::size_t size_ = 0;  // of the last block
  std::size_t used_ = 0;  // of it
  std::size_t bytes_ = 0;
};

}  // namespace engine
