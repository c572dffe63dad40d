// What a supplier's key signs holds for whoever verifies, and for nothing else.
#include "tools/client/signer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/signature.h"

namespace {

using ebb_client::Signer;

class Signing : public testing::TestWithParam<Signer::Algorithm> {
 protected:
  static engine::Signature as_sent(std::string const& bytes) {
    engine::Signature signature;
    EXPECT_EQ(bytes.size(), signature.bytes.size());
    std::ranges::copy(bytes, signature.bytes.begin());
    return signature;
  }
};

TEST_P(Signing, holds_under_the_keys_public_half) {
  auto const signer = Signer::make(GetParam());
  ASSERT_TRUE(signer) << signer.error().what;
  auto const key =
      gateway::VerifyingKey::read(static_cast<gateway::SigningAlgorithm>(GetParam()), signer->public_key());
  ASSERT_TRUE(key);
  for (int i = 0; i < 20; ++i) {  // r or s is shorter than 32 bytes now and then
    auto const text = "bid " + std::to_string(i);
    auto const signed_once = signer->sign(text);
    ASSERT_TRUE(signed_once) << signed_once.error().what;
    EXPECT_TRUE(key->holds(text, as_sent(*signed_once)));
    EXPECT_FALSE(key->holds(text + ".", as_sent(*signed_once)));
  }
}

TEST_P(Signing, two_keys_are_two) {
  auto const one = Signer::make(GetParam());
  auto const other = Signer::make(GetParam());
  ASSERT_TRUE(one && other);
  EXPECT_NE(one->public_key(), other->public_key());
  auto const key = gateway::VerifyingKey::read(static_cast<gateway::SigningAlgorithm>(GetParam()), one->public_key());
  auto const signed_by_other = other->sign("bid");
  ASSERT_TRUE(key && signed_by_other);
  EXPECT_FALSE(key->holds("bid", as_sent(*signed_by_other)));
}

INSTANTIATE_TEST_SUITE_P(with, Signing, testing::Values(Signer::Algorithm::EcdsaP256, Signer::Algorithm::Sm2));

}  // namespace
