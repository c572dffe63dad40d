// What has to go is found wherever it stands, and only what still stands there is overwritten.
#include "persistence/overwrite.h"

#include <fcntl.h>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

struct OverwriteTest : testing::Test {
  Directory directory;
  std::filesystem::path const file = directory / "file";
  std::vector<std::string> const texts{"a key of thirty-two bytes, no. 1", "another"};

  std::vector<persistence::Place> places() { return good(persistence::places_of(file, texts)); }
  void go(std::vector<persistence::Place> const& places) {
    auto open = good(persistence::File::open(file, O_RDWR));
    good(persistence::overwrite(open, texts, places));
    good(open.sync());
  }
};

TEST_F(OverwriteTest, every_place_goes_and_nothing_else) {
  overwrite(file, "x" + texts[0] + "y" + texts[1] + texts[1] + "z" + texts[0]);
  go(places());
  EXPECT_EQ(content(file), "x" + std::string(32, '\0') + "y" + std::string(14, '\0') + "z" + std::string(32, '\0'));
  EXPECT_TRUE(places().empty());
}

TEST_F(OverwriteTest, a_text_is_found_once_wherever_the_pieces_of_a_long_file_meet) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  for (std::size_t before = 0; before <= texts[0].size(); ++before) {
    std::string bytes(2 * piece + 100, '.');
    bytes.replace(piece - before, texts[0].size(), texts[0]);
    bytes.replace(2 * piece - before / 2, texts[1].size(), texts[1]);
    overwrite(file, bytes);
    auto const found = places();
    ASSERT_EQ(found.size(), 2U) << before;
    EXPECT_EQ(found[0].offset, piece - before);
    EXPECT_EQ(found[1].offset, 2 * piece - before / 2);
  }
}

TEST_F(OverwriteTest, what_stands_there_no_more_is_left_alone) {
  overwrite(file, "x" + texts[0] + "y");
  auto const found = places();
  std::string const other = "x" + std::string(32, 'n') + "y";
  overwrite(file, other);
  go(found);
  EXPECT_EQ(content(file), other);
}

TEST_F(OverwriteTest, a_file_without_them_and_an_empty_one_have_no_place) {
  overwrite(file, std::string(100, 'k'));
  EXPECT_TRUE(places().empty());
  overwrite(file, "");
  EXPECT_TRUE(places().empty());
  EXPECT_FALSE(persistence::places_of(directory / "nowhere", texts));
}

}  // namespace
}  // namespace tests
