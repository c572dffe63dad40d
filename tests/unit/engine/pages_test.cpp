// Blocks: aligned, writable to the last byte, whatever the pages.
#include "engine/pages.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

using namespace engine;

TEST(Pages, a_block_is_aligned_and_can_be_written_to_its_end) {
  for (auto const pages : {Pages::Ordinary, Pages::Large}) {
    for (std::size_t const bytes : {std::size_t{1}, std::size_t{4'097}, large_page_bytes, 3 * large_page_bytes - 1}) {
      auto const block = make_block(bytes, pages);
      auto const alignment = pages == Pages::Large ? large_page_bytes : 64;
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.get()) % alignment, 0u);
      for (std::size_t at = 0; at < bytes; at += 4'096) block.get()[at] = std::byte{7};
      block.get()[bytes - 1] = std::byte{9};
      EXPECT_EQ(block.get()[bytes - 1], std::byte{9});
    }
  }
}

}  // namespace
