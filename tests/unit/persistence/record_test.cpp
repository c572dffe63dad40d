// One command to bytes and back.
#include "persistence/record.h"

#include "tests/unit/persistence/small_world.h"
#include "tests/unit/persistence/vault_of_known_bytes.h"

namespace tests {
namespace {

struct RecordTest : testing::Test {
  VaultOfKnownBytes vault;

  std::string bytes_of(engine::Sequenced const& command) {
    engine::ByteWriter records;
    engine::ByteWriter secret;
    good(persistence::encode_record(command, vault, records, secret));
    return records.take();
  }
  engine::Result<engine::Sequenced> read(std::string_view bytes) {
    engine::ByteReader reader{bytes};
    return persistence::decode_record(reader, vault);
  }
};

TEST_F(RecordTest, every_kind_of_command_comes_back_as_it_was) {
  for (auto const& command : {tick(1), bid(2, 100'00), sealed_quote(3, 99'00), new_password(4, "hash")}) {
    EXPECT_EQ(said(good(read(bytes_of(command)))), said(command));
  }
}

// A sealed quote as it was written while a private part had neither blinding nor salt.
std::string in_the_first_layout(engine::Sequenced const& command) {
  auto const parts = encode(command.command, engine::Privacy::Private);
  engine::ByteWriter record;
  record.put(command.seq).put(command.parent).put(command.at).put(std::uint8_t{1}).put_text(parts.open);
  record.put(command.secret_of->kind).put(command.secret_of->id).put_text("<" + parts.secret + ">");
  engine::ByteWriter framed;
  framed.put_text(record.view());
  return framed.take();
}

TEST_F(RecordTest, a_private_part_in_the_first_layout_still_reads) {
  for (auto const& command : {sealed_quote(3, 99'00), new_password(4, "hash")}) {
    EXPECT_EQ(said(good(read(in_the_first_layout(command)))), said(command));
  }
}

TEST_F(RecordTest, a_leaf_shows_all_but_the_private_part_and_binds_that_by_its_blinding) {
  auto const bytes = bytes_of(sealed_quote(3, 99'00)).substr(4);
  auto const parts = persistence::split_record(bytes);
  ASSERT_TRUE(parts && parts->blinding);
  EXPECT_EQ(parts->shown, std::string_view{bytes}.substr(0, bytes.find(persistence::view(*parts->blinding))));
  auto const secret = good(open_secret(*parts, vault));
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->text, encode(sealed_quote(3, 99'00).command, engine::Privacy::Private).secret);
  EXPECT_EQ(*parts->blinding, persistence::blinding_of(*secret->salt, secret->text));
  persistence::LogSalts const salts{persistence::Digest{}};
  EXPECT_EQ(leaf_of(*parts, salts), persistence::leaf_of(parts->shown, *parts->blinding));
}

TEST_F(RecordTest, a_leaf_without_a_blinding_of_its_own_takes_one_from_the_key_of_the_log) {
  persistence::LogSalts const salts{persistence::Digest{'k'}};
  for (auto const& bytes : {bytes_of(tick(3)), in_the_first_layout(sealed_quote(3, 99'00))}) {
    auto const parts = persistence::split_record(std::string_view{bytes}.substr(4));
    ASSERT_TRUE(parts);
    EXPECT_EQ(leaf_of(*parts, salts), persistence::leaf_of(parts->shown, salts.blinding_of(engine::Seq{3})));
  }
}

TEST_F(RecordTest, a_blinding_that_is_not_of_what_was_sealed_is_refused) {
  auto bytes = bytes_of(sealed_quote(3, 99'00));
  auto const parts = persistence::split_record(std::string_view{bytes}.substr(4));
  auto const at = bytes.find(persistence::view(*parts->blinding));
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("record 3: its blinding is not of what was sealed"));
}

TEST_F(RecordTest, of_somebody_erased_all_comes_back_but_the_private_part_and_the_leaf_stays) {
  auto const command = new_password(4, "hash");
  for (auto const& bytes : {bytes_of(command), in_the_first_layout(command)}) {
    persistence::LogSalts const salts{persistence::Digest{'k'}};
    auto const parts = persistence::split_record(std::string_view{bytes}.substr(4));
    ASSERT_TRUE(parts);
    auto const leaf = leaf_of(*parts, salts);
    vault.erased = command.secret_of;
    auto expected = command;
    std::get<engine::ModuleCommand>(expected.command).secret.clear();
    EXPECT_EQ(said(good(read(bytes))), said(expected));
    EXPECT_FALSE(good(open_secret(*parts, vault)).has_value());
    EXPECT_EQ(leaf_of(*parts, salts), leaf);
    vault.erased.reset();
  }
}

// A price is what its lot was decided by.
TEST_F(RecordTest, a_sealed_price_whose_key_was_destroyed_is_refused) {
  auto const bytes = bytes_of(sealed_quote(3, 99'00));
  vault.erased = sealed_quote(3, 99'00).secret_of;
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("record 3"));
}

TEST_F(RecordTest, the_ticket_is_not_kept) {
  auto command = tick(1);
  command.ticket = {7, 8};
  EXPECT_EQ(good(read(bytes_of(command))).ticket, engine::Ticket{});
}

TEST_F(RecordTest, every_truncation_is_refused) {
  auto const bytes = bytes_of(sealed_quote(3, 99'00));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(read(bytes.substr(0, size))) << size;
}

TEST_F(RecordTest, left_over_bytes_are_refused) {
  engine::ByteWriter framed;
  framed.put_text(bytes_of(tick(1)).substr(4) + "x");
  EXPECT_THAT(why(read(framed.view())), testing::HasSubstr("not as FORMAT.md says"));
}

TEST_F(RecordTest, unknown_flags_are_refused) {
  auto bytes = bytes_of(tick(1));
  bytes[4 + 24] = 3;
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("not as FORMAT.md says"));
}

TEST_F(RecordTest, an_unknown_command_is_named_by_its_seq) {
  auto bytes = bytes_of(tick(41));
  bytes[4 + 24 + 1 + 4] = '\x7f';
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("record 41: a command that this version does not know"));
}

}  // namespace
}  // namespace tests
