// Problems as clients read them.
#include "gateway/problem.h"

#include <gtest/gtest.h>

#include "gateway/json_reader.h"

namespace {

using Unit = engine::Figure::Unit;
namespace refusals = engine::refusals;

std::string member(engine::Refusal const& refusal, std::string_view name) {
  auto const read = gateway::parse(gateway::problem(refusal));
  auto const* const found = read.value().find(name);
  return found == nullptr ? "none" : found->write();
}

TEST(Problem, a_refusal_has_everything_a_person_needs_to_accept_it) {
  EXPECT_EQ(gateway::problem({&refusals::self_approval, {}, {}}),
            R"({"type":"urn:ebb:problem:SELF_APPROVAL","title":"申请人与审批人不得为同一人",)"
            R"("title_en":"the approver must be another person than the requester","status":422,)"
            R"("code":"SELF_APPROVAL","rule":"rules.md §6","basis":"政府采购法 §61"})");
}

TEST(Problem, figures_are_printed_by_their_unit) {
  engine::Refusal const refusal{&refusals::above_ceiling, {Unit::Fen, 10'000'001}, {Unit::Fen, 10'000'000}};
  EXPECT_EQ(member(refusal, "actual"), R"("100000.01")");
  EXPECT_EQ(member(refusal, "limit"), R"("100000.00")");
  EXPECT_EQ(member({&refusals::closed, {Unit::Moment, 1'795'000'000'000}, {}}, "actual"),
            R"("2026-11-18T11:06:40.000Z")");
  EXPECT_EQ(member({&refusals::too_many, {Unit::Count, 33}, {}}, "actual"), "33");
  EXPECT_EQ(member({&refusals::bad_rules, {Unit::Span, 90'000}, {}}, "actual"), "90");
}

TEST(Problem, what_is_not_known_is_left_out) {
  EXPECT_EQ(member({&refusals::paused, {}, {}}, "actual"), "none");
  EXPECT_EQ(member({&refusals::paused, {}, {}}, "basis"), "none");
}

TEST(Problem, malformed_input_points_at_its_faults) {
  auto const text = gateway::problem(modules::Malformed{{{"/a~1b", "expected \"text\""}}});
  auto const read = gateway::parse(text);
  ASSERT_TRUE(read) << text;
  EXPECT_EQ(read->find("errors")->write(), R"([{"pointer":"/a~1b","detail":"expected \"text\""}])");
  EXPECT_EQ(read->find("status")->write(), "400");
}

}  // namespace
