// See the header.
#include "persistence/overwrite.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "persistence/failure.h"

namespace persistence {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

// As many bytes as there are, up to the size of `into`.
engine::Result<std::size_t> read_at(File const& file, std::uint64_t offset, std::span<char> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    auto const read =
        ::pread(file.descriptor(), into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return failed_with_errno("read");
    if (read == 0) break;
    done += static_cast<std::size_t>(read);
  }
  return done;
}

}  // namespace

engine::Result<std::vector<Place>> places_of(std::filesystem::path const& path, std::span<std::string const> texts) {
  auto const file = File::open(path, O_RDONLY);
  if (!file) return std::unexpected(file.error());
  std::size_t longest = 1;
  for (auto const& text : texts) longest = std::max(longest, text.size());
  std::string piece(piece_bytes + longest - 1, '\0');
  std::vector<Place> found;
  // Each piece begins a piece behind the last, and has so much of the next that no text is cut.
  for (std::uint64_t begin = 0;; begin += piece_bytes) {
    auto const read = read_at(*file, begin, piece);
    if (!read) return failed(path.string() + ": " + read.error().what);
    std::string_view const bytes{piece.data(), *read};
    for (std::size_t text = 0; text < texts.size(); ++text) {
      for (auto at = bytes.find(texts[text]); at < piece_bytes; at = bytes.find(texts[text], at + 1)) {
        found.push_back({begin + at, text});
      }
    }
    if (*read < piece.size()) return found;
  }
}

engine::Result<void> overwrite(File& file, std::span<std::string const> texts, std::span<Place const> places) {
  for (auto const& [offset, text] : places) {
    std::string stands(texts[text].size(), '\0');
    auto const read = read_at(file, offset, stands);
    if (!read) return std::unexpected(read.error());
    if (stands != texts[text]) continue;
    if (auto written = file.write_at(offset, std::string(stands.size(), '\0')); !written) return written;
  }
  return {};
}

}  // namespace persistence
