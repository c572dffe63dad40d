// The journal of a real server is trimmed behind its back: nobody notices, everything is still proved, and what needs
// the rest says where it lies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/e2e_market.h"
#include "tests/support/e2e_proof.h"

namespace {

using namespace support;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class Trim : public testing::Test {
 protected:
  Market market{{{"snapshots.every_commands", "1"}, {"data.segment_mib", "1"}}};
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");

  std::string data() { return market.server().data().string(); }
  std::string place(std::string_view name) { return (market.server().data().parent_path() / name).string(); }
  std::string archive() { return place("archive"); }
  Finished run(std::vector<std::string> words) { return market.server().run(std::move(words)); }
  void expect_done(Finished const& finished) {
    EXPECT_EQ(finished.code, 0) << finished.output << finished.errors << market.server().log();
  }
  bool has_segment(std::string_view name) { return fs::exists(market.server().data() / "journal" / name); }

  // About a mebibyte and a half, so that a segment is sealed.
  void fill() {
    std::string title;
    for (int i = 0; i < 150; ++i) title += "打";
    InquiryDraft const large{.admitted = {s1.org}, .lots = std::vector<LotDraft>(32, LotDraft{.title = title})};
    for (int i = 0; i < 100; ++i) market.draft(buyer, large);
  }
  // Snapshots follow within a second or two; then something may leave.
  void trim_while_it_runs() {
    Finished last;
    bool const moved = eventually(
        [&] {
          last = run({"archive", data(), archive(), "--trim"});
          return last.code != 0 || !has_segment("00000001");
        },
        Patience{30'000});
    ASSERT_TRUE(moved) << last.output << market.server().log();
    ASSERT_EQ(last.code, 0) << last.errors;
  }
  // What the server's process has mapped of files that are gone.
  std::string held_of_removed_files() {
    std::ifstream lock{market.server().data() / "LOCK"};
    std::string pid;
    lock >> pid;
    std::ifstream maps{"/proc/" + pid + "/maps"};
    std::string found;
    for (std::string line; std::getline(maps, line);) {
      if (line.contains("/journal/") && line.ends_with("(deleted)")) found += line + "\n";
    }
    return found;
  }
  void expect_proved(boost::json::object const& receipt) {
    auto const seq = std::to_string(receipt.at("seq").as_int64());
    auto const inclusion = market.nobody().get("/api/v1/log/inclusion?seq=" + seq).json();
    ASSERT_TRUE(inclusion.as_object().contains("path")) << seq;
    auto const size = std::to_string(inclusion.at("size").as_int64());
    auto const head = market.nobody().get("/api/v1/log/head?size=" + size).json();
    EXPECT_EQ(inclusion.at("leaf").as_string(), receipt.at("leaf").as_string());
    EXPECT_EQ(root_of(inclusion.as_object()), head.at("root").as_string());
  }
  std::vector<fs::path> snapshots() {
    std::vector<fs::path> found;
    for (auto const& entry : fs::directory_iterator{market.server().data() / "snapshots"}) {
      if (entry.path().extension() == ".snap") found.push_back(entry.path());
    }
    std::ranges::sort(found, std::greater{});
    return found;
  }
  static void cut(fs::path const& path) { fs::resize_file(path, fs::file_size(path) - 1); }
  Finished try_to_serve() { return run({"serve", "--server.port", "0", "--data.directory", data()}); }
};

TEST_F(Trim, beside_a_server_under_bids_the_oldest_segments_leave_and_everything_is_still_proved) {
  auto const over = market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.duration_s = 2}}});
  auto const old_receipt = market.seat(s1).bid(over + "-1", "9000.00", "old").message;
  ASSERT_TRUE(market.comes_to(over + "-1", "AWARDED"));
  auto const old_entry = "/api/v1/log/entries/" + std::to_string(old_receipt.at("seq").as_int64());
  ASSERT_EQ(market.as(s1).get(old_entry).status, 200) << "and the segment is held open from here on";
  fill();
  fill();
  ASSERT_EQ(market.as(s1).get(old_entry).status, 200);
  trim_while_it_runs();

  auto const running = market.start_now(buyer, {.admitted = {s1.org}});
  auto const new_receipt = market.seat(s1).bid(running + "-1", "9000.00", "new").message;
  EXPECT_EQ(market.as(s1).get(old_entry).status, 410);
  EXPECT_EQ(market.as(s1).get(old_entry).code(), "ENTRY_ARCHIVED");
  expect_proved(old_receipt);
  EXPECT_TRUE(eventually([&] { return held_of_removed_files().empty(); })) << held_of_removed_files();

  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  auto const before = market.server().log().size();
  market.server().start();
  EXPECT_THAT(market.server().log().substr(before), HasSubstr("behind the snapshot of seq "));
  expect_proved(old_receipt);
  expect_proved(new_receipt);
  auto seat = market.seat(s1);
  EXPECT_EQ(seat.ask(running + "-1", "new").at("seq"), new_receipt.at("seq"));
  EXPECT_TRUE(seat.bid(running + "-1", "8000.00", "newer").is_accepted());
  EXPECT_EQ(market.result(over + "-1").at("state").as_string(), "AWARDED");
  EXPECT_THAT(market.server().log(), Not(HasSubstr("halted")));
}

TEST_F(Trim, with_the_archive_everything_is_seen_and_without_it_what_was_not_is_said) {
  auto const over = market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.duration_s = 2}}});
  ASSERT_TRUE(market.seat(s1).bid(over + "-1", "9000.00", "old").is_accepted());
  ASSERT_TRUE(market.comes_to(over + "-1", "AWARDED"));
  ASSERT_LT(market.as(s1).post("/api/v1/lots/" + over + "-1/award-answer", body({{"answer", "confirm"}})).status, 300);
  fill();
  fill();
  trim_while_it_runs();
  auto const bundled = run({"archive", data(), archive(), "--inquiry", over});
  EXPECT_EQ(bundled.code, 0) << bundled.errors;
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();

  auto const without = run({"verify", data()});
  expect_done(without);
  EXPECT_THAT(without.output, AllOf(HasSubstr("not seen: segments 1 to "), HasSubstr("begun with the snapshot of seq "),
                                    HasSubstr("whole as far as it was seen"), HasSubstr("as before")));
  auto const with = run({"verify", data(), "--archive", archive()});
  expect_done(with);
  EXPECT_THAT(with.output, AllOf(HasSubstr(" more in the archive"), HasSubstr("whole: "), HasSubstr("decided again: "),
                                 Not(HasSubstr("not seen")), Not(HasSubstr("begun with the snapshot"))));
  EXPECT_THAT(run({"replay", data()}).output, HasSubstr("begun with the snapshot of seq "));
  EXPECT_THAT(run({"replay", data(), "--archive", archive()}).output,
              AllOf(HasSubstr("all decided as before"), Not(HasSubstr("begun with"))));
  auto const examined = run({"doctor", data()});
  expect_done(examined);
  EXPECT_THAT(examined.output, HasSubstr("not all of it was looked at"));
  expect_done(run({"doctor", data(), "--archive", archive()}));
  EXPECT_THAT(run({"backup", data(), place("backup")}).errors, HasSubstr("name it with --archive"));
  expect_done(run({"backup", data(), place("backup"), "--archive", archive(), "--with-keys", place("keys")}));
  expect_done(run({"restore", place("backup"), place("again"), "--keys", place("keys")}));
  EXPECT_THAT(run({"verify", place("again")}).output, HasSubstr("whole: "));
}

TEST_F(Trim, a_damaged_snapshot_falls_back_two_refuse_to_start_and_what_is_brought_back_serves) {
  auto const running = market.start_now(buyer, {.admitted = {s1.org}});
  auto const receipt = market.seat(s1).bid(running + "-1", "9000.00", "k").message;
  fill();
  fill();
  trim_while_it_runs();
  market.server().kill();
  ASSERT_EQ(snapshots().size(), 2U);
  cut(snapshots().front());
  auto const before = market.server().log().size();
  market.server().start();
  EXPECT_THAT(market.server().log().substr(before),
              AllOf(HasSubstr("is not used: "), HasSubstr("behind the snapshot of seq ")));
  market.server().kill();
  for (auto const& snapshot : snapshots()) cut(snapshot);
  auto const refused = try_to_serve();
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.errors, AllOf(HasSubstr("cannot start: "), HasSubstr("segments 1 to "),
                                    HasSubstr("--segments` brings them back")));
  EXPECT_EQ(run({"doctor", data()}).code, 4);

  auto const back = run({"restore", archive(), data(), "--segments"});
  expect_done(back);
  EXPECT_THAT(back.output, HasSubstr("segments are back"));
  market.server().start();
  EXPECT_EQ(market.seat(s1).ask(running + "-1", "k").at("seq"), receipt.at("seq"));
  expect_proved(receipt);
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  auto const whole = run({"verify", data()});
  expect_done(whole);
  EXPECT_THAT(whole.output, Not(HasSubstr("not seen")));
}

}  // namespace
