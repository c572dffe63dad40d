// How money, time, ids and states are written for people and programs, and read back (gateway/PROTOCOL.md).
//
// One place for both ways, used by the modules for REST and by the gateway for its own wire, so that a price looks the
// same everywhere. Pure: no locale, no clock, no floating point.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event.h"
#include "engine/ids.h"
#include "engine/money.h"
#include "engine/refusal.h"
#include "engine/time.h"
#include "modules/module.h"

namespace modules {

// "98000.00". Read: an optional minus, digits without leading zeros, at most two decimals. A negative amount is read,
// because the rules, not the parser, say that it must be positive.
std::string money_text(engine::Money money);
enum class MoneyFault : std::uint8_t { NotAnAmount = 1, TooPrecise = 2, OutOfRange = 3 };
std::expected<engine::Money, MoneyFault> read_money(std::string_view text);

// "10.00" is 10 %. Read with at most two decimals, 0 to 100.
std::string percent_text(engine::BasisPoints points);
std::optional<engine::BasisPoints> read_percent(std::string_view text);

// "1.0523": by how much a price is divided where it is ranked. Read with at most four decimals, up to 99.
std::string coefficient_text(engine::BasisPoints points);
std::optional<engine::BasisPoints> read_coefficient(std::string_view text);

// RFC 3339. Written in UTC with milliseconds; read with `Z` or an offset and at most three decimals.
std::string instant_text(engine::Instant at);
std::optional<engine::Instant> read_instant(std::string_view text);

// "12". Zero, signs and leading zeros are not ids.
std::optional<std::uint64_t> read_number(std::string_view text);
template <class Tag>
std::string id_text(engine::Id<Tag> id) {
  return std::to_string(id.number());
}
template <class Id>
std::optional<Id> read_id(std::string_view text) {
  auto const number = read_number(text);
  if (!number) return std::nullopt;
  return Id{*number};
}
// "12-1": inquiry and place.
std::string lot_text(engine::LotId lot);
std::optional<engine::LotId> read_lot(std::string_view text);

std::string_view role_text(Role role);                    // "administrator" …
std::string_view format_text(engine::Format format);      // "reverse", "sealed"
std::string_view basis_text(engine::StepBasis basis);     // "own", "best"
std::string_view lot_state_text(engine::LotState state);  // "SCHEDULED" …

// The figure of a refusal; empty for none. A span is in seconds.
std::string figure_text(engine::Figure figure);

// Characters as people count them. Nothing: not UTF-8.
std::optional<std::size_t> characters(std::string_view text);

}  // namespace modules
