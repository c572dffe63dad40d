// All modules as one participant; see house.h.
//
//   house.follow_ups  key(parent, place) -> FollowUpRow
#include "modules/house.h"

#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/limits.h"
#include "modules/packed.h"
#include "modules/refusals.h"
#include "modules/request_keys.h"

namespace modules {

namespace {

constexpr std::string_view follow_ups = "house.follow_ups";

struct FollowUpRow {
  engine::Instant at;
  std::string command;
  static auto fields(auto& r) { return std::tie(r.at, r.command); }
};

// Holds a module to the bound: what one command or one event does to the tables must not keep the bids waiting.
class BoundedTables final : public engine::Tables {
 public:
  explicit BoundedTables(engine::Tables& tables) : tables_(tables) {}
  std::optional<std::string> get(std::string_view table, std::string_view row) const override {
    count();
    return tables_.get(table, row);
  }
  void scan(std::string_view table, std::string_view from,
            std::function<Scan(std::string_view, std::string_view)> const& visit) const override {
    count();
    tables_.scan(table, from, [&](std::string_view row, std::string_view value) {
      count();
      return visit(row, value);
    });
  }
  void scan_back(std::string_view table, std::string_view from,
                 std::function<Scan(std::string_view, std::string_view)> const& visit) const override {
    count();
    tables_.scan_back(table, from, [&](std::string_view row, std::string_view value) {
      count();
      return visit(row, value);
    });
  }
  void put(std::string_view table, std::string_view row, std::string_view value) override {
    count();
    tables_.put(table, row, value);
  }
  void erase(std::string_view table, std::string_view row) override {
    count();
    tables_.erase(table, row);
  }

 private:
  void count() const { CHECK(++operations_ <= engine::limits::table_operations_a_command); }
  engine::Tables& tables_;
  mutable std::size_t operations_ = 0;
};

}  // namespace

class House::Causing final : public FollowUps {
 public:
  Causing(House& house, engine::Tables& tables, engine::Sequenced const& cause)
      : house_(house), tables_(tables), cause_(cause) {}
  void then(engine::Command command) override {
    auto bytes = engine::encode(command, engine::Privacy::Open);
    CHECK(bytes.secret.empty());  // a row is readable by anyone with the file
    if (house_.causing_ != cause_.seq) {
      house_.causing_ = cause_.seq;
      house_.places_ = 0;
    }
    tables_.put(follow_ups, key(cause_.seq, ++house_.places_), pack(FollowUpRow{cause_.at, std::move(bytes.open)}));
    house_.caused_.push_back({cause_.seq, cause_.at, cause_.ticket, std::move(command)});
  }

 private:
  House& house_;
  engine::Tables& tables_;
  engine::Sequenced const& cause_;
};

House::House(engine::TableStore& store, std::vector<Module*> modules) : store_(store), modules_(std::move(modules)) {
  for (auto const* module : modules_) CHECK(find(module->number()) == module);
}

Module* House::find(std::uint16_t number) const {
  for (auto* module : modules_) {
    if (module->number() == number) return module;
  }
  return nullptr;
}

engine::RefusalKind const* House::kind(Module const& module, std::uint16_t number) const {
  if (auto const* found = module.refusal(number)) return found;
  if (auto const* found = kind_among(refusals::all, number)) return found;
  return engine::engine_refusal(number);
}

void House::decide(engine::Sequenced const& command, engine::Events& outcome) {
  auto const* act = std::get_if<engine::ModuleCommand>(&command.command);
  CHECK(act != nullptr);
  outcome.emplace_back(answer(command, *act));
}

engine::ModuleAnswered House::answer(engine::Sequenced const& command, engine::ModuleCommand const& act) {
  engine::ModuleAnswered answered{.module = act.module, .verb = act.verb, .actor = act.actor, .refusal = {}};
  auto* module = find(act.module);
  if (module == nullptr) {
    answered.refusal = engine::Refusal{&refusals::no_such_module};
    return answered;
  }
  BoundedTables tables(store_);
  RequestKeys keys(tables);
  if (!act.request_key.empty()) {
    auto const [seen, kept] = keys.find(act, command.at);
    if (seen == RequestKeys::Seen::Other) {
      answered.refusal = engine::Refusal{&refusals::key_reused};
      return answered;
    }
    if (seen == RequestKeys::Seen::Same) {
      answered.repeated = true;
      answered.id = kept.id;
      if (kept.refusal != 0) answered.refusal = engine::Refusal{kind(*module, kept.refusal), kept.actual, kept.limit};
      return answered;
    }
  }
  answered.refusal = module->judge(act, command.at, tables);
  if (!answered.refusal) {
    // From here on the command stands.
    Causing causing(*this, tables, command);
    answered.id = module->enter(act, command.seq, command.at, tables, causing);
  }
  if (!act.request_key.empty()) {
    auto const no = answered.refusal.value_or(engine::Refusal{});
    if (no.kind != nullptr) CHECK(kind(*module, no.kind->number) == no.kind);  // it can be given again
    keys.keep(act, command.at, {answered.id, no.kind ? no.kind->number : std::uint16_t{0}, no.actual, no.limit});
  }
  return answered;
}

void House::hear(engine::Sequenced const& cause, engine::Event const& event) {
  for (auto* module : modules_) {
    BoundedTables tables(store_);
    Causing causing(*this, tables, cause);
    module->hear(event, cause.seq, cause.at, tables, causing);
  }
}

std::vector<engine::FollowUp> House::take_follow_ups() {
  return std::exchange(caused_, {});
}

// Follow-ups are applied in the order in which they were caused, so it is the first row that goes.
void House::settle(engine::Seq parent) {
  std::string first;
  store_.scan(follow_ups, key(parent), [&](std::string_view row, std::string_view) {
    first = row;
    return engine::TableReader::Scan::Stop;
  });
  CHECK(!first.empty() && number_at(first, 0) == parent.number());
  store_.erase(follow_ups, first);
}

std::vector<engine::FollowUp> House::pending() const {
  std::vector<engine::FollowUp> owed;
  store_.scan(follow_ups, {}, [&](std::string_view row, std::string_view value) {
    auto const kept = unpacked<FollowUpRow>(value);
    auto command = engine::decode_command(kept.command, {});
    CHECK(command.has_value());
    owed.push_back({engine::Seq{number_at(row, 0)}, kept.at, engine::Ticket{}, *std::move(command)});
    return engine::TableReader::Scan::Continue;
  });
  return owed;
}

engine::Result<void> House::commit(engine::Seq applied) {
  // A batch of bids alone touches no table, and then there is nothing to wait for the disk for. But a snapshot of the
  // hall counts only up to where the tables have come, so they follow from afar.
  bool const is_far_behind = applied.number() >= store_.applied().number() + engine::limits::commands_tables_may_lag;
  if (!store_.is_dirty() && !is_far_behind) return {};
  return store_.commit(applied);
}

void House::routes(Routes& routes) const {
  for (auto const* module : modules_) module->routes(routes);
}

}  // namespace modules
