// The table of view.h, field by field and audience by audience.
#include "gateway/view.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/hall.h"
#include "gateway/json_reader.h"
#include "modules/text.h"
#include "tests/unit/gateway/little_lot.h"

namespace {

using namespace hub_test;
using gateway::Picture;
using Names = std::set<std::string>;

using namespace std::chrono_literals;

LotId const lot = little_lot;

enum class When { Live, Closed };

// A lot with two bids.
Picture lot_with(engine::LotRules const& rules, When when) {
  engine::Hall hall;
  engine::Seq seq;
  auto now = engine::at_millis(1'795'000'000'000);
  std::optional<Picture> picture;
  auto const say = [&](engine::Command command) {
    seq = engine::next(seq);
    engine::Events events;
    hall.apply({seq, {}, now, std::nullopt, {}, std::move(command)}, events);
    for (auto const& event : events) {
      if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event))
        picture.emplace(*scheduled);
      else
        picture->fold(event);
    }
  };
  say(engine::OpenLot{lot, rules, now, {{ann, {}}, {bob, {}}, {cyd, {}}}});
  say(engine::PlaceBid{lot, ann, engine::PersonId{1}, yuan(90'000), key("a"), engine::Consent::Given});
  say(engine::PlaceBid{lot, bob, engine::PersonId{2}, yuan(80'000), key("b"), engine::Consent::Given});
  say(engine::PlaceBid{lot, bob, engine::PersonId{2}, yuan(180'000), key("c"), engine::Consent::Given});
  now += std::chrono::hours{2};
  if (when == When::Closed) say(engine::Tick{});
  return *std::move(picture);
}

template <class Append>
Json written(Append append) {
  std::string out;
  gateway::JsonText json{out};
  json.open();
  append(json);
  json.close();
  return gateway::parse(out).value();
}
Names names_of(Json const& object) {
  Names names;
  for (auto const& [name, value] : *object.as_object()) names.insert(name);
  return names;
}
constexpr auto all = gateway::changed::everything;
constexpr auto whole = gateway::Form::Whole;

Json public_view(Picture const& picture) {
  return written([&](auto& json) {
    gateway::append_public(json, picture, {"标题", "胜者"}, gateway::public_part(picture, all), whole);
  });
}
Json own_view(Picture const& picture, BidderId who) {
  auto const& bidder = picture.bidders()[picture.find(who).value()];
  return written(
      [&](auto& json) { gateway::append_own(json, picture, bidder, gateway::own_part(picture, all), 0, whole); });
}
Json supervision_view(Picture const& picture) {
  return written(
      [&](auto& json) { gateway::append_supervision(json, picture, gateway::supervision_part(picture, all), 0); });
}

TEST(View, public_of_a_live_reverse_lot_has_the_best_price_and_no_list) {
  EXPECT_EQ(names_of(public_view(lot_with(reverse_rules(), When::Live))),
            (Names{"title", "format", "ceiling", "decrement", "step_basis", "trigger_window_s", "extension_s",
                   "hard_cap_s", "opens_at", "state", "ends_at", "extensions", "best", "leads"}));
}

TEST(View, public_of_a_sealed_lot_has_no_price_but_the_ceiling) {
  EXPECT_EQ(names_of(public_view(lot_with(sealed_rules(), When::Live))),
            (Names{"title", "format", "ceiling", "opens_at", "state", "ends_at", "extensions"}));
}

TEST(View, own_of_a_live_reverse_lot_has_rank_and_limit) {
  EXPECT_EQ(names_of(own_view(lot_with(reverse_rules(), When::Live), ann)),
            (Names{"alias", "rank", "best_own", "next_limit", "attempts_left", "receipts"}));
}

TEST(View, own_of_a_sealed_lot_has_neither_rank_nor_price) {
  auto const view = own_view(lot_with(sealed_rules(), When::Live), bob);
  EXPECT_EQ(names_of(view), (Names{"alias", "attempts_left", "receipts"}));
  EXPECT_EQ(view.write().find("180000"), std::string::npos);
}

TEST(View, only_an_accepted_price_of_an_open_lot_stands_in_its_receipt) {
  auto const price = [](Json const& view, std::size_t at) {
    return view.find("receipts")->as_array()->at(at).find("price");
  };
  auto const open = own_view(lot_with(reverse_rules(), When::Live), bob);
  EXPECT_EQ(*price(open, 0)->as_text(), "80000.00");
  EXPECT_EQ(price(open, 1), nullptr);
  for (auto const when : {When::Live, When::Closed}) {
    EXPECT_EQ(price(own_view(lot_with(sealed_rules(), when), bob), 0), nullptr);
  }
}

TEST(View, the_course_of_the_price_is_in_the_picture_and_never_in_an_update) {
  auto picture = lot_with(reverse_rules(), When::Live);
  picture.settle(engine::at_millis(1'795'000'000'500));
  EXPECT_EQ(public_view(picture).find("leads")->write(), R"([{"at":"2026-11-18T11:06:40.500Z","price":"80000.00"}])");
  auto const update = written([&](auto& json) {
    gateway::append_public(json, picture, {}, gateway::public_part(picture, all), gateway::Form::Update);
  });
  EXPECT_NE(update.find("best"), nullptr);
  EXPECT_EQ(update.find("leads"), nullptr);
  EXPECT_EQ(public_view(lot_with(sealed_rules(), When::Closed)).find("leads"), nullptr);
  picture.shed();
  EXPECT_EQ(public_view(picture).find("leads"), nullptr);
}

TEST(View, an_extension_and_a_pause_of_the_server_say_why_in_words_for_programs) {
  auto picture = lot_with(reverse_rules(), When::Live);
  auto const end = picture.ends_at();
  std::map<engine::ExtendedBecause, std::string> const words{{engine::ExtendedBecause::LateBid, "late_bid"},
                                                             {engine::ExtendedBecause::TooFewQuotes, "too_few_quotes"},
                                                             {engine::ExtendedBecause::Outage, "outage"},
                                                             {engine::ExtendedBecause::QuietPeriod, "quiet_period"},
                                                             {engine::ExtendedBecause::OtherLot, "other_lot"}};
  for (auto const& [because, word] : words) {
    picture.fold(engine::LotExtended{lot, end, end + std::chrono::minutes{1}, because});
    EXPECT_EQ(*public_view(picture).find("extended_because")->as_text(), word);
  }
  picture.fold(engine::LotPaused{lot, engine::PersonId{}, "时钟 / clock", std::chrono::minutes{1}});
  EXPECT_EQ(*public_view(picture).find("paused_because")->as_text(), "clock_step");
  picture.fold(engine::LotResumed{lot, engine::PersonId{9}, "继续", end});
  EXPECT_EQ(public_view(picture).find("paused_because"), nullptr);
}

TEST(View, a_refused_price_is_repeated_where_prices_are_open) {
  EXPECT_NE(own_view(lot_with(reverse_rules(), When::Live), bob).write().find("180000.00"), std::string::npos);
}

TEST(View, supervision_of_a_sealed_lot_is_empty_until_the_close) {
  EXPECT_EQ(names_of(supervision_view(lot_with(sealed_rules(), When::Live))), Names{});
  EXPECT_EQ(names_of(supervision_view(lot_with(sealed_rules(), When::Closed))), (Names{"bids", "bidders"}));
}

TEST(View, supervision_of_a_reverse_lot_has_every_bid_under_its_alias) {
  auto const view = supervision_view(lot_with(reverse_rules(), When::Live));
  EXPECT_EQ(view.find("bids")->as_array()->size(), 2u);
  EXPECT_EQ(names_of(view.find("bids")->as_array()->at(0)), (Names{"seq", "at", "alias", "price", "rank"}));
}

TEST(View, after_the_close_everybody_sees_standings_and_only_the_winner_has_a_name) {
  for (auto const& rules : {reverse_rules(), sealed_rules()}) {
    auto const view = public_view(lot_with(rules, When::Closed));
    EXPECT_EQ(view.find("result")->find("standings")->as_array()->size(), 2u);
    EXPECT_EQ(names_of(view.find("result")->find("standings")->as_array()->at(1)),
              rules.format == engine::Format::Sealed &&
                      view.find("result")->find("standings")->as_array()->at(1).find("selectable")
                  ? (Names{"rank", "alias", "price", "at", "selectable"})
                  : (Names{"rank", "alias", "price", "at"}));
  }
  auto const won = public_view(lot_with(reverse_rules(), When::Closed));
  EXPECT_EQ(*won.find("result")->find("winner")->find("name")->as_text(), "胜者");
}

TEST(View, an_update_says_null_for_what_is_gone_and_a_picture_leaves_it_out) {
  auto const picture = lot_with(reverse_rules(), When::Live);
  auto const update = written([&](auto& json) {
    gateway::append_public(json, picture, {}, gateway::changed::remaining, gateway::Form::Update);
  });
  EXPECT_EQ(update.write(), R"({"remaining_s":null})");
}

// ---- Stages ----------------------------------------------------------------------------------------------------

// Everything that any view of the lot says, in one text.
std::string everything_said(LittleLot const& little) {
  auto const& picture = *little.picture;
  auto text = public_view(picture).write() + supervision_view(picture).write();
  for (auto const who : {ann, bob, cyd}) text += own_view(picture, who).write();
  return text;
}
bool says(LittleLot const& little, std::string const& what) {
  return everything_said(little).contains(what);
}

TEST(View, first_quotes_of_rounds_are_in_no_view_until_they_are_opened) {
  LittleLot little(rounds_rules());
  little.bid(ann, 81'234);
  little.bid(bob, 92'345);
  little.bid(cyd, 192'345);
  for (auto const* price : {"81234", "92345"}) EXPECT_FALSE(says(little, price)) << price;
  EXPECT_EQ(names_of(supervision_view(*little.picture)), Names{});
  EXPECT_EQ(names_of(own_view(*little.picture, ann)), (Names{"alias", "attempts_left", "receipts"}));
  little.later(10min);
  EXPECT_EQ(*public_view(*little.picture).find("best")->as_text(), "81234.00");
  EXPECT_EQ(own_view(*little.picture, bob).find("rank")->write(), "2");
  EXPECT_FALSE(public_view(*little.picture).write().contains("92345"));
}

TEST(View, what_is_bid_in_a_turn_is_in_no_view_until_it_ends) {
  LittleLot little(rounds_rules());
  little.bid(ann, 80'000);
  little.bid(bob, 90'000);
  little.later(10min);
  little.later(1min);
  little.bid(bob, 71'234);
  EXPECT_FALSE(says(little, "71234"));
  EXPECT_EQ(public_view(*little.picture).find("stage")->write(),
            R"({"kind":"turn","round":1,"turn":1,"alias":"S2","ends_at":")" +
                modules::instant_text(little.picture->ends_at()) + R"("})");
  little.later(2min);
  EXPECT_EQ(*public_view(*little.picture).find("best")->as_text(), "71234.00");
}

TEST(View, sealed_bids_and_a_best_bid_of_a_dutch_lot_are_in_no_view_until_they_end) {
  LittleLot little(dutch_rules());
  little.later(2min);
  little.bid(cyd, 30'000);
  little.bid(ann, 28'123);
  EXPECT_FALSE(says(little, "28123"));
  EXPECT_EQ(*public_view(*little.picture).find("stage")->find("kind")->as_text(), "sealed_bids");
  EXPECT_EQ(*public_view(*little.picture).find("best")->as_text(), "30000.00");
  EXPECT_FALSE(supervision_view(*little.picture).find("bidders")->write().contains("28123"));
  little.later(5min);
  EXPECT_EQ(*public_view(*little.picture).find("best")->as_text(), "28123.00");
  little.bid(cyd, 27'456);
  EXPECT_FALSE(says(little, "27456"));
  little.later(5min);
  EXPECT_TRUE(says(little, "27456"));
}

TEST(View, a_level_is_told_to_everybody) {
  LittleLot little(japanese_rules());
  auto const stage = *public_view(*little.picture).find("stage");
  EXPECT_EQ(*stage.find("kind")->as_text(), "level");
  EXPECT_EQ(*stage.find("level")->as_text(), "100000.00");
  little.bid(ann, 100'000);
  little.bid(bob, 100'000);
  little.later(1min);
  EXPECT_NE(own_view(*little.picture, cyd).find("eliminated"), nullptr);
  EXPECT_EQ(own_view(*little.picture, ann).find("eliminated"), nullptr);
  EXPECT_EQ(*own_view(*little.picture, ann).find("next_limit")->as_text(), "90000.00");
}

TEST(View, the_price_to_beat_is_the_takers_where_the_lead_is_hidden) {
  auto rules = dutch_rules();
  rules.visibility = engine::visible::rank;
  LittleLot little(rules);
  little.bid(cyd, 10'000);
  little.bid(ann, 8'123);
  little.later(5min);
  auto const view = public_view(*little.picture);
  EXPECT_EQ(*view.find("stage")->find("kind")->as_text(), "best_bid");
  EXPECT_FALSE(view.write().contains("8123"));
  EXPECT_EQ(*own_view(*little.picture, cyd).find("next_limit")->as_text(), "8113.00");
}

// ---- What the rules let bidders see ----------------------------------------------------------------------------

LittleLot seen_as(std::uint8_t visibility, engine::StepBasis basis = engine::StepBasis::Own) {
  auto rules = reverse_rules();
  rules.visibility = visibility;
  rules.step_basis = basis;
  LittleLot little(rules);
  little.bid(ann, 81'234);
  little.bid(bob, 80'000);
  return little;
}

TEST(View, where_the_lead_is_hidden_no_bidder_and_no_watcher_sees_it) {
  auto little = seen_as(engine::visible::rank, engine::StepBasis::Best);
  little.bid(ann, 80'500);
  EXPECT_FALSE(public_view(*little.picture).write().contains("80000"));
  EXPECT_EQ(public_view(*little.picture).find("leads")->write(), "[]");
  auto const own = own_view(*little.picture, ann).write();
  EXPECT_FALSE(own.contains("80000") || own.contains("79990")) << "nor what follows from it: " << own;
  EXPECT_TRUE(supervision_view(*little.picture).write().contains("80000"));
  little.later(2h);
  EXPECT_TRUE(public_view(*little.picture).write().contains("80000")) << "the result says everything";
}

TEST(View, a_rank_is_only_shown_where_the_rules_show_it) {
  auto const hidden = seen_as(engine::visible::lead);
  EXPECT_EQ(own_view(*hidden.picture, ann).find("rank"), nullptr);
  EXPECT_EQ(own_view(*hidden.picture, ann).find("receipts")->as_array()->at(0).find("rank"), nullptr);
  EXPECT_NE(own_view(*seen_as(engine::visible::rank).picture, ann).find("rank"), nullptr);
}

TEST(View, colour_and_count_are_shown_when_asked_for_and_only_to_bidders) {
  auto const little = seen_as(engine::visible::colour | engine::visible::count);
  EXPECT_EQ(*own_view(*little.picture, bob).find("colour")->as_text(), "green");
  EXPECT_EQ(*own_view(*little.picture, ann).find("colour")->as_text(), "red");
  EXPECT_EQ(own_view(*little.picture, cyd).find("colour"), nullptr);
  EXPECT_EQ(own_view(*little.picture, cyd).find("bidders")->write(), "2");
  auto const open = public_view(*little.picture);
  EXPECT_EQ(open.find("colour"), nullptr);
  EXPECT_EQ(open.find("bidders"), nullptr);
  auto const plain = seen_as(engine::visible::usual);
  EXPECT_EQ(own_view(*plain.picture, bob).find("colour"), nullptr);
  EXPECT_EQ(own_view(*plain.picture, bob).find("bidders"), nullptr);
}

TEST(View, a_lead_for_those_who_bid_is_in_their_own_view_only) {
  auto const little = seen_as(engine::visible::lead | engine::visible::lead_after_bid);
  EXPECT_EQ(public_view(*little.picture).find("best"), nullptr);
  EXPECT_EQ(*own_view(*little.picture, ann).find("lead")->as_text(), "80000.00");
  EXPECT_FALSE(own_view(*little.picture, cyd).write().contains("80000"));
}

TEST(View, of_a_proxy_its_owner_sees_that_it_acts_and_nobody_its_limit) {
  auto rules = reverse_rules();
  rules.proxies = true;
  LittleLot little(rules);
  little.bid(ann, 90'000);
  little.say(engine::SetProxy{lot, ann, engine::PersonId{1}, yuan(51'234), yuan(100)});
  EXPECT_EQ(own_view(*little.picture, ann).find("proxy")->write(), R"({"step":"100.00"})");
  EXPECT_FALSE(says(little, "51234"));
  EXPECT_EQ(own_view(*little.picture, bob).find("proxy"), nullptr);
  EXPECT_FALSE(supervision_view(*little.picture).write().contains("proxy"));
  little.bid(bob, 80'000);
  EXPECT_NE(supervision_view(*little.picture).find("bids")->as_array()->back().find("automatic"), nullptr);
}

TEST(View, a_bid_entered_for_a_supplier_says_so_to_it_and_to_supervision) {
  auto rules = reverse_rules();
  rules.surrogates = true;
  LittleLot little(rules);
  little.say(engine::PlaceSurrogateBid{
      {lot, ann, engine::PersonId{7}, yuan(90'000), key("s"), {}}, engine::PersonId{8}, "供应商现场提交纸质报价单"});
  EXPECT_NE(own_view(*little.picture, ann).find("receipts")->as_array()->at(0).find("surrogate"), nullptr);
  EXPECT_NE(supervision_view(*little.picture).find("bids")->as_array()->at(0).find("surrogate"), nullptr);
  little.bid(ann, 80'000);
  EXPECT_EQ(own_view(*little.picture, ann).find("receipts")->as_array()->at(1).find("surrogate"), nullptr);
}

TEST(View, results_that_wait_for_other_lots_are_in_no_view) {
  auto rules = sealed_rules();
  rules.release = engine::Release::ResultsTogether;
  LittleLot little(rules);
  little.bid(ann, 81'234);
  little.picture->fold(engine::BiddingEnded{lot, little.picture->ends_at()});
  EXPECT_EQ(*public_view(*little.picture).find("state")->as_text(), "RESULT_PENDING");
  EXPECT_FALSE(says(little, "81234"));
}

TEST(View, a_lot_with_signed_bids_says_so_and_waits_for_their_verification) {
  auto rules = sealed_rules();
  rules.signed_bids = true;
  rules.min_bidders = 1;
  LittleLot little(rules);
  EXPECT_EQ(public_view(*little.picture).find("signed_bids")->write(), "true");
  EXPECT_EQ(public_view(lot_with(reverse_rules(), When::Live)).find("signed_bids"), nullptr);
  little.say(engine::PlaceSignedBid{{lot, ann, engine::PersonId{7}, yuan(81'234), key("s"), {}}, {}});
  auto const seq = little.seq();
  little.later(2h);
  EXPECT_EQ(*public_view(*little.picture).find("state")->as_text(), "RESULT_PENDING");
  EXPECT_FALSE(says(little, "81234"));
  little.say(engine::NoteSignatures{lot, seq, {}});
  EXPECT_EQ(*public_view(*little.picture).find("state")->as_text(), "SELECTING");
  EXPECT_TRUE(says(little, "81234"));
}

TEST(View, a_bid_that_was_voided_is_told_to_its_bidder_with_the_reason_and_to_nobody_else_by_name) {
  auto rules = sealed_rules();
  rules.signed_bids = true;
  LittleLot little(rules);
  little.say(engine::PlaceSignedBid{{lot, ann, engine::PersonId{7}, yuan(81'234), key("s"), {}}, {}});
  auto const seq = little.seq();
  EXPECT_EQ(own_view(*little.picture, ann).find("voided"), nullptr);
  little.say(engine::NoteSignatures{lot, seq, {seq}});
  auto const own = own_view(*little.picture, ann);
  ASSERT_NE(own.find("voided"), nullptr);
  auto const& line = own.find("voided")->as_array()->at(0);
  EXPECT_EQ(line.find("seq")->write(), std::to_string(seq.number()));
  EXPECT_TRUE(line.find("reason")->as_text()->contains("signature"));
  EXPECT_EQ(own_view(*little.picture, bob).find("voided"), nullptr);
  EXPECT_FALSE(public_view(*little.picture).write().contains("voided"));
  EXPECT_FALSE(says(little, "81234"));
  // What supervision sees of it once it sees any quote: the bid, then that it counts no more.
  for (int i = 0; i < 2; ++i) little.later(12h);
  auto const supervision = supervision_view(*little.picture);
  auto const* const bids = supervision.find("bids")->as_array();
  ASSERT_EQ(bids->size(), 2u);
  EXPECT_EQ(bids->at(0).find("voided"), nullptr);
  EXPECT_EQ(bids->at(1).find("voided")->write(), "true");
  EXPECT_EQ(*bids->at(1).find("reason")->as_text(), *line.find("reason")->as_text());
}

TEST(View, a_lot_for_practice_says_so_everywhere_it_is_described) {
  auto rules = reverse_rules();
  rules.practice = true;
  LittleLot little(rules);
  EXPECT_EQ(public_view(*little.picture).find("practice")->write(), "true");
  little.bid(ann, 80'000);
  little.later(2h);
  EXPECT_EQ(*public_view(*little.picture).find("state")->as_text(), "PRACTICE_ENDED");
  EXPECT_EQ(public_view(*little.picture).find("result")->find("winner"), nullptr);
}

}  // namespace
