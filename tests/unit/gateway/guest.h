// A client of the little house's live protocol.
#pragma once

#include <string>
#include <string_view>

#include "tests/unit/gateway/little_house.h"

namespace gateway::test {

// Live whose hello has been read.
struct Guest : support::Live {
  explicit Guest(LittleHouse const& house, std::string const& token = {},
                 support::Pocket pocket = support::Pocket::Usual)
      : support::Live(house.port(), token.empty() ? "" : "Bearer " + token, nullptr, {}, pocket) {
    hello = next().value_or("");
  }
  std::string hello;
  // Under which the hub knows it.
  std::uint64_t number() const {
    constexpr std::string_view member = R"("session":")";
    return std::stoull(hello.substr(hello.find(member) + member.size()));
  }
  std::string hear() { return next().value_or("nothing"); }
  std::string ask(std::string_view text) {
    say(text);
    return hear();
  }
};

}  // namespace gateway::test
