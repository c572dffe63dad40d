// The names of the door's figures.
#include "gateway/lobby.h"

namespace gateway {

Figures::Figures(Metrics& metrics)
    : connections(metrics.gauge("ebb_connections", "Open TCP connections")),
      sessions(metrics.gauge("ebb_sessions", "Open WebSocket sessions")),
      http_requests(metrics.counter("ebb_http_requests_total", "HTTP requests read")),
      http_refused(metrics.counter("ebb_http_refused_total", "HTTP requests answered with 4xx or 5xx")),
      pages_served(metrics.counter("ebb_pages_served_total", "Files of the page sent, or found unchanged (304)")),
      bids_taken(metrics.counter("ebb_bids_total", "Bids offered to the engine", "result=\"taken\"")),
      bids_busy(metrics.counter("ebb_bids_total", "Bids offered to the engine", "result=\"busy\"")),
      messages_in(metrics.counter("ebb_messages_in_total", "WebSocket messages read")),
      messages_out(metrics.counter("ebb_messages_out_total", "WebSocket messages written")),
      malformed(metrics.counter("ebb_messages_malformed_total", "WebSocket messages not understood")),
      closed_slow(metrics.counter("ebb_sessions_closed_total", "Sessions the server closed", "reason=\"slow\"")),
      closed_no_pong(metrics.counter("ebb_sessions_closed_total", "Sessions the server closed", "reason=\"no_pong\"")),
      sign_ins_failed(metrics.counter("ebb_sign_ins_failed_total", "Sign-ins refused")),
      read_to_stamp(metrics.histogram("ebb_read_to_stamp_seconds", "From a bid read off its socket to its stamp")),
      loop_lag(metrics.histogram("ebb_io_lag_seconds",
                                 "How late an io thread gets round to what is due: bounds readable-to-read")) {}

}  // namespace gateway
