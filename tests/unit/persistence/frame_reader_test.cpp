// Frames found by the commands that they hold: across segments, while the writer goes on, and on another thread.
#include "persistence/frame_reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "persistence/segments.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::Access;
using persistence::FrameReader;
using persistence::SealedSegment;
using persistence::Segments;

// A journal's segments, filled with frames of ticks and nothing else in their headers.
class Shelf {
 public:
  void write(std::uint64_t count) {
    persistence::FrameHeader header;
    engine::ByteWriter records;
    auto const frame = ticks(next_, count);
    for (auto const& command : frame) {
      engine::ByteWriter record;
      record.put(command.seq).put(command.parent).put(command.at).put(std::uint8_t{0}).put_text("\x0b");
      records.put_text(record.view());
    }
    header.count = static_cast<std::uint32_t>(count);
    header.first = engine::Seq{next_};
    header.records_bytes = records.size();
    good(segments.append(header.first, encode_header(header, records.view()), records.view()));
    sealing.first = sealing.frames++ == 0 ? header.first : sealing.first;
    sealing.last = header.last();
    next_ += count;
  }
  void roll() {
    good(segments.roll(sealing));
    sealing = SealedSegment{segments.last(), {}, {}, 0, {}};
  }

  Directory directory;
  Segments segments = good(Segments::open(directory.path(), Access::ReadWrite, std::size_t{1} << 20));
  SealedSegment sealing{1, {}, {}, 0, {}};
  std::unique_ptr<FrameReader> frames = segments.reader();

 private:
  std::uint64_t next_ = 1;
};

// First and last seq of the frame that is found.
std::pair<std::uint64_t, std::uint64_t> found(FrameReader const& frames, std::uint64_t seq) {
  auto const frame = good(frames.frame_of(engine::Seq{seq}));
  if (!frame) return {0, 0};
  auto const header = good(persistence::decode_header(*frame));
  return {header.first.number(), header.last().number()};
}
using Span = std::pair<std::uint64_t, std::uint64_t>;

TEST(FrameReaderTest, a_command_is_found_at_the_beginning_middle_and_end_of_its_frame) {
  Shelf shelf;
  shelf.write(3);
  shelf.write(1);
  shelf.write(5);
  EXPECT_EQ(found(*shelf.frames, 1), (Span{1, 3}));
  EXPECT_EQ(found(*shelf.frames, 2), (Span{1, 3}));
  EXPECT_EQ(found(*shelf.frames, 3), (Span{1, 3}));
  EXPECT_EQ(found(*shelf.frames, 4), (Span{4, 4}));
  EXPECT_EQ(found(*shelf.frames, 9), (Span{5, 9}));
}

TEST(FrameReaderTest, what_the_journal_does_not_hold_is_nothing) {
  Shelf shelf;
  EXPECT_EQ(found(*shelf.frames, 1), (Span{0, 0}));
  shelf.write(2);
  EXPECT_EQ(found(*shelf.frames, 3), (Span{0, 0}));
}

TEST(FrameReaderTest, sealed_segments_are_read_beside_the_one_that_is_written) {
  Shelf shelf;
  shelf.write(2);
  shelf.roll();
  EXPECT_EQ(found(*shelf.frames, 2), (Span{1, 2}));
  EXPECT_EQ(found(*shelf.frames, 3), (Span{0, 0}));
  shelf.write(3);
  shelf.roll();
  shelf.write(1);
  EXPECT_EQ(found(*shelf.frames, 1), (Span{1, 2}));
  EXPECT_EQ(found(*shelf.frames, 5), (Span{3, 5}));
  EXPECT_EQ(found(*shelf.frames, 6), (Span{6, 6}));
  EXPECT_EQ(found(*shelf.frames, 2), (Span{1, 2}));
}

TEST(FrameReaderTest, of_what_was_trimmed_it_says_so_and_lets_go) {
  Shelf shelf;
  shelf.write(2);
  shelf.roll();
  shelf.write(3);
  EXPECT_FALSE(shelf.frames->is_trimmed(engine::Seq{2}));
  EXPECT_EQ(found(*shelf.frames, 2), (Span{1, 2}));  // and holds the segment open
  good(persistence::write_trimmed(shelf.directory.path(), {1, "/srv/archive"}));
  std::filesystem::remove_all(shelf.directory / "00000001");
  EXPECT_TRUE(shelf.frames->is_trimmed(engine::Seq{2}));
  EXPECT_FALSE(shelf.frames->is_trimmed(engine::Seq{3}));
  shelf.frames->let_go_of_trimmed();
  EXPECT_THAT(why(shelf.frames->frame_of(engine::Seq{2})), testing::HasSubstr("its segment 00000001 was trimmed"));
  EXPECT_EQ(found(*shelf.frames, 5), (Span{3, 5}));
}

TEST(FrameReaderTest, a_reader_that_outlives_a_roll_over_goes_on_in_the_next_segment) {
  Shelf shelf;
  auto const other = shelf.segments.reader();
  shelf.write(2);
  EXPECT_EQ(found(*other, 2), (Span{1, 2}));
  shelf.roll();
  shelf.write(2);
  EXPECT_EQ(found(*other, 4), (Span{3, 4}));
}

TEST(FrameReaderTest, another_thread_finds_whole_frames_while_they_are_written_and_segments_roll) {
  constexpr std::uint64_t frames = 60;
  Shelf shelf;
  shelf.write(2);
  std::atomic<std::uint64_t> written{2};
  std::atomic<std::uint64_t> wrong{0};
  std::thread reader{[&] {
    for (std::uint64_t seq = 1; seq <= 2 * frames;) {
      if (seq > written.load()) {
        std::this_thread::yield();
        continue;
      }
      auto const frame = shelf.frames->frame_of(engine::Seq{seq});
      auto const header =
          frame && *frame ? persistence::decode_header(**frame) : engine::Result<persistence::FrameHeader>{};
      if (!header || header->first.number() != (seq - 1) / 2 * 2 + 1) ++wrong;
      ++seq;
    }
  }};
  for (std::uint64_t frame = 1; frame < frames; ++frame) {
    if (frame % 20 == 0) shelf.roll();
    shelf.write(2);
    written += 2;
  }
  reader.join();
  EXPECT_EQ(wrong.load(), 0U);
}

TEST(FrameReaderTest, a_damaged_frame_is_named) {
  Shelf shelf;
  auto frame = std::string(200, 'x');
  good(shelf.segments.append(engine::Seq{1}, frame, ""));
  EXPECT_THAT(why(shelf.frames->frame_of(engine::Seq{1})), testing::HasSubstr("frame 1: not a frame"));
}

}  // namespace
}  // namespace tests
