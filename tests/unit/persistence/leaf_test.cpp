// A leaf is what FORMAT.md says, computed here a second time from plain hashes; a salt is HMAC-SHA256 (RFC 2104).
#include "persistence/leaf.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "persistence/head.h"
#include "persistence/record.h"

namespace tests {
namespace {

using namespace std::string_literals;
using persistence::Digest;
using persistence::LogSalts;
using persistence::view;

Digest filled(char with) {
  Digest digest;
  digest.fill(with);
  return digest;
}

// HMAC as RFC 2104 spells it.
Digest hmac(std::string key, std::string const& text) {
  persistence::Hasher hasher;
  key.resize(64, '\0');
  auto padded = [&](char with) {
    auto block = key;
    for (auto& byte : block) byte = static_cast<char>(byte ^ with);
    return block;
  };
  auto const inner = hasher.of({padded(0x36), text});
  return hasher.of({padded(0x5c), view(inner)});
}

TEST(LeafTest, a_leaf_is_the_hash_of_what_is_shown_and_the_blinding_behind_a_zero) {
  persistence::Hasher hasher;
  auto const blinding = hasher.of({std::string(32, 's'), "98000.00"});
  EXPECT_EQ(persistence::blinding_of(filled('s'), "98000.00"), blinding);
  EXPECT_EQ(persistence::leaf_of("shown", blinding), hasher.of({"\0"s, "shown", view(blinding)}));
}

TEST(LeafTest, salt_secret_and_what_is_shown_each_change_the_leaf) {
  auto leaf = [](std::string_view shown, char salt, std::string_view secret) {
    return persistence::leaf_of(shown, persistence::blinding_of(filled(salt), secret));
  };
  auto const one = leaf("shown", 's', "secret");
  EXPECT_NE(one, leaf("shoWn", 's', "secret"));
  EXPECT_NE(one, leaf("shown", 't', "secret"));
  EXPECT_NE(one, leaf("shown", 's', "seCret"));
  EXPECT_EQ(one, leaf("shown", 's', "secret"));
}

TEST(LeafTest, the_mac_gives_the_published_example) {
  // RFC 4231, test case 2.
  EXPECT_EQ(persistence::hex(view(hmac("Jefe", "what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(LeafTest, the_salt_of_a_seq_is_the_mac_of_its_eight_bytes) {
  LogSalts const salts{filled('k')};
  EXPECT_EQ(salts.salt_of(engine::Seq{0x0102}), hmac(std::string(32, 'k'), "\x02\x01\0\0\0\0\0\0"s));
  EXPECT_EQ(salts.blinding_of(engine::Seq{7}), persistence::blinding_of(salts.salt_of(engine::Seq{7}), ""));
}

// name -> bytes, of the block ```leaf in FORMAT.md.
std::map<std::string, std::string> worked_example() {
  std::ifstream document{std::filesystem::path{std::getenv("EBB_SOURCE_DIR")} / "persistence/FORMAT.md"};
  std::map<std::string, std::string> lines;
  bool is_inside = false;
  for (std::string line; std::getline(document, line);) {
    if (line == "```leaf") {
      is_inside = true;
    } else if (is_inside && line == "```") {
      break;
    } else if (is_inside) {
      auto const digits = line.substr(line.rfind(' ') + 1);
      lines[line.substr(0, line.find(' '))] = persistence::bytes_of_hex(digits, digits.size() / 2).value();
    }
  }
  return lines;
}

TEST(LeafTest, the_worked_example_of_the_format_document_is_these_bytes) {
  auto example = worked_example();
  LogSalts const salts{filled('k')};
  auto const blinding = salts.blinding_of(engine::Seq{42});
  EXPECT_EQ(view(salts.salt_of(engine::Seq{42})), example.at("salt"));
  EXPECT_EQ(view(blinding), example.at("blinding"));
  EXPECT_EQ(view(persistence::leaf_of(example.at("shown"), blinding)), example.at("leaf"));
  auto const parts = persistence::split_record(example.at("shown"));
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->seq, engine::Seq{42});
  EXPECT_EQ(parts->shown, example.at("shown"));
}

TEST(LeafTest, two_at_once_are_what_each_is_by_itself) {
  using persistence::LeafSource;
  LogSalts const salts{filled('k')};
  auto alone = [&](LeafSource const& parts) {
    return persistence::leaf_of(parts.shown, parts.blinding ? *parts.blinding : salts.blinding_of(parts.seq));
  };
  for (auto const size : {0UL, 22UL, 23UL, 31UL, 97UL, 150UL, 500UL, 959UL, 960UL, 961UL, 5'000UL}) {
    for (auto const other_size : {0UL, 30UL, 97UL, 960UL, 961UL}) {
      std::string const shown(size, 'a');
      std::string const other_shown(other_size, 'b');
      for (int blinded = 0; blinded < 4; ++blinded) {
        LeafSource one{shown, engine::Seq{3}, {}};
        LeafSource other{other_shown, engine::Seq{9}, {}};
        if ((blinded & 1) != 0) one.blinding = filled('x');
        if ((blinded & 2) != 0) other.blinding = filled('y');
        auto const both = leaves_of(one, other, salts);
        EXPECT_EQ(both[0], alone(one)) << size << " " << other_size << " " << blinded;
        EXPECT_EQ(both[1], alone(other)) << size << " " << other_size << " " << blinded;
      }
    }
  }
}

TEST(LeafTest, neighbours_and_other_logs_have_other_salts) {
  LogSalts const salts{filled('k')};
  EXPECT_NE(salts.salt_of(engine::Seq{1}), salts.salt_of(engine::Seq{2}));
  EXPECT_NE(salts.salt_of(engine::Seq{1}), LogSalts{filled('l')}.salt_of(engine::Seq{1}));
}

}  // namespace
}  // namespace tests
