// Kept answers; see request_keys.h.
//
//   house.keys         key(actor) + request key        -> KeptRow
//   house.keys_by_age  key(at, actor) + request key    -> nothing
#include "modules/request_keys.h"

#include <string>
#include <utility>
#include <vector>

#include "modules/hash.h"
#include "modules/packed.h"

namespace modules {

namespace {

constexpr auto kept_for = std::chrono::hours{24};
constexpr std::size_t forgotten_at_once = 2;
constexpr std::string_view by_key = "house.keys";
constexpr std::string_view by_age = "house.keys_by_age";

struct KeptRow {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  engine::Instant at;
  std::uint64_t id = 0;
  std::uint16_t refusal = 0;
  engine::Figure::Unit actual_unit{};
  std::int64_t actual = 0;
  engine::Figure::Unit limit_unit{};
  std::int64_t limit = 0;
  static auto fields(auto& r) {
    return std::tie(r.first, r.second, r.at, r.id, r.refusal, r.actual_unit, r.actual, r.limit_unit, r.limit);
  }
};

std::pair<std::uint64_t, std::uint64_t> digest_of(engine::ModuleCommand const& command) {
  auto const seed = std::uint64_t{command.module} << 16 | command.verb;
  return {hash_of(command.body, seed), hash_of(command.body, ~seed)};
}

std::string row_key(engine::ModuleCommand const& command) {
  return key(command.actor, command.request_key);
}

}  // namespace

RequestKeys::Found RequestKeys::find(engine::ModuleCommand const& command, engine::Instant at) const {
  auto const bytes = tables_.get(by_key, row_key(command));
  if (!bytes) return {};
  auto const row = unpacked<KeptRow>(*bytes);
  if (row.at + kept_for <= at) return {};
  if (digest_of(command) != std::pair{row.first, row.second}) return {Seen::Other, {}};
  return {Seen::Same, {row.id, row.refusal, {row.actual_unit, row.actual}, {row.limit_unit, row.limit}}};
}

void RequestKeys::keep(engine::ModuleCommand const& command, engine::Instant at, KeptAnswer answer) {
  forget_the_oldest(at);
  auto const place = row_key(command);
  if (auto const outlived = tables_.get(by_key, place)) {  // too old to be found, not yet forgotten
    tables_.erase(by_age, key(unpacked<KeptRow>(*outlived).at, std::string_view(place)));
  }
  auto const [first, second] = digest_of(command);
  tables_.put(by_key, place,
              pack(KeptRow{first, second, at, answer.id, answer.refusal, answer.actual.unit, answer.actual.value,
                           answer.limit.unit, answer.limit.value}));
  tables_.put(by_age, key(at, std::string_view(place)), {});
}

void RequestKeys::forget_the_oldest(engine::Instant at) {
  std::vector<std::string> outlived;
  tables_.scan(by_age, {}, [&](std::string_view age, std::string_view) {
    auto const kept_at = engine::at_millis(static_cast<std::int64_t>(number_at(age, 0)));
    if (kept_at + kept_for > at || outlived.size() == forgotten_at_once) return engine::TableReader::Scan::Stop;
    outlived.emplace_back(age);
    return engine::TableReader::Scan::Continue;
  });
  for (auto const& age : outlived) {
    tables_.erase(by_age, age);
    tables_.erase(by_key, std::string_view(age).substr(8));
  }
}

}  // namespace modules
