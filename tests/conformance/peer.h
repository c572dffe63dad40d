// Plays cases against the echo route of the real server and reports each that fails by its id.
//
// Thread: one. Failure: through gtest, one failure a case.
#pragma once

#include <cstdint>
#include <string>

#include "tests/conformance/case.h"
#include "tests/support/e2e_http.h"
#include "tests/support/e2e_wire.h"

namespace conformance {

// A TCP connection that has been upgraded, seen frame by frame.
class Peer {
 public:
  explicit Peer(std::uint16_t port, support::HttpHeaders const& more = {});  // throws support::Broken
  support::HttpAnswer const& upgrade() const { return upgrade_; }

  // Why the case is not passed; empty: it is.
  std::string play(Steps const& steps);

 private:
  std::string play(Say const& say);
  std::string play(Hear const& expected);
  std::string play(HearGoodbye const& expected);
  struct Seen {
    enum class What : std::uint8_t { Frame, End, Silence } what = What::Silence;
    unsigned first = 0;  // octet of the frame
    std::string payload;
  };
  Seen next();
  static std::string told(Seen const& seen);

  support::Wire wire_;
  support::HttpAnswer upgrade_;
};

// Starts a server with the echo route and plays them all, a connection each.
void play_all(Cases const& cases);

}  // namespace conformance
