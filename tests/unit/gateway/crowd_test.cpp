// Serving a crowd slice by slice: everybody gets everything once and in order, whoever comes and goes meanwhile.
#include "gateway/crowd.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/limits.h"

namespace {

using gateway::Crowd;
using gateway::Listener;
using gateway::Stream;

class Ear final : public gateway::Client {
 public:
  explicit Ear(std::uint64_t number) : number_(number) {}
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return nobody_; }
  void deliver(gateway::Message message) override { heard.push_back(std::stoull(*message)); }
  void close(gateway::CloseCode) override {}
  std::vector<std::uint64_t> heard;

 private:
  std::uint64_t number_;
  std::optional<modules::Actor> nobody_;
};

struct Hall {
  Hall() { stream.open(); }
  Listener& enter() {
    auto& listener = *listeners.emplace_back(std::make_unique<Listener>());
    listener.client = std::make_shared<Ear>(listeners.size());
    crowd.seat(listener, stream.head() + 1);
    return listener;
  }
  void say() {
    stream.append(std::make_shared<std::string const>(std::to_string(stream.head() + 1)));
    crowd.serve_again();
  }
  static std::vector<std::uint64_t>& heard(Listener& listener) { return static_cast<Ear&>(*listener.client).heard; }

  Stream stream;
  Crowd crowd{stream};
  std::vector<std::unique_ptr<Listener>> listeners;
  std::vector<std::uint64_t> lost;
};

TEST(Crowd, a_slice_serves_no_more_than_it_may) {
  Hall hall;
  for (int i = 0; i < 10; ++i) hall.enter();
  hall.say();
  EXPECT_EQ(hall.crowd.pump(4, hall.lost), 0u);
  EXPECT_FALSE(hall.crowd.is_served());
  EXPECT_EQ(hall.crowd.pump(100, hall.lost), 94u);
  EXPECT_TRUE(hall.crowd.is_served());
}

TEST(Crowd, who_is_behind_gets_several_updates_in_one_pass) {
  Hall hall;
  auto& listener = hall.enter();
  for (int i = 0; i < 3; ++i) hall.say();
  hall.crowd.pump(1, hall.lost);
  EXPECT_EQ(Hall::heard(listener), (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(Crowd, who_fell_behind_history_is_lost_and_goes_on_from_the_head) {
  Hall hall;
  auto& listener = hall.enter();
  for (std::size_t i = 0; i <= engine::limits::stream_history_messages; ++i) hall.say();
  hall.crowd.pump(10, hall.lost);
  EXPECT_EQ(hall.lost, (std::vector<std::uint64_t>{1}));
  hall.say();
  hall.crowd.pump(10, hall.lost);
  EXPECT_EQ(Hall::heard(listener), (std::vector<std::uint64_t>{hall.stream.head()}));
}

TEST(Crowd, coming_and_going_between_slices_loses_and_repeats_nothing) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    Hall hall;
    std::vector<std::pair<Listener*, std::uint64_t>> inside;  // and the first it must hear
    for (int i = 0; i < 400; ++i) {
      switch (random() % 5) {
        case 0:
          inside.emplace_back(&hall.enter(), hall.stream.head() + 1);
          break;
        case 1:
          if (inside.empty() || random() % 2 == 0) break;
          std::swap(inside[random() % inside.size()], inside.back());
          Crowd::unseat_everywhere(*inside.back().first);
          inside.pop_back();
          break;
        case 2:
          hall.say();
          break;
        default:
          hall.crowd.pump(random() % 4, hall.lost);
      }
    }
    while (!hall.crowd.is_served()) hall.crowd.pump(7, hall.lost);
    for (auto const& [listener, first] : inside) {
      std::vector<std::uint64_t> all;
      for (auto offset = first; offset <= hall.stream.head(); ++offset) all.push_back(offset);
      EXPECT_EQ(Hall::heard(*listener), all);
    }
  }
}

}  // namespace
