// Only events that change a lot's state are listened to.
#include "tools/ebb/auction_story.h"

#include <type_traits>

namespace ebb::auction {

using engine::LotState;

void Story::hear(engine::Event const& event, engine::Instant at) {
  auto const hear_kind = [&]<class Kind>(Kind const& e) {
    if constexpr (std::is_same_v<Kind, engine::LotStarted>) {
      lot(e.lot).state = LotState::Running;
    } else if constexpr (std::is_same_v<Kind, engine::StageStarted>) {
      if (e.stage.kind == engine::StageKind::Bidding) lot(e.lot).state = LotState::Running;
    } else if constexpr (std::is_same_v<Kind, engine::LotExtended>) {
      lot(e.lot).state = LotState::Extended;
    } else if constexpr (std::is_same_v<Kind, engine::LotPaused>) {
      lot(e.lot).before_pause = std::exchange(lot(e.lot).state, LotState::Paused);
    } else if constexpr (std::is_same_v<Kind, engine::LotResumed>) {
      lot(e.lot).state = lot(e.lot).before_pause;
    } else if constexpr (std::is_same_v<Kind, engine::LotAborted>) {
      auto& aborted = lot(e.lot);
      if (!aborted.closed_at) aborted.closed_at = at;
      aborted.state = LotState::Aborted;
      aborted.winner.reset();
    } else if constexpr (std::is_same_v<Kind, engine::BiddingEnded>) {
      lot(e.lot).state = LotState::ResultPending;
      lot(e.lot).closed_at = e.closed_at;
    } else if constexpr (std::is_same_v<Kind, engine::LotClosed>) {
      auto& closed = lot(e.lot);
      closed.state = e.state;
      closed.closed_at = e.closed_at;
      closed.standings = e.standings;
      closed.history = e.history;
    } else if constexpr (std::is_same_v<Kind, engine::SelectionOpened>) {
      lot(e.lot).state = LotState::Selecting;
    } else if constexpr (std::is_same_v<Kind, engine::AwardAsked>) {
      auto& asked = lot(e.lot);
      asked.state = LotState::Awarded;
      asked.winner = e.bidder;
      asked.price = e.price;
    } else if constexpr (std::is_same_v<Kind, engine::AwardAnswered>) {
      auto& answered = lot(e.lot);
      answered.state = e.state;
      if (e.outcome != engine::AwardOutcome::Confirmed) answered.winner.reset();
    }
  };
  std::visit(hear_kind, event);
}

bool Story::goes_on() const {
  for (std::size_t i = 0; i < lots_.size(); ++i) {
    if (engine::is_live(lots_[i].state)) return true;
    if (lots_[i].state != LotState::Scheduled) continue;
    auto const after = file_.opening[i].after;
    if (!after.is_given() || lots_.at(engine::place_of(after) - std::size_t{1}).is_bidding_over()) return true;
  }
  return false;
}

}  // namespace ebb::auction
