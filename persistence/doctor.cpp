// See the header.
#include "persistence/doctor.h"

#include <fcntl.h>
#include <sys/statvfs.h>

#include <array>
#include <map>
#include <utility>

#include "persistence/alive.h"
#include "persistence/backup_source.h"
#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/key_store.h"
#include "persistence/record.h"
#include "persistence/snapshot_choice.h"
#include "persistence/walk.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

using Grade = Finding::Grade;

constexpr std::size_t segment_bytes_any = std::size_t{16} << 30;
constexpr std::uint32_t partition = 0;
constexpr std::uint64_t free_bytes_min = std::uint64_t{1} << 30;
constexpr std::string_view from_backup = "ebb restore BACKUP NEW_DIR --keys KEYS";

constexpr std::array places_of_half_made{".", "journal", "snapshots"};

bool is_half_made(fs::path const& path) {
  return path.extension() == ".new" || path.extension() == ".part";
}

class Examination {
 public:
  Examination(fs::path directory, fs::path archive) : directory_(std::move(directory)), archive_(std::move(archive)) {}

  Examined run() {
    look_for_half_made();
    look_at_files();
    look_at_journal();
    if (examined_.is_journal_whole) look_at_snapshots();
    return examined_;
  }

 private:
  void find(Grade grade, std::string where, std::string what, std::string mend) {
    examined_.findings.push_back({grade, std::move(where), std::move(what), std::move(mend)});
  }
  std::string repair() const { return "ebb doctor " + directory_.string() + " --repair"; }

  void look_for_half_made() {
    std::error_code error;
    for (auto const* folder : places_of_half_made) {
      for (auto const& entry : fs::directory_iterator{directory_ / folder, error}) {
        if (!is_half_made(entry.path())) continue;
        find(Grade::Mendable, (fs::path{folder} / entry.path().filename()).lexically_normal().string(),
             "half made when the server or the power went; nothing was committed to it", repair());
      }
    }
  }

  void look_at_files() {
    std::error_code error;
    if (is_there(directory_ / "ALIVE")) {
      if (auto const alive = Alive::open(directory_ / "ALIVE"); !alive) {
        find(Grade::Person, "ALIVE", alive.error().what,
             "remove it: the next start then counts the outage from the last command, which is longer than it was");
      }
    }
    auto const open_to_others = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(directory_ / "keys", error).permissions() & open_to_others) != fs::perms::none) {
      find(Grade::Note, "keys", "others on this machine may enter the folder of the keys",
           "chmod 700 " + (directory_ / "keys").string());
    }
    struct statvfs room{};
    if (::statvfs(directory_.c_str(), &room) == 0 && room.f_bavail * room.f_frsize < free_bytes_min) {
      find(Grade::Note, ".", "less than a gibibyte is free on its disk", "make room before the server is halted by it");
    }
  }

  void look_at_journal() {
    if (!is_there(directory_ / "ANCHOR")) {
      return find(Grade::Person, "ANCHOR",
                  "missing beside a journal: nobody can tell whether the journal lost its end, so no server starts",
                  std::string{from_backup});
    }
    auto const answer = in_a_child([this] { return read_journal(); });
    if (!answer) {
      return find(Grade::Person, "journal", answer.error().what + ": a page that leads to others is damaged",
                  std::string{from_backup});
    }
    engine::ByteReader reader{*answer};
    examined_.frames = reader.get<std::uint64_t>();
    examined_.commands = reader.get<std::uint64_t>();
    examined_.last = reader.get<engine::Seq>();
    examined_.trimmed = reader.get_text();
    auto const found = findings_from(reader.rest());
    examined_.findings.insert(examined_.findings.end(), found.begin(), found.end());
    examined_.is_journal_whole = found.empty();
    if (examined_.trimmed.empty()) return;
    find(Grade::Note, "journal", "not all of it was looked at: " + examined_.trimmed,
         "ebb doctor " + directory_.string() + " --archive ARCHIVE looks at those, too");
  }

  // In the child.
  std::string read_journal() {
    examined_.findings.clear();
    Walked walked;
    auto const read = walk_journal(walked);
    if (!read) {
      find(Grade::Person, "journal",
           read.error().what + "; whole up to seq " + std::to_string(walked.tail.last.number()),
           std::string{from_backup});
    }
    for (auto const& [why, records] : closed_) {
      find(Grade::Person, "keys", why + " (" + std::to_string(records) + " records)",
           "put the keys of `ebb backup --with-keys` back: " + std::string{from_backup});
    }
    engine::ByteWriter bytes;
    bytes.put(walked.frames).put(walked.commands).put(walked.tail.last).put_text(trimmed_);
    bytes.put_raw(bytes_of(examined_.findings));
    return bytes.take();
  }

  engine::Result<void> walk_journal(Walked& walked) {
    auto const anchor = Anchor::open(directory_ / "ANCHOR", Access::ReadOnly);
    if (!anchor) return std::unexpected(anchor.error());
    auto const segments = Segments::open(directory_ / "journal", Access::ReadOnly, segment_bytes_any, archive_);
    if (!segments) return std::unexpected(segments.error());
    auto const unread = segments->unreadable_until();
    if (unread.is_given()) {
      trimmed_ = where_they_lie(directory_ / "journal", segments->sealed(), segments->trimmed());
    }
    auto keys = KeyStore::open(directory_ / "keys", Access::ReadOnly);
    if (!keys) closed_[keys.error().what] = 0;
    return walk(
        *segments, anchor->tail(), partition, walked,
        [&](WalkedFrame const& frame) { return keys ? open_secrets(frame, *keys) : engine::Result<void>{}; },
        unread.is_given() ? engine::next(unread) : engine::Seq{});
  }

  // Every private part, so that all owners whose key is wrong are told, not the first.
  engine::Result<void> open_secrets(WalkedFrame const& frame, Vault& keys) {
    engine::ByteReader records{frame.bytes.substr(frame_header_bytes)};
    while (!records.finished()) {
      auto const parts = split_record(records.get_text());
      if (!records.ok() || !parts) return failed("a record is not as FORMAT.md says");
      if (!parts->owner) continue;
      if (auto const opened = keys.open(*parts->owner, parts->seq, parts->sealed); !opened) {
        ++closed_[opened.error().what];
      }
    }
    return {};
  }

  // Whatever is wrong with one costs time at a start, and nothing else; but in a trimmed directory no start goes
  // without.
  void look_at_snapshots() {
    auto const answer = in_a_child([this] { return read_snapshots(); });
    if (!answer) return find(Grade::Note, "snapshots", answer.error().what, "nothing: a start goes without");
    auto const found = findings_from(*answer);
    examined_.findings.insert(examined_.findings.end(), found.begin(), found.end());
  }

  // In the child.
  std::string read_snapshots() {
    examined_.findings.clear();
    auto const seen = persistence::look_at_snapshots(directory_);
    if (!seen) find(Grade::Note, "snapshots", seen.error().what, "nothing: a start goes without");
    bool is_taken = false;
    for (auto const& one : seen.value_or(std::vector<SnapshotSeen>{})) {
      auto const name = "snapshots, seq " + std::to_string(one.seq.number());
      if (!one.why_not.empty()) {
        find(Grade::Note, name, one.why_not, "nothing: the next one replaces it");
      } else if (!std::exchange(is_taken, true)) {
        find(Grade::Note, name,
             "a start begins with it and replays what lies behind: " +
                 std::to_string(examined_.last.number() - one.seq.number()) + " commands",
             "nothing");
      }
    }
    if (is_taken) return bytes_of(examined_.findings);
    if (is_there(directory_ / "journal" / trimmed_name)) {
      find(Grade::Person, "snapshots", "none counts, and segments were trimmed: no server starts",
           "ebb restore ARCHIVE " + directory_.string() + " --segments, and start again");
    } else if (seen && !seen->empty()) {
      find(Grade::Note, "snapshots", "none counts: a start replays the whole journal", "nothing");
    }
    return bytes_of(examined_.findings);
  }

  fs::path const directory_;
  fs::path const archive_;
  Examined examined_;
  std::string trimmed_;                          // of read_journal
  std::map<std::string, std::uint64_t> closed_;  // why a private part does not open -> records
};

}  // namespace

engine::Result<Examined> examine(fs::path const& data_directory, fs::path const& archive) {
  if (!is_there(data_directory / "journal")) return failed(data_directory.string() + ": there is no journal here");
  auto const lock = DirectoryLock::take(data_directory);
  if (!lock) return std::unexpected(lock.error());
  return Examination{data_directory, archive}.run();
}

engine::Result<void> remove_half_made(fs::path const& data_directory) {
  auto const lock = DirectoryLock::take(data_directory);
  if (!lock) return std::unexpected(lock.error());
  std::error_code error;
  std::vector<fs::path> half_made;
  for (auto const* folder : places_of_half_made) {
    for (auto const& entry : fs::directory_iterator{data_directory / folder, error}) {
      if (is_half_made(entry.path())) half_made.push_back(entry.path());
    }
  }
  for (auto const& path : half_made) {
    if (fs::remove_all(path, error); error) return failed(path.string() + ": remove: " + error.message());
  }
  return {};
}

}  // namespace persistence
