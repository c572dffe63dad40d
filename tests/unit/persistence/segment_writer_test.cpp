// Frames put into a segment lie there as a server would have written them.
#include "persistence/segment_writer.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::SegmentWriter;

struct SegmentWriterTest : testing::Test {
  Directory directory;
  std::filesystem::path segment = directory / "00000001";

  std::vector<std::pair<std::uint64_t, std::string>> rows() const {
    auto const environment = good(persistence::Environment::open(segment, {.map_bytes = std::size_t{1} << 30,
                                                                           .access = persistence::Access::ReadOnly,
                                                                           .order = persistence::KeyOrder::Numbers}));
    auto const transaction = good(environment.read());
    auto cursor = good(transaction.cursor());
    std::vector<std::pair<std::uint64_t, std::string>> found;
    for (auto row = good(cursor.first()); row; row = good(cursor.next())) {
      found.emplace_back(persistence::number_of_key(row->key), row->value);
    }
    return found;
  }
  std::filesystem::perms permissions() const { return std::filesystem::status(segment / "data.mdb").permissions(); }
};

TEST_F(SegmentWriterTest, more_than_fits_one_commit_comes_out_in_order_and_sealed) {
  std::vector<std::pair<std::uint64_t, std::string>> put;
  {
    auto writer = good(SegmentWriter::begin(segment));
    for (std::uint64_t seq = 1; seq <= 41; seq += 10) {
      put.emplace_back(seq, std::string(std::size_t{9} << 20, static_cast<char>('a' + seq)));
      good(writer.append(engine::Seq{seq}, put.back().second));
    }
    good(writer.finish(SegmentWriter::End::Sealed));
  }
  EXPECT_EQ(rows(), put);
  EXPECT_EQ(permissions(), std::filesystem::perms::owner_read);
}

TEST_F(SegmentWriterTest, one_that_goes_on_may_be_written) {
  {
    auto writer = good(SegmentWriter::begin(segment));
    good(writer.append(engine::Seq{1}, "frame"));
    good(writer.finish(SegmentWriter::End::GoesOn));
  }
  EXPECT_NE(permissions() & std::filesystem::perms::owner_write, std::filesystem::perms::none);
}

TEST_F(SegmentWriterTest, a_frame_that_lies_before_the_last_one_is_refused) {
  auto writer = good(SegmentWriter::begin(segment));
  good(writer.append(engine::Seq{5}, "five"));
  EXPECT_FALSE(writer.append(engine::Seq{4}, "four"));
}

}  // namespace
}  // namespace tests
