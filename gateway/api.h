// REST: who asks, may they, and which route answers. What is neither a route nor below /api is the page's.
//
// A read runs on a snapshot, here and now, or in a worker where its route says that it takes long. A write is decoded
// by its route into a command, waits for the decision, and is answered with what the tables then say, so that an answer
// is never ahead of what its reader can read.
//
// Thread: any. Failure: every request gets exactly one answer; what a client did wrong is a problem, never a throw.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "gateway/commands.h"
#include "gateway/exchange.h"
#include "gateway/lobby.h"
#include "gateway/pages.h"
#include "gateway/router.h"
#include "gateway/sign_in.h"
#include "gateway/workers.h"

namespace gateway {

class Api {
 public:
  Api(Lobby& lobby, Workers& workers);  // both outlive this

  void answer(HttpRequest request, Reply reply);
  // Who upgrades to a WebSocket, and what is said over it. An answer: the upgrade is refused with it.
  struct Admitted {
    Own route = Own::Live;             // or Echo
    std::optional<Identity> identity;  // nobody is a watcher of what is public
  };
  std::expected<Admitted, HttpAnswer> admit(HttpRequest const& upgrade) const;

  Router const& router() const { return router_; }

 private:
  struct Call;  // one request under way
  HttpAnswer page(Call const& call) const;
  void dispatch(std::shared_ptr<Call> call);
  void own(std::shared_ptr<Call> call);
  void read(Call& call) const;
  void read_aside(std::shared_ptr<Call> call);
  void write(std::shared_ptr<Call> call);
  void replace_password(std::shared_ptr<Call> call);
  void decode(std::shared_ptr<Call> call);
  void act(std::shared_ptr<Call> call);
  HttpAnswer render(Call const& call, Verdict const& verdict) const;
  HttpAnswer show(Call const& call, Done const& done) const;

  Lobby& lobby_;
  Workers& workers_;
  Commands commands_;
  SignInDesk sign_in_;
  Pages const pages_;
  Router router_;
};

}  // namespace gateway
