// One command to bytes and back.
#include "persistence/record.h"

#include "tests/unit/persistence/small_world.h"
#include "tests/unit/persistence/vault_of_known_bytes.h"

namespace tests {
namespace {

struct RecordTest : testing::Test {
  VaultOfKnownBytes vault;

  std::string bytes_of(engine::Sequenced const& command) {
    engine::ByteWriter record;
    good(persistence::encode_record(command, vault, record));
    engine::ByteWriter framed;
    framed.put_text(record.view());
    return framed.take();
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
  engine::ByteWriter record;
  good(persistence::encode_record(tick(1), vault, record));
  engine::ByteWriter framed;
  framed.put_text(std::string{record.view()} + "x");
  EXPECT_THAT(why(read(framed.view())), testing::HasSubstr("not as FORMAT.md says"));
}

TEST_F(RecordTest, unknown_flags_are_refused) {
  auto bytes = bytes_of(tick(1));
  bytes[4 + 24] = 2;
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("not as FORMAT.md says"));
}

TEST_F(RecordTest, an_unknown_command_is_named_by_its_seq) {
  auto bytes = bytes_of(tick(41));
  bytes[4 + 24 + 1 + 4] = '\x7f';
  EXPECT_THAT(why(read(bytes)), testing::HasSubstr("record 41: a command that this version does not know"));
}

}  // namespace
}  // namespace tests
