// The table of view.h, field by field and audience by audience.
#include "gateway/view.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/hall.h"
#include "gateway/json_reader.h"
#include "tests/support/hub_world.h"

namespace {

using namespace hub_test;
using gateway::Picture;
using Names = std::set<std::string>;

LotId const lot = engine::lot_id(InquiryId{12}, 1);
BidderId const ann{1}, bob{2}, cyd{3};

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
                                                             {engine::ExtendedBecause::Outage, "outage"}};
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

}  // namespace
