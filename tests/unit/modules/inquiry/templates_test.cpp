// Templates of a buyer: saved, read, used and dropped; by whom, under which names, and how many.
#include "modules/inquiry/templates.h"

#include "engine/figure.h"
#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using modules::Method;

class Templates : public market::Market {
 protected:
  std::string named(std::string_view name, std::string_view rules = reverse) const {
    return R"({"name":")" + std::string(name) + R"(","draft":)" + body(rules) + "}";
  }
  support::Told save(modules::Actor const& who, std::string_view name) {
    return world_.post(who, "/templates", named(name));
  }
  support::Told drop(modules::Actor const& who, std::string_view id, std::string_view text = "null") {
    return world_.write(Method::Delete, &who, "/templates/" + std::string(id), text);
  }
  std::string list(modules::Actor const& who) { return world_.read(&who, "/templates").body.write(); }
};

TEST_F(Templates, are_seen_by_everybody_of_the_buyer_and_by_nobody_else) {
  auto const made = save(buyer_, "办公用纸");
  EXPECT_EQ(made.code, "");
  auto const one = world_.read(&second_, "/templates/" + std::to_string(made.id)).body;
  EXPECT_EQ(*one.find("name")->as_text(), "办公用纸");
  EXPECT_EQ(*one.find("by")->as_text(), "buyer");
  EXPECT_EQ(*one.find("at")->as_text(), modules::instant_text(world_.now()));
  EXPECT_EQ(list(second_), R"({"items":[)" + one.write() + "]}");
  EXPECT_EQ(list(stranger_), R"({"items":[]})");
  EXPECT_EQ(world_.read(&stranger_, "/templates/1").code, "NO_SUCH_TEMPLATE");
  EXPECT_EQ(world_.read(&buyer_, "/templates/2").code, "NO_SUCH_TEMPLATE");
  EXPECT_EQ(world_.read(&buyer_, "/templates/x").code, "NO_SUCH_TEMPLATE");
}

TEST_F(Templates, hold_a_draft_that_may_be_sent_as_it_is) {
  save(buyer_, "a");
  auto const kept = *world_.read(&buyer_, "/templates/1").body.find("draft");
  EXPECT_EQ(world_.post(second_, "/inquiries", kept.write()).code, "");
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body()).code, "");
  EXPECT_EQ(modules::pack(row(1).draft), modules::pack(row(2).draft));
}

TEST_F(Templates, are_judged_when_they_are_used) {
  constexpr std::string_view hasty = R"("format":"reverse","ceiling":"100.00","duration_s":1)";
  EXPECT_EQ(world_.post(buyer_, "/templates", named("hasty", hasty)).code, "");
  auto const kept = *world_.read(&buyer_, "/templates/1").body.find("draft");
  EXPECT_EQ(world_.post(buyer_, "/inquiries", kept.write()).code, "PARAMETER_OUT_OF_RANGE");
}

TEST_F(Templates, have_names_of_their_own) {
  save(buyer_, "a");
  EXPECT_EQ(save(second_, "a").code, "DUPLICATE");
  EXPECT_EQ(save(second_, "A").code, "");
  EXPECT_EQ(save(stranger_, "a").code, "");
  EXPECT_EQ(drop(buyer_, "1").code, "");
  EXPECT_EQ(save(second_, "a").code, "");
}

TEST_F(Templates, are_fifty_at_most) {
  for (int i = 1; i <= 50; ++i) ASSERT_EQ(save(buyer_, std::to_string(i)).code, "");
  auto const told = save(second_, "51");
  EXPECT_EQ(told.code, "TOO_MANY");
  EXPECT_EQ(told.refusal->actual, engine::figure::count(51));
  EXPECT_EQ(told.refusal->limit, engine::figure::count(50));
  EXPECT_EQ(save(stranger_, "1").code, "");
  EXPECT_EQ(drop(buyer_, "7").code, "");
  EXPECT_EQ(save(buyer_, "51").code, "");
}

TEST_F(Templates, are_dropped_by_their_buyer_only) {
  save(buyer_, "a");
  EXPECT_EQ(drop(stranger_, "1").code, "NO_SUCH_TEMPLATE");
  EXPECT_EQ(drop(buyer_, "1", R"({"x":1})").code, "MALFORMED");
  EXPECT_EQ(drop(second_, "1", "{}").code, "");
  EXPECT_EQ(drop(second_, "1").code, "NO_SUCH_TEMPLATE");
  EXPECT_EQ(list(buyer_), R"({"items":[]})");
  EXPECT_EQ(save(buyer_, "a").id, 2U) << "an id is not given again";
}

TEST_F(Templates, are_purchasers_business) {
  for (auto const& who : {suppliers_[0], city_, administrator_}) EXPECT_EQ(save(who, "a").code, "WRONG_ROLE");
  save(buyer_, "a");
  world_.send(accounts_.close_session(buyer_));
  EXPECT_EQ(drop(buyer_, "1").code, "SESSION_ENDED");
}

TEST_F(Templates, are_malformed_like_a_draft) {
  auto const told = world_.post(buyer_, "/templates", R"({"name":"","draft":{"title":"t","lots":[]},"x":1})");
  EXPECT_EQ(told.code, "MALFORMED");
  ASSERT_EQ(told.faults.size(), 3U);
  EXPECT_EQ(told.faults[0].pointer, "/name");
  EXPECT_EQ(told.faults[1].pointer, "/draft/lots");
  EXPECT_EQ(told.faults[2].pointer, "/x");
}

TEST_F(Templates, are_made_once_under_a_key) {
  world_.use_key("k");
  EXPECT_EQ(save(buyer_, "a").id, 1U);
  world_.use_key("k");
  auto const again = save(buyer_, "a");
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.id, 1U);
}

TEST_F(Templates, come_back_from_the_journal) {
  save(buyer_, "a");
  save(stranger_, "b");
  drop(buyer_, "1");
  save(second_, "c");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
  auto const before = list(buyer_);
  world_.restart();
  EXPECT_EQ(list(buyer_), before);
}

}  // namespace
