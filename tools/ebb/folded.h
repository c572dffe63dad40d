// What is folded from the journal and can be saved: the hall, and the pictures of its lots as the hub has them after a
// replay. For the checkpointer, in a memory of its own; and where a snapshot is loaded at a start.
//
// Thread:  one.
// Failure: none; load() says no to what another version saved.
// Memory:  of every lot.
#pragma once

#include <optional>
#include <utility>

#include "engine/hall.h"
#include "gateway/gallery.h"
#include "persistence/checkpointer.h"
#include "persistence/recovery.h"

namespace ebb {

class Folded final : public persistence::Fold {
 public:
  bool load(std::string_view section, std::string_view piece) override;
  bool is_whole() const override { return hall_.is_loaded() && gallery_.is_whole(); }
  void apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) override;
  std::uint64_t state() const override { return hall_.digest(); }
  void save(TakePiece const& take) const override;

  engine::Hall take_hall() { return std::move(hall_); }
  gateway::Gallery take_gallery() { return std::move(gallery_); }

 private:
  engine::Hall hall_;
  gateway::Gallery gallery_;
};

// The newest snapshot that counts, in `into`; nothing: there is none, and `into` is as new.
std::optional<persistence::SnapshotAbout> load_snapshot(persistence::Store const& store, Folded& into,
                                                        persistence::TellLine const& tell);

}  // namespace ebb
