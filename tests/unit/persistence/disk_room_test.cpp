// What is left of a disk, in stages: entered at once, left with a margin.
#include "persistence/disk_room.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::Room;

struct DiskRoomTest : testing::Test {
  engine::Result<std::uint64_t> free = 10'000;
  persistence::DiskRoom room{[this] { return free; }, {.low = 4'000, .nothing_new = 2'000, .read_only = 1'000}};

  Room with(std::uint64_t bytes) {
    free = bytes;
    return good(room.look());
  }
};

TEST_F(DiskRoomTest, each_stage_begins_below_its_threshold) {
  EXPECT_EQ(with(4'000), Room::Enough);
  EXPECT_EQ(with(3'999), Room::Low);
  EXPECT_EQ(with(1'999), Room::NothingNew);
  EXPECT_EQ(with(999), Room::ReadOnly);
  EXPECT_EQ(with(0), Room::ReadOnly);
  EXPECT_EQ(room.free_bytes(), 0U);
}

TEST_F(DiskRoomTest, a_stage_is_left_with_a_tenth_more_than_where_it_begins) {
  with(0);
  EXPECT_EQ(with(1'099), Room::ReadOnly);
  EXPECT_EQ(with(1'100), Room::NothingNew);
  EXPECT_EQ(with(2'199), Room::NothingNew);
  EXPECT_EQ(with(2'200), Room::Low);
  EXPECT_EQ(with(4'399), Room::Low);
  EXPECT_EQ(with(4'400), Room::Enough);
}

TEST_F(DiskRoomTest, space_that_comes_back_at_once_brings_everything_back) {
  with(0);
  EXPECT_EQ(with(1'000'000), Room::Enough);
}

TEST_F(DiskRoomTest, inside_the_margin_nothing_flutters) {
  with(1'999);
  for (std::uint64_t const bytes : {2'001U, 1'999U, 2'100U, 1'990U}) EXPECT_EQ(with(bytes), Room::NothingNew);
}

TEST_F(DiskRoomTest, a_disk_that_does_not_say_leaves_the_stage_as_it_was) {
  with(999);
  free = std::unexpected(engine::Failure{"input/output error"});
  EXPECT_EQ(why(room.look()), "input/output error");
  EXPECT_EQ(room.room(), Room::ReadOnly);
}

TEST_F(DiskRoomTest, a_stage_without_a_threshold_never_begins) {
  persistence::DiskRoom careless{[] { return engine::Result<std::uint64_t>{0}; }, {}};
  EXPECT_EQ(good(careless.look()), Room::Enough);
}

TEST_F(DiskRoomTest, the_disk_under_a_directory_says_what_is_free) {
  Directory directory;
  EXPECT_GT(good(persistence::free_bytes_under(directory.path())), 0U);
  EXPECT_FALSE(persistence::free_bytes_under(directory / "nowhere"));
}

}  // namespace
}  // namespace tests
