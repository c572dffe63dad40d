// Which form of a file a client gets, and when it gets none because it has it.
#include "gateway/negotiation.h"

#include <gtest/gtest.h>

#include <array>

namespace gateway {
namespace {

using enum Coding;

struct Case {
  std::string_view accept_encoding;
  Coding all;        // where a file is kept in every form
  Coding gzip_only;  // where there is no brotli
};

constexpr std::array cases{
    Case{"", Identity, Identity},
    Case{"br", Brotli, Identity},
    Case{"gzip", Gzip, Gzip},
    Case{"gzip, deflate, br, zstd", Brotli, Gzip},
    Case{"GZIP", Gzip, Gzip},
    Case{"x-gzip", Gzip, Gzip},
    Case{"deflate", Identity, Identity},
    Case{"*", Brotli, Gzip},
    Case{"*;q=0", Identity, Identity},
    Case{"br;q=0, *", Gzip, Gzip},
    Case{"gzip;q=0, *;q=0.5", Brotli, Identity},
    Case{"identity", Identity, Identity},
    // Weights.
    Case{"br;q=0.5, gzip", Gzip, Gzip},
    Case{"br;q=0.5,gzip;q=0.500", Brotli, Gzip},
    Case{"br;q=0.001", Brotli, Identity},
    Case{"br;q=0", Identity, Identity},
    Case{"gzip;q=0.3, identity;q=0.7", Identity, Identity},
    Case{"identity;q=0.3, gzip;q=0.7", Gzip, Gzip},
    Case{" br ;\tQ=1.000 , gzip ; q=0.9 ", Brotli, Gzip},
    Case{"br;q=0.9;x=1, gzip;x=1;q=0.95", Gzip, Gzip},
    // Who refuses everything gets the bytes as they are.
    Case{"identity;q=0", Identity, Identity},
    Case{"identity;q=0, *;q=0", Identity, Identity},
    Case{"identity;q=0, gzip", Gzip, Gzip},
    // What is no weight is none, and what is no list says nothing.
    Case{"br;q=2", Identity, Identity},
    Case{"br;q=1.001", Identity, Identity},
    Case{"br;q=0.1234", Identity, Identity},
    Case{"br;q=-1", Identity, Identity},
    Case{"br;q=.5", Identity, Identity},
    Case{"br;q=", Identity, Identity},
    Case{"br;q=0,5", Identity, Identity},
    Case{"br;q=high, gzip;q=0.1", Gzip, Gzip},
    Case{",,;,", Identity, Identity},
    Case{", br", Brotli, Identity},
    Case{"brotli", Identity, Identity},
};

TEST(ChooseCoding, takes_the_highest_weight_and_of_equals_the_smallest_form) {
  for (auto const& one : cases) {
    EXPECT_EQ(choose_coding(one.accept_encoding, {.gzip = true, .brotli = true}), one.all) << one.accept_encoding;
    EXPECT_EQ(choose_coding(one.accept_encoding, {.gzip = true}), one.gzip_only) << one.accept_encoding;
    EXPECT_EQ(choose_coding(one.accept_encoding, {}), Identity) << one.accept_encoding;
  }
}

TEST(AsksForHtml, is_somebody_who_names_it) {
  EXPECT_TRUE(asks_for_html("text/html"));
  EXPECT_TRUE(asks_for_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
  EXPECT_TRUE(asks_for_html("application/json, Text/HTML;q=0.1"));
  EXPECT_FALSE(asks_for_html(""));
  EXPECT_FALSE(asks_for_html("*/*"));
  EXPECT_FALSE(asks_for_html("text/html;q=0"));
  EXPECT_FALSE(asks_for_html("application/json"));
}

TEST(HasEtag, compares_weakly_and_takes_a_list_or_a_star) {
  EXPECT_TRUE(has_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(has_etag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(has_etag("\"b\", \"a\"", "\"a\""));
  EXPECT_TRUE(has_etag("\"b\" , W/\"a\"", "\"a\""));
  EXPECT_TRUE(has_etag("*", "\"a\""));
  EXPECT_FALSE(has_etag("", "\"a\""));
  EXPECT_FALSE(has_etag("a", "\"a\""));
  EXPECT_FALSE(has_etag("\"A\"", "\"a\""));
  EXPECT_FALSE(has_etag("w/\"a\"", "\"a\""));
  EXPECT_FALSE(has_etag("\"a", "\"a\""));
}

}  // namespace
}  // namespace gateway
