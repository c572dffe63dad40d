// Rows that name people: written and read like others, closed on the disk, gone with the key.
#include "persistence/private_tables.h"

#include "persistence/tables.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using engine::SecretOf;
using Scan = engine::TableReader::Scan;

constexpr std::string_view names = "people.names.private";

std::string key_of(char person) {
  return std::string(7, '\0') + person + "row";
}

struct PrivateTablesTest : testing::Test {
  Directory directory;
  persistence::KeyStore keys = good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadWrite));
  std::unique_ptr<persistence::Tables> rows = good(persistence::Tables::open(directory / "tables"));
  persistence::PrivateTables tables{*rows, *rows, keys};

  PrivateTablesTest() {
    for (std::uint64_t id = 1; id <= 2; ++id) {
      auto command = tick(1);
      command.secret_of = SecretOf{SecretOf::Kind::Person, id};
      good(keys.prepare(std::vector{command}));
    }
    tables.put(names, key_of(1), "Zhang San");
    tables.put(names, key_of(2), "Li Si");
    tables.put("people.open", "1", "supplier");
  }
  void destroy(std::uint64_t id) { good(keys.destroy(std::vector{SecretOf{SecretOf::Kind::Person, id}})); }
  static std::vector<std::string> all(engine::TableReader const& reader) {
    std::vector<std::string> found;
    auto const take = [&](std::string_view, std::string_view value) {
      found.emplace_back(value);
      return Scan::Continue;
    };
    reader.scan(names, {}, take);
    reader.scan_back(names, key_of(9), take);
    return found;
  }
};

TEST_F(PrivateTablesTest, rows_are_read_as_they_were_written_uncommitted_and_later) {
  EXPECT_EQ(tables.get(names, key_of(1)), "Zhang San");
  good(tables.commit(engine::Seq{1}));
  auto const moment = tables.snapshot();
  for (engine::TableReader const* reader : {static_cast<engine::TableReader const*>(&tables), moment.get()}) {
    EXPECT_EQ(reader->get(names, key_of(2)), "Li Si");
    EXPECT_EQ(reader->get("people.open", "1"), "supplier");
    EXPECT_EQ(reader->get(names, key_of(3)), std::nullopt);
    EXPECT_EQ(all(*reader), (std::vector<std::string>{"Zhang San", "Li Si", "Li Si", "Zhang San"}));
  }
}

TEST_F(PrivateTablesTest, on_the_disk_a_name_is_nowhere) {
  good(tables.commit(engine::Seq{1}));
  good(rows->sync());
  auto const bytes = content(directory / "tables/data.mdb");
  EXPECT_THAT(bytes, testing::HasSubstr("supplier"));
  EXPECT_THAT(bytes, testing::Not(testing::HasSubstr("Zhang San")));
}

TEST_F(PrivateTablesTest, without_its_key_a_row_is_not_there) {
  good(tables.commit(engine::Seq{1}));
  destroy(1);
  EXPECT_EQ(tables.get(names, key_of(1)), std::nullopt);
  EXPECT_EQ(all(*tables.snapshot()), (std::vector<std::string>{"Li Si", "Li Si"}));
}

TEST_F(PrivateTablesTest, what_is_put_for_a_destroyed_key_is_not_kept) {
  destroy(1);
  tables.put(names, std::string(7, '\0') + '\1' + "later", "Zhang San");
  good(tables.commit(engine::Seq{1}));
  EXPECT_EQ(rows->get(names, std::string(7, '\0') + '\1' + "later"), std::nullopt);
}

TEST_F(PrivateTablesTest, a_key_that_was_never_made_is_a_failure_of_the_commit) {
  tables.put(names, key_of(9), "nobody");
  EXPECT_TRUE(tables.is_dirty());
  EXPECT_THAT(why(tables.commit(engine::Seq{1})), testing::HasSubstr("the key of person 9 is gone"));
}

TEST_F(PrivateTablesTest, rows_are_erased_like_others) {
  tables.erase(names, key_of(1));
  EXPECT_EQ(tables.get(names, key_of(1)), std::nullopt);
}

}  // namespace
}  // namespace tests
