// An inquiry that is over goes into a bundle that proves itself; whatever is changed in it is found.
#include "tools/ebb/archive.h"

#include <functional>

#include "persistence/archive.h"
#include "tests/unit/tools/kept_world.h"

namespace {

using kept::why;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class ArchiveTest : public kept::KeptWorld {
 protected:
  engine::Result<std::string> archive(std::uint64_t id = 1) const {
    return ebb::archive({.directory = data(), .to = place("archive"), .which = engine::InquiryId{id}});
  }
  std::filesystem::path bundle(std::uint64_t id = 1) const {
    return place("archive") / ("inquiry-" + std::to_string(id) + ".tar.zst");
  }
  engine::Result<std::string> check() const { return ebb::check_archive({bundle()}); }
  // Changes one file of the bundle and makes its checksums fit again, as whoever forges would.
  void forge(std::string_view file, std::function<void(std::string& bytes)> const& how) const {
    auto read = persistence::read_bundle(bundle());
    ASSERT_TRUE(read) << read.error().what;
    for (auto& each : read->files) {
      if (each.name == file) how(each.bytes);
    }
    ASSERT_TRUE(persistence::write_bundle(bundle(), *read));
  }
  static void replace(std::string& bytes, std::string_view what, std::string_view with) {
    auto const at = bytes.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    bytes.replace(at, what.size(), with);
  }

  void sell() {
    run();
    three_bids();
    world_.advance(2h);
    ASSERT_EQ(to_lot(suppliers_[0], "award-answer", R"({"answer":"confirm"})").code, "");
    keep();
  }
  void ask_for_quotes() {
    publish(sealed);
    three_bids();
    world_.advance(2h);
    world_.advance(30 * 24h);
    keep();
  }
};

TEST_F(ArchiveTest, a_finished_inquiry_is_archived_and_decided_again_from_its_bundle_alone) {
  sell();
  auto const written = archive();
  ASSERT_TRUE(written) << written.error().what;
  std::filesystem::remove_all(data());
  auto const checked = check();
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_THAT(*checked, AllOf(HasSubstr("each with the leaf that its record gives"),
                              HasSubstr("decided again: every event and every result is as it is told")));
}

TEST_F(ArchiveTest, it_can_be_read_without_our_software) {
  sell();
  ASSERT_TRUE(archive());
  auto const read = persistence::read_bundle(bundle());
  ASSERT_TRUE(read);
  EXPECT_THAT(*read->find("inquiry.json"), HasSubstr("办公设备"));
  EXPECT_THAT(*read->find("names.json"),
              AllOf(HasSubstr("海宁采购中心"), HasSubstr("甲公司"), Not(HasSubstr("丁公司"))));
  EXPECT_THAT(*read->find("results.json"),
              AllOf(HasSubstr("\"state\":\"AWARDED\""), HasSubstr("\"price\":\"9000.00\"")));
  EXPECT_THAT(*read->find("events.jsonl"),
              AllOf(HasSubstr("\"event\":\"bid_accepted\""), HasSubstr("\"lot\":\"1-1\"")));
  EXPECT_THAT(*read->find("README.txt"), HasSubstr("sha256sum -c"));
}

TEST_F(ArchiveTest, prices_of_a_lot_that_was_opened_stand_in_it_with_what_binds_them) {
  ask_for_quotes();
  auto const written = archive();
  ASSERT_TRUE(written) << written.error().what;
  auto const checked = check();
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_THAT(*checked, HasSubstr("decided again"));
}

TEST_F(ArchiveTest, prices_of_a_lot_that_was_never_opened_stay_closed) {
  publish(sealed);
  three_bids();
  ASSERT_EQ(post(buyer_, "abort", R"({"reason":"预算被取消, 采购终止"})").code, "");
  keep();
  auto const written = archive();
  ASSERT_TRUE(written) << written.error().what;
  auto const read = persistence::read_bundle(bundle());
  ASSERT_TRUE(read);
  for (auto const& file : read->files) {
    EXPECT_THAT(file.bytes, AllOf(Not(HasSubstr("9000.00")), Not(HasSubstr("9300.00")))) << file.name;
  }
  auto const checked = check();
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_THAT(*checked, HasSubstr("3 never opened prices are not in it"));
}

TEST_F(ArchiveTest, nothing_of_another_inquiry_is_in_it) {
  sell();
  ASSERT_EQ(world_
                .post(stranger_, "/inquiries",
                      R"({"title":"秘密的项目","lots":[{"title":"x","rules":{)" + std::string(reverse) +
                          R"(}}],"admitted":[]})")
                .code,
            "");
  keep();
  ASSERT_TRUE(archive());
  auto const read = persistence::read_bundle(bundle());
  ASSERT_TRUE(read);
  for (auto const& file : read->files) EXPECT_THAT(file.bytes, Not(HasSubstr("秘密的项目"))) << file.name;
}

TEST_F(ArchiveTest, a_changed_event_is_found) {
  sell();
  ASSERT_TRUE(archive());
  forge("events.jsonl", [](std::string& bytes) { replace(bytes, "9300.00", "9200.00"); });
  EXPECT_THAT(why(check()), HasSubstr("events.jsonl: line"));
}

TEST_F(ArchiveTest, a_changed_result_is_found) {
  sell();
  ASSERT_TRUE(archive());
  forge("results.json", [](std::string& bytes) { replace(bytes, "9000.00", "8000.00"); });
  EXPECT_THAT(why(check()), HasSubstr("results.json: not what the events give"));
}

TEST_F(ArchiveTest, a_changed_record_no_longer_has_its_leaf) {
  sell();
  ASSERT_TRUE(archive());
  forge("records.jsonl", [](std::string& bytes) {
    auto const at = bytes.find("\"shown\":\"") + 9 + 60;
    bytes[at] = bytes[at] == '0' ? '1' : '0';
  });
  EXPECT_THAT(why(check()), HasSubstr("its record gives the leaf"));
}

TEST_F(ArchiveTest, a_changed_private_price_is_not_what_was_bound) {
  ask_for_quotes();
  ASSERT_TRUE(archive());
  forge("records.jsonl", [](std::string& bytes) {
    auto at = bytes.find("\"private\":\"");
    while (bytes[at + 11] == '"') at = bytes.find("\"private\":\"", at + 1);
    bytes[at + 11] = bytes[at + 11] == '0' ? '1' : '0';
  });
  EXPECT_THAT(why(check()), HasSubstr("what is private is not what was bound"));
}

TEST_F(ArchiveTest, a_missing_record_is_found) {
  sell();
  ASSERT_TRUE(archive());
  forge("records.jsonl", [](std::string& bytes) {
    auto const at = bytes.find("PlaceBid");
    auto const begin = bytes.rfind('\n', at) + 1;
    bytes.erase(begin, bytes.find('\n', at) + 1 - begin);
  });
  EXPECT_THAT(why(check()), HasSubstr("events.jsonl"));
}

TEST_F(ArchiveTest, an_inquiry_that_is_not_over_or_not_there_is_refused) {
  run();
  keep();
  EXPECT_THAT(why(archive()), HasSubstr("inquiry 1: not over yet"));
  EXPECT_THAT(why(archive(7)), HasSubstr("inquiry 7: there is none"));
}

TEST_F(ArchiveTest, all_that_were_over_by_then_are_archived_once) {
  sell();
  ebb::ArchiveCall call{.directory = data(), .to = place("archive"), .which = world_.now() + 1h};
  auto const first = ebb::archive(call);
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_TRUE(std::filesystem::exists(bundle()));
  EXPECT_THAT(ebb::archive(call).value_or(""), HasSubstr("is there already"));
  call.which = engine::at_millis(0);
  EXPECT_THAT(ebb::archive(call).value_or(""), HasSubstr("nothing was over by then"));
}

}  // namespace
