// Files of a folder, read at each request: the page while somebody works on it (`server.web_root`).
//
// Nothing outside the folder can be reached: a path is walked segment by segment from the folder's own descriptor, and
// no link is followed, wherever it points.
//
// Thread: any; it waits for the disk, which is why a server in earnest has its page embedded.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gateway {

inline constexpr std::size_t web_file_bytes_max = 32 << 20;

// The file's bytes. Nothing: not there, no regular file, a link, not readable, a segment that is no plain name
// ("", "..", "a/b"), or more than web_file_bytes_max.
std::optional<std::string> read_beneath(std::filesystem::path const& root, std::vector<std::string> const& segments);

}  // namespace gateway
