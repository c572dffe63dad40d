// The built page (web/dist) as bytes in the program: no file beside it is needed, and none can be changed.
//
// Thread: any. Ownership: everything here lives as long as the program.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace web {

struct Asset {
  std::string_view path;                // from web/dist: "assets/index-D3qBx9_a.js"
  std::span<std::byte const> identity;  // as built
  std::span<std::byte const> gzip;      // empty: there is none
  std::span<std::byte const> brotli;
};

// In order of their paths.
std::span<Asset const> assets();

}  // namespace web
