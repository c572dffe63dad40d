// LMDB as three RAII types: Environment, Transaction, Cursor. The only place that knows its return codes.
//
// LMDB's caveats, as rules:
// - An environment is opened once per process; one process at a time (directory_lock.h), but for short reads of a
//   journal's segments beside the server (ReadBeside), which take a slot in LMDB's table of readers.
// - The map is reserved at open: address space, not memory, and it never grows while running.
// - Bytes from a read belong to LMDB: copy or use them before the transaction ends or writes again.
// - A reader kept open stops page reuse: 2,000 commits beside one grew 3.5 MB to 140 MB for good.
// - NOSYNC corrupts (151 of 4,962 crash images), so it has no name here.
//
// Thread:    an Environment from any; a write Transaction stays on the thread that began it; a read one and its
//            cursors may move between threads, used by one at a time.
// Ownership: the environment outlives its transactions, a transaction its cursors.
// Failure:   everything that LMDB refuses, with path and reason. Damage of a page may also kill the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports.h"
#include "persistence/files.h"

struct MDB_env;
struct MDB_txn;
struct MDB_cursor;

namespace persistence {

enum class Durability : std::uint8_t {
  EveryCommit,  // durable when commit() returns: two flushes
  LastMayGo,    // one flush; a power cut may undo the last commit, but corrupts nothing: for what can be rebuilt
};
enum class KeyOrder : std::uint8_t { Bytes, Numbers };

struct Row {
  std::string_view key;
  std::string_view value;
};

class Cursor {
 public:
  // Each gives the row it comes to, or nothing at the end.
  engine::Result<std::optional<Row>> first();
  engine::Result<std::optional<Row>> last();
  engine::Result<std::optional<Row>> from(std::string_view key);   // the first row at or behind `key`
  engine::Result<std::optional<Row>> up_to(std::string_view key);  // the last row at or before `key`
  engine::Result<std::optional<Row>> next();
  engine::Result<std::optional<Row>> previous();

 private:
  friend class Transaction;
  struct Close {
    void operator()(MDB_cursor* cursor) const;
  };
  Cursor(MDB_cursor* cursor, std::string const* place) : cursor_(cursor), place_(place) {}
  engine::Result<std::optional<Row>> move(int operation, std::string_view key);

  std::unique_ptr<MDB_cursor, Close> cursor_;
  std::string const* place_;
};

class Transaction {
 public:
  engine::Result<std::optional<std::string_view>> get(std::string_view key) const;
  engine::Result<Cursor> cursor() const;
  engine::Result<std::uint64_t> rows() const;  // as LMDB counted them, without looking at them

  // Of a write transaction.
  engine::Result<void> put(std::string_view key, std::string_view value);
  engine::Result<void> erase(std::string_view key);  // no such row: nothing happens
  engine::Result<void> clear();                      // every row
  // Behind every other key, or it fails: LMDB's own check that nothing is out of order. The value is the parts joined.
  engine::Result<void> append(std::uint64_t key, std::initializer_list<std::string_view> parts);
  engine::Result<void> commit();  // ends the transaction whatever comes back; without it, the destructor undoes

  // Of a read transaction: let the old moment go, and look at the newest.
  void rest();
  engine::Result<void> renew();

 private:
  friend class Environment;
  struct Abort {
    void operator()(MDB_txn* transaction) const;
  };
  Transaction(MDB_txn* transaction, unsigned database, std::string const* place)
      : transaction_(transaction), database_(database), place_(place) {}

  std::unique_ptr<MDB_txn, Abort> transaction_;
  unsigned database_;
  std::string const* place_;
};

class Environment {
 public:
  struct Options {
    std::size_t map_bytes = 0;
    Access access = Access::ReadWrite;
    Durability durability = Durability::EveryCommit;
    KeyOrder order = KeyOrder::Bytes;
    unsigned readers_max = 126;
  };
  // Makes directory and data file where there are none. LMDB itself begins a file without a flush, so that a power cut
  // could leave one that is no environment; here it is there whole and durably, or not at all.
  static engine::Result<void> make(std::filesystem::path const& directory, Options const& options);
  // The directory exists. One database, the unnamed one.
  static engine::Result<Environment> open(std::filesystem::path const& directory, Options const& options);

  engine::Result<Transaction> read() const;
  engine::Result<Transaction> write();
  std::size_t used_bytes() const;  // of the data file, as of the last commit
  engine::Result<void> sync();     // whatever the durability: all that was committed is durable
  // A reader whose process died keeps its slot, and with it every page of its moment, until somebody looks.
  engine::Result<void> drop_dead_readers();
  std::string const& place() const { return *place_; }

  static constexpr std::size_t key_bytes_max = 511;
  static constexpr std::uint64_t commits_a_reader_check = 1'000;  // what a dead reader holds grows with the commits

 private:
  struct Close {
    void operator()(MDB_env* environment) const;
  };
  Environment() = default;
  engine::Result<void> open_database(Options const& options);
  engine::Result<void> check_length(std::filesystem::path const& data) const;
  engine::Result<Transaction> begin(unsigned flags) const;

  std::unique_ptr<std::string const> place_;  // for messages; on the heap, because transactions point to it
  std::unique_ptr<MDB_env, Close> environment_;
  unsigned database_ = 0;
};

// A number as a key in KeyOrder::Numbers.
std::uint64_t number_of_key(std::string_view key);

}  // namespace persistence
