// Accepts connections on one port, as long as there is room.
//
// Thread: open() by whoever builds the server; the rest on the listener's strand.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/ports.h"
#include "gateway/net.h"

namespace gateway {

class PortListener : public std::enable_shared_from_this<PortListener> {
 public:
  // Each accepted socket is on a strand of its own. `arrived` says whether it was taken; one that was not is closed.
  enum class Taken : std::uint8_t { Yes, No };
  using Arrived = std::function<Taken(net::Socket)>;
  PortListener(boost::asio::io_context& context, Arrived arrived);

  // Bound and listening when this returns: the port that was chosen.
  engine::Result<std::uint16_t> open(std::string const& address, std::uint16_t port);
  void stop();  // thread: any

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, net::Executor>;
  net::Task<void> accept_loop();

  boost::asio::io_context& context_;
  Arrived arrived_;
  Acceptor acceptor_;
};

}  // namespace gateway
