// Parameters of a list: what is understood, what is a fault, and what is found in a text.
#include "modules/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

enum class Colour : std::uint8_t { Red = 1, Blue = 2 };
constexpr Named<Colour> colours[] = {{"red", Colour::Red}, {"blue", Colour::Blue}};

class QueryTest : public testing::Test {
 protected:
  Query query(Query::Parameters given) {
    given_ = std::move(given);
    return Query(given_, faults_);
  }
  std::vector<std::string> pointers() const {
    std::vector<std::string> out;
    for (auto const& fault : faults_) out.push_back(fault.pointer);
    return out;
  }
  Query::Parameters given_;
  Faults faults_;
};

TEST_F(QueryTest, what_is_absent_is_nothing_and_no_fault) {
  auto asked = query({});
  EXPECT_EQ(asked.number("n"), std::nullopt);
  EXPECT_EQ(asked.text("t", {1, 10}), std::nullopt);
  EXPECT_EQ(asked.division("d"), std::nullopt);
  EXPECT_EQ(asked.one_of<Colour>("c", colours), std::nullopt);
  EXPECT_THAT(asked.any_of<Colour>("c", colours), IsEmpty());
  EXPECT_FALSE(asked.is_set("f"));
  asked.finish();
  EXPECT_THAT(faults_, IsEmpty());
}

TEST_F(QueryTest, any_of_takes_commas_and_repetition) {
  auto asked = query({{"c", "red,blue"}, {"c", "red"}});
  EXPECT_THAT(asked.any_of<Colour>("c", colours), ElementsAre(Colour::Red, Colour::Blue, Colour::Red));
  EXPECT_THAT(faults_, IsEmpty());
}

TEST_F(QueryTest, every_value_of_a_list_is_one_of_it) {
  for (auto const* wrong : {"", "green", "red,", ",red", "red,,blue", "RED", "red blue"}) {
    faults_.clear();
    query({{"c", wrong}}).any_of<Colour>("c", colours);
    EXPECT_THAT(pointers(), ElementsAre("/c")) << wrong;
  }
  faults_.clear();
  EXPECT_EQ(query({{"c", "blue"}}).one_of<Colour>("c", colours), Colour::Blue);
  EXPECT_EQ(query({{"c", "red,blue"}}).one_of<Colour>("c", colours), std::nullopt);
  EXPECT_THAT(faults_.at(0).detail, testing::HasSubstr("red blue"));
}

TEST_F(QueryTest, a_number_is_an_id_or_zero) {
  EXPECT_EQ(query({{"n", "0"}}).number("n"), 0U);
  EXPECT_EQ(query({{"n", "12"}}).number("n"), 12U);
  EXPECT_THAT(faults_, IsEmpty());
  for (auto const* wrong : {"", "-1", "01", "1.0", "x", "9999999999999999999"}) {
    faults_.clear();
    EXPECT_EQ(query({{"n", wrong}}).number("n"), std::nullopt);
    EXPECT_THAT(pointers(), ElementsAre("/n")) << wrong;
  }
}

TEST_F(QueryTest, a_text_has_a_length_and_is_utf8) {
  EXPECT_EQ(query({{"t", "打印"}}).text("t", {1, 6}), "打印");
  EXPECT_THAT(faults_, IsEmpty());
  for (auto const* wrong : {"", "打印机", "\xff"}) {
    faults_.clear();
    EXPECT_EQ(query({{"t", wrong}}).text("t", {1, 6}), std::nullopt);
    EXPECT_THAT(pointers(), ElementsAre("/t")) << wrong;
  }
}

TEST_F(QueryTest, a_division_has_six_digits) {
  EXPECT_EQ(query({{"d", "330100"}}).division("d"), "330100");
  EXPECT_THAT(faults_, IsEmpty());
  for (auto const* wrong : {"", "33", "33010x", "3301000"}) {
    faults_.clear();
    query({{"d", wrong}}).division("d");
    EXPECT_THAT(pointers(), ElementsAre("/d")) << wrong;
  }
}

TEST_F(QueryTest, a_flag_is_one_or_nought) {
  EXPECT_TRUE(query({{"f", "1"}}).is_set("f"));
  EXPECT_FALSE(query({{"f", "0"}}).is_set("f"));
  EXPECT_THAT(faults_, IsEmpty());
  EXPECT_FALSE(query({{"f", "true"}}).is_set("f"));
  EXPECT_THAT(pointers(), ElementsAre("/f"));
}

TEST_F(QueryTest, what_nobody_asked_for_or_came_twice_is_a_fault) {
  auto asked = query({{"n", "1"}, {"n", "2"}, {"sate", "x"}});
  EXPECT_EQ(asked.number("n"), std::nullopt);
  asked.finish();
  EXPECT_THAT(pointers(), ElementsAre("/n", "/sate"));
}

TEST(Says, knows_no_case_in_ascii_and_compares_the_rest_as_it_is) {
  EXPECT_TRUE(says("HP 打印机", "hp"));
  EXPECT_TRUE(says("hp 打印机", "P 打"));
  EXPECT_TRUE(says("打印机", "印"));
  EXPECT_TRUE(says("x", ""));
  EXPECT_FALSE(says("打印机", "复印"));
  EXPECT_FALSE(says("É", "é"));
  EXPECT_FALSE(says("", "x"));
}

}  // namespace
}  // namespace modules
