// See the header.
#include "persistence/tables.h"

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {
namespace {

using Scan = engine::TableReader::Scan;
using Visit = std::function<Scan(std::string_view, std::string_view)>;

// In the table without a name, which no module can have.
std::string const& applied_row() {
  static std::string const row = std::string{'\0'} + "applied_seq";
  return row;
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

std::optional<std::string> find(Transaction const& transaction, std::string_view table, std::string_view key) {
  if (!fits(table, key)) return std::nullopt;  // such a row was never put
  auto const found = must(transaction.get(row_key(table, key)));
  if (!found) return std::nullopt;
  return std::string{*found};
}

void walk_rows(Transaction const& transaction, std::string_view table, std::string_view from, Visit const& visit) {
  auto const prefix = row_key(table, {});
  auto const longest = from.substr(0, Environment::key_bytes_max - prefix.size());
  auto cursor = must(transaction.cursor());
  for (auto row = must(cursor.from(row_key(table, longest))); row && row->key.starts_with(prefix);
       row = must(cursor.next())) {
    auto const key = row->key.substr(prefix.size());
    if (key >= from && visit(key, row->value) == Scan::Stop) return;
  }
}

// Every key at or before `from` is at or before what of it fits, because no key is longer.
void walk_rows_back(Transaction const& transaction, std::string_view table, std::string_view from, Visit const& visit) {
  auto const prefix = row_key(table, {});
  auto const longest = from.substr(0, Environment::key_bytes_max - prefix.size());
  auto cursor = must(transaction.cursor());
  for (auto row = must(cursor.up_to(row_key(table, longest))); row && row->key.starts_with(prefix);
       row = must(cursor.previous())) {
    if (visit(row->key.substr(prefix.size()), row->value) == Scan::Stop) return;
  }
}

class Moment final : public engine::TableReader {
 public:
  explicit Moment(Transaction transaction) : transaction_(std::move(transaction)) {}
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
};

}  // namespace

engine::Result<std::unique_ptr<Tables>> Tables::open(std::filesystem::path const& directory, TablesOptions options) {
  if (auto made = make_directory(directory); !made) return std::unexpected(made.error());
  auto environment = Environment::open(
      directory,
      {.map_bytes = options.map_bytes, .durability = Durability::LastMayGo, .readers_max = options.snapshots_max});
  if (!environment) return std::unexpected(environment.error());
  std::unique_ptr<Tables> tables{new Tables{std::move(*environment), options}};
  if (auto loaded = tables->load_applied(); !loaded) return std::unexpected(loaded.error());
  return tables;
}

Tables::Tables(Environment environment, TablesOptions options)
    : environment_(std::move(environment)), options_(options) {}

engine::Result<void> Tables::load_applied() {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const row = transaction->get(applied_row());
  if (!row) return std::unexpected(row.error());
  if (!*row) return {};
  engine::ByteReader reader{**row};
  applied_ = reader.get<engine::Seq>();
  if (!reader.finished()) return failed(environment_.place() + ": applied_seq is damaged");
  return {};
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
  write(table, key, [&](Transaction& transaction) { return transaction.put(row_key(table, key), value); });
}

void Tables::erase(std::string_view table, std::string_view key) {
  write(table, key, [&](Transaction& transaction) { return transaction.erase(row_key(table, key)); });
}

engine::Result<void> Tables::commit(engine::Seq applied) {
  CHECK(applied >= applied_);
  CHECK(scanning_ == 0);
  if (failure_) return std::unexpected(*failure_);
  if (!writing_) {
    auto transaction = environment_.write();
    if (!transaction) return std::unexpected(*(failure_ = transaction.error()));
    writing_ = std::move(*transaction);
  }
  engine::ByteWriter row;
  row.put(applied);
  auto done = writing_->put(applied_row(), row.view());
  if (done) done = writing_->commit();
  writing_.reset();
  writes_ = 0;
  if (!done) return std::unexpected(*(failure_ = engine::Failure{"tables: " + done.error().what}));
  applied_ = applied;
  return {};
}

std::unique_ptr<engine::TableReader const> Tables::snapshot() const {
  return std::make_unique<Moment>(must(environment_.read()));
}

void Tables::for_each_row(VisitRow const& visit) const {
  look([&](Transaction const& transaction) {
    auto cursor = must(transaction.cursor());
    for (auto row = must(cursor.first()); row; row = must(cursor.next())) {
      auto const name_bytes = static_cast<unsigned char>(row->key.front());
      if (name_bytes == 0) continue;
      visit(row->key.substr(1, name_bytes), row->key.substr(1U + name_bytes), row->value);
    }
  });
}

engine::Result<void> Tables::drop_all() {
  CHECK(!is_dirty());
  auto transaction = environment_.write();
  if (!transaction) return std::unexpected(transaction.error());
  if (auto cleared = transaction->clear(); !cleared) return cleared;
  if (auto committed = transaction->commit(); !committed) return committed;
  applied_ = {};
  return sync();
}

engine::Result<void> Tables::sync() {
  return environment_.sync();
}

}  // namespace persistence
