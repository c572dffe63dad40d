// Failed sign-ins, in memory only: what slows a guesser down.
//
// Per login: from the fifth failure within 15 minutes on, half a minute must pass before the next attempt is looked at;
// with the tenth the caller locks the account by a command. Per address: a bucket of failures that refills slowly,
// because a guesser may also try one password on many logins. An attempt counts as failed when it begins and is
// forgiven when it succeeds, so that many at once gain nothing.
//
// Both tables are bounded: when one is full its oldest entry is forgotten.
// Thread: any. Time comes in: server time, which never runs backwards.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/time.h"

namespace gateway {

struct AttemptRules {
  std::uint32_t slow_after = 5;
  std::uint32_t lock_after = 10;
  std::chrono::seconds within{15 * 60};
  std::chrono::seconds pause{30};
  std::uint32_t address_burst = 60;
  std::chrono::seconds address_refill{5};  // one failure is forgotten each so often
  std::size_t entries_max = 10'000;
};

class Attempts {
 public:
  explicit Attempts(AttemptRules rules);

  // How long to wait before this login may be tried from this address; nothing: go on, and the attempt is counted.
  std::optional<std::chrono::seconds> begin(std::string_view login, std::string_view address, engine::Instant now);
  void succeeded(std::string_view login, std::string_view address);
  enum class Verdict : std::uint8_t { Carry, Lock };
  Verdict failed(std::string_view login);

 private:
  struct Record {
    std::string name;
    std::uint32_t count = 0;
    engine::Instant since;  // of the first counted; for an address, of the last refill
    engine::Instant last;
  };
  // Records by name, the least recently made first.
  struct Table {
    std::list<Record> records;
    std::unordered_map<std::string_view, std::list<Record>::iterator> by_name;
  };
  Record& record(Table& table, std::string_view name, engine::Instant now) const;

  AttemptRules const rules_;
  std::mutex lock_;  // guards both tables
  Table logins_;
  Table addresses_;
};

}  // namespace gateway
