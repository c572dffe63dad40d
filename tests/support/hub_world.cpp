// See hub_world.h.
#include "tests/support/hub_world.h"

#include <gtest/gtest.h>

#include "gateway/json_reader.h"

namespace hub_test {
namespace {

bool grows(std::string const& name) {
  return name == "bids" || name == "receipts" || name == "leads";
}

}  // namespace

void Replica::take(Json const& lot) {
  for (auto const& [name, value] : *lot.as_object()) {
    if (grows(name)) {
      for (auto const& item : *value.as_array()) lists[name].push_back(item.write());
    } else if (value.is_null()) {
      members.erase(name);
    } else {
      members[name] = value.write();
    }
  }
}

void Replica::lead(Json const& at, Json const& best) {
  auto& leads = lists["leads"];
  if (leads.size() == 256) {
    std::vector<std::string> fewer;
    for (std::size_t i = 0; i < leads.size(); ++i) {
      if (i >= 128 || i % 2 == 0) fewer.push_back(leads[i]);
    }
    leads = std::move(fewer);
  }
  auto const price = best.is_null() ? std::string{} : ",\"price\":" + best.write();
  leads.push_back("{\"at\":" + at.write() + price + "}");
}

void FakeClient::deliver(gateway::Message message) {
  heard.push_back(*message);
  auto const json = gateway::parse(*message);
  ASSERT_TRUE(json) << *message;
  auto const& type = *json->find("type")->as_text();
  if (type != "snapshot" && type != "update") return;
  auto const stream = *json->find("stream")->as_text();
  auto const offset = std::stoull(json->find("offset")->as_number()->text);
  if (type == "snapshot") {
    auto& replica = replicas[stream] = Replica{*json->find("epoch")->as_text(), offset, {}, {}};
    return replica.take(*json->find("lot"));
  }
  ASSERT_TRUE(replicas.contains(stream)) << "an update before any snapshot: " << *message;
  auto& replica = replicas[stream];
  ASSERT_EQ(offset, replica.offset + 1) << "a gap or a repeat: " << *message;
  replica.offset = offset;
  Json::Object changed;
  for (auto const& [name, value] : *json->as_object()) {
    if (name != "type" && name != "stream" && name != "offset" && name != "at") changed.emplace_back(name, value);
  }
  ASSERT_FALSE(changed.empty()) << "an update that says nothing: " << *message;
  replica.take(Json::object(std::move(changed)));
  if (auto const* const best = json->find("best")) replica.lead(*json->find("at"), *best);
}

std::vector<std::string> FakeClient::of_type(std::string const& type) const {
  std::vector<std::string> found;
  for (auto const& text : heard) {
    if (text.starts_with("{\"type\":\"" + type + "\"")) found.push_back(text);
  }
  return found;
}

std::vector<gateway::Position> FakeClient::positions() const {
  std::vector<gateway::Position> positions;
  for (auto const& [stream, replica] : replicas) positions.push_back({stream, replica.epoch, replica.offset});
  return positions;
}

World::World()
    : hub([this](std::function<void()> work) { queue.push_back(std::move(work)); }, "e1", sight, tables, &log),
      turn_(std::make_unique<engine::Turn>()) {}

void World::schedule(LotId lot, engine::LotRules rules, std::vector<BidderId> const& admitted) {
  engine::OpenLot open{lot, rules, now_, {}};
  for (auto const bidder : admitted) {
    open.admitted.push_back({bidder, {}});
    sight.suppliers.insert(bidder);
  }
  sight.published[engine::inquiry_of(lot)].push_back(lot);
  decide(open);
}

void World::bid(LotId lot, BidderId bidder, Money price, std::string const& text, engine::Ticket ticket,
                engine::Consent consent) {
  decide(engine::PlaceBid{lot, bidder, engine::PersonId{bidder.number()}, price, key(text), consent}, ticket);
}

void World::decide(engine::Command command, engine::Ticket ticket) {
  seq_ = engine::next(seq_);
  now_ += engine::Duration{1};
  auto const first = static_cast<std::uint32_t>(turn_->events.size());
  hall_.apply({seq_, {}, now_, std::nullopt, ticket, std::move(command)}, turn_->events);
  auto const leaf = support::hash_of(seq_.number());
  if (is_replay_) log.leaves[seq_.number()] = leaf;
  turn_->decided.push_back({seq_,
                            {},
                            now_,
                            ticket,
                            first,
                            static_cast<std::uint32_t>(turn_->events.size()),
                            is_replay_ ? engine::Leaf{} : leaf});
}

void World::publish() {
  if (turn_->decided.empty()) return;
  hub.publish(std::exchange(turn_, std::make_unique<engine::Turn>()));
}

std::shared_ptr<FakeClient> World::enter(std::optional<modules::Actor> actor) {
  auto client = std::make_shared<FakeClient>(clients.size() + 1, std::move(actor));
  clients.push_back(client);
  hub.join(client);
  return client;
}

std::shared_ptr<FakeClient> World::watcher() {
  return enter(std::nullopt);
}
std::shared_ptr<FakeClient> World::supplier(BidderId org) {
  return enter(modules::Actor{engine::PersonId{org.number()}, engine::SessionId{clients.size() + 1}, org,
                              modules::Role::Supplier, "330000"});
}
std::shared_ptr<FakeClient> World::purchaser() {
  return enter(modules::Actor{engine::PersonId{900}, engine::SessionId{clients.size() + 1}, engine::OrgId{900},
                              modules::Role::Purchaser, "330000"});
}

void World::subscribe(FakeClient& client, std::vector<gateway::Position> resume) {
  std::vector<InquiryId> inquiries;
  for (auto const& [inquiry, lots] : sight.published) inquiries.push_back(inquiry);
  hub.subscribe(client.number(), "s", inquiries, std::move(resume));
}

bool World::step() {
  if (queue.empty()) return false;
  auto const work = std::move(queue.front());
  queue.pop_front();
  work();
  return true;
}

engine::LotRules reverse_rules() {
  engine::LotRules rules;
  rules.ceiling = yuan(100'000);
  rules.decrement = yuan(10);
  rules.min_bidders = 1;
  return rules;
}

engine::LotRules sealed_rules() {
  auto rules = reverse_rules();
  rules.format = engine::Format::Sealed;
  rules.decrement = {};
  return rules;
}

}  // namespace hub_test
