// Members of a request body, one by one, with every fault collected; see fields.h.
#include "modules/fields.h"

#include <algorithm>
#include <utility>

namespace modules {

namespace {

std::string range_text(Range range) {
  return std::to_string(range.min) + " to " + std::to_string(range.max);
}

// RFC 6901.
std::string escaped(std::string_view name) {
  std::string out;
  for (char const c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::optional<std::int64_t> whole(std::string_view text) {
  bool const is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text == "0") return 0;
  auto const size = read_number(text);
  if (!size) return std::nullopt;
  auto const value = static_cast<std::int64_t>(*size);
  return is_negative ? -value : value;
}

}  // namespace

Fields::Fields(Json const* body, Faults& faults, std::string pointer)
    : body_(body), faults_(&faults), pointer_(std::move(pointer)) {
  if (body_ != nullptr && body_->as_object() != nullptr) return;
  faults_->push_back({pointer_, "an object is expected"});
  body_ = nullptr;
}

void Fields::fault(std::string_view name, std::string detail) {
  faults_->push_back({pointer_ + '/' + escaped(name), std::move(detail)});
}

Json const* Fields::member(std::string_view name, Presence presence) {
  asked_.push_back(name);
  if (body_ == nullptr) return nullptr;
  auto const* found = body_->find(name);
  if (found == nullptr && presence == Presence::Required) fault(name, "is required");
  return found;
}

void Fields::finish() {
  if (body_ == nullptr) return;
  for (auto const& [name, value] : *body_->as_object()) {
    if (std::ranges::find(asked_, name) == asked_.end()) fault(name, "is not known here");
  }
}

std::string Fields::read_text(std::string_view name, Json const& given, Length length) {
  auto const* text = given.as_text();
  if (text == nullptr) return fault(name, "a string is expected"), std::string{};
  auto const size = characters(*text);
  if (!size || std::ranges::any_of(*text, is_control)) {
    return fault(name, "control characters are not allowed"), std::string{};
  }
  if (*size < length.min || *size > length.max) {
    fault(name, "a length of " + std::to_string(length.min) + " to " + std::to_string(length.max) +
                    " characters is expected");
    return {};
  }
  return *text;
}

std::string Fields::text(std::string_view name, Length length) {
  auto const* given = member(name, Presence::Required);
  return given ? read_text(name, *given, length) : std::string{};
}

std::optional<std::string> Fields::text_if(std::string_view name, Length length) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return read_text(name, *given, length);
}

engine::Money Fields::read_amount(std::string_view name, Json const& given) {
  if (given.as_text() == nullptr) {
    fault(name, "an amount is a string such as \"98000.00\"");
    return {};
  }
  auto const money = read_money(*given.as_text());
  if (money && *money > engine::Money{}) return *money;
  if (money) {
    fault(name, "AMOUNT_NON_POSITIVE: the amount must be greater than zero");
  } else {
    switch (money.error()) {
      case MoneyFault::NotAnAmount:
        fault(name, "not an amount; \"98000.00\" is one");
        break;
      case MoneyFault::TooPrecise:
        fault(name, "AMOUNT_PRECISION: at most two decimals");
        break;
      case MoneyFault::OutOfRange:
        fault(name, "AMOUNT_OUT_OF_RANGE: at most 100000000000.00");
        break;
    }
  }
  return {};
}

engine::Money Fields::money(std::string_view name) {
  auto const* given = member(name, Presence::Required);
  return given ? read_amount(name, *given) : engine::Money{};
}

std::optional<engine::Money> Fields::money_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return read_amount(name, *given);
}

std::optional<engine::BasisPoints> Fields::percent_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  auto const points = given->as_text() ? read_percent(*given->as_text()) : std::nullopt;
  if (!points) fault(name, "a percentage is a string from \"0\" to \"100\" with at most two decimals");
  return points.value_or(engine::BasisPoints{});
}

std::int64_t Fields::read_count(std::string_view name, Json const& given, Range range) {
  auto const value = given.as_number() ? whole(given.as_number()->text) : std::nullopt;
  if (!value) {
    fault(name, "a whole number is expected");
    return range.min;
  }
  if (*value < range.min || *value > range.max) {
    fault(name, range_text(range) + " is expected");
    return range.min;
  }
  return *value;
}

std::int64_t Fields::count(std::string_view name, Range range) {
  auto const* given = member(name, Presence::Required);
  return given ? read_count(name, *given, range) : range.min;
}

std::optional<std::int64_t> Fields::count_if(std::string_view name, Range range) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return read_count(name, *given, range);
}

std::optional<engine::Duration> Fields::seconds_if(std::string_view name, Range range) {
  auto const value = count_if(name, range);
  if (!value) return std::nullopt;
  return std::chrono::seconds{*value};
}

std::optional<engine::Instant> Fields::instant_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  auto const at = given->as_text() ? read_instant(*given->as_text()) : std::nullopt;
  if (!at) fault(name, "a time such as \"2026-11-22T09:30:00.000Z\" is expected (RFC 3339)");
  return at.value_or(engine::Instant{});
}

std::uint64_t Fields::id_number(std::string_view name) {
  auto const* given = member(name, Presence::Required);
  if (given == nullptr) return 0;
  auto const number = given->as_text() ? read_number(*given->as_text()) : std::nullopt;
  if (!number) fault(name, "an id is a string such as \"12\"");
  return number.value_or(0);
}

Fields Fields::object(std::string_view name) {
  auto pointer = pointer_ + '/' + escaped(name);
  auto const* given = member(name, Presence::Required);
  if (given == nullptr) return Fields(*faults_, std::move(pointer));
  return Fields(given, *faults_, std::move(pointer));
}

std::vector<Fields> Fields::read_objects(std::string_view name, Json const& given, Range size) {
  std::vector<Fields> out;
  auto const* items = given.as_array();
  auto const is_fit = items != nullptr && static_cast<std::int64_t>(items->size()) >= size.min &&
                      static_cast<std::int64_t>(items->size()) <= size.max;
  if (!is_fit) {
    fault(name, "an array of " + range_text(size) + " objects is expected");
    return out;
  }
  out.reserve(items->size());
  for (std::size_t i = 0; i < items->size(); ++i) {
    out.emplace_back(&(*items)[i], *faults_, pointer_ + '/' + escaped(name) + '/' + std::to_string(i));
  }
  return out;
}

std::vector<Fields> Fields::objects(std::string_view name, Range size) {
  auto const* given = member(name, Presence::Required);
  return given ? read_objects(name, *given, size) : std::vector<Fields>{};
}

std::vector<Fields> Fields::objects_if(std::string_view name, Range size) {
  auto const* given = member(name, Presence::Optional);
  return given ? read_objects(name, *given, size) : std::vector<Fields>{};
}

std::vector<std::int64_t> Fields::counts_if(std::string_view name, Range size, Range each) {
  std::vector<std::int64_t> out;
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return out;
  auto const* items = given->as_array();
  auto const is_fit = items != nullptr && static_cast<std::int64_t>(items->size()) >= size.min &&
                      static_cast<std::int64_t>(items->size()) <= size.max;
  if (!is_fit) {
    fault(name, "an array of " + range_text(size) + " numbers is expected");
    return out;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    Fields item(body_, *faults_, pointer_ + '/' + escaped(name));
    out.push_back(item.read_count(std::to_string(i), (*items)[i], each));
  }
  return out;
}

void Fields::fault_choice(std::string_view name, std::vector<std::string_view> names) {
  std::string detail = "one of these is expected:";
  for (auto const choice : names) detail += ' ' + std::string(choice);
  fault(name, std::move(detail));
}

std::unexpected<Denied> malformed(Faults faults) {
  return std::unexpected(Denied{Malformed{std::move(faults)}});
}
std::unexpected<Denied> denied(engine::Refusal refusal) {
  return std::unexpected(Denied{refusal});
}

}  // namespace modules
