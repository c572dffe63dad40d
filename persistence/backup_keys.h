// Keys of a data directory as one file, KEYS, in a place of its own: every row of the key store, and whatever small
// files lie beside it (the key that signs tree heads). It is replaced as a whole, so that a key that was destroyed is
// gone from here with the next backup, too.
//
// Thread:  one. Failure: the key store cannot be read, the file is damaged, or the disk.
#pragma once

#include <cstddef>
#include <filesystem>

#include "engine/ports.h"

namespace persistence {

struct KeysBackedUp {
  std::size_t keys = 0;
  std::size_t destroyed = 0;  // rows that say so
};
// Beside a running server.
engine::Result<KeysBackedUp> back_up_keys(std::filesystem::path const& keys_directory, std::filesystem::path const& to);
// Into a directory that is not there yet.
engine::Result<std::size_t> restore_keys(std::filesystem::path const& from,
                                         std::filesystem::path const& keys_directory);

}  // namespace persistence
