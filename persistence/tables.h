// The tables of the modules: rows by table and ordered key, committed together with how far they have applied the
// journal. They can always be rebuilt from it, so a power cut may undo their last commit (one flush instead of two).
//
// One LMDB database, keys = length of the table's name (u8), name, key. Named databases would need a handle for each,
// opened before the first reader, and a fixed maximum of them; a prefix costs a few bytes a row, keeps each table
// together and makes "all rows" one scan.
//
// LMDB gives a flipped bit back as good data, so every row carries a checksum over its key and its value. A row that
// does not fit is found at open, when all of them are read once: then all rows go, and recovery makes them again.
//
// The engine thread reads its own uncommitted rows; a snapshot shows the last committed moment.
//
// Thread:  snapshot() and what it gives, applied(), sync(), oldest_snapshot() and used_bytes() from any;
//          all else engine only.
// Failure: put() and erase() cannot say no: what goes wrong in them comes out of the next commit(), and sticks. A
//          database that cannot be read, or a row that was damaged since the start, is beyond repair while running:
//          CHECK, restart. Opened to be read, damaged tables are a Failure, and nothing is written.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "engine/limits.h"
#include "persistence/lmdb_env.h"

namespace persistence {

struct TablesOptions {
  std::size_t map_bytes = std::size_t{256} << 30;  // address space: the disk is full long before the map is
  unsigned snapshots_max = 1'024;                  // open at once; more is a leak of ours
  Access access = Access::ReadWrite;               // ReadOnly: of a directory that nobody else uses
  // Writes in one commit: a frame's worth of commands at their bound would never be reached by honest modules.
  std::size_t writes_a_commit_max = 64 * engine::limits::table_operations_a_command;
};

class OpenMoments;

class Tables final : public engine::TableStore, public engine::Snapshots {
 public:
  static engine::Result<std::unique_ptr<Tables>> open(std::filesystem::path const& directory,
                                                      TablesOptions options = {});

  // How far tables have come, of a server that does not run, or beside one; nothing: there are none, or they are made
  // anew.
  static std::optional<engine::Seq> applied_in(std::filesystem::path const& directory,
                                               Access access = Access::ReadOnly);

  std::optional<std::string> get(std::string_view table, std::string_view key) const override;
  // `visit` may read, but not write: rows move under it.
  void scan(std::string_view table, std::string_view from,
            std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  void scan_back(std::string_view table, std::string_view from,
                 std::function<Scan(std::string_view key, std::string_view value)> const& visit) const override;
  void put(std::string_view table, std::string_view key, std::string_view value) override;
  void erase(std::string_view table, std::string_view key) override;
  bool is_dirty() const override { return writing_.has_value() || failure_.has_value(); }
  engine::Seq applied() const override { return engine::Seq{applied_.load(std::memory_order_acquire)}; }
  engine::Result<void> commit(engine::Seq applied) override;

  std::unique_ptr<engine::TableReader const> snapshot() const override;

  // Why all rows went when these tables were opened; nothing: they are as they were left.
  std::optional<std::string> const& dropped_because() const { return dropped_because_; }
  // How long the oldest snapshot has been open: what was replaced since then cannot be used again.
  std::chrono::nanoseconds oldest_snapshot() const;
  std::size_t used_bytes() const { return environment_.used_bytes(); }
  std::size_t map_bytes() const { return options_.map_bytes; }

  // Every row of every table in order, as the engine thread sees them. For comparing byte by byte.
  using VisitRow = std::function<void(std::string_view table, std::string_view key, std::string_view value)>;
  void for_each_row(VisitRow const& visit) const;
  // Nothing is left, and applied() is nothing again, durably: the next recovery rebuilds from the journal.
  engine::Result<void> drop_all();
  engine::Result<void> sync();  // all that was committed survives a power cut

 private:
  Tables(Environment environment, TablesOptions options);
  engine::Result<void> load();
  engine::Result<void> begin_anew(std::string why);
  void write(std::string_view table, std::string_view key,
             std::function<engine::Result<void>(Transaction&)> const& how);
  void look(std::function<void(Transaction const&)> const& read) const;

  Environment environment_;
  TablesOptions const options_;
  std::optional<Transaction> writing_;          // begun by the first write since the last commit
  mutable std::optional<Transaction> reading_;  // at rest between reads, so that it holds no page
  mutable int scanning_ = 0;                    // scans may nest; none may write
  std::size_t writes_ = 0;                      // since the last commit
  std::atomic<std::uint64_t> applied_{0};
  std::uint64_t commits_ = 0;  // since the start
  std::optional<engine::Failure> failure_;
  std::optional<std::string> dropped_because_;
  std::shared_ptr<OpenMoments> moments_;
};

}  // namespace persistence
