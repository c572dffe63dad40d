// What the loop wants from outside when nobody is there: a clock that is not asked, ears that hear nothing.
//
// Thread: as engine/ports.h says. Failure: none.
#pragma once

#include <memory>

#include "engine/ports.h"

namespace ebb {

// Nothing is stamped: every time comes from the journal.
class NoTime final : public engine::Clock {
 public:
  engine::Instant now() override { return {}; }
};
class NobodyListens final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const>) override {}
};

}  // namespace ebb
