// Reads the configuration. toml++ throws for a file it cannot parse; that ends here and becomes a ConfigFault.
#include "tools/ebb/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <charconv>
#include <cstdio>

#include "engine/limits.h"

namespace ebb {
namespace {

using std::chrono::seconds;
namespace limits = engine::limits;

constexpr std::int64_t day_s = 86'400;

constexpr std::array table{
    Key{"server.address", "IP address to listen on; anything but loopback needs a TLS proxy in front",
        &Config::server_address},
    Key{"server.port", "TCP port of HTTP and WebSocket; 0 takes a free one and says which", &Config::server_port, 0,
        65'535},
    Key{"server.io_threads", "threads that carry sockets", &Config::server_io_threads, 1, 64},
    Key{"server.workers", "threads for what is slow: password hashing, long reads", &Config::server_workers, 1, 64},
    Key{"server.stop_within_s", "how long a shutdown waits for clients before it closes them",
        &Config::server_stop_within_s, 1, 300},
    Key{"server.web_root", "for development: folder the page is read from at each request; empty: the page built in",
        &Config::server_web_root},
    Key{"server.echo", "for development: whether /echo gives back what a WebSocket client says; loopback only",
        &Config::server_echo, 0, 0, "off on"},

    Key{"data.directory", "folder of the journal and the tables; made when absent", &Config::data_directory},
    Key{"data.segment_mib", "size of a journal segment in MiB; a new one begins behind it", &Config::data_segment_mib,
        1, 4'096},
    Key{"data.fill_ahead_mib", "most MiB of zeros that the journal's file has ahead of the commits; 0: none",
        &Config::data_fill_ahead_mib, 0, 1'024},
    Key{"data.tables_gib_max", "address space reserved for the tables, in GiB; neither memory nor disk",
        &Config::data_tables_gib_max, 1, 1'024},
    Key{"data.free_low_mib", "free MiB on the disk below which the log warns; 0: never", &Config::data_free_low_mib, 0,
        1 << 24},
    Key{"data.free_new_mib", "free MiB below which nothing new is published; 0: never", &Config::data_free_new_mib, 0,
        1 << 24},
    Key{"data.free_bids_mib", "free MiB below which the server is read-only; 0: never", &Config::data_free_bids_mib, 0,
        1 << 24},

    Key{"rules.notice_min_s", "least time between publishing and the start of an auction", &Config::rules_notice_min_s,
        0, 90 * day_s},
    Key{"rules.duration_min_s", "shortest main time of an auction", &Config::rules_duration_min_s, 1, day_s},
    Key{"rules.duration_max_s", "longest main time of an auction", &Config::rules_duration_max_s, 1, 30 * day_s},
    Key{"rules.extension_min_s", "shortest extension, where an auction has one", &Config::rules_extension_min_s, 1,
        day_s},
    Key{"rules.extension_max_s", "longest extension", &Config::rules_extension_max_s, 1, day_s},
    Key{"rules.quoting_min_s", "shortest quoting window of a sealed inquiry", &Config::rules_quoting_min_s, 1,
        90 * day_s},
    Key{"rules.confirm_min_s", "least time a winner is given to confirm", &Config::rules_confirm_min_s, 1, 30 * day_s},
    Key{"rules.confirm_max_s", "most time a winner is given to confirm", &Config::rules_confirm_max_s, 1, 90 * day_s},
    Key{"rules.resume_floor_s", "least time that remains after a pause or an outage", &Config::rules_resume_floor_s, 0,
        day_s},

    Key{"sign_in.failures_max", "wrong passwords before a login has to wait; twice as many lock the account",
        &Config::sign_in_failures_max, 1, 100},
    Key{"sign_in.window_s", "how long a wrong password counts", &Config::sign_in_window_s, 1, 30 * day_s},

    Key{"limits.sessions_max", "connections at one time", &Config::limits_sessions_max, 1,
        std::int64_t{limits::sessions_max}},
    Key{"limits.inbox_commands_max", "commands waiting for the engine before it answers busy",
        &Config::limits_inbox_commands_max, 1, std::int64_t{limits::inbox_commands_max}},
    Key{"limits.backlog_bytes_a_session", "unsent bytes before a slow client is closed",
        &Config::limits_backlog_bytes_a_session, 65'536, 64 << 20},
    Key{"limits.requests_a_second", "messages of one connection in the long run; what is over it is refused",
        &Config::limits_requests_a_second, 1, 1'000'000},

    Key{"log.level", "what is logged", &Config::log_level, 0, 0, "debug info warn error"},

    Key{"tree.head_every_ms", "least time between two signed heads of the transparency log, in milliseconds",
        &Config::tree_head_every_ms, 10, 60'000},
    Key{"tree.heads_file", "file outside the data directory that every signed head is added to; empty: none",
        &Config::tree_heads_file},
    Key{"tree.heads_url", "http://HOST[:PORT]/PATH that the newest signed head is posted to; empty: nowhere",
        &Config::tree_heads_url},

    Key{"snapshots.every_commands", "commands after which the next start need not replay what was before; 0: never",
        &Config::snapshots_every_commands, 0, 1'000'000'000},
};

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

bool is_choice(std::string_view choices, std::string_view text) {
  while (!choices.empty()) {
    auto const end = std::min(choices.find(' '), choices.size());
    if (choices.substr(0, end) == text) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

ConfigFault fault(Key const& key, std::string found) {
  return {
      .where = "", .line = 0, .key = std::string{key.name}, .expected = expectation(key), .found = std::move(found)};
}

std::optional<ConfigFault> set_text(Config& config, Key const& key, std::string_view text) {
  if (!key.choices.empty() && !is_choice(key.choices, text)) return fault(key, fmt::format("\"{}\"", text));
  config.*std::get<std::string Config::*>(key.field) = text;
  return std::nullopt;
}

std::optional<ConfigFault> set_number(Config& config, Key const& key, std::int64_t number) {
  if (number < key.least || number > key.most) return fault(key, fmt::format("{}", number));
  std::visit(Match{[](std::string Config::*) {}, [&](std::int64_t Config::* field) { config.*field = number; },
                   [&](seconds Config::* field) { config.*field = seconds{number}; }},
             key.field);
  return std::nullopt;
}

bool is_text(Key const& key) {
  return std::holds_alternative<std::string Config::*>(key.field);
}

Key const* find(std::string_view name) {
  for (auto const& key : table) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

std::string type_of(toml::node const& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a point";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return "a date or time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::optional<ConfigFault> set_node(Config& config, std::string const& name, toml::node const& node) {
  auto const* key = find(name);
  if (key == nullptr) {
    return ConfigFault{"", 0, name, "a key that exists (ebb serve --help lists them)", "an unknown key"};
  }
  if (is_text(*key)) {
    if (auto const* text = node.as_string()) return set_text(config, *key, text->get());
  } else if (auto const* number = node.as_integer()) {
    return set_number(config, *key, number->get());
  }
  return fault(*key, type_of(node));
}

std::optional<ConfigFault> set_section(Config& config, std::string_view section, toml::node const& node) {
  auto placed = [](std::optional<ConfigFault> wrong, toml::node const& at) {
    if (wrong) wrong->line = at.source().begin.line;
    return wrong;
  };
  auto const* rows = node.as_table();
  if (rows == nullptr) return placed(set_node(config, std::string{section}, node), node);
  for (auto const& [name, value] : *rows) {
    auto wrong = placed(set_node(config, fmt::format("{}.{}", section, name.str()), value), value);
    if (wrong) return wrong;
  }
  return std::nullopt;
}

}  // namespace

std::span<Key const> keys() {
  return table;
}

std::string expectation(Key const& key) {
  if (is_text(key)) return key.choices.empty() ? "a text" : fmt::format("one of: {}", key.choices);
  auto const* const unit = std::holds_alternative<seconds Config::*>(key.field) ? "whole seconds" : "a whole number";
  return fmt::format("{} from {} to {}", unit, key.least, key.most);
}

std::string written(Config const& config, Key const& key) {
  return std::visit(Match{[&](std::string Config::* field) { return fmt::format("\"{}\"", config.*field); },
                          [&](std::int64_t Config::* field) { return fmt::format("{}", config.*field); },
                          [&](seconds Config::* field) { return fmt::format("{}", (config.*field).count()); }},
                    key.field);
}

std::string ConfigFault::text() const {
  auto const at = line == 0 ? where : fmt::format("{}:{}", where, line);
  auto const what = key.empty() ? std::string{} : fmt::format("{}: ", key);
  return fmt::format("{}: {}expected {}, found {}", at, what, expected, found);
}

std::optional<ConfigFault> set(Config& config, Key const& key, std::string_view text) {
  if (is_text(key)) return set_text(config, key, text);
  std::int64_t number = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc{} || end != text.data() + text.size()) return fault(key, fmt::format("\"{}\"", text));
  return set_number(config, key, number);
}

std::expected<Config, ConfigFault> read_config(std::filesystem::path const& file) {
  Config config;
  try {
    auto const parsed = toml::parse_file(file.string());
    for (auto const& [section, node] : parsed) {
      auto wrong = set_section(config, section.str(), node);
      if (!wrong) continue;
      wrong->where = file.string();
      return std::unexpected{*wrong};
    }
  } catch (toml::parse_error const& error) {
    return std::unexpected{ConfigFault{file.string(), error.source().begin.line, "", "a readable file in TOML",
                                       std::string{error.description()}}};
  }
  if (auto wrong = judge(config, file.string())) return std::unexpected{*wrong};
  return config;
}

std::optional<ConfigFault> judge(Config const& config, std::string_view where) {
  auto in_order = [&](std::string_view key, std::int64_t value, std::string_view other, std::int64_t least) {
    return value >= least
               ? std::nullopt
               : std::optional{ConfigFault{std::string{where}, 0, std::string{key},
                                           fmt::format("at least {} ({})", other, least), fmt::format("{}", value)}};
  };
  auto at_least = [&](std::string_view key, seconds value, std::string_view other, seconds least) {
    return in_order(key, value.count(), other, least.count());
  };
  if (auto wrong = at_least("rules.duration_max_s", config.rules_duration_max_s, "rules.duration_min_s",
                            config.rules_duration_min_s))
    return wrong;
  if (auto wrong = at_least("rules.extension_max_s", config.rules_extension_max_s, "rules.extension_min_s",
                            config.rules_extension_min_s))
    return wrong;
  if (auto wrong = at_least("rules.confirm_max_s", config.rules_confirm_max_s, "rules.confirm_min_s",
                            config.rules_confirm_min_s))
    return wrong;
  if (auto wrong =
          in_order("data.free_low_mib", config.data_free_low_mib, "data.free_new_mib", config.data_free_new_mib))
    return wrong;
  if (auto wrong =
          in_order("data.free_new_mib", config.data_free_new_mib, "data.free_bids_mib", config.data_free_bids_mib))
    return wrong;
  if (config.server_address.empty()) {
    return ConfigFault{std::string{where}, 0, "server.address", "an IP address", "\"\""};
  }
  if (config.data_directory.empty()) {
    return ConfigFault{std::string{where}, 0, "data.directory", "a folder", "\"\""};
  }
  return std::nullopt;
}

}  // namespace ebb
