// See the header.
#include "bench/load/reads.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/client/rest.h"

namespace bench::load {
namespace {

using ebb_client::Steady;

constexpr std::size_t reads_a_connection = 100;  // a second, before another connection helps
constexpr std::size_t connections_max = 16;

std::size_t connections_for(std::vector<Act> const& reads) {
  if (reads.empty()) return 0;
  auto const span = std::chrono::duration<double>(reads.back().due - reads.front().due).count();
  auto const rate = static_cast<double>(reads.size()) / std::max(span, 1.0);
  return std::min(connections_max, 1 + static_cast<std::size_t>(rate) / reads_a_connection);
}

}  // namespace

Reads::Reads(ebb_client::Address server, std::vector<Act> const& acts, Staged const& staged, Steady::time_point start)
    : server_(std::move(server)), staged_(staged), start_(start) {
  std::ranges::copy_if(acts, std::back_inserter(reads_), [](Act const& act) { return act.deed == Deed::Read; });
  auto const connections = connections_for(reads_);
  for (std::size_t i = 0; i < connections; ++i) threads_.emplace_back([this] { work(); });
}

Reads::~Reads() = default;

void Reads::work() {
  ebb_client::Rest rest{server_};
  for (auto number = next_++; number < reads_.size(); number = next_++) {
    auto const due = start_ + reads_[number].due;
    std::this_thread::sleep_until(due);
    auto const answer = rest.get(target_of(number));
    auto const took = Steady::now() - due;
    if (!answer || !answer->is_success()) ++failed_;
    std::lock_guard const lock{mutex_};
    samples_.push_back({reads_[number].due, took});
  }
}

std::string Reads::target_of(std::size_t number) const {
  auto const& lot = staged_.lots[reads_[number].lot];
  switch (number % 4) {
    case 0:
      return "/api/v1/inquiries";
    case 1:
      return fmt::format("/api/v1/inquiries/{}", lot.inquiry);
    case 2:
      return "/api/v1/inquiries?state=RUNNING";
    default:
      return "/api/v1/log/head";
  }
}

void Reads::finish() {
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

std::vector<Sample> Reads::samples() const {
  std::lock_guard const lock{mutex_};
  return samples_;
}

}  // namespace bench::load
