// Who is served first, in what portions, and who is named as left behind.
#include "gateway/fan_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/limits.h"

namespace {

using gateway::FanOut;
using gateway::Topic;

engine::LotId const lot = engine::lot_id(engine::InquiryId{12}, 1);

// Writes down who was handed something, in order.
class Hearer final : public gateway::Client {
 public:
  Hearer(std::uint64_t number, std::vector<std::uint64_t>& heard) : number_(number), heard_(heard) {}
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return nobody_; }
  void deliver(gateway::Message) override { heard_.push_back(number_); }
  void close(gateway::CloseCode) override {}

 private:
  std::uint64_t number_;
  std::vector<std::uint64_t>& heard_;
  std::optional<modules::Actor> nobody_;
};

class FanOutTest : public testing::Test {
 protected:
  FanOutTest() { topic.stream.open(); }
  gateway::Listener& sit(gateway::Crowd& crowd) {
    auto& listener = listeners.emplace_back();
    listener.client = std::make_shared<Hearer>(listeners.size(), heard);
    crowd.seat(listener, 1);
    return listener;
  }
  void tell() {
    topic.stream.append(std::make_shared<std::string const>("news"));
    fan_out.queue({lot, &topic});
  }
  std::vector<std::uint64_t> heard;
  std::deque<gateway::Listener> listeners;
  Topic topic{Topic::View::Public, "12-1/public", 0};
  FanOut fan_out;
};

TEST_F(FanOutTest, nobody_there_is_nothing_to_do) {
  tell();
  EXPECT_TRUE(fan_out.is_done());
}

TEST_F(FanOutTest, bidders_are_served_before_watchers_and_in_portions) {
  sit(topic.watchers);
  sit(topic.bidders);
  sit(topic.bidders);
  tell();
  EXPECT_THAT(fan_out.pump(1), testing::IsEmpty());
  EXPECT_THAT(heard, testing::ElementsAre(2));
  EXPECT_FALSE(fan_out.is_done());
  fan_out.pump(10);
  EXPECT_THAT(heard, testing::ElementsAre(2, 3, 1));
  EXPECT_TRUE(fan_out.is_done());
}

TEST_F(FanOutTest, who_fell_behind_what_is_kept_is_named_with_the_stream) {
  sit(topic.watchers);
  for (std::size_t i = 0; i <= engine::limits::stream_history_messages; ++i) tell();
  auto const lost = fan_out.pump(10);
  ASSERT_THAT(lost, testing::SizeIs(1));
  EXPECT_EQ(lost[0].listener, 1u);
  EXPECT_EQ(lost[0].home.lot, lot);
  EXPECT_EQ(lost[0].home.topic, &topic);
  EXPECT_THAT(heard, testing::IsEmpty());
  EXPECT_TRUE(fan_out.is_done());
}

}  // namespace
