// Heads of the tree: the bytes that are signed, the key that stays, and the line of a published head.
#include "persistence/head.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::HeadSigner;
using persistence::TreeHead;
using Missing = persistence::HeadSigner::Missing;

persistence::Digest filled(char with) {
  persistence::Digest digest;
  digest.fill(with);
  return digest;
}
HeadSigner signer_in(Directory const& directory) {
  return good(HeadSigner::open(directory / "tree.key", Missing::Make));
}

TEST(HeadTest, what_is_signed_is_64_bytes_in_this_order) {
  TreeHead const head{0x0102, filled('r'), engine::at_millis(0x0304), {}};
  EXPECT_EQ(persistence::signed_bytes(head), std::string("ebb tree head 1\n") +
                                                 std::string("\x02\x01\0\0\0\0\0\0\x04\x03\0\0\0\0\0\0", 16) +
                                                 std::string(32, 'r'));
}

TEST(HeadTest, a_signature_fits_its_head_and_key_and_nothing_else) {
  Directory directory;
  Directory other;
  auto const signer = signer_in(directory);
  auto const head = signer.sign(7, filled('r'), engine::at_millis(midnight_ms));
  EXPECT_TRUE(persistence::is_signed_by(signer.key(), head));
  EXPECT_FALSE(persistence::is_signed_by(signer_in(other).key(), head));
  for (auto const& changed :
       {TreeHead{8, head.root, head.at, head.signature}, TreeHead{7, filled('s'), head.at, head.signature},
        TreeHead{7, head.root, engine::at_millis(midnight_ms + 1), head.signature},
        TreeHead{7, head.root, head.at, {}}}) {
    EXPECT_FALSE(persistence::is_signed_by(signer.key(), changed));
  }
}

TEST(HeadTest, the_key_is_made_once_and_readable_by_the_owner_alone) {
  Directory directory;
  auto const key = signer_in(directory).key();
  EXPECT_EQ(signer_in(directory).key(), key);
  struct stat about{};
  ASSERT_EQ(::stat((directory / "tree.key").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST(HeadTest, a_key_that_is_missing_is_not_made_anew_where_heads_were_signed) {
  Directory directory;
  EXPECT_THAT(why(HeadSigner::open(directory / "tree.key", Missing::Refuse)),
              testing::HasSubstr("missing, though heads were signed with it"));
  EXPECT_FALSE(std::filesystem::exists(directory / "tree.key"));
}

TEST(HeadTest, a_bent_key_is_refused_at_every_byte) {
  Directory directory;
  signer_in(directory);
  auto const bytes = content(directory / "tree.key");
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto bent = bytes;
    bent[at] = static_cast<char>(bent[at] ^ 1);
    overwrite(directory / "tree.key", bent);
    EXPECT_THAT(why(HeadSigner::open(directory / "tree.key", Missing::Refuse)), testing::HasSubstr("damaged")) << at;
  }
}

TEST(HeadTest, a_published_line_says_all_and_is_read_back) {
  Directory directory;
  auto const signer = signer_in(directory);
  persistence::PublishedHead const published{signer.sign(12, filled('\xab'), engine::at_millis(midnight_ms)),
                                             signer.key()};
  auto const line = persistence::line_of(published);
  EXPECT_THAT(line, testing::StartsWith("{\"size\":12,\"root\":\"abababab"));
  EXPECT_THAT(line, testing::HasSubstr("\"at\":\"2023-11-14T22:13:20.000Z\""));
  EXPECT_EQ(persistence::head_of_line(line), published);
}

TEST(HeadTest, a_line_that_was_cut_or_changed_in_form_is_none) {
  Directory directory;
  auto const signer = signer_in(directory);
  auto const line = persistence::line_of({signer.sign(12, filled('a'), engine::at_millis(midnight_ms)), signer.key()});
  for (std::size_t size = 0; size < line.size(); ++size) {
    EXPECT_EQ(persistence::head_of_line(line.substr(0, size)), std::nullopt) << size;
  }
  EXPECT_EQ(persistence::head_of_line(line + " "), std::nullopt);
  EXPECT_EQ(persistence::head_of_line(""), std::nullopt);
}

TEST(HeadTest, times_are_texts_in_utc_and_back) {
  for (std::int64_t const millis : {std::int64_t{0}, midnight_ms + 7, std::int64_t{951'782'399'999}}) {
    auto const at = engine::at_millis(millis);
    EXPECT_EQ(persistence::instant_of(persistence::text_of(at)), at);
  }
  EXPECT_EQ(persistence::text_of(engine::at_millis(951'782'399'999)), "2000-02-28T23:59:59.999Z");
  for (auto const* wrong : {"2023-02-29T00:00:00.000Z", "2023-02-28T24:00:00.000Z", "2023-02-28T00:00:00.000",
                            "2023-02-28 00:00:00.000Z", "2023-2-28T00:00:00.0000Z"}) {
    EXPECT_EQ(persistence::instant_of(wrong), std::nullopt) << wrong;
  }
}

TEST(HeadTest, hexadecimal_texts_are_read_strictly) {
  EXPECT_EQ(persistence::bytes_of_hex("00ff1A", 3), std::string("\0\xff\x1a", 3));
  for (auto const* wrong : {"00ff", "00ff1a00", "00fg1a", "0x001a", "+0+1+2"}) {
    EXPECT_EQ(persistence::bytes_of_hex(wrong, 3), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace tests
