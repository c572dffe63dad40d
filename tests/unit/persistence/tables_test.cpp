// Tables: rows and applied_seq together or not at all, one moment for each reader, the same bytes after a rebuild.
#include "persistence/tables.h"

#include <gmock/gmock.h>

#include <thread>
#include <type_traits>

#include "persistence/crc32c.h"
#include "tests/support/memory_tables.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using engine::Seq;
using Scan = engine::TableReader::Scan;

struct TablesTest : testing::Test {
  Directory directory;
  std::unique_ptr<persistence::Tables> tables = open();

  std::unique_ptr<persistence::Tables> open(persistence::TablesOptions options = {}) {
    return good(persistence::Tables::open(directory / "tables", options));
  }
  void reopen() {
    tables.reset();
    tables = open();
  }
  std::vector<std::string> rows() const {
    std::vector<std::string> all;
    tables->for_each_row([&](std::string_view table, std::string_view key, std::string_view value) {
      all.push_back(std::string{table} + "/" + std::string{key} + "=" + std::string{value});
    });
    return all;
  }
};

std::vector<std::string> keys_from(engine::TableReader const& reader, std::string_view table, std::string_view from) {
  std::vector<std::string> keys;
  reader.scan(table, from, [&](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return Scan::Continue;
  });
  return keys;
}

TEST_F(TablesTest, a_row_is_read_back_before_and_after_the_commit) {
  tables->put("inquiry.draft", "1", "paper");
  EXPECT_EQ(tables->get("inquiry.draft", "1"), "paper");
  good(tables->commit(Seq{5}));
  EXPECT_EQ(tables->get("inquiry.draft", "1"), "paper");
  reopen();
  EXPECT_EQ(tables->get("inquiry.draft", "1"), "paper");
  EXPECT_EQ(tables->applied(), Seq{5});
}

TEST_F(TablesTest, uncommitted_rows_and_their_seq_go_together) {
  tables->put("a", "1", "x");
  good(tables->commit(Seq{5}));
  tables->put("a", "1", "y");
  tables->put("a", "2", "z");
  reopen();
  EXPECT_THAT(rows(), testing::ElementsAre("a/1=x"));
  EXPECT_EQ(tables->applied(), Seq{5});
}

TEST_F(TablesTest, an_erased_row_is_gone_and_erasing_it_again_is_nothing) {
  tables->put("a", "1", "x");
  tables->erase("a", "1");
  tables->erase("a", "1");
  good(tables->commit(Seq{1}));
  EXPECT_EQ(tables->get("a", "1"), std::nullopt);
}

TEST_F(TablesTest, a_scan_is_in_key_order_and_stays_in_its_table) {
  for (auto const* key : {"b", "a", "c"}) tables->put("t", key, "");
  tables->put("s", "z", "");
  tables->put("ta", "a", "");
  EXPECT_THAT(keys_from(*tables, "t", ""), testing::ElementsAre("a", "b", "c"));
  EXPECT_THAT(keys_from(*tables, "t", "b"), testing::ElementsAre("b", "c"));
  EXPECT_THAT(keys_from(*tables, "t", "bb"), testing::ElementsAre("c"));
  EXPECT_THAT(keys_from(*tables, "unknown", ""), testing::IsEmpty());
}

// The double that modules are tested with keeps the same promises backwards as the store itself.
template <class Store>
struct BackwardScan : testing::Test {
  Directory directory;
  std::unique_ptr<Store> store = open();

  std::unique_ptr<Store> open() {
    if constexpr (std::is_same_v<Store, support::MemoryTables>) {
      return std::make_unique<Store>();
    } else {
      return good(Store::open(directory / "tables", {}));
    }
  }
  static std::vector<std::string> keys_to(engine::TableReader const& reader, std::string_view table,
                                          std::string_view from) {
    std::vector<std::string> keys;
    reader.scan_back(table, from, [&](std::string_view key, std::string_view value) {
      EXPECT_EQ(value, "of " + std::string{key});
      keys.emplace_back(key);
      return Scan::Continue;
    });
    return keys;
  }
};
using Stores = testing::Types<persistence::Tables, support::MemoryTables>;
TYPED_TEST_SUITE(BackwardScan, Stores);

TYPED_TEST(BackwardScan, is_in_falling_order_and_stays_in_its_table) {
  auto& tables = *this->store;
  for (auto const* key : {"b", "a", "c"}) tables.put("t", key, "of " + std::string{key});
  tables.put("s", "z", "of z");
  tables.put("ta", "a", "of a");
  auto const keys = [&](std::string_view table, std::string_view from) { return this->keys_to(tables, table, from); };
  EXPECT_THAT(keys("t", "\xff"), testing::ElementsAre("c", "b", "a"));
  EXPECT_THAT(keys("t", "b"), testing::ElementsAre("b", "a"));
  EXPECT_THAT(keys("t", "bb"), testing::ElementsAre("b", "a"));
  EXPECT_THAT(keys("t", "\x01"), testing::IsEmpty());
  EXPECT_THAT(keys("ta", "\xff"), testing::ElementsAre("a"));  // the last rows of the store
  EXPECT_THAT(keys("r", "\xff"), testing::IsEmpty());
  EXPECT_THAT(keys("unknown", "\xff"), testing::IsEmpty());
}

TYPED_TEST(BackwardScan, begins_at_a_key_longer_than_any) {
  auto& tables = *this->store;
  std::string const longest(505, 'k');
  tables.put("t", longest, "of " + longest);
  tables.put("t", "l", "of l");
  EXPECT_THAT(this->keys_to(tables, "t", longest + std::string(100, 'k')), testing::ElementsAre(longest));
  EXPECT_THAT(this->keys_to(tables, "t", std::string(600, 'z')), testing::ElementsAre("l", longest));
}

TYPED_TEST(BackwardScan, stops_when_told) {
  auto& tables = *this->store;
  for (auto const* key : {"a", "b", "c"}) tables.put("t", key, "");
  std::vector<std::string> keys;
  tables.scan_back("t", "c", [&](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return keys.size() == 2 ? Scan::Stop : Scan::Continue;
  });
  EXPECT_THAT(keys, testing::ElementsAre("c", "b"));
}

TYPED_TEST(BackwardScan, of_a_snapshot_shows_its_moment) {
  auto& tables = *this->store;
  tables.put("t", "a", "of a");
  good(tables.commit(Seq{1}));
  auto const moment = tables.snapshot();
  tables.put("t", "b", "of b");
  EXPECT_THAT(this->keys_to(tables, "t", "\xff"), testing::ElementsAre("b", "a"));
  good(tables.commit(Seq{2}));
  EXPECT_THAT(this->keys_to(*moment, "t", "\xff"), testing::ElementsAre("a"));
  EXPECT_THAT(this->keys_to(*tables.snapshot(), "t", "\xff"), testing::ElementsAre("b", "a"));
}

TYPED_TEST(BackwardScan, lets_nobody_write_meanwhile) {
  auto& tables = *this->store;
  tables.put("t", "a", "x");
  auto const write = [&](std::string_view, std::string_view) {
    tables.put("t", "b", "x");
    return Scan::Continue;
  };
  EXPECT_DEATH(tables.scan_back("t", "a", write), "CHECK failed");
}

TEST_F(TablesTest, a_scan_stops_when_told_and_may_read_other_rows) {
  for (auto const* key : {"a", "b", "c"}) tables->put("t", key, "x");
  good(tables->commit(Seq{1}));
  int visited = 0;
  tables->scan("t", "", [&](std::string_view, std::string_view) {
    EXPECT_EQ(tables->get("t", "c"), "x");
    EXPECT_EQ(keys_from(*tables, "t", "b").size(), 2U);
    return ++visited == 2 ? Scan::Stop : Scan::Continue;
  });
  EXPECT_EQ(visited, 2);
}

TEST_F(TablesTest, writing_inside_a_scan_is_a_bug) {
  tables->put("t", "a", "x");
  auto const write = [&](std::string_view, std::string_view) {
    tables->put("t", "b", "x");
    return Scan::Continue;
  };
  EXPECT_DEATH(tables->scan("t", "", write), "CHECK failed");
}

TEST_F(TablesTest, a_snapshot_shows_its_moment_whatever_comes_later) {
  tables->put("t", "a", "old");
  good(tables->commit(Seq{1}));
  auto const moment = tables->snapshot();
  tables->put("t", "a", "new");
  tables->put("t", "b", "new");
  EXPECT_EQ(tables->snapshot()->get("t", "a"), "old");  // not committed yet
  good(tables->commit(Seq{2}));
  EXPECT_EQ(moment->get("t", "a"), "old");
  EXPECT_THAT(keys_from(*moment, "t", ""), testing::ElementsAre("a"));
  EXPECT_EQ(tables->snapshot()->get("t", "a"), "new");
}

TEST_F(TablesTest, a_snapshot_is_taken_and_read_on_other_threads) {
  tables->put("t", "a", "x");
  good(tables->commit(Seq{1}));
  std::unique_ptr<engine::TableReader const> moment;
  std::thread{[&] { moment = tables->snapshot(); }}.join();
  std::string found;
  std::thread{[&] { found = moment->get("t", "a").value_or("nothing"); }}.join();
  EXPECT_EQ(found, "x");
}

TEST_F(TablesTest, only_writing_makes_dirty) {
  EXPECT_FALSE(tables->is_dirty());
  EXPECT_EQ(tables->get("t", "a"), std::nullopt);
  EXPECT_FALSE(tables->is_dirty());
  tables->put("t", "a", "x");
  EXPECT_TRUE(tables->is_dirty());
  good(tables->commit(Seq{1}));
  EXPECT_FALSE(tables->is_dirty());
}

TEST_F(TablesTest, a_commit_without_rows_moves_applied) {
  good(tables->commit(Seq{9}));
  reopen();
  EXPECT_EQ(tables->applied(), Seq{9});
}

TEST_F(TablesTest, dropped_tables_rebuilt_alike_have_the_same_bytes) {
  auto const build = [&] {
    for (int i = 0; i < 500; ++i) tables->put("t" + std::to_string(i % 7), std::to_string(i), std::string(50, 'v'));
    good(tables->commit(Seq{500}));
    return rows();
  };
  auto const first = build();
  good(tables->drop_all());
  EXPECT_THAT(rows(), testing::IsEmpty());
  reopen();
  EXPECT_EQ(tables->applied(), Seq{});
  EXPECT_EQ(build(), first);
}

TEST_F(TablesTest, tables_without_checksums_are_dropped_to_be_built_again) {
  tables.reset();
  std::filesystem::remove_all(directory / "tables");
  std::filesystem::create_directory(directory / "tables");
  {
    auto environment = good(persistence::Environment::open(directory / "tables", {.map_bytes = std::size_t{1} << 30}));
    auto transaction = good(environment.write());
    good(transaction.put(std::string{'\1'} + "a1", "x"));
    good(transaction.put(std::string{'\0'} + "applied_seq", std::string_view{"\5\0\0\0\0\0\0\0", 8}));
    good(transaction.commit());
  }
  tables = open();
  EXPECT_THAT(tables->dropped_because().value_or(""), testing::HasSubstr("without checksums"));
  EXPECT_THAT(rows(), testing::IsEmpty());
  EXPECT_EQ(tables->applied(), Seq{});
  tables->put("a", "1", "x");
  good(tables->commit(Seq{5}));
  reopen();
  EXPECT_EQ(tables->dropped_because(), std::nullopt);
  EXPECT_THAT(rows(), testing::ElementsAre("a/1=x"));
}

// Wherever the bit lies: in a key, in a value, in a checksum, in what the room itself keeps.
TEST_F(TablesTest, opened_to_be_read_show_their_rows_and_are_not_written) {
  tables->put("a", "1", "x");
  good(tables->commit(Seq{5}));
  tables.reset();
  auto const before = content(directory / "tables/data.mdb");
  tables = open({.access = persistence::Access::ReadOnly});
  EXPECT_EQ(tables->get("a", "1"), "x");
  EXPECT_EQ(tables->applied(), Seq{5});
  tables.reset();
  EXPECT_EQ(content(directory / "tables/data.mdb"), before);
  EXPECT_THAT(why(persistence::Tables::open(directory / "none", {.access = persistence::Access::ReadOnly})),
              testing::HasSubstr("none"));
  EXPECT_FALSE(std::filesystem::exists(directory / "none"));
}

TEST_F(TablesTest, a_row_that_was_damaged_while_closed_drops_all_rows) {
  for (std::string_view const wanted : {"paper and ink", "the key of it", "applied_seq"}) {
    tables->put("a", "the key of it", "paper and ink");
    good(tables->commit(Seq{5}));
    tables.reset();
    auto const file = directory / "tables/data.mdb";
    auto bytes = content(file);
    for (auto at = bytes.find(wanted); at != std::string::npos; at = bytes.find(wanted, at + 1)) bytes[at + 2] ^= 4;
    overwrite(file, bytes);
    EXPECT_THAT(why(persistence::Tables::open(directory / "tables", {.access = persistence::Access::ReadOnly})),
                testing::HasSubstr("is damaged"));
    tables = open();
    EXPECT_THAT(tables->dropped_because().value_or(""), testing::HasSubstr("is damaged")) << wanted;
    EXPECT_THAT(rows(), testing::IsEmpty());
    EXPECT_EQ(tables->applied(), Seq{});
    reopen();
    EXPECT_EQ(tables->dropped_because(), std::nullopt);
  }
}

TEST_F(TablesTest, tables_of_a_later_version_stop_the_start) {
  tables.reset();
  {
    auto environment = good(persistence::Environment::open(directory / "tables", {.map_bytes = std::size_t{1} << 30}));
    std::string const row = std::string{'\0'} + "version";
    engine::ByteWriter value;
    value.put(std::uint16_t{3});
    value.put(persistence::crc32c(value.view(), persistence::crc32c(row)));
    auto transaction = good(environment.write());
    good(transaction.put(row, value.view()));
    good(transaction.commit());
  }
  EXPECT_THAT(why(persistence::Tables::open(directory / "tables")),
              testing::HasSubstr("version 3; this program knows 2"));
  std::filesystem::remove_all(directory / "tables");
  tables = open();
}

TEST_F(TablesTest, the_oldest_snapshot_is_known_by_its_age_until_it_is_closed) {
  EXPECT_EQ(tables->oldest_snapshot(), std::chrono::nanoseconds{});
  auto first = tables->snapshot();
  auto const age = tables->oldest_snapshot();
  auto const second = tables->snapshot();
  EXPECT_GE(tables->oldest_snapshot(), age);
  auto const of_both = tables->oldest_snapshot();
  first.reset();
  EXPECT_GT(tables->oldest_snapshot(), std::chrono::nanoseconds{});
  EXPECT_GT(of_both, std::chrono::nanoseconds{});
}

TEST_F(TablesTest, too_many_writes_fail_the_commit_for_good) {
  tables.reset();
  tables = open({.writes_a_commit_max = 10});
  for (int i = 0; i < 11; ++i) tables->put("t", std::to_string(i), "x");
  EXPECT_THAT(why(tables->commit(Seq{1})), testing::HasSubstr("more writes"));
  EXPECT_THAT(why(tables->commit(Seq{1})), testing::HasSubstr("more writes"));
  reopen();
  EXPECT_THAT(rows(), testing::IsEmpty());
}

TEST_F(TablesTest, a_key_that_is_too_long_fails_the_commit_but_reading_it_finds_nothing) {
  std::string const key(600, 'k');
  EXPECT_EQ(tables->get("t", key), std::nullopt);
  EXPECT_THAT(keys_from(*tables, "t", key), testing::IsEmpty());
  tables->put("t", key, "x");
  EXPECT_THAT(why(tables->commit(Seq{1})), testing::HasSubstr("too long"));
}

TEST_F(TablesTest, a_full_map_fails_the_commit_and_keeps_what_was_there) {
  tables.reset();
  tables = open({.map_bytes = 256 << 10});
  tables->put("t", "kept", "x");
  good(tables->commit(Seq{1}));
  for (int i = 0; i < 1'000; ++i) tables->put("t", std::to_string(i), std::string(1'000, 'v'));
  EXPECT_THAT(why(tables->commit(Seq{2})), testing::HasSubstr("map"));
  reopen();
  EXPECT_THAT(rows(), testing::ElementsAre("t/kept=x"));
}

}  // namespace
}  // namespace tests
