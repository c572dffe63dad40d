// A small world around the hub: the real engine decides, a plain queue stands for the strand, and clients write down
// what they were handed. Nothing sleeps and nothing is timed; work happens when the test says so.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/hall.h"
#include "gateway/hub.h"
#include "gateway/wire.h"
#include "modules/json.h"
#include "tests/support/small_log.h"

namespace hub_test {

using engine::BidderId;
using engine::InquiryId;
using engine::LotId;
using engine::Money;
using modules::Json;

inline engine::BidKey key(std::string const& text) {
  return gateway::read_key(text).value();
}
inline Money yuan(std::int64_t amount) {
  return Money::fen(amount * 100);
}

class NoTables final : public engine::TableReader {
 public:
  std::optional<std::string> get(std::string_view, std::string_view) const override { return std::nullopt; }
  void scan(std::string_view, std::string_view,
            std::function<Scan(std::string_view, std::string_view)> const&) const override {}
  void scan_back(std::string_view, std::string_view,
                 std::function<Scan(std::string_view, std::string_view)> const&) const override {}
};
class NoSnapshots final : public engine::Snapshots {
 public:
  std::unique_ptr<engine::TableReader const> snapshot() const override { return std::make_unique<NoTables>(); }
};

// Purchasers and regulators supervise everything, suppliers bid where they are admitted.
class Sight final : public modules::Sight {
 public:
  std::map<InquiryId, std::vector<LotId>> published;
  std::set<BidderId> suppliers;

  Side side(InquiryId, modules::Actor const* actor, engine::TableReader const&) const override {
    if (actor == nullptr) return Side::Public;
    if (actor->role != modules::Role::Supplier) return Side::Supervision;
    return suppliers.contains(actor->org) ? Side::Bidder : Side::Public;
  }
  std::vector<LotId> lots(InquiryId inquiry, engine::TableReader const&) const override {
    auto const found = published.find(inquiry);
    return found == published.end() ? std::vector<LotId>{} : found->second;
  }
  std::string title(LotId, engine::TableReader const&) const override { return "复印纸 A4"; }
  bool shows_bid(LotId, BidderId, engine::Seq, modules::Actor const&, engine::TableReader const&) const override {
    return false;
  }
  std::string name(engine::OrgId org, engine::TableReader const&) const override {
    return "供应商" + std::to_string(org.number());
  }
};

// One stream as a client puts it together from what it was handed; each new best is a point of its course
// (PROTOCOL.md).
struct Replica {
  std::string epoch;
  std::uint64_t offset = 0;
  std::map<std::string, std::string> members;             // as JSON text
  std::map<std::string, std::vector<std::string>> lists;  // bids, receipts and leads: they grow

  void take(Json const& lot);
  void lead(Json const& at, Json const& best);
};

class FakeClient final : public gateway::Client {
 public:
  FakeClient(std::uint64_t number, std::optional<modules::Actor> actor) : number_(number), actor_(std::move(actor)) {}
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return actor_; }
  void deliver(gateway::Message message) override;
  void close(gateway::CloseCode code) override { closed = code; }

  std::vector<std::string> of_type(std::string const& type) const;  // what came, as text
  std::vector<gateway::Position> positions() const;

  std::vector<std::string> heard;
  std::map<std::string, Replica> replicas;
  std::optional<gateway::CloseCode> closed;

 private:
  std::uint64_t number_;
  std::optional<modules::Actor> actor_;
};

class World {
 public:
  World();

  // ---- The engine's side
  void schedule(LotId lot, engine::LotRules rules, std::vector<BidderId> const& admitted);
  void bid(LotId lot, BidderId bidder, Money price, std::string const& key, engine::Ticket ticket = {},
           engine::Consent consent = engine::Consent::Given);
  void decide(engine::Command command, engine::Ticket ticket = {});
  void wait(engine::Duration span) { now_ += span; }
  engine::Seq seq() const { return seq_; }  // of what was decided last
  void publish();                           // everything decided since the last time, as one turn
  // From now on as in a recovery: what is decided has its leaf in the log, and brings none itself.
  void replay() { is_replay_ = true; }

  // ---- The clients' side
  std::shared_ptr<FakeClient> watcher();
  std::shared_ptr<FakeClient> supplier(BidderId org);
  std::shared_ptr<FakeClient> purchaser();
  void subscribe(FakeClient& client, std::vector<gateway::Position> resume = {});  // to every inquiry

  bool step();  // one piece of the hub's work; false: there was none
  void run() {
    while (step()) {}
  }

  Sight sight;
  NoSnapshots tables;
  support::SmallLog log;
  std::deque<std::function<void()>> queue;
  gateway::Hub hub;
  std::vector<std::shared_ptr<FakeClient>> clients;

 private:
  std::shared_ptr<FakeClient> enter(std::optional<modules::Actor> actor);
  engine::Hall hall_;
  engine::Seq seq_;
  engine::Instant now_ = engine::at_millis(1'795'000'000'000);
  std::unique_ptr<engine::Turn> turn_;
  bool is_replay_ = false;
};

engine::LotRules reverse_rules();
engine::LotRules sealed_rules();

}  // namespace hub_test
