// See the header.
#include "tools/ebb/erasures.h"

#include <algorithm>
#include <utility>

#include "modules/accounts/accounts.h"

namespace ebb {

namespace accounts = modules::accounts;

namespace {

// A power cut may undo the last commit of the tables: they must not go back to rows whose key is gone.
engine::Result<void> keep_tables(Core& core) {
  return core.store.tables->sync();
}

std::vector<engine::SecretOf> owners_of(std::vector<engine::PersonId> const& keys) {
  std::vector<engine::SecretOf> owners;
  for (auto const key : keys) {
    if (key.is_given()) owners.push_back({engine::SecretOf::Kind::Person, key.number()});
  }
  return owners;
}

bool is_erasure(engine::Event const& event) {
  auto const* answered = std::get_if<engine::ModuleAnswered>(&event);
  return answered != nullptr && accounts::is_erasure(*answered);
}

// The first of the decided whose answer is an erasure's.
std::size_t first_erasure(engine::Turn const& turn) {
  auto const erases = [&](engine::Decided const& decided) {
    return std::any_of(turn.events.begin() + decided.first_event, turn.events.begin() + decided.last_event, is_erasure);
  };
  return static_cast<std::size_t>(std::ranges::find_if(turn.decided, erases) - turn.decided.begin());
}

// Those of the decided from `from` up to `to`, with their events.
std::unique_ptr<engine::Turn const> part(engine::Turn const& turn, std::size_t from, std::size_t to) {
  auto part = std::make_unique<engine::Turn>();
  for (auto at = from; at < to; ++at) {
    auto decided = turn.decided[at];
    auto const first = turn.events.begin() + decided.first_event;
    auto const last = turn.events.begin() + decided.last_event;
    decided.first_event = static_cast<std::uint32_t>(part->events.size());
    part->events.insert(part->events.end(), first, last);
    decided.last_event = static_cast<std::uint32_t>(part->events.size());
    part->decided.push_back(decided);
  }
  return part;
}

}  // namespace

accounts::LoginMark login_mark(persistence::KeyStore const& keys) {
  return [&keys](std::string_view login) { return std::string{persistence::view(keys.mark_of(login))}; };
}

Erasures::Erasures(Core& core, engine::Outlet& next, Tell tell) : core_(core), next_(next), tell_(std::move(tell)) {}

Erasures::~Erasures() {
  finish();
}

engine::Result<void> Erasures::begin() {
  state_ = State::Begun;
  auto const owners = owners_of(accounts::keys_to_destroy(core_.tables));
  if (owners.empty()) return {};
  if (auto kept = keep_tables(core_); !kept) return kept;
  if (auto destroyed = core_.store.keys->destroy(owners); !destroyed) return std::unexpected(destroyed.error());
  return {};
}

void Erasures::publish(std::unique_ptr<engine::Turn const> turn) {
  auto const owners = keys_of_erased(*turn);
  if (owners.empty()) return next_.publish(std::move(turn));
  auto begun = keep_tables(core_);
  if (begun) {
    if (auto marked = core_.store.keys->begin_destroying(owners); !marked) begun = std::unexpected(marked.error());
  }
  if (!begun) {
    tell_(begun.error());
    return next_.publish(std::move(turn));
  }
  answer_behind_the_keys(std::move(turn));
}

Erasures::Owners Erasures::keys_of_erased(engine::Turn const& turn) const {
  if (state_ == State::Replaying) return {};
  std::vector<engine::PersonId> keys;
  for (auto const& event : turn.events) {
    if (!is_erasure(event)) continue;
    engine::PersonId const person{std::get<engine::ModuleAnswered>(event).id};
    if (auto const erased = accounts::erased_person(person, core_.tables)) {
      keys.insert(keys.end(), {erased->key, person});
    }
  }
  return owners_of(keys);
}

// What was decided before the erasure does not wait for it: bids among it.
void Erasures::answer_behind_the_keys(std::unique_ptr<engine::Turn const> turn) {
  auto const erasure = first_erasure(*turn);
  if (erasure > 0) next_.publish(part(*turn, 0, erasure));
  {
    std::scoped_lock const held{mutex_};
    waiting_.push_back(part(*turn, erasure, turn->decided.size()));
  }
  changed_.notify_one();
  if (!thread_.joinable()) thread_ = std::thread{[this] { run(); }};
}

void Erasures::run() {
  for (;;) {
    std::vector<std::unique_ptr<engine::Turn const>> answers;
    {
      std::unique_lock held{mutex_};
      changed_.wait(held, [this] { return is_finishing_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      answers.swap(waiting_);
    }
    if (auto gone = core_.store.keys->overwrite_destroyed(); !gone) tell_(gone.error());
    for (auto& answer : answers) next_.publish(std::move(answer));
  }
}

void Erasures::finish() {
  if (!thread_.joinable()) return;
  {
    std::scoped_lock const held{mutex_};
    is_finishing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

}  // namespace ebb
