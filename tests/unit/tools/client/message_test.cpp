// What the server says, read; what the client says, written.
#include "tools/client/message.h"

#include <gtest/gtest.h>

namespace {

using namespace ebb_client;

template <class Message>
Message heard(std::string_view text) {
  Decoder decoder;
  auto const message = decoder.decode(text);
  EXPECT_TRUE(message && std::holds_alternative<Message>(*message)) << text;
  return std::get<Message>(*message);
}

}  // namespace

TEST(Message, reads_a_snapshot_as_members) {
  auto const snapshot = heard<Snapshot>(
      R"({"type":"snapshot","stream":"12-1/public","epoch":"e1","offset":7,"lot":{"best":"98.00","result":{"a":[1, 2]}}})");
  EXPECT_EQ(snapshot.position.epoch, "e1");
  EXPECT_EQ(snapshot.position.offset, 7u);
  EXPECT_EQ(snapshot.lot, (Members{{"best", "\"98.00\""}, {"result", R"({"a":[1,2]})"}}));
}

TEST(Message, reads_an_update_without_its_envelope) {
  auto const update = heard<Update>(R"({"type":"update","stream":"12-1/public","offset":8,"at":"x","best":"97.00"})");
  EXPECT_EQ(update.offset, 8u);
  EXPECT_EQ(update.changed, (Members{{"best", "\"97.00\""}}));
}

TEST(Message, reads_a_refused_receipt_with_its_code) {
  auto const receipt = heard<Receipt>(
      R"({"type":"receipt","lot":"12-1","key":"k","outcome":"refused","repeated":true,"seq":9,"at":"x","attempt":2,)"
      R"("problem":{"code":"ABOVE_CEILING","status":422}})");
  EXPECT_EQ(receipt.outcome, Outcome::Refused);
  EXPECT_EQ(receipt.repetition, Repetition::Repeated);
  EXPECT_EQ(receipt.code, "ABOVE_CEILING");
  EXPECT_FALSE(receipt.rank);
}

TEST(Message, reads_the_four_times_to_the_microsecond) {
  auto const time = heard<TimeAnswer>(R"({"type":"time","t0":123456.789,"t1":1790000000123,"t2":1790000000124.5})");
  EXPECT_EQ(time.t0_us, 123'456'789);
  EXPECT_EQ(time.t1_us, 1'790'000'000'123'000);
  EXPECT_EQ(time.t2_us, 1'790'000'000'124'500);
}

TEST(Message, survives_what_it_does_not_know) {
  EXPECT_EQ(heard<Other>(R"({"type":"weather","rain":true})").type, "weather");
  Decoder decoder;
  for (auto const* text : {"", "[]", "{\"type\":\"update\"", "\xff\xfe"}) EXPECT_FALSE(decoder.decode(text)) << text;
}

TEST(Message, writes_requests_that_survive_odd_names) {
  EXPECT_EQ(bid_text("12-1", "98.00", "k", Consent::Given),
            R"({"type":"bid","lot":"12-1","price":"98.00","key":"k","confirm":true})");
  EXPECT_EQ(bid_text("12-1", "98.00", "k", Consent::NotGiven, BidSignature{"7", "ab01"}),
            R"({"type":"bid","lot":"12-1","price":"98.00","key":"k","signature":{"key":"7","value":"ab01"}})");
  EXPECT_EQ(
      subscribe_text("a", {"1", "2"}, {{"1-1/public", "e", 3}}),
      R"({"type":"subscribe","id":"a","inquiries":["1","2"],"resume":[{"stream":"1-1/public","epoch":"e","offset":3}]})");
  EXPECT_EQ(time_text(1'002), R"({"type":"time","t0":1.002})");
  EXPECT_EQ(json_text("a\"b\\c\n"), R"("a\"b\\c\u000a")");
}
