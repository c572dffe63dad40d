// See the header.
#include "persistence/tables.h"

#include <list>
#include <mutex>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/hash.h"

namespace persistence {
namespace {

using Scan = engine::TableReader::Scan;
using Visit = std::function<Scan(std::string_view, std::string_view)>;

// In the table without a name, which no module can have.
std::string const& applied_row() {
  static std::string const row = std::string{'\0'} + "applied_seq";
  return row;
}
std::string const& version_row() {
  static std::string const row = std::string{'\0'} + "version";
  return row;
}

constexpr std::uint16_t tables_version = 2;  // 1 had no such row and no checksums
constexpr std::size_t sum_bytes = sizeof(std::uint32_t);

std::uint32_t sum_of(std::string_view row, std::string_view value) {
  return crc32c(value, crc32c(row));
}
std::string with_sum(std::string_view row, std::string_view value) {
  engine::ByteWriter bytes;
  bytes.put_raw(value).put(sum_of(row, value));
  return bytes.take();
}
// Nothing: not what was put there.
std::optional<std::string_view> without_sum(Row const& row) {
  if (row.value.size() < sum_bytes) return std::nullopt;
  auto const value = row.value.substr(0, row.value.size() - sum_bytes);
  engine::ByteReader sum{row.value.substr(value.size())};
  if (sum.get<std::uint32_t>() != sum_of(row.key, value)) return std::nullopt;
  return value;
}

bool fits(std::string_view table, std::string_view key) {
  return 1 + table.size() + key.size() <= Environment::key_bytes_max;
}

std::string row_key(std::string_view table, std::string_view key) {
  CHECK(!table.empty());
  CHECK(table.size() < 256);
  CHECK(fits(table, key));
  std::string row{static_cast<char>(table.size())};
  row += table;
  row += key;
  return row;
}

// What this room cannot read, it cannot go on with.
template <class T>
T must(engine::Result<T> result) {
  if (!result) engine::check_failed(result.error().what.c_str(), __FILE__, __LINE__);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string_view value_of(Row const& row) {
  auto const value = without_sum(row);
  CHECK(value.has_value());  // damaged since the start: the next one finds it and builds the rows again
  return *value;
}

std::optional<std::string> find(Transaction const& transaction, std::string_view table, std::string_view key) {
  if (!fits(table, key)) return std::nullopt;  // such a row was never put
  auto const row = row_key(table, key);
  auto const found = must(transaction.get(row));
  if (!found) return std::nullopt;
  return std::string{value_of({row, *found})};
}

void walk_rows(Transaction const& transaction, std::string_view table, std::string_view from, Visit const& visit) {
  auto const prefix = row_key(table, {});
  auto const longest = from.substr(0, Environment::key_bytes_max - prefix.size());
  auto cursor = must(transaction.cursor());
  for (auto row = must(cursor.from(row_key(table, longest))); row && row->key.starts_with(prefix);
       row = must(cursor.next())) {
    auto const key = row->key.substr(prefix.size());
    if (key >= from && visit(key, value_of(*row)) == Scan::Stop) return;
  }
}

// Every key at or before `from` is at or before what of it fits, because no key is longer.
void walk_rows_back(Transaction const& transaction, std::string_view table, std::string_view from, Visit const& visit) {
  auto const prefix = row_key(table, {});
  auto const longest = from.substr(0, Environment::key_bytes_max - prefix.size());
  auto cursor = must(transaction.cursor());
  for (auto row = must(cursor.up_to(row_key(table, longest))); row && row->key.starts_with(prefix);
       row = must(cursor.previous())) {
    if (visit(row->key.substr(prefix.size()), value_of(*row)) == Scan::Stop) return;
  }
}

}  // namespace

// When the snapshots that are open began, the oldest first.
class OpenMoments {
 public:
  using Steady = std::chrono::steady_clock;
  using Place = std::list<Steady::time_point>::iterator;
  Place begin() {
    std::lock_guard const guard{lock_};
    return begun_.insert(begun_.end(), Steady::now());
  }
  void end(Place place) {
    std::lock_guard const guard{lock_};
    begun_.erase(place);
  }
  std::chrono::nanoseconds oldest() const {
    std::lock_guard const guard{lock_};
    return begun_.empty() ? std::chrono::nanoseconds{} : Steady::now() - begun_.front();
  }

 private:
  mutable std::mutex lock_;
  std::list<Steady::time_point> begun_;
};

namespace {

class Moment final : public engine::TableReader {
 public:
  Moment(Transaction transaction, std::shared_ptr<OpenMoments> moments)
      : transaction_(std::move(transaction)), moments_(std::move(moments)), place_(moments_->begin()) {}
  Moment(Moment const&) = delete;
  Moment& operator=(Moment const&) = delete;
  ~Moment() override { moments_->end(place_); }
  std::optional<std::string> get(std::string_view table, std::string_view key) const override {
    return find(transaction_, table, key);
  }
  void scan(std::string_view table, std::string_view from, Visit const& visit) const override {
    walk_rows(transaction_, table, from, visit);
  }
  void scan_back(std::string_view table, std::string_view from, Visit const& visit) const override {
    walk_rows_back(transaction_, table, from, visit);
  }

 private:
  Transaction transaction_;
  std::shared_ptr<OpenMoments> moments_;
  OpenMoments::Place place_;
};

}  // namespace

engine::Result<std::unique_ptr<Tables>> Tables::open(std::filesystem::path const& directory, TablesOptions options) {
  Environment::Options const kind{.map_bytes = options.map_bytes,
                                  .access = options.access,
                                  .durability = Durability::LastMayGo,
                                  .readers_max = options.snapshots_max};
  if (options.access == Access::ReadWrite) {
    if (auto made = Environment::make(directory, kind); !made) return std::unexpected(made.error());
  }
  auto environment = Environment::open(directory, kind);
  if (!environment) return std::unexpected(environment.error());
  std::unique_ptr<Tables> tables{new Tables{std::move(*environment), options}};
  if (auto loaded = tables->load(); !loaded) return std::unexpected(loaded.error());
  return tables;
}

std::optional<engine::Seq> Tables::applied_in(std::filesystem::path const& directory, Access access) {
  auto const environment = Environment::open(directory, {.map_bytes = TablesOptions{}.map_bytes, .access = access});
  if (!environment) return std::nullopt;
  auto const transaction = environment->read();
  if (!transaction) return std::nullopt;
  auto const row = transaction->get(applied_row());
  if (!row || !*row) return std::nullopt;
  auto const value = without_sum({applied_row(), **row});
  return value ? std::optional{engine::ByteReader{*value}.get<engine::Seq>()} : std::nullopt;
}

Tables::Tables(Environment environment, TablesOptions options)
    : environment_(std::move(environment)), options_(options), moments_(std::make_shared<OpenMoments>()) {}

// Every row is read once and held against its checksum: what was damaged while the server was down goes, with all
// others.
engine::Result<void> Tables::load() {
  std::uint64_t rows = 0;
  std::optional<std::uint16_t> version;
  std::optional<std::string> damage;
  {
    auto const transaction = environment_.read();
    if (!transaction) return std::unexpected(transaction.error());
    auto cursor = transaction->cursor();
    if (!cursor) return std::unexpected(cursor.error());
    auto row = cursor->first();
    for (; row && *row; row = cursor->next()) {
      ++rows;
      auto const value = without_sum(**row);
      if (!value) {
        if (!damage) damage = "the row " + hex((*row)->key) + " is damaged";
        continue;
      }
      engine::ByteReader reader{*value};
      if ((*row)->key == applied_row()) applied_ = reader.get<std::uint64_t>();
      if ((*row)->key == version_row()) version = reader.get<std::uint16_t>();
    }
    if (!row) return std::unexpected(row.error());
    auto const counted = transaction->rows();
    if (!counted) return std::unexpected(counted.error());
    if (*counted != rows && !damage) damage = std::to_string(rows) + " rows of " + std::to_string(*counted);
  }
  if (version && *version != tables_version) {
    return failed(environment_.place() + ": version " + std::to_string(*version) + "; this program knows " +
                  std::to_string(tables_version));
  }
  if (rows == 0 && !damage) return begin_anew({});
  if (!version) return begin_anew("they are of a version without checksums, or damaged");
  if (damage) return begin_anew(*damage);
  return {};
}

engine::Result<void> Tables::begin_anew(std::string why) {
  if (options_.access != Access::ReadWrite) {
    return failed(environment_.place() + ": " + (why.empty() ? std::string{"there are no rows"} : why));
  }
  if (!why.empty()) dropped_because_ = environment_.place() + ": " + std::move(why);
  return drop_all();
}

// Uncommitted rows if there are any, else the last committed moment.
void Tables::look(std::function<void(Transaction const&)> const& read) const {
  if (writing_) return read(*writing_);
  if (scanning_ > 0 && reading_) return read(*reading_);  // inside a scan: its moment
  if (reading_) {
    must(reading_->renew());
  } else {
    reading_ = must(environment_.read());
  }
  read(*reading_);
  reading_->rest();
}

std::optional<std::string> Tables::get(std::string_view table, std::string_view key) const {
  std::optional<std::string> found;
  look([&](Transaction const& transaction) { found = find(transaction, table, key); });
  return found;
}

void Tables::scan(std::string_view table, std::string_view from, Visit const& visit) const {
  look([&](Transaction const& transaction) {
    ++scanning_;
    walk_rows(transaction, table, from, visit);
    --scanning_;
  });
}

void Tables::scan_back(std::string_view table, std::string_view from, Visit const& visit) const {
  look([&](Transaction const& transaction) {
    ++scanning_;
    walk_rows_back(transaction, table, from, visit);
    --scanning_;
  });
}

void Tables::write(std::string_view table, std::string_view key,
                   std::function<engine::Result<void>(Transaction&)> const& how) {
  CHECK(scanning_ == 0);
  if (failure_) return;
  auto const fail = [this](std::string const& what) { failure_ = engine::Failure{"tables: " + what}; };
  if (++writes_ > options_.writes_a_commit_max) return fail("more writes than one commit may have");
  if (!fits(table, key)) return fail("a key is too long in " + std::string{table});
  if (!writing_) {
    auto transaction = environment_.write();
    if (!transaction) return fail(transaction.error().what);
    writing_ = std::move(*transaction);
  }
  if (auto done = how(*writing_); !done) fail(done.error().what);
}

void Tables::put(std::string_view table, std::string_view key, std::string_view value) {
  write(table, key, [&](Transaction& transaction) {
    auto const row = row_key(table, key);
    return transaction.put(row, with_sum(row, value));
  });
}

void Tables::erase(std::string_view table, std::string_view key) {
  write(table, key, [&](Transaction& transaction) { return transaction.erase(row_key(table, key)); });
}

engine::Result<void> Tables::commit(engine::Seq applied) {
  CHECK(applied >= this->applied());
  CHECK(scanning_ == 0);
  if (failure_) return std::unexpected(*failure_);
  if (!writing_) {
    auto transaction = environment_.write();
    if (!transaction) return std::unexpected(*(failure_ = transaction.error()));
    writing_ = std::move(*transaction);
  }
  engine::ByteWriter row;
  row.put(applied);
  auto done = writing_->put(applied_row(), with_sum(applied_row(), row.view()));
  if (done) done = writing_->commit();
  writing_.reset();
  writes_ = 0;
  if (done && ++commits_ % Environment::commits_a_reader_check == 0) done = environment_.drop_dead_readers();
  if (!done) return std::unexpected(*(failure_ = engine::Failure{"tables: " + done.error().what}));
  applied_.store(applied.number(), std::memory_order_release);
  return {};
}

std::unique_ptr<engine::TableReader const> Tables::snapshot() const {
  return std::make_unique<Moment>(must(environment_.read()), moments_);
}

std::chrono::nanoseconds Tables::oldest_snapshot() const {
  return moments_->oldest();
}

void Tables::for_each_row(VisitRow const& visit) const {
  look([&](Transaction const& transaction) {
    auto cursor = must(transaction.cursor());
    for (auto row = must(cursor.first()); row; row = must(cursor.next())) {
      auto const name_bytes = static_cast<unsigned char>(row->key.front());
      if (name_bytes == 0) continue;
      visit(row->key.substr(1, name_bytes), row->key.substr(1U + name_bytes), value_of(*row));
    }
  });
}

engine::Result<void> Tables::drop_all() {
  CHECK(!is_dirty());
  auto transaction = environment_.write();
  if (!transaction) return std::unexpected(transaction.error());
  if (auto cleared = transaction->clear(); !cleared) return cleared;
  engine::ByteWriter version;
  version.put(tables_version);
  if (auto put = transaction->put(version_row(), with_sum(version_row(), version.view())); !put) return put;
  if (auto committed = transaction->commit(); !committed) return committed;
  applied_ = 0;
  return sync();
}

engine::Result<void> Tables::sync() {
  return environment_.sync();
}

}  // namespace persistence
