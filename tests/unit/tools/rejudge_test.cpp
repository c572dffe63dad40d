// Signatures of bids judged again from a journal alone: what was noted must be what they are worth, and a note that
// lies is caught by the seq of the bid.
#include "tools/ebb/rejudge.h"

#include "modules/accounts/commands.h"
#include "tests/unit/tools/kept_world.h"
#include "tools/client/signer.h"
#include "tools/ebb/signatures.h"
#include "tools/ebb/verify.h"

namespace {

namespace accounts = modules::accounts;
using ebb_client::Signer;
using engine::Seq;
using engine::SigningKeyId;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::Optional;

std::string text_of(Seq seq) {
  return std::to_string(seq.number());
}

class RejudgeTest : public kept::KeptWorld {
 protected:
  // The key of the log names the house in what is signed, so it is there first.
  void SetUp() override {
    std::filesystem::create_directories(data() / "keys");
    auto const log = persistence::HeadSigner::open(log_key(), persistence::HeadSigner::Missing::Make);
    ASSERT_TRUE(log) << log.error().what;
    house_ = ebb::house_of(log->key());
    one_ = add_key(0, Signer::Algorithm::EcdsaP256);
    two_ = add_key(1, Signer::Algorithm::Sm2);
    run(R"("format":"reverse","ceiling":"10000.00","decrement":"50.00","signed_bids":true)");
  }
  std::filesystem::path log_key() const { return data() / "keys" / persistence::head_key_name; }

  SigningKeyId add_key(std::size_t supplier, Signer::Algorithm algorithm) {
    auto signer = Signer::make(algorithm);
    EXPECT_TRUE(signer);
    auto const& who = suppliers_[supplier];
    auto const told = world_.send(accounts::by(
        who.person, who.session,
        accounts::AddSigningKey{who.org, static_cast<accounts::SigningAlgorithm>(algorithm), signer->public_key()}));
    EXPECT_EQ(told.code, "");
    SigningKeyId const key{told.id};
    signers_.emplace(key, *std::move(signer));
    return key;
  }
  void revoke(std::size_t supplier, SigningKeyId key) {
    auto const& who = suppliers_[supplier];
    EXPECT_EQ(world_.send(accounts::by(who.person, who.session, accounts::RevokeSigningKey{key})).code, "");
  }
  // `signed_yuan`: what the signature is over.
  Seq bid_signed(std::size_t supplier, std::int64_t yuan, SigningKeyId key, std::int64_t signed_yuan) {
    auto const& who = suppliers_[supplier];
    engine::PlaceBid bid{lot_, who.org, who.person, engine::Money::fen(signed_yuan * 100), {}, engine::Consent::Given};
    std::ranges::copy("k" + std::to_string(++bids_), bid.key.text.begin());
    engine::Signature signature{key, {}};
    auto const bytes = signers_.at(key).sign(gateway::signed_text(house_, bid));
    EXPECT_TRUE(bytes);
    if (bytes) std::ranges::copy(*bytes, signature.bytes.begin());
    bid.price = engine::Money::fen(yuan * 100);
    for (auto const& event : world_.send(engine::PlaceSignedBid{bid, signature}).events) {
      if (auto const* told = std::get_if<engine::BidSigned>(&event)) return told->seq;
    }
    ADD_FAILURE() << "not accepted";
    return {};
  }
  Seq good(std::size_t supplier, std::int64_t yuan, SigningKeyId key) { return bid_signed(supplier, yuan, key, yuan); }
  Seq forged(std::size_t supplier, std::int64_t yuan, SigningKeyId key) {
    return bid_signed(supplier, yuan, key, yuan + 1);
  }
  std::string note(Seq through, std::vector<Seq> invalid = {}) {
    return world_.send(engine::NoteSignatures{lot_, through, std::move(invalid)}).code;
  }

  ebb::VerifyTold verify(std::string const& key = {}) {
    keep();
    return verify_as_it_lies(key);
  }
  ebb::VerifyTold verify_as_it_lies(std::string const& key = {}) const {
    auto const told = ebb::verify({.directory = data(), .receipt = {}, .heads = {}, .key = key});
    EXPECT_TRUE(told) << told.error().what;
    return told.value_or(ebb::VerifyTold{});
  }

  engine::LotId const lot_ = engine::lot_id(engine::InquiryId{1}, 1);
  std::string house_;
  SigningKeyId one_;
  SigningKeyId two_;

 private:
  std::map<SigningKeyId, Signer> signers_;
  int bids_ = 0;
};

TEST_F(RejudgeTest, what_was_noted_as_it_is_is_counted) {
  good(0, 9'000, one_);
  auto const bad = forged(1, 8'900, two_);
  note(bad, {bad});
  auto const last = good(1, 8'800, two_);
  note(last);
  good(0, 8'500, one_);
  auto const told = verify();
  EXPECT_EQ(told.damage, std::nullopt);
  EXPECT_THAT(told.text, HasSubstr("signatures: 4 of bids judged again: 2 hold, 1 do not, as was noted; 1 are not "
                                   "noted\n"));
}

TEST_F(RejudgeTest, a_journal_without_signed_bids_has_no_word_of_them) {
  auto const told = verify();
  EXPECT_EQ(told.damage, std::nullopt);
  EXPECT_THAT(told.text, Not(HasSubstr("signature")));
}

TEST_F(RejudgeTest, a_bid_that_was_noted_to_hold_and_does_not_is_named) {
  good(0, 9'000, one_);
  auto const bad = forged(1, 8'900, two_);
  auto const last = good(1, 8'800, two_);
  note(last);
  auto const told = verify();
  EXPECT_THAT(told.damage, Optional(AllOf(HasSubstr("the signature of bid " + text_of(bad) + " of lot 1-1"),
                                          HasSubstr("was noted to hold: the signature is not of this bid"))));
  EXPECT_THAT(told.text, HasSubstr("3 of bids judged again: 2 hold, 0 do not, as was noted; 1 were noted otherwise"));
}

TEST_F(RejudgeTest, a_bid_that_was_noted_not_to_hold_and_does_is_named) {
  auto const fine = good(0, 9'000, one_);
  auto const last = good(1, 8'900, two_);
  note(last, {fine});
  EXPECT_THAT(verify().damage, Optional(AllOf(HasSubstr("the signature of bid " + text_of(fine) + " of lot 1-1"),
                                              HasSubstr("was noted not to hold: it holds"))));
}

TEST_F(RejudgeTest, a_key_counts_from_its_registration_to_its_revocation) {
  auto const before = good(0, 9'000, one_);
  revoke(0, one_);
  auto const behind = good(0, 8'900, one_);
  note(behind, {behind});
  EXPECT_EQ(verify().damage, std::nullopt) << "what was signed before stays signed: " << before.number();

  auto const again = good(0, 8'800, one_);
  note(again);
  EXPECT_THAT(verify().damage,
              Optional(AllOf(HasSubstr("bid " + text_of(again) + " of"), HasSubstr("the key was not in force"))));
}

TEST_F(RejudgeTest, another_suppliers_key_is_no_key) {
  auto const bid = good(0, 9'000, two_);
  note(bid);
  EXPECT_THAT(verify().damage, Optional(HasSubstr("was noted to hold: the key is another supplier's")));
}

TEST_F(RejudgeTest, a_note_that_was_refused_says_nothing) {
  auto const bid = good(0, 9'000, one_);
  EXPECT_EQ(note(bid), "");
  EXPECT_EQ(note(bid, {bid}), "STATE_CONFLICT");
  EXPECT_EQ(verify().damage, std::nullopt);
}

TEST_F(RejudgeTest, of_one_bid_it_says_by_which_key_it_is_signed_and_what_that_is_worth) {
  auto const fine = good(0, 9'000, one_);
  auto const bad = forged(0, 8'900, one_);
  note(bad, {bad});
  keep();
  auto const asked = [&](Seq seq) {
    auto const found = ebb::rejudge(data(), house_, seq, {});
    return found ? found->asked : found.error().what;
  };
  auto const org = std::to_string(suppliers_[0].org.number());
  EXPECT_EQ(asked(fine), "bid " + text_of(fine) + " is signed with key 1 in the name of org " + org + ": it holds");
  EXPECT_THAT(asked(bad), HasSubstr("the signature is not of this bid by this key"));
  EXPECT_EQ(asked(Seq{1}), "");
}

TEST_F(RejudgeTest, without_the_key_of_the_log_nothing_is_judged_unless_it_is_given) {
  auto const bad = forged(0, 9'000, one_);
  note(bad);
  keep();
  auto const key = persistence::HeadSigner::open(log_key(), persistence::HeadSigner::Missing::Refuse)->key();
  std::filesystem::remove(log_key());
  auto const told = verify_as_it_lies();
  EXPECT_EQ(told.damage, std::nullopt);
  EXPECT_THAT(told.text, HasSubstr("signatures: those of bids were not judged"));
  EXPECT_THAT(verify_as_it_lies(persistence::hex({key.data(), key.size()})).damage,
              Optional(HasSubstr("was noted to hold")));
}

}  // namespace
