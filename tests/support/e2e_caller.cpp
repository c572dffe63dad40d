// See the header.
#include "tests/support/e2e_caller.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>

namespace support {

std::string fresh_key() {
  static std::atomic<std::uint64_t> next{1};
  return "key-" + std::to_string(::getpid()) + "-" + std::to_string(next++);
}

Caller::Caller(ServerProcess const& server, Contract const& contract, std::string token, Tape tape)
    : server_(&server), contract_(&contract), token_(std::move(token)), tape_(std::move(tape)) {}

HttpAnswer Caller::stray(std::string_view method, std::string_view target, HttpHeaders headers, std::string_view body) {
  if (!http_ || port_ != server_->port()) {
    port_ = server_->port();
    http_ = std::make_unique<Http>(port_, tape_);
  }
  if (!token_.empty()) headers.emplace_back("Authorization", authorization());
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  return http_->send(method, target, headers, body);
}

HttpAnswer Caller::send(std::string_view method, std::string_view target, HttpHeaders headers, std::string_view body) {
  auto answer = stray(method, target, std::move(headers), body);
  for (auto const& fault : contract_->faults(method, target, answer)) ADD_FAILURE() << "openapi: " << fault;
  return answer;
}

HttpAnswer Caller::post(std::string_view target, std::string_view body, std::string key) {
  return send("POST", target, {{"Idempotency-Key", std::move(key)}}, body);
}

HttpAnswer Caller::put(std::string_view target, std::string_view body, std::string_view if_match) {
  HttpHeaders headers{{"Idempotency-Key", fresh_key()}};
  if (!if_match.empty()) headers.emplace_back("If-Match", std::string{if_match});
  return send("PUT", target, std::move(headers), body);
}

}  // namespace support
