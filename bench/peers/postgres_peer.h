// PostgreSQL as somebody would build an auction on it: a function a bid, one transaction each, durable when answered.
//
// Through libpq, one transaction a round trip, as its clients do: a second one on the same connection would only wait
// behind the first.
//
// Thread: one. Failure: as engine::Result, with what PostgreSQL said.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>

#include "bench/peers/peer.h"

namespace bench::peers {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;

class PostgresPeer final : public Peer {
 public:
  // `where`: as libpq has it; `schema`: text that makes tables and function.
  static engine::Result<std::unique_ptr<PostgresPeer>> connect(std::string where, std::string const& schema);

  std::string_view name() const override { return "PostgreSQL"; }
  engine::Result<Lots> open(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) override;
  engine::Result<std::unique_ptr<Line>> line(std::uint32_t client) override;
  engine::Result<std::unique_ptr<Listener>> listener(Lots lots) override;
  engine::Result<std::uint64_t> kept() override;

 private:
  PostgresPeer(std::string where, Connection connection)
      : where_(std::move(where)), connection_(std::move(connection)) {}

  std::string where_;
  Connection connection_;  // for everything but bids
  std::uint32_t lots_ = 0;
};

}  // namespace bench::peers
