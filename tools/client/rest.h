// The REST side of the protocol, blocking: one connection kept alive, one request at a time.
//
// Thread:  one at a time. Failure: as engine::Result where no answer came; an answer with a status of 400 or 503 is an
// answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ports.h"
#include "tools/client/address.h"

namespace ebb_client {

struct Answer {
  int status = 0;
  std::string body;
  std::string etag;       // with its quotes, as If-Match wants it back
  std::uint64_t seq = 0;  // Ebb-Seq
  std::vector<std::pair<std::string, std::string>> headers;

  bool is_success() const { return status >= 200 && status < 300; }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

class Rest {
 public:
  explicit Rest(Address server, std::chrono::milliseconds patience = std::chrono::seconds{30});
  ~Rest();
  Rest(Rest&&) noexcept;
  Rest& operator=(Rest&&) noexcept;

  // As a program: keeps the token for what follows. The password travels in the body, never in a URL.
  engine::Result<Answer> sign_in(std::string_view login, std::string_view password);
  std::string const& token() const;
  void set_token(std::string token);

  engine::Result<Answer> get(std::string_view target) { return send("GET", target, {}, {}); }
  // A write that makes something carries an Idempotency-Key, so that a lost answer can be asked for again.
  engine::Result<Answer> post(std::string_view target, std::string_view body, Headers headers = {});
  engine::Result<Answer> send(std::string_view method, std::string_view target, std::string_view body,
                              Headers const& headers);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A random idempotency key: 32 hexadecimal digits.
std::string fresh_key();

}  // namespace ebb_client
