// What the engine wants from outside, as small abstract classes: a clock, a journal, the participants beside the
// auction with their tables, and an outlet for what was decided. main wires the real ones, tests the fake ones.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command.h"
#include "engine/event.h"

namespace engine {

// The outside world said no: disk, peer, config. For an operator, never for the rules.
struct Failure {
  std::string what;
};
template <class T>
using Result = std::expected<T, Failure>;

// Server time. The only holders are the inbox (stamping), the loop's wake-up and main (design.md §9).
// Thread: any. now() never runs backwards and is what deadlines are judged by.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

// Who waits for the answer to a command: chosen by the gateway, never journaled. Zero session: nobody.
struct Ticket {
  std::uint64_t session = 0;
  std::uint64_t request = 0;
  friend bool operator==(Ticket, Ticket) = default;
};

// Whose key encrypts the private part of a record: a lot's (sealed price) or a person's (credential).
struct SecretOf {
  enum class Kind : std::uint8_t { Lot = 1, Person = 2 };
  Kind kind;
  std::uint64_t id;
  friend auto operator<=>(SecretOf const&, SecretOf const&) = default;
};

// A command with its place and its time.
struct Sequenced {
  Seq seq;
  Seq parent;  // of a follow-up: the command that caused it; otherwise nothing
  Instant at;
  std::optional<SecretOf> secret_of;  // set: the command's private part goes to disk only encrypted
  Ticket ticket;                      // not journaled
  Command command;
};

// What a command is in the transparency log: a hash over its record (persistence/FORMAT.md) that can be given away
// before what is private in the command may be.
using Leaf = std::array<char, 32>;

// Durable order. Thread: engine only.
class Journal {
 public:
  virtual ~Journal() = default;
  // The frame is durable when this returns. `outcomes` are the canonical bytes (codec.h) of every event since the last
  // commit: the frame's header binds them. After a Failure nothing may be tried again: the caller halts.
  virtual Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) = 0;
  // Of the frame just committed, one a command, until the next commit. A journal that keeps no log has none.
  virtual std::span<Leaf const> leaves() const { return {}; }
};

// Rows of tables, by name and ordered key. A reader sees one moment.
class TableReader {
 public:
  virtual ~TableReader() = default;
  virtual std::optional<std::string> get(std::string_view table, std::string_view key) const = 0;
  // Rows with key >= from, in key order, until `visit` says stop.
  enum class Scan : std::uint8_t { Continue, Stop };
  virtual void scan(std::string_view table, std::string_view from,
                    std::function<Scan(std::string_view key, std::string_view value)> const& visit) const = 0;
  // Rows with key <= from, the last one first, until `visit` says stop.
  virtual void scan_back(std::string_view table, std::string_view from,
                         std::function<Scan(std::string_view key, std::string_view value)> const& visit) const = 0;
};
// The write transaction. Thread: engine only.
class Tables : public TableReader {
 public:
  virtual void put(std::string_view table, std::string_view key, std::string_view value) = 0;
  virtual void erase(std::string_view table, std::string_view key) = 0;
};
class TableStore : public Tables {
 public:
  virtual bool is_dirty() const = 0;             // something was put or erased since the last commit
  virtual Seq applied() const = 0;               // how far the committed tables have applied the journal
  virtual Result<void> commit(Seq applied) = 0;  // rows and applied_seq in one transaction
};
// Thread: any. Short: a reader kept open stops page reuse.
class Snapshots {
 public:
  virtual ~Snapshots() = default;
  virtual std::unique_ptr<TableReader const> snapshot() const = 0;
};

// A command caused by another: runs in the next frame, at its parent's time, before anything from the inbox.
struct FollowUp {
  Seq parent;
  Instant at;
  Ticket ticket;  // the parent's: a refusal of the follow-up is heard by the module and seen by the client
  Command command;
};

// The modules, as the loop sees them (implemented by modules/house). Thread: engine only.
class Participants {
 public:
  virtual ~Participants() = default;
  // Decide a ModuleCommand: judge, then enter. `outcome` gets one ModuleAnswered.
  virtual void decide(Sequenced const& command, Events& outcome) = 0;
  // An event of the engine or of a module, in order.
  virtual void hear(Sequenced const& cause, Event const& event) = 0;
  // The follow-ups since the last call, in order; also written as rows of the same table transaction, so that
  // `pending()` finds them after a crash.
  virtual std::vector<FollowUp> take_follow_ups() = 0;
  // The follow-up with that parent and place was applied: its row goes.
  virtual void settle(Seq parent) = 0;
  virtual std::vector<FollowUp> pending() const = 0;
  // Tables commit, if a module wrote or they lag far behind.
  virtual Result<void> commit(Seq applied) = 0;
  virtual Seq applied() const = 0;
};

// One decided command and its events.
struct Decided {
  Seq seq;
  Seq parent;
  Instant at;
  Ticket ticket;
  std::uint32_t first_event = 0;  // [first, last) of Turn::events
  std::uint32_t last_event = 0;
  Leaf leaf{};  // zeros in a replay: nobody waits for a receipt
};
struct Turn {
  std::vector<Decided> decided;  // by seq
  Events events;
};
// Where what was decided goes; by then it is durable. Thread: called on engine; must not block.
class Outlet {
 public:
  virtual ~Outlet() = default;
  virtual void publish(std::unique_ptr<Turn const> turn) = 0;
};

}  // namespace engine
