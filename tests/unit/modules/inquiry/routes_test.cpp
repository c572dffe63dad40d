// Decoders of the purchaser's requests: what is asked for and what is refused at the door.
#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;

class InquiryRoutes : public market::Market {
 protected:
  std::string faults(support::Told const& told) {
    EXPECT_EQ(told.code, "MALFORMED");
    std::string out;
    for (auto const& fault : told.faults) out += fault.pointer + ' ';
    return out;
  }
};

TEST_F(InquiryRoutes, publishing_says_when) {
  EXPECT_EQ(faults(post(buyer_, "publish", "{}")), "/opens_at ");
  EXPECT_EQ(faults(post(buyer_, "publish", R"({"start":"now","opens_at":"2030-01-01T00:00:00Z"})")), "/opens_at ");
  EXPECT_EQ(faults(post(buyer_, "publish", R"({"start":"later"})")), "/start ");
  EXPECT_EQ(faults(post(buyer_, "publish", R"({"opens_at":"tomorrow"})")), "/opens_at ");
}

TEST_F(InquiryRoutes, a_hold_has_a_reason_and_places) {
  EXPECT_EQ(faults(post(buyer_, "pause", "{}")), "/reason ");
  EXPECT_EQ(faults(post(buyer_, "abort", R"({"reason":"","lots":[0,33,"1"]})")), "/reason /lots/0 /lots/1 /lots/2 ");
}

TEST_F(InquiryRoutes, what_asks_for_nothing_takes_nothing) {
  EXPECT_EQ(faults(post(buyer_, "relaunch", R"({"x":1})")), "/x ");
  EXPECT_EQ(faults(to_lot(buyer_, "ask-next", R"({"x":1})")), "/x ");
}

TEST_F(InquiryRoutes, a_disqualification_has_a_reason_a_choice_may) {
  EXPECT_EQ(faults(to_lot(buyer_, "disqualify", of(0))), "/reason ");
  EXPECT_EQ(to_lot(buyer_, "choice", of(0)).code, "NO_SUCH_INQUIRY");
  EXPECT_EQ(faults(to_lot(buyer_, "choice", R"({"bidder":7})")), "/bidder ");
}

TEST_F(InquiryRoutes, anybody_may_know_the_limits_as_configured) {
  auto const told = world_.read(nullptr, "/inquiry-limits");
  EXPECT_EQ(told.body.find("notice_min_s")->as_number()->text, "3600");  // of this market
}

TEST_F(InquiryRoutes, the_same_key_makes_one_inquiry) {
  world_.use_key("k");
  auto const first = world_.post(buyer_, "/inquiries", body());
  world_.use_key("k");
  auto const again = world_.post(buyer_, "/inquiries", body());
  EXPECT_EQ(again.id, first.id);
  EXPECT_TRUE(again.repeated);
  world_.use_key("k");
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body(reverse, 2)).code, "KEY_REUSED");
}

TEST_F(InquiryRoutes, every_write_shows_what_it_changed) {
  support::RouteBook book;
  inquiry_.routes(book);
  for (auto const& route : book.all()) {
    bool const is_read = route.method == modules::Method::Get;
    // What goes straight to the engine leaves no row that a read could show.
    bool const leaves_nothing = route.method == modules::Method::Delete || route.act != nullptr;
    bool const is_of_templates = route.pattern.starts_with("/templates");  // nobody else's business
    EXPECT_EQ(route.show.empty(), is_read || leaves_nothing) << route.pattern;
    EXPECT_EQ(route.roles.empty(), is_read && !is_of_templates) << route.pattern;
  }
  EXPECT_NE(book.find(modules::Method::Get, "/inquiries/1").route, nullptr);
}

}  // namespace
