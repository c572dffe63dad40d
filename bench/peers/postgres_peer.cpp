// Prepared once a connection, in text: what most drivers do.
#include "bench/peers/postgres_peer.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace bench::peers {
namespace {

using engine::Failure;
using engine::Result;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, ClearResult>;

std::unexpected<Failure> failed(PGconn* connection) {
  return std::unexpected(Failure{fmt::format("PostgreSQL: {}", PQerrorMessage(connection))});
}

Result<Connection> connect_to(std::string const& where) {
  Connection connection{PQconnectdb(where.c_str())};
  if (PQstatus(connection.get()) != CONNECTION_OK) return failed(connection.get());
  PQsetNoticeProcessor(connection.get(), [](void*, char const*) {}, nullptr);
  return connection;
}

Result<Rows> run(Connection const& connection, std::string const& statement) {
  Rows rows{PQexec(connection.get(), statement.c_str())};
  auto const status = PQresultStatus(rows.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failed(connection.get());
  return rows;
}

class PostgresLine final : public Line {
 public:
  PostgresLine(Connection connection, std::uint32_t client)
      : connection_(std::move(connection)), bidder_(std::to_string(client)) {}
  int socket() const override { return PQsocket(connection_.get()); }
  void bid(Bid const& bid) override {
    lot_ = std::to_string(bid.lot);
    price_ = std::to_string(bid.fen);
    is_due_ = true;
  }
  Result<void> send() override {
    if (!std::exchange(is_due_, false)) return {};
    std::array<char const*, 3> const values{lot_.c_str(), bidder_.c_str(), price_.c_str()};
    if (PQsendQueryPrepared(connection_.get(), "bid", 3, values.data(), nullptr, nullptr, 0) != 1 ||
        PQflush(connection_.get()) != 0)
      return failed(connection_.get());
    return {};
  }
  Result<void> receive(std::vector<Outcome>& answers) override {
    if (PQconsumeInput(connection_.get()) != 1) return failed(connection_.get());
    while (PQisBusy(connection_.get()) == 0) {
      Rows const rows{PQgetResult(connection_.get())};
      if (rows == nullptr) return {};
      if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK) return failed(connection_.get());
      answers.push_back(PQgetisnull(rows.get(), 0, 0) == 0 ? Outcome::Accepted : Outcome::Refused);
    }
    return {};
  }

 private:
  Connection connection_;
  std::string bidder_, lot_, price_;
  bool is_due_ = false;
};

class PostgresListener final : public Listener {
 public:
  explicit PostgresListener(Connection connection) : connection_(std::move(connection)) {}
  int socket() const override { return PQsocket(connection_.get()); }
  Result<std::uint64_t> receive() override {
    if (PQconsumeInput(connection_.get()) != 1) return failed(connection_.get());
    std::uint64_t heard = 0;
    while (auto* const message = PQnotifies(connection_.get())) {
      PQfreemem(message);
      ++heard;
    }
    return heard;
  }

 private:
  Connection connection_;
};

}  // namespace

Result<std::unique_ptr<PostgresPeer>> PostgresPeer::connect(std::string where, std::string const& schema) {
  auto connection = connect_to(where);
  if (!connection) return std::unexpected(connection.error());
  if (auto const made = run(*connection, schema); !made) return std::unexpected(made.error());
  return std::unique_ptr<PostgresPeer>{new PostgresPeer{std::move(where), std::move(*connection)}};
}

Result<Lots> PostgresPeer::open(std::uint32_t count, std::uint32_t, std::uint32_t) {
  Lots const lots{lots_, count};
  lots_ += count;
  auto const made =
      run(connection_, fmt::format("insert into lot (id, ceiling) select n, {} from generate_series({}, {}) n",
                                   ceiling_fen, lots.first, lots_ - 1));
  if (!made) return std::unexpected(made.error());
  return lots;
}

Result<std::unique_ptr<Line>> PostgresPeer::line(std::uint32_t client) {
  auto connection = connect_to(where_);
  if (!connection) return std::unexpected(connection.error());
  if (auto const ready = run(*connection, "prepare bid (integer, integer, bigint) as select place_bid($1, $2, $3)");
      !ready)
    return std::unexpected(ready.error());
  PQsetnonblocking(connection->get(), 1);
  return std::make_unique<PostgresLine>(std::move(*connection), client);
}

Result<std::unique_ptr<Listener>> PostgresPeer::listener(Lots) {
  auto connection = connect_to(where_);
  if (!connection) return std::unexpected(connection.error());
  if (auto const ready = run(*connection, "listen bids"); !ready) return std::unexpected(ready.error());
  PQsetnonblocking(connection->get(), 1);
  return std::make_unique<PostgresListener>(std::move(*connection));
}

Result<std::uint64_t> PostgresPeer::kept() {
  auto const count = run(connection_, "select count(*) from bid");
  if (!count) return std::unexpected(count.error());
  return std::strtoull(PQgetvalue(count->get(), 0, 0), nullptr, 10);
}

}  // namespace bench::peers
