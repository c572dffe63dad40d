// The names of Asio as this room uses them: concrete executors, so that nothing is erased on the path of a bid.
//
// One connection is one strand; a plain socket, because the timers of beast::tcp_stream and those of a WebSocket must
// not meet on one connection. Deadlines are ours.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace gateway::net {

namespace asio = boost::asio;
using Executor = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
// For deadlines of connections and for measuring, never for judging: that is engine::Clock's.
using Steady = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
// Errors are values: a peer that goes away is no exception.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> tuple{};

}  // namespace gateway::net
