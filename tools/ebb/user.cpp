// The server's own wiring without its door: core, loop, and an outlet that keeps the module's answer.
#include "tools/ebb/user.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "engine/loop.h"
#include "gateway/password.h"
#include "gateway/server_clock.h"
#include "modules/accounts/commands.h"
#include "modules/accounts/rows.h"
#include "modules/text.h"
#include "tools/ebb/core.h"
#include "tools/ebb/erasures.h"
#include "tools/ebb/folded.h"

namespace ebb {
namespace {

namespace accounts = modules::accounts;
using engine::Failure;
using engine::Result;

std::unexpected<Failure> failed(std::string what) {
  return std::unexpected(Failure{std::move(what)});
}

// Keeps the first refusal; nothing else is asked about.
class Refusals final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    for (auto const& event : turn->events) {
      auto const* answered = std::get_if<engine::ModuleAnswered>(&event);
      if (answered != nullptr && answered->refusal && !first_) first_ = answered->refusal;
    }
  }
  void forget() { first_.reset(); }
  std::optional<engine::Refusal> const& first() const { return first_; }

 private:
  std::optional<engine::Refusal> first_;
};

class Offline {
 public:
  explicit Offline(std::unique_ptr<Core> core)
      : core_(std::move(core)),
        clock_(gateway::ServerClock::machine_monotonic(), gateway::ServerClock::machine_wall()),
        inbox_(clock_, 16),
        loop_(inbox_, *core_->store.journal, core_->hall, core_->house, refusals_) {}

  Result<void> recover() {
    Folded folded;
    auto const begun_with = load_snapshot(core_->store, folded, [](std::string const&) {});
    if (begun_with) {
      core_->hall = folded.take_hall();
      loop_.continue_after(begun_with->seq);
    }
    auto const replayed = persistence::recover(
        *core_->store.journal, [this](auto frame) { return loop_.replay(frame); }, [](persistence::Progress const&) {},
        begun_with);
    if (!replayed) return std::unexpected(replayed.error());
    return loop_.resume();
  }

  // Decides commands of the house itself, behind the outage that lies before them.
  Result<void> decide(std::vector<engine::ModuleCommand> commands) {
    if (loop_.last_seq().is_given()) {
      auto const decided_until = core_->hall.now();
      inbox_.offer({}, engine::Started{std::max(core_->store.alive.last().value_or(decided_until), decided_until)});
    }
    refusals_.forget();  // those of the replay
    for (auto& command : commands) inbox_.offer({}, std::move(command));
    inbox_.close();
    if (auto ran = loop_.run(); !ran) return ran;
    if (auto beaten = core_->store.alive.beat(clock_.now()); !beaten) return beaten;
    if (auto const& refusal = refusals_.first()) {
      return failed(fmt::format("{}: {}", refusal->kind->code, refusal->kind->en));
    }
    return {};
  }

  struct Listed {
    accounts::Person person;
    std::string login;  // empty: erased
  };
  std::vector<Listed> people() const {
    std::vector<Listed> people;
    core_->tables.scan(accounts::table::persons, {}, [&](std::string_view, std::string_view row) {
      people.push_back({modules::unpacked<accounts::Person>(row), {}});
      return engine::TableReader::Scan::Continue;
    });
    for (auto& listed : people) {
      if (auto const name = accounts::name_of(listed.person, core_->tables)) listed.login = name->login;
    }
    return people;
  }
  accounts::LoginMark mark() const { return login_mark(*core_->store.keys); }
  std::optional<accounts::Org> platform() const {
    std::optional<accounts::Org> platform;
    core_->tables.scan(accounts::table::orgs, {}, [&](std::string_view, std::string_view row) {
      auto const org = modules::unpacked<accounts::Org>(row);
      if (org.kind == accounts::OrgKind::Platform) platform = org;
      return platform ? engine::TableReader::Scan::Stop : engine::TableReader::Scan::Continue;
    });
    return platform;
  }

 private:
  std::unique_ptr<Core> core_;
  gateway::ServerClock clock_;
  engine::Inbox inbox_;
  Refusals refusals_;
  engine::Loop loop_;
};

std::string_view state_text(accounts::PersonState state) {
  switch (state) {
    case accounts::PersonState::Active:
      return "active";
    case accounts::PersonState::Locked:
      return "locked";
    case accounts::PersonState::Disabled:
      return "disabled";
    case accounts::PersonState::Erased:
      return "erased";
  }
  return "?";
}

// The password and its hash; what was made is also to be told.
struct Password {
  std::string text;
  std::string hash;
};
Result<Password> password_for(UserCall const& call) {
  Password password;
  if (call.password == UserCall::Password::Generated) {
    password.text = gateway::password::one_time();
  } else if (!std::getline(std::cin, password.text) ||
             gateway::password::judge(password.text) == gateway::password::Fit::Refused) {
    return failed(fmt::format("standard input: expected a password of {} to {} characters",
                              gateway::password::characters_min, gateway::password::characters_max));
  }
  auto hash = gateway::password::hash(password.text);
  if (!hash) return std::unexpected(hash.error());
  password.hash = std::move(*hash);
  return password;
}

std::string told(UserCall const& call, Password const& password) {
  if (call.password == UserCall::Password::FromInput) return fmt::format("{}: the password is set\n", call.login);
  return fmt::format("{}: password: {}\n", call.login, password.text);
}

std::string list(Offline const& offline) {
  std::string text;
  for (auto const& [person, login] : offline.people()) {
    text += fmt::format("{:>6} {:<24} {:<14} {}\n", person.id.number(), login, modules::role_text(person.role),
                        state_text(person.state));
  }
  return text;
}

Result<std::string> create(UserCall const& call, Offline& offline) {
  if (!accounts::is_login(call.login)) return failed("LOGIN_MALFORMED: a login is 3 to 40 characters of [a-z0-9._-]");
  auto const password = password_for(call);
  if (!password) return std::unexpected(password.error());
  auto const platform = offline.platform();
  auto command = platform ? accounts::another_administrator(call.login, password->hash, platform->id, offline.mark())
                          : accounts::first_administrator(call.login, call.login, password->hash, offline.mark());
  if (auto decided = offline.decide({std::move(command)}); !decided) return std::unexpected(decided.error());
  return told(call, *password);
}

Result<std::string> reset(UserCall const& call, Offline& offline) {
  auto const people = offline.people();
  auto const found = std::ranges::find(people, call.login, &Offline::Listed::login);
  if (found == people.end()) return failed(call.login + ": there is no such person");
  auto const* const person = &found->person;
  if (person->role != modules::Role::Administrator) {
    return failed(call.login + ": not an administrator; an administrator sets this password while the server runs");
  }
  auto const password = password_for(call);
  if (!password) return std::unexpected(password.error());
  std::vector commands{accounts::by({}, {}, accounts::SetPassword{person->id})};
  commands.front().secret = password->hash;
  commands.front().secret_of = person->id;
  if (person->state == accounts::PersonState::Locked) {
    commands.push_back(accounts::by({}, {}, accounts::UnlockPerson{person->id, "ebb user reset-password"}));
  }
  if (auto decided = offline.decide(std::move(commands)); !decided) return std::unexpected(decided.error());
  return told(call, *password);
}

}  // namespace

Result<std::string> user(UserCall const& call) {
  if (!std::filesystem::exists(call.directory / "journal")) {
    return failed(call.directory.string() + ": there is no journal here");
  }
  Config config;
  config.data_directory = call.directory.string();
  auto core = Core::open(config);
  if (!core) return std::unexpected(core.error());
  Offline offline{std::move(*core)};
  if (auto recovered = offline.recover(); !recovered) return std::unexpected(recovered.error());
  switch (call.act) {
    case UserCall::Act::List:
      return list(offline);
    case UserCall::Act::CreateAdministrator:
      return create(call, offline);
    case UserCall::Act::ResetPassword:
      return reset(call, offline);
  }
  return std::string{};
}

}  // namespace ebb
