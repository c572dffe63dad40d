// With what eyes an inquiry is looked at, and what its head says of that.
#include "modules/inquiry/head.h"

#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using modules::inquiry::Eye;

class Head : public market::Market {
 protected:
  Eye eye(modules::Actor const* who) { return modules::inquiry::eye(row(), who); }
  std::string side(modules::Actor const* who, std::string_view what) {
    auto const told = world_.read(who, what);
    EXPECT_EQ(told.code, "");
    auto const* items = told.body.find("items");
    auto const& head = items != nullptr ? items->as_array()->at(0) : told.body;
    return *head.find("side")->as_text();
  }
};

TEST_F(Head, a_draft_is_its_buyers_own) {
  world_.post(buyer_, "/inquiries", body());
  EXPECT_EQ(eye(&buyer_), Eye::Buyer);
  EXPECT_EQ(eye(&second_), Eye::Buyer);
  for (auto const* who :
       {&stranger_, &city_, &elsewhere_, &suppliers_[0], &administrator_, static_cast<modules::Actor*>(nullptr)}) {
    EXPECT_EQ(eye(who), Eye::Blind);
  }
}

TEST_F(Head, a_published_one_has_a_side_for_everybody_but_the_regulator_of_elsewhere) {
  publish();
  EXPECT_EQ(eye(&city_), Eye::Supervision);
  EXPECT_EQ(eye(&elsewhere_), Eye::OutOfScope);
  EXPECT_EQ(eye(&suppliers_[2]), Eye::Bidder);
  for (auto const* who : {&outsider_, &stranger_, &administrator_, static_cast<modules::Actor*>(nullptr)}) {
    EXPECT_EQ(eye(who), Eye::Public);
  }
}

TEST_F(Head, says_the_side_in_an_item_and_on_a_page) {
  publish();
  for (auto const& what : {std::string("/inquiries"), path()}) {
    EXPECT_EQ(side(&buyer_, what), "buyer");
    EXPECT_EQ(side(&city_, what), "supervision");
    EXPECT_EQ(side(&suppliers_[0], what), "bidder");
    EXPECT_EQ(side(&outsider_, what), "public");
    EXPECT_EQ(side(&stranger_, what), "public");
    EXPECT_EQ(side(nullptr, what), "public");
  }
}

}  // namespace
