// See the header.
#include "persistence/walk.h"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "persistence/failure.h"

namespace persistence {
namespace {

class Walk {
 public:
  Walk(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked, VisitFrame const& visit)
      : segments_(segments), anchor_(anchor), partition_(partition), walked_(walked), visit_(visit) {}

  engine::Result<void> behind(engine::Seq from) {
    auto const& manifest = segments_.sealed();
    auto const begin = std::ranges::lower_bound(manifest, std::min(from, anchor_.last), {}, &SealedSegment::last);
    if (begin != manifest.begin()) walked_.tail = {std::prev(begin)->last, std::prev(begin)->head};
    for (auto const& sealed : std::ranges::subrange(begin, manifest.end())) {
      if (auto read = segment(sealed.number); !read) return read;
      if (walked_.segment != sealed)
        return failed("segment " + segments_.name(sealed.number) + ": not what the manifest lists");
    }
    if (segments_.last() != 0) {
      if (auto read = segment(segments_.last()); !read) return read;
    }
    if (walked_.tail.last < anchor_.last) {
      return failed("the journal ends at seq " + std::to_string(walked_.tail.last.number()) +
                    ", but its anchor has seen " + std::to_string(anchor_.last.number()) +
                    ": it lost what was acknowledged, or is another journal");
    }
    return {};
  }

 private:
  engine::Result<void> segment(std::uint32_t number) {
    walked_.segment = SealedSegment{number, {}, {}, 0, walked_.tail.head};
    return segments_.read(number, [&](std::uint64_t key, std::string_view bytes) { return frame(number, key, bytes); });
  }

  engine::Result<void> frame(std::uint32_t number, std::uint64_t key, std::string_view bytes) {
    auto const place = "segment " + segments_.name(number) + ", frame " + std::to_string(key) + ": ";
    auto const header = decode_header(bytes);
    if (!header) return failed(place + header.error().what);
    if (auto fits = follows(key, *header); !fits) return failed(place + fits.error().what);
    Digest const hash = hasher_.of({bytes});
    if (header->last() == anchor_.last && hash != anchor_.head) {
      return failed(place + "not the frame that the anchor has seen: this is another journal");
    }
    if (header->first <= anchor_.last && anchor_.last < header->last()) {
      return failed(place + "the anchor points into its middle: this is another journal");
    }
    if (auto seen = visit_({number, *header, bytes}); !seen) return failed(place + seen.error().what);
    advance(*header, hash);
    return {};
  }

  engine::Result<void> follows(std::uint64_t key, FrameHeader const& header) const {
    auto const expected = engine::next(walked_.tail.last);
    if (header.first.number() != key)
      return failed("it says that it begins at " + std::to_string(header.first.number()));
    if (header.first != expected) return failed("seq " + std::to_string(expected.number()) + " belongs here");
    if (header.previous != walked_.tail.head) return failed("the chain is broken: it does not follow the frame before");
    if (header.partition != partition_) return failed("of partition " + std::to_string(header.partition));
    if (header.epoch < walked_.epoch) return failed("of an epoch that was over: " + std::to_string(header.epoch));
    return {};
  }

  void advance(FrameHeader const& header, Digest const& hash) {
    ++walked_.frames;
    walked_.commands += header.count;
    walked_.epoch = header.epoch;
    walked_.tail = {header.last(), hash};
    auto& segment = walked_.segment;
    if (segment.frames++ == 0) segment.first = header.first;
    segment.last = header.last();
    segment.head = hash;
  }

  Segments const& segments_;
  Tail const& anchor_;
  std::uint32_t const partition_;
  Walked& walked_;
  VisitFrame const& visit_;
  Hasher hasher_;
};

}  // namespace

engine::Result<void> walk(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked,
                          VisitFrame const& visit, engine::Seq from) {
  return Walk{segments, anchor, partition, walked, visit}.behind(from);
}

}  // namespace persistence
