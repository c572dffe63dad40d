// What Redis answers (RESP2), as far as a script, a subscription and a count need it.
//
// Thread: any; nothing is kept. Failure: an answer cut short is Incomplete, what is no answer is Broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench::peers {

// A command as clients send it, appended to `out`.
void append_command(std::string& out, std::span<std::string_view const> words);

enum class ReplyKind : std::uint8_t { Text, Number, Error, Array, Nothing };
struct Reply {
  ReplyKind kind;
  std::string_view text;    // of a text or an error; of an array: its first text
  std::int64_t number = 0;  // of a number; of an array: its first number
  std::size_t bytes = 0;    // of the whole reply
};
enum class ReplyFault : std::uint8_t { Incomplete, Broken };
struct FirstReply {
  std::optional<Reply> reply;
  ReplyFault why = ReplyFault::Incomplete;
};
FirstReply first_reply(std::string_view in);

}  // namespace bench::peers
