// See the header. Every function here is one LMDB call and the translation of its return code.
#include "persistence/lmdb_env.h"

#include <lmdb.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "engine/check.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

static_assert(std::endian::native == std::endian::little, "integer keys are written as the machine holds them");
static_assert(sizeof(std::size_t) == sizeof(std::uint64_t), "LMDB's integer keys are as wide as size_t");

std::unexpected<engine::Failure> lmdb_failed(std::string const& place, std::string_view doing, int code) {
  std::string why = mdb_strerror(code);
  if (code == EIO) why += " (LMDB says this when the disk is full, too)";
  if (code == MDB_MAP_FULL) why += " (the map reserved at open is used up)";
  return failed(place + ": " + std::string{doing} + ": " + why);
}

MDB_val value_of(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}
std::string_view view_of(MDB_val const& value) {
  return {static_cast<char const*>(value.mv_data), value.mv_size};
}

}  // namespace

std::uint64_t number_of_key(std::string_view key) {
  std::uint64_t number = 0;
  if (key.size() == sizeof number) std::memcpy(&number, key.data(), sizeof number);
  return number;
}

// ---- Cursor ----------------------------------------------------------------------------------------------------

void Cursor::Close::operator()(MDB_cursor* cursor) const {
  mdb_cursor_close(cursor);
}

engine::Result<std::optional<Row>> Cursor::move(int operation, std::string_view from) {
  auto key = value_of(from);
  MDB_val value{};
  int const code = mdb_cursor_get(cursor_.get(), &key, &value, static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return std::nullopt;
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "read", code);
  return Row{view_of(key), view_of(value)};
}

engine::Result<std::optional<Row>> Cursor::first() {
  return move(MDB_FIRST, {});
}
engine::Result<std::optional<Row>> Cursor::last() {
  return move(MDB_LAST, {});
}
engine::Result<std::optional<Row>> Cursor::from(std::string_view key) {
  return move(MDB_SET_RANGE, key);
}
engine::Result<std::optional<Row>> Cursor::up_to(std::string_view key) {
  auto at = from(key);
  if (!at) return at;
  if (!*at) return last();
  return (*at)->key == key ? at : previous();
}
engine::Result<std::optional<Row>> Cursor::next() {
  return move(MDB_NEXT, {});
}
engine::Result<std::optional<Row>> Cursor::previous() {
  return move(MDB_PREV, {});
}

// ---- Transaction -----------------------------------------------------------------------------------------------

void Transaction::Abort::operator()(MDB_txn* transaction) const {
  mdb_txn_abort(transaction);
}

engine::Result<std::optional<std::string_view>> Transaction::get(std::string_view key) const {
  auto wanted = value_of(key);
  MDB_val found{};
  int const code = mdb_get(transaction_.get(), database_, &wanted, &found);
  if (code == MDB_NOTFOUND) return std::nullopt;
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "read", code);
  return view_of(found);
}

engine::Result<Cursor> Transaction::cursor() const {
  MDB_cursor* cursor = nullptr;
  int const code = mdb_cursor_open(transaction_.get(), database_, &cursor);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "open a cursor", code);
  return Cursor{cursor, place_};
}

engine::Result<std::uint64_t> Transaction::rows() const {
  MDB_stat stat{};
  int const code = mdb_stat(transaction_.get(), database_, &stat);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "count", code);
  return stat.ms_entries;
}

engine::Result<void> Transaction::put(std::string_view key, std::string_view value) {
  auto to = value_of(key);
  auto bytes = value_of(value);
  int const code = mdb_put(transaction_.get(), database_, &to, &bytes, 0);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "put", code);
  return {};
}

engine::Result<void> Transaction::erase(std::string_view key) {
  auto which = value_of(key);
  int const code = mdb_del(transaction_.get(), database_, &which, nullptr);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND) return lmdb_failed(*place_, "erase", code);
  return {};
}

engine::Result<void> Transaction::clear() {
  int const code = mdb_drop(transaction_.get(), database_, 0);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "clear", code);
  return {};
}

engine::Result<void> Transaction::append(std::uint64_t key, std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (auto const part : parts) size += part.size();
  MDB_val to{sizeof key, &key};
  MDB_val room{size, nullptr};
  int const code = mdb_put(transaction_.get(), database_, &to, &room, MDB_APPEND | MDB_RESERVE);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "append", code);
  auto* at = static_cast<char*>(room.mv_data);
  for (auto const part : parts) {
    std::memcpy(at, part.data(), part.size());
    at += part.size();
  }
  return {};
}

engine::Result<void> Transaction::commit() {
  int const code = mdb_txn_commit(transaction_.release());
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "commit", code);
  return {};
}

void Transaction::rest() {
  mdb_txn_reset(transaction_.get());
}

engine::Result<void> Transaction::renew() {
  int const code = mdb_txn_renew(transaction_.get());
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "renew a reader", code);
  return {};
}

// ---- Environment -----------------------------------------------------------------------------------------------

void Environment::Close::operator()(MDB_env* environment) const {
  mdb_env_close(environment);
}

engine::Result<void> Environment::make(std::filesystem::path const& directory, Options const& options) {
  namespace fs = std::filesystem;
  auto const fresh = fs::path{directory.string() + ".new"};
  std::error_code error;
  fs::remove_all(fresh, error);  // half made when the power went
  if (error) return failed(fresh.string() + ": remove: " + error.message());
  auto const data = directory / "data.mdb";
  if (is_there(data)) return {};
  if (auto made = make_directory(directory); !made) return made;
  if (auto made = make_directory(fresh); !made) return made;
  {
    auto environment = open(fresh, options);
    if (!environment) return std::unexpected(environment.error());
    if (auto synced = environment->sync(); !synced) return synced;
  }
  if (fs::rename(fresh / "data.mdb", data, error); error) return failed(data.string() + ": rename: " + error.message());
  if (auto synced = sync_directory(directory); !synced) return synced;
  if (fs::remove_all(fresh, error); error) return failed(fresh.string() + ": remove: " + error.message());
  return {};
}

engine::Result<Environment> Environment::open(std::filesystem::path const& directory, Options const& options) {
  Environment opened;
  opened.place_ = std::make_unique<std::string const>(directory.string());
  MDB_env* environment = nullptr;
  CHECK(mdb_env_create(&environment) == MDB_SUCCESS);
  opened.environment_.reset(environment);
  CHECK(mdb_env_set_mapsize(environment, options.map_bytes) == MDB_SUCCESS);
  CHECK(mdb_env_set_maxreaders(environment, options.readers_max) == MDB_SUCCESS);

  unsigned flags = MDB_NOTLS;
  if (options.durability == Durability::LastMayGo) flags |= MDB_NOMETASYNC;
  // Whoever only reads holds the lock of the whole directory, so that there is nobody to agree with.
  if (options.access == Access::ReadOnly) flags |= MDB_RDONLY | MDB_NOLOCK;
  if (options.access == Access::ReadBeside) flags |= MDB_RDONLY;
  int const code = mdb_env_open(environment, directory.c_str(), flags, 0600);
  if (code != MDB_SUCCESS) return lmdb_failed(*opened.place_, "open", code);
  if (auto whole = opened.check_length(directory / "data.mdb"); !whole) return std::unexpected(whole.error());
  if (auto ready = opened.open_database(options); !ready) return std::unexpected(ready.error());
  return opened;
}

engine::Result<void> Environment::open_database(Options const& options) {
  auto const mode = options.access == Access::ReadWrite ? 0U : unsigned{MDB_RDONLY};
  auto transaction = begin(mode);
  if (!transaction) return std::unexpected(transaction.error());
  unsigned const flags = options.order == KeyOrder::Numbers && mode == 0 ? unsigned{MDB_INTEGERKEY} : 0U;
  int const code = mdb_dbi_open(transaction->transaction_.get(), nullptr, flags, &database_);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "open the database", code);
  return transaction->commit();
}

// Pages behind the end of the file would kill the process at the first read of one.
engine::Result<void> Environment::check_length(std::filesystem::path const& data) const {
  std::error_code error;
  auto const bytes = std::filesystem::file_size(data, error);
  if (error) return failed(data.string() + ": " + error.message());
  if (bytes < used_bytes()) {
    return failed(data.string() + ": cut short: " + std::to_string(bytes) + " bytes of " +
                  std::to_string(used_bytes()));
  }
  return {};
}

engine::Result<Transaction> Environment::begin(unsigned flags) const {
  MDB_txn* transaction = nullptr;
  int const code = mdb_txn_begin(environment_.get(), nullptr, flags, &transaction);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "begin", code);
  return Transaction{transaction, database_, place_.get()};
}

engine::Result<Transaction> Environment::read() const {
  return begin(MDB_RDONLY);
}
engine::Result<Transaction> Environment::write() {
  return begin(0);
}

std::size_t Environment::used_bytes() const {
  MDB_envinfo info{};
  MDB_stat stat{};
  CHECK(mdb_env_info(environment_.get(), &info) == MDB_SUCCESS);
  CHECK(mdb_env_stat(environment_.get(), &stat) == MDB_SUCCESS);
  return (info.me_last_pgno + 1) * stat.ms_psize;
}

engine::Result<void> Environment::drop_dead_readers() {
  int dead = 0;
  int const code = mdb_reader_check(environment_.get(), &dead);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "look for dead readers", code);
  return {};
}

engine::Result<void> Environment::sync() {
  int const code = mdb_env_sync(environment_.get(), 1);
  if (code != MDB_SUCCESS) return lmdb_failed(*place_, "sync", code);
  return {};
}

}  // namespace persistence
