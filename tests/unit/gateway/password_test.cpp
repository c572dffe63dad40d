// Hashes, tokens and the rules of a password.
#include "gateway/password.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gateway::password {
namespace {

TEST(Password, has_10_to_128_characters_not_bytes) {
  EXPECT_EQ(judge("123456789"), Fit::Refused);
  EXPECT_EQ(judge("1234567890"), Fit::Accepted);
  EXPECT_EQ(judge(std::string(128, 'x')), Fit::Accepted);
  EXPECT_EQ(judge(std::string(129, 'x')), Fit::Refused);
  EXPECT_EQ(judge("一二三四五六七八九"), Fit::Refused);
  EXPECT_EQ(judge("一二三四五六七八九十"), Fit::Accepted);
  EXPECT_EQ(judge("123456789\xff"), Fit::Refused);
  EXPECT_EQ(judge("123456789\xe4\xb8"), Fit::Refused);
}

TEST(Password, matches_its_own_hash_and_no_other) {
  auto const made = hash("correct horse");
  ASSERT_TRUE(made);
  EXPECT_THAT(*made, testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_EQ(verify("correct horse", *made), Match::Same);
  EXPECT_EQ(verify("correct horsf", *made), Match::Other);
  EXPECT_EQ(verify("correct horse", "not a hash"), Match::Other);
  EXPECT_NE(*hash("correct horse"), *made);  // salted
}

TEST(Password, of_nobody_costs_the_same_and_matches_nothing) {
  EXPECT_THAT(nobody_hash(), testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_EQ(verify("", nobody_hash()), Match::Other);
  EXPECT_EQ(verify("0000000000", nobody_hash()), Match::Other);
}

TEST(Password, for_once_is_long_enough_and_never_the_same) {
  EXPECT_EQ(judge(one_time()), Fit::Accepted);
  EXPECT_NE(one_time(), one_time());
}

TEST(Token, is_43_characters_of_base64url_and_never_the_same) {
  EXPECT_THAT(new_token(), testing::MatchesRegex("[A-Za-z0-9_-]+"));
  EXPECT_EQ(new_token().size(), 43U);
  EXPECT_NE(new_token(), new_token());
}

TEST(Token, is_known_by_its_sha256) {
  std::string hex;
  for (char const c : token_digest("abc")) {
    auto const byte = static_cast<unsigned char>(c);
    constexpr std::string_view digits = "0123456789abcdef";
    hex.push_back(digits[byte >> 4]);
    hex.push_back(digits[byte & 15]);
  }
  EXPECT_EQ(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace gateway::password
