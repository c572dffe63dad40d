// What clients say: understood exactly, or refused with the place and what was expected.
#include "gateway/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/limits.h"

namespace {

using namespace gateway;
using testing::HasSubstr;

std::expected<Incoming, Rejected> decode(std::string_view text) {
  static Decoder decoder;  // reused, as a session's thread does
  return decoder.decode(text);
}
template <class Message>
Message good(std::string_view text) {
  auto decoded = decode(text);
  EXPECT_TRUE(decoded) << text;
  return std::get<Message>(decoded.value());
}
// The pointer of the first fault; "accepted" or the refusal's code where there is none.
std::string fault(std::string_view text) {
  auto const decoded = decode(text);
  if (decoded) return "accepted";
  auto const& why = decoded.error().why;
  if (auto const* refusal = std::get_if<engine::Refusal>(&why)) return std::string(refusal->kind->code);
  return std::get<modules::Malformed>(why).faults.at(0).pointer;
}
std::string bid_at(std::string_view price) {
  return R"({"type":"bid","lot":"12-1","key":"k","price":)" + std::string(price) + "}";
}

TEST(Wire, a_bid_is_read_in_any_order_of_its_members) {
  auto const bid = good<Bid>(R"( {"key":"a-1","price":"98000.50","confirm":true,"lot":"12-3","type":"bid"} )");
  EXPECT_EQ(bid.lot, engine::lot_id(engine::InquiryId{12}, 3));
  EXPECT_EQ(bid.price, engine::Money::fen(9'800'050));
  EXPECT_EQ(text_of(bid.key), "a-1");
  EXPECT_EQ(bid.consent, engine::Consent::Given);
}

TEST(Wire, consent_is_not_given_unless_said) {
  EXPECT_EQ(good<Bid>(bid_at("\"1\"")).consent, engine::Consent::NotGiven);
  EXPECT_EQ(good<Bid>(R"({"type":"bid","lot":"12-1","key":"k","price":"1","confirm":false})").consent,
            engine::Consent::NotGiven);
}

TEST(Wire, a_subscription_carries_its_positions) {
  auto const wish = good<Subscribe>(
      R"({"type":"subscribe","id":"a","inquiries":["12","7"],"resume":[{"stream":"12-1/public","epoch":"e","offset":17}]})");
  EXPECT_EQ(wish.inquiries, (std::vector{engine::InquiryId{12}, engine::InquiryId{7}}));
  ASSERT_EQ(wish.resume.size(), 1u);
  EXPECT_EQ(wish.resume[0].offset, 17u);
}

TEST(Wire, the_other_messages_are_read) {
  EXPECT_EQ(good<Unsubscribe>(R"({"type":"unsubscribe","id":"a","inquiries":["12"]})").id, "a");
  EXPECT_EQ(text_of(good<Ask>(R"({"type":"ask","lot":"12-1","key":"q"})").key), "q");
  EXPECT_EQ(good<TimeProbe>(R"({"type":"time","t0": -1.5e3 })").t0, "-1.5e3");
}

TEST(Wire, prices_that_the_rules_must_refuse_are_decoded_with_their_sign) {
  EXPECT_EQ(good<Bid>(bid_at("\"0\"")).price, engine::Money{});
  EXPECT_EQ(good<Bid>(bid_at("\"0.00\"")).price, engine::Money{});
  EXPECT_EQ(good<Bid>(bid_at("\"-5.25\"")).price, engine::Money::fen(-525));
}

TEST(Wire, more_than_two_decimals_is_a_rule_and_not_a_syntax) {
  EXPECT_EQ(fault(bid_at("\"1.001\"")), "AMOUNT_PRECISION");
  EXPECT_EQ(fault(bid_at("\"1.000\"")), "AMOUNT_PRECISION");
  auto const decoded = decode(bid_at("\"1.0000\""));
  auto const& refusal = std::get<engine::Refusal>(decoded.error().why);
  EXPECT_EQ(refusal.actual.value, 4);
  EXPECT_EQ(refusal.limit.value, 2);
  EXPECT_EQ(decoded.error().key, "k");
}

TEST(Wire, what_is_no_amount_is_malformed) {
  for (auto const* price : {"98000.00",
                            "1",
                            "null",
                            "true",
                            "[]",
                            "{}",
                            "\"\"",
                            "\"1.\"",
                            "\".5\"",
                            "\"+1\"",
                            "\"01\"",
                            "\"1e3\"",
                            "\"NaN\"",
                            "\"1,000\"",
                            "\" 1\"",
                            "\"1 \"",
                            "\"1\\u0000\"",
                            "\"--1\"",
                            "\"0x10\"",
                            "\"100000000000.01\"",
                            "\"99999999999999999999\"",
                            "\"9999999999999999.00\""}) {
    EXPECT_EQ(fault(bid_at(price)), "/price") << price;
  }
}

TEST(Wire, the_largest_amount_is_still_one) {
  EXPECT_EQ(good<Bid>(bid_at("\"100000000000.00\"")).price.in_fen(), engine::limits::money_fen_max);
}

TEST(Wire, unknown_duplicate_missing_and_misplaced_members_are_named) {
  EXPECT_EQ(fault(R"({"type":"bid","lot":"12-1","key":"k","price":"1","note":"x"})"), "/note");
  EXPECT_EQ(fault(R"({"type":"bid","lot":"12-1","key":"k","price":"1","price":"2"})"), "/price");
  EXPECT_EQ(fault(R"({"type":"bid","lot":"12-1","key":"k","price":"1","pr\u0069ce":"2"})"), "/price");
  EXPECT_EQ(fault(R"({"type":"bid","lot":"12-1","price":"1"})"), "/key");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-1","key":"k","price":"1"})"), "/price");
  EXPECT_EQ(fault(R"({"lot":"12-1","key":"k"})"), "/type");
  EXPECT_EQ(fault(R"({"type":"retract"})"), "/type");
}

TEST(Wire, wrong_types_are_named) {
  EXPECT_EQ(fault(R"({"type":1})"), "/type");
  EXPECT_EQ(fault(R"({"type":"ask","lot":121,"key":"k"})"), "/lot");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-0","key":"k"})"), "/lot");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-1","key":""})"), "/key");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-1","key":"a b"})"), "/key");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-1","key":"0123456789012345678901234567890123456"})"), "/key");
  EXPECT_EQ(fault(R"({"type":"bid","lot":"12-1","key":"k","price":"1","confirm":1})"), "/confirm");
  EXPECT_EQ(fault(R"({"type":"time","t0":"1"})"), "/t0");
  EXPECT_EQ(fault(R"({"type":"time","t0":01})"), "/t0");
  EXPECT_EQ(fault(R"({"type":"subscribe","id":"a","inquiries":[]})"), "/inquiries");
  EXPECT_EQ(fault(R"({"type":"subscribe","id":"a","inquiries":["1",2]})"), "/inquiries/1");
  EXPECT_EQ(fault(R"({"type":"subscribe","id":"a","inquiries":["01"]})"), "/inquiries/0");
}

TEST(Wire, positions_are_as_strict_as_messages) {
  auto const resume = [](std::string const& position) {
    return fault(R"({"type":"subscribe","id":"a","inquiries":["1"],"resume":[)" + position + "]}");
  };
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e","offset":0})"), "accepted");
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e"})"), "/resume/0");
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e","offset":-1})"), "/resume/0/offset");
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e","offset":1.0})"), "/resume/0/offset");
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e","offset":0,"offset":1})"), "/resume/0/offset");
  EXPECT_EQ(resume(R"({"stream":"1-1/public","epoch":"e","offset":0,"x":1})"), "/resume/0/x");
  EXPECT_EQ(resume("[]"), "/resume/0");
}

TEST(Wire, what_is_not_one_whole_json_object_is_refused) {
  for (auto const* text :
       {"", " ", "{", "[]", "1", "\"bid\"", "null", "{}{}", R"({"type":"ask","lot":"12-1","key":"k"} x)",
        R"({"type":"ask","lot":"12-1","key":"k"}{"type":"ask"})", R"({"type":"ask","lot":"12-1","key":"k",})",
        R"({"type":"bid","lot":"12-1","key":"k","price":"1","confirm":tru})", "{\"type\":\"as\xffk\"}",
        "\xef\xbb\xbf{}", R"({'type':'ask'})", R"({"type":"ask" "lot":"12-1"})"}) {
    EXPECT_NE(fault(text), "accepted") << text;
  }
}

TEST(Wire, a_message_cut_anywhere_is_refused) {
  std::string const whole = R"({"type":"bid","lot":"12-1","price":"98000.00","key":"a","confirm":true})";
  ASSERT_EQ(fault(whole), "accepted");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(fault(whole.substr(0, size)), "accepted") << size;
}

TEST(Wire, deep_nesting_does_not_reach_the_stack) {
  EXPECT_EQ(fault(R"({"type":)" + std::string(16'000, '[') + "}"), "/type");
}

TEST(Wire, the_id_is_echoed_where_it_could_be_read) {
  auto const decoded = decode(R"({"type":"subscribe","id":"abc","inquiries":5})");
  EXPECT_EQ(decoded.error().id, "abc");
}

TEST(Wire, a_proxy_has_a_limit_and_a_step_that_are_amounts) {
  auto const set = good<gateway::SetProxy>(R"({"type":"set_proxy","id":"p","lot":"12-1","limit":"900.50","step":"5"})");
  EXPECT_EQ(set.limit.in_fen(), 90'050);
  EXPECT_EQ(set.step.in_fen(), 500);
  EXPECT_EQ(set.id, "p");
  EXPECT_EQ(fault(R"({"type":"set_proxy","id":"p","lot":"12-1","limit":900,"step":"5"})"), "/limit");
  EXPECT_EQ(fault(R"({"type":"set_proxy","id":"p","lot":"12-1","limit":"1","step":"x"})"), "/step");
  EXPECT_EQ(fault(R"({"type":"set_proxy","id":"p","lot":"12-1","limit":"1"})"), "/step");
}

TEST(Wire, withdrawing_and_cancelling_name_their_lot) {
  EXPECT_EQ(good<gateway::Withdraw>(R"({"type":"withdraw","id":"w","lot":"12-2"})").lot,
            engine::lot_id(engine::InquiryId{12}, 2));
  EXPECT_EQ(good<gateway::CancelProxy>(R"({"type":"cancel_proxy","id":"c","lot":"12-2"})").id, "c");
  EXPECT_EQ(fault(R"({"type":"withdraw","id":"w","lot":"12-2","price":"1"})"), "/price");
}

std::string signed_bid(std::string const& signature) {
  return R"({"type":"bid","lot":"12-1","key":"k","price":"1","signature":)" + signature + "}";
}
std::string const some_hex = "00ff" + std::string(124, 'a');

TEST(Wire, a_signature_is_the_number_of_a_key_and_sixty_four_bytes) {
  auto const bid = good<Bid>(signed_bid(R"({"key":"7","value":")" + some_hex + R"("})"));
  ASSERT_TRUE(bid.signature);
  EXPECT_EQ(bid.signature->key, engine::SigningKeyId{7});
  EXPECT_EQ(bid.signature->bytes[0], '\0');
  EXPECT_EQ(bid.signature->bytes[1], '\xff');
  EXPECT_EQ(bid.signature->bytes[63], '\xaa');
  EXPECT_TRUE(good<Bid>(signed_bid(R"({"value":")" + some_hex + R"(","key":"7"})")).signature) << "in either order";
  EXPECT_FALSE(good<Bid>(bid_at("\"1\"")).signature);
}

TEST(Wire, a_signature_in_any_other_form_is_refused_by_its_place) {
  auto const value = "\"" + some_hex + "\"";
  auto const wrong = [](std::string const& signature) { return fault(signed_bid(signature)); };
  for (auto const* text : {"null", "1", "true", "\"\"", "[]"}) EXPECT_EQ(wrong(text), "/signature") << text;
  for (auto const* key : {"7", "null", "{}", "[\"7\"]", "\"\"", "\"0\"", "\"07\"", "\"-7\"", "\"7.0\"", "\"k\"",
                          "\" 7\"", "\"18446744073709551616\""}) {
    EXPECT_EQ(wrong(R"({"key":)" + std::string(key) + R"(,"value":)" + value + "}"), "/signature/key") << key;
  }
  auto const upper = std::string(128, 'A');
  for (auto const& bytes :
       {std::string{}, some_hex.substr(1), some_hex.substr(2), some_hex + "a", some_hex + "aa", upper,
        some_hex.substr(1) + "g", some_hex.substr(1) + " ", some_hex.substr(2) + "\\u00e9"}) {
    EXPECT_EQ(wrong(R"({"key":"7","value":")" + bytes + "\"}"), "/signature/value") << bytes;
  }
  EXPECT_EQ(wrong(R"({"key":"7","value":7})"), "/signature/value");
  EXPECT_EQ(wrong("{}"), "/signature/key");
  EXPECT_EQ(wrong(R"({"key":"7"})"), "/signature/value");
  EXPECT_EQ(wrong(R"({"value":)" + value + "}"), "/signature/key");
  EXPECT_EQ(wrong(R"({"key":"7","value":)" + value + R"(,"note":"x"})"), "/signature/note");
  EXPECT_EQ(wrong(R"({"key":"7","key":"8","value":)" + value + "}"), "/signature/key");
  EXPECT_EQ(wrong(R"({"key":"","key":"8","value":)" + value + "}"), "/signature/key");
  EXPECT_EQ(wrong(R"({"key":"7","value":"","value":)" + value + "}"), "/signature/value");
  EXPECT_EQ(fault(R"({"type":"ask","lot":"12-1","key":"k","signature":{"key":"7","value":)" + value + "}}"),
            "/signature");
}

TEST(Wire, a_signed_bid_cut_anywhere_is_refused) {
  auto const whole = signed_bid(R"({"key":"7","value":")" + some_hex + R"("})");
  ASSERT_EQ(fault(whole), "accepted");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(fault(whole.substr(0, size)), "accepted") << size;
}

}  // namespace
