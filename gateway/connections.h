// Every open connection, so that the server can count them and end them.
//
// A connection ends itself; this only knows it, weakly. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace gateway {

class Connection {
 public:
  virtual ~Connection() = default;
  // Ends soon, whatever it is doing. Thread: any.
  virtual void stop() = 0;
};

class Connections {
 public:
  void enter(std::uint64_t number, std::weak_ptr<Connection> connection);
  void leave(std::uint64_t number);
  void stop_all();
  std::size_t count() const;

 private:
  mutable std::mutex lock_;  // guards open_
  std::unordered_map<std::uint64_t, std::weak_ptr<Connection>> open_;
};

}  // namespace gateway
