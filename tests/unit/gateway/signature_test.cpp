// Signatures over bids, made elsewhere: P-256 by Node's WebCrypto, SM2 by the openssl program.
#include "gateway/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/wire.h"

namespace gateway {
namespace {

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
  }
  return bytes;
}

std::string const house = std::string(62, '0') + "07";

engine::PlaceBid bid() {
  return {engine::lot_id(engine::InquiryId{12}, 1),
          engine::BidderId{5},
          engine::PersonId{9},
          engine::Money::fen(9'800'000),
          *read_key("my-first-bid"),
          engine::Consent::NotGiven};
}

struct Made {
  SigningAlgorithm algorithm;
  std::string key;
  std::string signature;
};

Made const by_a_browser{
    SigningAlgorithm::EcdsaP256,
    bytes_of("3059301306072a8648ce3d020106082a8648ce3d030107034200046f424243607c45efe9fbc1d32314771fec287c9a01"
             "d0e77d4a1b6fc12f055564699a8a75d7e880dcf1c7189e5dc19571f380db78a1348c6ef2e66e1309d4bd68"),
    bytes_of("d810c779fa1e10bedcda86f2d1afd5f0551e387d8050b5bffc5f80b84646d7c99bce4fbd82c9d1adeb6d4d34a4e035c7"
             "fb099bcb60265f6932e6ae40e1ac1733")};
Made const by_a_certificate{
    SigningAlgorithm::Sm2,
    bytes_of("3059301306072a8648ce3d020106082a811ccf5501822d03420004e66dac0cd736567868d52edac4da231f47fc88cbda"
             "95ffacbe36057e05920d3ba7fe1d94cd0dd0c7efc73de3566acd146583c8a889e4b7697ead75b1cb2a3c62"),
    bytes_of("9fefa02731c698f8403fcbd66c5e70a69beb9f38e6519421f45a4edc79f43e55d8702eaec42b5a0aecda084a997b80f6"
             "763ff1b5aa6945fc1909db7eab6fa89a")};

engine::Signature signature_of(std::string const& bytes) {
  engine::Signature signature;
  std::ranges::copy(bytes, signature.bytes.begin());
  return signature;
}

class Signing : public testing::TestWithParam<Made> {
 protected:
  bool holds(std::string const& text, std::string const& signature) const {
    auto const key = VerifyingKey::read(GetParam().algorithm, GetParam().key);
    return key && key->holds(text, signature_of(signature));
  }
};

TEST(SignedText, says_the_house_the_lot_the_supplier_the_price_the_key_and_the_consent) {
  EXPECT_EQ(signed_text(house, bid()), "ebb bid 1\n" + house + "\n12-1\n5\n98000.00\nmy-first-bid\n\n");
  auto confirmed = bid();
  confirmed.consent = engine::Consent::Given;
  EXPECT_EQ(signed_text(house, confirmed), "ebb bid 1\n" + house + "\n12-1\n5\n98000.00\nmy-first-bid\nconfirmed\n");
}

TEST_P(Signing, of_that_bid_holds) {
  EXPECT_TRUE(holds(signed_text(house, bid()), GetParam().signature));
}

TEST_P(Signing, of_any_other_bid_does_not) {
  auto lower = bid();
  lower.price = engine::Money::fen(9'799'999);
  EXPECT_FALSE(holds(signed_text(house, lower), GetParam().signature));
  auto elsewhere = bid();
  elsewhere.lot = engine::lot_id(engine::InquiryId{12}, 2);
  EXPECT_FALSE(holds(signed_text(house, elsewhere), GetParam().signature));
  EXPECT_FALSE(holds(signed_text(std::string(64, '0'), bid()), GetParam().signature));
}

TEST_P(Signing, with_any_bit_changed_does_not) {
  for (std::size_t bit = 0; bit < 8 * GetParam().signature.size(); ++bit) {
    auto changed = GetParam().signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(holds(signed_text(house, bid()), changed)) << "bit " << bit;
  }
  EXPECT_FALSE(holds(signed_text(house, bid()), std::string(64, '\0')));
}

TEST_P(Signing, a_key_is_read_whole_and_for_its_own_algorithm) {
  auto const& [algorithm, der, signature] = GetParam();
  auto const other = algorithm == SigningAlgorithm::Sm2 ? SigningAlgorithm::EcdsaP256 : SigningAlgorithm::Sm2;
  EXPECT_FALSE(VerifyingKey::read(other, der));
  EXPECT_FALSE(VerifyingKey::read(algorithm, der + "x"));
  for (std::size_t size = 0; size < der.size(); ++size)
    EXPECT_FALSE(VerifyingKey::read(algorithm, der.substr(0, size)));
}

// r and s are numbers below the order of the curve, and not 0.
TEST_P(Signing, with_numbers_that_are_out_of_range_does_not) {
  auto const order = GetParam().algorithm == SigningAlgorithm::Sm2
                         ? bytes_of("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123")
                         : bytes_of("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  auto const r = GetParam().signature.substr(0, 32);
  auto const s = GetParam().signature.substr(32);
  std::string const zero(32, '\0');
  std::string const most(32, '\xff');
  for (auto const& number : {zero, order, most}) {
    EXPECT_FALSE(holds(signed_text(house, bid()), number + s));
    EXPECT_FALSE(holds(signed_text(house, bid()), r + number));
  }
}

// What the log says of the key at the place of the bid.
class Judging : public Signing {
 protected:
  RegisteredKey key() const {
    return {bid().bidder, GetParam().algorithm, GetParam().key, engine::Seq{10}, engine::Seq{}};
  }
  SignatureVerdict verdict(std::optional<RegisteredKey> const& registered, engine::PlaceBid const& placed = bid(),
                           std::uint64_t seq = 20) const {
    engine::BidSigned const told{placed, engine::Seq{seq}, {}, signature_of(GetParam().signature)};
    return judge(house, told, registered);
  }
};

TEST_P(Judging, a_bid_signed_with_its_suppliers_key_holds) {
  EXPECT_EQ(verdict(key()), SignatureVerdict::Holds);
}

TEST_P(Judging, a_key_that_nobody_registered_counts_for_nothing) {
  EXPECT_EQ(verdict(std::nullopt), SignatureVerdict::NoSuchKey);
}

TEST_P(Judging, nobody_signs_with_the_key_of_another_supplier) {
  auto others = key();
  others.org = engine::OrgId{6};
  EXPECT_EQ(verdict(others), SignatureVerdict::KeyOfAnother);
}

TEST_P(Judging, a_key_counts_behind_its_registration_and_before_its_end) {
  auto later = key();
  later.added = engine::Seq{20};
  EXPECT_EQ(verdict(later), SignatureVerdict::KeyNotInForce);
  later.added = engine::Seq{19};
  EXPECT_EQ(verdict(later), SignatureVerdict::Holds);
  auto revoked = key();
  for (auto const seq : {11U, 19U, 20U}) {
    revoked.revoked = engine::Seq{seq};
    EXPECT_EQ(verdict(revoked), SignatureVerdict::KeyNotInForce) << seq;
  }
  revoked.revoked = engine::Seq{21};
  EXPECT_EQ(verdict(revoked), SignatureVerdict::Holds);
}

TEST_P(Judging, every_word_of_the_bid_is_signed) {
  std::vector<engine::PlaceBid> others(4, bid());
  others[0].lot = engine::lot_id(engine::InquiryId{12}, 2);
  others[1].price = engine::Money::fen(9'799'999);
  others[2].key = *read_key("my-second-bid");
  others[3].consent = engine::Consent::Given;
  for (auto const& other : others) EXPECT_EQ(verdict(key(), other), SignatureVerdict::Forged);
  engine::BidSigned const told{bid(), engine::Seq{20}, {}, signature_of(GetParam().signature)};
  EXPECT_EQ(judge(std::string(64, '0'), told, key()), SignatureVerdict::Forged) << "of another house";
}

TEST_P(Judging, what_is_no_key_of_its_algorithm_proves_nothing) {
  auto broken = key();
  broken.public_key.pop_back();
  EXPECT_EQ(verdict(broken), SignatureVerdict::Forged);
}

INSTANTIATE_TEST_SUITE_P(made, Judging, testing::Values(by_a_browser, by_a_certificate));
INSTANTIATE_TEST_SUITE_P(made, Signing, testing::Values(by_a_browser, by_a_certificate));

}  // namespace
}  // namespace gateway
