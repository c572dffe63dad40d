// See the header.
#include "tools/ebb/folded.h"

#include <algorithm>
#include <memory>

#include "engine/codec.h"

namespace ebb {

using persistence::hall_section;
using persistence::pictures_section;

bool Folded::load(std::string_view section, std::string_view piece) {
  if (section == hall_section) return hall_.load(piece);
  return section == pictures_section && gallery_.load(piece);
}

// As the loop replays: the hall decides, and what a module's command does beside bringing the time is in the tables.
void Folded::apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) {
  auto turn = std::make_unique<engine::Turn>();
  auto& events = turn->events;
  for (std::size_t at = 0; at < frame.size(); ++at) {
    if (at % engine::Hall::prefetched_at_once == 0) hall_.prefetch(frame.subspan(at));
    auto const& command = frame[at];
    auto const first = events.size();
    hall_.apply(command, events);
    turn->decided.push_back({command.seq,
                             command.parent,
                             command.at,
                             {},
                             static_cast<std::uint32_t>(first),
                             static_cast<std::uint32_t>(events.size())});
  }
  for (auto const& event : events) encode(event, outcomes);
  gallery_.publish(std::move(turn));
}

void Folded::save(TakePiece const& take) const {
  hall_.save([&](std::string_view piece) { take(hall_section, piece); });
  gallery_.save([&](std::string_view piece) { take(pictures_section, piece); });
}

std::optional<persistence::SnapshotAbout> load_snapshot(persistence::Store const& store, Folded& into,
                                                        persistence::TellLine const& tell) {
  return persistence::begin_with_snapshot(store,
                                          {[&into](auto section, auto piece) { return into.load(section, piece); },
                                           [&into] { return into.is_whole(); }, [&into] { into = Folded{}; }},
                                          tell);
}

}  // namespace ebb
