// Nothing of a journal is believed: each kind of damage is found, with its place.
#include "persistence/walk.h"

#include "tests/unit/persistence/damage.h"

namespace tests {
namespace {

struct WalkTest : testing::Test {
  Directory directory;
  Disk disk{directory.path()};

  void SetUp() override {
    good(disk.start());
    for (std::uint64_t seq = 1; seq <= 10; seq += 2) good(disk.commit({tick(seq), tick(seq + 1)}));
    disk.stop();
  }
  ClosedSegment segment() { return {directory / "journal", "00000001"}; }
};

TEST_F(WalkTest, a_whole_journal_is_walked_to_its_end) {
  EXPECT_EQ(good(disk.start()).commands, 10U);
}

TEST_F(WalkTest, a_flipped_bit_in_a_stored_frame_is_found) {
  auto frame = segment().frame(5);
  frame[150] = static_cast<char>(frame[150] ^ 4);
  segment().put(5, frame);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("segment 00000001, frame 5: the checksum of a frame is wrong"));
}

TEST_F(WalkTest, a_frame_taken_out_is_found) {
  segment().remove(5);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("frame 7: seq 5 belongs here"));
}

TEST_F(WalkTest, a_frame_under_another_key_is_found) {
  auto const frame = segment().frame(5);
  segment().remove(5);
  segment().put(6, frame);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("frame 6: it says that it begins at 5"));
}

// A forger who knows the format and mends the checksum still breaks the chain.
TEST_F(WalkTest, a_forged_frame_with_a_right_checksum_breaks_the_chain) {
  auto const frame = segment().frame(5);
  auto header = good(persistence::decode_header(frame));
  header.outcomes.fill('x');
  auto const records = frame.substr(persistence::frame_header_bytes);
  segment().put(5, persistence::encode_header(header, records) + records);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("seq 5 was decided differently"));

  header = good(persistence::decode_header(frame));
  header.at += std::chrono::milliseconds{1};
  segment().put(5, persistence::encode_header(header, records) + records);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("frame 7: the chain is broken"));
}

TEST_F(WalkTest, the_last_frame_taken_out_is_found_by_the_anchor) {
  segment().remove(9);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("ends at seq 8, but its anchor has seen 10"));
}

TEST_F(WalkTest, the_last_frame_forged_is_found_by_the_anchor) {
  auto const frame = segment().frame(9);
  auto header = good(persistence::decode_header(frame));
  header.at += std::chrono::milliseconds{1};
  auto const records = frame.substr(persistence::frame_header_bytes);
  segment().put(9, persistence::encode_header(header, records) + records);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("not the frame that the anchor has seen"));
}

TEST_F(WalkTest, a_frame_of_another_partition_or_an_older_epoch_is_found) {
  auto const forged = [&](auto change) {
    auto const frame = segment().frame(5);
    auto header = good(persistence::decode_header(frame));
    change(header);
    auto const records = frame.substr(persistence::frame_header_bytes);
    segment().put(5, persistence::encode_header(header, records) + records);
    return why(disk.start());
  };
  EXPECT_THAT(forged([](auto& header) { header.epoch = 0; }), testing::HasSubstr("of an epoch that was over"));
  disk.stop();
  EXPECT_THAT(forged([](auto& header) { header.partition = 9; }), testing::HasSubstr("of partition 9"));
}

}  // namespace
}  // namespace tests
