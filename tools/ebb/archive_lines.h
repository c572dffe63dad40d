// The files of an archived inquiry as text, and back: what stands in each line of records, events and proofs.
//
// Thread: any. Failure: a line that is not one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/ports.h"
#include "engine/transparency.h"
#include "tools/ebb/archive_story.h"

namespace ebb {

engine::Hash leaf_of(ArchivedRecord const& record);

std::string line_of(ArchivedRecord const& record);
// `leaf` is what the line claims.
struct RecordLine {
  ArchivedRecord record;
  engine::Hash leaf{};
};
engine::Result<RecordLine> record_of_line(std::string_view line);

std::string line_of(ArchivedEvent const& event);
// Of an event's line: what brought it, and when.
struct EventPlace {
  engine::Seq cause;
  engine::Instant at;
};
engine::Result<EventPlace> place_of_line(std::string_view line);

struct LeafProof {
  engine::Seq seq;
  engine::Path path;
};
std::string line_of(LeafProof const& proof);
engine::Result<LeafProof> proof_of_line(std::string_view line);

// How each lot ended, from the events.
std::string results_of(std::span<ArchivedEvent const> events);

// Of a text whose lines all end.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace ebb
