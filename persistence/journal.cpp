// See the header.
#include "persistence/journal.h"

#include "engine/check.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {

using Steady = std::chrono::steady_clock;

engine::Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options, KeyStore& keys) {
  CHECK(keys.log_key().has_value());  // opened to be written, the key store has made one
  // The anchor is made before the journal, so that a journal without one has lost it.
  if (is_there(options.directory / "MANIFEST") && !is_there(options.anchor)) {
    return failed(options.anchor.string() +
                  ": missing beside an existing journal; restore it together with the journal");
  }
  auto anchor = Anchor::open(options.anchor, Access::ReadWrite);
  if (!anchor) return std::unexpected(anchor.error());
  auto segments = Segments::open(options.directory, Access::ReadWrite, options.segment_bytes);
  if (!segments) return std::unexpected(segments.error());
  if (auto filling = segments->fill_ahead(options.filling); !filling) return std::unexpected(filling.error());
  return std::unique_ptr<Journal>{new Journal{std::move(options), std::move(*segments), std::move(*anchor), keys}};
}

Journal::Journal(JournalOptions options, Segments segments, Anchor anchor, KeyStore& keys)
    : options_(std::move(options)),
      segments_(std::move(segments)),
      anchor_(std::move(anchor)),
      keys_(keys),
      salts_(*keys.log_key()) {}

engine::Result<void> Journal::read(Walked& walked, VisitFrame const& visit, Tail const& known) const {
  if (!known.last.is_given()) return walk(segments_, anchor_.tail(), options_.partition, walked, visit);
  return walk_behind(segments_, anchor_.tail(), options_.partition, walked, visit, known);
}

void Journal::continue_from(Walked const& walked, Digest const& outcomes) {
  CHECK(state_ == State::Unread);
  CHECK(walked.segment.number == segments_.last());
  tail_ = walked.tail;
  segment_ = walked.segment;
  outcomes_ = outcomes;
  state_ = State::Read;
}

engine::Result<void> Journal::commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) {
  CHECK(state_ != State::Unread);
  CHECK(!frame.empty());
  if (failure_) return std::unexpected(*failure_);
  auto const begun = Steady::now();
  auto written = write(frame, outcomes);
  if (!written) {
    failure_ = written.error();
    return written;
  }
  if (++commits_ % Environment::commits_a_reader_check == 0) {
    if (auto dropped = segments_.drop_dead_readers(); !dropped) return std::unexpected(*(failure_ = dropped.error()));
  }
  measured_.whole = Steady::now() - begun;
  if (measure_) measure_(measured_);
  return {};
}

template <class Work>
void Journal::hash(std::size_t bytes, Work const& work) {
  if (bytes < options_.aside_from_bytes) {
    work();
  } else {
    sideline_.begin(work);
  }
}

engine::Result<void> Journal::write(std::span<engine::Sequenced const> frame, std::string_view outcomes) {
  CHECK(frame.front().seq == engine::next(tail_.last));
  CHECK(frame.back().seq.number() == tail_.last.number() + frame.size());
  // What was decided before the first commit after a start is in the digest already: recovery put it there.
  if (state_ == State::Read) CHECK(outcomes.empty());
  if (state_ == State::Written) hash(outcomes.size(), [&] { outcomes_ = hasher_.of({view(outcomes_), outcomes}); });
  auto encoded = encode(frame);
  if (encoded) begin_leaves(frame.size());
  while (sideline_.is_busy() && leaf_work_.step() == LeafWork::Step::Done) {}
  sideline_.wait();
  if (!encoded) return encoded;
  return append(header_of(frame, records_.view()), records_.view());
}

engine::Result<void> Journal::encode(std::span<engine::Sequenced const> frame) {
  if (segment_.frames > 0 && segments_.is_full()) {
    if (auto rolled = segments_.roll(segment_); !rolled) return rolled;
    segment_ = SealedSegment{segments_.last(), {}, {}, 0, tail_.head};
  }
  if (auto prepared = keys_.prepare(frame); !prepared) return prepared;
  return encode_records(frame, keys_, records_);
}

void Journal::begin_leaves(std::size_t count) {
  if (!options_.gives_leaves) return;
  leaves_.resize(count);
  leaf_work_.begin(records_.view(), salts_, leaves_);
}

engine::Result<void> Journal::append(FrameHeader const& header, std::string_view records) {
  auto const header_bytes = encode_header(header, records);
  hash(records.size(), [&] {
    written_ = hasher_.of({header_bytes, records});
    leaf_work_.finish();
  });
  auto const begun = Steady::now();
  auto appended = segments_.append(header.first, header_bytes, records);
  // From here on the frame is durable.
  auto const took = Steady::now() - begun;
  measured_ = {header.last(), header.count, header_bytes.size() + records.size(), segments_.used_bytes(), took, {}};
  leaf_work_.finish();
  sideline_.wait();
  if (!appended) return appended;
  return advance(header);
}

FrameHeader Journal::header_of(std::span<engine::Sequenced const> frame, std::string_view records) const {
  FrameHeader header;
  header.partition = options_.partition;
  header.epoch = options_.epoch;
  header.count = static_cast<std::uint32_t>(frame.size());
  header.first = frame.front().seq;
  header.at = frame.back().at;
  header.records_bytes = records.size();
  header.previous = tail_.head;
  header.outcomes = outcomes_;
  return header;
}

engine::Result<void> Journal::advance(FrameHeader const& header) {
  state_ = State::Written;
  tail_ = {header.last(), written_};
  if (segment_.frames++ == 0) segment_.first = header.first;
  segment_.last = header.last();
  segment_.head = written_;
  if (auto held = anchor_.hold(tail_); !held) return held;
  if (listener_ != nullptr) listener_->committed(header.first, leaves_, written_);
  return {};
}

}  // namespace persistence
