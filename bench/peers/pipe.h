// A connected socket with what is to be sent and what was read and not yet understood.
//
// Small on purpose: on two cores whatever the client does is taken from the server it measures.
//
// Thread:  one. Failure: as engine::Result; a peer that does not take or give anything for `patience` is one.
// Memory:  two buffers that keep their size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports.h"

namespace bench::peers {

class Pipe {
 public:
  static engine::Result<Pipe> to_loopback(std::uint16_t port);
  static engine::Result<Pipe> to_path(std::string const& path);
  ~Pipe();
  Pipe(Pipe&& other) noexcept;
  Pipe& operator=(Pipe&&) = delete;

  int socket() const { return socket_; }
  std::string& out() { return out_; }
  engine::Result<void> send();              // all of out()
  engine::Result<void> receive();           // what is there
  engine::Result<void> wait_and_receive();  // waits until something is
  std::string_view in() const { return {in_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t bytes) { begin_ += bytes; }

 private:
  explicit Pipe(int socket);
  engine::Result<void> wait_for(short events);

  int socket_;
  std::string out_;
  std::vector<char> in_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace bench::peers
