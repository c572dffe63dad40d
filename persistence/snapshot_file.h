// Snapshots as files: what a hall and the pictures of its lots were at one seq, so that a start need not decide the
// whole journal again. FORMAT.md gives every byte.
//
// All that comes from commands is closed under a key of its own: a snapshot holds sealed prices. Every message is
// authenticated together with all before it, so that no flipped bit, no cut and no exchanged part is read as good. A
// file is there whole and durably under its name, or not at all.
//
// Thread:  any, one per object.
// Failure: the disk; for a reader also bytes that this key did not close.
// Memory:  of one piece, and of one message (1 MiB).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports.h"
#include "persistence/files.h"
#include "persistence/hash.h"

namespace persistence {

inline constexpr std::uint16_t snapshot_version = 1;
inline constexpr std::uint64_t snapshot_bytes_a_step = std::uint64_t{256} << 10;
inline constexpr std::string_view snapshots_folder = "snapshots";  // of a data directory

// What a snapshot stands for.
struct SnapshotAbout {
  engine::Seq seq;          // everything up to it; a frame ends there
  engine::Instant at;       // time of that command
  Digest outcomes{};        // of everything decided up to it
  Digest frame{};           // hash of the frame that ends there: through the chain a digest of the journal up to it
  std::uint64_t state = 0;  // the hall's digest
  friend bool operator==(SnapshotAbout const&, SnapshotAbout const&) = default;
};

// State of libsodium's stream, whose header stays behind the .cpp file.
using SealingState = std::array<unsigned char, 52>;

// A file goes to the disk in small steps, so that a commit of the journal that flushes meanwhile has little to wait
// for.
class SnapshotWriter {
 public:
  // Called behind each step: whoever writes beside others leaves them the disk for a moment there.
  using Rest = std::function<void()>;
  // Makes the directory, too.
  static engine::Result<SnapshotWriter> begin(std::filesystem::path const& directory, SnapshotAbout const& about,
                                              Digest const& key, Rest rest = {});
  SnapshotWriter(SnapshotWriter&& other) noexcept = default;
  SnapshotWriter& operator=(SnapshotWriter&&) = delete;
  ~SnapshotWriter();  // what was not finished is removed

  // Pieces of a section follow each other; a reader gets them in this order.
  engine::Result<void> add(std::string_view section, std::string_view piece);
  // Durable under its name when this returns. How many bytes it has.
  engine::Result<std::uint64_t> finish();

 private:
  SnapshotWriter(File file, std::filesystem::path path, Rest rest);
  engine::Result<void> seal(std::string_view text, unsigned char tag, std::string_view beside = {});
  engine::Result<void> write(std::string_view bytes);

  File file_;
  std::filesystem::path path_;  // empty once it is finished, or moved from
  SealingState state_{};
  std::string plain_;   // of the piece; its memory stays
  std::string closed_;  // of the message; its memory stays
  Rest rest_;
  std::uint64_t bytes_ = 0;   // written
  std::uint64_t pushed_ = 0;  // of those, with the disk
};

class SnapshotReader {
 public:
  using Visit = std::function<engine::Result<void>(std::string_view section, std::string_view piece)>;
  static engine::Result<SnapshotReader> open(std::filesystem::path const& path, Digest const& key);

  SnapshotAbout const& about() const { return about_; }
  // Every piece, up to the end of the file, which must be its end. Once.
  engine::Result<void> each(Visit const& visit);

 private:
  explicit SnapshotReader(std::filesystem::path path) : path_(std::move(path)) {}
  enum class Is : std::uint8_t { Piece, End };
  engine::Result<Is> next();
  engine::Result<void> begin(Digest const& key);
  std::unexpected<engine::Failure> damaged(std::string const& why) const;

  std::filesystem::path path_;
  std::ifstream file_;
  SealingState state_{};
  std::string beside_;  // what is authenticated with the first message
  std::string closed_;  // memory of next()
  std::string plain_;   // the piece that next() came to
  SnapshotAbout about_;
};

// A finished snapshot, by its name alone.
struct SnapshotPlace {
  engine::Seq seq;
  std::filesystem::path path;
};
// The newest first; none where there is no such directory.
std::vector<SnapshotPlace> snapshots_in(std::filesystem::path const& directory);
// Half made when the server or the power went.
std::vector<std::filesystem::path> half_made_snapshots_in(std::filesystem::path const& directory);
// Removes all but these, and whatever is half made.
engine::Result<void> keep_snapshots(std::filesystem::path const& directory, std::vector<engine::Seq> const& kept);

}  // namespace persistence
