// The house: repeated requests, follow-ups that survive a crash, every event to every module.
#include "modules/house.h"

#include <gtest/gtest.h>

#include "engine/limits.h"
#include "modules/refusals.h"
#include "modules/rows.h"
#include "tests/support/memory_tables.h"
#include "tests/support/module_world.h"

namespace {

using namespace engine;
using namespace std::chrono_literals;

constexpr RefusalKind unwilling{901, "UNWILLING", 422, "here", "", "不", "no"};

// Verb 1: n follow-ups of verb 2. Verb 2: one row. Verb 3: refused. Writes down everything it hears.
class Relay final : public modules::Module {
 public:
  explicit Relay(std::uint16_t number) : number_(number) {}
  std::string_view name() const override { return "relay"; }
  std::uint16_t number() const override { return number_; }
  std::optional<Refusal> judge(ModuleCommand const& command, Instant, TableReader const&) const override {
    if (command.verb == 3) return Refusal{&unwilling, {Figure::Unit::Count, 2}, {Figure::Unit::Fen, 3}};
    return std::nullopt;
  }
  std::uint64_t enter(ModuleCommand const& command, Seq, Instant, Tables& tables, modules::FollowUps& then) override {
    if (command.verb == 1) {
      for (char const name : command.body) then.then(act(2, std::string(1, name)));
    }
    tables.put(table(), command.body, "");
    return modules::next_id(tables, table(), "!");
  }
  void hear(Event const& event, Seq, Instant, Tables&, modules::FollowUps&) override {
    if (std::holds_alternative<ModuleAnswered>(event)) ++heard_;
  }
  void routes(modules::Routes&) const override {}
  RefusalKind const* refusal(std::uint16_t number) const override {
    return number == unwilling.number ? &unwilling : nullptr;
  }
  ModuleCommand act(std::uint16_t verb, std::string body) const {
    ModuleCommand command;
    command.module = number_;
    command.verb = verb;
    command.actor = PersonId{5};
    command.body = std::move(body);
    return command;
  }
  std::string table() const { return "relay" + std::to_string(number_); }
  int heard() const { return heard_; }

 private:
  std::uint16_t number_;
  int heard_ = 0;
};

class HouseOfTwo : public testing::Test {
 protected:
  Relay first_{901};
  Relay second_{902};
  support::ModuleWorld world_{{&first_, &second_}};

  support::Told keyed(std::uint16_t verb, std::string body, std::string request_key) {
    auto command = first_.act(verb, std::move(body));
    command.request_key = std::move(request_key);
    return world_.send(command);
  }
  std::size_t rows(std::string_view table) const {
    std::size_t count = 0;
    for (auto const& [row, value] : world_.tables().rows())
      if (row.first == table) ++count;
    return count;
  }
};

TEST_F(HouseOfTwo, a_repeated_request_gets_the_first_answer_and_changes_nothing) {
  auto const first = keyed(2, "a", "k1");
  auto const rows = world_.tables().rows();
  auto const again = keyed(2, "a", "k1");
  EXPECT_EQ(again.id, first.id);
  EXPECT_TRUE(again.repeated);
  EXPECT_FALSE(first.repeated);
  EXPECT_EQ(world_.tables().rows(), rows);
}

TEST_F(HouseOfTwo, a_repeated_refusal_comes_with_its_figures) {
  auto const first = keyed(3, "a", "k1");
  auto const again = keyed(3, "a", "k1");
  EXPECT_EQ(first.code, "UNWILLING");
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.refusal, first.refusal);
}

TEST_F(HouseOfTwo, a_key_with_other_content_is_refused) {
  keyed(2, "a", "k1");
  EXPECT_EQ(keyed(2, "b", "k1").code, "KEY_REUSED");
  EXPECT_EQ(keyed(3, "a", "k1").code, "KEY_REUSED");
}

TEST_F(HouseOfTwo, a_secret_is_no_part_of_the_content) {
  auto command = first_.act(2, "a");
  command.request_key = "k1";
  command.secret = "one";
  command.secret_of = PersonId{5};
  world_.send(command);
  command.secret = "two";
  EXPECT_TRUE(world_.send(command).repeated);
}

TEST_F(HouseOfTwo, keys_belong_to_their_actor) {
  keyed(2, "a", "k1");
  auto other = first_.act(2, "b");
  other.actor = PersonId{6};
  other.request_key = "k1";
  EXPECT_EQ(world_.send(other).code, "");
}

TEST_F(HouseOfTwo, a_key_is_forgotten_after_a_day) {
  keyed(2, "a", "k1");
  world_.advance(24h - 1ms);
  EXPECT_TRUE(keyed(2, "a", "k1").repeated);
  world_.advance(1ms);
  EXPECT_EQ(keyed(2, "b", "k1").code, "");
  EXPECT_EQ(rows("house.keys"), 1u);
  EXPECT_EQ(rows("house.keys_by_age"), 1u);
}

TEST_F(HouseOfTwo, old_keys_go_two_at_a_time) {
  for (int i = 0; i < 6; ++i) keyed(2, "a", "old" + std::to_string(i));
  world_.advance(25h);
  keyed(2, "a", "new0");
  EXPECT_EQ(rows("house.keys"), 5u);
  keyed(2, "a", "new1");
  keyed(2, "a", "new2");
  EXPECT_EQ(rows("house.keys"), 3u);
  EXPECT_EQ(rows("house.keys_by_age"), 3u);
}

TEST_F(HouseOfTwo, a_command_to_nobody_is_refused) {
  auto command = first_.act(2, "a");
  command.module = 7;
  EXPECT_EQ(world_.send(command).code, "NO_SUCH_MODULE");
}

TEST_F(HouseOfTwo, everybody_hears_every_answer) {
  world_.send(first_.act(2, "a"));
  EXPECT_EQ(first_.heard(), 1);
  EXPECT_EQ(second_.heard(), 1);
}

TEST_F(HouseOfTwo, follow_ups_are_applied_in_order_and_their_rows_go) {
  auto const told = world_.send(first_.act(1, "xyz"));
  EXPECT_EQ(told.events.size(), 4u);
  EXPECT_EQ(rows("relay901"), 5u);  // xyz x y z and the last id
  EXPECT_EQ(rows("house.follow_ups"), 0u);
}

TEST_F(HouseOfTwo, a_crash_between_parent_and_follow_up_loses_nothing) {
  world_.fail_commit(2);
  EXPECT_EQ(world_.send(first_.act(1, "xy")).code, "HALTED");
  EXPECT_EQ(rows("house.follow_ups"), 2u);
  world_.restart();
  EXPECT_EQ(rows("house.follow_ups"), 0u);
  EXPECT_EQ(rows("relay901"), 4u);
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

TEST_F(HouseOfTwo, bids_alone_commit_no_table) {
  world_.send(first_.act(2, "a"));
  auto const commits = world_.tables().commits();
  world_.send(PlaceBid{LotId{1}, BidderId{2}, PersonId{3}, Money::fen(4), {}, Consent::NotGiven});
  EXPECT_EQ(world_.tables().commits(), commits);
}

// A snapshot of the hall counts only as far as the tables have come.
TEST(House, behind_bids_alone_the_tables_follow_from_afar) {
  support::MemoryTables tables;
  modules::House house(tables, {});
  constexpr auto lag = limits::commands_tables_may_lag;
  ASSERT_TRUE(house.commit(Seq{lag - 1}));
  EXPECT_EQ(tables.applied(), Seq{});
  ASSERT_TRUE(house.commit(Seq{lag}));
  EXPECT_EQ(tables.applied(), Seq{lag});
  ASSERT_TRUE(house.commit(Seq{5}));  // a replay that the tables are ahead of
  EXPECT_EQ(tables.applied(), Seq{lag});
  ASSERT_TRUE(house.commit(Seq{2 * lag - 1}));
  EXPECT_EQ(tables.commits(), 1);
}

TEST(House, two_modules_with_one_number_are_a_bug) {
  support::MemoryTables tables;
  Relay one(901);
  Relay other(901);
  EXPECT_DEATH(modules::House(tables, {&one, &other}), "CHECK failed");
}

TEST(House, a_module_that_writes_without_end_is_a_bug) {
  struct Flood {
    static void run() {
      support::MemoryTables tables;
      Relay relay(901);
      modules::House house(tables, {&relay});
      Sequenced command{Seq{1}, {}, {}, {}, {}, relay.act(1, std::string(limits::table_operations_a_command, 'x'))};
      Events events;
      house.decide(command, events);
    }
  };
  EXPECT_DEATH(Flood::run(), "table_operations_a_command");
}

}  // namespace
