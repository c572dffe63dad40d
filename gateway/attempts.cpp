// Counting failed sign-ins.
#include "gateway/attempts.h"

#include <algorithm>

namespace gateway {
namespace {

std::chrono::seconds rounded_up(engine::Duration span) {
  return std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(span));
}

}  // namespace

Attempts::Attempts(AttemptRules rules) : rules_(rules) {}

std::optional<std::chrono::seconds> Attempts::begin(std::string_view login, std::string_view address,
                                                    engine::Instant now) {
  std::lock_guard const guard(lock_);
  auto& from = record(addresses_, address, now);
  auto const refilled = (now - from.since) / rules_.address_refill;
  from.count -= static_cast<std::uint32_t>(std::min<std::int64_t>(from.count, refilled));
  from.since += refilled * rules_.address_refill;
  if (from.count >= rules_.address_burst) return rounded_up(from.since + rules_.address_refill - now);

  auto& of = record(logins_, login, now);
  if (now - of.since > rules_.within) {
    of.count = 0;
    of.since = now;
  }
  if (of.count >= rules_.slow_after && now - of.last < rules_.pause) return rounded_up(of.last + rules_.pause - now);

  ++from.count;
  ++of.count;
  of.last = now;
  return std::nullopt;
}

void Attempts::succeeded(std::string_view login, std::string_view address) {
  std::lock_guard const guard(lock_);
  if (auto const found = logins_.by_name.find(login); found != logins_.by_name.end()) found->second->count = 0;
  if (auto const found = addresses_.by_name.find(address); found != addresses_.by_name.end()) {
    found->second->count -= std::min(found->second->count, 1U);
  }
}

Attempts::Verdict Attempts::failed(std::string_view login) {
  std::lock_guard const guard(lock_);
  auto const found = logins_.by_name.find(login);
  if (found == logins_.by_name.end() || found->second->count < rules_.lock_after) return Verdict::Carry;
  found->second->count = 0;
  return Verdict::Lock;
}

Attempts::Record& Attempts::record(Table& table, std::string_view name, engine::Instant now) const {
  if (auto const found = table.by_name.find(name); found != table.by_name.end()) return *found->second;
  if (table.records.size() == rules_.entries_max) {
    table.by_name.erase(table.records.front().name);
    table.records.pop_front();
  }
  auto const made = table.records.insert(table.records.end(), Record{std::string(name), 0, now, now});
  table.by_name.emplace(made->name, made);
  return *made;
}

}  // namespace gateway
