// A plain TCP connection to the server under test, byte by byte: what well-behaved clients build on and what
// ill-behaved ones need.
//
// Every byte that arrives can be copied to a tape, so that a test can say what the server never said.
// Thread: one. Failure: throws Broken where the test cannot go on; an end of the stream is an answer, not a failure.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/support/e2e_deadline.h"

namespace support {

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Everything that was received by whoever records on it.
using Tape = std::shared_ptr<std::string>;

// How much the kernel may keep for a reader that does not read. Fixed before the connection is made: a window that
// shrinks later would throw away the other direction's acknowledgements too.
enum class Pocket : std::uint8_t { Usual, Tiny };

class Wire {
 public:
  explicit Wire(std::uint16_t port, Tape tape = nullptr, Pocket pocket = Pocket::Usual);
  ~Wire();
  Wire(Wire const&) = delete;
  Wire& operator=(Wire const&) = delete;

  enum class Sent : std::uint8_t { All, PeerGone, WouldBlock };
  Sent send(std::string_view bytes, Patience patience = long_enough);

  enum class Got : std::uint8_t { Bytes, End, Nothing };
  // Appends what has come to buffer(); waits for the first byte at most until the deadline.
  Got receive(Deadline const& deadline);
  std::string& buffer() { return buffer_; }  // received, not yet consumed

  void cut();  // the connection is gone at once, with a reset: a client that was killed
  bool is_open() const { return socket_ >= 0; }

 private:
  int socket_ = -1;
  std::string buffer_;
  Tape tape_;
};

}  // namespace support
