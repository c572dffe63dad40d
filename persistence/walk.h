// Walks a journal to its last frame and believes nothing: checksum, chain, dense seqs, the manifest's digests and the
// anchor. Recovery, verify and replay printing all read through here.
//
// It begins with the first frame, or, for whoever knows what came before, with the segment that holds a given seq (or
// what the anchor has seen, if that lies before): the chain then goes on from the digest in the manifest.
//
// Thread:  engine (a tool: its only thread); walk_behind() has one more until it returns.
// Failure: the first thing that is not as it must be, with its place.
#pragma once

#include <functional>
#include <string>

#include "persistence/anchor.h"
#include "persistence/frame.h"
#include "persistence/segments.h"

namespace persistence {

// How far a walk has come: all of it checked.
struct Walked {
  std::uint64_t frames = 0;
  std::uint64_t commands = 0;
  std::uint32_t epoch = 0;
  Tail tail;
  SealedSegment segment;  // the one it is in, so far
};

struct WalkedFrame {
  std::uint32_t segment;
  FrameHeader header;
  std::string_view bytes;  // header and records; lives as long as the visit
};
using VisitFrame = std::function<engine::Result<void>(WalkedFrame const& frame)>;

// `walked` says how far it came, whether it fails or not; frames and commands are those that were read.
engine::Result<void> walk(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked,
                          VisitFrame const& visit, engine::Seq from = {});
// Visits what lies behind a frame that is known: one ends there, with that hash. What its segment holds up to there is
// checked like everything else, but by a thread of its own meanwhile: a start does not wait for what it does not decide
// again. A Failure may come from there when frames behind were visited.
engine::Result<void> walk_behind(Segments const& segments, Tail const& anchor, std::uint32_t partition, Walked& walked,
                                 VisitFrame const& visit, Tail const& known);

}  // namespace persistence
