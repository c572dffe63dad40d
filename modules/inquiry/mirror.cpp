// One function an event; see mirror.h.
#include "modules/inquiry/mirror.h"

#include <algorithm>
#include <variant>

#include "modules/inquiry/rows.h"

namespace modules::inquiry {

namespace {

using engine::LotId;
using engine::LotState;

class Mirror {
 public:
  explicit Mirror(engine::Tables& tables) : tables_(tables) {}

  void hear(engine::LotScheduled const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = LotState::Scheduled;
      lot.opens_at = event.opens_at;
    });
  }
  void hear(engine::LotRescheduled const& event) {
    change(event.lot, [&](LotRow& lot) { lot.opens_at = event.opens_at; });
  }
  void hear(engine::LotStarted const& event) {
    change(event.lot, [](LotRow& lot) { lot.state = LotState::Running; });
  }
  void hear(engine::LotPaused const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = LotState::Paused;
      lot.held_because = event.reason;
    });
  }
  void hear(engine::LotResumed const& event) {
    change(event.lot, [](LotRow& lot) { lot.state = LotState::Running; });
  }
  void hear(engine::LotAborted const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = LotState::Aborted;
      lot.held_because = event.reason;
    });
  }
  void hear(engine::BidderDisqualified const& event) {
    change(event.lot, [&](LotRow& lot) { lot.disqualified.push_back(event.bidder); });
  }
  void hear(engine::BidderReinstated const& event) {
    change(event.lot, [&](LotRow& lot) { std::erase(lot.disqualified, event.bidder); });
  }
  void hear(engine::BiddingEnded const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = LotState::ResultPending;
      lot.closed_at = event.closed_at;
    });
  }
  void hear(engine::LotClosed const& event) {
    bool const is_ours = change(event.lot, [&](LotRow& lot) {
      lot.state = event.state;
      lot.closed_at = event.closed_at;
    });
    if (!is_ours || event.state == LotState::PracticeEnded) return;
    keep_result(event);
    keep_history(event);
  }
  void hear(engine::SelectionOpened const& event) {
    auto const bidders = result_of(event.lot).standings.size();
    auto const inquiry = inquiry_row(engine::inquiry_of(event.lot), tables_);
    change(event.lot, [&](LotRow& lot) {
      auto const& rules = inquiry->draft.lots[engine::place_of(event.lot) - std::size_t{1}].rules;
      lot.state = LotState::Selecting;
      lot.until = event.until;
      lot.selectable = event.selectable;
      lot.few = bidders < rules.min_bidders ? 1 : 0;
      forget_proposal(lot);
    });
  }
  void hear(engine::QuoteChosen const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.chosen_because = event.reason;
      forget_proposal(lot);
    });
  }
  void hear(engine::AwardAsked const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = LotState::Awarded;
      lot.asked = event.bidder;
      lot.price = event.price;
      lot.until = event.until;
      lot.selectable.clear();
    });
  }
  void hear(engine::AwardAnswered const& event) {
    change(event.lot, [&](LotRow& lot) {
      lot.state = event.state;
      lot.next_available = event.next_available ? 1 : 0;
      if (event.outcome != engine::AwardOutcome::Confirmed) lot.asked = {};
    });
  }
  // One permission, one bid.
  void hear(engine::SurrogateNoted const& event) {
    if (!surrogate_row(event.lot, tables_)) return;
    tables_.erase(table::surrogates, key(event.lot));
    change(event.lot, [](LotRow&) {});
  }
  // Only what is news: a supplier may be refused as often as it likes.
  void hear(engine::LotCommandRefused const& event) {
    auto const known = lot_row(event.lot, tables_);
    bool const is_opened = known && known->opens_at != engine::Instant{};
    if (is_opened && (known->refusal == event.refusal.kind->number || is_of_a_bidder(*event.refusal.kind))) return;
    change(event.lot, [&](LotRow& lot) {
      lot.refusal = event.refusal.kind->number;
      if (lot.opens_at == engine::Instant{}) lot.state = LotState::Aborted;  // it was never opened
    });
  }
  // A lot whose bidding had ended goes on, where signatures that do not hold left too few quotes.
  void hear(engine::LotExtended const& event) {
    auto const known = lot_row(event.lot, tables_);
    if (!known || known->state != LotState::ResultPending) return;
    change(event.lot, [](LotRow& lot) {
      lot.state = LotState::Running;
      lot.closed_at = {};
    });
  }
  // Before the result is told nothing reads it.
  void hear(engine::BidCancelled const& event) {
    if (event.by.is_given()) return;  // by a regulator: who and why stands in the log
    auto const inquiry = inquiry_row(engine::inquiry_of(event.lot), tables_);
    if (!inquiry || is_practice(inquiry->draft)) return;
    put_row(tables_, table::voided, key(event.lot, event.bid), VoidedRow{event.reason});
  }
  // Bids, stages, clocks and other modules: not ours.
  void hear(engine::BidAccepted const&) {}
  void hear(engine::QuoteAccepted const&) {}
  void hear(engine::BidRefused const&) {}
  void hear(engine::BidRepeated const&) {}
  void hear(engine::ModuleAnswered const&) {}
  void hear(engine::OutageNoted const&) {}
  void hear(engine::ClockStepNoted const&) {}
  void hear(engine::StageStarted const&) {}
  void hear(engine::TurnEnded const&) {}
  void hear(engine::QuotesOpened const&) {}
  void hear(engine::BiddersEliminated const&) {}
  void hear(engine::BidSigned const&) {}
  void hear(engine::BidWithdrawn const&) {}
  void hear(engine::ProxySet const&) {}
  void hear(engine::ProxyEnded const&) {}
  void hear(engine::ProxyBid const&) {}

 private:
  // What only a bidder's own commands are refused for: withdrawing, setting and cancelling a proxy.
  static bool is_of_a_bidder(engine::RefusalKind const& kind) {
    namespace why = engine::refusals;
    constexpr engine::RefusalKind const* theirs[] = {
        &why::disqualified,  &why::not_started, &why::closed,      &why::too_many_attempts,   &why::non_positive,
        &why::above_ceiling, &why::eliminated,  &why::not_offered, &why::decrement_too_small, &why::between_stages,
        &why::not_your_turn, &why::off_grid,    &why::no_bid};
    return std::ranges::find(theirs, &kind) != std::end(theirs);
  }

  // Changes the row of a lot that we know, and with it the state and the version of its inquiry.
  template <class Change>
  bool change(LotId id, Change what) {
    auto lot = lot_row(id, tables_);
    if (!lot) return false;
    what(*lot);
    put_row(tables_, table::lots, key(id), *lot);
    auto inquiry = judged(inquiry_row(engine::inquiry_of(id), tables_));
    inquiry.state = state_of(inquiry);
    ++inquiry.version;
    put_row(tables_, table::inquiries, key(inquiry.id), inquiry);
    return true;
  }

  State state_of(InquiryRow const& inquiry) const {
    std::size_t scheduled = 0;
    std::size_t aborted = 0;
    bool has_pending = false;
    auto const lots = inquiry.draft.lots.size();
    for (std::size_t i = 0; i < inquiry.draft.lots.size(); ++i) {
      auto const state = lot_row(lot_at(inquiry, i), tables_)->state;
      if (engine::is_live(state) || state == LotState::Paused) return State::Running;
      if (state == LotState::Scheduled) ++scheduled;
      if (state == LotState::Aborted) ++aborted;
      if (state == LotState::ResultPending) has_pending = true;
    }
    // In series the next may still wait where one has ended.
    if (scheduled > 0 && scheduled + aborted == lots) return State::Published;
    if (scheduled > 0 || has_pending) return State::Running;
    return aborted == lots ? State::Aborted : State::Closed;
  }

  static void forget_proposal(LotRow& lot) {
    lot.proposed = {};
    lot.proposed_by = {};
    lot.proposed_because.clear();
  }

  ResultRow result_of(LotId lot) const {
    return get_row<ResultRow>(tables_, table::results, key(lot)).value_or(ResultRow{});
  }

  void keep_result(engine::LotClosed const& event) {
    ResultRow result;
    for (auto const& standing : event.standings) {
      result.standings.push_back({standing.rank, standing.bidder, standing.price, standing.evaluated_price.whole,
                                  standing.seq, standing.at, standing.selectable ? std::uint8_t{1} : std::uint8_t{0}});
    }
    put_row(tables_, table::results, key(event.lot), result);
  }

  void keep_history(engine::LotClosed const& event) {
    HistoryChunk chunk;
    for (auto const& entry : event.history) {
      chunk.entries.push_back(
          {entry.seq, entry.at, entry.bidder, entry.price, entry.voided ? std::uint8_t{1} : std::uint8_t{0}});
      bool const is_last = &entry == &event.history.back();
      // What one command caused stays together: the row's key is its seq.
      bool const is_whole = is_last || (&entry + 1)->seq != entry.seq;
      if (!is_whole || (chunk.entries.size() < history_entries_a_row && !is_last)) continue;
      put_row(tables_, table::history, key(event.lot, entry.seq), chunk);
      chunk.entries.clear();
    }
  }

  engine::Tables& tables_;
};

}  // namespace

void mirror(engine::Event const& event, engine::Tables& tables) {
  std::visit([&](auto const& happened) { Mirror(tables).hear(happened); }, event);
}

}  // namespace modules::inquiry
