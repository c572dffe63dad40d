// A disk as POSIX promises it and no better: what is certain, what may be gone, and in which pieces.
//
// Of a file, whatever was not flushed is there or not, sector by sector (512 bytes), in any version it has had since
// the last flush. Of a directory, names that were made, moved or removed since it was flushed are there or not, in any
// choice. A flush of a file makes its bytes certain, and its name only where the file system is said to do so.
//
// Thread: one.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/watched_calls.h"
#include "tests/simulation/dice.h"

namespace faults {

enum class Promise : std::uint8_t {
  Posix,     // a name is certain when its directory was flushed
  Ordinary,  // or when its file was: ext4, xfs and btrfs keep that, and keep the order of names
};

// What is left of what was not certain.
struct Loss {
  enum class Of : std::uint8_t { Everything, Nothing, Some };
  Of bytes = Of::Everything;
  Of names = Of::Everything;
  std::size_t piece = 512;  // of bytes, when some are left: a sector, or a page of 4,096
  int percent_left = 50;
};

// A directory tree in memory.
struct Image {
  struct Entry {
    std::string path;
    bool is_directory = false;
    std::string bytes;
  };
  std::vector<Entry> entries;  // parents before children
  std::uint64_t identity = 0;  // equal images have equal numbers

  static Image of(std::filesystem::path const& directory);
  void put_into(std::filesystem::path const& directory) const;  // which is emptied first
};

class Platter {
 public:
  explicit Platter(Promise promise) : promise_(promise) {}

  void take(Call const& call);
  Image cut(Loss const& loss, simulation::Dice& dice) const;
  bool is_certain() const;  // nothing can be lost

  static constexpr std::size_t sector_bytes = 512;

 private:
  using Sector = std::array<char, sector_bytes>;
  struct File {
    std::string certain;
    std::string newest;
    std::map<std::size_t, std::vector<Sector>> open;  // by sector: its versions since the last flush, oldest first
    std::uint64_t generation = 0;                     // of `certain`
  };
  struct Node {
    bool is_directory = false;
    std::size_t number = 0;
    friend bool operator==(Node const&, Node const&) = default;
  };
  struct Name {
    std::size_t directory = 0;
    std::string text;
    friend auto operator<=>(Name const&, Name const&) = default;
  };
  using Names = std::map<Name, Node>;
  struct NameChange {
    std::optional<Name> from;  // goes
    std::optional<Name> to;    // comes
    Node node;
  };

  Name name_of(std::string const& path) const;
  void change(NameChange change);
  static void apply(NameChange const& change, Names& names);
  void make(Call const& call);
  void write(File& file, Call const& call);
  static void settle(File& file);
  void settle_names(std::size_t directory);
  void settle_name_of(std::size_t file);
  Names names_left(Loss const& loss, simulation::Dice& dice) const;
  std::string bytes_left(File const& file, Loss const& loss, simulation::Dice& dice, std::uint64_t& identity) const;

  Promise const promise_;
  std::vector<File> files_;
  std::map<ino_t, std::size_t> by_number_;
  std::size_t directories_ = 1;  // 0 is the watched one
  Names certain_names_;
  Names newest_names_;
  std::vector<NameChange> open_names_;  // in order
};

}  // namespace faults
