// SHA-256 as a value against the examples of FIPS 180-4.
#include "persistence/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace tests {
namespace {

using persistence::hex;
using persistence::Sha256;
using persistence::view;

TEST(Sha256Test, the_published_examples_come_out) {
  EXPECT_EQ(hex(view(Sha256{}.digest())), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(view(Sha256{}.add("abc").digest())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(view(Sha256{}.add("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").digest())),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256Test, a_copy_goes_its_own_way_from_where_it_was_taken) {
  Sha256 common;
  common.add("ab");
  auto copy = common;
  common.add("x");
  EXPECT_EQ(copy.add("c").digest(), Sha256{}.add("abc").digest());
  EXPECT_EQ(common.digest(), Sha256{}.add("abx").digest());
}

TEST(Sha256Test, asking_for_the_digest_does_not_end_it) {
  Sha256 hash;
  hash.add("a").digest();
  EXPECT_EQ(hash.add("bc").digest(), Sha256{}.add("abc").digest());
}

TEST(Sha256Test, it_agrees_with_the_other_hasher_at_every_length_around_a_block) {
  persistence::Hasher hasher;
  for (std::size_t size = 0; size < 200; ++size) {
    std::string const text(size, static_cast<char>(size));
    EXPECT_EQ(Sha256{}.add(text).digest(), hasher.of({text})) << size;
  }
}

}  // namespace
}  // namespace tests
