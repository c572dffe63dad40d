// Ebb through its whole path: bids over WebSocket, receipts back, every lot with its rules, its attempts and its
// streams.
//
// A client is a supplier with an account of its own and one socket. The client's own framing (frames.h) instead of
// Beast's: on two cores what the client spares is the server's.
//
// Thread: one. Failure: as engine::Result, with the request and the answer; a bid that is not judged (busy, malformed)
// is one, because then the run measured something else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/peers/peer.h"
#include "tools/client/rest.h"

namespace bench::peers {

struct Administrator {
  std::string login;
  std::string password;
};

class EbbPeer final : public Peer {
 public:
  // Makes a buyer and `suppliers` accounts, and signs all in.
  static engine::Result<std::unique_ptr<EbbPeer>> connect(ebb_client::Address server,
                                                          Administrator const& administrator, std::uint32_t suppliers);

  std::string_view name() const override { return "Ebb"; }
  engine::Result<Lots> open(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) override;
  engine::Result<std::unique_ptr<Line>> line(std::uint32_t client) override;
  engine::Result<std::unique_ptr<Listener>> listener(Lots lots) override;
  engine::Result<std::uint64_t> kept() override;

 private:
  struct Supplier {
    std::string org;
    std::string token;
  };
  explicit EbbPeer(ebb_client::Address server) : server_(server), buyer_(server) {}
  engine::Result<void> make_people(Administrator const& administrator, std::uint32_t suppliers);
  engine::Result<void> open_inquiry(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each);

  ebb_client::Address server_;
  ebb_client::Rest buyer_;
  std::vector<Supplier> suppliers_;
  std::vector<std::string> lots_;  // "12-1"
};

}  // namespace bench::peers
