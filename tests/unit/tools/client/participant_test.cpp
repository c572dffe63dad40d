// A participant through lost connections: nothing lost, nothing bid twice, everything in order.
#include "tools/client/participant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tools/client/fake_server.h"

namespace {

using namespace ebb_client;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

// ---- Vocabulary ------------------------------------------------------------------------------------------------

std::string const hello = R"({"type":"hello","server_time":"2026-11-22T09:30:00.000Z","session":"1","you":null})";
std::string const hang_up;

std::string snapshot(std::uint64_t offset) {
  return R"({"type":"snapshot","stream":"7-1/public","epoch":"e1","offset":)" + std::to_string(offset) +
         R"(,"lot":{"best":"99.00"}})";
}
std::string update(std::uint64_t offset) {
  return R"({"type":"update","stream":"7-1/public","offset":)" + std::to_string(offset) +
         R"(,"at":"x","best":"98.00"})";
}
std::string receipt(std::string const& key) {
  return R"({"type":"receipt","lot":"7-1","key":")" + key + R"(","outcome":"accepted","repeated":false,"seq":5})";
}
std::string unknown(std::string const& key) {
  return R"({"type":"unknown_key","lot":"7-1","key":")" + key + R"("})";
}
bool is(std::string const& message, std::string const& type) {
  return message.contains(R"("type":")" + type + '"');
}

struct Ears final : Participant::Listener {
  std::vector<std::string> receipts;
  int problems = 0;
  void on_receipt(Participant&, Receipt const& heard, Steady::time_point) override { receipts.push_back(heard.key); }
  void on_problem(Participant&, Problem const&) override { ++problems; }
};

struct Client {
  explicit Client(FakeServer const& server, Participant::Loyalty loyalty = Participant::Loyalty::Return)
      : participant(reactor, decoder, *Address::parse(server.address()), "token", loyalty, 1, ears) {}
  bool waits_for(std::function<bool()> const& done) { return reactor.run_until(done, 20s) == Reactor::Waited::Done; }
  Reactor reactor;
  Decoder decoder;
  Ears ears;
  Participant participant;
};

}  // namespace

TEST(Participant, follows_and_bids) {
  FakeServer server([](int, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (is(message, "subscribe")) return {snapshot(1), update(2)};
    return {receipt("k1")};
  });
  Client client{server};
  client.participant.follow("7");
  client.participant.bid("7-1", "98.00", "k1");
  client.participant.connect();
  ASSERT_TRUE(client.waits_for([&] { return !client.ears.receipts.empty(); }));
  EXPECT_EQ(client.participant.unanswered(), 0u);
  EXPECT_EQ(client.participant.picture("7-1/public")->text("best"), "98.00");
}

TEST(Participant, asks_after_a_loss_and_sends_only_what_is_unknown) {
  FakeServer server([](int connection, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (is(message, "bid") && connection == 1)
      return message.contains("k2") ? std::vector{hang_up} : std::vector<std::string>{};
    if (is(message, "ask")) return {message.contains("k1") ? receipt("k1") : unknown("k2")};
    if (is(message, "bid")) return {receipt("k2")};
    return {};
  });
  Client client{server};
  client.participant.connect();
  client.participant.bid("7-1", "98.00", "k1");
  client.participant.bid("7-1", "97.00", "k2");
  ASSERT_TRUE(client.waits_for([&] { return client.ears.receipts.size() == 2; }));
  EXPECT_THAT(server.heard(),
              ElementsAre(AllOf(HasSubstr("\"bid\""), HasSubstr("k1")), AllOf(HasSubstr("\"bid\""), HasSubstr("k2")),
                          AllOf(HasSubstr("\"ask\""), HasSubstr("k1")), AllOf(HasSubstr("\"ask\""), HasSubstr("k2")),
                          AllOf(HasSubstr("\"bid\""), HasSubstr("k2"))));
  EXPECT_EQ(client.participant.reconnects(), 1u);
  EXPECT_EQ(client.participant.resends(), 1u);
}

TEST(Participant, lets_no_newer_bid_overtake_one_that_is_asked_for) {
  int asked = 0;
  FakeServer server([&](int connection, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (is(message, "bid") && connection == 1) return {hang_up};
    if (is(message, "ask")) return ++asked == 1 ? std::vector{unknown("k1")} : std::vector<std::string>{};
    return {receipt(message.contains("k1") ? "k1" : "k2")};
  });
  Client client{server};
  client.participant.connect();
  client.participant.bid("7-1", "98.00", "k1");
  ASSERT_TRUE(client.waits_for([&] { return client.participant.is_ready(); }));
  ASSERT_TRUE(client.waits_for([&] { return !client.participant.is_ready(); }));
  client.participant.bid("7-1", "97.00", "k2");
  ASSERT_TRUE(client.waits_for([&] { return client.ears.receipts.size() == 2; }));
  EXPECT_THAT(client.ears.receipts, ElementsAre("k1", "k2"));
}

TEST(Participant, sends_a_signed_bid_again_with_the_same_signature) {
  int bids = 0;
  FakeServer server([&](int connection, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (is(message, "ask")) return {unknown("k1")};
    if (connection == 1) return {hang_up};
    if (++bids == 1) return {R"({"type":"problem","key":"k1","problem":{"code":"BUSY","status":503}})"};
    return {receipt("k1")};
  });
  Client client{server};
  client.participant.connect();
  client.participant.bid("7-1", "98.00", "k1", Consent::NotGiven, BidSignature{"3", "ab01"});
  ASSERT_TRUE(client.waits_for([&] { return !client.ears.receipts.empty(); }));
  auto sent = server.heard();
  std::erase_if(sent, [](std::string const& message) { return !is(message, "bid"); });
  auto const same = bid_text("7-1", "98.00", "k1", Consent::NotGiven, BidSignature{"3", "ab01"});
  EXPECT_THAT(sent, ElementsAre(same, same, same)) << "lost, then busy, then taken";
}

TEST(Participant, resumes_where_it_stood) {
  FakeServer server([](int connection, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (connection == 1) return {snapshot(4), update(5), hang_up};
    return {update(6)};
  });
  Client client{server};
  client.participant.follow("7");
  client.participant.connect();
  ASSERT_TRUE(client.waits_for([&] {
    auto const* picture = client.participant.picture("7-1/public");
    return picture != nullptr && picture->position()->offset == 6;
  }));
  EXPECT_THAT(server.heard().back(), HasSubstr(R"("resume":[{"stream":"7-1/public","epoch":"e1","offset":5}])"));
  EXPECT_TRUE(client.participant.picture("7-1/public")->faults().empty());
}

TEST(Participant, takes_up_many_streams_in_several_messages_that_the_server_accepts) {
  FakeServer server([](int, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    return message.contains(R"("250"])") ? std::vector{snapshot(1)} : std::vector<std::string>{};
  });
  Client client{server};
  for (int i = 1; i <= 250; ++i) client.participant.follow(std::to_string(i));
  client.participant.connect();
  ASSERT_TRUE(client.waits_for([&] { return client.participant.picture("7-1/public") != nullptr; }));
  ASSERT_EQ(server.heard().size(), 3u);
  EXPECT_THAT(server.heard()[2], HasSubstr(R"(["201","202",)"));
}

TEST(Participant, forgets_what_it_no_longer_follows) {
  FakeServer server([](int, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (is(message, "subscribe")) return {snapshot(1)};
    if (is(message, "unsubscribe")) return {update(2), R"({"type":"unsubscribed","id":"7"})"};
    return {};
  });
  Client client{server};
  client.participant.follow("7");
  client.participant.connect();
  ASSERT_TRUE(client.waits_for([&] { return client.participant.picture("7-1/public") != nullptr; }));
  client.participant.unfollow("7");
  ASSERT_TRUE(client.waits_for([&] { return client.participant.picture("7-1/public") == nullptr; }));
  EXPECT_EQ(server.heard().back(), R"({"type":"unsubscribe","id":"7","inquiries":["7"]})");
}

TEST(Participant, keeps_key_and_place_when_told_busy) {
  int bids = 0;
  FakeServer server([&](int, std::string const& message) -> std::vector<std::string> {
    if (message == "connect") return {hello};
    if (++bids == 1) return {R"({"type":"problem","key":"k1","problem":{"code":"BUSY","status":503}})"};
    return {receipt("k1")};
  });
  Client client{server};
  client.participant.connect();
  client.participant.bid("7-1", "98.00", "k1");
  ASSERT_TRUE(client.waits_for([&] { return client.ears.receipts.size() == 1; }));
  EXPECT_EQ(client.ears.problems, 1);
  EXPECT_EQ(client.participant.unanswered(), 0u);
}

TEST(Participant, stays_away_when_it_is_not_loyal) {
  FakeServer server([](int, std::string const&) { return std::vector{hello, hang_up}; });
  Client client{server, Participant::Loyalty::Leave};
  client.participant.connect();
  ASSERT_TRUE(client.waits_for([&] { return client.participant.is_ready(); }));
  ASSERT_TRUE(client.waits_for([&] { return !client.participant.is_ready(); }));
  EXPECT_FALSE(client.reactor.run_until([&] { return client.participant.is_ready(); }, 200ms) == Reactor::Waited::Done);
}
