// See the header. A commit copies the rows only when a snapshot still shows the old ones.
#include "tests/support/memory_tables.h"

#include "engine/check.h"

namespace support {
namespace {

using Rows = MemoryTables::Rows;
using Key = MemoryTables::Key;
using Scan = engine::TableReader::Scan;

std::optional<std::string> find(Rows const& rows, std::string_view table, std::string_view key) {
  auto const row = rows.find(Key{table, key});
  if (row == rows.end()) return std::nullopt;
  return row->second;
}

void walk(Rows const& rows, std::string_view table, std::string_view from,
          std::function<Scan(std::string_view, std::string_view)> const& visit) {
  for (auto row = rows.lower_bound(Key{table, from}); row != rows.end() && row->first.first == table; ++row) {
    if (visit(row->first.second, row->second) == Scan::Stop) return;
  }
}

void walk_back(Rows const& rows, std::string_view table, std::string_view from,
               std::function<Scan(std::string_view, std::string_view)> const& visit) {
  for (auto row = rows.upper_bound(Key{table, from}); row != rows.begin();) {
    --row;
    if (row->first.first != table || visit(row->first.second, row->second) == Scan::Stop) return;
  }
}

class Moment final : public engine::TableReader {
 public:
  Moment(std::shared_ptr<std::mutex> lock, std::shared_ptr<Rows const> rows)
      : lock_(std::move(lock)), rows_(std::move(rows)) {}
  ~Moment() override {
    std::lock_guard const hold{*lock_};
    rows_.reset();
  }
  Moment(Moment const&) = delete;
  Moment& operator=(Moment const&) = delete;
  std::optional<std::string> get(std::string_view table, std::string_view key) const override {
    return find(*rows_, table, key);
  }
  void scan(std::string_view table, std::string_view from,
            std::function<Scan(std::string_view, std::string_view)> const& visit) const override {
    walk(*rows_, table, from, visit);
  }
  void scan_back(std::string_view table, std::string_view from,
                 std::function<Scan(std::string_view, std::string_view)> const& visit) const override {
    walk_back(*rows_, table, from, visit);
  }

 private:
  std::shared_ptr<std::mutex> const lock_;
  std::shared_ptr<Rows const> rows_;
};

}  // namespace

std::optional<std::string> MemoryTables::get(std::string_view table, std::string_view key) const {
  return find(rows_, table, key);
}

void MemoryTables::scan(std::string_view table, std::string_view from,
                        std::function<Scan(std::string_view, std::string_view)> const& visit) const {
  ++scanning_;
  walk(rows_, table, from, visit);
  --scanning_;
}

void MemoryTables::scan_back(std::string_view table, std::string_view from,
                             std::function<Scan(std::string_view, std::string_view)> const& visit) const {
  ++scanning_;
  walk_back(rows_, table, from, visit);
  --scanning_;
}

void MemoryTables::put(std::string_view table, std::string_view key, std::string_view value) {
  CHECK(scanning_ == 0);
  CHECK(!table.empty());
  CHECK(1 + table.size() + key.size() <= 511);  // what a row of the real store can be named by
  rows_[Key{table, key}] = value;
  changes_[Key{table, key}] = std::string{value};
}

void MemoryTables::erase(std::string_view table, std::string_view key) {
  CHECK(scanning_ == 0);
  rows_.erase(Key{table, key});
  changes_[Key{table, key}] = std::nullopt;
}

engine::Result<void> MemoryTables::commit(engine::Seq applied) {
  if (fails_) return std::unexpected(engine::Failure{"tables: commit refused by the test"});
  CHECK(applied >= applied_);
  {
    std::lock_guard const hold{*lock_};
    if (committed_.use_count() > 1) committed_ = std::make_shared<Rows>(*committed_);
    for (auto const& [key, value] : changes_) {
      if (value) {
        (*committed_)[key] = *value;
      } else {
        committed_->erase(key);
      }
    }
  }
  changes_.clear();
  applied_ = applied;
  ++commits_;
  return {};
}

std::unique_ptr<engine::TableReader const> MemoryTables::snapshot() const {
  std::lock_guard const hold{*lock_};
  return std::make_unique<Moment>(lock_, committed_);
}

void MemoryTables::crash() {
  std::lock_guard const hold{*lock_};
  rows_ = *committed_;
  changes_.clear();
  fails_ = false;
}

}  // namespace support
