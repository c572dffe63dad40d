// A person is erased: nothing names them in any file any more, and everything else is as before.
#include "tools/ebb/erasures.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

#include "engine/loop.h"
#include "modules/accounts/commands.h"
#include "persistence/backup_keys.h"
#include "tests/support/manual_clock.h"
#include "tools/ebb/backup.h"
#include "tools/ebb/doctor.h"
#include "tools/ebb/quiet.h"
#include "tools/ebb/redecide.h"
#include "tools/ebb/temporary_place.h"
#include "tools/ebb/verify.h"

namespace {

namespace fs = std::filesystem;
namespace accounts = modules::accounts;
using accounts::by;
using engine::PersonId;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view login = "zhang.sanqiu";
constexpr std::string_view display = "张三秋";
constexpr std::string_view hash = "$argon2id$of-zhang-sanqiu";
constexpr std::string_view browser = "Firefox of Zhang Sanqiu";
constexpr std::string_view words[] = {login, display, hash, browser};

template <class T>
T good(engine::Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().what;
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

// Keeps the last answer of a module, and the seqs of all that was told. Thread: any.
class Answers final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    std::scoped_lock const held{mutex_};
    for (auto const& event : turn->events) {
      if (auto const* answered = std::get_if<engine::ModuleAnswered>(&event)) last_ = *answered;
    }
    for (auto const& decided : turn->decided) seqs_.push_back(decided.seq.number());
    changed_.notify_one();
  }
  void forget() {
    std::scoped_lock const held{mutex_};
    last_.reset();
  }
  engine::ModuleAnswered next() {
    std::unique_lock held{mutex_};
    changed_.wait(held, [this] { return last_.has_value(); });
    return *std::exchange(last_, std::nullopt);
  }
  std::vector<std::uint64_t> seqs() {
    std::scoped_lock const held{mutex_};
    return seqs_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<engine::ModuleAnswered> last_;
  std::vector<std::uint64_t> seqs_;
};

// A server without its door, from its start to its end.
class Life {
 public:
  enum class Dies : std::uint8_t { Never, BeforeKeysGo };
  explicit Life(fs::path const& directory, Dies dies = Dies::Never)
      : core_(open(directory)),
        erasures_(*core_, answers_, [](engine::Failure const& failure) { ADD_FAILURE() << failure.what; }),
        loop_(inbox_, *core_->store.journal, core_->hall, core_->house,
              dies == Dies::Never ? static_cast<engine::Outlet&>(erasures_) : answers_) {
    good(persistence::recover(
        *core_->store.journal, [this](auto frame) { return loop_.replay(frame); },
        [](persistence::Progress const&) {}));
    good(loop_.resume());
    if (dies == Dies::Never) good(erasures_.begin());
  }
  std::uint64_t send(engine::ModuleCommand command, std::string_view expected = "") {
    answers_.forget();
    inbox_.offer({}, std::move(command));
    good(loop_.turn());
    auto const answered = answers_.next();
    EXPECT_EQ(answered.refusal ? answered.refusal->kind->code : "", expected);
    return answered.id;
  }
  std::uint64_t create(std::string_view name, std::string_view shown, modules::Role role, engine::OrgId org,
                       std::string_view expected = "") {
    auto const mark = ebb::login_mark(*core_->store.keys)(name);
    return send(accounts::naming(by({}, {}, accounts::CreatePerson{mark, role, org}),
                                 {{std::string(name), std::string(shown)}, std::string(hash)}, mark),
                expected);
  }
  void erase(PersonId person) {
    auto const row = accounts::person_of(person, core_->tables);
    ASSERT_TRUE(row.has_value());
    send(by({}, {}, accounts::ErasePerson{person, row->version, "本人申请"}));
  }
  // With a command before it in the same turn.
  void erase_behind_another_command(PersonId person) {
    inbox_.offer({}, engine::Tick{});
    erase(person);
  }
  std::vector<std::uint64_t> told() { return answers_.seqs(); }
  ebb::Core& core() { return *core_; }

 private:
  static std::unique_ptr<ebb::Core> open(fs::path const& directory) {
    ebb::Config config;
    config.data_directory = directory.string();
    return good(ebb::Core::open(config));
  }
  std::unique_ptr<ebb::Core> core_;
  support::ManualClock clock_{engine::at_millis(1'780'000'000'000)};
  engine::Inbox inbox_{clock_, 16};
  Answers answers_;
  ebb::Erasures erasures_;
  engine::Loop loop_;
};

class Erasing : public testing::Test {
 protected:
  fs::path data() const { return place_.path() / "data"; }
  fs::path place(std::string_view name) const { return place_.path() / name; }

  // Zhang Sanqiu among others: signed in, with another password, created twice, and disabled.
  void SetUp() override {
    Life life{data()};
    life.send(
        accounts::first_administrator("admin", "管理员", "$argon2id$x", ebb::login_mark(*life.core().store.keys)));
    engine::OrgId const org{
        life.send(by({}, {}, accounts::CreateOrg{"海宁供应", accounts::OrgKind::Supplier, "330000", ""}))};
    person_ = PersonId{life.create(login, display, modules::Role::Supplier, org)};
    other_ = PersonId{life.create("li.si", "李四", modules::Role::Supplier, org)};
    life.create(login, display, modules::Role::Supplier, org, "LOGIN_TAKEN");
    life.send(life.core().accounts.open_session(person_, "digest", browser));
    life.send(life.core().accounts.set_password({}, person_, hash));
    life.send(by({}, {}, accounts::DisablePerson{person_, "离职"}));
    org_ = org;
  }
  std::vector<std::string> files_that_say(std::string_view word, fs::path const& folder) const {
    std::vector<std::string> found;
    for (auto const& entry : fs::recursive_directory_iterator{folder}) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file{entry.path(), std::ios::binary};
      std::string const bytes{std::istreambuf_iterator<char>{file}, {}};
      if (bytes.find(word) != std::string::npos) found.push_back(entry.path().string());
    }
    return found;
  }
  // Whether each of the two keys is in that file.
  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    auto const environment = good(persistence::Environment::open(
        data() / "keys", {.map_bytes = std::size_t{1} << 30, .access = persistence::Access::ReadOnly}));
    auto const transaction = good(environment.read());
    auto cursor = good(transaction.cursor());
    for (auto row = good(cursor.first()); row; row = good(cursor.next())) {
      auto const owner = modules::number_at(row->key.substr(1), 0);
      bool const is_of_a_login = row->key.front() == 2 && owner >= std::uint64_t{1} << 63;
      bool const is_theirs = owner == person_.number() || (is_of_a_login && owner == key_);
      if (row->key.front() == 2 && is_theirs && row->value.size() > 32) keys.emplace_back(row->value.substr(1, 32));
    }
    return keys;
  }
  ebb::VerifyTold verify() const {
    ebb::VerifyCall call;
    call.directory = data();
    return good(ebb::verify(call));
  }
  void expect_everything_fits() {
    auto const diagnosis = ebb::doctor({ebb::DoctorCall::Act::Examine, data()});
    ASSERT_TRUE(diagnosis) << diagnosis.error().what;
    EXPECT_EQ(diagnosis->exit_code, 0) << diagnosis->text;
    auto const verified = verify();
    EXPECT_EQ(verified.damage, std::nullopt);
    EXPECT_THAT(verified.text, HasSubstr("decided again"));
    // The tables from the journal alone are those that are there.
    fs::remove_all(data() / "tables");
    good(ebb::redecide(data()));
    auto const again = ebb::doctor({ebb::DoctorCall::Act::Examine, data()});
    EXPECT_EQ(again ? again->exit_code : -1, 0);
  }
  void remember_key() {
    Life life{data()};
    key_ = accounts::person_of(person_, life.core().tables)->key.number();
  }

  PersonId person_;
  PersonId other_;
  engine::OrgId org_;
  std::uint64_t key_ = 0;

 private:
  ebb::TemporaryPlace place_;
};

TEST_F(Erasing, what_names_a_person_is_closed_in_every_file_from_the_first_day) {
  for (auto const word : words) EXPECT_THAT(files_that_say(word, data()), IsEmpty()) << word;
  EXPECT_THAT(files_that_say("海宁供应", data()), Not(IsEmpty())) << "the search works";
  Life life{data()};
  auto const person = accounts::person_of(person_, life.core().tables);
  EXPECT_EQ(accounts::name_of(*person, life.core().tables)->login, login);
}

TEST_F(Erasing, both_keys_go_before_the_answer_and_nothing_opens_in_any_file_any_more) {
  remember_key();
  auto const keys_before = keys();
  ASSERT_EQ(keys_before.size(), 2U);
  {
    Life life{data()};
    life.erase(person_);
    auto const person = accounts::person_of(person_, life.core().tables);
    EXPECT_EQ(person->state, accounts::PersonState::Erased);
    EXPECT_TRUE(*life.core().store.keys->is_destroyed({engine::SecretOf::Kind::Person, key_}));
    EXPECT_TRUE(*life.core().store.keys->is_destroyed({engine::SecretOf::Kind::Person, person_.number()}));
    auto const other = accounts::person_of(other_, life.core().tables);
    EXPECT_EQ(accounts::name_of(*other, life.core().tables)->display, "李四");
  }
  for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, data()), IsEmpty());
  EXPECT_THAT(keys(), IsEmpty());
  expect_everything_fits();
}

TEST_F(Erasing, what_was_decided_in_the_same_turn_is_told_once_and_in_its_order) {
  remember_key();
  auto const keys_before = keys();
  Life life{data()};
  auto const before = life.told().size();
  life.erase_behind_another_command(person_);
  auto const told = life.told();
  ASSERT_EQ(told.size(), before + 2);
  EXPECT_EQ(told[before] + 1, told[before + 1]);
  for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, data()), IsEmpty());
}

TEST_F(Erasing, a_crash_between_the_command_and_the_keys_is_finished_by_the_next_start) {
  remember_key();
  auto const keys_before = keys();
  {
    Life life{data(), Life::Dies::BeforeKeysGo};
    life.erase(person_);
  }
  for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, data()), Not(IsEmpty()));
  for (int start = 0; start < 2; ++start) {
    Life const life{data()};
    for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, data()), IsEmpty());
  }
  expect_everything_fits();
}

// The tables commit with one flush: a power cut may undo their last commits.
TEST_F(Erasing, rows_from_before_the_erasure_are_brought_up_to_it_whatever_is_left_of_the_keys) {
  for (auto const dies : {Life::Dies::Never, Life::Dies::BeforeKeysGo}) {
    fs::remove_all(place("earlier"));
    fs::copy(data() / "tables", place("earlier"), fs::copy_options::recursive);
    if (dies == Life::Dies::Never) {
      Life life{data()};
      life.erase(person_);
    }
    fs::remove_all(data() / "tables");
    fs::copy(place("earlier"), data() / "tables", fs::copy_options::recursive);
    Life life{data()};
    auto const person = accounts::person_of(person_, life.core().tables);
    EXPECT_EQ(person->state, accounts::PersonState::Erased);
    EXPECT_EQ(accounts::name_of(*person, life.core().tables), std::nullopt);
  }
  expect_everything_fits();
}

TEST_F(Erasing, what_comes_for_somebody_erased_is_refused_and_opens_for_nobody) {
  {
    Life life{data()};
    life.erase(person_);
    life.create(login, display, modules::Role::Supplier, org_, "LOGIN_TAKEN");
    life.send(life.core().accounts.set_password({}, person_, hash), "STATE_CONFLICT");
    life.send(life.core().accounts.open_session(person_, "digest", browser), "PERSON_DISABLED");
  }
  EXPECT_THAT(keys(), IsEmpty());
  for (auto const word : words) EXPECT_THAT(files_that_say(word, data()), IsEmpty()) << word;
  expect_everything_fits();
}

TEST_F(Erasing, the_next_backup_of_the_keys_has_them_no_more_and_says_so) {
  remember_key();
  auto const keys_before = keys();
  auto const back_up = [&] {
    return good(ebb::backup({.directory = data(), .to = place("backup"), .keys_to = place("keys")}));
  };
  EXPECT_THAT(back_up(), Not(HasSubstr("destroyed")));
  for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, place("keys")), Not(IsEmpty()));
  fs::copy(place("keys"), place("older-keys"), fs::copy_options::recursive);
  {
    Life life{data()};
    life.erase(person_);
  }
  EXPECT_THAT(back_up(), HasSubstr("2 destroyed keys"));
  for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, place("keys")), IsEmpty());

  // Restored with the new keys: as it is now. With older ones: the first start destroys them again.
  for (auto const* const from : {"keys", "older-keys"}) {
    fs::remove_all(data());
    good(ebb::restore({.from = place("backup"), .directory = data(), .keys_from = place(from), .until = {}}));
    { Life const life{data()}; }
    for (auto const& key : keys_before) EXPECT_THAT(files_that_say(key, data()), IsEmpty()) << from;
    expect_everything_fits();
  }
}

TEST_F(Erasing, verify_says_how_much_was_erased) {
  EXPECT_THAT(verify().text, Not(HasSubstr("erased")));
  {
    Life life{data()};
    life.erase(person_);
  }
  EXPECT_THAT(verify().text,
              HasSubstr("4 private parts were erased with the people they named; their leaves are as they were"));
}

// A house of the first layout: names in the open in bodies and rows.
TEST_F(Erasing, tables_that_name_people_in_the_open_are_made_again_as_other_files) {
  {
    auto store = good(persistence::open_store({.directory = data(), .tables = {.map_bytes = std::size_t{64} << 20}}));
    store.tables->put("accounts.people", "x", display);
    good(store.tables->commit(store.tables->applied()));
    good(store.tables->sync());
  }
  EXPECT_THAT(files_that_say(display, data()), Not(IsEmpty()));
  {
    Life life{data()};
    EXPECT_EQ(accounts::name_of(*accounts::person_of(other_, life.core().tables), life.core().tables)->login, "li.si");
  }
  EXPECT_THAT(files_that_say(display, data()), IsEmpty());
}

}  // namespace
