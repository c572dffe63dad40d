// See the header.
#include "persistence/walk.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <thread>

#include "persistence/failure.h"

namespace persistence {
namespace {

class Walk {
 public:
  Walk(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked, VisitFrame const& visit,
       engine::Seq from, Tail const& known)
      : segments_(segments),
        anchor_(anchor),
        partition_(partition),
        walked_(walked),
        visit_(visit),
        known_(known),
        number_(segment_of(std::min(from, anchor.last))) {}

  // The anchor lies in the segment of the known frame, or behind.
  bool may_go_in_two() const { return number_ == segment_of(known_.last); }

  engine::Result<void> in_one() {
    walked_.tail = tail_before(number_);
    return go_on(0);
  }

  engine::Result<void> in_two() {
    Walked before;
    engine::Result<void> checked;
    std::thread beside{
        [&] { checked = Walk{segments_, anchor_, partition_, before, visit_, known_.last, known_}.up_to_the_known(); }};
    walked_.tail = known_;
    auto const read = go_on(known_.last.number() + 1);
    beside.join();
    if (!checked) return checked;  // it comes first in the journal
    return read ? join(before) : read;
  }

 private:
  std::uint32_t segment_of(engine::Seq seq) const {
    auto const& manifest = segments_.sealed();
    return static_cast<std::uint32_t>(
        1 + std::distance(manifest.begin(), std::ranges::lower_bound(manifest, seq, {}, &SealedSegment::last)));
  }
  Tail tail_before(std::uint32_t number) const {
    if (number == 1) return {};
    auto const& before = segments_.sealed()[number - 2];
    return {before.last, before.head};
  }

  engine::Result<void> up_to_the_known() {
    walked_.tail = tail_before(number_);
    if (auto read = segment(number_, 0, known_.last.number()); !read) return read;
    if (walked_.tail.last == known_.last && walked_.tail.head == known_.head) return {};
    return failed("segment " + segments_.name(number_) + ": what it holds up to seq " +
                  std::to_string(known_.last.number()) + " is not what was known of it");
  }

  // The segment that this began with from that key on, and all behind it.
  engine::Result<void> go_on(std::uint64_t key) {
    auto const& manifest = segments_.sealed();
    for (auto number = number_; number <= manifest.size(); ++number) {
      if (auto read = segment(number, number == number_ ? key : 0); !read) return read;
      if (number == number_ && key > 0) {
        begun_ = walked_.segment;  // the rest of it is read beside
        continue;
      }
      if (auto fits = is_listed(walked_.segment); !fits) return fits;
    }
    if (segments_.last() != 0) {
      if (auto read = segment(segments_.last(), segments_.last() == number_ ? key : 0); !read) return read;
    }
    if (walked_.tail.last < anchor_.last) {
      return failed("the journal ends at seq " + std::to_string(walked_.tail.last.number()) +
                    ", but its anchor has seen " + std::to_string(anchor_.last.number()) +
                    ": it lost what was acknowledged, or is another journal");
    }
    return {};
  }

  // Both parts of the segment that the known frame lies in are one again.
  engine::Result<void> join(Walked const& before) {
    auto const is_last = walked_.segment.number == number_;
    auto const& behind = is_last ? walked_.segment : begun_;
    if (first_epoch_ < before.epoch) return failed("of an epoch that was over: " + std::to_string(first_epoch_));
    auto whole = before.segment;
    whole.frames += behind.frames;
    if (behind.frames > 0) whole.last = behind.last;
    if (behind.frames > 0) whole.head = behind.head;
    if (is_last) walked_.segment = whole;
    walked_.frames += before.frames;
    walked_.commands += before.commands;
    return number_ <= segments_.sealed().size() ? is_listed(whole) : engine::Result<void>{};
  }

  engine::Result<void> is_listed(SealedSegment const& read) const {
    if (read == segments_.sealed()[read.number - 1]) return {};
    return failed("segment " + segments_.name(read.number) + ": not what the manifest lists");
  }

  engine::Result<void> segment(std::uint32_t number, std::uint64_t first, std::uint64_t last = UINT64_MAX) {
    walked_.segment = SealedSegment{number, {}, {}, 0, walked_.tail.head};
    auto const see = [&](std::uint64_t key, std::string_view bytes) { return frame(number, key, bytes); };
    return segments_.read(number, see, first, last);
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
    if (header->last() > known_.last) {
      if (auto seen = visit_({number, *header, bytes}); !seen) return failed(place + seen.error().what);
    }
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
    if (walked_.epoch == 0) first_epoch_ = header.epoch;
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
  Tail const& known_;
  std::uint32_t const number_;  // of the segment that this begins with
  SealedSegment begun_{};       // what was read of that, where it is not the last
  std::uint32_t first_epoch_ = UINT32_MAX;
  Hasher hasher_;
};

}  // namespace

engine::Result<void> walk(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked,
                          VisitFrame const& visit, engine::Seq from) {
  Tail const nothing;
  return Walk{segments, anchor, partition, walked, visit, from, nothing}.in_one();
}

engine::Result<void> walk_behind(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked,
                                 VisitFrame const& visit, Tail const& known) {
  Walk all{segments, anchor, partition, walked, visit, known.last, known};
  return all.may_go_in_two() ? all.in_two() : all.in_one();
}

}  // namespace persistence
