// One walk over simdjson's lazy reader that consumes every value. See json_reader.h.
//
// The reader is lazy: what is not read is not checked, two documents in a row are not noticed, and a look-up by name
// finds whichever duplicate comes next. So everything is visited once, in order, and the end is asked for.
#include "gateway/json_reader.h"

#include <simdjson.h>

#include <optional>
#include <string>

#include "engine/limits.h"

namespace gateway {
namespace {

using modules::Json;
using modules::Malformed;
namespace ondemand = simdjson::ondemand;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  auto const first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string_view digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  return text.substr(0, count);
}

class Walk {
 public:
  // Nothing: `fault` says why.
  std::optional<Json> value(ondemand::value value, std::size_t depth);
  std::optional<Json> text(std::string_view text);
  std::nullopt_t refuse(std::string_view detail);
  Malformed fault;

 private:
  std::optional<Json> object(ondemand::object object, std::size_t depth);
  std::optional<Json> array(ondemand::array array, std::size_t depth);
  std::optional<Json> scalar(ondemand::value value, ondemand::json_type type);

  // Goes one name or place deeper while it lives.
  class Step {
   public:
    Step(std::string& path, std::string_view name) : path_(path), size_(path.size()) {
      path_.push_back('/');
      for (char const c : name) {
        if (c == '~')
          path_ += "~0";
        else if (c == '/')
          path_ += "~1";
        else
          path_.push_back(c);
      }
    }
    ~Step() { path_.resize(size_); }
    Step(Step const&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };
  std::string path_;
};

constexpr std::string_view not_json = "不是合法的 JSON / not JSON";

std::nullopt_t Walk::refuse(std::string_view detail) {
  if (fault.faults.empty()) fault.faults.push_back({path_, std::string(detail)});
  return std::nullopt;
}

std::optional<Json> Walk::text(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return refuse("不接受 NUL 字符 / NUL is not accepted");
  return Json::text(text);
}

std::optional<Json> Walk::object(ondemand::object object, std::size_t depth) {
  Json::Object members;
  for (auto entry : object) {
    ondemand::field field;
    std::string_view name;
    if (std::move(entry).get(field) || field.unescaped_key().get(name)) return refuse(not_json);
    Step const step{path_, name};
    if (name.find('\0') != std::string_view::npos) return refuse("不接受 NUL 字符 / NUL is not accepted");
    for (auto const& [earlier, _] : members) {
      if (earlier == name) return refuse("重复的成员 / duplicate member");
    }
    std::string owned{name};  // the view dies with the next string read
    auto member = value(field.value(), depth + 1);
    if (!member) return std::nullopt;
    members.emplace_back(std::move(owned), *std::move(member));
  }
  return Json::object(std::move(members));
}

std::optional<Json> Walk::array(ondemand::array array, std::size_t depth) {
  Json::Array items;
  for (auto entry : array) {
    Step const step{path_, std::to_string(items.size())};
    ondemand::value item;
    if (std::move(entry).get(item)) return refuse(not_json);
    auto read = value(item, depth + 1);
    if (!read) return std::nullopt;
    items.push_back(*std::move(read));
  }
  return Json::array(std::move(items));
}

std::optional<Json> Walk::scalar(ondemand::value value, ondemand::json_type type) {
  switch (type) {
    case ondemand::json_type::string: {
      std::string_view content;
      if (value.get_string().get(content)) return refuse(not_json);
      return text(content);
    }
    case ondemand::json_type::number: {
      auto const token = trimmed(value.raw_json_token());
      if (!is_json_number(token)) return refuse(not_json);
      return Json::number(std::string(token));
    }
    case ondemand::json_type::boolean: {
      bool truth = false;
      if (value.get_bool().get(truth)) return refuse(not_json);
      return Json::yes_or_no(truth ? 1 : 0);
    }
    case ondemand::json_type::null:
      if (trimmed(value.raw_json_token()) != "null") return refuse(not_json);
      return Json{};
    case ondemand::json_type::object:
    case ondemand::json_type::array:
      break;
  }
  return refuse(not_json);
}

std::optional<Json> Walk::value(ondemand::value value, std::size_t depth) {
  if (depth > engine::limits::json_depth_max) return refuse("嵌套过深 / nested too deep");
  ondemand::json_type type{};
  if (value.type().get(type)) return refuse(not_json);
  if (type == ondemand::json_type::object) {
    ondemand::object members;
    if (value.get_object().get(members)) return refuse(not_json);
    return object(members, depth);
  }
  if (type == ondemand::json_type::array) {
    ondemand::array items;
    if (value.get_array().get(items)) return refuse(not_json);
    return array(items, depth);
  }
  return scalar(value, type);
}

// A document that is one scalar: the lazy reader cannot hand it on as a value, and would not see what follows it.
std::optional<Json> lone_scalar(std::string_view whole, ondemand::document& document, Walk& walk) {
  if (whole == "null") return Json{};
  if (whole == "true" || whole == "false") return Json::yes_or_no(whole == "true" ? 1 : 0);
  if (is_json_number(whole)) return Json::number(std::string(whole));
  std::string_view content;
  if (!whole.starts_with('"') || document.get_string().get(content)) return walk.refuse(not_json);
  return walk.text(content);
}

}  // namespace

bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  auto const whole = digits(text);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  text.remove_prefix(whole.size());
  if (text.starts_with('.')) {
    auto const fraction = digits(text.substr(1));
    if (fraction.empty()) return false;
    text.remove_prefix(1 + fraction.size());
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    auto const exponent = digits(text);
    if (exponent.empty()) return false;
    text.remove_prefix(exponent.size());
  }
  return text.empty();
}

std::expected<Json, Malformed> parse(std::string_view text) {
  Walk walk;
  if (text.size() > engine::limits::http_body_bytes_max) {
    walk.refuse("内容过大 / too large");
    return std::unexpected(std::move(walk.fault));
  }
  simdjson::padded_string const padded{text};
  ondemand::parser parser;
  ondemand::document document;
  if (parser.iterate(padded).get(document)) {
    walk.refuse(not_json);
    return std::unexpected(std::move(walk.fault));
  }
  std::optional<Json> read;
  auto const whole = trimmed(text);
  if (whole.starts_with('{') || whole.starts_with('[')) {
    ondemand::value root;
    if (document.get_value().get(root))
      walk.refuse(not_json);
    else
      read = walk.value(root, 1);
  } else {
    read = lone_scalar(whole, document, walk);
    if (read && !whole.starts_with('"')) return *std::move(read);  // all of it was compared
  }
  // Out of bounds is what "nothing is left" looks like.
  char const* rest = nullptr;
  if (read && document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS) {
    walk.refuse("多余的内容 / something follows the value");
  }
  if (!walk.fault.faults.empty()) return std::unexpected(std::move(walk.fault));
  return *std::move(read);
}

}  // namespace gateway
