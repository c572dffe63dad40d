// Tables in memory: what persistence/tables is to the server, this is to a test of a module or of the loop.
//
// Same promises: the engine thread reads its own uncommitted rows, a snapshot shows one committed moment, rows and
// applied() change together. crash() gives what a restart would find.
//
// Thread:  snapshots from any, all else from one.
// Failure: none by itself; fail_next_commit() makes one, and it sticks.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/ports.h"

namespace support {

class MemoryTables final : public engine::TableStore, public engine::Snapshots {
 public:
  using Key = std::pair<std::string, std::string>;  // table, key
  using Rows = std::map<Key, std::string>;

  std::optional<std::string> get(std::string_view table, std::string_view key) const override;
  void scan(std::string_view table, std::string_view from,
            std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  void scan_back(std::string_view table, std::string_view from,
                 std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  // Not from inside a scan: the real store's rows move under the visitor.
  void put(std::string_view table, std::string_view key, std::string_view value) override;
  void erase(std::string_view table, std::string_view key) override;

  bool is_dirty() const override { return !changes_.empty(); }
  engine::Seq applied() const override { return applied_; }
  engine::Result<void> commit(engine::Seq applied) override;
  std::unique_ptr<engine::TableReader const> snapshot() const override;

  void crash();  // uncommitted rows are gone
  void fail_next_commit() { fails_ = true; }
  Rows const& rows() const { return rows_; }  // uncommitted ones included
  int commits() const { return commits_; }

 private:
  Rows rows_;
  std::map<Key, std::optional<std::string>> changes_;  // since the last commit; nothing = erased
  // Guards committed_, and who shares it: a snapshot lets go of its rows under it, so that the next commit, which may
  // then change them, comes behind all that was read.
  std::shared_ptr<std::mutex> lock_ = std::make_shared<std::mutex>();
  std::shared_ptr<Rows> committed_ = std::make_shared<Rows>();  // never changed while a snapshot shares it
  engine::Seq applied_;
  int commits_ = 0;
  mutable int scanning_ = 0;
  bool fails_ = false;
};

}  // namespace support
