// A WebSocket server of a test's own: says what it is told to say, remembers what it heard, hangs up on demand.
//
// Thread: one of its own; every public function may be called from the test's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class FakeServer {
 public:
  // What to answer to a message of the n-th connection (from 1); an empty text hangs up without a word. The message
  // "connect" stands for the connection itself.
  using Script = std::function<std::vector<std::string>(int connection, std::string const& message)>;
  explicit FakeServer(Script script);
  ~FakeServer();
  FakeServer(FakeServer const&) = delete;
  FakeServer& operator=(FakeServer const&) = delete;

  std::string address() const;  // 127.0.0.1:port
  std::vector<std::string> heard() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};
