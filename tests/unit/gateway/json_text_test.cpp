// How values look on the wire.
#include "gateway/json_text.h"

#include <gtest/gtest.h>

#include "gateway/json_reader.h"
#include "modules/text.h"

namespace {

using gateway::JsonText;

TEST(JsonText, commas_stand_between_members_and_nowhere_else) {
  std::string out;
  JsonText json{out};
  json.open().number("a", 1).open("b").close().open_list("c").item("x").item("y").close_list();
  json.open_list("d").open().yes("e").close().open().no("e").close().close_list().nothing("f").close();
  EXPECT_EQ(out, R"({"a":1,"b":{},"c":["x","y"],"d":[{"e":true},{"e":false}],"f":null})");
}

TEST(JsonText, money_is_text_with_two_decimals) {
  std::string out;
  JsonText{out}.open().money("a", engine::Money::fen(5)).money("b", engine::Money::fen(-9'800'000)).close();
  EXPECT_EQ(out, R"({"a":"0.05","b":"-98000.00"})");
}

TEST(JsonText, lots_ids_and_spans_are_written_as_the_protocol_says) {
  std::string out;
  JsonText json{out};
  json.open().lot("lot", engine::lot_id(engine::InquiryId{12}, 3)).id("org", 7);
  json.seconds("left_s", engine::Duration{1'999}).close();
  EXPECT_EQ(out, R"({"lot":"12-3","org":"7","left_s":1})");
}

TEST(JsonText, bytes_are_pairs_of_digits_in_lower_case) {
  std::string out;
  JsonText{out}.open().hex("leaf", std::string_view{"\x00\x7f\x80\xff\x0a", 5}).hex("none", {}).close();
  EXPECT_EQ(out, R"({"leaf":"007f80ff0a","none":""})");
}

TEST(JsonText, a_moment_looks_the_same_here_and_in_the_modules) {
  for (std::int64_t const millis : {std::int64_t{0}, std::int64_t{951'827'696'789}, std::int64_t{1'795'000'000'001},
                                    std::int64_t{4'102'444'799'999}}) {
    std::string out;
    gateway::append_moment(out, engine::at_millis(millis));
    EXPECT_EQ(out, modules::instant_text(engine::at_millis(millis)));
  }
}

TEST(JsonText, every_text_comes_back_as_it_was) {
  std::string text = "退潮 \"quoted\" back\\slash / \x7f";
  for (char c = 1; c < 0x20; ++c) text.push_back(c);
  std::string out;
  gateway::append_escaped(out, text);
  auto const read = gateway::parse(out);
  ASSERT_TRUE(read) << out;
  EXPECT_EQ(*read->as_text(), text);
}

}  // namespace
