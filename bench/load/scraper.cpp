// See the header.
#include "bench/load/scraper.h"

#include <charconv>
#include <condition_variable>

#include "bench/load/machine.h"
#include "tools/client/rest.h"

namespace bench::load {
namespace {

using namespace std::chrono_literals;
using ebb_client::Steady;

void add_process(Values& values, std::uint16_t port) {
  auto const process = listener_on(port);
  auto const figures = process ? figures_of(*process) : std::nullopt;
  if (!figures) return;
  values["process_cpu_s"] = figures->cpu_s;
  values["process_rss_bytes"] = figures->rss_bytes;
  values["process_heap_bytes"] = figures->heap_bytes;
  values["process_fds"] = figures->fds;
  values["process_threads"] = figures->threads;
}

}  // namespace

Values figures_in(std::string_view metrics) {
  Values values;
  while (!metrics.empty()) {
    auto const end = std::min(metrics.find('\n'), metrics.size());
    auto const line = metrics.substr(0, end);
    metrics.remove_prefix(std::min(end + 1, metrics.size()));
    auto const space = line.rfind(' ');
    if (line.empty() || line.front() == '#' || space == std::string_view::npos) continue;
    auto const name = line.substr(0, space);
    if (name.find("_bucket{") != std::string_view::npos) continue;
    double value = 0;
    auto const [stop, wrong] = std::from_chars(line.data() + space + 1, line.data() + line.size(), value);
    if (wrong == std::errc{} && stop == line.data() + line.size()) values[std::string{name}] = value;
  }
  return values;
}

Values ask(ebb_client::Address const& server) {
  ebb_client::Rest rest{server, 2s};
  auto const answer = rest.get("/metrics");
  if (!answer || !answer->is_success()) return {};
  auto values = figures_in(answer->body);
  add_process(values, server.port());
  return values;
}

Scraper::Scraper(ebb_client::Address server)
    : server_(std::move(server)), thread_([this](std::stop_token const& stop) { work(stop); }) {}

Scraper::~Scraper() = default;

void Scraper::work(std::stop_token const& stop) {
  std::mutex sleeping;
  std::condition_variable_any awake;
  for (auto next = Steady::now(); !stop.stop_requested(); next += 1s) {
    auto values = ask(server_);
    if (!values.empty()) {
      std::lock_guard const lock{mutex_};
      asked_.push_back({Steady::now(), std::move(values)});
    }
    std::unique_lock lock{sleeping};
    awake.wait_until(lock, stop, next + 1s, [] { return false; });
  }
}

Values Scraper::newest() const {
  std::lock_guard const lock{mutex_};
  return asked_.empty() ? Values{} : asked_.back().values;
}

std::vector<Reading> Scraper::readings(Steady::time_point start) {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  std::vector<Reading> all;
  for (auto& [at, values] : asked_)
    all.push_back({std::chrono::duration<double>(at - start).count(), std::move(values)});
  return all;
}

}  // namespace bench::load
