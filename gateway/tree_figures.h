// What an operator has to see of the transparency log: how far its newest signed head has come, how old it is, how many
// commands no head covers yet, and whether signing or publishing fails.
//
// A head is signed when there is something new, so its age alone says nothing in a quiet hour: what wants looking at is
// commands without a head that stay.
//
// Thread:  committed() from one; the others, and whoever reads the figures: any.
// Failure: none.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/ports.h"
#include "engine/transparency.h"
#include "gateway/metrics.h"

namespace gateway {

class TreeFigures {
 public:
  // All outlive this, and this whoever reads the figures.
  TreeFigures(Metrics& metrics, engine::TransparencyLog const& transparency, engine::Clock& clock);

  void committed(engine::Seq last) { committed_.store(last.number(), std::memory_order_relaxed); }
  void not_signed() { not_signed_.add(); }
  void not_published() { not_published_.add(); }

 private:
  std::int64_t size() const;
  std::int64_t age_ms() const;
  std::int64_t without_head() const;

  engine::TransparencyLog const& transparency_;
  engine::Clock& clock_;
  std::atomic<std::uint64_t> committed_{0};
  Counter& not_signed_;
  Counter& not_published_;
};

}  // namespace gateway
