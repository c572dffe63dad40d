// The engine's refusals by number, for those who keep only the number: receipts in tables, the outcome digest, clients.
#include "engine/refusal.h"

namespace engine {

RefusalKind const* engine_refusal(std::uint16_t number) {
  static constexpr RefusalKind const* kinds[] = {
      &refusals::key_reused,       &refusals::no_such_lot,         &refusals::not_admitted,
      &refusals::disqualified,     &refusals::not_started,         &refusals::paused,
      &refusals::closed,           &refusals::too_many_attempts,   &refusals::non_positive,
      &refusals::above_ceiling,    &refusals::decrement_too_small, &refusals::confirmation_needed,
      &refusals::state_conflict,   &refusals::duplicate,           &refusals::reason_too_short,
      &refusals::outside_low_band, &refusals::self_approval,       &refusals::bad_rules,
      &refusals::too_many,         &refusals::eliminated,          &refusals::between_stages,
      &refusals::not_your_turn,    &refusals::proxy_active,        &refusals::already_quoted,
      &refusals::wrong_level,      &refusals::leader_waits,        &refusals::off_grid,
      &refusals::inside_buffer,    &refusals::tie_refused,         &refusals::not_offered,
      &refusals::no_bid,           &refusals::signature_missing,
  };
  for (auto const* kind : kinds) {
    if (kind->number == number) return kind;
  }
  return nullptr;
}

}  // namespace engine
