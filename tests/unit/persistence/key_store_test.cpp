// Keys: durable before use, one per owner, bound to their record, and final when gone.
#include "persistence/key_store.h"

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

}  // namespace
}  // namespace tests
