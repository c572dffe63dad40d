// JSON, written member by member onto the end of a string that the caller keeps and reuses.
//
// Every message that leaves the process is written with this, so that money is always text in yuan, a moment always
// RFC 3339 in UTC, and a text always escaped. Whether a comma is due is read off the last byte written: there is no
// state to get out of step.
//
// Thread: the string's. Failure: none; `text` takes UTF-8 (what came in was checked at the door).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/ids.h"
#include "engine/money.h"
#include "engine/time.h"

namespace gateway {

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}  // `out` outlives the writer

  // An object or list, as the whole value, as an element, or as a member.
  JsonText& open();
  JsonText& open(std::string_view name);
  JsonText& close();
  JsonText& open_list(std::string_view name);
  JsonText& close_list();

  // Members. Names are our own constants and are not escaped.
  JsonText& text(std::string_view name, std::string_view value);
  JsonText& number(std::string_view name, std::int64_t value);
  JsonText& literal(std::string_view name, std::string_view value);  // `value` is JSON already
  JsonText& yes(std::string_view name) { return literal(name, "true"); }
  JsonText& no(std::string_view name) { return literal(name, "false"); }
  JsonText& nothing(std::string_view name) { return literal(name, "null"); }
  JsonText& money(std::string_view name, engine::Money value);
  JsonText& moment(std::string_view name, engine::Instant value);
  JsonText& seconds(std::string_view name, engine::Duration value) { return number(name, value.count() / 1'000); }
  JsonText& id(std::string_view name, std::uint64_t value);
  JsonText& lot(std::string_view name, engine::LotId value);
  JsonText& hex(std::string_view name, std::span<char const> bytes);  // in lower case

  // An element of a list.
  JsonText& item(std::string_view value);

 private:
  void comma();
  void name(std::string_view name);
  std::string& out_;
};

void append_moment(std::string& out, engine::Instant value);    // 2026-11-22T09:30:00.000Z
void append_escaped(std::string& out, std::string_view value);  // with its quotes
void append_hex(std::string& out, std::span<char const> bytes);

}  // namespace gateway
