// Everything behind the gate as the server has it, on a real directory: store, modules, hall, loop; without sockets and
// threads of its own. What the engine sees can be replaced by something worse, so that a fault can be planted.
//
// Thread:  one.
// Failure: of open() and recover() what a start can give; of turn() the halt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/loop.h"
#include "modules/accounts/accounts_module.h"
#include "modules/house.h"
#include "modules/inquiry/inquiry_module.h"
#include "persistence/checkpointer.h"
#include "persistence/recovery.h"
#include "persistence/tree.h"
#include "tests/faults/tape.h"
#include "tests/support/manual_clock.h"
#include "tests/support/module_world.h"

namespace faults {

// A planted fault: what stands in front of the real thing. Empty members: nothing does.
struct Plant {
  // `leak` tells the outlet of a seq; an honest journal never calls it.
  using Leak = std::function<void(std::uint64_t seq)>;
  std::function<std::unique_ptr<engine::Journal>(engine::Journal& good, Leak leak)> journal;
  std::function<std::unique_ptr<engine::Participants>(engine::Participants& good)> participants;
  std::function<persistence::ApplyFrame(persistence::ApplyFrame good)> replay;
};

// All that a command says, as text to compare.
std::string said(engine::Sequenced const& command);

// What was true behind each frame of a run.
struct Truth {
  struct Rest {
    std::uint64_t hall = 0;
    std::uint64_t rows = 0;
    friend bool operator==(Rest const&, Rest const&) = default;
  };
  std::vector<std::string> commands;            // as said(), by seq from 1
  std::map<std::uint64_t, Rest> rest;           // by the last seq of a frame
  std::set<std::uint64_t> parents;              // seqs of commands that caused a follow-up
  std::map<std::uint64_t, engine::Hash> roots;  // of heads that were signed, by their size
};

// Who takes down what happens. Both may be missing.
struct Scribes {
  Tape* tape = nullptr;
  Truth* truth = nullptr;
};

// The transparency log has a thread of its own: with it, no two runs write the disk in the same order.
enum class Log : std::uint8_t { IfThere, Grown };
// The file of the journal is filled ahead of the commits, by a thread of its own, too.
enum class Ahead : std::uint8_t { Nothing, Filled };

class Works {
 public:
  // Scribes and clock outlive the works.
  static engine::Result<std::unique_ptr<Works>> open(std::filesystem::path const& directory, engine::Clock& clock,
                                                     Plant const& plant = {}, Scribes scribes = {},
                                                     Log log = Log::IfThere, Ahead ahead = Ahead::Nothing);
  ~Works();

  // Begins with the newest snapshot that counts, if there is one. Every command behind it, or that the journal holds,
  // in order, as replay hands it over and before it is applied.
  using SeeCommand = std::function<void(engine::Sequenced const& command)>;
  engine::Result<void> recover(SeeCommand const& see);
  engine::Seq begun_with() const { return begun_with_; }  // nothing: with the first frame
  engine::Result<void> resume();

  engine::Offer offer(engine::Command command) { return inbox_.offer({}, std::move(command)); }
  engine::Result<void> turn();
  // A request through a module's own decoder, and its turn. Gives the id of what was made.
  engine::Result<std::uint64_t> post(modules::Actor const* actor, std::string_view path, std::string_view body);
  engine::Result<modules::Actor> sign_in(engine::PersonId person);

  // A snapshot now, as far as the tables have come. Why there is none; nothing goes wrong with it.
  std::optional<engine::Failure> checkpoint();

  engine::Seq last_seq() const { return loop_.last_seq(); }
  engine::Instant now() const { return hall_.now(); }
  engine::Instant next_due() const { return hall_.next_due(); }
  std::uint64_t hall_digest() const { return hall_.digest(); }
  std::uint64_t rows_digest() const;
  persistence::Tables& tables() { return *store_.tables; }
  void close_log();                                             // with a head over the last command, as a server stops
  persistence::Tree const* log() const { return tree_.get(); }  // nullptr: it is not grown here
  modules::accounts::AccountsModule const& accounts() const { return accounts_; }

 private:
  class Telling;
  class Writing;
  class Hearing;
  class Deciding;
  engine::Result<void> open_log(std::filesystem::path const& directory);
  void take_down_head();
  std::optional<persistence::SnapshotAbout> load_snapshot();
  Works(persistence::Store store, engine::Clock& clock, Plant const& plant, Scribes scribes);

  persistence::Store store_;
  engine::Clock& clock_;
  Plant const plant_;
  Scribes const scribes_;
  modules::accounts::AccountsModule accounts_;
  modules::inquiry::InquiryModule inquiry_;
  modules::House house_;
  engine::Hall hall_;
  support::RouteBook routes_;
  std::unique_ptr<Telling> outlet_;
  std::unique_ptr<engine::Journal> planted_journal_;
  std::unique_ptr<engine::Participants> planted_house_;
  std::unique_ptr<Writing> journal_;
  std::unique_ptr<Hearing> participants_;
  engine::Inbox inbox_;
  engine::Loop loop_;
  std::uint64_t sessions_ = 0;
  engine::Seq begun_with_;
  std::unique_ptr<persistence::Tree> tree_;  // behind the store that it reads
};

}  // namespace faults
