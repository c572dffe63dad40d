// How money, moments, ids and texts look on the wire. See json_text.h.
#include "gateway/json_text.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "modules/text.h"

namespace gateway {

// modules::instant_text in one step: a moment is in every update, and that one makes a string of each of its parts.
void append_moment(std::string& out, engine::Instant value) {
  auto const day = std::chrono::floor<std::chrono::days>(value);
  auto const date = std::chrono::year_month_day{day};
  auto const time = std::chrono::hh_mm_ss{value - day};
  fmt::format_to(std::back_inserter(out), FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z"),
                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                 time.hours().count(), time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

void append_escaped(std::string& out, std::string_view value) {
  out.push_back('"');
  std::size_t plain = 0;  // start of the run not yet copied
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto const byte = static_cast<unsigned char>(value[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(value, plain, i - plain);
    plain = i + 1;
    if (byte >= 0x20) {
      out.push_back('\\');
      out.push_back(value[i]);
    } else {
      fmt::format_to(std::back_inserter(out), FMT_COMPILE("\\u{:04x}"), static_cast<unsigned>(byte));
    }
  }
  out.append(value, plain);
  out.push_back('"');
}

void append_hex(std::string& out, std::span<char const> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  auto at = out.size();
  out.resize(at + 2 * bytes.size());
  for (auto const byte : bytes) {
    auto const value = static_cast<unsigned char>(byte);
    out[at++] = digits[value >> 4];
    out[at++] = digits[value & 15];
  }
}

void JsonText::comma() {
  if (out_.empty()) return;
  auto const last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_.push_back(',');
}

void JsonText::name(std::string_view name) {
  comma();
  out_.push_back('"');
  out_.append(name);
  out_.append("\":");
}

JsonText& JsonText::open() {
  return comma(), out_.push_back('{'), *this;
}
JsonText& JsonText::open(std::string_view member) {
  return name(member), out_.push_back('{'), *this;
}
JsonText& JsonText::close() {
  return out_.push_back('}'), *this;
}
JsonText& JsonText::open_list(std::string_view member) {
  return name(member), out_.push_back('['), *this;
}
JsonText& JsonText::close_list() {
  return out_.push_back(']'), *this;
}

JsonText& JsonText::text(std::string_view member, std::string_view value) {
  return name(member), append_escaped(out_, value), *this;
}
JsonText& JsonText::number(std::string_view member, std::int64_t value) {
  name(member);
  fmt::format_to(std::back_inserter(out_), FMT_COMPILE("{}"), value);
  return *this;
}
JsonText& JsonText::literal(std::string_view member, std::string_view value) {
  return name(member), out_.append(value), *this;
}
JsonText& JsonText::money(std::string_view member, engine::Money value) {
  return text(member, modules::money_text(value));
}
JsonText& JsonText::moment(std::string_view member, engine::Instant value) {
  name(member);
  out_.push_back('"');
  append_moment(out_, value);
  out_.push_back('"');
  return *this;
}
JsonText& JsonText::id(std::string_view member, std::uint64_t value) {
  name(member);
  fmt::format_to(std::back_inserter(out_), FMT_COMPILE("\"{}\""), value);
  return *this;
}
JsonText& JsonText::lot(std::string_view member, engine::LotId value) {
  return text(member, modules::lot_text(value));
}
JsonText& JsonText::hex(std::string_view member, std::span<char const> bytes) {
  name(member);
  out_.push_back('"');
  append_hex(out_, bytes);
  out_.push_back('"');
  return *this;
}
JsonText& JsonText::item(std::string_view value) {
  return comma(), append_escaped(out_, value), *this;
}

}  // namespace gateway
