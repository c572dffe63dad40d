// Who reads what, before and after the close.
#include "modules/inquiry/show.h"

#include <set>

#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using modules::Actor;
using modules::Json;

class Show : public market::Market {
 protected:
  support::Told read(Actor const& who, std::string_view what) { return world_.read(&who, what); }
  std::string text(Actor const* who, std::string_view what) { return world_.read(who, what).body.write(); }
  static bool says(std::string const& text, std::string_view what) { return text.find(what) != std::string::npos; }
  static std::string word(Json const& json, std::string_view name) {
    auto const* member = json.find(name);
    return member != nullptr && member->as_text() != nullptr ? *member->as_text() : "";
  }
};

TEST_F(Show, a_draft_is_seen_by_its_buyer_only) {
  world_.post(buyer_, "/inquiries", body());
  EXPECT_EQ(read(second_, path()).code, "");
  EXPECT_EQ(read(stranger_, path()).code, "NOT_YOUR_INQUIRY");
  for (auto const& who : {suppliers_[0], city_, administrator_}) EXPECT_EQ(read(who, path()).code, "NO_SUCH_INQUIRY");
  EXPECT_EQ(world_.read(nullptr, path()).code, "NO_SUCH_INQUIRY");
}

TEST_F(Show, regulators_read_in_scope) {
  publish();
  EXPECT_EQ(read(city_, path()).code, "");
  EXPECT_EQ(read(elsewhere_, path()).code, "OUT_OF_SCOPE");
  EXPECT_EQ(read(elsewhere_, "/lots/1-1/result").code, "OUT_OF_SCOPE");
}

TEST_F(Show, the_version_is_the_etag) {
  world_.post(buyer_, "/inquiries", body());
  EXPECT_EQ(read(buyer_, path()).etag, "1");
}

TEST_F(Show, who_is_admitted_is_the_buyers_and_the_regulators_business) {
  run();
  EXPECT_TRUE(says(text(&buyer_, path()), "甲公司"));
  EXPECT_TRUE(says(text(&city_, path()), "甲公司"));
  for (auto const* who : {&suppliers_[0], &outsider_, &stranger_, &administrator_, static_cast<Actor*>(nullptr)}) {
    EXPECT_FALSE(says(text(who, path()), "公司"));
    EXPECT_FALSE(says(text(who, path()), "admitted"));
  }
}

TEST_F(Show, nothing_is_opened_before_the_close_for_anybody) {
  run();
  three_bids();
  for (auto const* who : {&buyer_, &city_, &suppliers_[0], static_cast<Actor*>(nullptr)}) {
    EXPECT_EQ(world_.read(who, "/lots/1-1/result").code, "SEALED");
    EXPECT_EQ(world_.read(who, "/lots/1-1/history").code, "SEALED");
  }
}

TEST_F(Show, the_public_learns_the_winners_name_and_no_other) {
  run();
  three_bids();
  world_.advance(2h);
  auto const result = world_.read(nullptr, "/lots/1-1/result").body;
  EXPECT_EQ(word(result, "state"), "AWARDED");
  EXPECT_EQ(word(*result.find("winner"), "name"), "甲公司");
  EXPECT_EQ(word(*result.find("winner"), "price"), "9000.00");
  EXPECT_EQ(result.find("standings")->as_array()->size(), 3u);
  for (auto const* what : {"/lots/1-1/result", "/lots/1-1/history"}) {
    for (auto const* who : {&suppliers_[1], &stranger_, static_cast<Actor*>(nullptr)}) {
      EXPECT_FALSE(says(text(who, what), "乙公司"));
      EXPECT_FALSE(says(text(who, what), "丙公司"));
    }
    EXPECT_TRUE(says(text(&buyer_, what), "丙公司"));
    EXPECT_TRUE(says(text(&city_, what), "丙公司"));
  }
}

TEST_F(Show, a_bidder_finds_its_own_rows) {
  run();
  three_bids();
  world_.advance(2h);
  auto const result = read(suppliers_[2], "/lots/1-1/result").body;
  int own = 0;
  for (auto const& standing : *result.find("standings")->as_array()) {
    if (standing.find("own") != nullptr) own += word(standing, "price") == "9100.00" ? 1 : 100;
  }
  EXPECT_EQ(own, 1);
}

TEST_F(Show, aliases_are_the_same_in_result_and_history) {
  run();
  three_bids();
  world_.advance(2h);
  auto const result = read(outsider_, "/lots/1-1/result").body;
  auto const history = read(outsider_, "/lots/1-1/history").body;
  auto const& first = result.find("standings")->as_array()->front();
  for (auto const& entry : *history.find("items")->as_array()) {
    EXPECT_EQ(word(entry, "price") == "9000.00", word(entry, "alias") == word(first, "alias"));
  }
  EXPECT_EQ(word(*result.find("winner"), "alias"), word(first, "alias"));
}

TEST_F(Show, a_history_is_read_page_by_page) {
  run();
  for (std::int64_t i = 0; i < 70; ++i) {
    for (std::size_t supplier = 0; supplier < 3; ++supplier) bid(supplier, 10'000 - 100 * (i + 1));
  }
  world_.advance(2h);
  std::string after;
  std::vector<std::string> seqs;
  do {
    auto const page = world_.read(nullptr, "/lots/1-1/history" + after).body;
    for (auto const& entry : *page.find("items")->as_array()) seqs.push_back(word(entry, "seq"));
    after = page.find("next") != nullptr ? "?after=" + word(page, "next") : "";
  } while (!after.empty());
  EXPECT_EQ(seqs.size(), 210u);
  EXPECT_EQ(std::set<std::string>(seqs.begin(), seqs.end()).size(), 210u);
}

TEST_F(Show, a_history_is_asked_for_with_a_number) {
  run();
  world_.advance(2h);
  EXPECT_EQ(world_.read(nullptr, "/lots/1-1/history?after=x").code, "MALFORMED");
  EXPECT_EQ(world_.read(nullptr, "/lots/1-1/history?befor=1").code, "MALFORMED");
}

TEST_F(Show, the_reason_of_a_choice_is_public) {
  run(sealed);
  three_bids();
  world_.advance(1h);
  to_lot(buyer_, "choice", of(2, "质量更好并且交货更快一些"));
  EXPECT_FALSE(says(text(nullptr, path()), "质量更好"));
  EXPECT_TRUE(says(text(&second_, path()), "质量更好"));
  EXPECT_TRUE(says(text(&second_, path()), R"("by_name":")"));
  to_lot(second_, "choice/approval");
  EXPECT_TRUE(says(text(nullptr, "/lots/1-1/result"), "质量更好"));
}

TEST_F(Show, after_a_decline_the_buyer_sees_whether_somebody_is_left_to_ask) {
  run();
  three_bids();
  world_.advance(2h);
  to_lot(suppliers_[0], "award-answer", R"({"answer":"decline"})");
  EXPECT_TRUE(says(text(&buyer_, path()), R"("next_available":true)"));
  EXPECT_FALSE(says(text(nullptr, path()), "next_available"));
  to_lot(buyer_, "ask-next");
  EXPECT_FALSE(says(text(&buyer_, path()), "next_available"));
}

TEST_F(Show, evaluated_prices_are_exact) {
  auto text = body();
  text.insert(text.find("\"}]}") + 1, R"(,"deduction":"10.05")");
  ASSERT_EQ(world_.post(buyer_, "/inquiries", text).code, "");
  post(buyer_, "publish", at(1h));
  world_.advance(1h);
  three_bids();
  world_.advance(2h);
  auto const result = read(buyer_, "/lots/1-1/result").body;
  auto const& first = result.find("standings")->as_array()->front();
  EXPECT_EQ(word(first, "name"), "丙公司");
  EXPECT_EQ(word(first, "price"), "9100.00");
  EXPECT_EQ(word(first, "evaluated"), "8185.450000");
}

TEST_F(Show, a_lot_says_that_its_bids_are_signed) {
  publish(std::string(reverse) + R"(,"signed_bids":true)");
  auto const rules = world_.read(nullptr, path()).body.find("lots")->as_array()->front().find("rules")->write();
  EXPECT_TRUE(says(rules, R"("signed_bids":true)"));
}

TEST_F(Show, a_bid_whose_signature_does_not_hold_is_in_the_history_with_the_reason) {
  run(std::string(sealed) + R"(,"signed_bids":true,"min_bidders":2)");
  std::vector<engine::Seq> seqs;
  for (auto const& [supplier, yuan] : {std::pair{0U, 8'000}, {1U, 9'300}, {2U, 9'100}}) {
    auto const told = signed_bid(supplier, yuan);
    ASSERT_EQ(told.code, "");
    for (auto const& event : told.events) {
      if (auto const* bid = std::get_if<engine::BidSigned>(&event)) seqs.push_back(bid->seq);
    }
  }
  ASSERT_EQ(seqs.size(), 3U);
  world_.advance(2h);
  EXPECT_EQ(lot().state, engine::LotState::ResultPending);
  for (auto const* who : {&buyer_, &suppliers_[0]}) EXPECT_EQ(world_.read(who, "/lots/1-1/history").code, "SEALED");
  note_signatures(seqs, {0});
  ASSERT_EQ(lot().state, engine::LotState::Selecting);
  auto const history = read(buyer_, "/lots/1-1/history").body;
  auto const& items = *history.find("items")->as_array();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(word(items[0], "price"), "8000.00");
  EXPECT_EQ(items[0].find("voided")->write(), "true");
  EXPECT_TRUE(says(word(items[0], "reason"), "签名"));
  for (auto const& item : {items[1], items[2]}) EXPECT_EQ(item.find("reason"), nullptr);
  EXPECT_FALSE(says(text(&buyer_, "/lots/1-1/result"), "8000.00"));
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

}  // namespace
