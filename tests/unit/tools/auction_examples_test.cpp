// The schema, the examples and the reader say the same: nothing is in one of them only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/support/e2e_schema.h"
#include "tools/ebb/auction.h"
#include "tools/ebb/auction_acts.h"
#include "tools/ebb/auction_rules.h"

namespace {

namespace json = boost::json;
using Words = std::set<std::string>;

std::filesystem::path folder() {
  auto const* root = std::getenv("EBB_SOURCE_DIR");
  return std::filesystem::path{root != nullptr ? root : "."} / "tools" / "ebb" / "auctions";
}
std::string text_of(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in.is_open()) << path;
  return {std::istreambuf_iterator<char>{in}, {}};
}
std::vector<std::filesystem::path> examples() {
  std::vector<std::filesystem::path> found;
  for (auto const& entry : std::filesystem::directory_iterator{folder()}) {
    if (entry.path().filename() != "auction.schema.json") found.push_back(entry.path());
  }
  return found;
}

class AuctionExamples : public testing::Test {
 protected:
  json::value const& definition(char const* name) const { return schemas.document().at("$defs").at(name); }
  static Words members(json::value const& schema) {
    Words names;
    for (auto const& [name, rest] : schema.at("properties").as_object()) names.insert(std::string{name});
    return names;
  }
  // The problems of a file as "pointer CODE".
  static Words problems(json::value const& file) {
    Words told;
    auto const answer = json::parse(ebb::auction::check(json::serialize(file)).json);
    for (auto const& problem : answer.at("problems").as_array()) {
      told.insert(std::string{problem.at("pointer").as_string()} + " " + std::string{problem.at("code").as_string()});
    }
    return told;
  }
  static json::object lot() {
    return {{"name", "A"},
            {"format", "reverse"},
            {"opens_at", "2026-01-05T02:00:00Z"},
            {"ceiling", "100.00"},
            {"decrement", "1.00"}};
  }
  static json::object file(json::object lot, json::array acts = {}) {
    return {{"ebb_auction", 1},
            {"lots", json::array{std::move(lot)}},
            {"bidders", json::array{json::object{{"name", "acorn"}}}},
            {"acts", std::move(acts)}};
  }

  support::Schemas schemas{json::parse(text_of(folder() / "auction.schema.json"))};
};

TEST_F(AuctionExamples, every_example_fits_the_schema_and_ends_as_it_says) {
  ASSERT_GE(examples().size(), 12U);
  for (auto const& path : examples()) {
    auto const text = text_of(path);
    EXPECT_THAT(schemas.faults(json::parse(text), schemas.document()), testing::IsEmpty()) << path;
    auto const told = ebb::auction::run(text);
    EXPECT_EQ(told.exit_code, 0) << path << '\n' << told.json;
  }
}

TEST_F(AuctionExamples, every_example_expects_something_of_every_lot_and_most_acts) {
  for (auto const& path : examples()) {
    auto const file = json::parse(text_of(path));
    for (auto const& each : file.at("lots").as_array()) EXPECT_TRUE(each.as_object().contains("expect")) << path;
    std::size_t expecting = 0;
    for (auto const& act : file.at("acts").as_array()) expecting += act.as_object().contains("expect") ? 1U : 0U;
    EXPECT_GE(2 * expecting, file.at("acts").as_array().size()) << path;
  }
}

TEST_F(AuctionExamples, every_format_has_an_example) {
  Words formats;
  for (auto const& path : examples()) {
    auto const file = json::parse(text_of(path));
    for (auto const& each : file.at("lots").as_array()) {
      formats.insert(std::string{each.at("format").as_string()});
    }
  }
  auto const& known = ebb::auction::rule_members().front().choices;
  EXPECT_EQ(formats, Words(known.begin(), known.end()));
}

TEST_F(AuctionExamples, the_schema_knows_the_rules_that_the_reader_knows) {
  Words rules{"name", "opens_at", "after", "expect"};
  for (auto const& member : ebb::auction::rule_members()) rules.emplace(member.name);
  EXPECT_EQ(members(definition("lot")), rules);
}

TEST_F(AuctionExamples, the_schema_knows_the_words_that_the_reader_knows) {
  for (auto const& member : ebb::auction::rule_members()) {
    auto const& schema = definition("lot").at("properties").at(member.name);
    if (member.choices.empty()) {
      EXPECT_FALSE(schema.as_object().contains("enum")) << member.name;
      continue;
    }
    Words const words(member.choices.begin(), member.choices.end());
    auto const* const listed = schema.as_object().if_contains("enum");
    if (listed == nullptr) {
      EXPECT_EQ(members(schema), words) << member.name;
      continue;
    }
    Words in_schema;
    for (auto const& word : listed->as_array()) in_schema.insert(std::string{word.as_string()});
    EXPECT_EQ(in_schema, words) << member.name;
  }
}

// A member with null for its value is asked for, or it is unknown.
TEST_F(AuctionExamples, the_reader_asks_for_the_types_that_the_schema_gives_every_rule) {
  for (auto const& member : ebb::auction::rule_members()) {
    auto wrong = lot();
    wrong[member.name] = nullptr;
    EXPECT_EQ(problems(file(wrong)), Words{"/lots/0/" + std::string{member.name} + " WRONG_TYPE"});
    EXPECT_FALSE(schemas.faults(wrong, definition("lot")).empty()) << member.name;
  }
}

TEST_F(AuctionExamples, the_schema_knows_the_acts_that_the_reader_knows_with_their_members) {
  auto const& alternatives = definition("act").at("oneOf").as_array();
  Words every;
  for (auto const& act : alternatives) every.merge(members(act));
  Words verbs;
  for (auto const& act : alternatives) {
    auto const verb = std::string{act.at("properties").at("do").at("const").as_string()};
    verbs.insert(verb);
    auto const own = members(act);
    for (auto const& name : every) {
      if (name == "do") continue;
      json::object probe{{"do", verb}, {name, nullptr}};
      auto const told = problems(file(lot(), {probe}));
      EXPECT_EQ(told.contains("/acts/0/" + name + " UNKNOWN_MEMBER"), !own.contains(name)) << verb << ' ' << name;
    }
    for (auto const& name : own) {
      json::object probe{{"do", verb}};
      if (name == "do") continue;
      Words required;
      for (auto const& each : act.at("required").as_array()) required.insert(std::string{each.as_string()});
      auto const told = problems(file(lot(), {probe}));
      EXPECT_EQ(told.contains("/acts/0/" + name + " MISSING_MEMBER"), required.contains(name)) << verb << ' ' << name;
    }
  }
  auto const known = ebb::auction::act_verbs();
  EXPECT_EQ(verbs, Words(known.begin(), known.end()));
}

}  // namespace
