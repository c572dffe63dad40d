// The bytes of commands: there and back, to the byte, and nothing that is not ours.
#include "engine/codec.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/engine/auction.h"

namespace engine::test {
namespace {

using namespace std::chrono_literals;

std::string hex(std::string_view bytes) {
  std::string text;
  for (auto const byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
    text += digits;
  }
  return text;
}

Signature signature() {
  Signature made{SigningKeyId{6}, {}};
  for (std::size_t i = 0; i < made.bytes.size(); ++i) made.bytes[i] = static_cast<char>(i);
  return made;
}

// Every field of its own value, so that two swapped ones show.
std::vector<Command> every_command() {
  LotRules rules{.version = 2,
                 .format = Format::Sealed,
                 .ceiling = Money::fen(3),
                 .duration = 4ms,
                 .decrement = Money::fen(5),
                 .step_basis = StepBasis::Best,
                 .trigger_window = 6ms,
                 .extension = 7ms,
                 .hard_cap = 8ms,
                 .band_over = BasisPoints{9},
                 .band_places = 10,
                 .choose_for = 11ms,
                 .min_bidders = 12,
                 .min_bidders_approved = 13,
                 .slip_below = BasisPoints{14},
                 .confirm_for = 15ms,
                 .resume_floor = 16ms,
                 .attempts_max = 17};
  LotId const lot{1};
  BidderId const bidder{2};
  PersonId const by{3};
  return {OpenLot{lot, rules, at_millis(18), {{BidderId{19}, {BasisPoints{20}}}, {BidderId{21}, {BasisPoints{-22}}}}},
          PlaceBid{lot, bidder, by, Money::fen(4), key_of("5-key"), Consent::Given},
          PauseLot{lot, by, "why"},
          ResumeLot{lot, by, "why"},
          AbortLot{lot, by, "why"},
          DisqualifyBidder{lot, bidder, by, "why"},
          ReinstateBidder{lot, bidder, by, "why"},
          ChooseQuote{lot, bidder, by, PersonId{4}, "why"},
          AnswerAward{lot, bidder, by, AwardAnswer::Decline},
          AskNext{lot, by},
          Tick{},
          Started{at_millis(1)},
          ClockStepped{-2ms},
          ModuleCommand{1, 2, by, SessionId{4}, "request", std::string("bo\0dy", 5), "secret", PersonId{5}, 6},
          PlaceSurrogateBid{{lot, bidder, by, Money::fen(4), key_of("5-key"), Consent::Given}, PersonId{4}, "why"},
          WithdrawBid{lot, bidder, by},
          SetProxy{lot, bidder, by, Money::fen(4), Money::fen(5)},
          CancelProxy{lot, bidder, by},
          CancelBid{lot, bidder, Seq{4}, by, "why"},
          PlaceSignedBid{{lot, bidder, by, Money::fen(4), key_of("5-key"), Consent::Given}, signature()},
          NoteSignatures{lot, Seq{4}, {Seq{2}, Seq{3}}}};
}

// An opening with every rule that the first layout cannot say, each of its own value.
OpenLot opening_with_rules() {
  auto open = std::get<OpenLot>(every_command()[0]);
  auto& rules = open.rules;
  rules.step_kind = StepKind::Ladder;
  rules.decrement_share = BasisPoints{30};
  for (std::int64_t i = 0; i < 8; ++i)
    rules.ladder[static_cast<std::size_t>(i)] = {Money::fen(31 + i), Money::fen(41 + i)};
  rules.front_buffer = Money::fen(50);
  rules.back_buffer = Money::fen(51);
  rules.leader_waits = true;
  rules.ending = Ending::Quiet;
  rules.extend_from = ExtendFrom::End;
  rules.trigger_rank = 52;
  rules.extensions_max = 53;
  rules.extend_scope = ExtendScope::Inquiry;
  rules.rank_by = RankBy::Evaluated;
  rules.ties = Ties::RefusedAtLead;
  rules.visibility = 54;
  rules.lead_from_bidders = 55;
  rules.rounds = 56;
  rules.eliminate = 57;
  rules.first_pause = 58ms;
  rules.pause = 59ms;
  rules.turn = 60ms;
  rules.first_level = Money::fen(61);
  rules.last_level = Money::fen(62);
  rules.level_step = Money::fen(63);
  rules.sealed_for = 64ms;
  rules.best_bid_for = 65ms;
  rules.proxies = rules.surrogates = rules.practice = true;
  rules.requotes = false;
  rules.release = Release::ResultsTogether;
  open.admitted[0].evaluation.coefficient = BasisPoints{66};
  open.admitted[0].evaluation.addition = Money::fen(-67);
  open.after = LotId{68};
  return open;
}

// What the next run of every released version has to read again. A changed line is a broken journal.
std::vector<std::string> const golden_open{
    "010100000000000000"
    "0200"
    "02"
    "0300000000000000"
    "0400000000000000"
    "0500000000000000"
    "02"
    "0600000000000000"
    "0700000000000000"
    "0800000000000000"
    "09000000"
    "0a"
    "0b00000000000000"
    "0c"
    "0d"
    "0e000000"
    "0f00000000000000"
    "1000000000000000"
    "11000000"
    "1200000000000000"
    "02000000"
    "1300000000000000"
    "14000000"
    "1500000000000000"
    "eaffffff",
    "02"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "352d6b657900000000000000000000000000000000000000000000000000000000000000"
    "01"
    "01",
    "03"
    "0100000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "04"
    "0100000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "05"
    "0100000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "06"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "07"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "08"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "0400000000000000"
    "03000000"
    "776879",
    "09"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "02",
    "0a"
    "0100000000000000"
    "0300000000000000",
    "0b",
    "0c"
    "0100000000000000",
    "0d"
    "feffffffffffffff",
    "0e"
    "0100"
    "0200"
    "0300000000000000"
    "0400000000000000"
    "0600000000000000"
    "07000000"
    "72657175657374"
    "05000000"
    "626f006479"
    "0500000000000000",
    "10"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "352d6b657900000000000000000000000000000000000000000000000000000000000000"
    "01"
    "01"
    "0400000000000000"
    "03000000"
    "776879",
    "11"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000",
    "12"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "0500000000000000"
    "01",
    "13"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000",
    "14"
    "0100000000000000"
    "0200000000000000"
    "0400000000000000"
    "0300000000000000"
    "03000000"
    "776879",
    "16"
    "0100000000000000"
    "0200000000000000"
    "0300000000000000"
    "352d6b657900000000000000000000000000000000000000000000000000000000000000"
    "01"
    "01"
    "0600000000000000",
    "17"
    "0100000000000000"
    "0400000000000000"
    "02000000"
    "0200000000000000"
    "0300000000000000"};

TEST(Codec, writes_the_golden_bytes) {
  auto const commands = every_command();
  ASSERT_EQ(commands.size(), golden_open.size());
  ASSERT_EQ(commands.size(), std::variant_size_v<Command>);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(commands[i].index(), i);
    EXPECT_EQ(hex(encode(commands[i], Privacy::Private).open), golden_open[i]) << "command " << i;
  }
}

TEST(Codec, only_the_price_of_a_private_bid_and_its_signature_a_proxys_limit_and_a_modules_secret_are_private) {
  auto const commands = every_command();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto const secret = encode(commands[i], Privacy::Private).secret;
    auto const has_price = std::holds_alternative<PlaceBid>(commands[i]) ||
                           std::holds_alternative<PlaceSurrogateBid>(commands[i]) ||
                           std::holds_alternative<SetProxy>(commands[i]);
    auto const& signature_bytes = signature().bytes;
    if (has_price)
      EXPECT_EQ(hex(secret), "0400000000000000");
    else if (std::holds_alternative<PlaceSignedBid>(commands[i]))  // who has a signature can try every price
      EXPECT_EQ(hex(secret), "0400000000000000" + hex({signature_bytes.data(), signature_bytes.size()}));
    else if (std::holds_alternative<ModuleCommand>(commands[i]))
      EXPECT_EQ(secret, "secret");
    else
      EXPECT_EQ(secret, "");
  }
}

TEST(Codec, an_open_bid_carries_its_price_in_the_open) {
  auto const [open, secret] = encode(every_command()[1], Privacy::Open);
  EXPECT_TRUE(
      hex(open).ends_with("01"
                          "00"
                          "0400000000000000"));
  EXPECT_EQ(secret, "");
}

TEST(Codec, every_command_comes_back_the_same) {
  for (auto const& command : every_command()) {
    for (auto const privacy : {Privacy::Open, Privacy::Private}) {
      auto const [open, secret] = encode(command, privacy);
      auto const decoded = decode_command(open, secret);
      ASSERT_TRUE(decoded);
      EXPECT_EQ(decoded->index(), command.index());
      auto const again = encode(*decoded, privacy);
      EXPECT_EQ(again.open, open);
      EXPECT_EQ(again.secret, secret);
    }
  }
}

TEST(Codec, a_decoded_opening_and_bid_have_their_values) {
  auto const [open, none] = encode(every_command()[0], Privacy::Open);
  auto const lot = std::get<OpenLot>(*decode_command(open, none));
  auto const expected = std::get<OpenLot>(every_command()[0]);
  EXPECT_EQ(lot.rules, expected.rules);
  EXPECT_EQ(lot.admitted, expected.admitted);
  auto const [bid_open, bid_secret] = encode(every_command()[1], Privacy::Private);
  EXPECT_EQ(std::get<PlaceBid>(*decode_command(bid_open, bid_secret)).price, Money::fen(4));
}

TEST(Codec, the_other_rules_come_back_each_with_its_value) {
  auto const written = opening_with_rules();
  auto const bytes = encode(written, Privacy::Open).open;
  EXPECT_EQ(bytes.front(), 15);  // a layout of its own
  auto const read = std::get<OpenLot>(*decode_command(bytes, ""));
  EXPECT_EQ(read.rules, written.rules);
  EXPECT_EQ(read.admitted, written.admitted);
  EXPECT_EQ(read.after, written.after);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_command(std::string_view(bytes).substr(0, size), "")) << size;
  }
}

// Before the time of the opening, the admitted (24 bytes each) and the lot before.
TEST(Codec, an_opening_in_the_layout_of_signed_bids_without_them_is_not_read) {
  auto open = opening_with_rules();
  open.rules.signed_bids = true;
  auto bytes = encode(open, Privacy::Open).open;
  ASSERT_EQ(bytes.front(), 21);
  ASSERT_TRUE(decode_command(bytes, ""));
  auto& flag = bytes[bytes.size() - 8 - (4 + 24 * open.admitted.size()) - 8 - 1];
  ASSERT_EQ(flag, 1);
  flag = 0;
  EXPECT_FALSE(decode_command(bytes, ""));
  flag = 2;
  EXPECT_FALSE(decode_command(bytes, ""));
}

// Old journals replay to the same digests only if what the first layout can say keeps its bytes.
TEST(Codec, one_rule_beyond_the_first_layout_is_enough_for_the_other) {
  auto const layout_with = [](auto change) {
    OpenLot open;
    open.admitted = {{anna, {}}};
    change(open);
    return encode(open, Privacy::Open).open.front();
  };
  EXPECT_EQ(layout_with([](OpenLot&) {}), 1);
  EXPECT_EQ(layout_with([](OpenLot& open) { open.admitted[0].evaluation.deduction = BasisPoints{9}; }), 1);
  EXPECT_EQ(layout_with([](OpenLot& open) { open.rules.practice = true; }), 15);
  EXPECT_EQ(layout_with([](OpenLot& open) { open.rules.ladder[7].decrement = Money::fen(1); }), 15);
  EXPECT_EQ(layout_with([](OpenLot& open) { open.admitted[0].evaluation.addition = Money::fen(1); }), 15);
  EXPECT_EQ(layout_with([](OpenLot& open) { open.after = LotId{1}; }), 15);
}

TEST(Codec, every_truncation_is_refused) {
  for (auto const& command : every_command()) {
    auto const [open, secret] = encode(command, Privacy::Private);
    for (std::size_t size = 0; size < open.size(); ++size) {
      EXPECT_FALSE(decode_command(std::string_view(open).substr(0, size), secret)) << command.index() << ' ' << size;
    }
  }
  auto const [open, secret] = encode(every_command()[1], Privacy::Private);
  for (std::size_t size = 0; size < secret.size(); ++size) {
    EXPECT_FALSE(decode_command(open, std::string_view(secret).substr(0, size)));
  }
}

TEST(Codec, left_overs_are_refused_in_both_parts) {
  for (auto const& command : every_command()) {
    auto const [open, secret] = encode(command, Privacy::Private);
    EXPECT_FALSE(decode_command(open + '\0', secret)) << command.index();
    if (!std::holds_alternative<ModuleCommand>(command)) {
      EXPECT_FALSE(decode_command(open, secret + '\0')) << command.index();
    }
  }
}

TEST(Codec, an_unknown_type_or_enumerator_is_refused) {
  EXPECT_FALSE(decode_command("", ""));
  EXPECT_FALSE(decode_command(std::string(1, '\0'), ""));
  EXPECT_FALSE(decode_command("\x15", ""));
  EXPECT_FALSE(decode_command("\xff", ""));
  auto bid = encode(every_command()[1], Privacy::Open).open;
  auto const consent = bid.size() - 10;
  for (auto const place : {consent, consent + 1}) {
    auto changed = bid;
    changed[place] = 2;
    EXPECT_FALSE(decode_command(changed, "")) << place;
  }
  auto answer = encode(every_command()[8], Privacy::Open).open;
  for (char const unknown : {'\0', '\3'}) {
    answer.back() = unknown;
    EXPECT_FALSE(decode_command(answer, ""));
  }
}

TEST(Codec, a_list_longer_than_its_bytes_is_refused_without_reserving_it) {
  auto open = encode(OpenLot{}, Privacy::Open).open;
  open.replace(open.size() - 4, 4, "\xff\xff\xff\xff");
  EXPECT_FALSE(decode_command(open, ""));
}

// Rules are judged and refused, not undecodable: a refused command is in the journal too.
TEST(Codec, carries_rules_that_will_be_refused) {
  OpenLot open;
  open.rules.format = static_cast<Format>(77);
  EXPECT_TRUE(decode_command(encode(open, Privacy::Open).open, ""));
}

}  // namespace
}  // namespace engine::test
