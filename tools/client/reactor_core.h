// The Asio inside a Reactor: for socket.cpp and reactor.cpp only.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "tools/client/reactor.h"

namespace ebb_client {

struct Reactor::Core {
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
};

}  // namespace ebb_client
