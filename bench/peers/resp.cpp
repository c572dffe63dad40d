// One reply from the front; an array is walked whole, and its first number and first text are what is wanted of it.
#include "bench/peers/resp.h"

#include <charconv>
#include <utility>

namespace bench::peers {
namespace {

constexpr std::string_view line_end = "\r\n";

void append_bulk(std::string& out, std::string_view word) {
  out.push_back('$');
  out.append(std::to_string(word.size())).append(line_end).append(word).append(line_end);
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

FirstReply broken() {
  return {{}, ReplyFault::Broken};
}

// A text of a length said before it.
FirstReply bulk(std::string_view in, std::size_t head, std::int64_t size) {
  if (size < 0) return {Reply{ReplyKind::Nothing, {}, 0, head}};
  auto const length = static_cast<std::size_t>(size);
  if (in.size() < head + length + line_end.size()) return {};
  if (in.substr(head + length, line_end.size()) != line_end) return broken();
  return {Reply{ReplyKind::Text, in.substr(head, length), 0, head + length + line_end.size()}};
}

FirstReply array(std::string_view in, std::size_t head, std::int64_t size) {
  Reply all{size < 0 ? ReplyKind::Nothing : ReplyKind::Array, {}, 0, head};
  bool has_text = false, has_number = false;
  for (std::int64_t i = 0; i < size; ++i) {
    auto const one = first_reply(in.substr(all.bytes));
    if (!one.reply) return one;
    all.bytes += one.reply->bytes;
    if (one.reply->kind == ReplyKind::Text && !std::exchange(has_text, true)) all.text = one.reply->text;
    if (one.reply->kind == ReplyKind::Number && !std::exchange(has_number, true)) all.number = one.reply->number;
  }
  return {all};
}

}  // namespace

void append_command(std::string& out, std::span<std::string_view const> words) {
  out.push_back('*');
  out.append(std::to_string(words.size())).append(line_end);
  for (auto const word : words) append_bulk(out, word);
}

FirstReply first_reply(std::string_view in) {
  auto const end = in.find(line_end);
  if (end == std::string_view::npos) return {};
  if (end == 0) return broken();
  auto const text = in.substr(1, end - 1);
  auto const head = end + line_end.size();
  if (in.front() == '+') return {Reply{ReplyKind::Text, text, 0, head}};
  if (in.front() == '-') return {Reply{ReplyKind::Error, text, 0, head}};
  auto const number = number_of(text);
  if (!number) return broken();
  if (in.front() == ':') return {Reply{ReplyKind::Number, {}, *number, head}};
  if (in.front() == '$') return bulk(in, head, *number);
  if (in.front() == '*') return array(in, head, *number);
  return broken();
}

}  // namespace bench::peers
