// What is in the program is what lies in web/dist, byte for byte.
#include "web/assets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

fs::path dist() {
  return fs::path{std::getenv("EBB_SOURCE_DIR")} / "web/dist";
}

// Empty: not there.
std::string read(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text(std::span<std::byte const> bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

TEST(Assets, are_the_files_of_dist_each_with_its_packed_forms) {
  std::set<std::string> embedded;
  for (auto const& asset : web::assets()) {
    auto const path = dist() / asset.path;
    EXPECT_EQ(text(asset.identity), read(path)) << asset.path;
    EXPECT_EQ(text(asset.gzip), read(path.string() + ".gz")) << asset.path;
    EXPECT_EQ(text(asset.brotli), read(path.string() + ".br")) << asset.path;
    EXPECT_TRUE(embedded.insert(std::string(asset.path)).second) << asset.path;
  }
  std::set<std::string> there;
  for (auto const& entry : fs::recursive_directory_iterator(dist())) {
    auto const ending = entry.path().extension();
    if (!entry.is_regular_file()) continue;
    if ((ending == ".gz" || ending == ".br") && fs::exists(fs::path(entry.path()).replace_extension())) continue;
    there.insert(fs::relative(entry.path(), dist()).generic_string());
  }
  EXPECT_EQ(embedded, there);
}

TEST(Assets, have_an_index_and_stand_in_order) {
  auto const assets = web::assets();
  EXPECT_TRUE(std::ranges::is_sorted(assets, {}, &web::Asset::path));
  auto const index = std::ranges::find(assets, "index.html", &web::Asset::path);
  ASSERT_NE(index, assets.end());
  EXPECT_FALSE(index->identity.empty());
}

}  // namespace
