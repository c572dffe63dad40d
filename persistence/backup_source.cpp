// See the header.
#include "persistence/backup_source.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <vector>

#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/frame.h"
#include "persistence/lmdb_env.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

// Larger than any segment, so that whatever size it was written with, it can be mapped.
constexpr std::size_t map_bytes = std::size_t{16} << 30;
constexpr std::size_t copied_at_once = std::size_t{4} << 20;
constexpr int patience = 5;  // a file that is being written may be seen between two of its writes

template <class T, class Open>
engine::Result<T> patiently(Open const& open) {
  auto opened = open();
  for (int tried = 1; !opened && tried < patience; ++tried) opened = open();
  return opened;
}

// Frames of one short transaction, copied out of it.
struct Copied {
  std::string bytes;
  std::vector<std::size_t> sizes;
  std::uint64_t next_key = 0;  // where the next transaction goes on
};

engine::Result<Copied> copy_some(Environment const& environment, std::uint64_t from) {
  auto const transaction = environment.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  std::array<char, sizeof from> key{};
  std::memcpy(key.data(), &from, sizeof from);
  Copied copied;
  for (auto row = cursor->from({key.data(), key.size()});; row = cursor->next()) {
    if (!row) return std::unexpected(row.error());
    if (!*row) return copied;
    if (!copied.sizes.empty() && copied.bytes.size() + (*row)->value.size() > copied_at_once) return copied;
    copied.bytes += (*row)->value;
    copied.sizes.push_back((*row)->value.size());
    copied.next_key = number_of_key((*row)->key) + 1;
  }
}

}  // namespace

std::string name_of_segment(std::uint32_t number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%08u", number);
  return text.data();
}

engine::Result<BackupSource> BackupSource::open(fs::path const& data_directory, fs::path const& archive) {
  BackupSource source{data_directory / "journal"};
  if (!is_there(source.directory_ / "MANIFEST")) {
    return failed(data_directory.string() + ": there is no journal here");
  }
  // The anchor first: what it has seen is in the journal by then.
  auto const anchor = patiently<Anchor>([&] { return Anchor::open(data_directory / "ANCHOR", Access::ReadOnly); });
  if (!anchor) return std::unexpected(anchor.error());
  source.anchor_ = anchor->tail();
  auto manifest = read_manifest(source.directory_ / "MANIFEST");
  if (!manifest) return std::unexpected(manifest.error());
  source.sealed_ = std::move(*manifest);
  auto trimmed = read_trimmed(source.directory_);
  if (!trimmed) return std::unexpected(trimmed.error());
  source.trimmed_ = std::move(*trimmed);
  if (!archive.empty()) {
    if (auto opened = source.open_archive(archive); !opened) return std::unexpected(opened.error());
  }
  auto const written = static_cast<std::uint32_t>(source.sealed_.size() + 1);
  if (is_there(source.directory_ / name_of_segment(written) / "data.mdb")) source.last_ = written;
  return source;
}

engine::Result<void> BackupSource::open_archive(fs::path const& archive) {
  auto opened = SegmentArchive::open(archive, SegmentArchive::Begin::OnlyIfThere);
  if (!opened) return std::unexpected(opened.error());
  if (auto belongs = opened->belongs_to(sealed_, trimmed_.segments); !belongs) return belongs;
  archive_ = std::move(*opened);
  return {};
}

engine::Result<void> BackupSource::read_trimmed_segment(std::uint32_t segment, engine::Seq from,
                                                        Visit const& visit) const {
  if (!archive_) return failed(where_they_lie(directory_, sealed_, trimmed_) + "; or name it with --archive");
  return archive_->read(segment, [&](std::string_view frame) -> engine::Result<void> {
    auto const header = decode_header(frame);
    if (!header) return std::unexpected(header.error());
    return header->first < from ? engine::Result<void>{} : visit(frame);
  });
}

engine::Result<void> BackupSource::read(std::uint32_t segment, engine::Seq from, Visit const& visit) const {
  if (segment <= trimmed_.segments) return read_trimmed_segment(segment, from, visit);
  auto const place = directory_ / name_of_segment(segment);
  auto const environment = patiently<Environment>([&] {
    return Environment::open(place, {.map_bytes = map_bytes, .access = Access::ReadBeside, .order = KeyOrder::Numbers});
  });
  if (!environment) return std::unexpected(environment.error());
  for (auto key = from.number();;) {
    auto const copied = copy_some(*environment, key);
    if (!copied) return std::unexpected(copied.error());
    if (copied->sizes.empty()) return {};
    std::string_view rest = copied->bytes;
    for (auto const size : copied->sizes) {
      if (auto seen = visit(rest.substr(0, size)); !seen) return seen;
      rest.remove_prefix(size);
    }
    key = copied->next_key;
  }
}

}  // namespace persistence
