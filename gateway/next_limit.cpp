// One function a stage; see next_limit.h. The order of the rules is the engine's (engine/lot_price.cpp).
#include "gateway/next_limit.h"

#include <algorithm>

#include "engine/check.h"

namespace gateway {

namespace {

using engine::Money;
using engine::StageKind;

constexpr auto fen = Money::fen(1);

// A bidder in its lot, with the few questions that every stage asks.
class Asking {
 public:
  Asking(Picture const& picture, Bidder const& bidder)
      : picture_(picture), rules_(picture.rules()), bidder_(bidder), index_(picture.index_of(bidder.id)) {}

  std::optional<Money> limit() const;

 private:
  std::optional<Money> bidding() const;
  std::optional<Money> level() const;
  std::optional<Money> below(std::optional<Money> reference) const;
  bool needs_the_lead() const;
  bool leads() const { return !picture_.order().empty() && picture_.order().front() == index_; }
  // A key as a price of this bidder.
  Money reference(engine::Evaluated const& key) const {
    return rules_.rank_by == engine::RankBy::Price ? Money::fen(key.whole) : bidder_.evaluation.price_within(key);
  }
  Money on_grid(Money price) const;
  Money outside_buffers(Money price) const;

  Picture const& picture_;
  engine::LotRules const& rules_;
  Bidder const& bidder_;
  std::uint16_t index_;
};

std::optional<Money> Asking::limit() const {
  auto const state = picture_.state();
  bool const is_before_close =
      state == engine::LotState::Scheduled || state == engine::LotState::Paused || engine::is_live(state);
  if (!is_before_close || bidder_.disqualified || bidder_.is_eliminated || bidder_.proxy_step ||
      bidder_.attempts >= rules_.attempts_max) {
    return std::nullopt;
  }
  auto const& stage = picture_.stage();
  auto const kind = stage ? stage->kind : StageKind::Bidding;
  switch (kind) {
    case StageKind::Bidding:
    case StageKind::Quiet:
      return rules_.format == engine::Format::Reverse ? bidding() : std::nullopt;
    case StageKind::Break:
      return std::nullopt;
    case StageKind::Turn:
      return stage->bidder == bidder_.id ? below(bidder_.last) : std::nullopt;
    case StageKind::Level:
      return level();
    case StageKind::SealedBids: {
      auto const& order = picture_.order();
      bool const is_out = leads() || order.empty() || (bidder_.has_quoted && !rules_.requotes);
      return is_out ? std::nullopt : below(reference(picture_.lead_key()));
    }
    case StageKind::BestBid:
      return stage->bidder == bidder_.id ? below(stage->level) : std::nullopt;
  }
  UNREACHABLE();
}

bool Asking::needs_the_lead() const {
  return rules_.step_basis == engine::StepBasis::Best || rules_.front_buffer > Money{} ||
         rules_.back_buffer > Money{} || rules_.ties == engine::Ties::Refused ||
         rules_.ties == engine::Ties::RefusedAtLead || picture_.round_top();
}

std::optional<Money> Asking::bidding() const {
  if (rules_.leader_waits && leads()) return std::nullopt;
  if (needs_the_lead() && !picture_.order().empty() && !picture_.shows_lead_to(bidder_)) return std::nullopt;
  auto const& top = picture_.round_top();
  auto limit = top ? std::min(rules_.ceiling, reference(*top)) : rules_.ceiling;
  auto from = bidder_.last;
  if (rules_.step_basis == engine::StepBasis::Best) {
    from = picture_.order().empty() ? std::nullopt : std::optional{reference(picture_.lead_key())};
  }
  if (from) limit = std::min(limit, *from - engine::decrement_at(rules_, std::max(*from, fen)));
  if (limit <= Money{}) return std::nullopt;
  limit = outside_buffers(on_grid(limit));
  return limit > Money{} ? std::optional{limit} : std::nullopt;
}

// Prices are whole steps below the ceiling, where the rules say so.
Money Asking::on_grid(Money price) const {
  if (rules_.step_kind != engine::StepKind::Multiple || price <= Money{}) return price;
  auto const step = rules_.decrement.in_fen();
  auto const steps = ((rules_.ceiling - price).in_fen() + step - 1) / step;
  return rules_.ceiling - Money::fen(steps * step);
}

// Below what another leads with, or far enough behind it.
Money Asking::outside_buffers(Money price) const {
  if (picture_.order().empty() || leads()) return price;
  auto const lead = picture_.lead_key();
  auto const at_lead = reference(lead);
  bool const ties_are_refused = rules_.ties == engine::Ties::Refused || rules_.ties == engine::Ties::RefusedAtLead;
  auto const stands = [&](Money one) {
    auto const key = picture_.key_of(index_, one);
    if (ties_are_refused && key == lead) return false;
    return key < lead ? one <= at_lead - rules_.front_buffer : one >= at_lead + rules_.back_buffer;
  };
  // What does not stand is refused all the way down to the front of the buffer, or to just below the lead.
  if (stands(price)) return price;
  price = on_grid(std::min(price, at_lead - rules_.front_buffer));
  return stands(price) ? price : on_grid(price - fen);
}

std::optional<Money> Asking::level() const {
  auto const asked = picture_.stage()->level;
  bool const is_in = rules_.format == engine::Format::Japanese && bidder_.last == asked;
  return is_in ? std::nullopt : std::optional{asked};
}

std::optional<Money> Asking::below(std::optional<Money> reference) const {
  if (!reference) return std::nullopt;
  auto const limit =
      on_grid(std::min(rules_.ceiling, *reference - engine::decrement_at(rules_, std::max(*reference, fen))));
  return limit > Money{} ? std::optional{limit} : std::nullopt;
}

}  // namespace

std::optional<Money> next_limit(Picture const& picture, Bidder const& bidder) {
  return Asking(picture, bidder).limit();
}

}  // namespace gateway
