// How often this test program has allocated so far. The counting operator new is in allocations.cpp.
#pragma once

#include <cstdint>

namespace engine::test {

std::uint64_t allocations();

}  // namespace engine::test
