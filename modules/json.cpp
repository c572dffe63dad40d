// JSON values and their text form. Reading text is the gateway's business (simdjson); see json.h.
//
// Thread: values, any. Failure: none; add() on something that is no object is a bug.
#include "modules/json.h"

#include <utility>

#include "engine/check.h"

namespace modules {

namespace {

void write_text(std::string_view text, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 0xf];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write_value(Json const& value, std::string& out) {
  if (auto const* text = value.as_text()) return write_text(*text, out);
  if (auto const* number = value.as_number()) {
    out += number->text;
    return;
  }
  if (auto const* truth = value.as_bool()) {
    out += *truth ? "true" : "false";
    return;
  }
  if (auto const* items = value.as_array()) {
    out += '[';
    for (auto const& item : *items) {
      if (&item != items->data()) out += ',';
      write_value(item, out);
    }
    out += ']';
    return;
  }
  if (auto const* members = value.as_object()) {
    out += '{';
    for (auto const& member : *members) {
      if (&member != members->data()) out += ',';
      write_text(member.first, out);
      out += ':';
      write_value(member.second, out);
    }
    out += '}';
    return;
  }
  out += "null";
}

}  // namespace

Json Json::text(std::string_view value) {
  Json json;
  json.value_ = std::string(value);
  return json;
}

Json Json::number(std::int64_t value) {
  return number(std::to_string(value));
}

Json Json::number(std::string text) {
  Json json;
  json.value_ = Number{std::move(text)};
  return json;
}

Json Json::yes_or_no(std::uint8_t value) {
  Json json;
  json.value_ = value != 0;
  return json;
}

Json Json::array(Array items) {
  Json json;
  json.value_ = std::move(items);
  return json;
}

Json Json::object(Object members) {
  Json json;
  json.value_ = std::move(members);
  return json;
}

bool Json::is_null() const {
  return std::holds_alternative<std::monostate>(value_);
}
std::string const* Json::as_text() const {
  return std::get_if<std::string>(&value_);
}
Json::Number const* Json::as_number() const {
  return std::get_if<Number>(&value_);
}
bool const* Json::as_bool() const {
  return std::get_if<bool>(&value_);
}
Json::Array const* Json::as_array() const {
  return std::get_if<Array>(&value_);
}
Json::Object const* Json::as_object() const {
  return std::get_if<Object>(&value_);
}

Json const* Json::find(std::string_view name) const {
  if (auto const* members = as_object()) {
    for (auto const& [key, value] : *members) {
      if (key == name) return &value;
    }
  }
  return nullptr;
}

Json& Json::add(std::string_view name, Json value) {
  auto* members = std::get_if<Object>(&value_);
  CHECK(members != nullptr);
  members->emplace_back(std::string(name), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  auto* items = std::get_if<Array>(&value_);
  CHECK(items != nullptr);
  items->push_back(std::move(value));
  return *this;
}

std::string Json::write() const {
  std::string out;
  write_value(*this, out);
  return out;
}

}  // namespace modules
