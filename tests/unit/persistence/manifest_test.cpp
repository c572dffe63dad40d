// The list of sealed segments as a file.
#include "persistence/manifest.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using namespace persistence;

struct ManifestTest : testing::Test {
  Directory directory;
  std::filesystem::path path = directory / "MANIFEST";
  Manifest const two{{1, engine::Seq{1}, engine::Seq{50}, 5, {'a'}}, {2, engine::Seq{51}, engine::Seq{60}, 1, {'b'}}};
};

TEST_F(ManifestTest, what_is_written_is_read) {
  for (auto const& manifest : {Manifest{}, two}) {
    good(write_manifest(path, manifest));
    EXPECT_EQ(good(read_manifest(path)), manifest);
  }
}

TEST_F(ManifestTest, every_flipped_bit_and_every_truncation_is_refused) {
  good(write_manifest(path, two));
  auto const bytes = content(path);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    overwrite(path, bytes.substr(0, at));
    EXPECT_FALSE(read_manifest(path)) << at;
    auto changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
    overwrite(path, changed);
    EXPECT_FALSE(read_manifest(path)) << at;
  }
}

TEST_F(ManifestTest, a_missing_one_is_a_failure) {
  EXPECT_FALSE(read_manifest(path));
}

TEST_F(ManifestTest, numbers_that_are_not_dense_are_refused) {
  good(write_manifest(path, {two[1]}));
  EXPECT_THAT(why(read_manifest(path)), testing::HasSubstr("damaged"));
}

}  // namespace
}  // namespace tests
