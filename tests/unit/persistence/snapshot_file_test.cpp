// A snapshot's file: all of it or nothing, for its key alone, and of prices not a byte in the open.
#include "persistence/snapshot_file.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::Digest;
using persistence::SnapshotAbout;
using persistence::SnapshotReader;
using persistence::SnapshotWriter;
using Pieces = std::vector<std::pair<std::string, std::string>>;

Digest all(char byte) {
  Digest digest;
  digest.fill(byte);
  return digest;
}
SnapshotAbout about_of(std::uint64_t seq) {
  return {engine::Seq{seq}, engine::at_millis(midnight_ms), all('\x22'), all('\x11'), 0x1234};
}

struct SnapshotFileTest : testing::Test {
  Directory directory;
  Digest const key = all('k');

  std::filesystem::path place(std::uint64_t seq = 42) const {
    auto const digits = std::to_string(seq);
    return directory / (std::string(20 - digits.size(), '0') + digits + ".snap");
  }
  void write(Pieces const& pieces, std::uint64_t seq = 42) {
    auto writer = good(SnapshotWriter::begin(directory.path(), about_of(seq), key));
    for (auto const& [section, piece] : pieces) good(writer.add(section, piece));
    auto const bytes = good(writer.finish());
    EXPECT_EQ(bytes, std::filesystem::file_size(place(seq)));
  }
  engine::Result<Pieces> read(Digest const& with) const {
    auto reader = SnapshotReader::open(place(), with);
    if (!reader) return std::unexpected(reader.error());
    Pieces pieces;
    auto const all_read = reader->each([&](auto section, auto piece) -> engine::Result<void> {
      pieces.emplace_back(section, piece);
      return {};
    });
    if (!all_read) return std::unexpected(all_read.error());
    return pieces;
  }
};

TEST_F(SnapshotFileTest, what_was_written_is_read_in_its_order) {
  Pieces const pieces{{"hall", "first"}, {"hall", ""}, {"pictures", std::string{"\0\1", 2}}};
  write(pieces);
  EXPECT_EQ(good(SnapshotReader::open(place(), key)).about(), about_of(42));
  EXPECT_EQ(good(read(key)), pieces);
}

TEST_F(SnapshotFileTest, a_piece_may_be_longer_than_a_message) {
  constexpr std::size_t message = std::size_t{1} << 20;
  Pieces pieces;
  for (auto const size : {message - 9, message - 8, message - 7, 3 * message}) {
    pieces.emplace_back("hall", std::string(size, static_cast<char>('a' + pieces.size())));
  }
  write(pieces);
  EXPECT_EQ(good(read(key)), pieces);
}

TEST_F(SnapshotFileTest, it_rests_behind_each_step) {
  std::size_t rests = 0;
  auto writer = good(SnapshotWriter::begin(directory.path(), about_of(42), key, [&] { ++rests; }));
  good(writer.add("hall", std::string(3 * persistence::snapshot_bytes_a_step / 2, 'a')));
  EXPECT_EQ(rests, 1U);
  good(writer.add("hall", std::string(8 * persistence::snapshot_bytes_a_step, 'b')));
  auto const bytes = good(writer.finish());
  EXPECT_EQ(rests, bytes / persistence::snapshot_bytes_a_step);
  EXPECT_EQ(good(read(key)).size(), 2U);
}

TEST_F(SnapshotFileTest, every_flipped_bit_is_found) {
  write({{"hall", "lot one"}, {"pictures", "its picture"}});
  auto const whole = content(place());
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    auto harmed = whole;
    harmed[bit / 8] = static_cast<char>(harmed[bit / 8] ^ (1 << (bit % 8)));
    overwrite(place(), harmed);
    EXPECT_FALSE(read(key)) << "bit " << bit;
  }
}

TEST_F(SnapshotFileTest, every_cut_is_found_and_so_is_what_stands_behind_the_end) {
  write({{"hall", "lot one"}, {"pictures", "its picture"}});
  auto const whole = content(place());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    overwrite(place(), std::string_view{whole}.substr(0, size));
    EXPECT_FALSE(read(key)) << size << " bytes";
  }
  overwrite(place(), whole + "x");
  EXPECT_THAT(why(read(key)), testing::HasSubstr("bytes behind its end"));
}

TEST_F(SnapshotFileTest, it_opens_with_its_key_alone_and_under_its_name_alone) {
  write({{"hall", "lot one"}});
  EXPECT_THAT(why(read(all('x'))), testing::HasSubstr("it is damaged, or of another key"));
  write({{"hall", "lot two"}}, 43);
  std::filesystem::rename(place(43), place());
  EXPECT_THAT(why(read(key)), testing::HasSubstr("it is the snapshot of seq 43"));
}

TEST_F(SnapshotFileTest, a_later_version_is_named) {
  write({{"hall", "lot one"}});
  auto bytes = content(place());
  bytes[8] = 2;
  overwrite(place(), bytes);
  EXPECT_THAT(why(read(key)), testing::HasSubstr("snapshot version 2; this program knows 1"));
}

TEST_F(SnapshotFileTest, nothing_of_a_piece_stands_in_the_file) {
  engine::ByteWriter price;
  price.put(engine::Money::fen(8'765'432'198));
  write({{"hall", std::string(64, 's') + std::string{price.view()}}});
  auto const bytes = content(place());
  EXPECT_EQ(bytes.find(std::string(8, 's')), std::string::npos);
  EXPECT_EQ(bytes.find(price.view()), std::string::npos);
  EXPECT_EQ(bytes.find("hall"), std::string::npos);
}

TEST_F(SnapshotFileTest, two_of_the_same_state_do_not_look_the_same) {
  write({{"hall", "lot one"}});
  auto const once = content(place());
  write({{"hall", "lot one"}});
  EXPECT_EQ(content(place()).size(), once.size());
  EXPECT_NE(content(place()), once);
}

TEST_F(SnapshotFileTest, one_that_is_not_finished_leaves_nothing) {
  {
    auto writer = good(SnapshotWriter::begin(directory.path(), about_of(42), key));
    good(writer.add("hall", "lot one"));
    EXPECT_EQ(persistence::half_made_snapshots_in(directory.path()).size(), 1U);
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST_F(SnapshotFileTest, they_are_listed_newest_first_and_the_old_ones_go) {
  for (std::uint64_t const seq : {7U, 1'000'000U, 300U}) write({}, seq);
  overwrite(directory / "00000000000000000099.snap.part", "half");
  overwrite(directory / "notes.txt", "not ours");
  std::vector<std::uint64_t> seqs;
  for (auto const& snapshot : persistence::snapshots_in(directory.path())) seqs.push_back(snapshot.seq.number());
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{1'000'000, 300, 7}));
  good(persistence::keep_snapshots(directory.path(), {engine::Seq{1'000'000}, engine::Seq{300}}));
  EXPECT_FALSE(persistence::is_there(place(7)));
  EXPECT_TRUE(persistence::is_there(place(300)));
  EXPECT_TRUE(persistence::half_made_snapshots_in(directory.path()).empty());
  EXPECT_TRUE(persistence::is_there(directory / "notes.txt"));
}

// The block in FORMAT.md, opened.
TEST_F(SnapshotFileTest, the_worked_example_is_this_format) {
  auto const text = content(std::filesystem::path{std::getenv("EBB_SOURCE_DIR")} / "persistence/FORMAT.md");
  auto const begin = text.find("```snapshot\n");
  ASSERT_NE(begin, std::string::npos);
  auto const end = text.find("```", begin + 12);
  std::string bytes;
  for (std::size_t at = begin + 12; at < end;) {
    auto line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    line = line.substr(0, line.find('|'));
    std::erase(line, ' ');
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    }
  }
  overwrite(place(), bytes);
  EXPECT_EQ(good(SnapshotReader::open(place(), key)).about(), about_of(42));
  EXPECT_EQ(good(read(key)), (Pieces{{"hall", "lots"}}));
}

}  // namespace
}  // namespace tests
