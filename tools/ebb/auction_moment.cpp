// Dates are read as at the door (modules/text.h); an offset has hours, minutes, seconds and at most three decimals.
#include "tools/ebb/auction_moment.h"

#include <algorithm>

#include "modules/text.h"

namespace ebb::auction {
namespace {

constexpr std::size_t hour_digits_max = 5;

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
int value_of(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

// "+00:05:00.500"
std::optional<engine::Duration> read_offset(std::string_view text) {
  bool const is_before = text.starts_with('-');
  if (!is_before && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || colon > hour_digits_max) return std::nullopt;
  auto const hours = text.substr(0, colon);
  auto const rest = text.substr(colon);  // ":05:00.500"
  if (rest.size() < 6 || rest[3] != ':') return std::nullopt;
  auto const minutes = rest.substr(1, 2);
  auto const seconds = rest.substr(4, 2);
  std::string millis{"000"};
  if (rest.size() > 6) {
    if (rest[6] != '.' || rest.size() > 10 || !are_digits(rest.substr(7))) return std::nullopt;
    millis = std::string{rest.substr(7)};
    millis.resize(3, '0');
  }
  if (!are_digits(hours) || !are_digits(minutes) || !are_digits(seconds)) return std::nullopt;
  if (value_of(minutes) > 59 || value_of(seconds) > 59) return std::nullopt;
  engine::Duration const offset = std::chrono::hours{value_of(hours)} + std::chrono::minutes{value_of(minutes)} +
                                  std::chrono::seconds{value_of(seconds)} + std::chrono::milliseconds{value_of(millis)};
  return is_before ? -offset : offset;
}

}  // namespace

std::optional<engine::Instant> read_moment(Members& members, std::string_view name, engine::Instant first_opening,
                                           Presence presence) {
  auto const* const given = members.text(name, presence);
  if (given == nullptr) return std::nullopt;
  auto at = modules::read_instant(*given);
  if (!at) {
    if (auto const offset = read_offset(*given)) at = first_opening + *offset;
  }
  if (at && at->time_since_epoch() >= engine::Duration::zero()) return at;
  members.problems().add(members.at(name), problems::not_a_moment, shown(modules::Json::text(*given)));
  return std::nullopt;
}

std::optional<engine::Instant> read_date(Members& members, std::string_view name) {
  auto const* const given = members.text(name);
  if (given == nullptr) return std::nullopt;
  auto const at = modules::read_instant(*given);
  if (!at) members.problems().add(members.at(name), problems::not_a_moment, shown(modules::Json::text(*given)));
  return at;
}

}  // namespace ebb::auction
