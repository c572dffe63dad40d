// One getter per type; see the header. Text of money, per cent and the like is read by modules/text, as the door does.
#include "tools/ebb/auction_members.h"

#include <algorithm>
#include <charconv>

#include "engine/limits.h"
#include "modules/text.h"
#include "tools/ebb/auction_json.h"

namespace ebb::auction {
namespace {

using modules::Json;

constexpr std::size_t shown_bytes_max = 80;
constexpr std::size_t name_characters_max = 60;

// A whole number as JSON writes it; nothing where it has a fraction, an exponent or too many digits.
std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

// "1.0523" with at most four decimals as 10,523.
std::optional<std::int64_t> ten_thousandths(std::string_view text) {
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  auto const point = text.find('.');
  auto const before = text.substr(0, point);
  std::string decimals{point == std::string_view::npos ? std::string_view{"0"} : text.substr(point + 1)};
  if (before.empty() || before.size() > 5 || (before.size() > 1 && before.front() == '0')) return std::nullopt;
  if (decimals.empty() || decimals.size() > 4) return std::nullopt;
  if (!std::ranges::all_of(before, is_digit) || !std::ranges::all_of(decimals, is_digit)) return std::nullopt;
  decimals.resize(4, '0');
  return whole(std::string{before} + decimals);
}

}  // namespace

std::string shown(Json const& json) {
  if (json.as_array() != nullptr) return "a list";
  if (json.as_object() != nullptr) return "an object";
  auto text = json.write();
  if (text.size() <= shown_bytes_max) return text;
  auto end = shown_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // not inside a character
  return text.substr(0, end) + "…";
}

bool is_name(std::string_view text) {
  auto const length = modules::characters(text);
  auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return length && *length >= 1 && *length <= name_characters_max && std::ranges::none_of(text, is_control);
}

Members::Members(Json const& json, std::string pointer, Problems& problems)
    : object_(json.as_object() != nullptr ? &json : nullptr), pointer_(std::move(pointer)), problems_(&problems) {
  if (object_ == nullptr) problems_->add(pointer_, problems::wrong_type, shown(json), "an object");
}

bool Members::has(std::string_view name) const {
  return object_ != nullptr && object_->find(name) != nullptr;
}

Json const* Members::any(std::string_view name, Presence presence) {
  asked_.push_back(name);
  if (object_ == nullptr) return nullptr;
  auto const* const found = object_->find(name);
  if (found == nullptr && presence == Presence::Required) problems_->add(at(name), problems::missing_member);
  return found;
}

void Members::wrong_type(std::string_view name, Json const& given, std::string_view expected) {
  problems_->add(at(name), problems::wrong_type, shown(given), std::string{expected});
}

std::string const* Members::text(std::string_view name, Presence presence) {
  auto const* const given = any(name, presence);
  if (given == nullptr) return nullptr;
  if (given->as_text() == nullptr) wrong_type(name, *given, "a text");
  return given->as_text();
}

std::optional<std::string> Members::name(std::string_view member, Presence presence) {
  auto const* const given = text(member, presence);
  if (given == nullptr) return std::nullopt;
  if (is_name(*given)) return *given;
  problems_->add(at(member), problems::bad_name, shown(Json::text(*given)));
  return std::nullopt;
}

std::optional<engine::Money> Members::money(std::string_view name, Presence presence) {
  auto const* const given = any(name, presence);
  if (given == nullptr) return std::nullopt;
  if (given->as_text() == nullptr) {
    wrong_type(name, *given, "a text such as \"98000.00\"");
    return std::nullopt;
  }
  auto const read = modules::read_money(*given->as_text());
  if (read) return *read;
  switch (read.error()) {
    case modules::MoneyFault::NotAnAmount:
      problems_->add(at(name), problems::not_an_amount, shown(*given));
      break;
    case modules::MoneyFault::TooPrecise:
      problems_->add(at(name), problems::too_precise, shown(*given), "2");
      break;
    case modules::MoneyFault::OutOfRange:
      problems_->add(at(name), problems::out_of_range, shown(*given),
                     modules::money_text(engine::Money::fen(engine::limits::money_fen_max)));
      break;
  }
  return std::nullopt;
}

std::optional<engine::BasisPoints> Members::percent(std::string_view name) {
  auto const* const given = text(name);
  if (given == nullptr) return std::nullopt;
  if (auto const points = modules::read_percent(*given)) return points;
  problems_->add(at(name), problems::not_a_number, shown(Json::text(*given)), "\"0.00\" to \"100.00\"");
  return std::nullopt;
}

std::optional<engine::BasisPoints> Members::factor(std::string_view name) {
  auto const* const given = text(name);
  if (given == nullptr) return std::nullopt;
  if (auto const parts = ten_thousandths(*given)) return engine::BasisPoints{static_cast<std::int32_t>(*parts)};
  problems_->add(at(name), problems::not_a_number, shown(Json::text(*given)), "at most four decimals");
  return std::nullopt;
}

std::optional<std::int64_t> Members::count(std::string_view name, Range range, Presence presence) {
  auto const* const given = any(name, presence);
  if (given == nullptr) return std::nullopt;
  auto const* const number = given->as_number();
  if (number == nullptr) {
    wrong_type(name, *given, "a whole number");
    return std::nullopt;
  }
  auto const value = whole(number->text);
  if (value && *value >= range.least && *value <= range.most) return value;
  auto const limit = std::to_string(range.least) + " to " + std::to_string(range.most);
  problems_->add(at(name), value ? problems::out_of_range : problems::not_a_number, shown(*given), limit);
  return std::nullopt;
}

std::optional<engine::Duration> Members::seconds(std::string_view name, Presence presence) {
  constexpr std::int64_t century_s = std::int64_t{36'525} * 86'400;  // what is too long is the engine's to say
  auto const value = count(name, {-century_s, century_s}, presence);
  if (!value) return std::nullopt;
  return std::chrono::seconds{*value};
}

std::optional<bool> Members::yes_or_no(std::string_view name) {
  auto const* const given = any(name);
  if (given == nullptr) return std::nullopt;
  if (given->as_bool() != nullptr) return *given->as_bool();
  wrong_type(name, *given, "true or false");
  return std::nullopt;
}

std::optional<std::size_t> Members::choice(std::string_view name, std::span<std::string_view const> choices,
                                           Presence presence) {
  auto const* const given = text(name, presence);
  if (given == nullptr) return std::nullopt;
  auto const found = std::ranges::find(choices, *given);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  std::string limit;
  for (auto const& each : choices) limit += (limit.empty() ? "" : " ") + std::string{each};
  problems_->add(at(name), problems::not_a_choice, shown(Json::text(*given)), limit);
  return std::nullopt;
}

Json::Array const* Members::list(std::string_view name, std::size_t most, Presence presence) {
  auto const* const given = any(name, presence);
  if (given == nullptr) return nullptr;
  auto const* const items = given->as_array();
  if (items == nullptr) {
    wrong_type(name, *given, "a list");
    return nullptr;
  }
  if (items->size() <= most) return items;
  problems_->add(at(name), problems::too_many, std::to_string(items->size()), std::to_string(most));
  return nullptr;
}

void Members::finish() {
  if (object_ == nullptr) return;
  for (auto const& [name, value] : *object_->as_object()) {
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    problems_->add(pointer_ + '/' + pointer_part(name), problems::unknown_member, shown(value));
  }
}

}  // namespace ebb::auction
