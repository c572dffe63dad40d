// Keys travel as one file, whole or not at all.
#include "persistence/backup_keys.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

struct BackupKeysTest : testing::Test {
  Directory place;

  std::string seal(std::string_view in) const {
    auto keys = good(persistence::KeyStore::open(place / in, persistence::Access::ReadWrite));
    auto const quote = sealed_quote(1, 1);
    good(keys.prepare({&quote, 1}));
    return good(keys.seal(*quote.secret_of, quote.seq, "87.65"));
  }
  std::string open(std::string_view in, std::string_view sealed) const {
    auto keys = good(persistence::KeyStore::open(place / in, persistence::Access::ReadOnly));
    auto const quote = sealed_quote(1, 1);
    return good(keys.open(*quote.secret_of, quote.seq, sealed)).value_or("");
  }
};

TEST_F(BackupKeysTest, what_was_sealed_opens_with_the_restored_keys) {
  auto const sealed = seal("keys");
  auto const count = good(persistence::back_up_keys(place / "keys", place / "safe"));
  EXPECT_EQ(good(persistence::restore_keys(place / "safe", place / "again")), count.keys);
  EXPECT_EQ(open("again", sealed), "87.65");
}

TEST_F(BackupKeysTest, a_file_beside_the_key_store_comes_along_for_its_owner_only) {
  seal("keys");
  overwrite(place / "keys/SIGNING", "secret");
  good(persistence::back_up_keys(place / "keys", place / "safe"));
  good(persistence::restore_keys(place / "safe", place / "again"));
  EXPECT_EQ(content(place / "again/SIGNING"), "secret");
  using std::filesystem::perms;
  for (auto const* path : {"again/SIGNING", "safe/KEYS"}) {
    EXPECT_EQ(std::filesystem::status(place / path).permissions(), perms::owner_read | perms::owner_write) << path;
  }
}

TEST_F(BackupKeysTest, a_key_that_was_destroyed_is_gone_from_the_next_backup) {
  auto const sealed = seal("keys");
  good(persistence::back_up_keys(place / "keys", place / "safe"));
  auto const before = content(place / "safe/KEYS").size();
  {
    auto keys = good(persistence::KeyStore::open(place / "keys", persistence::Access::ReadWrite));
    good(keys.destroy(std::vector{*sealed_quote(1, 1).secret_of}));
  }
  EXPECT_EQ(good(persistence::back_up_keys(place / "keys", place / "safe")).destroyed, 1U);
  EXPECT_EQ(content(place / "safe/KEYS").size(), before - 32);
  good(persistence::restore_keys(place / "safe", place / "again"));
  auto keys = good(persistence::KeyStore::open(place / "again", persistence::Access::ReadOnly));
  EXPECT_EQ(good(keys.open(*sealed_quote(1, 1).secret_of, engine::Seq{1}, sealed)), std::nullopt);
}

TEST_F(BackupKeysTest, every_flipped_bit_and_every_missing_end_is_refused) {
  seal("keys");
  good(persistence::back_up_keys(place / "keys", place / "safe"));
  auto const whole = content(place / "safe/KEYS");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    overwrite(place / "safe/KEYS", flipped);
    EXPECT_FALSE(persistence::restore_keys(place / "safe", place / "again")) << at;
    overwrite(place / "safe/KEYS", std::string_view{whole}.substr(0, at));
    EXPECT_FALSE(persistence::restore_keys(place / "safe", place / "again")) << at;
  }
  EXPECT_FALSE(std::filesystem::exists(place / "again"));
}

}  // namespace
}  // namespace tests
