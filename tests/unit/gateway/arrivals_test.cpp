// One look for many sockets: who is told, how often, and who is no longer.
#include "gateway/arrivals.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

namespace gateway {
namespace {

// Two ends of a connection.
struct Ends {
  Ends() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, both.data()), 0); }
  ~Ends() {
    ::close(both[0]);
    hang_up();
  }
  Ends(Ends const&) = delete;
  void say(std::string_view text) const { EXPECT_EQ(::send(both[1], text.data(), text.size(), 0), std::ssize(text)); }
  void hang_up() {
    if (both[1] >= 0) ::close(std::exchange(both[1], -1));
  }
  int here() const { return both[0]; }
  std::array<int, 2> both{};
};

struct Witness final : Watcher {
  void arrived(What what) override {
    ++told;
    is_ended = is_ended || what == What::End;
    if (arrivals != nullptr) was_looking = arrivals->is_looking_here();
  }
  int told = 0;
  bool is_ended = false;
  Arrivals const* arrivals = nullptr;
  bool was_looking = false;
};

struct ArrivalsTest : testing::Test {
  ArrivalsTest() { arrivals->start(); }
  ~ArrivalsTest() override {
    arrivals->stop();
    io.run();
  }
  std::shared_ptr<Witness> watch(Ends const& ends) {
    auto witness = std::make_shared<Witness>();
    places.push_back(arrivals->watch(ends.here(), witness).value_or(0));
    // What is there already is told: that there is room.
    while (witness->told == 0) io.run_one();
    witness->told = 0;
    return witness;
  }

  boost::asio::io_context io;
  int looks = 0;
  std::shared_ptr<Arrivals> arrivals = *Arrivals::open(io, [this] { ++looks; });
  std::vector<Arrivals::Place> places;
};

TEST_F(ArrivalsTest, tells_whose_socket_has_something_and_nobody_else) {
  Ends one, two;
  auto const first = watch(one), second = watch(two);
  two.say("x");
  while (second->told == 0) io.run_one();
  EXPECT_EQ(first->told, 0);
  EXPECT_FALSE(second->is_ended);
  one.say("x");
  while (first->told == 0) io.run_one();
}

TEST_F(ArrivalsTest, tells_again_of_what_comes_later_though_nothing_was_read) {
  Ends ends;
  auto const witness = watch(ends);
  for (int i = 1; i <= 3; ++i) {
    ends.say("x");
    while (witness->told < i) io.run_one();
  }
}

TEST_F(ArrivalsTest, says_that_nothing_comes_any_more) {
  Ends ends;
  auto const witness = watch(ends);
  ends.hang_up();
  while (!witness->is_ended) io.run_one();
}

TEST_F(ArrivalsTest, ends_a_look_behind_all_who_were_told_in_it) {
  Ends ends;
  auto const witness = watch(ends);
  witness->arrivals = arrivals.get();
  auto const before = looks;
  ends.say("x");
  while (looks == before) io.run_one();
  EXPECT_EQ(witness->told, 1);
  EXPECT_TRUE(witness->was_looking);
  EXPECT_FALSE(arrivals->is_looking_here());
}

TEST_F(ArrivalsTest, forgets_who_left_and_gives_the_place_to_another) {
  Ends one, two;
  auto const gone = watch(one);
  one.say("x");
  arrivals->forget(places[0]);
  arrivals->forget(places[0]);
  auto const next = watch(two);
  two.say("x");
  while (next->told == 0) io.run_one();
  EXPECT_EQ(gone->told, 0);
}

TEST_F(ArrivalsTest, gets_round_to_more_than_fit_in_one_look) {
  constexpr std::size_t many = 150;
  std::vector<std::unique_ptr<Ends>> ends;
  std::vector<std::shared_ptr<Witness>> witnesses;
  for (std::size_t i = 0; i < many; ++i) witnesses.push_back(watch(*ends.emplace_back(std::make_unique<Ends>())));
  for (auto const& each : ends) each->say("x");
  for (auto const& each : witnesses) {
    while (each->told == 0) io.run_one();
  }
}

TEST_F(ArrivalsTest, says_no_to_what_is_no_socket) {
  EXPECT_FALSE(arrivals->watch(-1, std::make_shared<Witness>()));
}

}  // namespace
}  // namespace gateway
