// The memory of attempts, for all lots of a hall: boards of sixteen, taken one after the other.
//
// A lot promises itself what its bidders may ever attempt, which may be much, and uses little of it. What is promised
// is address space; boards are taken as they fill and lie side by side whichever lot took them, so that few pages are
// used. The first touch of a page costs as much as fifty bids (bench/RESULTS.md): whenever a lot opens, the pages of
// the boards to come are touched ahead, so that bids find them there. What is promised at once is one block, however
// much it is: a process may have tens of thousands of blocks of the system, and hundreds of large lots must not use
// them up.
//
// Thread: owned by the engine thread. Failure: none. Memory: made by promise(); take() allocates nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/attempt.h"
#include "engine/check.h"
#include "engine/pages.h"

namespace engine {

// Attempts that arrived one after the other in one lot, what links them, and what was wrong with the refused ones.
struct alignas(64) AttemptBoard {
  static constexpr std::uint32_t width = 16;
  struct Figures {
    std::int64_t actual;
    std::int64_t limit;
    Figure::Unit actual_unit;
    Figure::Unit limit_unit;
  };

  alignas(64) std::array<std::byte, width * sizeof(Attempt)> attempts;  // made one by one: see keep()
  std::array<std::uint32_t, width> links;
  std::array<Figures, width> figures;

  Attempt& attempt(std::size_t place) { return reinterpret_cast<Attempt*>(attempts.data())[place]; }
};

class AttemptShelf {
 public:
  using Link = std::uint32_t;

  // So many boards more will be taken at most.
  void promise(std::size_t boards) {
    promised_ += boards;
    if (auto const there = pieces_.size() * boards_a_piece; there < promised_) {
      auto const missing = (promised_ - there + boards_a_piece - 1) / boards_a_piece;
      // Few attempts need little.
      auto const pages = blocks_.empty() && missing == 1 ? Pages::Ordinary : Pages::Large;
      blocks_.push_back(make_block(missing * piece_bytes, pages));
      for (std::size_t i = 0; i < missing; ++i) pieces_.push_back(blocks_.back().get() + i * piece_bytes);
    }
    touch_ahead();
  }
  AttemptBoard& take() {
    CHECK(taken_ < promised_);
    return board(taken_++);
  }
  std::size_t bytes_taken() const { return taken_ * sizeof(AttemptBoard); }
  std::size_t bytes_promised() const { return promised_ * sizeof(AttemptBoard); }
  std::size_t blocks() const { return blocks_.size(); }  // of the system

 private:
  static constexpr std::size_t piece_bytes = large_page_bytes;
  static constexpr std::size_t boards_a_piece = piece_bytes / sizeof(AttemptBoard);
  static constexpr std::size_t boards_ahead = 32'768;  // half a million attempts, 46 MiB where so much is promised

  AttemptBoard& board(std::size_t place) {
    return reinterpret_cast<AttemptBoard*>(pieces_[place / boards_a_piece])[place % boards_a_piece];
  }
  void touch_ahead() {
    auto const wanted = std::min(promised_, taken_ + boards_ahead);
    for (; touched_ < wanted; ++touched_) {  // a board is smaller than a page
      auto volatile& first = board(touched_).attempts[0];
      first = std::byte{0};
    }
  }

  std::vector<Block> blocks_;
  std::vector<std::byte*> pieces_;  // of them: found by a division
  std::size_t promised_ = 0;
  std::size_t touched_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace engine
