// See the header.
#include "persistence/frame_reader.h"

#include <algorithm>

#include "persistence/failure.h"
#include "persistence/segments.h"
#include "persistence/trimmed.h"

namespace persistence {
namespace {

// Integer keys are in the machine's own order, as LMDB wants them.
std::string_view key_of(std::uint64_t const& number) {
  return {reinterpret_cast<char const*>(&number), sizeof number};
}

}  // namespace

void SegmentShelf::put(Manifest const& sealed, std::shared_ptr<Environment> written) {
  std::scoped_lock const held{mutex_};
  sealed_ = sealed;
  written_ = std::move(written);
}

SegmentShelf::Place SegmentShelf::place_of(engine::Seq seq) const {
  std::scoped_lock const held{mutex_};
  auto const segment = std::ranges::lower_bound(sealed_, seq, {}, &SealedSegment::last);
  if (segment != sealed_.end()) return {nullptr, segment->number};
  return {written_, 0};
}

std::uint32_t SegmentShelf::segment_of(engine::Seq seq) const {
  std::scoped_lock const held{mutex_};
  auto const segment = std::ranges::lower_bound(sealed_, seq, {}, &SealedSegment::last);
  return static_cast<std::uint32_t>(std::distance(sealed_.begin(), segment) + 1);
}

FrameReader::FrameReader(std::filesystem::path directory, std::size_t map_bytes,
                         std::shared_ptr<SegmentShelf const> shelf)
    : directory_(std::move(directory)), map_bytes_(map_bytes), shelf_(std::move(shelf)) {}

// Nobody writes it any more, so it needs no lock and may be opened beside anybody.
engine::Result<std::shared_ptr<Environment>> FrameReader::sealed(std::uint32_t number) const {
  std::scoped_lock const held{mutex_};
  if (opened_number_ != number) {
    auto opened = Environment::open(directory_ / segment_name(number),
                                    {.map_bytes = map_bytes_, .access = Access::ReadOnly, .order = KeyOrder::Numbers});
    if (!opened) return std::unexpected(opened.error());
    opened_ = std::make_shared<Environment>(std::move(*opened));
    opened_number_ = number;
  }
  return opened_;
}

bool FrameReader::is_trimmed(engine::Seq seq) const {
  auto const place = shelf_->place_of(seq);
  auto const trimmed = read_trimmed(directory_);
  return place.sealed != 0 && trimmed && place.sealed <= trimmed->segments;
}

void FrameReader::let_go_of_trimmed() const {
  std::scoped_lock const held{mutex_};
  if (opened_number_ == 0 || is_there(directory_ / segment_name(opened_number_) / "data.mdb")) return;
  opened_.reset();  // whoever reads in it has it until then
  opened_number_ = 0;
}

engine::Result<std::optional<std::string>> FrameReader::frame_of(engine::Seq seq) const {
  auto place = shelf_->place_of(seq);
  if (place.sealed != 0) {
    auto opened = sealed(place.sealed);
    if (!opened && is_trimmed(seq)) {
      return failed("seq " + std::to_string(seq.number()) + " lies in an archive: its segment " +
                    segment_name(place.sealed) + " was trimmed");
    }
    if (!opened) return std::unexpected(opened.error());
    place.written = std::move(*opened);
  }
  if (!place.written) return std::nullopt;
  auto const transaction = place.written->read();
  if (!transaction) return std::unexpected(transaction.error());
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  auto const number = seq.number();
  auto const row = cursor->up_to(key_of(number));
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto const header = decode_header((*row)->value);
  if (!header) return failed("frame " + std::to_string(number_of_key((*row)->key)) + ": " + header.error().what);
  if (seq > header->last()) return std::nullopt;
  return std::string{(*row)->value};
}

}  // namespace persistence
