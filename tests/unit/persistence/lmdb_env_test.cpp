// The three types over LMDB: order, visibility, and the failures that its return codes become.
#include "persistence/lmdb_env.h"

#include <sys/wait.h>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using namespace persistence;

struct LmdbTest : testing::Test {
  Directory directory;

  Environment open(Environment::Options options = {}) {
    if (options.map_bytes == 0) options.map_bytes = 1 << 20;
    return good(Environment::open(directory.path(), options));
  }
  static void put(Environment& environment, std::string_view key, std::string_view value) {
    auto transaction = good(environment.write());
    good(transaction.put(key, value));
    good(transaction.commit());
  }
};

TEST_F(LmdbTest, a_committed_row_is_read_and_an_uncommitted_one_is_not) {
  auto environment = open();
  put(environment, "a", "1");
  {
    auto transaction = good(environment.write());
    good(transaction.put("b", "2"));
  }
  auto const reader = good(environment.read());
  EXPECT_EQ(good(reader.get("a")), "1");
  EXPECT_EQ(good(reader.get("b")), std::nullopt);
}

TEST_F(LmdbTest, an_environment_is_made_beside_other_files_and_never_twice) {
  Environment::Options const options{.map_bytes = 1 << 20};
  auto const place = directory / "keys";
  std::filesystem::create_directories(directory / "keys.new");  // the power went while one was made
  overwrite(directory / "keys.new/data.mdb", "torn");
  std::filesystem::create_directory(place);
  overwrite(place / "another file", "stays");
  good(Environment::make(place, options));
  EXPECT_FALSE(std::filesystem::exists(directory / "keys.new"));
  EXPECT_EQ(content(place / "another file"), "stays");
  {
    auto environment = good(Environment::open(place, options));
    put(environment, "a", "1");
  }
  good(Environment::make(place, options));
  auto const again = good(Environment::open(place, options));
  EXPECT_EQ(good(good(again.read()).get("a")), "1");
  EXPECT_EQ(good(good(again.read()).rows()), 1U);
}

// A reader that dies in the middle keeps its pages only until somebody looks.
TEST_F(LmdbTest, a_reader_that_died_is_dropped) {
  auto environment = open({.map_bytes = 4 << 20});
  put(environment, "a", std::string(100'000, 'x'));
  auto const child = ::fork();
  if (child == 0) {
    auto reading = good(Environment::open(directory.path(), {.map_bytes = 4 << 20, .access = Access::ReadBeside}));
    auto const reader = good(reading.read());
    ::_exit(good(reader.get("a")) ? 7 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 7);
  for (int i = 0; i < 10; ++i) put(environment, "a", std::string(100'000, 'y'));
  auto const held = environment.used_bytes();  // nothing of the dead reader's moment was used again
  good(environment.drop_dead_readers());
  for (int i = 0; i < 30; ++i) put(environment, "a", std::string(100'000, 'z'));
  EXPECT_LE(environment.used_bytes(), held + 200'000);
}

TEST_F(LmdbTest, a_reader_keeps_its_moment_until_renewed) {
  auto environment = open();
  put(environment, "a", "1");
  auto reader = good(environment.read());
  put(environment, "a", "2");
  EXPECT_EQ(good(reader.get("a")), "1");
  reader.rest();
  good(reader.renew());
  EXPECT_EQ(good(reader.get("a")), "2");
}

TEST_F(LmdbTest, numbers_are_in_order_of_their_value_and_append_refuses_any_other) {
  auto environment = open({.order = KeyOrder::Numbers});
  auto transaction = good(environment.write());
  for (std::uint64_t const key : {1U, 255U, 256U, 70'000U}) good(transaction.append(key, {"a", "b"}));
  EXPECT_THAT(why(transaction.append(256, {"x"})), testing::HasSubstr("append"));
  auto cursor = good(transaction.cursor());
  std::vector<std::uint64_t> keys;
  for (auto row = good(cursor.first()); row; row = good(cursor.next())) {
    keys.push_back(number_of_key(row->key));
    EXPECT_EQ(row->value, "ab");
  }
  EXPECT_THAT(keys, testing::ElementsAre(1, 255, 256, 70'000));
  EXPECT_EQ(number_of_key(good(cursor.last())->key), 70'000U);
}

TEST_F(LmdbTest, a_full_map_is_said_and_leaves_the_last_commit) {
  auto environment = open({.map_bytes = 64 << 10});
  put(environment, "a", "1");
  {
    auto transaction = good(environment.write());
    EXPECT_THAT(why(transaction.put("b", std::string(100'000, 'x'))), testing::HasSubstr("reserved at open"));
  }
  EXPECT_EQ(good(good(environment.read()).get("a")), "1");
}

TEST_F(LmdbTest, a_file_cut_short_is_refused_instead_of_killing_the_reader) {
  {
    auto environment = open();
    put(environment, "a", std::string(50'000, 'x'));
  }
  std::filesystem::resize_file(directory / "data.mdb", 3 * 4'096);
  EXPECT_THAT(why(Environment::open(directory.path(), {.map_bytes = 1 << 20})), testing::HasSubstr("cut short"));
}

TEST_F(LmdbTest, what_is_no_environment_is_refused) {
  overwrite(directory / "data.mdb", std::string(10'000, 'x'));
  EXPECT_THAT(why(Environment::open(directory.path(), {.map_bytes = 1 << 20})), testing::HasSubstr("open"));
  EXPECT_THAT(why(Environment::open(directory / "none", {.map_bytes = 1 << 20})), testing::HasSubstr("No such file"));
}

TEST_F(LmdbTest, clearing_leaves_no_row) {
  auto environment = open();
  put(environment, "a", "1");
  auto transaction = good(environment.write());
  good(transaction.clear());
  good(transaction.commit());
  EXPECT_EQ(good(good(environment.read()).get("a")), std::nullopt);
}

}  // namespace
}  // namespace tests
