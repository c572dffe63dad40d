// Keeping what happened: backups beside a server under bids, a server made again from one, archives that prove
// themselves, and one process a data directory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Keeping : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");

  std::string place(std::string_view name) { return (market.server().data().parent_path() / name).string(); }
  std::string data() { return market.server().data().string(); }
  Finished back_up() { return market.server().run({"backup", data(), place("backup"), "--with-keys", place("keys")}); }
  Finished restore(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"restore", place("backup"), place("again"), "--keys", place("keys")};
    words.insert(words.end(), more.begin(), more.end());
    return market.server().run(std::move(words));
  }
  // The server goes on with what was restored.
  void exchange() {
    std::filesystem::rename(data(), place("before"));
    std::filesystem::rename(place("again"), data());
  }
  void expect_done(Finished const& finished) {
    EXPECT_EQ(finished.code, 0) << finished.output << finished.errors << market.server().log();
  }
  static std::string price(int step) { return std::to_string(900'000 - 50 * step) + ".00"; }
};

TEST_F(Keeping, a_server_made_from_a_backup_knows_every_bid_that_was_acknowledged_before_it) {
  auto const inquiry =
      market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.ceiling = "1000000.00", .attempts = 5000}}});
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  int step = 0;
  for (int run = 0; run < 3; ++run) {
    for (int i = 0; i < 50; ++i, ++step) seat.send_bid(lot, price(step), "k" + std::to_string(step));
    ASSERT_TRUE(seat.answer("k" + std::to_string(step - 26)).is_accepted());
    // The rest is on its way while the journal is read.
    expect_done(back_up());
  }
  auto const acknowledged = step - 26;
  market.server().kill();
  expect_done(restore());
  exchange();
  market.server().start();

  auto after = market.seat(s1);
  for (auto const key : {0, 1, 49, acknowledged}) {
    auto const name = "k" + std::to_string(key);
    EXPECT_EQ(after.ask(lot, name).at("seq"), seat.answer(name).message.at("seq")) << name;
  }
  EXPECT_TRUE(after.bid(lot, price(step), "goes-on").is_accepted());
}

TEST_F(Keeping, what_came_after_a_command_is_cut_off_and_told) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org, s2.org}});
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  auto const first = seat.bid(lot, "9000.00", "first").message.at("seq").as_int64();
  ASSERT_TRUE(market.seat(s2).bid(lot, "8000.00", "second").is_accepted());
  expect_done(back_up());
  market.server().kill();
  auto const restored = restore({"--until", std::to_string(first)});
  EXPECT_EQ(restored.code, 0) << restored.errors;
  EXPECT_THAT(restored.output, AllOf(HasSubstr("cut off: "), HasSubstr("can prove it"), HasSubstr("it serves")));
  exchange();
  market.server().start();
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  EXPECT_EQ(watcher.text(lot + "/public", "best"), "9000.00");
}

TEST_F(Keeping, a_backup_without_keys_tells_no_secret_and_does_not_serve) {
  expect_done(market.server().run({"backup", data(), place("backup")}));
  market.server().kill();
  auto const restored = market.server().run({"restore", place("backup"), place("again")});
  EXPECT_EQ(restored.code, 0) << restored.errors;
  EXPECT_THAT(restored.output, HasSubstr("does not serve"));
  expect_done(market.server().run({"verify", place("again")}));
}

TEST_F(Keeping, only_a_backup_and_an_archive_work_beside_a_server_and_the_rest_is_told_who_holds_it) {
  for (std::vector<std::string> const& words : {std::vector<std::string>{"verify", data()},
                                                {"replay", data()},
                                                {"doctor", data()},
                                                {"user", "list", data()},
                                                {"serve", "--server.port", "0", "--data.directory", data()}}) {
    auto const refused = market.server().run(words);
    EXPECT_EQ(refused.code, 1) << words.front();
    EXPECT_THAT(refused.errors, HasSubstr("is in use by another server or tool (process ")) << words.front();
  }
  EXPECT_EQ(market.nobody().get("/livez").status, 200) << "and the server goes on";
  expect_done(back_up());
  EXPECT_EQ(market.nobody().get("/livez").status, 200);
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_done(market.server().run({"verify", data()}));
}

TEST_F(Keeping, a_finished_auction_is_archived_beside_the_server_and_proves_itself_alone) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.duration_s = 2}}});
  auto const other = market.start_now(buyer, {.title = "另一个项目", .admitted = {s1.org}});
  auto const lot = inquiry + "-1";
  ASSERT_TRUE(market.seat(s1).bid(lot, "9000.00", "a").is_accepted());
  ASSERT_TRUE(market.seat(s1).bid(other + "-1", "7777.00", "b").is_accepted());
  auto const too_early = market.server().run({"archive", data(), place("archive"), "--inquiry", inquiry});
  EXPECT_EQ(too_early.code, 1);
  EXPECT_THAT(too_early.errors, HasSubstr("not over yet"));
  ASSERT_TRUE(market.comes_to(lot, "AWARDED"));
  ASSERT_LT(market.as(s1).post("/api/v1/lots/" + lot + "/award-answer", body({{"answer", "confirm"}})).status, 300);

  expect_done(market.server().run({"archive", data(), place("archive"), "--inquiry", inquiry}));
  market.server().kill();
  std::filesystem::remove_all(data());
  auto const bundle = place("archive") + "/inquiry-" + inquiry + ".tar.zst";
  auto const checked = market.server().run({"archive", "--verify", bundle});
  EXPECT_EQ(checked.code, 0) << checked.errors;
  EXPECT_THAT(checked.output, HasSubstr("decided again: every event and every result is as it is told"));

  auto const unpacked = run_program({"/bin/tar", "--zstd", "-xOf", bundle}, market.server().data().parent_path());
  EXPECT_THAT(unpacked.output,
              AllOf(HasSubstr("\"event\":\"bid_accepted\""), HasSubstr("\"state\":\"AWARDED\""),
                    HasSubstr("A4黑白打印机"), Not(HasSubstr("7777.00")), Not(HasSubstr("另一个项目"))));
}

TEST_F(Keeping, a_damaged_table_is_found_by_the_doctor_and_made_again) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org}});
  ASSERT_EQ(market.server().stop(), 0);
  expect_done(market.server().run({"doctor", data()}));
  {
    std::fstream file{market.server().data() / "tables/data.mdb", std::ios::binary | std::ios::in | std::ios::out};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    // Everywhere: pages that are free already still hold rows of before.
    auto found = 0;
    for (auto at = bytes.find("A4黑白打印机"); at != std::string::npos; at = bytes.find("A4黑白打印机", at + 1)) {
      file.seekp(static_cast<std::streamoff>(at));
      file << 'B';
      ++found;
    }
    ASSERT_GT(found, 0);
  }
  auto const found = market.server().run({"doctor", data()});
  EXPECT_EQ(found.code, 3) << found.output;
  EXPECT_THAT(found.output, AllOf(HasSubstr("mendable: tables"), HasSubstr(" is damaged")));
  expect_done(market.server().run({"doctor", data(), "--repair"}));
  expect_done(market.server().run({"doctor", data()}));
  market.server().start();
  EXPECT_THAT(market.nobody().get("/api/v1/inquiries/" + inquiry).body, HasSubstr("A4黑白打印机"));
}

}  // namespace
