// Tables in which rows that name people are closed under the key of the person whose row it is: once the key is
// destroyed nothing opens them any more, in the tables, in pages that LMDB has freed, in copies of either.
//
// A table whose name ends in ".private" is such a one; its row keys begin with the number of the person's key (u64,
// big-endian). Modules write and read those rows like all others. What is put for a key that was destroyed is not kept,
// and a row under one is not there: so a replay after an erasure gives the rows that were there after it.
//
// Thread:  as the tables beneath; what snapshot() gives: any.
// Failure: as the tables beneath; a key that is missing comes out of the next commit().
#pragma once

#include <memory>
#include <optional>

#include "engine/ports.h"
#include "persistence/key_store.h"

namespace persistence {

class PrivateTables final : public engine::TableStore, public engine::Snapshots {
 public:
  // All outlive this.
  PrivateTables(engine::TableStore& rows, engine::Snapshots const& moments, KeyStore const& keys)
      : rows_(rows), moments_(moments), keys_(keys) {}

  std::optional<std::string> get(std::string_view table, std::string_view key) const override;
  void scan(std::string_view table, std::string_view from,
            std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  void scan_back(std::string_view table, std::string_view from,
                 std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  void put(std::string_view table, std::string_view key, std::string_view value) override;
  void erase(std::string_view table, std::string_view key) override { rows_.erase(table, key); }
  bool is_dirty() const override { return rows_.is_dirty() || failure_.has_value(); }
  engine::Seq applied() const override { return rows_.applied(); }
  engine::Result<void> commit(engine::Seq applied) override;
  std::unique_ptr<engine::TableReader const> snapshot() const override;

 private:
  engine::TableStore& rows_;
  engine::Snapshots const& moments_;
  KeyStore const& keys_;
  std::optional<engine::Failure> failure_;
};

}  // namespace persistence
