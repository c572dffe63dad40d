// The door as a whole: one port, the threads behind it, and its end in stages.
//
// main builds a Server, gives its strand to the hub, opens it while the journal is still being replayed (alive, not
// ready), tells it to serve, and at the end takes it down step by step, so that nothing acknowledged is lost:
//
//   refuse_commands()   no new connections, no new commands; main closes the inbox and joins the engine
//   close_sessions()    everybody is told to reconnect (3001), after what is still queued for them
//   stop()              what has not gone by then is cut; joins
//
// Thread: main's.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "engine/ports.h"
#include "gateway/hub.h"
#include "gateway/lobby.h"

namespace gateway {

class Router;

class Server {
 public:
  explicit Server(Options options);
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  // For the hub: work on a strand of its own on the io threads. May be called before open(), and after stop() in vain.
  Hub::Later strand();

  // Binds, starts the threads, answers /livez. The port that was chosen.
  engine::Result<std::uint16_t> open(Doors doors);
  void serve();  // ready: everything is answered from now on

  void take(Takes takes);  // any time, from any thread
  void refuse_commands();
  void close_sessions(std::chrono::milliseconds within);
  void stop();

  Router const& router() const;  // after open()
  std::size_t connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gateway
