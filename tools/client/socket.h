// One WebSocket connection to /api/v1/live, without memory: when it is lost, it is lost (participant.h brings it back).
//
// Thread:  the reactor's. The listener outlives the socket and is not called after the socket is gone.
// Failure: on_closed, once, with the close code (0 where the connection just broke) and words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tools/client/address.h"
#include "tools/client/reactor.h"

namespace ebb_client {

class Socket {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void on_open() = 0;
    virtual void on_message(std::string_view text, Steady::time_point read_at) = 0;
    virtual void on_closed(std::uint16_t code, std::string why) = 0;
  };

  // `token`: of a sign-in as program; empty watches what is public.
  Socket(Reactor& reactor, Address address, std::string token, Listener& listener);
  ~Socket();
  Socket(Socket const&) = delete;
  Socket& operator=(Socket const&) = delete;

  void open();
  void send(std::string text);  // queued; lost with the connection
  void close();                 // politely; on_closed follows
  void drop();                  // as a lost connection: without a goodbye; on_closed follows at once
  // As a client that is busy with something else: what comes waits in the kernel, whose room it makes small.
  void stop_reading();
  void go_on_reading();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace ebb_client
