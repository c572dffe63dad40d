// The transparency log over REST: the key, signed heads, proofs, and what an entry says, to whom it may be said.
//
//   what                        who
//   key, heads, both proofs     anybody: hashes only, and how many commands there were
//   entry: bid, proxy           the supplier whose it is; a surrogate bid also who entered it
//   entry: bid in the history   of a lot that has ended: whoever sees the names there
//   entry: act on a lot         the person whose act it is
//   entry: command of a module  nobody: it holds the random bits that aliases are drawn from
//
// Of what was trimmed from the journal the entry lies in the archive; key, heads and proofs are given as before.
//
// Nobody else, and nothing before its time: a regulator neither. The limit of a proxy is its supplier's for good.
//
// Thread: any. Failure: what the disk says goes to the server's own log, the caller is told to come again.
#pragma once

#include "engine/transparency.h"
#include "gateway/log.h"
#include "modules/module.h"

namespace gateway {

class Proofs {
 public:
  // All outlive this.
  Proofs(engine::TransparencyLog const& transparency, modules::Sight const& sight, Log& log);

  void routes(modules::Routes& routes) const;

 private:
  using Request = modules::Request;
  modules::Answer show_key() const;
  modules::Answer show_head(Request const& request) const;
  modules::Answer show_inclusion(Request const& request) const;
  modules::Answer show_consistency(Request const& request) const;
  modules::Answer show_entry(Request const& request, engine::TableReader const& tables) const;
  modules::Answer show_absence(engine::Seq seq) const;

  bool may_read(engine::Sequenced const& command, modules::Actor const& actor, engine::TableReader const& tables) const;
  std::unexpected<modules::Denied> unreadable(engine::Failure const& why) const;

  engine::TransparencyLog const& transparency_;
  modules::Sight const& sight_;
  Log& log_;
};

}  // namespace gateway
