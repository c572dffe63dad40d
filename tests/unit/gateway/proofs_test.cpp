// The log's routes: what is public, what is not, and to whom an entry is shown.
#include "gateway/proofs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/router.h"
#include "gateway/wire.h"
#include "tests/support/hub_world.h"
#include "tests/support/small_log.h"

namespace {

using gateway::Proofs;
using modules::Actor;
using modules::Role;
using support::hash_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

engine::LotId const lot = engine::lot_id(engine::InquiryId{12}, 1);
engine::BidderId const ann{30}, bob{40};
Actor const anns{engine::PersonId{3}, {}, ann, Role::Supplier, "330000"};
Actor const anns_colleague{engine::PersonId{4}, {}, ann, Role::Supplier, "330000"};
Actor const bobs{engine::PersonId{5}, {}, bob, Role::Supplier, "330000"};
Actor const buyer{engine::PersonId{6}, {}, engine::OrgId{50}, Role::Purchaser, "330000"};
Actor const regulator{engine::PersonId{7}, {}, engine::OrgId{60}, Role::Regulator, "330000"};
Actor const administrator{engine::PersonId{8}, {}, engine::OrgId{70}, Role::Administrator, "330000"};

std::string repeated(std::string_view byte) {
  std::string text;
  for (int i = 0; i < 32; ++i) text += byte;
  return text;
}

// Bids in `told` stand in the history of a lot that has ended, for the buyer and the regulator.
class SightOfHistory final : public modules::Sight {
 public:
  std::set<engine::Seq> told;
  Side side(engine::InquiryId, Actor const*, engine::TableReader const&) const override { return Side::Public; }
  std::vector<engine::LotId> lots(engine::InquiryId, engine::TableReader const&) const override { return {}; }
  std::string title(engine::LotId, engine::TableReader const&) const override { return {}; }
  std::string name(engine::OrgId, engine::TableReader const&) const override { return {}; }
  bool shows_bid(engine::LotId of, engine::BidderId bidder, engine::Seq seq, Actor const& actor,
                 engine::TableReader const&) const override {
    return of == lot && bidder == ann && told.contains(seq) && actor.role != Role::Supplier;
  }
};

class ProofsTest : public testing::Test {
 protected:
  ProofsTest() { proofs.routes(router); }
  // "200 {…}" or "404 NOT_IN_LOG".
  std::string get(std::string_view target, Actor const* actor = nullptr) {
    auto const parsed = gateway::parse_target(std::string(gateway::api_root).append(target));
    auto const found = router.find("GET", parsed->segments);
    auto const* const route = std::get_if<gateway::Router::Found>(&found);
    if (route == nullptr) return "no route";
    modules::Request request{};
    request.path = route->path;
    request.query = parsed->query;
    request.actor = actor;
    auto const answer = route->entry->route.read(request, hub_test::NoTables{});
    if (answer) return std::to_string(answer->status) + " " + answer->body.write();
    if (auto const* refusal = std::get_if<engine::Refusal>(&answer.error().why)) {
      return std::to_string(refusal->kind->status) + " " + std::string(refusal->kind->code);
    }
    return "400 " + std::get<modules::Malformed>(answer.error().why).faults.front().pointer;
  }
  void sign(std::uint64_t size) {
    engine::TreeHead head{size, hash_of(size), engine::at_millis(1'795'000'000'000), {}};
    head.signature.fill('\x11');
    log.newest = head;
    log.history[size] = head;
    for (std::uint64_t seq = 1; seq <= size; ++seq) log.leaves[seq] = hash_of(seq);
  }
  void enter(std::uint64_t seq, engine::Command command, std::string secret = {}) {
    engine::LogEntry entry;
    entry.command = {engine::Seq{seq}, {}, {}, {}, {}, std::move(command)};
    if (!secret.empty()) entry.command.secret_of = engine::SecretOf{engine::SecretOf::Kind::Lot, lot.number()};
    entry.public_bytes = "\x01\x02";
    entry.blinding = hash_of(0xbb);
    entry.salt = hash_of(0x55);
    entry.private_bytes = std::move(secret);
    log.entries[seq] = std::move(entry);
  }
  engine::PlaceBid bid(engine::BidderId bidder, engine::PersonId by) {
    return {lot, bidder, by, engine::Money::fen(100), gateway::read_key("k").value(), engine::Consent::NotGiven};
  }

  support::SmallLog log;
  SightOfHistory sight;
  gateway::Log said{gateway::Log::Level::Error};
  Proofs proofs{log, sight, said};
  gateway::Router router;
};

constexpr std::string_view whole = R"("salt":")";
constexpr std::string_view denied = "403 ENTRY_NOT_YOURS";

TEST_F(ProofsTest, the_key_and_heads_are_public) {
  EXPECT_EQ(get("/log/key"), "200 {\"key\":\"" + repeated("ab") + "\"}");
  sign(3);
  sign(9);
  EXPECT_THAT(get("/log/head"), HasSubstr(R"("size":9,"root":")" + repeated("09") +
                                          R"(","at":"2026-11-18T11:06:40.000Z","signature":"1111)"));
  EXPECT_THAT(get("/log/head?size=2"), HasSubstr(R"("size":3,)"));
  EXPECT_EQ(get("/log/head?size=10"), "404 NOT_IN_LOG");
}

TEST_F(ProofsTest, only_an_entry_is_left_to_a_worker) {
  for (auto const& entry : router.entries()) {
    EXPECT_EQ(entry.route.takes_long, entry.route.pattern.contains("/log/entries/")) << entry.route.pattern;
  }
}

TEST_F(ProofsTest, before_the_first_head_the_caller_is_asked_to_come_again) {
  EXPECT_EQ(get("/log/head"), "503 NO_HEAD_YET");
  EXPECT_EQ(get("/log/inclusion?seq=1"), "503 NO_HEAD_YET");
  EXPECT_EQ(get("/log/consistency?from=1"), "503 NO_HEAD_YET");
}

TEST_F(ProofsTest, an_inclusion_is_proved_to_anybody_in_the_newest_head_or_an_older_size) {
  sign(9);
  EXPECT_EQ(get("/log/inclusion?seq=4"), "200 {\"seq\":4,\"size\":9,\"leaf\":\"" + repeated("04") + "\",\"path\":[\"" +
                                             repeated("04") + "\",\"" + repeated("09") + "\"]}");
  EXPECT_THAT(get("/log/inclusion?seq=4&size=5"), HasSubstr(R"("size":5,)"));
}

TEST_F(ProofsTest, a_proof_is_made_only_of_what_a_head_covers) {
  sign(9);
  log.leaves[10] = hash_of(10);
  for (auto const* target :
       {"/log/inclusion?seq=10", "/log/inclusion?seq=5&size=4", "/log/inclusion?seq=5&size=10", "/log/inclusion?seq=0",
        "/log/consistency?from=5&to=10", "/log/consistency?from=5&to=4", "/log/consistency?from=0"}) {
    EXPECT_EQ(get(target), "404 NOT_IN_LOG") << target;
  }
}

TEST_F(ProofsTest, of_what_was_moved_to_the_archive_proofs_are_given_and_its_place_is_told) {
  sign(9);
  enter(5, bid(ann, anns.person));
  EXPECT_EQ(get("/log/entries/4", &anns), "410 ENTRY_ARCHIVED");
  EXPECT_EQ(get("/log/entries/10", &anns), "404 NOT_IN_LOG");
  EXPECT_THAT(get("/log/entries/5", &anns), HasSubstr(whole));
  EXPECT_THAT(get("/log/inclusion?seq=4"), HasSubstr("200 "));
}

TEST_F(ProofsTest, two_sizes_are_proved_consistent) {
  sign(9);
  EXPECT_EQ(get("/log/consistency?from=2&to=7"),
            "200 {\"from\":2,\"to\":7,\"path\":[\"" + repeated("02") + "\",\"" + repeated("07") + "\"]}");
  EXPECT_THAT(get("/log/consistency?from=2"), HasSubstr(R"("to":9,)"));
}

TEST_F(ProofsTest, a_parameter_that_cannot_be_meant_is_named) {
  sign(9);
  EXPECT_EQ(get("/log/inclusion"), "400 /seq");
  EXPECT_EQ(get("/log/inclusion?seq=-1"), "400 /seq");
  EXPECT_EQ(get("/log/inclusion?seq=1&of=2"), "400 /of");
  EXPECT_EQ(get("/log/consistency"), "400 /from");
  EXPECT_EQ(get("/log/head?size=x"), "400 /size");
}

TEST_F(ProofsTest, a_bidder_reads_its_own_bid_whole_at_any_time) {
  enter(4, bid(ann, anns.person), "price");
  EXPECT_EQ(get("/log/entries/4", &anns), "200 {\"seq\":4,\"public\":\"0102\",\"blinding\":\"" + repeated("bb") +
                                              "\",\"salt\":\"" + repeated("55") + "\",\"private\":\"7072696365\"}");
  EXPECT_THAT(get("/log/entries/4", &anns_colleague), HasSubstr(whole));
}

TEST_F(ProofsTest, nobody_else_reads_a_bid_before_the_lot_has_ended_not_even_a_regulator) {
  enter(4, bid(ann, anns.person), "price");
  enter(5, bid(ann, anns.person));
  for (auto const* target : {"/log/entries/4", "/log/entries/5"}) {
    for (auto const* actor : {&bobs, &buyer, &regulator, &administrator}) EXPECT_EQ(get(target, actor), denied);
  }
}

TEST_F(ProofsTest, a_bid_in_the_history_is_read_by_those_who_see_the_names_there) {
  enter(4, bid(ann, anns.person), "price");
  sight.told = {engine::Seq{4}};
  for (auto const* actor : {&buyer, &regulator}) EXPECT_THAT(get("/log/entries/4", actor), HasSubstr(whole));
  EXPECT_EQ(get("/log/entries/4", &bobs), denied);
}

TEST_F(ProofsTest, the_limit_of_a_proxy_is_its_suppliers_for_good) {
  enter(4, engine::SetProxy{lot, ann, anns.person, engine::Money::fen(9'000), engine::Money::fen(100)}, "limit");
  sight.told = {engine::Seq{4}};  // a bid that it caused at once
  EXPECT_THAT(get("/log/entries/4", &anns), HasSubstr(whole));
  for (auto const* actor : {&bobs, &buyer, &regulator}) EXPECT_EQ(get("/log/entries/4", actor), denied);
}

TEST_F(ProofsTest, a_surrogate_bid_is_read_by_its_bidder_and_by_who_entered_it) {
  enter(4, engine::PlaceSurrogateBid{bid(ann, buyer.person), regulator.person, "系统故障"}, "price");
  EXPECT_THAT(get("/log/entries/4", &anns), HasSubstr(whole));
  EXPECT_THAT(get("/log/entries/4", &buyer), HasSubstr(whole));
  EXPECT_EQ(get("/log/entries/4", &regulator), denied);
}

TEST_F(ProofsTest, an_act_on_a_lot_is_read_by_the_person_whose_it_is) {
  enter(4, engine::DisqualifyBidder{lot, ann, buyer.person, "资质不符"});
  EXPECT_THAT(get("/log/entries/4", &buyer), HasSubstr(whole));
  for (auto const* actor : {&anns, &regulator}) EXPECT_EQ(get("/log/entries/4", actor), denied);
}

// Publishing brings the random bits that aliases are drawn from: with them the buyer would know who is who.
TEST_F(ProofsTest, a_command_of_a_module_is_read_by_nobody_its_own_actor_included) {
  engine::ModuleCommand publish;
  publish.actor = buyer.person;
  publish.entropy = 7;
  enter(4, publish);
  enter(5, engine::Tick{});
  for (auto const* actor : {&buyer, &regulator, &administrator}) {
    EXPECT_EQ(get("/log/entries/4", actor), denied);
    EXPECT_EQ(get("/log/entries/5", actor), denied);
  }
}

TEST_F(ProofsTest, a_salt_that_was_destroyed_leaves_the_blinding) {
  enter(4, bid(ann, anns.person), "price");
  log.entries[4].salt.reset();
  log.entries[4].private_bytes.clear();
  EXPECT_EQ(get("/log/entries/4", &anns),
            "200 {\"seq\":4,\"public\":\"0102\",\"blinding\":\"" + repeated("bb") + "\"}");
}

TEST_F(ProofsTest, what_is_not_there_is_not_found) {
  for (auto const* target : {"/log/entries/9", "/log/entries/0", "/log/entries/x"}) {
    EXPECT_EQ(get(target, &anns), "404 NOT_IN_LOG") << target;
  }
}

TEST_F(ProofsTest, entries_ask_for_a_sign_in_and_proofs_do_not) {
  std::vector<std::string> guarded;
  for (auto const& entry : router.entries()) {
    if (!entry.route.roles.empty()) guarded.push_back(entry.route.pattern);
  }
  EXPECT_THAT(guarded, ElementsAre("/api/v1/log/entries/{seq}"));
  EXPECT_EQ(router.entries().size(), 5U);
}

TEST_F(ProofsTest, a_disk_that_says_no_is_a_503_and_nothing_of_it_is_told) {
  sign(9);
  log.is_broken = true;
  for (auto const* target : {"/log/head?size=2", "/log/inclusion?seq=2", "/log/consistency?from=2", "/log/entries/2"}) {
    EXPECT_EQ(get(target, &anns), "503 LOG_UNREADABLE") << target;
  }
}

}  // namespace
