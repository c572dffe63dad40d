// Times and sizes of the door. Tests shrink the times; main takes what the configuration says.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/limits.h"
#include "gateway/attempts.h"

namespace gateway {

// Behind TLS the cookie must not travel outside it; on plain loopback a browser would drop such a cookie.
enum class CookieScope : std::uint8_t { Plain, TlsOnly };

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one, told by Server::open()
  std::size_t io_threads = 1;
  std::size_t worker_threads = 1;
  std::size_t worker_jobs_max = 256;
  std::size_t sessions_max = engine::limits::sessions_max;
  // Connections beyond the WebSocket sessions: what REST callers may hold open.
  std::size_t http_connections_max = 1'024;
  CookieScope cookies = CookieScope::Plain;
  AttemptRules attempts;
  bool is_echoing = false;  // for development: /echo gives back what a client says
  std::string web_root;     // the folder of the page, read at each request; empty: what is embedded

  // HTTP.
  std::chrono::milliseconds idle_for{60'000};  // between requests of one connection
  std::chrono::milliseconds header_within{10'000};
  std::chrono::milliseconds body_within{20'000};
  std::chrono::milliseconds answer_within{15'000};  // then the outcome is unknown and the client asks again
  std::chrono::milliseconds write_within{15'000};
  std::size_t slowest_reader_bytes_a_second = 8 << 10;  // a long answer gets its time on top of write_within

  // WebSocket.
  std::chrono::milliseconds ping_every{25'000};
  std::chrono::milliseconds pong_within{8'000};
  std::chrono::milliseconds message_written_within{8'000};
  std::chrono::milliseconds close_within{3'000};
  std::size_t backlog_bytes_max = engine::limits::backlog_bytes_a_session;
  // Of one session: so many at once, and so many a second in the long run.
  std::uint32_t requests_at_once = engine::limits::requests_in_flight_a_session;
  std::uint32_t requests_a_second = 2'000;
  std::uint32_t malformed_in_a_row = 20;
};

}  // namespace gateway
