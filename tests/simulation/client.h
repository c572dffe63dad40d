// A client of the simulated day: it hears at its own pace, and when it has had too much it goes and comes back by
// position, as a real session does (gateway/session).
//
// Thread: one. Failure: a gap or a repeat in a stream is a failed test.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/client.h"
#include "gateway/hub.h"
#include "modules/json.h"

namespace simulation {

// What a person behind a client keeps when a connection is lost.
struct Memory {
  struct Stream {
    std::string epoch;
    std::uint64_t offset = 0;
    std::map<std::string, std::string> picture;  // member -> JSON text; grown lists are joined
  };
  std::map<std::string, Stream> streams;

  void take(modules::Json const& message, std::string_view type);
  std::vector<gateway::Position> positions() const;
};

class Client final : public gateway::Client {
 public:
  using Heard = std::function<void(Client&, std::string const& text, modules::Json const& message)>;
  Client(std::uint64_t number, std::optional<modules::Actor> actor, std::size_t backlog_max, Memory memory,
         Heard heard);

  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return actor_; }
  void deliver(gateway::Message message) override;
  void close(gateway::CloseCode code) override { closed_ = code; }

  void read(std::size_t messages);  // at most
  bool is_overwhelmed() const { return overwhelmed_; }
  std::optional<gateway::CloseCode> closed() const { return closed_; }
  Memory& memory() { return memory_; }
  bool has_read_all() const { return backlog_.empty(); }

 private:
  std::uint64_t number_;
  std::optional<modules::Actor> actor_;
  std::size_t backlog_max_;
  Memory memory_;
  Heard heard_;
  std::deque<gateway::Message> backlog_;
  bool overwhelmed_ = false;
  std::optional<gateway::CloseCode> closed_;
};

}  // namespace simulation
