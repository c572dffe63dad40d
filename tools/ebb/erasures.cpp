// See the header.
#include "tools/ebb/erasures.h"

#include <utility>

#include "modules/accounts/accounts.h"

namespace ebb {

namespace accounts = modules::accounts;

accounts::LoginMark login_mark(persistence::KeyStore const& keys) {
  return [&keys](std::string_view login) { return std::string{persistence::view(keys.mark_of(login))}; };
}

Erasures::Erasures(Core& core, engine::Outlet& next, Tell tell) : core_(core), next_(next), tell_(std::move(tell)) {}

engine::Result<void> Erasures::begin() {
  state_ = State::Begun;
  return destroy(accounts::keys_to_destroy(core_.tables));
}

void Erasures::publish(std::unique_ptr<engine::Turn const> turn) {
  std::vector<engine::PersonId> keys;
  for (auto const& event : turn->events) {
    auto const* answered = std::get_if<engine::ModuleAnswered>(&event);
    if (state_ == State::Replaying || answered == nullptr || !accounts::is_erasure(*answered)) continue;
    auto const erased = accounts::erased_person(engine::PersonId{answered->id}, core_.tables);
    if (erased) keys.insert(keys.end(), {erased->key, engine::PersonId{answered->id}});
  }
  if (!keys.empty()) {
    if (auto destroyed = destroy(keys); !destroyed) tell_(destroyed.error());
  }
  next_.publish(std::move(turn));
}

engine::Result<void> Erasures::destroy(std::vector<engine::PersonId> const& keys) {
  std::vector<engine::SecretOf> owners;
  for (auto const key : keys) {
    if (key.is_given()) owners.push_back({engine::SecretOf::Kind::Person, key.number()});
  }
  if (owners.empty()) return {};
  // A power cut may undo the last commit of the tables: they must not go back to rows whose key is gone.
  if (auto synced = core_.store.tables->sync(); !synced) return synced;
  if (auto destroyed = core_.store.keys->destroy(owners); !destroyed) return std::unexpected(destroyed.error());
  return {};
}

}  // namespace ebb
