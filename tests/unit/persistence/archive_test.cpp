// A bundle comes back as it was, opens with the tools of the system, and no byte of it can change unseen.
#include "persistence/archive.h"

#include <cstdlib>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using testing::HasSubstr;

struct ArchiveTest : testing::Test {
  Directory place;
  std::filesystem::path const path = place / "bundle.tar.zst";
  persistence::Bundle const bundle{
      "inquiry-12",
      {{"a.json", "{}"}, {"empty", ""}, {"block", std::string(512, 'x')}, {"long", std::string(5'000, 'y')}}};
};

TEST_F(ArchiveTest, a_bundle_comes_back_as_it_was) {
  good(persistence::write_bundle(path, bundle));
  auto const read = good(persistence::read_bundle(path));
  EXPECT_EQ(read.folder, bundle.folder);
  EXPECT_EQ(read.files, bundle.files);
}

TEST_F(ArchiveTest, the_same_files_give_the_same_bytes) {
  good(persistence::write_bundle(path, bundle));
  good(persistence::write_bundle(place / "again", bundle));
  EXPECT_EQ(content(path), content(place / "again"));
}

TEST_F(ArchiveTest, tar_and_sha256sum_read_it) {
  good(persistence::write_bundle(path, bundle));
  auto const command = "cd " + place.path().string() +
                       " && tar --zstd -xf bundle.tar.zst && cd inquiry-12 && sha256sum --quiet -c SHA256SUMS";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(content(place / "inquiry-12/long"), std::string(5'000, 'y'));
}

TEST_F(ArchiveTest, every_flipped_bit_is_refused) {
  good(persistence::write_bundle(path, bundle));
  auto const whole = content(path);
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    overwrite(path, flipped);
    auto const read = persistence::read_bundle(path);
    // A flip that changes how it is packed and not what is in it changes nothing.
    if (read) {
      EXPECT_EQ(read->files, bundle.files) << at;
    } else {
      ++refused;
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()) * 9 / 10);
}

TEST_F(ArchiveTest, a_missing_end_is_refused) {
  good(persistence::write_bundle(path, bundle));
  auto const whole = content(path);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    overwrite(path, std::string_view{whole}.substr(0, size));
    EXPECT_FALSE(persistence::read_bundle(path)) << size;
  }
}

TEST_F(ArchiveTest, something_else_is_no_bundle) {
  overwrite(path, "dear reader");
  EXPECT_THAT(why(persistence::read_bundle(path)), HasSubstr("not zstd"));
}

}  // namespace
}  // namespace tests
