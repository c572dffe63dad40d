// From the close on: who is chosen, who is asked, who confirms (rules.md §4.3, §4.4, §12a gaps 8-11).
//
// Reverse: the first is asked at once; after a decline the buyer may ask the next. Sealed: the buyer chooses inside
// the band; a silent buyer means the first; after a decline the buyer chooses again among those left. Where a relaunch
// has fewer bidders than usual, the first is awarded only with an approver and a reason, and silence fails the lot.
#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "engine/lot.h"

namespace engine {
// The close -----------------------------------------------------------------------------------------------------------

Choice Lot::choice_at_close() const {
  if (book_.is_empty() || rules_.practice) return Choice::None;
  if (book_.size() >= rules_.min_bidders) return is_sealed() ? Choice::Band : Choice::None;
  auto const approvable = rules_.min_bidders_approved > 0 && book_.size() >= rules_.min_bidders_approved;
  return approvable ? Choice::FirstOnly : Choice::None;
}

std::vector<Standing> Lot::counted() const {
  auto order = book_.order();
  std::ranges::sort(order, {}, &Counted::arrival);
  std::vector<Standing> standings;
  for (auto const& counted : order) {
    auto const& bidder = bidders_[counted.slot];
    auto const& bid = attempts_.at(counted.arrival);
    standings.push_back({.bidder = bidder.id,
                         .price = bid.price,
                         .evaluated_price = evaluations_[counted.slot].of(bid.price),
                         .seq = bid.seq,
                         .at = bid.at});
  }
  return standings;
}

std::vector<HistoryEntry> Lot::history() const {
  std::vector<HistoryEntry> entries;
  for (AttemptPlace place = 0; place < attempts_.size(); ++place) {
    auto const& attempt = attempts_.at(place);
    if (!attempt.is_accepted()) continue;
    auto const& bidder = bidders_[attempt.slot()];
    auto const counts_no_more = attempt.is_voided() || bidder.is_disqualified();
    entries.push_back({attempt.seq, attempt.at, bidder.id, attempt.price, counts_no_more});
  }
  return entries;
}

// Where the result waits, LotClosed names that state.
void Lot::announce_close(Events& out) const {
  auto const standings = award_.at_close();
  out.push_back(LotClosed{id_, state_, ends_at_, {standings.begin(), standings.end()}, history()});
}

void Lot::open_award(Instant at, Events& out) {
  if (state_ == LotState::Selecting) open_selection(at, out);
  if (state_ == LotState::Awarded) ask(award_.first().bidder, at, out);
}

// The buyer's choice --------------------------------------------------------------------------------------------------

void Lot::open_selection(Instant at, Events& out) {
  state_ = LotState::Selecting;
  until_ = at + rules_.choose_for;
  out.push_back(SelectionOpened{id_, until_, award_.selectable()});
}

std::optional<Refusal> Lot::judge(ChooseQuote const& choose, Instant) const {
  if (state_ != LotState::Selecting) return refuse(refusals::state_conflict);
  auto const slot = slot_of(choose.bidder);
  if (!slot) return refuse(refusals::not_admitted);
  auto const* standing = award_.find(choose.bidder);
  if (standing == nullptr) return refuse(refusals::outside_low_band);  // no counted quote, or asked before
  if (!standing->selectable) {
    return refuse(refusals::outside_low_band, figure::fen(standing->price),
                  figure::fen(award_.band_limit(evaluations_[*slot])));
  }
  auto const is_free = standing->rank == 1 && award_.choice() == Choice::Band;
  if (auto const length = characters_of(choose.reason); !is_free && length < limits::reason_characters_min) {
    return refuse(refusals::reason_too_short, figure::count(length), figure::count(limits::reason_characters_min));
  }
  if (choose.reason.size() > limits::reason_bytes_max) {
    return refuse(refusals::too_many, figure::count(choose.reason.size()), figure::count(limits::reason_bytes_max));
  }
  if (!choose.by.is_given()) return refuse(refusals::self_approval);
  auto const is_approved = choose.approved_by.is_given() && choose.approved_by != choose.by;
  if (!is_free && !is_approved) return refuse(refusals::self_approval);
  return std::nullopt;
}

void Lot::enter(ChooseQuote const& choice, Moment moment, Events& out) {
  choose(*award_.find(choice.bidder), choice, moment.at, out);
}

void Lot::choose(Standing const& standing, ChooseQuote const& choice, Instant at, Events& out) {
  out.push_back(QuoteChosen{id_, standing.bidder, standing.rank, choice.by, choice.approved_by, choice.reason});
  ask(standing.bidder, at, out);
}

void Lot::end_selection_in_silence(Events& out) {
  if (award_.choice() == Choice::FirstOnly) {  // nobody approved it: too few after all
    state_ = LotState::FailedFew;
    return announce_close(out);
  }
  choose(award_.first(), ChooseQuote{id_, award_.first().bidder, PersonId{}, PersonId{}, {}}, until_, out);
}

// The winner's answer -------------------------------------------------------------------------------------------------

void Lot::ask(BidderId bidder, Instant at, Events& out) {
  auto const* standing = award_.find(bidder);
  CHECK(standing != nullptr);
  state_ = LotState::Awarded;
  asked_ = bidder;
  until_ = at + rules_.confirm_for;
  out.push_back(AwardAsked{id_, bidder, standing->price, until_});
}

std::optional<Refusal> Lot::judge(AnswerAward const& answer, Instant) const {
  if (state_ != LotState::Awarded) return refuse(refusals::state_conflict);
  if (answer.bidder != asked_) return refuse(refusals::not_admitted);
  return std::nullopt;
}

void Lot::enter(AnswerAward const& answer, Moment moment, Events& out) {
  if (answer.answer == AwardAnswer::Decline) return lose_winner(answer.by, AwardOutcome::Declined, moment.at, out);
  state_ = LotState::OrderConfirmed;
  out.push_back(AwardAnswered{id_, asked_, answer.by, AwardOutcome::Confirmed, state_, false});
}

void Lot::lose_winner(PersonId by, AwardOutcome outcome, Instant at, Events& out) {
  award_.drop(asked_);
  auto const next_available = award_.has_anyone();
  state_ = is_sealed() && next_available ? LotState::Selecting : LotState::WinnerDeclined;
  out.push_back(AwardAnswered{id_, asked_, by, outcome, state_, next_available});
  asked_ = BidderId{};
  if (state_ == LotState::Selecting) open_selection(at, out);
}

std::optional<Refusal> Lot::judge(AskNext const&, Instant) const {
  if (state_ != LotState::WinnerDeclined || !award_.has_anyone()) return refuse(refusals::state_conflict);
  return std::nullopt;
}

void Lot::enter(AskNext const&, Moment moment, Events& out) {
  ask(award_.first().bidder, moment.at, out);
}

}  // namespace engine
