// The transparency log as a stranger checks it who kept a receipt and a tree head, with code of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"
#include "tests/support/e2e_proof.h"

namespace {

using namespace support;
namespace json = boost::json;

class Proof : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& regulator = market.add_regulator("finance");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");

  std::string open_inquiry() {
    return market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.ceiling = "100000.00"}}});
  }
  json::object log(std::string_view path) {
    auto const answer = market.nobody().get("/api/v1/log/" + std::string(path));
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    return answer.status == 200 ? answer.json().as_object() : json::object{};
  }
  std::string key() { return text_or(log("key").if_contains("key"), ""); }
  // The newest head, once it covers that command.
  json::object head_with(std::int64_t seq) {
    Deadline const deadline{long_enough};
    auto head = log("head");
    while (head.at("size").as_int64() < seq && !deadline.is_over()) head = log("head");
    EXPECT_GE(head.at("size").as_int64(), seq);
    return head;
  }
  json::object inclusion_in(json::object const& head, std::int64_t seq) {
    return log("inclusion?seq=" + std::to_string(seq) + "&size=" + std::to_string(head.at("size").as_int64()));
  }
  json::object consistency(json::object const& older, json::object const& newer) {
    return log("consistency?from=" + std::to_string(older.at("size").as_int64()) +
               "&to=" + std::to_string(newer.at("size").as_int64()));
  }
  HttpAnswer entry(Person const& person, std::int64_t seq) {
    return market.read(person, "/api/v1/log/entries/" + std::to_string(seq));
  }
  // In a tree whose head is signed with the key of the log, as the leaf that it is.
  void expect_proved(json::object const& receipt) {
    auto const seq = receipt.at("seq").as_int64();
    auto const head = head_with(seq);
    auto const inclusion = inclusion_in(head, seq);
    EXPECT_EQ(inclusion.at("leaf"), receipt.at("leaf"));
    EXPECT_EQ(root_of(inclusion), head.at("root").as_string());
    EXPECT_TRUE(is_signed(head, key()));
  }
};

TEST_F(Proof, a_receipt_accepted_or_refused_is_proved_from_the_next_head_on) {
  auto const lot = open_inquiry() + "-1";
  auto seat = market.seat(s1);
  auto const accepted = seat.bid(lot, "90000.00", "a");
  auto const refused = seat.bid(lot, "90000.00", "b");
  ASSERT_TRUE(accepted.is_accepted());
  ASSERT_EQ(refused.outcome, "refused");
  EXPECT_NE(accepted.message.at("leaf"), refused.message.at("leaf"));
  expect_proved(accepted.message);
  expect_proved(refused.message);
  EXPECT_EQ(seat.bid(lot, "90000.00", "a").message.at("leaf"), accepted.message.at("leaf")) << "a repeat";
}

TEST_F(Proof, a_proof_of_another_place_or_of_another_leaf_does_not_hold) {
  auto const lot = open_inquiry() + "-1";
  auto const seq = market.seat(s1).bid(lot, "90000.00", "a").message.at("seq").as_int64();
  auto const head = head_with(seq);
  auto inclusion = inclusion_in(head, seq);
  ASSERT_EQ(root_of(inclusion), head.at("root").as_string());
  inclusion["seq"] = seq - 1;
  EXPECT_NE(root_of(inclusion), head.at("root").as_string());
  inclusion["seq"] = seq;
  inclusion["leaf"] = inclusion_in(head, seq - 1).at("leaf");
  EXPECT_NE(root_of(inclusion), head.at("root").as_string());
  auto forged = head;
  forged["size"] = head.at("size").as_int64() + 1;
  EXPECT_FALSE(is_signed(forged, key()));
}

TEST_F(Proof, every_later_head_holds_what_an_earlier_one_held_over_kill_9_too) {
  auto const lot = open_inquiry() + "-1";
  auto const first = market.seat(s1).bid(lot, "90000.00", "a").message;
  auto const kept = head_with(first.at("seq").as_int64());
  auto const known = key();
  market.server().kill();
  market.server().start();
  EXPECT_EQ(key(), known);
  auto seat = market.seat(s1);
  auto const asked = seat.ask(lot, "a");
  EXPECT_EQ(asked.at("leaf"), first.at("leaf")) << "after a restart";
  auto const second = seat.bid(lot, "80000.00", "b").message;
  auto const grown = head_with(second.at("seq").as_int64());
  EXPECT_TRUE(is_consistent(kept, grown, consistency(kept, grown)));
  auto forged = kept;
  forged["root"] = grown.at("root");
  EXPECT_FALSE(is_consistent(forged, grown, consistency(kept, grown)));
  auto const again = log("head?size=" + std::to_string(kept.at("size").as_int64()));
  EXPECT_EQ(again, kept) << "heads are kept for ever";
  expect_proved(first);
  expect_proved(second);
}

TEST_F(Proof, an_entry_gives_back_its_leaf_and_is_shown_to_its_own_bidder) {
  auto const lot = open_inquiry() + "-1";
  auto const receipt = market.seat(s1).bid(lot, "90000.00", "a").message;
  auto const seq = receipt.at("seq").as_int64();
  auto const own = entry(s1, seq);
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(leaf_of(own.json().as_object()), receipt.at("leaf").as_string());
  auto changed = own.json().as_object();
  changed["salt"] = hex_of(std::string(32, '\0'));
  EXPECT_EQ(leaf_of(changed), "");
  for (auto const* other : {&s2, &buyer, &regulator}) EXPECT_EQ(entry(*other, seq).code(), "ENTRY_NOT_YOURS");
  EXPECT_EQ(market.nobody().get("/api/v1/log/entries/" + std::to_string(seq)).code(), "SIGN_IN_REQUIRED");
}

TEST_F(Proof, a_sealed_quote_is_opened_against_its_leaf_and_by_nobody_else_before_the_close) {
  auto const inquiry = market.start_now(
      buyer, {.format = "sealed", .admitted = {s1.org, s2.org}, .lots = {{.ceiling = "100000.00", .duration_s = 5}}});
  auto const lot = inquiry + "-1";
  auto const receipt = market.seat(s1).bid(lot, "73191.47", "q").message;
  auto const seq = receipt.at("seq").as_int64();
  for (auto const* other : {&s2, &buyer, &regulator}) EXPECT_EQ(entry(*other, seq).code(), "ENTRY_NOT_YOURS");
  auto const own = entry(s1, seq).json().as_object();
  EXPECT_EQ(leaf_of(own), receipt.at("leaf").as_string());
  EXPECT_EQ(own.at("private").as_string(), "6bae6f0000000000") << "7,319,147 fen, little-endian";
  EXPECT_EQ(own.at("public").as_string().find("6bae6f00"), std::string::npos);

  ASSERT_TRUE(market.comes_to(lot, "SELECTING"));
  for (auto const* other : {&buyer, &regulator}) {
    auto const opened = entry(*other, seq);
    ASSERT_EQ(opened.status, 200) << opened.body;
    EXPECT_EQ(opened.json().as_object(), own);
  }
  EXPECT_EQ(entry(s2, seq).code(), "ENTRY_NOT_YOURS");
}

// What publishes an inquiry draws its aliases: whoever read it would know who is who.
TEST_F(Proof, every_write_names_its_leaf_and_the_command_of_a_module_is_shown_to_nobody) {
  auto const made =
      market.as(buyer).post("/api/v1/inquiries", json::serialize(InquiryDraft{.admitted = {s1.org}}.json()));
  auto const seq = std::stoll(made.header("Ebb-Seq"));
  auto const head = head_with(seq);
  EXPECT_EQ(inclusion_in(head, seq).at("leaf").as_string(), made.header("Ebb-Leaf"));
  EXPECT_EQ(entry(buyer, seq).code(), "ENTRY_NOT_YOURS");
  EXPECT_EQ(entry(regulator, seq).code(), "ENTRY_NOT_YOURS");
}

}  // namespace
