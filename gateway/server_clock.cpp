// Slewing and stepping of server time; what is promised stands in the header.
#include "gateway/server_clock.h"

#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace gateway {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t step_over = second;
constexpr std::int64_t slew_divisor = 2'000;  // 500 millionths of the time that passed
constexpr std::int64_t retreat_divisor = 20;  // 5 %

std::int64_t nanoseconds(clockid_t id) {
  timespec at{};
  clock_gettime(id, &at);
  return std::int64_t{at.tv_sec} * second + at.tv_nsec;
}

}  // namespace

ServerClock::Raw ServerClock::machine_monotonic() {
  return [] { return nanoseconds(CLOCK_MONOTONIC); };
}

ServerClock::Raw ServerClock::machine_wall() {
  return [] { return nanoseconds(CLOCK_REALTIME); };
}

ServerClock::ServerClock(Raw monotonic, Raw wall) : monotonic_(std::move(monotonic)), wall_(std::move(wall)) {
  monotonic_at_ = monotonic_();
  target_ = wall_() - monotonic_at_;
  offset_ = target_;
}

engine::Instant ServerClock::now() {
  std::lock_guard const guard(lock_);
  read();
  return engine::Instant{std::chrono::duration_cast<engine::Duration>(std::chrono::nanoseconds{latest_})};
}

std::optional<engine::Duration> ServerClock::pending_step() {
  std::lock_guard const guard(lock_);
  read();
  if (deviation_ == 0) return std::nullopt;
  return std::chrono::duration_cast<engine::Duration>(std::chrono::nanoseconds{deviation_});
}

void ServerClock::accept_step() {
  std::lock_guard const guard(lock_);
  read();
  target_ += std::exchange(deviation_, 0);
  if (target_ >= offset_) {
    offset_ = target_;
    retreating_ = false;
  } else {
    retreating_ = true;
  }
}

void ServerClock::read() {
  auto const monotonic = monotonic_();
  auto const elapsed = std::max<std::int64_t>(0, monotonic - monotonic_at_);
  monotonic_at_ += elapsed;

  // The wall against what we believe of it. A small difference is drift and becomes the new belief; a large one is a
  // step, and stays outside until accepted (or until the wall is set back).
  auto const deviation = wall_() - monotonic_at_ - target_;
  deviation_ = std::abs(deviation) > step_over ? deviation : 0;
  if (deviation_ == 0) target_ += deviation;

  follow(elapsed);
  latest_ = std::max(latest_, monotonic_at_ + offset_);
}

void ServerClock::follow(std::int64_t elapsed) {
  auto const error = target_ - offset_;
  auto const reach = elapsed / (retreating_ ? retreat_divisor : slew_divisor);
  offset_ += std::clamp(error, -reach, reach);
  if (retreating_ && offset_ <= target_) retreating_ = false;
}

}  // namespace gateway
