// The histogram against values and an encoding that another implementation made (fixtures/hdr).
#include "bench/hdr_histogram.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace {

using bench::HdrHistogram;
namespace json = boost::json;

constexpr std::int64_t hour_us = 3'600'000'000;

std::optional<json::object> vector_of_another() {
  auto const* set = std::getenv("EBB_FIXTURES");
  auto const* source = std::getenv("EBB_SOURCE_DIR");
  std::filesystem::path folder = set != nullptr && *set != '\0' ? set : "";
  if (folder.empty()) folder = std::filesystem::path{source != nullptr ? source : "."} / ".." / "shared" / "fixtures";
  std::ifstream file{folder / "hdr" / "hdr-vector.json"};
  if (!file) return std::nullopt;
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).as_object();
}

std::int64_t whole(json::value const& number) {
  return number.to_number<std::int64_t>();
}

HdrHistogram recorded(json::object const& vector) {
  HdrHistogram histogram{whole(vector.at("params").at("highest"))};
  for (auto const& value : vector.at("values").as_array()) histogram.record(whole(value));
  return histogram;
}

}  // namespace

TEST(HdrHistogram, agrees_with_another_implementation_on_every_percentile) {
  auto const vector = vector_of_another();
  if (!vector) GTEST_SKIP() << "fixtures/hdr is not here (EBB_FIXTURES)";
  auto const histogram = recorded(*vector);

  EXPECT_EQ(histogram.count(), whole(vector->at("count")));
  EXPECT_EQ(histogram.min(), whole(vector->at("min")));
  EXPECT_EQ(histogram.max(), whole(vector->at("max")));
  EXPECT_NEAR(histogram.mean(), vector->at("mean").to_number<double>(), 1e-3);
  for (auto const& [percent, value] : vector->at("percentiles").as_object())
    EXPECT_EQ(histogram.percentile(std::stod(std::string{percent})), whole(value)) << percent;
}

TEST(HdrHistogram, reads_the_v2_encoding_of_another_implementation) {
  auto const vector = vector_of_another();
  if (!vector) GTEST_SKIP() << "fixtures/hdr is not here (EBB_FIXTURES)";
  auto const decoded = HdrHistogram::decode_v2(std::string_view{vector->at("encodedV2Base64").as_string()});
  ASSERT_TRUE(decoded) << decoded.error().what;
  EXPECT_TRUE(*decoded == recorded(*vector));
}

TEST(HdrHistogram, survives_its_own_encoding) {
  auto const seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random{seed};
  for (int round = 0; round < 20; ++round) {
    HdrHistogram histogram{hour_us};
    for (int i = 0; i < 200; ++i) {
      auto const magnitude = std::uniform_int_distribution<int>{0, 31}(random);
      histogram.record(std::uniform_int_distribution<std::int64_t>{0, std::int64_t{1} << magnitude}(random));
    }
    auto const decoded = HdrHistogram::decode_v2(histogram.encode_v2());
    ASSERT_TRUE(decoded) << decoded.error().what;
    EXPECT_TRUE(*decoded == histogram);
  }
}

TEST(HdrHistogram, keeps_three_digits_of_any_value) {
  for (std::int64_t value = 1; value < hour_us; value = value * 3 + 1) {
    HdrHistogram histogram{hour_us};
    histogram.record(value);
    EXPECT_LE(histogram.percentile(50) - value, value / 1000) << value;
    EXPECT_GE(histogram.percentile(50), value);
  }
}

TEST(HdrHistogram, adds_up_like_one_that_saw_everything) {
  HdrHistogram all{hour_us}, left{hour_us}, right{hour_us};
  for (std::int64_t value = 1; value < 100'000; value += 7) {
    all.record(value);
    (value % 2 == 0 ? left : right).record(value);
  }
  left.add(right);
  EXPECT_TRUE(left == all);
  EXPECT_EQ(left.count(), all.count());
  EXPECT_EQ(left.percentile(99.9), all.percentile(99.9));
}

TEST(HdrHistogram, says_when_a_value_did_not_fit) {
  HdrHistogram histogram{1'000};
  histogram.record(5'000);
  EXPECT_EQ(histogram.clipped(), 1);
  EXPECT_EQ(histogram.max(), 1'000);
}

TEST(HdrHistogram, refuses_what_is_not_a_histogram) {
  EXPECT_FALSE(HdrHistogram::decode_v2("no base64!"));
  EXPECT_FALSE(HdrHistogram::decode_v2("SGVsbG8gd29ybGQ="));
  auto text = HdrHistogram{hour_us}.encode_v2();
  EXPECT_FALSE(HdrHistogram::decode_v2(text.substr(0, text.size() / 2)));
}
