// Parameters of a query, one by one, with every fault collected; see query.h.
#include "modules/query.h"

#include <algorithm>

namespace modules {

namespace {

constexpr std::size_t division_digits = 6;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

void Query::fault(std::string_view name, std::string detail) {
  faults_.push_back({'/' + std::string(name), std::move(detail)});
}

void Query::fault_choice(std::string_view name, std::vector<std::string_view> const& names) {
  std::string detail = "应为下列之一 / one of these is expected:";
  for (auto const choice : names) detail += ' ' + std::string(choice);
  fault(name, std::move(detail));
}

void Query::finish() {
  for (auto const& [name, value] : given_) {
    if (std::ranges::find(asked_, name) == asked_.end()) fault(name, "未知参数 / is not known here");
  }
}

std::string const* Query::once(std::string_view name) {
  asked_.push_back(name);
  std::string const* found = nullptr;
  for (auto const& [given, value] : given_) {
    if (given != name) continue;
    if (found != nullptr) {
      fault(name, "重复的参数 / is given twice");
      return nullptr;
    }
    found = &value;
  }
  return found;
}

std::vector<std::string_view> Query::split(std::string_view name) {
  asked_.push_back(name);
  std::vector<std::string_view> values;
  for (auto const& [given, value] : given_) {
    if (given != name) continue;
    std::string_view rest = value;
    for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
      values.push_back(rest.substr(0, comma));
      rest.remove_prefix(comma + 1);
    }
    values.push_back(rest);
  }
  return values;
}

std::optional<std::uint64_t> Query::number(std::string_view name) {
  auto const* value = once(name);
  if (value == nullptr) return std::nullopt;
  if (*value == "0") return 0;
  auto const number = read_number(*value);
  if (!number) fault(name, "应为编号,如 12 / a number such as 12 is expected");
  return number;
}

std::optional<std::string> Query::text(std::string_view name, Length bytes) {
  auto const* value = once(name);
  if (value == nullptr) return std::nullopt;
  if (value->size() >= bytes.min && value->size() <= bytes.max && characters(*value)) return *value;
  fault(name, "长度不符或不是 UTF-8 / UTF-8 is expected, of bytes: " + std::to_string(bytes.min) + " to " +
                  std::to_string(bytes.max));
  return std::nullopt;
}

std::optional<std::string> Query::division(std::string_view name) {
  auto const* value = once(name);
  if (value == nullptr) return std::nullopt;
  if (value->size() == division_digits && std::ranges::all_of(*value, is_digit)) return *value;
  fault(name, "行政区划代码应为6位数字 / a division is a code of six digits");
  return std::nullopt;
}

bool Query::is_set(std::string_view name) {
  auto const* value = once(name);
  if (value == nullptr || *value == "0") return false;
  if (*value != "1") fault(name, "应为 1 或 0 / 1 or 0 is expected");
  return *value == "1";
}

bool says(std::string_view text, std::string_view part) {
  auto const found = std::ranges::search(text, part, {}, lower, lower);
  return part.empty() || !found.empty();
}

}  // namespace modules
