// Rows and commands as bytes: both ways the same, and nothing else is accepted.
#include "modules/packed.h"

#include <gtest/gtest.h>

namespace {

using namespace modules;

struct Inner {
  std::uint16_t number = 0;
  std::vector<engine::OrgId> orgs;
  static auto fields(auto& i) { return std::tie(i.number, i.orgs); }
  friend bool operator==(Inner const&, Inner const&) = default;
};
struct Outer {
  std::string name;
  engine::Money price;
  engine::Instant at;
  std::vector<Inner> inners;
  engine::LotRules rules;
  static auto fields(auto& o) { return std::tie(o.name, o.price, o.at, o.inners, o.rules); }
  friend bool operator==(Outer const&, Outer const&) = default;
};

Outer sample() {
  Outer outer{"退潮", engine::Money::fen(-5), engine::at_millis(7), {{1, {}}, {2, {engine::OrgId{9}}}}, {}};
  outer.rules.min_bidders_approved = 1;
  outer.rules.ceiling = engine::Money::fen(100);
  return outer;
}

TEST(Packed, comes_back_as_it_went) {
  EXPECT_EQ(unpack<Outer>(pack(sample())), sample());
}

TEST(Packed, every_truncation_and_anything_left_over_is_refused) {
  auto const bytes = pack(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(unpack<Outer>(std::string_view(bytes).substr(0, size)), std::nullopt) << size;
  }
  EXPECT_EQ(unpack<Outer>(bytes + '\0'), std::nullopt);
}

TEST(Packed, a_length_that_lies_reserves_nothing) {
  EXPECT_EQ(unpack<Inner>(std::string("\x01\x00\xff\xff\xff\xff", 6)), std::nullopt);
}

// Rows outlive us: these bytes are for good.
TEST(Packed, has_bytes_that_never_change) {
  EXPECT_EQ(pack(Inner{0x0102, {engine::OrgId{3}}}), std::string("\x02\x01\x01\0\0\0\x03\0\0\0\0\0\0\0", 14));
}

TEST(Packed, keys_sort_as_numbers_do) {
  EXPECT_LT(key(std::uint64_t{255}), key(std::uint64_t{256}));
  EXPECT_LT(key(engine::PersonId{1}, engine::SessionId{900}), key(engine::PersonId{2}, engine::SessionId{1}));
  EXPECT_EQ(number_at(key(engine::PersonId{5}, engine::SessionId{1}), 1), 1u);
}

TEST(Packed, every_field_of_the_rules_is_listed) {
  engine::LotRules other;
  other.version = 2;
  other.format = engine::Format::Sealed;
  other.ceiling = engine::Money::fen(1);
  other.duration = engine::Duration{2};
  other.decrement = engine::Money::fen(3);
  other.step_basis = engine::StepBasis::Best;
  other.trigger_window = engine::Duration{4};
  other.extension = engine::Duration{5};
  other.hard_cap = engine::Duration{6};
  other.band_over = engine::BasisPoints{7};
  other.band_places = 8;
  other.choose_for = engine::Duration{9};
  other.min_bidders = 10;
  other.min_bidders_approved = 11;
  other.slip_below = engine::BasisPoints{12};
  other.confirm_for = engine::Duration{13};
  other.resume_floor = engine::Duration{14};
  other.attempts_max = 15;
  EXPECT_EQ(unpack<engine::LotRules>(pack(other)), other);
}

// What a lot's rules and a supplier were before they grew, byte by byte.
TEST(Packed, what_has_not_grown_is_written_as_it_always_was) {
  engine::LotRules rules;
  rules.ceiling = engine::Money::fen(7);
  auto const bytes = pack(rules);
  EXPECT_EQ(bytes.size(), 91U);
  EXPECT_EQ(bytes.substr(0, 3), std::string("\x01\x00\x01", 3));
  EXPECT_EQ(pack(engine::Admitted{engine::OrgId{3}, {}}), std::string("\x03\0\0\0\0\0\0\0\0\0\0\0", 12));
}

TEST(Packed, what_has_grown_says_so_first_and_comes_back_whole) {
  engine::LotRules rules;
  rules.ladder[1].above = engine::Money::fen(9);
  rules.requotes = false;
  rules.visibility = 31;
  auto const bytes = pack(rules);
  EXPECT_TRUE(bytes.starts_with("\xff\xff\xff\xff\xff\xff\xff\x02"));
  EXPECT_EQ(unpacked<engine::LotRules>(bytes), rules);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(unpack<engine::LotRules>(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(unpack<engine::LotRules>("\xff\xff\xff\xff\xff\xff\xff\x04" + bytes.substr(8)));
  EXPECT_FALSE(unpack<engine::LotRules>("\xff\xff\xff\xff\xff\xff\xff\x01" + bytes.substr(8)));
  std::vector<engine::Admitted> const admitted{{engine::OrgId{3}, {{}, engine::BasisPoints{10'500}, {}}},
                                               {engine::OrgId{4}, {}}};
  EXPECT_EQ(unpacked<std::vector<engine::Admitted>>(pack(admitted)), admitted);
}

TEST(Packed, each_growth_is_an_edition_and_the_first_that_says_it_is_written) {
  engine::LotRules second;
  second.practice = true;
  auto third = second;
  third.signed_bids = true;
  auto const bytes = pack(second);
  EXPECT_EQ(bytes[7], 2);
  EXPECT_EQ(pack(third), bytes.substr(0, 7) + '\x03' + bytes.substr(8) + '\x01');
  EXPECT_EQ(unpacked<engine::LotRules>(pack(third)), third);
  third.practice = false;
  EXPECT_EQ(pack(third)[7], 3);
  EXPECT_EQ(unpacked<engine::LotRules>(pack(third)), third);
  EXPECT_FALSE(unpack<engine::Admitted>("\xff\xff\xff\xff\xff\xff\xff\x03" + pack(engine::Admitted{})));
}

}  // namespace
