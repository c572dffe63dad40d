// Memory for much that is read at random: blocks of large pages, where the system has them.
//
// A processor remembers where some two thousand pages are. Ten thousand lots in pages of 4 KiB are more, and then every
// bid waits for a page before it waits for memory; in pages of 2 MiB they are a few dozen (bench/RESULTS.md).
//
// Thread: any. Failure: none: without large pages it is ordinary memory. Memory: given back when the block goes.
#pragma once

#include <cstddef>
#include <memory>

namespace engine {

inline constexpr std::size_t large_page_bytes = std::size_t{1} << 21;

enum class Pages { Ordinary, Large };

struct GivesPagesBack {
  std::size_t alignment = 1;
  void operator()(std::byte* block) const;
};
using Block = std::unique_ptr<std::byte, GivesPagesBack>;

// Aligned to a cache line, and to a large page where those are asked for.
Block make_block(std::size_t bytes, Pages pages);

}  // namespace engine
