// The configuration of the server: every key there is, with its meaning, its default and its range.
//
// One table says all of it. The file reader, the command line, `ebb serve --help` and the example file are made from
// that table or tested against it, so that a key cannot exist in one of them only.
//
// Failure: whatever is wrong is a ConfigFault that says where, which key and what was expected; nothing is guessed and
//          an unknown key is refused, because a misspelt limit that silently keeps its default is worse than no start.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace ebb {

struct Config {
  std::string server_address = "127.0.0.1";
  std::int64_t server_port = 8080;
  std::int64_t server_io_threads = 1;
  std::int64_t server_workers = 2;
  std::chrono::seconds server_stop_within_s{10};
  std::string server_web_root;
  std::string server_echo = "off";

  std::string data_directory = "var";
  std::int64_t data_segment_mib = 512;
  std::int64_t data_fill_ahead_mib = 16;
  std::int64_t data_tables_gib_max = 256;
  std::int64_t data_free_low_mib = 2'048;
  std::int64_t data_free_new_mib = 1'024;
  std::int64_t data_free_bids_mib = 256;

  std::chrono::seconds rules_notice_min_s{4 * 3600};
  std::chrono::seconds rules_duration_min_s{600};
  std::chrono::seconds rules_duration_max_s{86'400};
  std::chrono::seconds rules_extension_min_s{60};
  std::chrono::seconds rules_extension_max_s{1'800};
  std::chrono::seconds rules_quoting_min_s{86'400};
  std::chrono::seconds rules_confirm_min_s{24 * 3600};
  std::chrono::seconds rules_confirm_max_s{120 * 3600};
  std::chrono::seconds rules_resume_floor_s{300};

  std::int64_t sign_in_failures_max = 5;
  std::chrono::seconds sign_in_window_s{900};

  std::int64_t limits_sessions_max = 20'000;
  std::int64_t limits_inbox_commands_max = 65'536;
  std::int64_t limits_backlog_bytes_a_session = 1 << 20;
  std::int64_t limits_requests_a_second = 2'000;

  std::string log_level = "info";

  std::int64_t tree_head_every_ms = 100;
  std::string tree_heads_file;
  std::string tree_heads_url;

  std::int64_t snapshots_every_commands = 1'000'000;

  friend bool operator==(Config const&, Config const&) = default;
};

struct Key {
  using Field = std::variant<std::string Config::*, std::int64_t Config::*, std::chrono::seconds Config::*>;

  std::string_view name;  // "server.port": table and key of the file, and the flag --server.port
  std::string_view help;  // what it is, in one sentence
  Field field;
  std::int64_t least = 0;  // of numbers and spans
  std::int64_t most = 0;
  std::string_view choices{};  // of texts: "debug info warn"; empty: any
};

// Every key, in the order of the file.
std::span<Key const> keys();
// What a right value looks like: "a whole number from 1 to 64".
std::string expectation(Key const& key);
// The value a key has, as it would be written in the file.
std::string written(Config const& config, Key const& key);

struct ConfigFault {
  std::string where;       // the file, or "command line"
  std::uint32_t line = 0;  // 0: none
  std::string key;
  std::string expected;
  std::string found;

  std::string text() const;  // "ebb.toml:12: server.port: expected …, found …"
};

// Sets one key from text, as a flag gives it.
std::optional<ConfigFault> set(Config& config, Key const& key, std::string_view text);
// Reads a TOML file over the defaults.
std::expected<Config, ConfigFault> read_config(std::filesystem::path const& file);
// What no single key can get wrong, such as a least above a most.
std::optional<ConfigFault> judge(Config const& config, std::string_view where);

}  // namespace ebb
