// Asked for by advice: the system gives large pages when it can, and says nothing when it cannot.
#include "engine/pages.h"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace engine {

void GivesPagesBack::operator()(std::byte* block) const {
  ::operator delete(block, std::align_val_t{alignment});
}

Block make_block(std::size_t bytes, Pages pages) {
  constexpr std::size_t cache_line = 64;
  auto const alignment = pages == Pages::Large ? large_page_bytes : cache_line;
  Block block{static_cast<std::byte*>(::operator new(bytes, std::align_val_t{alignment})), {alignment}};
#if defined(__linux__)
  if (pages == Pages::Large) madvise(block.get(), bytes, MADV_HUGEPAGE);
#endif
  return block;
}

}  // namespace engine
