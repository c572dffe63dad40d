// Redis 7 as somebody would build a fast auction on it: a script a bid, an append-only file flushed with every answer.
//
// Thread: one. Failure: as engine::Result, with what Redis said.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "bench/peers/peer.h"
#include "bench/peers/pipe.h"

namespace bench::peers {

class RedisPeer final : public Peer {
 public:
  // `socket`: path of its UNIX socket; `script`: text of the script.
  static engine::Result<std::unique_ptr<RedisPeer>> connect(std::string socket, std::string const& script);

  std::string_view name() const override { return "Redis"; }
  engine::Result<Lots> open(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) override;
  engine::Result<std::unique_ptr<Line>> line(std::uint32_t client) override;
  engine::Result<std::unique_ptr<Listener>> listener(Lots lots) override;
  engine::Result<std::uint64_t> kept() override;

 private:
  RedisPeer(std::string socket, Pipe pipe) : socket_(std::move(socket)), pipe_(std::move(pipe)) {}

  std::string socket_;
  Pipe pipe_;           // for everything but bids
  std::string digest_;  // of the script, as Redis calls it
  std::uint32_t lots_ = 0;
};

}  // namespace bench::peers
