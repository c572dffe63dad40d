// See the header. The file: magic (8), version (u16), rows (u32), each a key and a value (texts), files (u32), each a
// name and its bytes (texts), CRC-32C of all before it (u32).
#include "persistence/backup_keys.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/bytes.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/lmdb_env.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "EBBKEYBK";
constexpr std::uint16_t keys_version = 1;
constexpr std::size_t map_bytes = std::size_t{16} << 30;
constexpr std::size_t rows_at_once = 10'000;  // of one transaction: its reader is gone in a millisecond or two
constexpr std::uintmax_t file_bytes_max = 64 << 10;

using Named = std::vector<std::pair<std::string, std::string>>;

engine::Result<Named> rows_of(fs::path const& directory) {
  auto const environment = Environment::open(directory, {.map_bytes = map_bytes, .access = Access::ReadBeside});
  if (!environment) return std::unexpected(environment.error());
  Named rows;
  for (std::size_t before = 0;; before = rows.size()) {
    auto const transaction = environment->read();
    if (!transaction) return std::unexpected(transaction.error());
    auto cursor = transaction->cursor();
    if (!cursor) return std::unexpected(cursor.error());
    auto row = rows.empty() ? cursor->first() : cursor->from(rows.back().first + '\0');
    for (; row && *row && rows.size() - before < rows_at_once; row = cursor->next()) {
      rows.emplace_back((*row)->key, (*row)->value);
    }
    if (!row) return std::unexpected(row.error());
    if (rows.size() == before) return rows;
  }
}

bool is_destroyed(std::pair<std::string, std::string> const& row) {
  return row.second.starts_with('\2');  // FORMAT.md: Keys
}

engine::Result<Named> files_of(fs::path const& directory) {
  Named files;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    auto const name = entry.path().filename().string();
    bool const is_of_the_store = name == "data.mdb" || name == "lock.mdb" || name.starts_with("destroying");
    if (!entry.is_regular_file() || is_of_the_store) continue;
    if (entry.file_size() > file_bytes_max) return failed(entry.path().string() + ": too large to be a key");
    auto bytes = read_file(entry.path());
    if (!bytes) return std::unexpected(bytes.error());
    files.emplace_back(name, std::move(*bytes));
  }
  if (error) return failed(directory.string() + ": " + error.message());
  return files;
}

void put(engine::ByteWriter& bytes, Named const& named) {
  bytes.put(static_cast<std::uint32_t>(named.size()));
  for (auto const& [name, value] : named) bytes.put_text(name).put_text(value);
}

Named get_named(engine::ByteReader& reader) {
  Named named;
  for (auto left = reader.get<std::uint32_t>(); left > 0 && reader.ok(); --left) {
    std::string name{reader.get_text()};
    named.emplace_back(std::move(name), reader.get_text());
  }
  return named;
}

struct Keys {
  Named rows;
  Named files;
};

engine::Result<Keys> read_keys(fs::path const& path) {
  auto const bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  if (reader.get_raw(magic.size()) != magic) return failed(path.string() + ": not a backup of keys");
  auto const version = reader.get<std::uint16_t>();
  if (version != keys_version) return failed(path.string() + ": version " + std::to_string(version) + " is unknown");
  Keys keys{get_named(reader), get_named(reader)};
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || sum != crc32c(std::string_view{*bytes}.substr(0, bytes->size() - sizeof sum))) {
    return failed(path.string() + ": damaged");
  }
  return keys;
}

engine::Result<void> write_rows(fs::path const& directory, Named const& rows) {
  auto environment = Environment::open(directory, {.map_bytes = map_bytes});
  if (!environment) return std::unexpected(environment.error());
  auto transaction = environment->write();
  if (!transaction) return std::unexpected(transaction.error());
  for (auto const& [key, value] : rows) {
    if (auto put = transaction->put(key, value); !put) return put;
  }
  return transaction->commit();
}

}  // namespace

engine::Result<KeysBackedUp> back_up_keys(fs::path const& keys_directory, fs::path const& to) {
  auto const rows = rows_of(keys_directory);
  if (!rows) return std::unexpected(rows.error());
  auto const files = files_of(keys_directory);
  if (!files) return std::unexpected(files.error());
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(keys_version);
  put(bytes, *rows);
  put(bytes, *files);
  bytes.put(crc32c(bytes.view()));
  if (auto made = make_directory(to); !made) return std::unexpected(made.error());
  if (auto written = replace_file(to / "KEYS", bytes.view()); !written) return std::unexpected(written.error());
  auto const destroyed = static_cast<std::size_t>(std::ranges::count_if(*rows, is_destroyed));
  return KeysBackedUp{rows->size() - destroyed, destroyed};
}

engine::Result<std::size_t> restore_keys(fs::path const& from, fs::path const& keys_directory) {
  auto const keys = read_keys(from / "KEYS");
  if (!keys) return std::unexpected(keys.error());
  if (auto made = make_directory(keys_directory); !made) return std::unexpected(made.error());
  if (auto written = write_rows(keys_directory, keys->rows); !written) return std::unexpected(written.error());
  for (auto const& [name, bytes] : keys->files) {
    if (name.find('/') != std::string::npos || name.starts_with('.')) return failed("KEYS: " + name + ": not a name");
    if (auto written = replace_file(keys_directory / name, bytes); !written) return std::unexpected(written.error());
  }
  return keys->rows.size();
}

}  // namespace persistence
