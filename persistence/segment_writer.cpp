// See the header.
#include "persistence/segment_writer.h"

#include <utility>

#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

// Larger than any segment, so that whatever size it was written with, it fits.
constexpr std::size_t map_bytes = std::size_t{16} << 30;
constexpr std::size_t committed_at_once = std::size_t{16} << 20;

}  // namespace

engine::Result<SegmentWriter> SegmentWriter::begin(fs::path const& path) {
  if (auto made = make_directory(path); !made) return std::unexpected(made.error());
  auto environment = Environment::open(path, {.map_bytes = map_bytes, .order = KeyOrder::Numbers});
  if (!environment) return std::unexpected(environment.error());
  return SegmentWriter{path, std::move(*environment)};
}

SegmentWriter::SegmentWriter(fs::path path, Environment environment)
    : path_(std::move(path)), environment_(std::move(environment)) {}

engine::Result<void> SegmentWriter::append(engine::Seq first, std::string_view frame) {
  if (!transaction_) {
    auto begun = environment_.write();
    if (!begun) return std::unexpected(begun.error());
    transaction_ = std::move(*begun);
  }
  if (auto put = transaction_->append(first.number(), {frame}); !put) return put;
  uncommitted_ += frame.size();
  return uncommitted_ >= committed_at_once ? commit() : engine::Result<void>{};
}

engine::Result<void> SegmentWriter::finish(End end) {
  if (auto committed = commit(); !committed) return committed;
  if (auto synced = environment_.sync(); !synced) return synced;
  std::error_code error;
  if (end == End::Sealed) fs::permissions(path_ / "data.mdb", fs::perms::owner_read, error);
  if (error) return failed(path_.string() + ": permissions: " + error.message());
  return sync_directory(path_);
}

engine::Result<void> SegmentWriter::commit() {
  if (!transaction_) return {};
  auto committed = transaction_->commit();
  transaction_.reset();
  uncommitted_ = 0;
  return committed;
}

}  // namespace persistence
