// JSON values for the cold path: request bodies as the gateway parsed them (strict: no duplicate names, bounded depth
// and size), and answers as a module builds them. Numbers stay text, so that no price ever passes through a double.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace modules {

class Json {
 public:
  struct Number {
    std::string text;
  };
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;  // in order of writing

  Json() = default;  // null
  static Json text(std::string_view value);
  static Json number(std::int64_t value);
  static Json number(std::string text);  // as parsed
  static Json yes_or_no(std::uint8_t value);
  static Json array(Array items = {});
  static Json object(Object members = {});

  bool is_null() const;
  std::string const* as_text() const;  // nullptr: something else
  Number const* as_number() const;
  bool const* as_bool() const;
  Array const* as_array() const;
  Object const* as_object() const;
  Json const* find(std::string_view name) const;

  Json& add(std::string_view name, Json value);  // to an object
  Json& push(Json value);                        // to an array
  std::string write() const;                     // compact, UTF-8, members in order

 private:
  std::variant<std::monostate, std::string, Number, bool, Array, Object> value_;
};

}  // namespace modules
