// Who has something to be written: bidders first, each once, and everybody else on the thread gets turns between.
#include "gateway/departures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <string>
#include <vector>

#include "gateway/net.h"

namespace gateway {
namespace {

using testing::ElementsAre;
using Line = Departures::Line;

struct DeparturesTest : testing::Test {
  boost::asio::io_context io;
  std::shared_ptr<Departures> departures = std::make_shared<Departures>(io);
  std::vector<std::string> written;

  struct Sender final : Departing {
    Sender(std::vector<std::string>& written_, std::string name_) : written(written_), name(std::move(name_)) {}
    void depart() override {
      written.push_back(name);
      if (then) then();
    }
    std::vector<std::string>& written;
    std::string const name;
    std::function<void()> then;
  };
  std::shared_ptr<Sender> sender(std::string name) { return std::make_shared<Sender>(written, std::move(name)); }
};

TEST_F(DeparturesTest, is_where_it_was_settled_and_nowhere_else) {
  EXPECT_FALSE(departures->is_here());
  departures->settle();
  EXPECT_TRUE(departures->is_here());
  bool elsewhere = true;
  std::thread([&] { elsewhere = departures->is_here(); }).join();
  EXPECT_FALSE(elsewhere);
}

TEST_F(DeparturesTest, writes_nothing_before_the_thread_comes_round) {
  departures->note(sender("a"), Line::Watchers);
  EXPECT_TRUE(written.empty());
  io.run();
  EXPECT_THAT(written, ElementsAre("a"));
}

TEST_F(DeparturesTest, bidders_go_before_watchers_who_came_earlier) {
  departures->note(sender("watcher 1"), Line::Watchers);
  departures->note(sender("bidder 1"), Line::Bidders);
  departures->note(sender("watcher 2"), Line::Watchers);
  departures->note(sender("bidder 2"), Line::Bidders);
  io.run();
  EXPECT_THAT(written, ElementsAre("bidder 1", "bidder 2", "watcher 1", "watcher 2"));
}

TEST_F(DeparturesTest, a_bidder_who_comes_while_watchers_are_written_is_next) {
  auto const first = sender("watcher 1");
  first->then = [&] { departures->note(sender("bidder"), Line::Bidders); };
  departures->note(first, Line::Watchers);
  departures->note(sender("watcher 2"), Line::Watchers);
  io.run();
  EXPECT_THAT(written, ElementsAre("watcher 1", "bidder", "watcher 2"));
}

TEST_F(DeparturesTest, others_on_the_thread_get_their_turn_before_a_long_line_has_ended) {
  for (int i = 0; i < 100; ++i) {
    auto const slow = sender("watcher");
    slow->then = [] {
      auto const until = net::Steady::now() + std::chrono::microseconds{100};
      while (net::Steady::now() < until) {}
    };
    departures->note(slow, Line::Watchers);
  }
  boost::asio::post(io, [&] { written.emplace_back("read"); });
  io.run();
  ASSERT_EQ(written.size(), 101U);
  EXPECT_NE(written.back(), "read");
}

TEST_F(DeparturesTest, who_left_meanwhile_is_held_until_its_turn_and_no_longer) {
  auto gone = sender("gone");
  std::weak_ptr<Sender> const seen = gone;
  departures->note(std::move(gone), Line::Watchers);
  EXPECT_FALSE(seen.expired());
  io.run();
  EXPECT_TRUE(seen.expired());
}

}  // namespace
}  // namespace gateway
