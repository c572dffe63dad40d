// The real server while its machine misbehaves: a disk that takes seconds or none at all, a wall clock that jumps, a
// stop or a death in the middle of a commit, memory that runs out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cerrno>
#include <new>

#include "tests/faults/reins.h"
#include "tests/support/e2e_market.h"

namespace {

using namespace support;

// Servers that are started while it lives are led by its reins.
class Preloaded {
 public:
  Preloaded() {
    auto name = (std::filesystem::temp_directory_path() / "ebb-reins-XXXXXX").string();
    int const descriptor = ::mkstemp(name.data());
    if (descriptor < 0 || ::ftruncate(descriptor, sizeof(faults::Reins)) != 0) throw Broken("no page: " + name);
    ::close(descriptor);
    path_ = name;
    reins_ = faults::map_reins(path_.c_str());
    if (reins_ == nullptr) throw Broken("not mapped: " + name);
    new (reins_) faults::Reins;
    ::setenv(faults::reins_variable, path_.c_str(), 1);
    ::setenv("LD_PRELOAD", EBB_FAULTS_PRELOADED, 1);
    // The sanitizer wants to be the first library; behind one that only passes calls on it works all the same.
    ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
  }
  ~Preloaded() {
    ::unsetenv(faults::reins_variable);
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("ASAN_OPTIONS");
    ::munmap(reins_, sizeof(faults::Reins));
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  Preloaded(Preloaded const&) = delete;
  Preloaded& operator=(Preloaded const&) = delete;
  faults::Reins& reins() { return *reins_; }

 private:
  std::filesystem::path path_;
  faults::Reins* reins_;
};

class ServerUnderFaults : public testing::Test {
 protected:
  Preloaded preloaded;
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");

  faults::Reins& reins() { return preloaded.reins(); }
  std::string start_lot(LotDraft lot = {.ceiling = "1000000.00", .attempts = 5'000}) {
    return market.start_now(buyer, {.admitted = {s1.org}, .lots = {std::move(lot)}}) + "-1";
  }
  static std::string price(int step) { return std::to_string(900'000 - 50 * step) + ".00"; }
  void hold_flushes() { reins().is_flush_held = 1; }
  void release_flushes() { reins().is_flush_held = 0; }
  // A commit has come to the disk and stands there.
  bool is_held() {
    return eventually([this] { return reins().flushes_held > 0; });
  }
  void expect_whole() {
    auto const verified = market.server().run({"verify", market.server().data()});
    EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  }
  std::size_t halts() {
    auto const log = market.server().log();
    std::size_t count = 0;
    for (auto at = log.find("ebb: halted: "); at != std::string::npos; at = log.find("ebb: halted: ", at + 1)) ++count;
    return count;
  }
};

TEST_F(ServerUnderFaults, a_bid_in_time_counts_though_the_disk_is_slower_than_the_end) {
  auto const lot = start_lot({.ceiling = "1000000.00", .duration_s = 4});
  auto const inquiry = lot.substr(0, lot.find('-'));
  auto seat = market.seat(s1);
  seat.subscribe({inquiry});
  hold_flushes();
  seat.send_bid(lot, price(0), "in-time");
  ASSERT_TRUE(is_held());
  // wait: for the announced end to pass while the disk has not answered
  EXPECT_FALSE(eventually([] { return false; }, Patience{5'000}));
  EXPECT_TRUE(seat.answer("in-time", Patience{0}).outcome.empty()) << "told before it was durable";
  seat.send_bid(lot, price(1), "late");
  release_flushes();
  EXPECT_TRUE(seat.answer("in-time").is_accepted());
  EXPECT_EQ(seat.answer("late").code, "CLOSED");
  EXPECT_EQ(market.server().stop(), 0) << market.server().log();
  expect_whole();
}

TEST_F(ServerUnderFaults, sigterm_during_a_commit_lets_it_finish_and_tells_who_waits) {
  auto const lot = start_lot();
  auto seat = market.seat(s1);
  hold_flushes();
  seat.send_bid(lot, price(0), "under-way");
  ASSERT_TRUE(is_held());
  market.server().ask_to_stop();
  release_flushes();
  EXPECT_TRUE(seat.answer("under-way").is_accepted());
  EXPECT_EQ(market.server().wait(), 0) << market.server().log();
  expect_whole();
  market.server().start();
  EXPECT_EQ(text_or(market.seat(s1).ask(lot, "under-way").if_contains("type"), ""), "receipt");
}

TEST_F(ServerUnderFaults, kill_9_during_a_commit_leaves_the_bid_there_or_not_but_never_half) {
  auto const lot = start_lot();
  auto seat = market.seat(s1);
  ASSERT_TRUE(seat.bid(lot, price(0), "before").is_accepted());
  hold_flushes();
  seat.send_bid(lot, price(1), "under-way");
  ASSERT_TRUE(is_held());
  market.server().kill();
  release_flushes();
  EXPECT_TRUE(seat.answer("under-way", Patience{0}).outcome.empty());
  market.server().start();
  auto again = market.seat(s1);
  EXPECT_EQ(text_or(again.ask(lot, "before").if_contains("type"), ""), "receipt");
  EXPECT_TRUE(again.bid(lot, price(1), "under-way").is_accepted()) << "the same bid, sent again";
  EXPECT_EQ(market.server().stop(), 0);
  expect_whole();
}

// A full disk comes out of LMDB as EIO: both ways.
TEST_F(ServerUnderFaults, a_disk_that_refuses_halts_the_server_with_one_line_and_nobody_is_told) {
  auto const lot = start_lot();
  int step = 0;
  for (int const code : {EIO, ENOSPC}) {
    auto seat = market.seat(s1);
    auto const kept = "kept" + std::to_string(step);
    ASSERT_TRUE(seat.bid(lot, price(step++), kept).is_accepted());
    auto const halts_before = halts();
    reins().fails_with = code;
    seat.send_bid(lot, price(step), "refused" + std::to_string(step));
    EXPECT_EQ(market.server().wait(), 70) << market.server().log();
    reins().fails_with = 0;
    EXPECT_FALSE(seat.answer("refused" + std::to_string(step), Patience{0}).is_accepted());
    EXPECT_EQ(halts(), halts_before + 1);
    market.server().start();
    EXPECT_EQ(text_or(market.seat(s1).ask(lot, kept).if_contains("type"), ""), "receipt");
    ++step;
  }
  EXPECT_EQ(market.server().stop(), 0);
  expect_whole();
}

// The stages of the room as configured by default: nothing new below 1,024 MiB, read-only below 256.
TEST_F(ServerUnderFaults, a_disk_with_little_room_lets_nothing_new_begin_until_there_is_more) {
  auto const lot = start_lot();
  auto const next = market.draft(buyer, {.title = "next", .admitted = {s1.org}});
  auto const publish = [&] {
    return market.as(buyer).post("/api/v1/inquiries/" + next + "/publish", R"({"start":"now"})");
  };
  auto const comes_to = [&](std::string_view stage) {
    auto const line = "\nebb_disk_room " + std::string{stage} + "\n";
    return eventually([&] { return Http(market.server().port()).send("GET", "/metrics").body.contains(line); });
  };
  auto seat = market.seat(s1);
  auto const server = reins().process.load();

  reins().free_mib = 512;
  ASSERT_TRUE(comes_to("2"));
  auto const refused = publish();
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(refused.code(), "STORAGE_LOW");
  EXPECT_TRUE(seat.bid(lot, price(0), "while-low").is_accepted());
  EXPECT_EQ(market.read(buyer, "/api/v1/inquiries/" + next).json().at("state").as_string(), "DRAFT");

  reins().free_mib = 100'000;
  ASSERT_TRUE(comes_to("0"));
  auto const published = publish();
  EXPECT_EQ(published.status, 200) << published.body;
  EXPECT_TRUE(market.comes_to(next + "-1", "RUNNING"));
  EXPECT_TRUE(seat.bid(lot, price(1), "with-room").is_accepted());
  EXPECT_EQ(reins().process, server) << "it was started again";
  EXPECT_EQ(market.server().stop(), 0) << market.server().log();
  expect_whole();
}

TEST_F(ServerUnderFaults, a_wall_clock_that_jumps_either_way_pauses_the_lot_and_never_runs_back) {
  constexpr std::int64_t hour_ms = 3'600'000;
  for (auto const jump : {hour_ms, -hour_ms}) {
    auto const lot = start_lot();
    auto const inquiry = lot.substr(0, lot.find('-'));
    auto seat = market.seat(s1);
    seat.subscribe({inquiry});
    auto const before = seat.bid(lot, price(0), "before");
    ASSERT_TRUE(before.is_accepted());
    reins().wall_is_off_ms += jump;
    ASSERT_TRUE(seat.until([&] { return seat.text(lot + "/public", "state") == "PAUSED"; }))
        << jump << " " << seat.text(lot + "/public", "state");
    auto const after = seat.bid(lot, price(1), "after");
    EXPECT_EQ(after.code, "PAUSED") << jump;
    EXPECT_GE(after.message.at("at").as_string(), before.message.at("at").as_string()) << "time ran back";
  }
  EXPECT_EQ(market.server().stop(), 0);
  expect_whole();
}

// As when the machine has none left: the server cannot go on, and what it acknowledged is there.
TEST_F(ServerUnderFaults, memory_that_runs_out_loses_nothing_that_was_acknowledged) {
  auto const lot = start_lot();
  auto seat = market.seat(s1);
  std::vector<std::string> acknowledged;
  int step = 0;
  for (; step < 20; ++step) {
    auto const key = "k" + std::to_string(step);
    if (seat.bid(lot, price(step), key).is_accepted()) acknowledged.push_back(key);
  }
  ASSERT_EQ(acknowledged.size(), 20U);
  rlimit const none{1, 1};
  ASSERT_EQ(::prlimit(reins().process, RLIMIT_AS, &none, nullptr), 0);
  for (; step < 4'000 && market.server().is_running() && !seat.live().is_over(); ++step) {
    seat.send_bid(lot, price(step), "k" + std::to_string(step));
    if (step % 50 == 0) seat.read_what_came();
  }
  while (!seat.live().is_over() && market.server().is_running()) seat.read_what_came();
  for (int i = 20; i < step; ++i) {
    auto const key = "k" + std::to_string(i);
    if (seat.answer(key, Patience{0}).is_accepted()) acknowledged.push_back(key);
  }
  EXPECT_NE(market.server().wait(), 0) << "it went on without memory";
  market.server().start();
  auto again = market.seat(s1);
  for (auto const& key : acknowledged) {
    EXPECT_EQ(text_or(again.ask(lot, key).if_contains("type"), ""), "receipt") << key;
  }
  EXPECT_EQ(market.server().stop(), 0);
  expect_whole();
}

}  // namespace
