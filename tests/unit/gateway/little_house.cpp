// Putting the server together as main does, over memory.
#include "tests/unit/gateway/little_house.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>

#include "gateway/password.h"

namespace gateway::test {

Options quick() {
  auto options = patient();
  options.idle_for = 300ms;
  options.header_within = 300ms;
  options.body_within = 300ms;
  options.ping_every = 100ms;
  options.pong_within = 300ms;
  options.message_written_within = 500ms;
  options.close_within = 300ms;
  return options;
}

Options patient() {
  Options options;
  options.io_threads = 2;  // every test of the door with strands that really run beside each other
  options.idle_for = options.header_within = options.body_within = options.answer_within = options.write_within = 60s;
  options.ping_every = options.pong_within = options.message_written_within = 60s;
  options.close_within = 2s;
  return options;
}

support::HttpHeaders operator+(support::HttpHeaders a, support::HttpHeaders const& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

support::HttpHeaders json_write(std::string const& key) {
  return {{"Content-Type", "application/json"}, {"Idempotency-Key", key}};
}

class LittleHouse::Gate final : public engine::Journal {
 public:
  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override {
    std::unique_lock guard(lock_);
    thawed_.wait(guard, [this] { return !frozen_; });
    return journal_.commit(frame, outcomes);
  }
  void set_frozen() {
    std::lock_guard const guard(lock_);
    frozen_ = true;
  }
  void set_thawed() {
    std::lock_guard const guard(lock_);
    frozen_ = false;
    thawed_.notify_all();
  }

 private:
  support::MemoryJournal journal_;
  std::mutex lock_;
  std::condition_variable thawed_;
  bool frozen_ = false;
};

LittleHouse::LittleHouse(Options options, std::size_t inbox_commands, std::string password_hash,
                         std::vector<PageFile> pages)
    : journal_(std::make_unique<Gate>()),
      notes_(std::move(password_hash)),
      house_(tables_, {&notes_}),
      inbox_(clock_, inbox_commands),
      server_(std::move(options)),
      hub_(server_.strand(), "e1", notes_, tables_),
      loop_(inbox_, *journal_, hall_, house_, hub_) {
  auto const port =
      server_.open(Doors{inbox_, hub_, tables_, notes_, {&notes_}, clock_, metrics_, log_, std::move(pages)});
  EXPECT_TRUE(port.has_value());
  port_ = port.value_or(0);
  engine_ = std::thread([this] { EXPECT_TRUE(loop_.run().has_value()); });
  server_.serve();
}

LittleHouse::~LittleHouse() {
  thaw_engine();
  stop_engine();
  server_.close_sessions(1s);
  server_.stop();
}

void LittleHouse::stop_engine() {
  server_.refuse_commands();
  inbox_.close();
  if (engine_.joinable()) engine_.join();
}

void LittleHouse::freeze_engine() {
  journal_->set_frozen();
}
void LittleHouse::thaw_engine() {
  journal_->set_thawed();
}

std::string LittleHouse::sign_in_as(engine::PersonId person) {
  auto const token = password::new_token();
  static std::atomic<std::uint64_t> asked{0};
  engine::Ticket const ticket{1'000'000'000, ++asked};
  auto const done = std::make_shared<std::promise<void>>();
  hub_.expect(ticket, [done](engine::Decided const&, std::vector<engine::Event>) { done->set_value(); });
  EXPECT_EQ(inbox_.offer(ticket, notes_.open_session(person, password::token_digest(token), "test")),
            engine::Offer::Taken);
  EXPECT_EQ(done->get_future().wait_for(20s), std::future_status::ready);
  return token;
}

void LittleHouse::open_lot() {
  engine::LotRules rules;
  rules.ceiling = engine::Money::fen(10'000);
  rules.decrement = engine::Money::fen(100);
  rules.min_bidders = 1;
  EXPECT_EQ(
      inbox_.offer({}, engine::OpenLot{engine::lot_id(watched, 1), rules, clock_.now(), {{chens, {}}, {doras, {}}}}),
      engine::Offer::Taken);
}

std::string LittleHouse::metric(std::string_view name) {
  auto const text = http().send("GET", "/metrics").body;
  auto const at = text.find("\n" + std::string(name) + " ");
  if (at == std::string::npos) return "none";
  auto const value = at + name.size() + 2;
  return text.substr(value, text.find('\n', value) - value);
}

}  // namespace gateway::test
