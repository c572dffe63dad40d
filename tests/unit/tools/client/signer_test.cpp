// What a supplier's key signs holds for whoever verifies, and for nothing else.
#include "tools/client/signer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/signature.h"
#include "gateway/wire.h"

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

TEST(SignedText, is_what_the_house_verifies) {
  engine::PlaceBid bid{engine::lot_id(engine::InquiryId{12}, 1),
                       engine::BidderId{5},
                       engine::PersonId{9},
                       engine::Money::fen(98'000'00),
                       *gateway::read_key("my-first-bid"),
                       engine::Consent::NotGiven};
  std::string const house(64, 'a');
  ebb_client::BidToSign said{.house = house, .lot = "12-1", .org = "5", .price = "98000.00", .key = "my-first-bid"};
  EXPECT_EQ(ebb_client::signed_text(said), gateway::signed_text(house, bid));
  bid.consent = engine::Consent::Given;
  said.is_confirmed = true;
  EXPECT_EQ(ebb_client::signed_text(said), gateway::signed_text(house, bid));
}

TEST(SignedText, bytes_are_written_in_lower_case) {
  EXPECT_EQ(ebb_client::in_hexadecimal(std::string_view{"\x00\x7f\xff\x0a", 4}), "007fff0a");
}

INSTANTIATE_TEST_SUITE_P(with, Signing, testing::Values(Signer::Algorithm::EcdsaP256, Signer::Algorithm::Sm2));

}  // namespace
