// The list of inquiries: order, pages, filters, what an item holds, and what is refused.
#include "modules/inquiry/list.h"

#include <gmock/gmock.h>

#include "engine/limits.h"
#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using modules::Actor;
using modules::Json;
using testing::ElementsAre;
using testing::IsEmpty;

class List : public market::Market {
 protected:
  std::string titled(std::string_view title, std::string_view rules = reverse) {
    auto text = body(rules);
    text.replace(text.find("办公设备"), std::string_view("办公设备").size(), title);
    return text;
  }
  void draft(Actor const& who, std::string const& text) { ASSERT_EQ(world_.post(who, "/inquiries", text).code, ""); }
  void publish_again(Actor const& who, std::string const& text) {
    auto const made = world_.post(who, "/inquiries", text);
    ASSERT_EQ(world_.post(who, "/inquiries/" + std::to_string(made.id) + "/publish", at(1h)).code, "");
  }
  Json read(Actor const* who, std::string const& query = {}) {
    auto const told = world_.read(who, "/inquiries" + query);
    EXPECT_EQ(told.code, "") << query;
    return told.body;
  }
  std::vector<std::string> ids(Actor const* who, std::string const& query = {}) {
    std::vector<std::string> out;
    auto const page = read(who, query);
    for (auto const& item : *page.find("items")->as_array()) out.push_back(*item.find("id")->as_text());
    return out;
  }
  std::string fault(std::string const& query) {
    auto const told = world_.read(&buyer_, "/inquiries" + query);
    EXPECT_EQ(told.code, "MALFORMED") << query;
    EXPECT_EQ(told.status, 400);
    return told.faults.empty() ? "" : told.faults.front().pointer;
  }
  // Rows straight into the tables: nobody waits for a thousand requests.
  void fill(std::uint64_t first, std::uint64_t last, modules::inquiry::State state) {
    for (auto id = first; id <= last; ++id) {
      modules::inquiry::InquiryRow row;
      row.id = engine::InquiryId{id};
      row.buyer = buyer_org_;
      row.division = "330481";
      row.state = state;
      modules::put_row(world_.tables(), modules::inquiry::table::inquiries, modules::key(row.id), row);
    }
    ASSERT_TRUE(world_.tables().commit(world_.tables().applied()).has_value());
  }
};

TEST_F(List, begins_with_the_newest) {
  for (int i = 0; i < 3; ++i) draft(buyer_, body());
  EXPECT_THAT(ids(&buyer_), ElementsAre("3", "2", "1"));
  EXPECT_THAT(ids(&buyer_, "?before=3"), ElementsAre("2", "1"));
  EXPECT_THAT(ids(&buyer_, "?before=1"), IsEmpty());
  EXPECT_THAT(ids(&buyer_, "?before=0"), IsEmpty());
  EXPECT_THAT(ids(&buyer_, "?after=0"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(ids(&buyer_, "?after=1"), ElementsAre("2", "3"));
}

TEST_F(List, is_read_page_by_page_either_way) {
  fill(1, 250, modules::inquiry::State::Draft);
  auto const newest = read(&buyer_);
  EXPECT_EQ(newest.find("items")->as_array()->size(), engine::limits::rows_a_page);
  EXPECT_EQ(*newest.find("next")->as_text(), "51");
  auto const rest = ids(&buyer_, "?before=51");
  EXPECT_EQ(rest.size(), 50U);
  EXPECT_EQ(rest.front(), "50");
  EXPECT_EQ(read(&buyer_, "?before=51").find("next"), nullptr);
  auto const oldest = read(&buyer_, "?after=0");
  EXPECT_EQ(*oldest.find("next")->as_text(), "200");
  EXPECT_EQ(ids(&buyer_, "?after=200").front(), "201");
}

TEST_F(List, ends_a_page_after_so_many_rows_and_says_where_to_go_on) {
  fill(1, 1, modules::inquiry::State::Closed);
  fill(2, 1'500, modules::inquiry::State::Draft);
  auto const first = read(&buyer_, "?state=CLOSED");
  EXPECT_THAT(*first.find("items")->as_array(), IsEmpty());
  ASSERT_NE(first.find("next"), nullptr);
  EXPECT_EQ(*first.find("next")->as_text(), "501");
  EXPECT_THAT(ids(&buyer_, "?state=CLOSED&before=501"), ElementsAre("1"));
}

TEST_F(List, filters_by_state) {
  publish_again(buyer_, body());
  world_.advance(1h);
  publish_again(buyer_, body());
  draft(buyer_, body());
  EXPECT_THAT(ids(&buyer_, "?state=RUNNING"), ElementsAre("1"));
  EXPECT_THAT(ids(&buyer_, "?state=DRAFT,RUNNING"), ElementsAre("3", "1"));
  EXPECT_THAT(ids(&buyer_, "?state=DRAFT&state=PUBLISHED"), ElementsAre("3", "2"));
  EXPECT_THAT(ids(&buyer_, "?state=ABORTED"), IsEmpty());
}

TEST_F(List, filters_by_the_format_of_any_lot) {
  draft(buyer_, body(reverse, 2));
  draft(buyer_, body(sealed));
  EXPECT_THAT(ids(&buyer_, "?format=reverse"), ElementsAre("1"));
  EXPECT_THAT(ids(&buyer_, "?format=sealed"), ElementsAre("2"));
}

TEST_F(List, finds_text_in_title_lots_and_buyer) {
  draft(buyer_, titled("HP 墨盒"));
  draft(buyer_, titled("课桌椅"));
  EXPECT_THAT(ids(&buyer_, "?q=hp"), ElementsAre("1"));
  EXPECT_THAT(ids(&buyer_, "?q=课桌"), ElementsAre("2"));
  EXPECT_THAT(ids(&buyer_, "?q=打印机1"), ElementsAre("2", "1"));
  EXPECT_THAT(ids(&buyer_, "?q=海宁"), ElementsAre("2", "1"));
  EXPECT_THAT(ids(&buyer_, "?q=德清"), IsEmpty());
}

TEST_F(List, filters_by_division_level_by_level) {
  publish_again(buyer_, body());     // 330481
  publish_again(stranger_, body());  // 330521
  EXPECT_THAT(ids(nullptr, "?division=330000"), ElementsAre("2", "1"));
  EXPECT_THAT(ids(nullptr, "?division=330400"), ElementsAre("1"));
  EXPECT_THAT(ids(nullptr, "?division=330481"), ElementsAre("1"));
  EXPECT_THAT(ids(nullptr, "?division=330500"), ElementsAre("2"));
  EXPECT_THAT(ids(nullptr, "?division=320000"), IsEmpty());
}

TEST_F(List, knows_what_is_mine) {
  publish_again(buyer_, body());
  publish_again(stranger_, body());
  draft(buyer_, body());
  EXPECT_THAT(ids(&buyer_, "?mine=1"), ElementsAre("3", "1"));
  EXPECT_THAT(ids(&stranger_, "?mine=1"), ElementsAre("2"));
  EXPECT_THAT(ids(&suppliers_[0], "?mine=1"), ElementsAre("2", "1"));
  EXPECT_THAT(ids(&outsider_, "?mine=1"), IsEmpty());
  EXPECT_THAT(ids(&city_, "?mine=1"), ElementsAre("1"));
  EXPECT_THAT(ids(&administrator_, "?mine=1"), IsEmpty());
  EXPECT_THAT(ids(nullptr, "?mine=1"), IsEmpty());
  EXPECT_THAT(ids(&outsider_, "?mine=0"), ElementsAre("2", "1"));
}

TEST_F(List, never_shows_more_than_one_may_see) {
  draft(buyer_, titled("秘密"));
  publish_again(buyer_, body());
  for (auto const* query : {"", "?q=秘密", "?state=DRAFT", "?format=reverse", "?after=0"}) {
    for (auto const* who : {&stranger_, &suppliers_[0], &city_, &administrator_, static_cast<Actor*>(nullptr)}) {
      EXPECT_THAT(ids(who, query), testing::Not(testing::Contains("1"))) << query;
    }
    EXPECT_THAT(ids(&elsewhere_, query), IsEmpty()) << query;
  }
}

TEST_F(List, an_item_tells_its_lots_in_short) {
  run(reverse, 2);
  auto const lots_of = [&] { return *read(nullptr).find("items")->as_array()->at(0).find("lots")->as_array(); };
  auto const running = lots_of();
  ASSERT_EQ(running.size(), 2U);
  EXPECT_EQ(*running[1].find("lot")->as_text(), "1-2");
  EXPECT_EQ(*running[1].find("title")->as_text(), "打印机2");
  EXPECT_EQ(*running[1].find("format")->as_text(), "reverse");
  EXPECT_EQ(*running[1].find("ceiling")->as_text(), "10000.00");
  EXPECT_EQ(*running[1].find("state")->as_text(), "RUNNING");
  EXPECT_NE(running[1].find("opens_at"), nullptr);
  EXPECT_EQ(running[1].find("closed_at"), nullptr);
  EXPECT_EQ(running[1].find("rules"), nullptr);
  three_bids();
  for (auto const& lot : lots_of()) EXPECT_EQ(lot.find("price"), nullptr);
  world_.advance(2h);
  auto const closed = lots_of();
  EXPECT_EQ(*closed[0].find("state")->as_text(), "AWARDED");
  EXPECT_EQ(*closed[0].find("price")->as_text(), "9000.00");
  EXPECT_NE(closed[0].find("closed_at"), nullptr);
  EXPECT_EQ(*closed[1].find("state")->as_text(), "FAILED_NO_BID");
  EXPECT_EQ(closed[1].find("price"), nullptr);
}

TEST_F(List, refuses_what_cannot_be_meant) {
  EXPECT_EQ(fault("?state=OPEN"), "/state");
  EXPECT_EQ(fault("?state="), "/state");
  EXPECT_EQ(fault("?format=english"), "/format");
  EXPECT_EQ(fault("?q="), "/q");
  EXPECT_EQ(fault("?q=" + std::string(101, 'x')), "/q");
  EXPECT_EQ(fault("?division=33"), "/division");
  EXPECT_EQ(fault("?mine=yes"), "/mine");
  EXPECT_EQ(fault("?before=x"), "/before");
  EXPECT_EQ(fault("?before=2&after=1"), "/after");
  EXPECT_EQ(fault("?stat=DRAFT"), "/stat");
}

}  // namespace
