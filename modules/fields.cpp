// Members of a request body, one by one, with every fault collected; see fields.h.
#include "modules/fields.h"

#include <algorithm>
#include <utility>

#include "modules/refusals.h"

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
  faults_->push_back({pointer_, "应为对象 / an object is expected"});
  body_ = nullptr;
}

void Fields::fault(std::string_view name, std::string detail) {
  faults_->push_back({pointer_ + '/' + escaped(name), std::move(detail)});
}

Json const* Fields::member(std::string_view name, Presence presence) {
  asked_.push_back(name);
  if (body_ == nullptr) return nullptr;
  auto const* found = body_->find(name);
  if (found == nullptr && presence == Presence::Required) fault(name, "必填 / is required");
  return found;
}

void Fields::finish() {
  if (body_ == nullptr) return;
  for (auto const& [name, value] : *body_->as_object()) {
    if (std::ranges::find(asked_, name) == asked_.end()) fault(name, "未知字段 / is not known here");
  }
}

std::string Fields::read_text(std::string_view name, Json const& given, Length length, Lines lines) {
  auto const* text = given.as_text();
  if (text == nullptr) return fault(name, "应为字符串 / a string is expected"), std::string{};
  auto const size = characters(*text);
  auto const is_wrong = [&](char c) { return is_control(c) && !(c == '\n' && lines == Lines::Many); };
  if (!size || std::ranges::any_of(*text, is_wrong)) {
    return fault(name, "不得含控制字符 / control characters are not allowed"), std::string{};
  }
  if (*size < length.min || *size > length.max) {
    fault(name, "长度不符 / characters expected: " + std::to_string(length.min) + " to " + std::to_string(length.max));
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

std::optional<std::string> Fields::prose_if(std::string_view name, Length length) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return read_text(name, *given, length, Lines::Many);
}

engine::Money Fields::read_amount(std::string_view name, Json const& given, Least least) {
  if (given.as_text() == nullptr) {
    fault(name, "金额应为字符串,如 \"98000.00\" / an amount is a string such as \"98000.00\"");
    return {};
  }
  auto const money = read_money(*given.as_text());
  bool const is_enough =
      money && (least == Least::Any || *money > engine::Money{} || (least == Least::Zero && *money == engine::Money{}));
  if (is_enough) return *money;
  if (money && least == Least::Zero) {
    fault(name, "金额不得小于零 / the amount must not be less than zero");
  } else if (money) {
    fault(name, "AMOUNT_NON_POSITIVE: 金额必须大于零 / the amount must be greater than zero");
  } else {
    switch (money.error()) {
      case MoneyFault::NotAnAmount:
        fault(name, "不是金额,应如 \"98000.00\" / not an amount; \"98000.00\" is one");
        break;
      case MoneyFault::TooPrecise:
        fault(name, "AMOUNT_PRECISION: 最多两位小数 / at most two decimals");
        break;
      case MoneyFault::OutOfRange:
        fault(name, "AMOUNT_OUT_OF_RANGE: 不得超过 100000000000.00 / at most 100000000000.00");
        break;
    }
  }
  return {};
}

engine::Money Fields::money(std::string_view name) {
  auto const* given = member(name, Presence::Required);
  return given ? read_amount(name, *given) : engine::Money{};
}

std::optional<engine::Money> Fields::money_if(std::string_view name, Least least) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return read_amount(name, *given, least);
}

std::optional<engine::BasisPoints> Fields::coefficient_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  auto const points = given->as_text() ? read_coefficient(*given->as_text()) : std::nullopt;
  if (!points) {
    fault(name,
          "系数应为如 \"1.0523\" 的字符串,最多四位小数 / a coefficient is a string such as \"1.0523\" with at most "
          "four decimals");
  }
  return points.value_or(engine::BasisPoints{engine::BasisPoints::whole});
}

std::optional<bool> Fields::flag_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  auto const* flag = given->as_bool();
  if (flag == nullptr) fault(name, "应为 true 或 false / true or false is expected");
  return flag != nullptr && *flag;
}

std::optional<engine::BasisPoints> Fields::percent_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  auto const points = given->as_text() ? read_percent(*given->as_text()) : std::nullopt;
  if (!points)
    fault(name,
          "百分数应为 \"0\" 至 \"100\" 的字符串,最多两位小数 / a percentage is a string from \"0\" to \"100\" with at "
          "most two decimals");
  return points.value_or(engine::BasisPoints{});
}

std::int64_t Fields::read_count(std::string_view name, Json const& given, Range range) {
  auto const value = given.as_number() ? whole(given.as_number()->text) : std::nullopt;
  if (!value) {
    fault(name, "应为整数 / a whole number is expected");
    return range.min;
  }
  if (*value < range.min || *value > range.max) {
    fault(name, "应在范围内 / expected: " + range_text(range));
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
  if (!at) fault(name, "应为 RFC 3339 时间 / a time such as \"2026-11-22T09:30:00.000Z\" is expected (RFC 3339)");
  return at.value_or(engine::Instant{});
}

std::uint64_t Fields::id_number(std::string_view name) {
  auto const* given = member(name, Presence::Required);
  if (given == nullptr) return 0;
  auto const number = given->as_text() ? read_number(*given->as_text()) : std::nullopt;
  if (!number) fault(name, "编号应为字符串,如 \"12\" / an id is a string such as \"12\"");
  return number.value_or(0);
}

Fields Fields::object(std::string_view name) {
  auto pointer = pointer_ + '/' + escaped(name);
  auto const* given = member(name, Presence::Required);
  if (given == nullptr) return Fields(*faults_, std::move(pointer));
  return Fields(given, *faults_, std::move(pointer));
}

std::optional<Fields> Fields::object_if(std::string_view name) {
  auto const* given = member(name, Presence::Optional);
  if (given == nullptr) return std::nullopt;
  return Fields(given, *faults_, pointer_ + '/' + escaped(name));
}

std::vector<Fields> Fields::read_objects(std::string_view name, Json const& given, Range size) {
  std::vector<Fields> out;
  auto const* items = given.as_array();
  auto const is_fit = items != nullptr && static_cast<std::int64_t>(items->size()) >= size.min &&
                      static_cast<std::int64_t>(items->size()) <= size.max;
  if (!is_fit) {
    fault(name, "应为对象数组 / an array of objects is expected: " + range_text(size));
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
    fault(name, "应为整数数组 / an array of whole numbers is expected: " + range_text(size));
    return out;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    Fields item(body_, *faults_, pointer_ + '/' + escaped(name));
    out.push_back(item.read_count(std::to_string(i), (*items)[i], each));
  }
  return out;
}

void Fields::fault_choice(std::string_view name, std::vector<std::string_view> const& names) {
  std::string detail = "应为下列之一 / one of these is expected:";
  for (auto const choice : names) detail += ' ' + std::string(choice);
  fault(name, std::move(detail));
}

void read_nothing(Json const* body, Faults& faults) {
  if (body != nullptr && !body->is_null()) Fields(body, faults).finish();
}

std::expected<std::uint64_t, engine::Refusal> version_read(Request const& request) {
  auto given = request.if_match;
  if (given.empty()) return std::unexpected(engine::Refusal{&refusals::precondition_required});
  if (given.size() > 1 && given.starts_with('"') && given.ends_with('"')) given = given.substr(1, given.size() - 2);
  auto const version = read_number(given);
  if (!version) return std::unexpected(engine::Refusal{&refusals::precondition_failed});
  return *version;
}

std::unexpected<Denied> malformed(Faults faults) {
  return std::unexpected(Denied{Malformed{std::move(faults)}});
}
std::unexpected<Denied> denied(engine::Refusal refusal) {
  return std::unexpected(Denied{refusal});
}

}  // namespace modules
