// See the header.
#include "tools/ebb/trim.h"

#include <fmt/format.h>

#include "persistence/trim.h"
#include "tools/ebb/folded.h"

namespace ebb {

engine::Result<std::string> trim(TrimCall const& call) {
  Folded folded;
  persistence::SnapshotTarget const target{[&](auto section, auto piece) { return folded.load(section, piece); },
                                           [&] { return folded.is_whole(); }, [&] { folded = Folded{}; },
                                           [&] { return folded.state(); }};
  auto const done =
      persistence::trim({.directory = call.directory, .archive = call.archive, .snapshots = target, .told = {}});
  if (!done) return std::unexpected(done.error());
  std::string text;
  std::uint64_t packed = 0;
  for (auto const& [segment, root, bytes, file] : done->moved) {
    text += fmt::format("segment {}: seq {} to {}, {} frames, read back, moved\n", segment.number,
                        segment.first.number(), segment.last.number(), segment.frames);
    packed += bytes;
  }
  text += fmt::format("{} segments moved, {} had been before; {} bytes in the journal, {} in {}\n", done->moved.size(),
                      done->before, done->bytes, packed, call.archive.string());
  if (!done->moved.empty()) {
    text += fmt::format(
        "a start begins with the snapshot of seq {}, or with that of seq {}; without both it needs `ebb restore {} {} "
        "--segments`\n",
        done->on.front().number(), done->on.back().number(), call.archive.string(), call.directory.string());
  }
  if (!done->kept_because.empty()) text += fmt::format("the others stay: {}\n", done->kept_because);
  return text;
}

engine::Result<std::string> bring_back(BringBackCall const& call) {
  auto const done = persistence::bring_back(call.archive, call.directory);
  if (!done) return std::unexpected(done.error());
  if (done->segments == 0) return std::string{"nothing was trimmed there\n"};
  return fmt::format("{} segments are back, seq 1 to {}; the archive keeps its copies\n", done->segments,
                     done->last.number());
}

}  // namespace ebb
