// See the header.
#include "persistence/segments.h"

#include <algorithm>
#include <cstdio>
#include <ranges>

#include "engine/check.h"
#include "engine/limits.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

// The frame that finds the segment nearly full still has to fit, with the pages that LMDB copies for it.
constexpr std::size_t headroom_bytes = 4 * engine::limits::frame_bytes_max;

// A roll-over that was interrupted leaves a directory that no commit has seen.
engine::Result<void> remove_half_made(fs::path const& directory) {
  std::error_code error;
  std::vector<fs::path> half_made;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    if (entry.path().extension() == ".new") half_made.push_back(entry.path());
  }
  for (auto const& path : half_made) {
    if (fs::remove_all(path, error); error) return failed(path.string() + ": remove: " + error.message());
  }
  return {};
}

}  // namespace

std::string segment_name(std::uint32_t number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%08u", number);
  return text.data();
}

Segments::Segments(fs::path directory, Access access, std::size_t segment_bytes)
    : directory_(std::move(directory)),
      access_(access),
      segment_bytes_(segment_bytes),
      shelf_(std::make_shared<SegmentShelf>()) {}

engine::Result<Segments> Segments::open(fs::path const& directory, Access access, std::size_t segment_bytes,
                                        fs::path const& archive) {
  Segments segments{directory, access, segment_bytes};
  if (access == Access::ReadWrite) {
    if (auto made = make_directory(directory); !made) return std::unexpected(made.error());
    if (auto removed = remove_half_made(directory); !removed) return std::unexpected(removed.error());
    bool const is_new = !is_there(segments.path(1)) && !is_there(directory / trimmed_name);
    if (is_new && !is_there(directory / "MANIFEST")) {
      if (auto made = write_manifest(directory / "MANIFEST", {}); !made) return std::unexpected(made.error());
    }
  }
  if (auto taken = segments.take_stock(); !taken) return std::unexpected(taken.error());
  if (!archive.empty()) {
    if (auto opened = segments.open_archive(archive); !opened) return std::unexpected(opened.error());
  }
  return segments;
}

engine::Result<void> Segments::take_stock() {
  auto manifest = read_manifest(directory_ / "MANIFEST");
  if (!manifest) return std::unexpected(manifest.error());
  manifest_ = std::move(*manifest);
  shelf_->put(manifest_, nullptr);
  if (auto taken = take_stock_of_trimmed(); !taken) return taken;
  auto const next = static_cast<std::uint32_t>(manifest_.size() + 1);
  if (is_there(path(next + 1))) return failed(path(next).string() + ": not in the manifest, yet not the last segment");
  if (is_there(path(next))) {
    auto environment = open_segment(path(next), access_);
    if (!environment) return std::unexpected(environment.error());
    written_ = std::make_shared<Environment>(std::move(*environment));
    last_ = next;
    shelf_->put(manifest_, written_);
    return {};
  }
  return access_ == Access::ReadWrite ? begin_segment(next) : engine::Result<void>{};
}

engine::Result<void> Segments::take_stock_of_trimmed() {
  auto const newest_first = std::views::reverse(manifest_);
  auto const missing = std::ranges::find_if(
      newest_first, [this](auto const& segment) { return !is_there(path(segment.number) / "data.mdb"); });
  // Behind that look: another process may trim meanwhile, and says so before it removes anything.
  auto trimmed = read_trimmed(directory_);
  if (!trimmed) return std::unexpected(trimmed.error());
  trimmed_ = std::move(*trimmed);
  if (trimmed_.segments > manifest_.size()) {
    return failed((directory_ / trimmed_name).string() + ": it names more segments than the manifest");
  }
  if (missing != newest_first.end() && missing->number > trimmed_.segments) {
    return failed(path(missing->number).string() + ": the manifest lists it, and it is not there");
  }
  if (access_ != Access::ReadWrite) return {};
  std::error_code error;
  for (std::uint32_t number = 1; number <= trimmed_.segments; ++number) {
    if (fs::remove_all(path(number), error); error) return failed(path(number).string() + ": " + error.message());
  }
  return {};
}

engine::Result<void> Segments::open_archive(fs::path const& directory) {
  auto archive = SegmentArchive::open(directory, SegmentArchive::Begin::OnlyIfThere);
  if (!archive) return std::unexpected(archive.error());
  if (auto belongs = archive->belongs_to(manifest_, trimmed_.segments); !belongs) return belongs;
  archive_ = std::make_shared<SegmentArchive const>(std::move(*archive));
  return {};
}

engine::Seq Segments::unreadable_until() const {
  return archive_ || trimmed_.segments == 0 ? engine::Seq{} : manifest_[trimmed_.segments - 1].last;
}

engine::Result<Environment> Segments::open_segment(fs::path const& path, Access access) const {
  return Environment::open(
      path, {.map_bytes = segment_bytes_ + headroom_bytes, .access = access, .order = KeyOrder::Numbers});
}

engine::Result<void> Segments::begin_segment(std::uint32_t number) {
  auto const fresh = fs::path{path(number).string() + ".new"};
  if (auto made = make_directory(fresh); !made) return made;
  {
    auto environment = open_segment(fresh, Access::ReadWrite);
    if (!environment) return std::unexpected(environment.error());
    if (auto synced = environment->sync(); !synced) return synced;
  }
  if (auto synced = sync_directory(fresh); !synced) return synced;
  std::error_code error;
  if (fs::rename(fresh, path(number), error); error) return failed(fresh.string() + ": rename: " + error.message());
  if (auto synced = sync_directory(directory_); !synced) return synced;
  auto environment = open_segment(path(number), Access::ReadWrite);
  if (!environment) return std::unexpected(environment.error());
  written_ = std::make_shared<Environment>(std::move(*environment));
  last_ = number;
  shelf_->put(manifest_, written_);
  // The first commits find room of their own: nobody waits because a segment begins.
  return begin_filling(used_bytes() + 2 * filling_.beside_bytes);
}

engine::Result<void> Segments::fill_ahead(Filling filling) {
  CHECK(access_ == Access::ReadWrite);
  filling_ = filling;
  return begin_filling(used_bytes());
}

engine::Result<void> Segments::begin_filling(std::size_t from) {
  if (filling_.ahead_bytes == 0) return {};
  auto begun = FillAhead::begin(path(last_) / "data.mdb", {used_bytes(), from, segment_bytes_}, filling_);
  if (!begun) return std::unexpected(begun.error());
  ahead_ = std::move(*begun);
  return {};
}

engine::Result<void> Segments::read(std::uint32_t number, Visit const& visit, std::uint64_t first,
                                    std::uint64_t last) const {
  if (number <= trimmed_.segments) {
    if (!archive_) return failed(where_they_lie(directory_, manifest_, trimmed_));
    return archive_->read(number, [&](std::string_view frame) -> engine::Result<void> {
      auto const header = decode_header(frame);
      if (!header) return std::unexpected(header.error());
      auto const key = header->first.number();
      return key < first || key > last ? engine::Result<void>{} : visit(key, frame);
    });
  }
  std::optional<Environment> sealed;
  if (number != last_) {
    auto environment = open_segment(path(number), Access::ReadOnly);
    if (!environment) {
      auto const now = read_trimmed(directory_);
      if (now && now->segments >= number)
        return failed("trimmed just now: " + where_they_lie(directory_, manifest_, *now));
      return std::unexpected(environment.error());
    }
    sealed = std::move(*environment);
  }
  auto const transaction = (sealed ? *sealed : *written_).read();
  if (!transaction) return std::unexpected(transaction.error());
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  for (auto row = cursor->from({reinterpret_cast<char const*>(&first), sizeof first});; row = cursor->next()) {
    if (!row) return std::unexpected(row.error());
    if (!*row || number_of_key((*row)->key) > last) return {};
    if (auto seen = visit(number_of_key((*row)->key), (*row)->value); !seen) return seen;
  }
}

engine::Result<engine::Seq> Segments::last_key() const {
  if (!written_) return engine::Seq{};
  auto const transaction = written_->read();
  if (!transaction) return std::unexpected(transaction.error());
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  auto const row = cursor->last();
  if (!row) return std::unexpected(row.error());
  if (*row) return engine::Seq{number_of_key((*row)->key)};
  return manifest_.empty() ? engine::Seq{} : manifest_.back().last;
}

std::unique_ptr<FrameReader> Segments::reader() const {
  return std::make_unique<FrameReader>(directory_, segment_bytes_ + headroom_bytes, shelf_);
}

engine::Result<void> Segments::append(engine::Seq first, std::string_view header, std::string_view records) {
  if (ahead_) ahead_->reserve(header.size() + records.size());
  auto transaction = written_->write();
  if (!transaction) return std::unexpected(transaction.error());
  if (auto written = transaction->append(first.number(), {header, records}); !written) return written;
  if (auto committed = transaction->commit(); !committed) return committed;
  if (ahead_) ahead_->reached(used_bytes());
  return {};
}

engine::Result<void> Segments::roll(SealedSegment const& seal) {
  CHECK(seal.number == last_);
  auto grown = manifest_;
  grown.push_back(seal);
  ahead_.reset();
  written_.reset();
  // From here on the segment is sealed.
  if (auto written = write_manifest(directory_ / "MANIFEST", grown); !written) return written;
  manifest_ = std::move(grown);
  shelf_->put(manifest_, nullptr);
  // Nobody writes it again, by mistake either. After the manifest: a last segment that is read-only could not go on.
  std::error_code error;
  fs::permissions(path(seal.number) / "data.mdb", fs::perms::owner_read, error);
  if (error) return failed(path(seal.number).string() + ": permissions: " + error.message());
  return begin_segment(last_ + 1);
}

}  // namespace persistence
