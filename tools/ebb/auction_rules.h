// Every rule of a lot that an auction file may say, under the name it has in the REST API.
//
// One table: the reader walks it, and a test holds it against the JSON schema. A rule that is not said has the
// engine's default (engine/rules.h).
//
// Thread: any. Failure: what cannot be read, or what the engine would refuse, becomes a Problem at its member.
#pragma once

#include <span>
#include <string_view>

#include "engine/rules.h"
#include "tools/ebb/auction_members.h"

namespace ebb::auction {

struct RuleMember {
  std::string_view name;
  std::span<std::string_view const> choices;  // of words, or of members that are true or false; may be empty
  void (*read)(RuleMember const&, Members&, engine::LotRules&);
  engine::Figure (*figure)(engine::LotRules const&);  // its value, as a refusal would tell it; none: no number
  void (*set)(engine::LotRules&, engine::Figure to);  // of such a value
  void (*reset)(engine::LotRules&);                   // to the default
};

std::span<RuleMember const> rule_members();

// Reads and judges. Nothing is judged where something could not be read: one mistake would be told twice.
engine::LotRules read_rules(Members& members);

// What the engine refuses, as a problem of the file.
Problem problem(std::string pointer, engine::Refusal const& refusal);

}  // namespace ebb::auction
