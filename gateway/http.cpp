// HTTP/1.1 on Beast's parser, which at this version lets a sender be ambiguous: what it is lax about is checked here.
//
// Every request is one header within a deadline and a bound, one body of a stated length within a deadline and a bound,
// one answer. A transfer coding is not taken at all (411): with none there is nothing to smuggle with. After anything
// that leaves the framing in doubt the connection closes.
#include "gateway/http.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/http/span_body.hpp>
#include <cctype>
#include <string_view>
#include <utility>

#include "gateway/deadline.h"
#include "gateway/echo.h"
#include "gateway/problem.h"
#include "gateway/refusals.h"
#include "gateway/session.h"
#include "gateway/upgrade.h"

namespace gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using engine::limits::http_body_bytes_max;
using engine::limits::http_header_bytes_max;

constexpr std::size_t buffer_bytes_max = http_header_bytes_max + (16 << 10);
constexpr std::chrono::milliseconds linger_for{1'000};
constexpr std::size_t linger_bytes_max = 2 * http_body_bytes_max;

// What every answer says unless it says otherwise itself.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> by_default{{
    {"Server", "ebb"},
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
}};

using Parser = http::request_parser<http::string_body>;
using NativeRequest = http::request<http::string_body>;
using Borrowed = http::span_body<char const>;

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

HttpAnswer malformed(std::string detail) {
  return {400, std::string(problem_type), problem(modules::Malformed{{{"", std::move(detail)}}}), {}};
}

// What Beast 1.81 accepts and nobody should: the first thing that leaves the end of this request in doubt.
std::optional<HttpAnswer> doubt(NativeRequest const& request) {
  auto const lengths = request.count(http::field::content_length);
  auto const codings = request.count(http::field::transfer_encoding);
  if (request.version() != 11 && request.version() != 10) return malformed("HTTP/1.1 is spoken here");
  if (codings > 0 && (lengths > 0 || request.version() == 10)) return malformed("Transfer-Encoding is ambiguous here");
  if (lengths > 1) return malformed("more than one Content-Length");
  if (codings > 0) return refuse(refusals::length_required);
  if (request.count(http::field::host) > 1) return malformed("more than one Host");
  if (request.version() == 11 && request.count(http::field::host) == 0) return malformed("Host is missing");
  if (request.count(http::field::authorization) > 1 || request.count(http::field::origin) > 1 ||
      request.count(http::field::cookie) > 1) {
    return malformed("a header that may come once came twice");
  }
  return std::nullopt;
}

bool wants_websocket(NativeRequest const& request) {
  return request.method() == http::verb::get && equal_without_case(request[http::field::upgrade], "websocket");
}

HttpRequest plain(NativeRequest&& request, std::string address) {
  HttpRequest out{std::string(request.method_string()),
                  std::string(request.target()),
                  {},
                  std::move(request.body()),
                  std::move(address)};
  for (auto const& field : request) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  return out;
}

std::optional<HttpAnswer> answer_to(beast::error_code ec) {
  if (ec == http::error::header_limit || ec == http::error::body_limit || ec == http::error::buffer_overflow) {
    return refuse(refusals::too_large);
  }
  if (ec == http::error::end_of_stream || ec == http::error::partial_message)
    return std::nullopt;  // the peer went away
  if (ec.category() == http::make_error_code(http::error::bad_method).category()) return malformed(ec.message());
  return std::nullopt;
}

class HttpConnection final : public Connection, public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(Lobby& lobby, Api& api, Connections& connections, net::Socket socket)
      : lobby_(lobby),
        api_(api),
        connections_(connections),
        number_(lobby.next_number()),
        socket_(std::move(socket)),
        deadline_(socket_.get_executor(), [this] { close(); }),
        answered_(socket_.get_executor()) {}

  void start() {
    connections_.enter(number_, weak_from_this());
    lobby_.figures.connections.add(1);
    beast::error_code ec;
    auto const peer = socket_.remote_endpoint(ec);
    if (!ec) address_ = peer.address().to_string();
    asio::co_spawn(socket_.get_executor(), [self = shared_from_this()] { return self->serve(); }, asio::detached);
  }

  void stop() override {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
      self->stopping_ = true;
      if (!self->busy_) self->close();
    });
  }

 private:
  enum class Next : std::uint8_t { Again, Linger, End };

  net::Task<void> serve() {
    auto next = Next::Again;
    while (next == Next::Again) next = co_await one_request();
    if (next == Next::Linger) co_await linger();
    deadline_.disarm();
    close();
    lobby_.figures.connections.add(-1);
    connections_.leave(number_);
  }

  net::Task<Next> one_request() {
    busy_ = false;
    if (stopping_) co_return Next::End;
    if (buffer_.size() == 0) {
      arm(lobby_.options.idle_for);
      auto const [idle] = co_await socket_.async_wait(net::Socket::wait_read, net::tuple);
      if (idle) co_return Next::End;
    }
    Parser parser;
    parser.header_limit(http_header_bytes_max);
    parser.body_limit(http_body_bytes_max);
    arm(lobby_.options.header_within);
    auto const [header_ec, header_bytes] = co_await http::async_read_header(socket_, buffer_, parser, net::tuple);
    if (header_ec) co_return co_await fail(header_ec);
    busy_ = true;
    if (auto answer = doubt(parser.get())) co_return co_await last_words(std::move(*answer));

    if (wants_websocket(parser.get())) co_return co_await upgrade(parser);

    if (equal_without_case(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on{http::status::continue_, 11};
      auto const [ec, bytes] = co_await http::async_write(socket_, go_on, net::tuple);
      if (ec) co_return Next::End;
    }
    arm(lobby_.options.body_within);
    auto const [body_ec, body_bytes] = co_await http::async_read(socket_, buffer_, parser, net::tuple);
    if (body_ec) co_return co_await fail(body_ec);
    deadline_.disarm();

    auto const version = parser.get().version();
    auto const head = parser.get().method() == http::verb::head ? Body::Left : Body::Sent;
    auto const keep = parser.get().keep_alive();
    auto answer = co_await ask(plain(parser.release(), address_));
    if (!answer) co_return co_await last_words(refuse(refusals::outcome_unknown));
    bool const stay = keep && !stopping_ && lobby_.stage != Stage::Draining;
    if (!co_await write(*answer, version, head, stay ? After::Stay : After::Close)) co_return Next::End;
    co_return stay ? Next::Again : Next::Linger;
  }

  // Nothing: no answer in time.
  net::Task<std::optional<HttpAnswer>> ask(HttpRequest request) {
    auto const pending = std::make_shared<std::optional<HttpAnswer>>();
    answered_.expires_after(lobby_.options.answer_within);
    api_.answer(std::move(request), [weak = weak_from_this(), pending](HttpAnswer answer) {
      auto const self = weak.lock();
      if (!self) return;
      asio::post(self->socket_.get_executor(), [self, pending, answer = std::move(answer)]() mutable {
        *pending = std::move(answer);
        self->answered_.cancel();
      });
    });
    co_await answered_.async_wait(net::tuple);
    co_return std::move(*pending);
  }

  net::Task<Next> upgrade(Parser& parser) {
    deadline_.disarm();
    auto admitted = api_.admit(plain(NativeRequest(parser.get()), address_));
    if (!admitted) co_return co_await last_words(std::move(admitted.error()));
    // A client that speaks before it was let in would have its first frames lost.
    if (buffer_.size() > 0)
      co_return co_await last_words(malformed("nothing may follow the upgrade before its answer"));
    Upgrade upgraded{std::move(socket_), parser.release(), std::move(admitted->identity)};
    if (admitted->route == Own::Echo) {
      serve_echo(lobby_, connections_, std::move(upgraded));
    } else {
      serve_session(lobby_, connections_, std::move(upgraded));
    }
    co_return Next::End;
  }

  // A page on a slow line takes longer than a problem: what counts is that it moves.
  std::chrono::milliseconds time_to_write(std::size_t bytes) const {
    return lobby_.options.write_within +
           std::chrono::milliseconds(1'000 * bytes / lobby_.options.slowest_reader_bytes_a_second);
  }

  enum class Body : std::uint8_t { Sent, Left /* HEAD */ };
  enum class After : std::uint8_t { Stay, Close };
  net::Task<bool> write(HttpAnswer const& answer, unsigned version, Body body, After after) {
    http::response<Borrowed> response{static_cast<http::status>(answer.status), version};
    for (auto const& [name, value] : answer.headers) response.insert(name, value);
    for (auto const& [name, value] : by_default) {
      if (response.count(name) == 0) response.insert(name, value);
    }
    if (!answer.type.empty()) response.set(http::field::content_type, answer.type);
    response.keep_alive(after == After::Stay);
    auto const bytes = answer.bytes();
    if (answer.status != 204 && answer.status != 304) response.content_length(bytes.size());
    if (body == Body::Sent) response.body() = {bytes.data(), bytes.size()};
    arm(time_to_write(bytes.size()));
    http::response_serializer<Borrowed> serializer{response};
    auto const [ec, written] = co_await (http::async_write(socket_, serializer, net::tuple));
    deadline_.disarm();
    co_return !ec;
  }

  // The answer after which the connection cannot go on.
  net::Task<Next> last_words(HttpAnswer answer) {
    constexpr unsigned version = 11;
    lobby_.figures.http_refused.add();
    bool const written = co_await write(answer, version, Body::Sent, After::Close);
    co_return written ? Next::Linger : Next::End;
  }

  net::Task<Next> fail(beast::error_code ec) {
    auto answer = answer_to(ec);
    if (!answer) co_return Next::End;
    co_return co_await last_words(std::move(*answer));
  }

  // What the peer is still sending is read and thrown away for a moment: closing on unread bytes would reset the
  // connection and take the answer with it.
  net::Task<void> linger() {
    beast::error_code ec;
    socket_.shutdown(net::Socket::shutdown_send, ec);
    arm(linger_for);
    std::array<char, 4'096> waste;
    for (std::size_t read = 0; !ec && read < linger_bytes_max;) {
      auto const [read_ec, bytes] = co_await socket_.async_read_some(asio::buffer(waste), net::tuple);
      ec = read_ec;
      read += bytes;
    }
  }

  void arm(std::chrono::milliseconds within) { deadline_.arm(weak_from_this(), within); }
  void close() {
    beast::error_code ec;
    socket_.close(ec);
  }

  Lobby& lobby_;
  Api& api_;
  Connections& connections_;
  std::uint64_t const number_;
  net::Socket socket_;
  beast::flat_buffer buffer_{buffer_bytes_max};
  Deadline deadline_;
  net::Timer answered_;
  std::string address_;
  bool busy_ = false;      // between a request's header and its answer
  bool stopping_ = false;  // the next answer is the last
};

}  // namespace

void serve_http(Lobby& lobby, Api& api, Connections& connections, net::Socket socket) {
  std::make_shared<HttpConnection>(lobby, api, connections, std::move(socket))->start();
}

}  // namespace gateway
