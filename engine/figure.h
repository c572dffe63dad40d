// A refusal, and the figures in it, each with its unit, made in one word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/money.h"
#include "engine/refusal.h"
#include "engine/time.h"

namespace engine::figure {

constexpr Figure fen(Money amount) {
  return {Figure::Unit::Fen, amount.in_fen()};
}
constexpr Figure moment(Instant at) {
  return {Figure::Unit::Moment, in_millis(at)};
}
constexpr Figure span(Duration length) {
  return {Figure::Unit::Span, length.count()};
}
constexpr Figure count(std::size_t number) {
  return {Figure::Unit::Count, static_cast<std::int64_t>(number)};
}
constexpr Figure points(BasisPoints share) {
  return {Figure::Unit::Count, share.count()};
}

}  // namespace engine::figure

namespace engine {

constexpr std::optional<Refusal> refuse(RefusalKind const& kind, Figure actual = {}, Figure limit = {}) {
  return Refusal{&kind, actual, limit};
}

}  // namespace engine
