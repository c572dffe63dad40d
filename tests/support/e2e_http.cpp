// See the header. Reads Content-Length and chunked bodies; anything else ends with the connection.
#include "tests/support/e2e_http.h"

#include <strings.h>

#include <boost/json/parse.hpp>
#include <charconv>

namespace support {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  auto const end = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (end.ec != std::errc{}) throw Broken("http: not a length: " + std::string{text});
  return value;
}

class Reading {
 public:
  Reading(Wire& wire, Patience patience) : wire_(wire), deadline_(patience) {}

  HttpAnswer answer(std::string_view method) {
    HttpAnswer answer;
    while (!take_head(wire_.buffer(), answer)) more("the head of an answer");
    if (method == "HEAD" || answer.status == 204 || answer.status == 304) return answer;
    if (same_name(answer.header("Transfer-Encoding"), "chunked")) {
      answer.body = chunks();
    } else if (auto const length = answer.header("Content-Length"); !length.empty()) {
      answer.body = take(number(length, 10));
    }
    return answer;
  }

 private:
  void more(std::string_view what) {
    switch (wire_.receive(deadline_)) {
      case Wire::Got::Bytes:
        return;
      case Wire::Got::End:
        throw Broken("http: the connection ended before " + std::string{what});
      case Wire::Got::Nothing:
        throw Broken("http: no time left before " + std::string{what});
    }
  }
  std::string take(std::size_t size) {
    while (wire_.buffer().size() < size) more("the whole body");
    auto body = wire_.buffer().substr(0, size);
    wire_.buffer().erase(0, size);
    return body;
  }
  std::string line() {
    for (;;) {
      auto const end = wire_.buffer().find("\r\n");
      if (end != std::string::npos) {
        auto text = wire_.buffer().substr(0, end);
        wire_.buffer().erase(0, end + 2);
        return text;
      }
      more("a chunk");
    }
  }
  std::string chunks() {
    std::string body;
    while (auto const size = number(line(), 16)) {
      body += take(size);
      line();
    }
    line();
    return body;
  }

  Wire& wire_;
  Deadline deadline_;
};

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
  for (auto const& [given, value] : headers) {
    if (same_name(given, name)) return value;
  }
  return {};
}

std::size_t HttpAnswer::count(std::string_view name) const {
  std::size_t found = 0;
  for (auto const& [given, value] : headers) found += same_name(given, name) ? 1U : 0U;
  return found;
}

boost::json::value HttpAnswer::json() const {
  boost::system::error_code wrong;
  auto value = boost::json::parse(body, wrong);
  if (wrong) throw Broken("http: the body of status " + std::to_string(status) + " is not JSON: " + body);
  return value;
}

std::string HttpAnswer::code() const {
  if (!header("Content-Type").starts_with("application/problem+json")) return {};
  auto const problem = json();
  auto const* code = problem.is_object() ? problem.as_object().if_contains("code") : nullptr;
  return code != nullptr && code->is_string() ? std::string{code->as_string()} : std::string{};
}

bool take_head(std::string& buffer, HttpAnswer& answer) {
  auto const end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  std::string_view head{buffer.data(), end};
  if (!head.starts_with("HTTP/1.") || head.size() < 12) throw Broken("http: not an answer: " + std::string{head});
  answer.status = static_cast<int>(number(head.substr(9, 3), 10));
  answer.headers.clear();
  for (auto at = head.find("\r\n"); at != std::string_view::npos;) {
    auto const next = head.find("\r\n", at + 2);
    auto const line = head.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) throw Broken("http: not a header: " + std::string{line});
    answer.headers.emplace_back(std::string{line.substr(0, colon)}, std::string{trimmed(line.substr(colon + 1))});
    at = next;
  }
  buffer.erase(0, end + 4);
  return true;
}

HttpAnswer Http::send(std::string_view method, std::string_view target, HttpHeaders const& headers,
                      std::string_view body) {
  std::string request = std::string{method} + " " + std::string{target} +
                        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
  for (auto const& [name, value] : headers) request += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST" || method == "PUT") {
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  request += "\r\n";
  request += body;
  // A kept connection may have been closed by the server in between: that is found out before anything is sent.
  if (wire_ && wire_->receive(Deadline{Patience{0}}) != Wire::Got::Nothing) wire_.reset();
  if (!wire_) wire_ = std::make_unique<Wire>(port_, tape_);
  wire_->send(request);  // what refuses early may close while we still write: the answer tells
  try {
    auto answer = Reading{*wire_, long_enough}.answer(method);
    if (same_name(answer.header("Connection"), "close")) wire_.reset();
    return answer;
  } catch (Broken const&) {
    wire_.reset();
    throw;
  }
}

HttpAnswer Http::send_raw(std::string_view bytes, Patience patience) {
  Wire wire{port_, tape_};
  wire.send(bytes, patience);
  return Reading{wire, patience}.answer("GET");
}

}  // namespace support
