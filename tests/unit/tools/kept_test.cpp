// What somebody outside kept, from files: a receipt that holds, and each way in which one does not.
#include "tools/ebb/kept.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/text.h"
#include "tests/unit/persistence/logged_disk.h"
#include "tools/client/signer.h"
#include "tools/ebb/signatures.h"
#include "tools/ebb/verify.h"

namespace tests {
namespace {

using persistence::hex;
using persistence::view;
using testing::HasSubstr;
using testing::Optional;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}
std::string json_of(persistence::TreeHead const& head) {
  return fmt::format(R"({{"size":{},"root":"{}","at":"{}","signature":"{}"}})", head.size, hex(view(head.root)),
                     persistence::text_of(head.at), hex({head.signature.data(), head.signature.size()}));
}
std::string json_of(persistence::merkle::Path const& path) {
  std::string text;
  for (auto const& step : path) text += (text.empty() ? "\"" : ",\"") + hex(view(step)) + "\"";
  return "[" + text + "]";
}

// A supplier's own files, after a short auction: seq 2 is a bid, seq 3 a sealed quote.
struct KeptTest : testing::Test {
  void SetUp() override {
    log.start();
    log.commit({tick(1), bid(2, 98'000'00), sealed_quote(3, 97'000'00)});
    leaves.assign(log.disk.journal().leaves().begin(), log.disk.journal().leaves().end());
    seen = log.head_of(3);
    log.commit(ticks(4, 5));
    head = log.head_of(8);
  }
  std::string receipt(std::uint64_t seq, std::string_view price) {
    auto const entry = good(log.tree->entry(engine::Seq{seq})).value();
    auto const key = hex({log.tree->key().data(), 32});
    return fmt::format(
        R"({{"format":"ebb.receipt.v1","receipt":{{"type":"receipt","lot":"{}","key":"key-{}","outcome":"accepted",)"
        R"("seq":{},"at":"{}","price":"{}","leaf":"{}"}},"entry":{{"seq":{},"public":"{}","blinding":"{}","salt":"{}",)"
        R"("private":"{}"}},"inclusion":{{"seq":{},"size":{},"leaf":"{}","path":{}}},"head":{},"key":"{}","seen":{},)"
        R"("consistency":{{"from":3,"to":{},"path":{}}}}})",
        modules::lot_text(lot), seq, seq, persistence::text_of(entry.command.at), price, hex(view(leaves[seq - 1])),
        seq, hex(entry.public_bytes), hex(view(entry.blinding)), hex(view(*entry.salt)), hex(entry.private_bytes), seq,
        head.size, hex(view(leaves[seq - 1])), json_of(good(log.tree->inclusion(engine::Seq{seq}, head.size))),
        json_of(head), key, json_of(seen), head.size, json_of(good(log.tree->consistency(3, head.size))));
  }
  // Seq 9: a bid of 96000.00, signed as if it were of that price.
  std::string signed_receipt(std::int64_t signed_fen) {
    auto command = bid(9, signed_fen);
    auto placed = std::get<engine::PlaceBid>(command.command);
    engine::Signature signature{engine::SigningKeyId{4}, {}};
    std::ranges::copy(good(signer.sign(gateway::signed_text(ebb::house_of(log.tree->key()), placed))),
                      signature.bytes.begin());
    placed.price = engine::Money::fen(96'000'00);
    command.command = engine::PlaceSignedBid{placed, signature};
    log.commit({command});
    leaves.resize(9);
    leaves.back() = log.disk.journal().leaves().front();
    head = log.head_of(9);
    return receipt(9, "96000.00");
  }
  std::string with_signing_key(std::string_view receipt, std::string_view id) const {
    return fmt::format(R"({},"signing_key":{{"id":"{}","algorithm":"SM2","public_key":"{}","org":"11"}}}})",
                       receipt.substr(0, receipt.size() - 1), id, hex(signer.public_key()));
  }
  ebb::KeptReceipt read(std::string const& text) {
    overwrite(directory / "receipt.json", text);
    return good(ebb::read_receipt(directory / "receipt.json"));
  }
  std::optional<std::string> wrong_in(std::string const& text) { return what_is_wrong(read(text), log.tree->key()); }

  Directory directory;
  LoggedDisk log{directory / "data"};
  ebb_client::Signer const signer = good(ebb_client::Signer::make(ebb_client::Signer::Algorithm::Sm2));
  std::vector<persistence::Digest> leaves;
  persistence::TreeHead seen;
  persistence::TreeHead head;
};

TEST_F(KeptTest, a_receipt_that_was_kept_holds_open_or_sealed) {
  EXPECT_EQ(wrong_in(receipt(2, "98000.00")), std::nullopt);
  EXPECT_EQ(wrong_in(receipt(3, "97000.00")), std::nullopt);
  auto const told = ebb::told(read(receipt(2, "98000.00")), std::nullopt);
  EXPECT_THAT(told, HasSubstr("seq 2 of lot 7-1 is in the log of 8 entries"));
  EXPECT_THAT(told, HasSubstr("it continues the log of 3 entries"));
  EXPECT_THAT(told, HasSubstr("came with the file"));
}

TEST_F(KeptTest, each_word_of_the_receipt_is_held_against_the_log) {
  auto const good_one = receipt(2, "98000.00");
  EXPECT_THAT(wrong_in(receipt(2, "98000.01")),
              Optional(HasSubstr("the receipt says price 98000.01; the log has 98000.00")));
  EXPECT_THAT(wrong_in(receipt(3, "96000.00")), Optional(HasSubstr("the log has 97000.00")));
  EXPECT_THAT(wrong_in(replaced(good_one, R"("lot":"7-1")", R"("lot":"7-2")")), Optional(HasSubstr("says lot 7-2")));
  EXPECT_THAT(wrong_in(replaced(good_one, R"("key":"key-2")", R"("key":"key-9")")),
              Optional(HasSubstr("says key key-9")));
  EXPECT_THAT(wrong_in(replaced(good_one, R"(20.002Z","price")", R"(20.003Z","price")")),
              Optional(HasSubstr("says time")));
}

TEST_F(KeptTest, each_part_of_the_proof_is_checked) {
  auto const good_one = receipt(2, "98000.00");
  auto const other_leaf = hex(view(leaves[2]));
  auto const leaf = hex(view(leaves[1]));
  EXPECT_THAT(wrong_in(replaced(good_one, leaf, other_leaf)),
              Optional(HasSubstr("of another command than the receipt")));
  auto const both = replaced(replaced(good_one, leaf, other_leaf), leaf, other_leaf);
  EXPECT_THAT(wrong_in(both), Optional(HasSubstr("the entry gives the leaf")));
  EXPECT_THAT(wrong_in(replaced(good_one, json_of(head), json_of(seen))), Optional(HasSubstr("")));
  auto bent = head;
  bent.signature[3] = static_cast<char>(bent.signature[3] ^ 1);
  EXPECT_THAT(wrong_in(replaced(good_one, json_of(head), json_of(bent))),
              Optional(HasSubstr("is not signed with the key")));
  auto earlier = seen;
  earlier.root = head.root;
  EXPECT_THAT(wrong_in(replaced(good_one, json_of(seen), json_of(earlier))),
              Optional(HasSubstr("the head of size 3 is not signed")));
}

TEST_F(KeptTest, a_signed_bid_says_so_and_whether_its_signature_holds) {
  auto const receipt = signed_receipt(96'000'00);
  EXPECT_EQ(wrong_in(receipt), std::nullopt);
  EXPECT_THAT(ebb::told(read(receipt), std::nullopt),
              HasSubstr("it is signed with key 4 in the name of org 11; the key is not in the file"));
  EXPECT_THAT(ebb::told(read(with_signing_key(receipt, "4")), log.tree->key()),
              HasSubstr("org 11, and the signature holds by the key of fingerprint " +
                        hex(view(persistence::Hasher{}.of({signer.public_key()})))));
  EXPECT_THAT(ebb::told(read(with_signing_key(receipt, "5")), std::nullopt), HasSubstr("was not checked"));
  auto const not_shown = replaced(with_signing_key(receipt, "4"), R"("public_key")", R"("another_member")");
  EXPECT_THAT(ebb::told(read(not_shown), std::nullopt), HasSubstr("was not checked"));
}

TEST_F(KeptTest, a_bid_whose_signature_does_not_hold_is_in_the_log_all_the_same) {
  auto const receipt = with_signing_key(signed_receipt(95'000'00), "4");
  EXPECT_EQ(wrong_in(receipt), std::nullopt);
  EXPECT_THAT(ebb::told(read(receipt), std::nullopt), HasSubstr("and the signature does not hold by the key of"));
}

TEST_F(KeptTest, a_bid_that_is_not_signed_has_no_word_of_it) {
  EXPECT_THAT(ebb::told(read(with_signing_key(receipt(2, "98000.00"), "4")), std::nullopt),
              testing::Not(HasSubstr("signature")));
}

TEST_F(KeptTest, a_key_that_is_known_counts_more_than_the_one_in_the_file) {
  persistence::PublicKey known{};
  EXPECT_THAT(what_is_wrong(read(receipt(2, "98000.00")), known), Optional(HasSubstr("the log is known by 0000")));
}

TEST_F(KeptTest, a_file_that_is_not_of_its_form_is_named_with_its_member) {
  auto const good_one = receipt(2, "98000.00");
  auto reason = [&](std::string const& text) {
    overwrite(directory / "receipt.json", text);
    return why(ebb::read_receipt(directory / "receipt.json"));
  };
  EXPECT_THAT(reason("{"), HasSubstr("not a JSON object"));
  EXPECT_THAT(reason("[]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(reason(replaced(good_one, "ebb.receipt.v1", "ebb.receipt.v2")), HasSubstr("is not ebb.receipt.v1"));
  EXPECT_THAT(reason(replaced(good_one, R"("path":[")", R"("pith":[")")), HasSubstr("inclusion.path: missing"));
  EXPECT_THAT(reason(replaced(good_one, R"("root":")", R"("root":"x)")), HasSubstr("head.root: missing, or not"));
  EXPECT_THAT(reason(replaced(good_one, R"("seq":2)", R"("seq":-2)")), HasSubstr("receipt.seq"));
  EXPECT_THAT(reason(replaced(with_signing_key(good_one, "4"), "SM2", "SM3")), HasSubstr("signing_key.algorithm"));
  EXPECT_THAT(reason(with_signing_key(good_one, "x")), HasSubstr("signing_key.id"));
  EXPECT_THAT(why(ebb::read_receipt(directory / "none")), HasSubstr("none: open"));
}

TEST_F(KeptTest, published_heads_are_read_up_to_a_line_that_was_cut_off) {
  auto const line = persistence::line_of({head, log.tree->key()});
  overwrite(directory / "heads", line + "\n" + line + "\n" + line.substr(0, 30));
  EXPECT_EQ(good(ebb::read_heads(directory / "heads")).size(), 2U);
  overwrite(directory / "heads", line + "\nsomething\n");
  EXPECT_THAT(why(ebb::read_heads(directory / "heads")), HasSubstr("heads:2: not a published head"));
}

// ---- ebb verify --------------------------------------------------------------------------------------------------

TEST_F(KeptTest, verify_takes_files_alone) {
  overwrite(directory / "receipt.json", receipt(3, "97000.00"));
  overwrite(directory / "heads", persistence::line_of({head, log.tree->key()}) + "\n");
  auto const told = good(ebb::verify({{}, directory / "receipt.json", directory / "heads", {}}));
  EXPECT_EQ(told.damage, std::nullopt);
  EXPECT_THAT(told.text, HasSubstr("its leaf is made of what the receipt says"));
  EXPECT_THAT(told.text, HasSubstr("3 heads are signed with one key"));
  EXPECT_THAT(why(ebb::verify({{}, directory / "receipt.json", {}, "12"})),
              HasSubstr("expected 64 hexadecimal digits"));
}

TEST_F(KeptTest, verify_holds_a_directory_against_a_receipt) {
  overwrite(directory / "receipt.json", receipt(2, "98000.00"));
  log.stop();
  // This journal's outcomes are a test's own, so that deciding again differs: after everything else has passed.
  auto const told = good(ebb::verify({directory / "data", directory / "receipt.json", {}, {}}));
  EXPECT_THAT(told.text, HasSubstr("2 heads that others kept are its own\n1 receipts that others kept are in it\n"));
  EXPECT_THAT(told.damage, Optional(HasSubstr("decided again: ")));
}

}  // namespace
}  // namespace tests
