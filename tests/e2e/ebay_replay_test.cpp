// Real arrivals against the real server: 628 auctions with all their bids over WebSockets, in order of arrival with
// time compressed. Every single outcome and every winner must be what the pencil (ebay_auctions.cpp) says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "tests/e2e/ebay_auctions.h"
#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

constexpr std::size_t lots_an_inquiry = 32;
constexpr std::size_t in_flight_max = 100;

// The whole of it must be over before the lots close by themselves; a slow machine may ask for more.
int main_time_s() {
  auto const* given = std::getenv("EBB_REPLAY_SECONDS");
  return given != nullptr ? std::atoi(given) : 60;
}

// "2026-11-22T09:30:00.000Z".
std::chrono::sys_time<std::chrono::milliseconds> moment(std::string const& text) {
  using namespace std::chrono;
  auto const number = [&](std::size_t from, std::size_t size) { return std::stoi(text.substr(from, size)); };
  auto const day = year{number(0, 4)} / month{static_cast<unsigned>(number(5, 2))} /
                   std::chrono::day{static_cast<unsigned>(number(8, 2))};
  return sys_days{day} + hours{number(11, 2)} + minutes{number(14, 2)} + seconds{number(17, 2)} +
         milliseconds{number(20, 3)};
}

struct Step {
  std::size_t lot;
  std::size_t bid;
  std::int64_t at;
};

// All suppliers at their sockets, with at most one bid of a lot on its way: their order is then the order of sending.
class Floor {
 public:
  Floor(Market& market, std::vector<Person const*> const& suppliers) {
    for (auto const* supplier : suppliers) {
      seats_.push_back(std::make_unique<Live>(market.server().port(), "Bearer " + supplier->token));
    }
  }
  void send(std::size_t seat, std::string const& lot, ebay::PlannedBid const& bid, std::string const& key) {
    waits_until([&] { return !busy_.contains(lot) && busy_.size() < in_flight_max; }, "an answer for " + lot);
    json::object message{{"type", "bid"}, {"lot", lot}, {"price", ebay::yuan(bid.fen)}, {"key", key}};
    if (bid.consent == ebay::PlannedBid::Consent::Given) message["confirm"] = true;
    busy_.insert(lot);
    seats_.at(seat)->say(json::serialize(message));
  }
  void settle() {
    waits_until([&] { return busy_.empty(); }, "the last answers");
  }
  // key -> code of the refusal, or empty.
  std::map<std::string, std::string> const& answers() const { return answers_; }
  std::map<std::string, std::string> const& moments() const { return moments_; }
  void listen() {
    for (auto& seat : seats_) {
      while (auto const text = seat->next(Patience{0})) hear(json::parse(*text).as_object());
    }
  }

 private:
  template <class Condition>
  void waits_until(Condition condition, std::string const& what) {
    if (!eventually([&] { return condition() || (listen(), condition()); })) throw Broken("no " + what);
  }
  void hear(json::object const& message) {
    auto const type = text_or(message.if_contains("type"), "");
    if (type != "receipt" && type != "problem") return;
    auto const key = text_or(message.if_contains("key"), "");
    auto const* problem = message.if_contains("problem");
    answers_[key] = problem != nullptr ? text_or(member(*problem, "code"), "?") : "";
    moments_[key] = text_or(message.if_contains("at"), "");
    busy_.erase(key.substr(0, key.find('_')));
  }

  std::vector<std::unique_ptr<Live>> seats_;
  std::set<std::string> busy_;  // lots with a bid on its way
  std::map<std::string, std::string> answers_;
  std::map<std::string, std::string> moments_;  // when each was stamped
};

class EbayReplay : public testing::Test {
 protected:
  void SetUp() override {
    auto const file = ebay::fixture();
    if (!file) GTEST_SKIP() << "EBB_FIXTURES has no bids-ebay: nothing to replay";
    auctions_ = ebay::read(*file);
    std::size_t most = 0;
    for (auto const& auction : auctions_) {
      for (auto const& bid : auction.bids) most = std::max(most, bid.bidder + 1);
    }
    market_ = std::make_unique<Market>();
    buyer_ = &market_->add_purchaser("mirror");
    for (std::size_t i = 0; i < most; ++i) suppliers_.push_back(&market_->add_supplier("s" + std::to_string(i)));
  }

  // Drafts of all lots; published when all are there.
  std::vector<std::string> draft_inquiries(std::vector<ebay::Lot> const& lots, LotDraft const& timing) {
    std::vector<std::string> inquiries;
    for (std::size_t first = 0; first < lots.size(); first += lots_an_inquiry) {
      InquiryDraft draft{.title = "镜像竞价", .admitted = {}, .lots = {}};
      for (auto const* supplier : suppliers_) draft.admitted.push_back(supplier->org);
      for (auto i = first; i < std::min(lots.size(), first + lots_an_inquiry); ++i) {
        auto lot = timing;
        lot.ceiling = ebay::yuan(lots[i].rules.ceiling);
        lot.decrement = ebay::yuan(lots[i].rules.decrement);
        lot.step_basis = lots[i].rules.basis == ebay::Basis::Own ? "own" : "best";
        lot.min_bidders = lots[i].rules.min_bidders;
        draft.lots.push_back(lot);
      }
      inquiries.push_back(market_->draft(*buyer_, draft));
    }
    return inquiries;
  }
  void publish(std::vector<std::string> const& inquiries) {
    auto buyer = market_->as(*buyer_);
    for (auto const& inquiry : inquiries) {
      auto const answer = buyer.post("/api/v1/inquiries/" + inquiry + "/publish", body({{"start", "now"}}));
      ASSERT_LT(answer.status, 300) << answer.body;
    }
  }
  static std::string lot_name(std::vector<std::string> const& inquiries, std::size_t lot) {
    return inquiries.at(lot / lots_an_inquiry) + "-" + std::to_string(lot % lots_an_inquiry + 1);
  }
  static std::vector<Step> in_order_of_arrival(std::vector<ebay::Lot> const& lots) {
    std::vector<Step> steps;
    for (std::size_t lot = 0; lot < lots.size(); ++lot) {
      for (std::size_t bid = 0; bid < lots[lot].bids.size(); ++bid) {
        steps.push_back({lot, bid, lots[lot].bids[bid].micro_days});
      }
    }
    std::ranges::stable_sort(steps, {}, &Step::at);
    return steps;
  }
  static std::string key_of(std::string const& lot, std::size_t bid) { return lot + "_" + std::to_string(bid); }

  void expect_winner(std::string const& lot, ebay::Expected const& expected) {
    HttpAnswer answer;
    auto buyer = market_->as(*buyer_);
    ASSERT_TRUE(eventually(
        [&] {
          answer = buyer.get("/api/v1/lots/" + lot + "/result");
          return answer.status == 200;
        },
        Patience{1'000 * main_time_s() + 20'000}))
        << lot << answer.body;
    auto const result = answer.json().as_object();
    EXPECT_EQ(text_or(result.if_contains("state"), ""), expected.state) << lot;
    auto const* winner = result.if_contains("winner");
    ASSERT_EQ(winner != nullptr, expected.winner.has_value()) << lot << json::serialize(result);
    if (winner == nullptr) return;
    EXPECT_EQ(text_or(member(*winner, "price"), ""), ebay::yuan(expected.price)) << lot;
    EXPECT_EQ(text_or(member(*winner, "name"), ""), suppliers_.at(*expected.winner)->org_name) << lot;
  }

  std::vector<ebay::Auction> auctions_;
  std::unique_ptr<Market> market_;
  Person const* buyer_ = nullptr;
  std::vector<Person const*> suppliers_;
};

TEST_F(EbayReplay, every_outcome_and_every_winner_is_what_the_pencil_says) {
  std::vector<ebay::Lot> lots;
  for (std::size_t i = 0; i < auctions_.size(); ++i) lots.push_back(ebay::mirror(auctions_[i], i));
  auto const inquiries = draft_inquiries(lots, {.duration_s = main_time_s(), .hard_cap_s = main_time_s()});
  Floor floor{*market_, suppliers_};
  publish(inquiries);
  auto const steps = in_order_of_arrival(lots);
  for (auto const& step : steps) {
    auto const lot = lot_name(inquiries, step.lot);
    auto const& bid = lots[step.lot].bids[step.bid];
    floor.send(bid.bidder, lot, bid, key_of(lot, step.bid));
  }
  floor.settle();

  std::map<std::string, std::size_t> counts;
  for (auto const& step : steps) {
    auto const key = key_of(lot_name(inquiries, step.lot), step.bid);
    auto const& got = floor.answers().at(key);
    ASSERT_NE(got, "CLOSED") << "the lots closed before the replay was over: EBB_REPLAY_SECONDS gives it more time";
    EXPECT_EQ(got, lots[step.lot].bids[step.bid].expected) << key << " of auction " << auctions_[step.lot].id;
    ++counts[got.empty() ? "accepted" : got];
  }
  for (std::size_t i = 0; i < lots.size(); ++i) expect_winner(lot_name(inquiries, i), lots[i].expected);

  std::cout << lots.size() << " auctions, " << steps.size() << " bids:";
  for (auto const& [outcome, count] : counts) std::cout << ' ' << count << ' ' << outcome;
  std::cout << '\n';
  EXPECT_GE(counts.size(), 4U) << "a replay without refusals proves little";
}

// With extensions real time decides what is late, so the outcome is checked for its own sense: the end that the server
// announced must be the one that follows from the stamps of the bids it accepted.
TEST_F(EbayReplay, the_end_follows_from_the_accepted_bids_by_the_formula) {
  using namespace std::chrono;
  constexpr milliseconds main{3'000}, window{1'000}, extension{1'000}, cap{6'000};
  std::vector<ebay::Lot> lots;
  for (std::size_t i = 0; i < lots_an_inquiry; ++i) lots.push_back(ebay::mirror(auctions_.at(i), 2 * i));
  auto const inquiries =
      draft_inquiries(lots, {.duration_s = 3, .trigger_window_s = 1, .extension_s = 1, .hard_cap_s = 6});
  Floor floor{*market_, suppliers_};
  publish(inquiries);
  auto const steps = in_order_of_arrival(lots);
  Deadline const over{Patience{7'000}};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const due_left_ms = static_cast<int>(7'000 - 7'000 * i / steps.size());
    EXPECT_TRUE(eventually([&] { return floor.listen(), over.left_ms() <= due_left_ms; }));
    auto const lot = lot_name(inquiries, steps[i].lot);
    auto const& bid = lots[steps[i].lot].bids[steps[i].bid];
    floor.send(bid.bidder, lot, bid, key_of(lot, steps[i].bid));
  }
  floor.settle();

  std::size_t extended = 0;
  for (std::size_t i = 0; i < lots.size(); ++i) {
    auto const lot = lot_name(inquiries, i);
    auto watcher = market_->passer_by();
    watcher.subscribe({inquiries.front()});
    auto const stream = lot + "/public";
    ASSERT_TRUE(watcher.until([&] { return watcher.picture(stream).contains("result"); })) << lot;
    auto const opened = moment(watcher.text(stream, "opens_at"));
    auto end = opened + main;
    for (std::size_t bid = 0; bid < lots[i].bids.size(); ++bid) {
      auto const key = key_of(lot, bid);
      auto const at = moment(floor.moments().at(key));
      if (floor.answers().at(key) == "CLOSED") {
        EXPECT_GE(at, end) << key << " was in time";
        continue;
      }
      EXPECT_LT(at, end) << key << " was late";
      if (!floor.answers().at(key).empty() || end - at > window) continue;
      end = std::min(opened + cap, std::max(end, at + extension));
    }
    EXPECT_EQ(moment(watcher.text(stream, "ends_at")), end) << lot;
    extended += end > opened + main ? 1U : 0U;
  }
  EXPECT_GT(extended, 0U) << "no lot was extended: nothing was proved";
}

}  // namespace
