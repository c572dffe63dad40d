// What became of one lot, folded from its events: its state, its end, who was ranked and who was asked.
//
// Thread: any. Failure: none.
#pragma once

#include <optional>
#include <vector>

#include "engine/event.h"
#include "tools/ebb/auction_file.h"

namespace ebb::auction {

struct LotStory {
  engine::LotState state = engine::LotState::Scheduled;
  engine::LotState before_pause = engine::LotState::Running;
  std::optional<engine::Instant> closed_at;
  std::optional<engine::BidderId> winner;  // asked, and has not declined
  engine::Money price;
  std::vector<engine::Standing> standings;
  std::vector<engine::HistoryEntry> history;

  bool is_bidding_over() const {
    using enum engine::LotState;
    return state != Scheduled && state != Paused && !engine::is_live(state);
  }
};

class Story {
 public:
  explicit Story(File const& file) : file_(file), lots_(file.opening.size()) {}

  void hear(engine::Event const& event, engine::Instant at);
  std::vector<LotStory> const& lots() const { return lots_; }
  // Whether time alone will bring more bidding: a paused lot waits for people, and so does one in series after it.
  bool goes_on() const;

 private:
  LotStory& lot(engine::LotId lot) { return lots_.at(engine::place_of(lot) - std::size_t{1}); }

  File const& file_;
  std::vector<LotStory> lots_;  // in order of the file
};

}  // namespace ebb::auction
