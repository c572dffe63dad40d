// One person (or nobody) at the REST door of a running server.
//
// Every answer is held against gateway/openapi.json; what does not conform is a failed test, whatever it was about.
// Thread: one. Failure: throws Broken where no answer came.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/e2e_contract.h"
#include "tests/support/server_process.h"

namespace support {

// A key that no other call of this process has.
std::string fresh_key();

class Caller {
 public:
  // Both outlive the caller. `token`: of a sign-in as program; empty: nobody.
  Caller(ServerProcess const& server, Contract const& contract, std::string token = {}, Tape tape = nullptr);

  HttpAnswer get(std::string_view target) { return send("GET", target, {}, {}); }
  HttpAnswer post(std::string_view target, std::string_view body, std::string key = fresh_key());
  HttpAnswer put(std::string_view target, std::string_view body, std::string_view if_match);
  // As documented; `headers` come on top of authorization and content type.
  HttpAnswer send(std::string_view method, std::string_view target, HttpHeaders headers, std::string_view body);
  // Not held against the document: for what it does not know, such as an address that does not exist.
  HttpAnswer stray(std::string_view method, std::string_view target, HttpHeaders headers, std::string_view body);

  std::string authorization() const { return token_.empty() ? std::string{} : "Bearer " + token_; }
  Tape const& tape() const { return tape_; }

 private:
  ServerProcess const* server_;
  Contract const* contract_;
  std::string token_;
  Tape tape_;
  std::uint16_t port_ = 0;  // the server's at the last call: a restart changes it
  std::unique_ptr<Http> http_;
};

}  // namespace support
