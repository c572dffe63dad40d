// A whole server in the test's own process: real sockets, real hub, real loop and hall; journal and tables in memory.
//
//   LittleHouse house;
//   auto const token = house.sign_in_as(bai);
//   EXPECT_EQ(house.http().send("GET", "/api/v1/me", bearer(token)).status, 200);
//
// Thread: the test's. Failure: reported through gtest.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/loop.h"
#include "gateway/server.h"
#include "modules/house.h"
#include "tests/support/e2e_http.h"
#include "tests/support/e2e_live.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_journal.h"
#include "tests/support/memory_tables.h"
#include "tests/unit/gateway/notes_module.h"

namespace gateway::test {

using namespace std::chrono_literals;

// Timeouts that a test can wait for; nothing asserts how long anything took.
Options quick();
// The same with patience that never ends by itself: for what must not depend on time at all.
Options patient();

inline support::HttpHeaders bearer(std::string const& token) {
  return {{"Authorization", "Bearer " + token}};
}
support::HttpHeaders operator+(support::HttpHeaders a, support::HttpHeaders const& b);
// Headers of a JSON write under that key.
support::HttpHeaders json_write(std::string const& key);

class LittleHouse {
 public:
  explicit LittleHouse(Options options = patient(), std::size_t inbox_commands = 1'024,
                       std::string password_hash = "$argon2id$none", std::vector<PageFile> pages = {});
  ~LittleHouse();

  std::uint16_t port() const { return port_; }
  support::Http http() const { return support::Http(port_); }
  std::string sign_in_as(engine::PersonId person);  // a token, by a command of its own
  void open_lot();                                  // watched, lot 1: chen and dora are admitted, ceiling 100.00
  std::string metric(std::string_view name);        // the value of that line of /metrics

  // Stages of the end, one by one.
  void stop_engine();
  void freeze_engine();  // it takes nothing more from the inbox until thawed
  void thaw_engine();
  void say_goodbye() { server_.close_sessions(1s); }

  Server& server() { return server_; }
  engine::Inbox& inbox() { return inbox_; }
  support::MemoryTables& tables() { return tables_; }
  support::ManualClock& clock() { return clock_; }
  Hub& hub() { return hub_; }

 private:
  class Gate;  // a journal that can be held up
  support::ManualClock clock_;
  support::MemoryTables tables_;
  std::unique_ptr<Gate> journal_;
  Notes notes_;
  modules::House house_;
  engine::Hall hall_;
  engine::Inbox inbox_;
  Metrics metrics_;
  Log log_{Log::Level::Error};
  Server server_;
  Hub hub_;
  engine::Loop loop_;
  std::thread engine_;
  std::uint16_t port_ = 0;
};

}  // namespace gateway::test
