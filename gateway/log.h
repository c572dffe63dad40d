// The log: one JSON object a line to stderr, written by a thread of its own.
//
// A field is a name and a text. What is written here may be read by anybody who operates the machine: never a
// credential, a token, a body of a request or a price. The engine thread does not log: it has events.
//
// Thread: any but engine. Failure: a full queue drops the oldest line and counts it, it never waits.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace gateway {

class Log {
 public:
  enum class Level : std::uint8_t { Debug, Info, Warning, Error };
  explicit Log(Level least);
  ~Log();  // writes what is queued
  Log(Log const&) = delete;
  Log& operator=(Log const&) = delete;

  struct Field {
    std::string_view name;
    std::string text;
  };
  // `what` is a constant sentence, so that lines can be counted by it; what varies is a field.
  void say(Level level, std::string_view what, std::initializer_list<Field> fields = {});

  // {"what":…,"name":"text"…}: the members of a line behind its time and level.
  static std::string members(std::string_view what, std::initializer_list<Field> fields);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gateway
