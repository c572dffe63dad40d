// The anchor: the journal's tail (last seq, hash of its frame), kept outside the journal.
//
// Two of 3,000 bit flips in LMDB's meta pages silently rolled the last transaction back: everything inside looked
// right. Only something outside can know that there had been more. The server refuses to start below its anchor.
//
// What a crash can leave, since a beat of the anchor is written behind each commit and not flushed:
//   commit N durable, anchor N written, kill -9      anchor = N                            tail = N
//   commit N durable, kill -9                        anchor = the frame before N           tail = N
//   commit N durable, anchor N written, power cut    anchor = N or any frame before it     tail = N
// Never an anchor above the tail: so a tail below the anchor is a journal that lost something, or another journal.
//
// Thread:  engine, as part of the journal.
// Failure: an unreadable or missing file beside an existing journal; a disk that does not take it.
#pragma once

#include <filesystem>

#include "engine/ids.h"
#include "engine/ports.h"
#include "persistence/hash.h"
#include "persistence/slot_file.h"

namespace persistence {

struct Tail {
  engine::Seq last;  // nothing: the journal is empty
  Digest head{};     // hash of the last frame
};

class Anchor {
 public:
  static engine::Result<Anchor> open(std::filesystem::path const& path, Access access);

  Tail tail() const;
  engine::Result<void> hold(Tail const& tail);
  engine::Result<void> sync() { return file_.sync(); }

 private:
  explicit Anchor(SlotFile file) : file_(std::move(file)) {}
  SlotFile file_;
};

}  // namespace persistence
