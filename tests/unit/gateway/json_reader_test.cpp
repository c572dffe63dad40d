// Strict JSON against a public suite of hundreds of texts, and what the house refuses beyond it.
#include "gateway/json_reader.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/limits.h"

namespace {

using gateway::parse;

std::string fault(std::string_view text) {
  auto const read = parse(text);
  if (read) return "accepted";
  return read.error().faults.at(0).pointer + ": " + read.error().faults.at(0).detail;
}

std::filesystem::path suite() {
  auto const* const given = std::getenv("EBB_FIXTURES");
  auto const* const source = std::getenv("EBB_SOURCE_DIR");
  std::filesystem::path fixtures = given != nullptr ? given : "";
  if (fixtures.empty() && source != nullptr) fixtures = std::filesystem::path(source) / "../shared/fixtures";
  return fixtures / "jsontestsuite" / "test_parsing";
}

TEST(JsonReader, the_public_suite_is_judged_as_it_asks) {
  if (!std::filesystem::exists(suite())) GTEST_SKIP() << "no fixtures at " << suite();
  // Legal JSON that the house refuses: duplicates, and NUL inside a text.
  std::set<std::string> const stricter{"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
                                       "y_object_escaped_null_in_key.json", "y_string_null_escape.json"};
  int good = 0;
  int bad = 0;
  for (auto const& entry : std::filesystem::directory_iterator(suite())) {
    auto const name = entry.path().filename().string();
    std::ifstream file{entry.path(), std::ios::binary};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    auto const read = parse(text);
    if (name.starts_with("y_") && !stricter.contains(name)) {
      ++good;
      EXPECT_TRUE(read) << name << " " << fault(text);
    } else if (!name.starts_with("i_")) {
      ++bad;
      EXPECT_FALSE(read) << name;
    }
  }
  EXPECT_EQ(good, 91);
  EXPECT_EQ(bad, 188 + 4);
}

TEST(JsonReader, numbers_stay_the_text_they_were) {
  auto const read = parse(R"({"a":1.10,"b":1e400,"c":18446744073709551616 , "d":-0})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->write(), R"({"a":1.10,"b":1e400,"c":18446744073709551616,"d":-0})");
}

TEST(JsonReader, texts_are_unescaped_and_written_again) {
  EXPECT_EQ(*parse(R"("\u9000\u6f6e\n\"\\")")->as_text(), "退潮\n\"\\");
}

TEST(JsonReader, a_duplicate_name_is_refused_where_it_stands) {
  EXPECT_TRUE(fault(R"({"a":{"b":1,"c":2,"b":3}})").starts_with("/a/b: "));
  EXPECT_TRUE(fault(R"({"ab":1,"\u0061b":2})").starts_with("/ab: "));
}

TEST(JsonReader, a_pointer_escapes_what_a_pointer_must) {
  EXPECT_TRUE(fault(R"({"a/b":{"c~d":[1,"\u0000"]}})").starts_with("/a~1b/c~0d/1: "));
}

TEST(JsonReader, the_whole_input_must_be_one_value) {
  for (auto const* text : {"{} {}", "[1] 2", "{\"a\":1}x", "1 2", "\"a\" \"b\"", "null null", "", "  ", "tru", "nulls",
                           "[nul]", "[truee]", "{\"a\":fals}"}) {
    EXPECT_NE(fault(text), "accepted") << text;
  }
}

TEST(JsonReader, nesting_is_bounded) {
  auto const deep = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_EQ(fault(deep(engine::limits::json_depth_max)), "accepted");
  EXPECT_NE(fault(deep(engine::limits::json_depth_max + 1)), "accepted");
  EXPECT_NE(fault(std::string(200'000, '[')), "accepted");
}

TEST(JsonReader, size_is_bounded) {
  auto const sized = [](std::size_t size) { return "\"" + std::string(size - 2, 'x') + "\""; };
  EXPECT_EQ(fault(sized(engine::limits::http_body_bytes_max)), "accepted");
  EXPECT_NE(fault(sized(engine::limits::http_body_bytes_max + 1)), "accepted");
}

}  // namespace
