// See the header. One function per family of keywords.
#include "tests/support/e2e_schema.h"

#include <boost/json/serialize.hpp>
#include <functional>
#include <map>
#include <regex>

#include "tests/support/e2e_wire.h"

namespace support {
namespace {

namespace json = boost::json;
using Faults = std::vector<std::string>;

bool has_type(json::value const& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  throw Broken("schema: unknown type " + std::string{type});
}

bool has_a_type(json::value const& value, json::value const& types) {
  if (types.is_string()) return has_type(value, types.as_string());
  for (auto const& type : types.as_array()) {
    if (has_type(value, type.as_string())) return true;
  }
  return false;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (char const c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1U : 0U;
  return count;
}

// Bounds in our documents are whole numbers.
std::int64_t whole(json::value const& value) {
  return value.to_number<std::int64_t>();
}

class Check {
 public:
  explicit Check(Schemas const& schemas) : schemas_(schemas) {}

  void value(json::value const& value, json::value const& given, std::string const& where) {
    auto const& schema = schemas_.resolve(given);
    if (schema.is_bool()) {
      if (!schema.as_bool()) fault(where, "nothing is allowed here");
      return;
    }
    for (auto const& [keyword, rule] : schema.as_object()) {
      if (!is_annotation(keyword)) apply(keyword, rule, value, schema, where);
    }
  }
  Faults take() { return std::move(faults_); }

 private:
  static bool is_annotation(std::string_view keyword) {
    static constexpr std::string_view known[] = {"description", "title",    "examples",   "example",  "default",
                                                 "format",      "readOnly", "deprecated", "$comment", "writeOnly"};
    return std::ranges::find(known, keyword) != std::end(known);
  }

  void fault(std::string const& where, std::string what) {
    faults_.push_back((where.empty() ? "/" : where) + ": " + std::move(what));
  }

  using Rule = void (Check::*)(json::value const& rule, json::value const& value, json::value const& schema,
                               std::string const& where);
  void apply(std::string_view keyword, json::value const& rule, json::value const& value, json::value const& schema,
             std::string const& where) {
    static std::map<std::string_view, Rule> const rules{
        {"type", &Check::type},          {"enum", &Check::choice},        {"const", &Check::exactly},
        {"properties", &Check::members}, {"required", &Check::required},  {"additionalProperties", &Check::others},
        {"items", &Check::items},        {"minItems", &Check::least},     {"maxItems", &Check::most},
        {"pattern", &Check::pattern},    {"minLength", &Check::shortest}, {"maxLength", &Check::longest},
        {"minimum", &Check::lowest},     {"maximum", &Check::highest},    {"oneOf", &Check::one_of},
        {"anyOf", &Check::any_of},       {"allOf", &Check::all_of}};
    auto const found = rules.find(keyword);
    if (found == rules.end()) return fault(where, "the checker does not know the keyword " + std::string{keyword});
    (this->*found->second)(rule, value, schema, where);
  }

  void type(json::value const& rule, json::value const& value, json::value const&, std::string const& where) {
    if (!has_a_type(value, rule)) fault(where, json::serialize(value) + " is no " + json::serialize(rule));
  }
  void choice(json::value const& rule, json::value const& value, json::value const&, std::string const& where) {
    for (auto const& allowed : rule.as_array()) {
      if (allowed == value) return;
    }
    fault(where, json::serialize(value) + " is none of " + json::serialize(rule));
  }
  void exactly(json::value const& rule, json::value const& value, json::value const&, std::string const& where) {
    if (rule != value) fault(where, json::serialize(value) + " is not " + json::serialize(rule));
  }
  void members(json::value const& rule, json::value const& object, json::value const&, std::string const& where) {
    if (!object.is_object()) return;
    for (auto const& [name, schema] : rule.as_object()) {
      if (auto const* given = object.as_object().if_contains(name)) {
        value(*given, schema, where + "/" + std::string{name});
      }
    }
  }
  void required(json::value const& rule, json::value const& object, json::value const&, std::string const& where) {
    if (!object.is_object()) return;
    for (auto const& name : rule.as_array()) {
      if (!object.as_object().contains(name.as_string())) fault(where, std::string{name.as_string()} + " is missing");
    }
  }
  void others(json::value const& rule, json::value const& object, json::value const& schema, std::string const& where) {
    if (!object.is_object()) return;
    auto const* known = member(schema, "properties");
    for (auto const& [name, given] : object.as_object()) {
      if (known != nullptr && known->as_object().contains(name)) continue;
      if (rule.is_bool() && !rule.as_bool()) fault(where, "undocumented member " + std::string{name});
      if (rule.is_object()) value(given, rule, where + "/" + std::string{name});
    }
  }
  void items(json::value const& rule, json::value const& list, json::value const&, std::string const& where) {
    if (!list.is_array()) return;
    for (std::size_t i = 0; i < list.as_array().size(); ++i) {
      value(list.as_array()[i], rule, where + "/" + std::to_string(i));
    }
  }
  void least(json::value const& rule, json::value const& list, json::value const&, std::string const& where) {
    if (list.is_array() && static_cast<std::int64_t>(list.as_array().size()) < whole(rule)) fault(where, "too few");
  }
  void most(json::value const& rule, json::value const& list, json::value const&, std::string const& where) {
    if (list.is_array() && static_cast<std::int64_t>(list.as_array().size()) > whole(rule)) fault(where, "too many");
  }
  void pattern(json::value const& rule, json::value const& text, json::value const&, std::string const& where) {
    if (!text.is_string()) return;
    static std::map<std::string, std::regex> shapes;  // compiling one costs more than a hundred searches
    std::string const written{rule.as_string()};
    auto const shape = shapes.try_emplace(written, written, std::regex::ECMAScript).first;
    if (!std::regex_search(std::string{text.as_string()}, shape->second)) {
      fault(where, json::serialize(text) + " does not look like " + json::serialize(rule));
    }
  }
  void shortest(json::value const& rule, json::value const& text, json::value const&, std::string const& where) {
    if (text.is_string() && static_cast<std::int64_t>(characters(text.as_string())) < whole(rule)) {
      fault(where, "too short");
    }
  }
  void longest(json::value const& rule, json::value const& text, json::value const&, std::string const& where) {
    if (text.is_string() && static_cast<std::int64_t>(characters(text.as_string())) > whole(rule)) {
      fault(where, "too long");
    }
  }
  void lowest(json::value const& rule, json::value const& number, json::value const&, std::string const& where) {
    if (number.is_int64() && number.as_int64() < whole(rule)) fault(where, "too low");
  }
  void highest(json::value const& rule, json::value const& number, json::value const&, std::string const& where) {
    if (number.is_int64() && number.as_int64() > whole(rule)) fault(where, "too high");
  }

  std::size_t fitting(json::value const& rule, json::value const& given, Faults& why) const {
    std::size_t count = 0;
    for (auto const& schema : rule.as_array()) {
      auto faults = schemas_.faults(given, schema);
      count += faults.empty() ? 1U : 0U;
      why.insert(why.end(), faults.begin(), faults.end());
    }
    return count;
  }
  void one_of(json::value const& rule, json::value const& given, json::value const&, std::string const& where) {
    Faults why;
    auto const count = fitting(rule, given, why);
    if (count == 1) return;
    fault(where, std::to_string(count) + " alternatives of oneOf fit");
    if (count == 0) faults_.insert(faults_.end(), why.begin(), why.end());
  }
  void any_of(json::value const& rule, json::value const& given, json::value const&, std::string const& where) {
    Faults why;
    if (fitting(rule, given, why) > 0) return;
    fault(where, "no alternative of anyOf fits");
    faults_.insert(faults_.end(), why.begin(), why.end());
  }
  void all_of(json::value const& rule, json::value const& given, json::value const&, std::string const& where) {
    for (auto const& schema : rule.as_array()) value(given, schema, where);
  }

  Schemas const& schemas_;
  Faults faults_;
};

}  // namespace

json::value const* member(json::value const& object, std::string_view name) {
  return object.is_object() ? object.as_object().if_contains(name) : nullptr;
}

std::string text_or(json::value const* value, std::string_view otherwise) {
  return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{otherwise};
}

json::value const& Schemas::resolve(json::value const& value) const {
  auto const* reference = member(value, "$ref");
  if (reference == nullptr) return value;
  std::string_view pointer = reference->as_string();
  if (!pointer.starts_with("#/")) throw Broken("schema: only local references: " + std::string{pointer});
  boost::system::error_code wrong;
  auto const* target = document_.find_pointer(pointer.substr(1), wrong);
  if (target == nullptr) throw Broken("schema: nothing at " + std::string{pointer});
  return resolve(*target);
}

std::vector<std::string> Schemas::faults(json::value const& value, json::value const& schema) const {
  Check check{*this};
  check.value(value, schema, "");
  return check.take();
}

}  // namespace support
