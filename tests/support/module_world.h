// A house with its modules, run by the real loop and the real hall over a journal and tables in memory: what a module
// test needs to send requests as people do, crash, restart and compare rows.
//
//   ModuleWorld world({&accounts, &inquiry});
//   auto const made = world.post(administrator, "/orgs", R"({"name":"采购中心","kind":"buyer","division":"330000"})");
//   EXPECT_EQ(code(made), "");
//   world.restart();
//
// Thread: one. Failure: a broken loop or route is reported through gtest.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/loop.h"
#include "modules/house.h"
#include "tests/support/faulty_journal.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_journal.h"
#include "tests/support/memory_tables.h"

namespace support {

modules::Json json(std::string_view text);  // what the test wrote; a mistake in it fails the test

// Patterns and their routes, as the gateway matches them.
class RouteBook final : public modules::Routes {
 public:
  void add(modules::Route route) override { routes_.push_back(std::move(route)); }
  struct Match {
    modules::Route const* route = nullptr;
    std::vector<std::string> path;
  };
  Match find(modules::Method method, std::string_view path) const;
  std::vector<modules::Route> const& all() const { return routes_; }

 private:
  std::vector<modules::Route> routes_;
};

// What came of a request.
struct Told {
  std::uint64_t id = 0;
  bool repeated = false;
  std::string code;  // of the refusal, "MALFORMED" for bad input, empty when it was done
  int status = 200;
  std::vector<modules::Fault> faults;
  std::optional<engine::Refusal> refusal;
  modules::Json body;  // of a read
  std::string etag;
  engine::Events events;  // of the command and of what followed
};

class ModuleWorld {
 public:
  explicit ModuleWorld(std::vector<modules::Module*> modules);  // outlive the world
  ~ModuleWorld();

  engine::Instant now() const;
  void advance(engine::Duration by);  // and let the loop close what is due

  // A command as the loop takes it: journaled, applied, with everything that follows.
  Told send(engine::Command command);
  // Through the module's own decoder. `actor` nullptr: not signed in.
  Told write(modules::Method method, modules::Actor const* actor, std::string_view path, std::string_view body);
  Told post(modules::Actor const& actor, std::string_view path, std::string_view body) {
    return write(modules::Method::Post, &actor, path, body);
  }
  Told read(modules::Actor const* actor, std::string_view path);                    // may end with ?name=value&…
  void use_key(std::string request_key) { request_key_ = std::move(request_key); }  // for the next write
  void use_if_match(std::string version) { if_match_ = std::move(version); }        // for the next write

  // Power loss: memory and uncommitted rows are gone. Replays the journal over the tables that are left.
  void restart();
  // The n-th commit of the journal from now on fails, and with it the loop: restart next.
  void fail_commit(std::uint64_t number);
  // The rows that a replay of the whole journal over no tables at all gives.
  MemoryTables::Rows rebuilt();
  // As if these people's keys had been destroyed; how many commands lost their private part.
  std::size_t forget(std::vector<engine::PersonId> const& keys) { return journal_.forget(keys); }
  MemoryTables const& tables() const { return tables_; }
  MemoryTables& tables() { return tables_; }
  MemoryJournal const& journal() const { return journal_; }
  modules::House& house();

 private:
  struct Life;
  Told told(std::size_t first_event) const;

  std::vector<modules::Module*> modules_;
  ManualClock clock_;
  MemoryJournal journal_;
  MemoryTables tables_;
  RouteBook routes_;
  std::unique_ptr<Life> life_;
  std::string request_key_;
  std::string if_match_;
};

}  // namespace support
