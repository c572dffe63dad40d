// Every bound of the house, in one place. A queue without a maximum, a list without an end or a frame without a size
// is a fault: name it here and refuse beyond it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine::limits {

// Money. Far below 2^53, so that a web page's numbers are exact, and times 10,000 still fits 64 bits.
inline constexpr std::int64_t money_fen_max = 10'000'000'000'000;  // 100 billion yuan
static_assert(money_fen_max < (std::int64_t{1} << 53));
static_assert(money_fen_max <= INT64_MAX / 10'000);

// A lot.
inline constexpr std::size_t lots_an_inquiry = 32;
inline constexpr std::size_t bidders_a_lot = 1'024;
inline constexpr std::uint32_t attempts_a_bidder_default = 200;
inline constexpr std::uint32_t attempts_a_bidder_max = 10'000;
inline constexpr std::size_t attempts_a_lot = 2'000'000;  // bidders times attempts: what a lot reserves
inline constexpr std::size_t step_bands = 8;
inline constexpr std::size_t rounds_a_lot = 9;
inline constexpr std::size_t levels_a_lot = 1'000;
inline constexpr std::size_t bid_key_bytes = 36;                 // a textual UUID fits
inline constexpr std::size_t invalid_signatures_a_note = 1'000;  // of one NoteSignatures
inline constexpr std::size_t reason_bytes_max = 1'000;
inline constexpr std::size_t reason_characters_min = 10;  // for choosing other than the first, rules.md §4.3

// The engine's queue and frames.
inline constexpr std::size_t inbox_commands_max = 65'536;
inline constexpr std::size_t batch_commands_max = 4'096;
inline constexpr std::size_t record_bytes_max = 1 << 20;
inline constexpr std::size_t frame_bytes_max = 16 << 20;
inline constexpr std::size_t follow_up_depth_max = 8;
inline constexpr std::size_t table_operations_a_command = 20'000;
inline constexpr std::uint64_t commands_tables_may_lag = 100'000;  // bids alone touch no table

// The door.
inline constexpr std::size_t websocket_message_bytes_max = 16 << 10;
inline constexpr std::size_t http_header_bytes_max = 8 << 10;
inline constexpr std::size_t http_body_bytes_max = 256 << 10;
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t subscriptions_a_session = 1'024;
inline constexpr std::size_t backlog_bytes_a_session = 1 << 20;
inline constexpr std::size_t requests_in_flight_a_session = 256;
inline constexpr std::size_t sessions_max = 20'000;
inline constexpr std::size_t stream_history_messages = 256;  // deltas kept per stream for a resume
inline constexpr std::size_t rows_a_page = 200;
inline constexpr std::size_t rows_examined_a_page = 1'000;  // a page ends there, full or not

}  // namespace engine::limits
