// Keys: durable before use, one per owner, bound to their record, and final when gone.
#include "persistence/key_store.h"

#include <thread>

#include "persistence/crc32c.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using engine::SecretOf;
using engine::Seq;

constexpr SecretOf a_lot{SecretOf::Kind::Lot, 7};
constexpr SecretOf a_person{SecretOf::Kind::Person, 7};

struct KeyStoreTest : testing::Test {
  Directory directory;
  persistence::KeyStore keys = open();

  persistence::KeyStore open() {
    return good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadWrite));
  }
  // Closed before it is opened again: LMDB allows one at a time.
  void reopen() {
    { auto const gone = std::move(keys); }
    keys = open();
  }
  void prepare(SecretOf owner) {
    auto command = tick(1);
    command.secret_of = owner;
    good(keys.prepare(std::vector{command}));
  }
};

TEST_F(KeyStoreTest, what_is_sealed_opens_again_also_after_a_restart) {
  prepare(a_lot);
  auto const sealed = good(keys.seal(a_lot, Seq{1}, "98.00"));
  EXPECT_EQ(good(keys.open(a_lot, Seq{1}, sealed)), "98.00");
  reopen();
  EXPECT_EQ(good(keys.open(a_lot, Seq{1}, sealed)), "98.00");
}

TEST_F(KeyStoreTest, the_same_secret_never_looks_the_same_twice) {
  prepare(a_lot);
  EXPECT_NE(good(keys.seal(a_lot, Seq{1}, "98.00")), good(keys.seal(a_lot, Seq{1}, "98.00")));
}

TEST_F(KeyStoreTest, a_sealed_part_opens_in_no_other_record_and_for_no_other_owner) {
  prepare(a_lot);
  prepare(a_person);
  auto const sealed = good(keys.seal(a_lot, Seq{1}, "98.00"));
  EXPECT_FALSE(keys.open(a_lot, Seq{2}, sealed));
  EXPECT_FALSE(keys.open(a_person, Seq{1}, sealed));
}

TEST_F(KeyStoreTest, every_changed_or_missing_byte_is_refused) {
  prepare(a_lot);
  auto sealed = good(keys.seal(a_lot, Seq{1}, "98.00"));
  for (auto& byte : sealed) {
    byte = static_cast<char>(byte ^ 0x40);
    EXPECT_FALSE(keys.open(a_lot, Seq{1}, sealed));
    byte = static_cast<char>(byte ^ 0x40);
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(keys.open(a_lot, Seq{1}, sealed.substr(0, size)));
  }
}

TEST_F(KeyStoreTest, a_key_is_made_once) {
  prepare(a_lot);
  auto const sealed = good(keys.seal(a_lot, Seq{1}, "98.00"));
  prepare(a_lot);
  reopen();
  prepare(a_lot);
  EXPECT_EQ(good(keys.open(a_lot, Seq{1}, sealed)), "98.00");
}

TEST_F(KeyStoreTest, without_its_key_nothing_opens_or_closes) {
  EXPECT_THAT(why(keys.seal(a_person, Seq{1}, "x")), testing::HasSubstr("the key of person 7 is gone"));
  EXPECT_THAT(why(keys.open(a_lot, Seq{1}, std::string(60, 'x'))), testing::HasSubstr("the key of lot 7 is gone"));
}

TEST_F(KeyStoreTest, the_key_of_the_log_is_made_once_and_whoever_only_reads_makes_none) {
  auto const made = keys.log_key();
  ASSERT_TRUE(made);
  EXPECT_NE(*made, persistence::Digest{});
  reopen();
  EXPECT_EQ(keys.log_key(), made);

  { auto const gone = std::move(keys); }
  auto environment = good(persistence::Environment::open(directory / "keys", {.map_bytes = std::size_t{1} << 30}));
  auto transaction = good(environment.write());
  good(transaction.clear());  // as a store was before logs had keys
  good(transaction.commit());
  { auto const gone = std::move(environment); }
  EXPECT_FALSE(good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadOnly)).log_key());
  keys = open();
  EXPECT_NE(keys.log_key(), made);
}

TEST_F(KeyStoreTest, salts_do_not_repeat) {
  EXPECT_NE(keys.salt(), keys.salt());
}

TEST_F(KeyStoreTest, an_empty_secret_is_a_secret) {
  prepare(a_lot);
  EXPECT_EQ(good(keys.open(a_lot, Seq{1}, good(keys.seal(a_lot, Seq{1}, "")))), "");
}

TEST_F(KeyStoreTest, the_house_has_keys_of_its_own_that_stay_and_differ) {
  auto const log = keys.log_key();
  auto const snapshots = keys.snapshot_key();
  ASSERT_TRUE(log && snapshots);
  EXPECT_NE(*log, *snapshots);
  reopen();
  EXPECT_EQ(keys.log_key(), log);
  EXPECT_EQ(keys.snapshot_key(), snapshots);
}

// ---- Destroying ------------------------------------------------------------------------------------------------

constexpr SecretOf another{SecretOf::Kind::Person, 8};

std::string every_file_of(std::filesystem::path const& directory) {
  std::string bytes;
  for (auto const& entry : std::filesystem::directory_iterator{directory}) bytes += content(entry.path());
  return bytes;
}

struct Destroying : KeyStoreTest {
  std::string const folder = directory / "keys";

  // The key as it lies in its row: behind the version.
  std::string key_of(SecretOf owner) {
    { auto const gone = std::move(keys); }
    std::string key;
    {
      auto const environment = good(persistence::Environment::open(folder, {.map_bytes = std::size_t{1} << 30}));
      auto const transaction = good(environment.read());
      std::string row{static_cast<char>(owner.kind)};
      row += std::string(7, '\0') + static_cast<char>(owner.id);
      key = good(transaction.get(row)).value_or("").substr(1, 32);
    }
    keys = open();
    return key;
  }
};

TEST_F(Destroying, a_destroyed_key_opens_nothing_and_others_go_on) {
  prepare(a_person);
  prepare(another);
  auto const mine = good(keys.seal(a_person, Seq{1}, "mine"));
  auto const other = good(keys.seal(another, Seq{2}, "other"));
  EXPECT_EQ(good(keys.destroy(std::vector{a_person})), 1U);
  for (int start = 0; start < 2; ++start, reopen()) {
    EXPECT_EQ(good(keys.open(a_person, Seq{1}, mine)), std::nullopt);
    EXPECT_EQ(good(keys.open_beside(a_person, Seq{1}, mine)), std::nullopt);
    EXPECT_EQ(good(keys.open(another, Seq{2}, other)), "other");
    EXPECT_TRUE(good(keys.is_destroyed(a_person)));
    EXPECT_FALSE(good(keys.is_destroyed(another)));
  }
}

TEST_F(Destroying, it_is_done_once_and_also_where_there_was_no_key) {
  EXPECT_EQ(good(keys.destroy(std::vector{a_person, another})), 2U);
  EXPECT_EQ(good(keys.destroy(std::vector{a_person, another})), 0U);
  EXPECT_TRUE(good(keys.is_destroyed(another)));
}

TEST_F(Destroying, no_key_is_made_again_and_what_comes_later_opens_for_nobody) {
  good(keys.destroy(std::vector{a_person}));
  prepare(a_person);
  auto const sealed = good(keys.seal(a_person, Seq{1}, "too late"));
  EXPECT_EQ(good(keys.open(a_person, Seq{1}, sealed)), std::nullopt);
  reopen();
  EXPECT_TRUE(good(keys.is_destroyed(a_person)));
}

TEST_F(Destroying, the_key_is_in_no_byte_of_any_file_and_does_not_come_back) {
  prepare(a_person);
  for (std::uint64_t id = 100; id < 400; ++id) prepare({SecretOf::Kind::Lot, id});  // it lies in many old pages
  auto const key = key_of(a_person);
  ASSERT_EQ(key.size(), 32U);
  EXPECT_THAT(every_file_of(folder), testing::HasSubstr(key));
  good(keys.destroy(std::vector{a_person}));
  EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key)));
  EXPECT_FALSE(std::filesystem::exists(directory / "keys/destroying"));
  for (std::uint64_t id = 400; id < 700; ++id) prepare({SecretOf::Kind::Lot, id});
  EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key)));
}

// The list is there and nothing else has happened; and: all has happened but that the list is gone.
TEST_F(Destroying, what_a_crash_left_undone_is_done_by_the_next_open) {
  prepare(a_person);
  auto const key = key_of(a_person);
  engine::ByteWriter list;
  list.put_raw("EBBDSTR1").put(a_person.kind).put(a_person.id).put_raw(key);
  list.put(persistence::crc32c(list.view()));
  auto const left_undone = list.take();
  for (int crash = 0; crash < 2; ++crash) {
    overwrite(directory / "keys/destroying", left_undone);
    reopen();
    EXPECT_TRUE(good(keys.is_destroyed(a_person)));
    EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key)));
    EXPECT_FALSE(std::filesystem::exists(directory / "keys/destroying"));
  }
}

TEST_F(Destroying, a_list_that_was_half_overwritten_is_removed) {
  prepare(a_person);
  overwrite(directory / "keys/destroying", std::string("EBBDSTR1") + std::string(45, '\0'));
  reopen();
  EXPECT_FALSE(good(keys.is_destroyed(a_person)));
  EXPECT_FALSE(std::filesystem::exists(directory / "keys/destroying"));
}

TEST_F(Destroying, from_the_first_step_on_nothing_opens_and_the_second_takes_the_bytes) {
  prepare(a_person);
  auto const sealed = good(keys.seal(a_person, Seq{1}, "mine"));
  auto const key = key_of(a_person);
  EXPECT_EQ(good(keys.begin_destroying(std::vector{a_person})), 1U);
  EXPECT_EQ(good(keys.open(a_person, Seq{1}, sealed)), std::nullopt);
  EXPECT_TRUE(good(keys.is_destroyed(a_person)));
  EXPECT_THAT(every_file_of(folder), testing::HasSubstr(key)) << "nothing was left to do";
  good(keys.overwrite_destroyed());
  EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key)));
  EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr("EBBDSTR1")));
  good(keys.overwrite_destroyed());  // nothing to do
}

TEST_F(Destroying, a_crash_between_the_steps_of_several_is_finished_by_the_next_open) {
  prepare(a_person);
  prepare(another);
  std::vector const gone{key_of(a_person), key_of(another)};
  good(keys.begin_destroying(std::vector{a_person}));
  good(keys.begin_destroying(std::vector{another}));
  reopen();
  for (auto const& key : gone) EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key)));
  EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr("EBBDSTR1")));
  EXPECT_TRUE(good(keys.is_destroyed(a_person)));
  EXPECT_TRUE(good(keys.is_destroyed(another)));
}

// Whatever pages LMDB takes, frees and takes again between the steps.
TEST_F(Destroying, keys_that_are_made_meanwhile_are_whole_and_bring_no_byte_back) {
  std::uint64_t id = 1'000;
  std::vector<std::pair<SecretOf, std::string>> made;
  auto const make = [&](std::uint64_t count) {
    for (auto const end = id + count; id < end; ++id) {
      SecretOf const owner{id % 3 == 0 ? SecretOf::Kind::Person : SecretOf::Kind::Lot, 100 + id * 7919 % 10'007};
      prepare(owner);
      made.emplace_back(owner, good(keys.seal(owner, Seq{id}, "sealed " + std::to_string(id))));
    }
  };
  make(150);
  std::vector<std::string> gone;
  for (std::uint64_t round = 0; round < 4; ++round) {
    SecretOf const person{SecretOf::Kind::Person, 1 + round};
    prepare(person);
    gone.push_back(key_of(person));
    good(keys.begin_destroying(std::vector{person}));
    std::thread overwriting{[this] { good(keys.overwrite_destroyed()); }};
    make(60);
    overwriting.join();
    make(20);
    for (auto const& key : gone) EXPECT_THAT(every_file_of(folder), testing::Not(testing::HasSubstr(key))) << round;
  }
  reopen();
  for (std::size_t i = 0; i < made.size(); ++i) {
    auto const opened = good(keys.open(made[i].first, Seq{1'000 + i}, made[i].second));
    EXPECT_EQ(opened, "sealed " + std::to_string(1'000 + i));
  }
}

// ---- Rows and marks --------------------------------------------------------------------------------------------

TEST_F(KeyStoreTest, a_row_is_closed_to_the_same_bytes_every_time_and_opens_only_in_its_place) {
  prepare(a_person);
  auto const sealed = good(keys.seal_row(a_person, "names 7", "Zhang San"));
  EXPECT_EQ(good(keys.seal_row(a_person, "names 7", "Zhang San")), sealed);
  EXPECT_NE(good(keys.seal_row(a_person, "names 8", "Zhang San")), sealed);
  EXPECT_NE(good(keys.seal_row(a_person, "names 7", "Zhang Sin")), sealed);
  EXPECT_EQ(good(keys.open_row(a_person, "names 7", *sealed)), "Zhang San");
  EXPECT_FALSE(keys.open_row(a_person, "names 8", *sealed));
  EXPECT_FALSE(keys.open_row(a_person, "names 7", sealed->substr(1)));
  good(keys.destroy(std::vector{a_person}));
  EXPECT_EQ(good(keys.seal_row(a_person, "names 7", "Zhang San")), std::nullopt);
  EXPECT_EQ(good(keys.open_row(a_person, "names 7", *sealed)), std::nullopt);
  EXPECT_FALSE(keys.seal_row(another, "names 7", "x"));
}

TEST_F(KeyStoreTest, a_mark_is_the_same_in_one_house_and_another_in_the_next) {
  auto const mark = keys.mark_of("admin");
  EXPECT_NE(mark, keys.mark_of("admin2"));
  reopen();
  EXPECT_EQ(keys.mark_of("admin"), mark);
  auto const next_house = good(persistence::KeyStore::open(directory / "next", persistence::Access::ReadWrite));
  EXPECT_NE(next_house.mark_of("admin"), mark);
}

}  // namespace
}  // namespace tests
