// The log on spdlog's asynchronous logger, with a thread pool of our own: nothing global.
#include "gateway/log.h"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <iterator>

namespace gateway {
namespace {

constexpr std::size_t lines_queued_max = 8'192;

spdlog::level::level_enum native(Log::Level level) {
  switch (level) {
    case Log::Level::Debug:
      return spdlog::level::debug;
    case Log::Level::Info:
      return spdlog::level::info;
    case Log::Level::Warning:
      return spdlog::level::warn;
    case Log::Level::Error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  for (char const c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

}  // namespace

struct Log::State {
  std::shared_ptr<spdlog::details::thread_pool> writer;
  std::shared_ptr<spdlog::async_logger> logger;
};

Log::Log(Level least) : state_(std::make_unique<State>()) {
  state_->writer = std::make_shared<spdlog::details::thread_pool>(lines_queued_max, 1);
  state_->logger =
      std::make_shared<spdlog::async_logger>("ebb", std::make_shared<spdlog::sinks::stderr_sink_mt>(), state_->writer,
                                             spdlog::async_overflow_policy::overrun_oldest);
  state_->logger->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
  state_->logger->set_level(native(least));
}

Log::~Log() = default;

void Log::say(Level level, std::string_view what, std::initializer_list<Field> fields) {
  if (!state_->logger->should_log(native(level))) return;
  state_->logger->log(native(level), spdlog::string_view_t(members(what, fields)));
}

std::string Log::members(std::string_view what, std::initializer_list<Field> fields) {
  std::string line = "\"what\":";
  append_quoted(line, what);
  for (auto const& field : fields) {
    line.push_back(',');
    append_quoted(line, field.name);
    line.push_back(':');
    append_quoted(line, field.text);
  }
  return line;
}

}  // namespace gateway
