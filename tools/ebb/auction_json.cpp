// A handler for Boost.JSON's own parser, which checks grammar, UTF-8 and depth and leaves it to us what is kept.
#include "tools/ebb/auction_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine/limits.h"

namespace ebb::auction {
namespace {

using boost::json::error_code;
using boost::json::string_view;
using modules::Json;

// What the parser calls. Open objects and arrays are kept as a path; a value that ends is moved into the one around it.
class Builder {
 public:
  static constexpr std::size_t max_object_size = members_an_object_max;
  static constexpr std::size_t max_array_size = values_max;
  static constexpr std::size_t max_key_size = 4'096;
  static constexpr std::size_t max_string_size = file_bytes_max;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) { return open(Json::object(), ec); }
  bool on_array_begin(error_code& ec) { return open(Json::array(), ec); }
  bool on_object_end(std::size_t, error_code& ec) { return close(ec); }
  bool on_array_end(std::size_t, error_code& ec) { return close(ec); }
  bool on_key_part(string_view part, std::size_t, error_code&) { return keep(part); }
  bool on_key(string_view part, std::size_t, error_code& ec) {
    keep(part);
    auto& frame = open_.back();
    frame.name = std::exchange(text_, {});
    if (frame.value.find(frame.name) == nullptr) return true;
    return stop(problems::duplicate_member, ec);
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return keep(part); }
  bool on_string(string_view part, std::size_t, error_code& ec) {
    keep(part);
    return put(Json::text(std::exchange(text_, {})), ec);
  }
  bool on_number_part(string_view part, error_code&) { return keep(part); }
  bool on_int64(std::int64_t, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_uint64(std::uint64_t, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_double(double, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_bool(bool truth, error_code& ec) { return put(Json::yes_or_no(truth ? 1 : 0), ec); }
  bool on_null(error_code& ec) { return put(Json{}, ec); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  std::optional<Json> read;
  ProblemKind const* wrong = nullptr;  // what the parser itself does not ask for
  std::string pointer() const {
    std::string path;
    for (auto const& frame : open_) {
      path += '/' + (frame.value.as_array() != nullptr ? std::to_string(frame.value.as_array()->size())
                                                       : pointer_part(frame.name));
    }
    return path;
  }

 private:
  struct Frame {
    Json value;
    std::string name;  // of the member under way
  };

  bool keep(string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_number(string_view part, error_code& ec) {
    keep(part);
    return put(Json::number(std::exchange(text_, {})), ec);
  }
  bool open(Json value, error_code& ec) {
    if (!count(ec)) return false;
    open_.push_back({std::move(value), {}});
    return true;
  }
  bool close(error_code& ec) {
    auto value = std::move(open_.back().value);
    open_.pop_back();
    return place(std::move(value), ec);
  }
  bool put(Json value, error_code& ec) { return count(ec) && place(std::move(value), ec); }
  bool place(Json value, error_code&) {
    if (open_.empty()) {
      read = std::move(value);
    } else if (auto& frame = open_.back(); frame.value.as_array() != nullptr) {
      frame.value.push(std::move(value));
    } else {
      frame.value.add(frame.name, std::move(value));
    }
    return true;
  }
  bool count(error_code& ec) { return ++values_ <= values_max || stop(problems::too_many, ec); }
  bool stop(ProblemKind const& kind, error_code& ec) {
    wrong = &kind;
    ec = boost::json::error::extra_data;  // any will do: it only ends the parse
    return false;
  }

  std::vector<Frame> open_;
  std::string text_;
  std::size_t values_ = 0;
};

std::string place_of(std::string_view text, std::size_t at) {
  auto const before = text.substr(0, at);
  auto const line = 1 + std::ranges::count(before, '\n');
  auto const start = before.rfind('\n');
  auto const column = start == std::string_view::npos ? at + 1 : at - start;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

std::string pointer_part(std::string_view name) {
  std::string part;
  for (char const c : name) {
    if (c == '~')
      part += "~0";
    else if (c == '/')
      part += "~1";
    else
      part.push_back(c);
  }
  return part;
}

std::optional<Json> read_json(std::string_view text, Problems& problems) {
  if (text.size() > file_bytes_max) {
    problems.add("", problems::too_large, std::to_string(text.size()), std::to_string(file_bytes_max));
    return std::nullopt;
  }
  boost::json::parse_options options;
  options.max_depth = engine::limits::json_depth_max;
  boost::json::basic_parser<Builder> parser{options};
  error_code ec;
  auto used = parser.write_some(false, text.data(), text.size(), ec);
  auto& builder = parser.handler();
  if (!ec && used < text.size()) ec = boost::json::error::extra_data;
  if (!ec && builder.read) return std::move(builder.read);
  if (builder.wrong != nullptr) {
    auto const limit = builder.wrong == &problems::too_many ? std::to_string(values_max) : std::string{};
    problems.add(builder.pointer(), *builder.wrong, {}, limit);
  } else if (ec == boost::json::error::object_too_large) {
    problems.add(builder.pointer(), problems::too_many, {}, std::to_string(members_an_object_max));
  } else {
    problems.add("", problems::not_json, place_of(text, std::min(used, text.size())));
  }
  return std::nullopt;
}

}  // namespace ebb::auction
