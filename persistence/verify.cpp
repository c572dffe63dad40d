// See the header.
#include "persistence/verify.h"

#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/key_store.h"

namespace persistence {
namespace {

// Larger than any segment, so that whatever size it was written with, it can be mapped.
constexpr std::size_t segment_bytes_any = std::size_t{8} << 30;

struct Opened {
  DirectoryLock lock;
  Anchor anchor;
  Segments segments;
};

engine::Result<Opened> open_to_read(std::filesystem::path const& directory) {
  if (!is_there(directory / "journal")) return failed(directory.string() + ": there is no journal here");
  auto lock = DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  auto anchor = Anchor::open(directory / "ANCHOR", Access::ReadOnly);
  if (!anchor) return std::unexpected(anchor.error());
  auto segments = Segments::open(directory / "journal", Access::ReadOnly, segment_bytes_any);
  if (!segments) return std::unexpected(segments.error());
  return Opened{std::move(*lock), std::move(*anchor), std::move(*segments)};
}

constexpr std::uint32_t partition = 0;

}  // namespace

engine::Result<Verified> verify(std::filesystem::path const& data_directory) {
  auto const opened = open_to_read(data_directory);
  if (!opened) return std::unexpected(opened.error());
  Verified found;
  Walked walked;
  auto const all = walk(opened->segments, opened->anchor.tail(), partition, walked,
                        [&](WalkedFrame const& frame) -> engine::Result<void> {
                          if (!found.first.is_given()) found.first = frame.header.first;
                          return {};
                        });
  found.frames = walked.frames;
  found.commands = walked.commands;
  found.sealed_segments = opened->segments.sealed().size();
  found.last = walked.tail.last;
  found.head = walked.tail.head;
  if (!all) found.damage = all.error().what;
  return found;
}

engine::Result<void> visit_commands(std::filesystem::path const& data_directory, VisitCommand const& visit) {
  auto const opened = open_to_read(data_directory);
  if (!opened) return std::unexpected(opened.error());
  auto keys = KeyStore::open(data_directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  Walked walked;
  return walk(opened->segments, opened->anchor.tail(), partition, walked,
              [&](WalkedFrame const& frame) -> engine::Result<void> {
                auto const commands = decode_records(frame.header, frame.bytes, *keys);
                if (!commands) return std::unexpected(commands.error());
                for (auto const& command : *commands) visit(frame.header, command);
                return {};
              });
}

}  // namespace persistence
