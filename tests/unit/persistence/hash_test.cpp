// SHA-256 against the examples of FIPS 180-4.
#include "persistence/hash.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

std::string digest_of(std::initializer_list<std::string_view> parts) {
  persistence::Hasher hasher;
  return persistence::hex(persistence::view(hasher.of(parts)));
}

TEST(HashTest, the_published_examples_come_out) {
  EXPECT_EQ(digest_of({""}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest_of({"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HashTest, parts_are_hashed_as_if_joined) {
  EXPECT_EQ(digest_of({"a", "", "bc"}), digest_of({"abc"}));
}

TEST(HashTest, a_hasher_starts_anew_each_time) {
  persistence::Hasher hasher;
  auto const first = hasher.of({"abc"});
  hasher.of({"something else"});
  EXPECT_EQ(hasher.of({"abc"}), first);
}

}  // namespace
}  // namespace tests
