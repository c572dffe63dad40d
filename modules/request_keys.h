// The answers already given to REST requests, by (actor, Idempotency-Key), kept for 24 hours (design.md §4).
//
// A client that lost an answer asks again with the same key and the same request, and gets the first answer; the same
// key with another request is refused. Old rows go as new ones come, a few at a time, so that no command pays for all.
//
// Secrets are no part of what is compared: a password is hashed with new salt each time.
//
// Thread: engine. Failure: none.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/ports.h"

namespace modules {

struct KeptAnswer {
  std::uint64_t id = 0;
  std::uint16_t refusal = 0;  // RefusalKind::number; 0: none
  engine::Figure actual{};
  engine::Figure limit{};
};

class RequestKeys {
 public:
  explicit RequestKeys(engine::Tables& tables) : tables_(tables) {}

  enum class Seen : std::uint8_t { Never, Same, Other };
  struct Found {
    Seen seen = Seen::Never;
    KeptAnswer answer;  // for Same
  };
  Found find(engine::ModuleCommand const& command, engine::Instant at) const;
  void keep(engine::ModuleCommand const& command, engine::Instant at, KeptAnswer answer);

 private:
  void forget_the_oldest(engine::Instant at);
  engine::Tables& tables_;
};

}  // namespace modules
