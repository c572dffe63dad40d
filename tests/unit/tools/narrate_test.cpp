// Commands and events as lines: what a person reads in `ebb replay`, and what nobody may read there.
#include "tools/ebb/narrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace engine;
using testing::HasSubstr;
using testing::Not;

auto const lot = lot_id(InquiryId{12}, 1);

BidKey key(std::string_view text) {
  BidKey key;
  std::ranges::copy(text, key.text.begin());
  return key;
}

Sequenced command(Command command, std::optional<SecretOf> secret_of = std::nullopt) {
  return {Seq{7}, Seq{}, at_millis(1'795'339'800'000), secret_of, Ticket{}, std::move(command)};
}

PlaceBid bid() {
  return {lot, BidderId{3}, PersonId{5}, Money::fen(9'800'001), key("k-1"), Consent::NotGiven};
}

TEST(Narrate, a_command_has_its_place_its_time_and_its_content) {
  EXPECT_EQ(ebb::narrate(command(bid())),
            "       7 2026-11-22T09:30:00.000Z PlaceBid 12-1 org 3 by person 5 price 98000.01 key k-1");
  EXPECT_THAT(ebb::narrate(command(PauseLot{lot, PersonId{}, "clock"})),
              HasSubstr("PauseLot 12-1 by the house: clock"));
}

TEST(Narrate, a_follow_up_names_its_parent) {
  auto follow_up = command(Tick{});
  follow_up.parent = Seq{6};
  EXPECT_THAT(ebb::narrate(follow_up), HasSubstr("Tick (follows 6)"));
}

TEST(Narrate, the_price_of_a_sealed_quote_is_not_told) {
  auto const line = ebb::narrate(command(bid(), SecretOf{SecretOf::Kind::Lot, lot.number()}));
  EXPECT_THAT(line, HasSubstr("price (sealed)"));
  EXPECT_THAT(line, Not(HasSubstr("98000")));
}

TEST(Narrate, a_signed_bid_names_its_key_and_a_note_what_does_not_hold) {
  Signature const signature{SigningKeyId{4}, {}};
  EXPECT_THAT(ebb::narrate(command(PlaceSignedBid{bid(), signature})),
              HasSubstr("PlaceSignedBid 12-1 org 3 by person 5 price 98000.01 key k-1 signed with key 4"));
  auto const sealed = SecretOf{SecretOf::Kind::Lot, lot.number()};
  EXPECT_THAT(ebb::narrate(command(PlaceSignedBid{bid(), signature}, sealed)), Not(HasSubstr("98000")));
  auto const told = ebb::narrate(Event{BidSigned{bid(), Seq{7}, at_millis(0), signature}});
  EXPECT_EQ(told, "BidSigned 12-1 bid 7 with key 4") << "without the price, which may be a sealed one";
  EXPECT_THAT(ebb::narrate(command(NoteSignatures{lot, Seq{9}, {}})), HasSubstr("NoteSignatures 12-1 through 9"));
  EXPECT_THAT(ebb::narrate(command(NoteSignatures{lot, Seq{9}, {Seq{7}, Seq{8}}})),
              HasSubstr("NoteSignatures 12-1 through 9 invalid 7 8"));
}

TEST(Narrate, the_secret_of_a_module_command_is_not_told) {
  auto const line = ebb::narrate(command(ModuleCommand{1, 3, PersonId{1}, {}, "", "body", "$argon2id$x", PersonId{9}}));
  EXPECT_THAT(line, HasSubstr("ModuleCommand module 1 verb 3 by person 1, 4 bytes, and a secret"));
  EXPECT_THAT(line, Not(HasSubstr("argon2id")));
}

TEST(Narrate, a_refusal_shows_its_code_and_figures) {
  Refusal const refusal{&refusals::above_ceiling, {Figure::Unit::Fen, 200}, {Figure::Unit::Fen, 100}};
  Receipt const receipt{lot, BidderId{3}, key("k"), Seq{7}, at_millis(0), 2, refusal};
  EXPECT_EQ(ebb::narrate(Event{BidRefused{receipt}}),
            "BidRefused 12-1 org 3 key k attempt 2 refused ABOVE_CEILING actual 2.00 limit 1.00");
}

TEST(Narrate, a_close_shows_the_standings) {
  Standing const first{1, BidderId{3}, Money::fen(100), {}, Seq{5}, at_millis(0)};
  Standing const second{2, BidderId{4}, Money::fen(101), {}, Seq{6}, at_millis(0)};
  LotClosed const closed{lot, LotState::Awarded, at_millis(1'795'339'800'000), {first, second}, {}};
  EXPECT_EQ(ebb::narrate(Event{closed}),
            "LotClosed 12-1 at 2026-11-22T09:30:00.000Z AWARDED 1:org 3@1.00 2:org 4@1.01");
}

}  // namespace
