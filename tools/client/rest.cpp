// Beast's HTTP with asynchronous steps run to their end: a blocking socket has no time limit in Asio.
#include "tools/client/rest.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <optional>
#include <random>

#include "tools/client/message.h"

namespace ebb_client {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

struct Rest::State {
  State(Address where, std::chrono::milliseconds limit) : address(std::move(where)), patience(limit) {}

  Address address;
  std::chrono::milliseconds patience;
  std::string token;
  asio::io_context io{1};
  std::optional<tcp::socket> socket;
  beast::flat_buffer incoming;

  // Runs what was started until it has ended or patience has.
  Error finish(std::optional<Error>& ended) {
    io.restart();
    auto const until = std::chrono::steady_clock::now() + patience;
    while (!ended) {
      if (io.run_one_until(until) == 0) {
        drop();
        io.restart();
        io.poll();
        return asio::error::timed_out;
      }
    }
    return *ended;
  }

  void drop() {
    Error ignored;
    if (socket) socket->close(ignored);
    incoming.clear();
  }

  Error connect() {
    if (socket && socket->is_open()) return {};
    socket.emplace(io);
    incoming.clear();
    Error wrong;
    auto const host = asio::ip::make_address(address.host(), wrong);
    if (wrong) return wrong;
    std::optional<Error> ended;
    socket->async_connect({host, address.port()}, [&ended](Error error) { ended = error; });
    auto const error = finish(ended);
    if (!error) socket->set_option(tcp::no_delay{true}, wrong);
    if (error) drop();
    return error;
  }

  Error exchange(http::request<http::string_body>& request, http::response<http::string_body>& response) {
    std::optional<Error> written;
    http::async_write(*socket, request, [&written](Error error, std::size_t) { written = error; });
    if (auto const error = finish(written)) return error;
    http::response_parser<http::string_body> parser;
    parser.body_limit(64 << 20);
    std::optional<Error> read;
    http::async_read(*socket, incoming, parser, [&read](Error error, std::size_t) { read = error; });
    if (auto const error = finish(read)) return error;
    response = parser.release();
    if (!response.keep_alive()) drop();
    return {};
  }
};

Rest::Rest(Address server, std::chrono::milliseconds patience)
    : state_(std::make_unique<State>(std::move(server), patience)) {}
Rest::~Rest() = default;
Rest::Rest(Rest&&) noexcept = default;
Rest& Rest::operator=(Rest&&) noexcept = default;

std::string const& Rest::token() const {
  return state_->token;
}
void Rest::set_token(std::string token) {
  state_->token = std::move(token);
}

engine::Result<Answer> Rest::sign_in(std::string_view login, std::string_view password) {
  state_->token.clear();
  auto answer =
      send("POST", "/api/v1/sign-in",
           fmt::format(R"({{"login":{},"password":{},"as":"program"}})", json_text(login), json_text(password)), {});
  if (!answer || !answer->is_success()) return answer;
  simdjson::dom::parser parser;
  std::string_view token;
  if (parser.parse(answer->body)["token"].get(token) != simdjson::SUCCESS)
    return std::unexpected(engine::Failure{"sign-in: the answer has no token"});
  state_->token = std::string{token};
  return answer;
}

engine::Result<Answer> Rest::post(std::string_view target, std::string_view body, Headers headers) {
  headers.emplace_back("Idempotency-Key", fresh_key());
  return send("POST", target, body, headers);
}

engine::Result<Answer> Rest::send(std::string_view method, std::string_view target, std::string_view body,
                                  Headers const& headers) {
  http::request<http::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target({target.data(), target.size()});
  request.version(11);
  request.set(http::field::host, state_->address.text());
  request.set(http::field::user_agent, "ebb-client");
  if (!state_->token.empty()) request.set(http::field::authorization, "Bearer " + state_->token);
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  for (auto const& [name, value] : headers) request.set(name, value);
  request.body() = body;
  request.prepare_payload();

  http::response<http::string_body> response;
  // A kept connection may have been closed by the server meanwhile: one new one, never more. What makes something
  // carries its Idempotency-Key, so that sending it again is safe.
  bool const was_kept = state_->socket && state_->socket->is_open();
  auto error = state_->connect();
  if (!error) error = state_->exchange(request, response);
  if (error && error != asio::error::timed_out && was_kept) {
    state_->drop();
    error = state_->connect();
    if (!error) error = state_->exchange(request, response);
  }
  if (error) {
    state_->drop();
    return std::unexpected(engine::Failure{fmt::format("{} {}: {}", method, target, error.message())});
  }
  Answer answer{response.result_int() > 999 ? 0 : static_cast<int>(response.result_int()), response.body(), {}, 0, {}};
  for (auto const& field : response) {
    answer.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
    if (field.name() == http::field::etag) answer.etag = std::string{field.value()};
    if (beast::iequals(field.name_string(), "Ebb-Seq"))
      std::from_chars(field.value().data(), field.value().data() + field.value().size(), answer.seq);
  }
  return answer;
}

std::string fresh_key() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace ebb_client
