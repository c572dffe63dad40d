// The world itself: founding, turning, crashing, settling. What people do in it is in people.cpp.
#include "tests/simulation/world.h"

#include <gtest/gtest.h>

#include "tests/simulation/life.h"

namespace simulation {

using engine::Duration;
namespace accounts = modules::accounts;

namespace {

modules::inquiry::Limits quick_limits() {
  modules::inquiry::Limits limits;
  limits.notice_min = Duration::zero();
  limits.duration_min = std::chrono::minutes{1};
  limits.quoting_min = std::chrono::minutes{1};
  limits.confirm_min = std::chrono::minutes{1};
  return limits;
}

}  // namespace

World::World(std::uint64_t seed) : random_(seed), inquiry_(quick_limits()) {
  life_ = std::make_unique<Life>(*this);
  life_->house.routes(routes_);
  found();
}

World::~World() = default;

void World::found() {
  offer(accounts::first_administrator("admin", "管理员", "$argon2id$none"));
  turn();
  auto const administrator = sign_in(accounts_.credential("admin", *tables_.snapshot())->person);
  auto person = [&](std::string const& name, std::string const& kind, std::string const& role, std::string org) {
    if (org.empty()) {
      org = std::to_string(post(administrator, "/orgs",
                                R"({"name":"单位)" + name + R"(","kind":")" + kind + R"(","division":"330481"})"));
    }
    auto const id = post(administrator, "/people",
                         R"({"login":")" + name + R"(","display":")" + name + R"(","role":")" + role + R"(","org":")" +
                             org + R"(","password_hash":"$argon2id$none"})");
    auto const actor = sign_in(engine::PersonId{id});
    Person made;
    made.actor = actor;
    made.as = actor;
    return made;
  };
  for (int i = 0; i < 8; ++i) suppliers_.push_back(person("s" + std::to_string(100 + i), "supplier", "supplier", ""));
  suppliers_.back().backlog_max = 12;  // hears slowly, and is soon overwhelmed
  suppliers_.back().reads_at_once = 1;
  buyers_.push_back(person("b100", "buyer", "purchaser", ""));
  buyers_.push_back(person("b101", "buyer", "purchaser", std::to_string(buyers_[0].actor.org.number())));
  for (int i = 0; i < 3; ++i) watchers_.emplace_back();
  watchers_.back().backlog_max = 8;
  watchers_.back().reads_at_once = 1;
}

modules::Actor World::sign_in(engine::PersonId person) {
  std::string digest(32, 'd');
  digest.replace(0, 8, std::to_string(10'000'000 + ++sessions_));
  auto open = accounts_.open_session(person, digest, "simulation");
  offer(std::move(open));
  turn();
  auto const actor = accounts_.actor(digest, clock_.now(), *tables_.snapshot());
  EXPECT_TRUE(actor) << "nobody signed in";
  return actor.value_or(modules::Actor{});
}

// As the gateway does it: route, decode, offer. The id of what was made; 0: refused, or the world ended in between.
std::uint64_t World::post(modules::Actor const& actor, std::string const& path, std::string const& body) {
  auto const [route, placeholders] = routes_.find(modules::Method::Post, path);
  if (route == nullptr) {
    ADD_FAILURE() << "no route for " << path;
    return 0;
  }
  auto const parsed = support::json(body);
  modules::Request const request{
      .path = placeholders, .query = {}, .actor = &actor, .body = &parsed, .if_match = {}, .now = clock_.now()};
  auto decoded = route->decode(request, *tables_.snapshot());
  if (!decoded) return 0;
  decoded->request_key = "k" + std::to_string(next_key_++);
  auto const ticket = next_request_;
  offer(*std::move(decoded));
  turn();
  auto const answer = answers_.find(ticket);
  return answer == answers_.end() ? 0 : answer->second;
}

void World::offer(engine::Command command, std::uint64_t session) {
  engine::Ticket const ticket{session, next_request_++};
  invariants_.asked(ticket, command);
  EXPECT_EQ(life_->inbox.offer(ticket, std::move(command)), engine::Offer::Taken);
}

void World::turn() {
  if (auto const did = life_->loop.turn(); did) return;
  ++tally_.refused_commits;  // halted: only a restart helps
  crash();
}

void World::work(std::size_t hub_steps) {
  for (; hub_steps > 0 && !queue_.empty(); --hub_steps) {
    auto const task = std::move(queue_.front());
    queue_.pop_front();
    task();
  }
}

// Before the hub hears of it: what is published is durable, so the world may know it.
void World::hear_turn(engine::Turn const& turn) {
  invariants_.published(turn);
  for (auto const& decided : turn.decided) {
    for (auto i = decided.first_event; i < decided.last_event; ++i) {
      auto const& event = turn.events[i];
      if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event)) {
        auto& lot = lots_[scheduled->lot] = {scheduled->rules(), {}, scheduled->rules().ceiling};
        for (auto const& admitted : scheduled->admitted()) lot.admitted.push_back(admitted.bidder);
      } else if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) {
        lots_[accepted->receipt.lot].best = accepted->placed.best;
        invariants_.a_decided_bid_survives(accepted->receipt);
      } else if (auto const* repeated = std::get_if<engine::BidRepeated>(&event)) {
        invariants_.a_decided_bid_survives(repeated->original);
      } else if (auto const* quoted = std::get_if<engine::QuoteAccepted>(&event)) {
        invariants_.a_decided_bid_survives(quoted->receipt);
      } else if (auto const* answered = std::get_if<engine::ModuleAnswered>(&event)) {
        if (!decided.parent.is_given() && !answered->refusal) answers_[decided.ticket.request] = answered->id;
      }
    }
  }
}

// Power loss, an outage, and everything again from the journal.
void World::crash() {
  ++tally_.crashes;
  auto const digest = life_->hall.digest();
  auto const last_alive = clock_.now();
  invariants_.crashed();
  for (auto* people : {&suppliers_, &buyers_, &watchers_}) {
    for (auto& person : *people) person.client = nullptr;
  }
  life_.reset();
  queue_.clear();
  tables_.crash();
  clock_.advance(std::chrono::seconds{draw(300)});

  life_ = std::make_unique<Life>(*this);
  auto const replayed =
      journal_.replay([this](std::span<engine::Sequenced const> frame) { return life_->loop.replay(frame); });
  ASSERT_TRUE(replayed) << replayed.error().what;
  invariants_.equal_journals_give_equal_digests(digest, life_->hall.digest());
  auto const resumed = life_->loop.resume();
  ASSERT_TRUE(resumed) << resumed.error().what;
  offer(engine::Started{std::max(last_alive, life_->hall.now())});
  turn();
}

void World::live(std::size_t steps) {
  for (std::size_t i = 0; i < steps; ++i) {
    step();
    if (draw(3) != 0) turn();
    work(static_cast<std::size_t>(draw(6)));
    for (auto* people : {&suppliers_, &buyers_, &watchers_}) {
      auto& person = any_of(*people);
      if (person.client == nullptr) connect(person);
      person.client->read(person.reads_at_once);
      if (!person.client->is_overwhelmed()) continue;
      ++tally_.overwhelmed;
      life_->hub.leave(person.client->number());
      person.client = nullptr;
    }
  }
}

void World::settle() {
  turn();
  constexpr int dues_max = 100'000;
  for (int i = 0; i < dues_max && life_->hall.next_due() != engine::never; ++i) {
    clock_.set(std::max(clock_.now(), life_->hall.next_due()));
    turn();
  }
  EXPECT_EQ(life_->hall.next_due(), engine::never) << "something is due for ever";
  work(queue_.size() + 1'000'000);
  for (auto* people : {&suppliers_, &buyers_, &watchers_}) {
    for (auto& person : *people) {
      person.backlog_max = 100'000;
      if (person.client != nullptr) life_->hub.leave(person.client->number());
      connect(person);
    }
  }
  work(1'000'000);
  for (auto* people : {&suppliers_, &buyers_, &watchers_}) {
    for (auto& person : *people) person.client->read(100'000);
  }
}

void World::resend_everything_acknowledged() {
  auto const all = invariants_.acknowledgements();  // a copy: the answers go in
  for (auto const& [name, acknowledged] : all) offer(acknowledged.bid);
  while (life_->inbox.depth() > 0) turn();
}

void World::expect_the_same_rows_from_the_journal_alone() {
  support::MemoryTables rebuilt;
  support::MemoryJournal unused;
  Deaf deaf;
  engine::Inbox inbox(clock_, 1);
  engine::Hall hall;
  modules::House house(rebuilt, {&accounts_, &inquiry_});
  engine::Loop loop(inbox, unused, hall, house, deaf);
  auto const replayed = journal_.replay([&](std::span<engine::Sequenced const> frame) { return loop.replay(frame); });
  ASSERT_TRUE(replayed) << replayed.error().what;
  invariants_.equal_journals_give_equal_digests(life_->hall.digest(), hall.digest());
  EXPECT_TRUE(rebuilt.rows() == tables_.rows()) << "the tables cannot be rebuilt from the journal";
}

void World::expect_everybody_to_see_what_a_newcomer_sees() {
  Person newcomer;
  newcomer.backlog_max = 100'000;
  connect(newcomer);
  work(1'000'000);
  newcomer.client->read(100'000);
  auto const& truth = newcomer.client->memory().streams;
  ASSERT_FALSE(truth.empty());
  for (auto* people : {&suppliers_, &buyers_, &watchers_}) {
    for (auto& person : *people) {
      for (auto const& [name, stream] : truth) {
        EXPECT_EQ(person.client->memory().streams[name].picture, stream.picture) << name;
      }
    }
  }
}

}  // namespace simulation
