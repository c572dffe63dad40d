// The picture merges what comes, and remembers every broken promise of the stream.
#include "tools/client/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace ebb_client;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Snapshot snapshot(std::uint64_t offset, Members lot, std::string epoch = "e1") {
  return {{"1-1/public", std::move(epoch), offset}, std::move(lot)};
}
Update update(std::uint64_t offset, Members changed) {
  return {"1-1/public", offset, "", std::move(changed)};
}

}  // namespace

TEST(Picture, takes_changes_and_removals_and_grows_lists) {
  Picture picture;
  picture.take(snapshot(4, {{"best", "\"99.00\""}, {"remaining_s", "5"}, {"bids", "[]"}}));
  picture.take(update(5, {{"best", "\"98.00\""}, {"remaining_s", "null"}, {"bids", "[1]"}}));
  picture.take(update(6, {{"bids", "[2,3]"}}));
  EXPECT_EQ(picture.text("best"), "98.00");
  EXPECT_EQ(picture.find("remaining_s"), nullptr);
  EXPECT_EQ(picture.text("bids"), "[1,2,3]");
  EXPECT_THAT(picture.faults(), IsEmpty());
}

TEST(Picture, does_not_keep_the_course_of_the_price) {
  Picture picture;
  picture.take(snapshot(4, {{"best", "\"99.00\""}, {"leads", "[]"}}));
  EXPECT_EQ(picture.find("leads"), nullptr);
  EXPECT_EQ(picture.text("best"), "99.00");
}

TEST(Picture, finds_a_gap) {
  Picture picture;
  picture.take(snapshot(4, {}));
  picture.take(update(6, {}));
  EXPECT_THAT(picture.faults(), ElementsAre(HasSubstr("gap at 6 after 4")));
}

TEST(Picture, finds_a_repeat) {
  Picture picture;
  picture.take(snapshot(4, {}));
  picture.take(update(5, {}));
  picture.take(update(5, {}));
  EXPECT_THAT(picture.faults(), ElementsAre(HasSubstr("repeat at 5 after 5")));
}

TEST(Picture, finds_an_update_without_a_picture) {
  Picture picture;
  picture.take(update(1, {}));
  EXPECT_THAT(picture.faults(), ElementsAre(HasSubstr("before a snapshot")));
}

TEST(Picture, starts_anew_in_the_next_life_of_the_server) {
  Picture picture;
  picture.take(snapshot(40, {{"reason", "\"x\""}}));
  picture.take(snapshot(0, {{"best", "\"98.00\""}}, "e2"));
  picture.take(update(1, {}));
  EXPECT_THAT(picture.faults(), IsEmpty());
  EXPECT_EQ(picture.find("reason"), nullptr);
  EXPECT_EQ(picture.position()->epoch, "e2");
}

TEST(Picture, finds_a_snapshot_that_goes_back) {
  Picture picture;
  picture.take(snapshot(40, {}));
  picture.take(snapshot(39, {}));
  EXPECT_THAT(picture.faults(), ElementsAre(HasSubstr("snapshot at 39 after 40")));
}
