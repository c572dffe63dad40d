// Reading a body: every fault with its pointer, and all of them at once.
#include "modules/fields.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "modules/refusals.h"
#include "tests/support/module_world.h"

namespace {

using namespace modules;

enum class Colour : std::uint8_t { Red = 1, Blue = 2 };
constexpr Named<Colour> colours[] = {{"red", Colour::Red}, {"blue", Colour::Blue}};

class FieldsOf : public testing::Test {
 protected:
  Fields body(std::string_view text) {
    json_ = support::json(text);
    return Fields(&json_, faults_);
  }
  std::string pointers() const {
    std::string out;
    for (auto const& fault : faults_) out += fault.pointer + ' ';
    return out;
  }
  Json json_;
  Faults faults_;
};

TEST_F(FieldsOf, a_right_body_has_no_fault) {
  auto fields = body(R"({"name":"退潮","price":"98000.00","wait_s":90,"at":"2026-11-22T09:30:00Z","org":"12",
                         "colour":"blue","share":"2.5"})");
  EXPECT_EQ(fields.text("name", {1, 2}), "退潮");
  EXPECT_EQ(fields.money("price"), engine::Money::fen(9'800'000));
  EXPECT_EQ(fields.seconds_if("wait_s", {0, 100}), std::chrono::seconds{90});
  EXPECT_EQ(fields.instant_if("at"), read_instant("2026-11-22T09:30:00Z"));
  EXPECT_EQ(fields.id<engine::OrgId>("org"), engine::OrgId{12});
  EXPECT_EQ(fields.one_of<Colour>("colour", colours), Colour::Blue);
  EXPECT_EQ(fields.percent_if("share"), engine::BasisPoints{250});
  EXPECT_EQ(fields.text_if("note", {1, 9}), std::nullopt);
  fields.finish();
  EXPECT_EQ(pointers(), "");
}

TEST_F(FieldsOf, all_faults_are_told_at_once) {
  auto fields = body(R"({"name":"","price":98000,"extra":1,"org":12})");
  fields.text("name", {1, 5});
  fields.money("price");
  fields.id<engine::OrgId>("org");
  fields.count("missing", {1, 2});
  fields.finish();
  EXPECT_EQ(pointers(), "/name /price /org /missing /extra ");
}

TEST_F(FieldsOf, money_says_which_rule_it_broke) {
  auto fields = body(R"({"a":"1.005","b":"0.00","c":"-1.00","d":"x","e":"999999999999999.00"})");
  for (auto const* name : {"a", "b", "c", "d", "e"}) fields.money(name);
  ASSERT_EQ(faults_.size(), 5u);
  EXPECT_TRUE(faults_[0].detail.starts_with("AMOUNT_PRECISION"));
  EXPECT_TRUE(faults_[1].detail.starts_with("AMOUNT_NON_POSITIVE"));
  EXPECT_TRUE(faults_[2].detail.starts_with("AMOUNT_NON_POSITIVE"));
  EXPECT_TRUE(faults_[3].detail.starts_with("不是金额"));
  EXPECT_TRUE(faults_[4].detail.starts_with("AMOUNT_OUT_OF_RANGE"));
}

TEST_F(FieldsOf, text_without_control_characters_and_within_length) {
  json_ = Json::object({{"nul", Json::text(std::string_view("a\0b", 3))},
                        {"line", Json::text("a\nb")},
                        {"long", Json::text("一二三")},
                        {"broken", Json::text("\xff")}});
  Fields fields(&json_, faults_);
  for (auto const* name : {"nul", "line", "long", "broken"}) fields.text(name, {1, 2});
  EXPECT_EQ(pointers(), "/nul /line /long /broken ");
}

TEST_F(FieldsOf, prose_has_lines_but_no_other_control_characters) {
  json_ = Json::object({{"lines", Json::text("a\nb")}, {"tab", Json::text("a\tb")}, {"return", Json::text("a\r\nb")}});
  Fields fields(&json_, faults_);
  EXPECT_EQ(fields.prose_if("lines", {1, 3}), "a\nb");
  for (auto const* name : {"tab", "return"}) fields.prose_if(name, {1, 4});
  EXPECT_EQ(fields.prose_if("absent", {1, 4}), std::nullopt);
  EXPECT_EQ(pointers(), "/tab /return ");
}

TEST_F(FieldsOf, null_is_not_absence) {
  auto fields = body(R"({"a":null,"b":null})");
  fields.text_if("a", {1, 2});
  fields.money_if("b");
  EXPECT_EQ(pointers(), "/a /b ");
}

TEST_F(FieldsOf, whole_numbers_only_and_in_range) {
  auto fields = body(R"({"a":1.5,"b":1e2,"c":"7","d":11,"e":-1,"f":10})");
  for (auto const* name : {"a", "b", "c", "d", "e", "f"}) fields.count(name, {0, 10});
  EXPECT_EQ(pointers(), "/a /b /c /d /e ");
}

TEST_F(FieldsOf, nested_objects_point_to_their_place) {
  auto fields = body(R"({"lots":[{"title":"a"},{"titel":"b"},7]})");
  for (auto& lot : fields.objects("lots", {1, 32})) {
    lot.text("title", {1, 9});
    lot.finish();
  }
  EXPECT_EQ(pointers(), "/lots/2 /lots/1/title /lots/1/titel ");
}

TEST_F(FieldsOf, one_object_inside_another) {
  auto fields = body(R"({"rules":{"ceiling":"1"},"flat":7})");
  auto rules = fields.object("rules");
  rules.money("ceiling");
  rules.money("decrement");
  rules.finish();
  fields.object("flat").finish();
  fields.object("missing").money("nothing more is said of it");
  EXPECT_EQ(pointers(), "/rules/decrement /flat /missing ");
}

TEST_F(FieldsOf, objects_may_be_absent) {
  auto fields = body(R"({"wrong":{}})");
  EXPECT_TRUE(fields.objects_if("absent", {1, 5}).empty());
  EXPECT_EQ(pointers(), "");
  EXPECT_TRUE(fields.objects_if("wrong", {1, 5}).empty());
  EXPECT_EQ(pointers(), "/wrong ");
}

TEST_F(FieldsOf, arrays_have_sizes) {
  auto fields = body(R"({"none":[],"places":[1,2,99],"word":"x"})");
  EXPECT_TRUE(fields.objects("none", {1, 32}).empty());
  EXPECT_EQ(fields.counts_if("places", {1, 32}, {1, 32}).size(), 3u);
  fields.counts_if("word", {1, 32}, {1, 32});
  fields.counts_if("absent", {1, 32}, {1, 32});
  EXPECT_EQ(pointers(), "/none /places/2 /word ");
}

TEST_F(FieldsOf, a_choice_names_the_choices) {
  auto fields = body(R"({"colour":"green"})");
  fields.one_of<Colour>("colour", colours);
  ASSERT_EQ(faults_.size(), 1u);
  EXPECT_EQ(faults_[0].detail, "应为下列之一 / one of these is expected: red blue");
}

TEST_F(FieldsOf, no_body_is_one_fault_however_much_is_asked) {
  Fields fields(nullptr, faults_);
  fields.text("name", {1, 5});
  fields.objects("lots", {1, 5});
  fields.finish();
  EXPECT_EQ(faults_.size(), 1u);
}

TEST_F(FieldsOf, pointers_escape_slash_and_tilde) {
  auto fields = body(R"({"a/b~c":1})");
  fields.finish();
  EXPECT_EQ(pointers(), "/a~1b~0c ");
}

TEST_F(FieldsOf, an_amount_may_be_zero_or_negative_only_where_that_is_asked_for) {
  auto fields = body(R"({"a":"0.00","b":"-1.00","c":"-1.00","d":"0"})");
  EXPECT_EQ(fields.money_if("a", Least::Zero), engine::Money{});
  EXPECT_EQ(fields.money_if("b", Least::Any), engine::Money::fen(-100));
  fields.money_if("c", Least::Zero);
  fields.money_if("d");
  EXPECT_EQ(pointers(), "/c /d ");
}

TEST_F(FieldsOf, a_flag_a_coefficient_and_an_object_may_be_absent_and_never_something_else) {
  auto fields = body(R"({"yes":true,"no":1,"by":"1.0523","of":1.05,"in":{"x":true},"at":[]})");
  EXPECT_EQ(fields.flag_if("yes"), true);
  EXPECT_EQ(fields.flag_if("maybe"), std::nullopt);
  EXPECT_EQ(fields.flag_if("no"), false);
  EXPECT_EQ(fields.coefficient_if("by"), engine::BasisPoints{10'523});
  fields.coefficient_if("of");
  EXPECT_EQ(fields.object_if("in")->flag_if("x"), true);
  EXPECT_FALSE(fields.object_if("out"));
  EXPECT_TRUE(fields.object_if("at"));
  fields.finish();
  EXPECT_EQ(pointers(), "/no /of /at ");
}

TEST(VersionRead, is_a_number_with_or_without_quotes) {
  auto const read = [](std::string_view given) {
    return version_read(Request{.path = {}, .query = {}, .if_match = given, .now = {}});
  };
  EXPECT_EQ(read("12"), 12U);
  EXPECT_EQ(read("\"12\""), 12U);
  EXPECT_EQ(read("").error().kind, &refusals::precondition_required);
  for (auto const* none : {"\"", "\"\"", "*", "W/\"12\"", "\"12", "012", "x"}) {
    EXPECT_EQ(read(none).error().kind, &refusals::precondition_failed) << none;
  }
}

}  // namespace
