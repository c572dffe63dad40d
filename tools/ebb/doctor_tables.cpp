// See the header.
#include "tools/ebb/doctor_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "persistence/crc32c.h"
#include "persistence/directory_lock.h"
#include "persistence/key_store.h"
#include "persistence/tables.h"
#include "persistence/trimmed.h"
#include "persistence/walk.h"
#include "tools/ebb/redecide.h"
#include "tools/ebb/temporary_place.h"

namespace ebb {
namespace {

namespace fs = std::filesystem;
using engine::Failure;
using engine::Result;
using persistence::Access;
using persistence::Digest;
using persistence::Finding;
using persistence::Findings;
using Grade = Finding::Grade;

constexpr std::size_t map_bytes = std::size_t{16} << 30;
constexpr std::size_t segment_bytes_any = std::size_t{16} << 30;

// Rows of each table: how many, and a digest over all of them in order.
struct Summary {
  std::uint64_t rows = 0;
  Digest digest{};
  friend bool operator==(Summary const&, Summary const&) = default;
};
using Summaries = std::map<std::string, Summary, std::less<>>;

class Summing {
 public:
  void row(std::string_view table, std::string_view key, std::string_view value) {
    auto& summary = summaries_[std::string{table}];
    engine::ByteWriter sizes;
    sizes.put(key.size()).put(value.size());
    summary.digest = hasher_.of({persistence::view(summary.digest), sizes.view(), key, value});
    ++summary.rows;
  }
  Summaries const& all() const { return summaries_; }

 private:
  Summaries summaries_;
  persistence::Hasher hasher_;
};

struct OnDisk {
  engine::Seq applied;
  Summaries tables;
};

// FORMAT.md: Tables. The first layout had no checksums, and no row that says so; the next start makes such tables anew.
constexpr std::string_view applied_row{"\0applied_seq", 12};
constexpr std::string_view version_row{"\0version", 8};
constexpr std::size_t sum_bytes = 4;

Result<std::string_view> checked(persistence::Row const& row) {
  auto const value = row.value.substr(0, row.value.size() - std::min(row.value.size(), sum_bytes));
  engine::ByteReader sum{row.value.substr(value.size())};
  auto const expected = persistence::crc32c(value, persistence::crc32c(row.key));
  if (sum.get<std::uint32_t>() == expected && sum.finished()) return value;
  return std::unexpected(Failure{"the row " + persistence::hex(row.key) + " is damaged"});
}

// Nothing: of the first layout.
Result<std::optional<OnDisk>> read_tables(fs::path const& directory) {
  auto const environment =
      persistence::Environment::open(directory, {.map_bytes = map_bytes, .access = Access::ReadOnly});
  if (!environment) return std::unexpected(environment.error());
  auto const transaction = environment->read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const version = transaction->get(version_row);
  if (!version) return std::unexpected(version.error());
  if (!*version) return std::nullopt;
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  OnDisk found;
  Summing summing;
  for (auto row = cursor->first();; row = cursor->next()) {
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    auto const value = checked(**row);
    if (!value) return std::unexpected(value.error());
    auto const key = (*row)->key;
    auto const name_bytes = static_cast<unsigned char>(key.front());
    if (key == applied_row) found.applied = engine::ByteReader{*value}.get<engine::Seq>();
    if (name_bytes > 0) summing.row(key.substr(1, name_bytes), key.substr(1U + name_bytes), *value);
  }
  found.tables = summing.all();
  return found;
}

Summaries summary_of(persistence::Tables const& tables) {
  Summing summing;
  tables.for_each_row([&](auto table, auto key, auto value) { summing.row(table, key, value); });
  return summing.all();
}

// What the tables hold once `applied` was decided; nothing: no frame ends there.
Result<std::optional<Summaries>> redecided(fs::path const& directory, fs::path const& archive, fs::path const& place,
                                           engine::Seq applied) {
  auto tables = persistence::Tables::open(place);
  if (!tables) return std::unexpected(tables.error());
  auto const anchor = persistence::Anchor::open(directory / "ANCHOR", Access::ReadOnly);
  if (!anchor) return std::unexpected(anchor.error());
  auto const segments =
      persistence::Segments::open(directory / "journal", Access::ReadOnly, segment_bytes_any, archive);
  if (!segments) return std::unexpected(segments.error());
  auto keys = persistence::KeyStore::open(directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  NobodyListens outlet;
  Redeciding redeciding{std::move(*tables), *keys, outlet};
  std::optional<Summaries> found;
  if (!applied.is_given()) found.emplace();
  persistence::Walked walked;
  auto const read = persistence::walk(*segments, anchor->tail(), 0, walked, [&](auto const& frame) -> Result<void> {
    auto const commands = persistence::decode_records(frame.header, frame.bytes, *keys);
    if (!commands) return std::unexpected(commands.error());
    if (auto decided = redeciding.frame(frame.header, *commands); !decided) return decided;
    if (frame.header.last() == applied) found = summary_of(redeciding.tables());
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return found;
}

class TablesExamination {
 public:
  TablesExamination(fs::path const& directory, fs::path const& archive, fs::path const& place)
      : directory_(directory), archive_(archive), place_(place) {}

  Findings run() {
    auto const read = read_tables(directory_ / "tables");
    if (!read) wrong(read.error().what);
    if (read && !*read) {
      findings_.push_back({Grade::Note, "tables", "of a layout without checksums",
                           "nothing: the next start makes them again from the journal"});
    }
    auto const on_disk = read.value_or(std::nullopt);
    auto const applied = on_disk ? on_disk->applied : engine::Seq{};
    if (archive_.empty() && is_trimmed()) {
      if (!read) return findings_;
      findings_.push_back(
          {Grade::Note, "tables",
           "whole; whether they say what the journal says was not decided again: some of it was trimmed",
           "ebb doctor " + directory_.string() + " --archive ARCHIVE decides it"});
      return findings_;
    }
    auto const expected = redecided(directory_, archive_, place_, applied);
    if (!expected) {
      findings_.push_back(
          {Grade::Person, "journal", expected.error().what, "run the version of ebb that wrote it; it is not damaged"});
    } else if (on_disk && !*expected) {
      wrong(fmt::format("they have applied seq {}, at which no frame of the journal ends", applied.number()));
    } else if (on_disk) {
      compare(on_disk->tables, **expected);
    }
    return findings_;
  }

 private:
  bool is_trimmed() const { return fs::exists(directory_ / "journal" / persistence::trimmed_name); }
  void wrong(std::string what) {
    auto const again = "ebb doctor " + directory_.string() + " --repair";
    if (is_trimmed()) {
      findings_.push_back(
          {Grade::Person, "tables", std::move(what),
           "`ebb restore ARCHIVE " + directory_.string() + " --segments` brings back what was trimmed; then " + again});
      return;
    }
    findings_.push_back({Grade::Mendable, "tables", std::move(what), again + ": makes them again from the journal"});
  }
  void compare(Summaries const& found, Summaries const& expected) {
    std::string names;
    for (auto const& [name, summary] : expected) {
      auto const same = found.find(name);
      if (same == found.end() || same->second != summary) names += " " + name;
    }
    for (auto const& [name, summary] : found) {
      if (!expected.contains(name)) names += " " + name;
    }
    if (!names.empty()) wrong("they do not say what the journal says:" + names);
  }

  fs::path const directory_;
  fs::path const archive_;
  fs::path const place_;
  Findings findings_;
};

}  // namespace

Findings examine_tables(fs::path const& directory, fs::path const& archive) {
  auto const lock = persistence::DirectoryLock::take(directory);
  if (!lock) return {{Grade::Note, "tables", lock.error().what, "stop the server"}};
  if (!fs::exists(directory / "tables")) {
    return {{Grade::Note, "tables", "none: the next start makes them", "nothing"}};
  }
  TemporaryPlace const place;
  auto const answer = persistence::in_a_child(
      [&] { return persistence::bytes_of(TablesExamination{directory, archive, place.path()}.run()); });
  if (answer) return persistence::findings_from(*answer);
  return {{Grade::Mendable, "tables", answer.error().what,
           "ebb doctor " + directory.string() + " --repair: makes them again from the journal"}};
}

}  // namespace ebb
