// The accept loop.
#include "gateway/listener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Out of descriptors or memory: accepting again at once would only spin.
constexpr std::chrono::milliseconds breath{100};

}  // namespace

PortListener::PortListener(asio::io_context& context, Arrived arrived)
    : context_(context), arrived_(std::move(arrived)), acceptor_(asio::make_strand(context)) {}

engine::Result<std::uint16_t> PortListener::open(std::string const& address, std::uint16_t port) {
  error_code ec;
  auto const failed = [&](std::string_view step) {
    return std::unexpected(
        engine::Failure{address + ":" + std::to_string(port) + ": " + std::string(step) + ": " + ec.message()});
  };
  asio::ip::tcp::endpoint const at{asio::ip::make_address(address, ec), port};
  if (ec) return failed("not an address");
  if (acceptor_.open(at.protocol(), ec); ec) return failed("open");
  if (acceptor_.set_option(asio::socket_base::reuse_address(true), ec); ec) return failed("reuse");
  if (acceptor_.bind(at, ec); ec) return failed("bind");
  if (acceptor_.listen(asio::socket_base::max_listen_connections, ec); ec) return failed("listen");
  auto const chosen = acceptor_.local_endpoint(ec).port();
  if (ec) return failed("endpoint");
  asio::co_spawn(acceptor_.get_executor(), [self = shared_from_this()] { return self->accept_loop(); }, asio::detached);
  return chosen;
}

void PortListener::stop() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    error_code ec;
    self->acceptor_.close(ec);
  });
}

net::Task<void> PortListener::accept_loop() {
  net::Timer pause(acceptor_.get_executor());
  while (acceptor_.is_open()) {
    net::Socket socket(asio::make_strand(context_));
    auto const [ec] = co_await acceptor_.async_accept(socket, net::tuple);
    if (ec == asio::error::operation_aborted) co_return;
    if (ec) {
      pause.expires_after(breath);
      co_await pause.async_wait(net::tuple);
      continue;
    }
    error_code ignored;
    // A receipt is small and must not wait for more to come.
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (arrived_(std::move(socket)) == Taken::No) {
      pause.expires_after(breath);
      co_await pause.async_wait(net::tuple);
    }
  }
}

}  // namespace gateway
