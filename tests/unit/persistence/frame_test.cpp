// A frame is what FORMAT.md says to the byte, and nothing else is one.
#include "persistence/frame.h"

#include "persistence/record.h"
#include "tests/unit/persistence/small_world.h"
#include "tests/unit/persistence/vault_of_known_bytes.h"

namespace tests {
namespace {

struct FrameTest : testing::Test {
  VaultOfKnownBytes vault;

  std::string frame_of(std::vector<engine::Sequenced> const& commands) {
    engine::ByteWriter bytes;
    good(persistence::encode_records(commands, vault, bytes));
    std::string const records{bytes.view()};
    persistence::FrameHeader header;
    header.partition = 2;
    header.epoch = 3;
    header.count = static_cast<std::uint32_t>(commands.size());
    header.first = commands.front().seq;
    header.at = commands.back().at;
    header.records_bytes = records.size();
    header.previous.fill('\x11');
    header.outcomes.fill('\x22');
    return persistence::encode_header(header, records) + records;
  }
  engine::Result<std::vector<engine::Sequenced>> read(std::string_view frame) {
    auto const header = persistence::decode_header(frame);
    if (!header) return std::unexpected(header.error());
    return persistence::decode_records(*header, frame, vault);
  }
};

// The worked example of FORMAT.md: a tick and the follow-up that it caused.
std::vector<engine::Sequenced> worked_example() {
  auto second = tick(42);
  second.parent = engine::Seq{41};
  return {tick(41), second};
}

TEST_F(FrameTest, the_worked_example_of_the_format_document_is_these_bytes) {
  auto const bytes = persistence::hex(frame_of(worked_example()));
  auto const document = content(std::filesystem::path{std::getenv("EBB_SOURCE_DIR")} / "persistence/FORMAT.md");
  std::string written;  // the hex digits of the block under "Worked example"
  auto const block = document.find("```hex");
  ASSERT_NE(block, std::string::npos);
  for (auto at = block + 6; document.compare(at, 3, "```") != 0; ++at) {
    if (document[at] == '|') at = document.find('\n', at);  // what follows the bar is commentary
    if (std::isxdigit(static_cast<unsigned char>(document[at])) != 0) written += document[at];
  }
  EXPECT_EQ(bytes, written);
}

TEST_F(FrameTest, what_was_encoded_is_decoded) {
  std::vector const commands{bid(7, 100'00), sealed_quote(8, 99'00), new_password(9, "hash"), tick(10)};
  auto const frame = frame_of(commands);
  auto const header = good(persistence::decode_header(frame));
  EXPECT_EQ(header.count, 4U);
  EXPECT_EQ(header.first, engine::Seq{7});
  EXPECT_EQ(header.last(), engine::Seq{10});
  EXPECT_EQ(header.at, commands.back().at);
  EXPECT_EQ(said_by_all(good(read(frame))), said_by_all(commands));
}

TEST_F(FrameTest, the_leaves_of_a_frame_are_those_of_its_records_however_many_they_are) {
  persistence::LogSalts const salts{persistence::Digest{'k'}};
  std::vector<engine::Sequenced> const all{bid(7, 100'00), sealed_quote(8, 99'00), new_password(9, "hash"), tick(10),
                                           bid(11, 98'00)};
  for (std::size_t count = 1; count <= all.size(); ++count) {
    std::vector const commands(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
    auto const frame = frame_of(commands);
    auto const records = std::string_view{frame}.substr(persistence::frame_header_bytes);
    std::vector<persistence::Leaf> leaves(3);  // of the frame before
    persistence::find_leaves(records, salts, leaves);
    ASSERT_EQ(leaves.size(), count);
    engine::ByteReader reader{records};
    for (auto const& leaf : leaves) EXPECT_EQ(leaf, leaf_of(*persistence::split_record(reader.get_text()), salts));
  }
}

TEST_F(FrameTest, every_truncation_is_refused) {
  auto const frame = frame_of({bid(7, 100'00), sealed_quote(8, 99'00)});
  for (std::size_t size = 0; size < frame.size(); ++size) EXPECT_FALSE(read(frame.substr(0, size))) << size;
}

TEST_F(FrameTest, every_flipped_bit_is_refused) {
  auto frame = frame_of({bid(7, 100'00), sealed_quote(8, 99'00)});
  for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
    auto& byte = frame[bit / 8];
    byte = static_cast<char>(byte ^ (1 << bit % 8));
    EXPECT_FALSE(read(frame)) << "bit " << bit;
    byte = static_cast<char>(byte ^ (1 << bit % 8));
  }
  EXPECT_TRUE(read(frame));
}

TEST_F(FrameTest, bytes_behind_the_frame_are_refused) {
  EXPECT_THAT(why(read(frame_of({tick(1)}) + "x")), testing::HasSubstr("not as long as its header says"));
}

TEST_F(FrameTest, another_version_is_named) {
  auto frame = frame_of({tick(1)});
  frame[4] = 2;
  EXPECT_THAT(why(read(frame)), testing::HasSubstr("frame version 2; this program knows 1"));
}

// With a right checksum, so that only the records themselves can give it away.
TEST_F(FrameTest, records_that_are_not_dense_are_refused) {
  EXPECT_THAT(why(read(frame_of({tick(5), tick(7)}))), testing::HasSubstr("record 7 where 6 belongs"));
}

TEST_F(FrameTest, a_count_that_the_bytes_cannot_hold_is_refused) {
  persistence::FrameHeader header;
  header.count = 1'000'000;
  header.first = engine::Seq{1};
  header.records_bytes = 10;
  EXPECT_THAT(why(read(persistence::encode_header(header, "0123456789") + "0123456789")),
              testing::HasSubstr("without its records"));
}

TEST_F(FrameTest, no_bytes_at_all_are_no_frame) {
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read(std::string(1'000, '\0')));
}

}  // namespace
}  // namespace tests
