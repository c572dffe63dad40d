// JSON values: what is put in is what is asked for and written.
#include "modules/json.h"

#include <gtest/gtest.h>

#include "tests/support/module_world.h"

namespace {

using modules::Json;

TEST(Json, writes_members_in_the_order_they_were_added) {
  auto json = Json::object();
  json.add("b", Json::number(-7)).add("a", Json::text("退潮")).add("none", Json{}).add("yes", Json::yes_or_no(1));
  EXPECT_EQ(json.write(), R"({"b":-7,"a":"退潮","none":null,"yes":true})");
}

TEST(Json, nests_and_separates) {
  auto json = Json::array();
  json.push(Json::array()).push(Json::object()).push(Json::object({{"x", Json::number("1.50")}}));
  EXPECT_EQ(json.write(), R"([[],{},{"x":1.50}])");
}

TEST(Json, escapes_what_must_not_stand_in_a_string) {
  EXPECT_EQ(Json::text(std::string_view("a\"b\\c\n\t\r\x01\x1f\x7f", 11)).write(),
            R"("a\"b\\c\n\t\r\u0001\u001f\u007f")");
}

TEST(Json, knows_what_it_is) {
  EXPECT_TRUE(Json{}.is_null());
  EXPECT_EQ(*Json::text("x").as_text(), "x");
  EXPECT_EQ(Json::text("x").as_number(), nullptr);
  EXPECT_EQ(Json::number(3).as_number()->text, "3");
  EXPECT_FALSE(*Json::yes_or_no(0).as_bool());
  EXPECT_EQ(Json::object().find("x"), nullptr);
  EXPECT_EQ(Json::text("x").find("x"), nullptr);
}

TEST(Json, adding_to_something_else_is_a_bug) {
  auto text = Json::text("x");
  EXPECT_DEATH(text.add("a", Json{}), "CHECK failed");
  EXPECT_DEATH(text.push(Json{}), "CHECK failed");
}

TEST(Json, the_tests_reader_reads_what_is_written) {
  constexpr auto text = R"({"a":[1,-2,{"b":"c"}],"d":"","e":true,"f":null})";
  EXPECT_EQ(support::json(text).write(), text);
}

}  // namespace
