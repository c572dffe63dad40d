// One function a verb; see judge.h.
#include "modules/inquiry/judge.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "modules/accounts/accounts.h"
#include "modules/inquiry/commands.h"
#include "modules/inquiry/refusals.h"
#include "modules/inquiry/rows.h"
#include "modules/refusals.h"
#include "modules/text.h"

namespace modules::inquiry {

namespace {

using engine::LotState;
using engine::TableReader;
using Verdict = std::optional<engine::Refusal>;
namespace figure = engine::figure;

Verdict no(engine::RefusalKind const& kind, engine::Figure actual = {}, engine::Figure limit = {}) {
  return engine::Refusal{&kind, actual, limit};
}
Verdict conflict() {
  return no(engine::refusals::state_conflict);
}

struct Asked {  // who asks, when, of what
  Actor const& actor;
  engine::Instant at;
  TableReader const& tables;
};

// The inquiry, if it is the actor's own.
std::expected<InquiryRow, engine::Refusal> own(engine::InquiryId id, Asked const& asked) {
  auto row = inquiry_row(id, asked.tables);
  if (!row) return std::unexpected(engine::Refusal{&refusals::no_such_inquiry});
  if (row->buyer != asked.actor.org) return std::unexpected(engine::Refusal{&refusals::not_your_inquiry});
  return *std::move(row);
}

// The lot, if its inquiry is the actor's own and published.
std::expected<LotRow, engine::Refusal> own_lot(engine::LotId id, Asked const& asked) {
  if (auto const inquiry = own(engine::inquiry_of(id), asked); !inquiry) return std::unexpected(inquiry.error());
  auto row = lot_row(id, asked.tables);
  if (!row) return std::unexpected(engine::Refusal{&engine::refusals::no_such_lot});
  return *std::move(row);
}

Verdict judge_reason(std::string const& reason, std::size_t characters_min) {
  auto const length = characters(reason).value_or(0);
  if (length < characters_min) {
    return no(engine::refusals::reason_too_short, figure::count(length), figure::count(characters_min));
  }
  if (reason.size() > engine::limits::reason_bytes_max) {
    return no(engine::refusals::too_many, figure::count(reason.size()),
              figure::count(engine::limits::reason_bytes_max));
  }
  return std::nullopt;
}

Verdict judge(Create const& command, Asked const&) {
  return inquiry::judge(command.draft, command.limits);
}

// A relaunch may change what is asked for, but stays the same lots: with fewer bidders than usual nothing new is
// bought.
Verdict judge_relaunched(Draft const& draft, Draft const& edited) {
  if (edited.lots.size() > draft.lots.size()) {
    return no(refusals::parameter_out_of_range, figure::count(edited.lots.size()), figure::count(draft.lots.size()));
  }
  for (std::size_t i = 0; i < edited.lots.size(); ++i) {
    if (edited.lots[i].rules.format != draft.lots[i].rules.format) return no(refusals::parameter_out_of_range);
  }
  return std::nullopt;
}

Verdict judge(Edit const& command, Asked const& asked) {
  auto const inquiry = own(command.inquiry, asked);
  if (!inquiry) return inquiry.error();
  if (inquiry->state != State::Draft) return conflict();
  if (inquiry->version != command.version) {
    return no(modules::refusals::precondition_failed, figure::count(command.version), figure::count(inquiry->version));
  }
  if (inquiry->relaunch_no > 0) {
    if (auto const wrong = judge_relaunched(inquiry->draft, command.draft)) return wrong;
  }
  return inquiry::judge(command.draft, command.limits);
}

// ---- Publishing ------------------------------------------------------------------------------------------------

Verdict judge_suppliers(Draft const& draft, TableReader const& tables) {
  for (auto const& lot : draft.lots) {
    auto const& rules = lot.rules;
    auto const needed = rules.min_bidders_approved > 0 ? rules.min_bidders_approved : rules.min_bidders;
    if (draft.admitted.size() < needed) {
      return no(refusals::too_few_suppliers, figure::count(draft.admitted.size()), figure::count(needed));
    }
  }
  for (auto const& admitted : draft.admitted) {
    auto const org = accounts::org_of(admitted.bidder, tables);
    if (!org || org->kind != accounts::OrgKind::Supplier) return no(refusals::no_such_supplier);
    if (org->state != accounts::OrgState::Active) return no(refusals::supplier_suspended);
  }
  return std::nullopt;
}

// An auction needs its notice; a sealed inquiry is its own notice as long as it may be quoted to.
Verdict judge_notice(Draft const& draft, Publish const& command, engine::Instant at) {
  bool const has_auction =
      std::ranges::any_of(draft.lots, [](LotDraft const& lot) { return lot.rules.format != engine::Format::Sealed; });
  auto const notice = std::max(command.opens_at - at, engine::Duration::zero());
  if (has_auction && notice < command.limits.notice_min) {
    return no(refusals::period_too_short, figure::span(notice), figure::span(command.limits.notice_min));
  }
  constexpr auto notice_max = std::chrono::days{366};
  if (notice > notice_max) {
    return no(refusals::parameter_out_of_range, figure::span(notice), figure::span(notice_max));
  }
  return std::nullopt;
}

Verdict judge(Publish const& command, Asked const& asked) {
  auto const inquiry = own(command.inquiry, asked);
  if (!inquiry) return inquiry.error();
  if (inquiry->state != State::Draft) return conflict();
  if (auto const wrong = inquiry::judge(inquiry->draft, command.limits)) return wrong;
  if (auto const wrong = judge_suppliers(inquiry->draft, asked.tables)) return wrong;
  return judge_notice(inquiry->draft, command, asked.at);
}

// ---- Holding ---------------------------------------------------------------------------------------------------

bool fits(Pause const&, LotRow const& lot) {
  return engine::is_live(lot.state);
}
bool fits(Resume const&, LotRow const& lot) {
  return lot.state == LotState::Paused;
}
bool fits(Abort const&, LotRow const& lot) {
  return !is_ended(lot);
}

template <class Command>
Verdict judge_hold(Command const& command, Asked const& asked) {
  auto const inquiry = own(command.inquiry, asked);
  if (!inquiry) return inquiry.error();
  if (inquiry->state == State::Draft) return conflict();
  for (auto const place : command.places) {
    auto const lot = lot_row(engine::lot_id(inquiry->id, place), asked.tables);
    if (!lot) return no(engine::refusals::no_such_lot);
    if (!fits(command, *lot)) return conflict();
  }
  bool any = !command.places.empty();
  for (std::size_t i = 0; i < inquiry->draft.lots.size(); ++i) {
    any = any || fits(command, *lot_row(lot_at(*inquiry, i), asked.tables));
  }
  if (!any) return conflict();
  return judge_reason(command.reason, 1);
}

Verdict judge(Pause const& command, Asked const& asked) {
  return judge_hold(command, asked);
}
Verdict judge(Resume const& command, Asked const& asked) {
  return judge_hold(command, asked);
}
Verdict judge(Abort const& command, Asked const& asked) {
  return judge_hold(command, asked);
}

Verdict judge(Relaunch const& command, Asked const& asked) {
  auto const inquiry = own(command.inquiry, asked);
  if (!inquiry) return inquiry.error();
  if (inquiry->relaunched_as.is_given()) return no(refusals::relaunched_already);
  if (inquiry->state == State::Draft) return conflict();
  for (std::size_t i = 0; i < inquiry->draft.lots.size(); ++i) {
    auto const format = inquiry->draft.lots[i].rules.format;
    auto const lot = lot_row(lot_at(*inquiry, i), asked.tables);
    if (is_failed(*lot) && inquiry->relaunch_no < relaunches_max(format)) return std::nullopt;
  }
  return no(refusals::nothing_to_relaunch);
}

// ---- Bidders ---------------------------------------------------------------------------------------------------

enum class Expected : std::uint8_t { Admitted, Disqualified };
Verdict judge_bidder(ToBidder const& command, Expected expected, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  if (!is_before_close(lot->state)) return conflict();
  auto const inquiry = inquiry_row(engine::inquiry_of(command.lot), asked.tables);
  if (std::ranges::find(inquiry->draft.admitted, command.bidder, &engine::Admitted::bidder) ==
      inquiry->draft.admitted.end()) {
    return no(engine::refusals::not_admitted);
  }
  bool const is_out = std::ranges::find(lot->disqualified, command.bidder) != lot->disqualified.end();
  if (is_out != (expected == Expected::Disqualified)) return conflict();
  return judge_reason(command.reason, 1);
}
Verdict judge(Disqualify const& command, Asked const& asked) {
  return judge_bidder(command, Expected::Admitted, asked);
}
Verdict judge(Reinstate const& command, Asked const& asked) {
  return judge_bidder(command, Expected::Disqualified, asked);
}

// ---- The award -------------------------------------------------------------------------------------------------

Verdict judge(Choose const& command, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  if (lot->state != LotState::Selecting) return conflict();
  auto const place = std::ranges::find(lot->selectable, command.bidder);
  if (place == lot->selectable.end()) return no(engine::refusals::outside_low_band);
  bool const is_free = place == lot->selectable.begin() && lot->few == 0;
  return judge_reason(command.reason, is_free ? 0 : engine::limits::reason_characters_min);
}

Verdict judge(ApproveChoice const& command, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  if (lot->state != LotState::Selecting || !lot->proposed.is_given()) return no(refusals::no_proposal);
  if (lot->proposed_by == asked.actor.person) return no(engine::refusals::self_approval);
  return std::nullopt;
}

Verdict judge(AskNext const& command, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  if (lot->state != LotState::WinnerDeclined || lot->next_available == 0) return conflict();
  return std::nullopt;
}

Verdict judge(AnswerAward const& command, Asked const& asked) {
  auto const lot = lot_row(command.lot, asked.tables);
  if (!lot) return no(engine::refusals::no_such_lot);
  if (lot->state != LotState::Awarded) return conflict();
  if (lot->asked != asked.actor.org) return no(refusals::not_asked);
  return std::nullopt;
}

// ---- Bids that are not the bidder's own doing, or no more ------------------------------------------------------

Verdict judge(AskSurrogate const& command, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  auto const inquiry = inquiry_row(engine::inquiry_of(command.lot), asked.tables);
  if (!inquiry->draft.lots[engine::place_of(command.lot) - std::size_t{1}].rules.surrogates) {
    return no(engine::refusals::not_offered);
  }
  if (!is_before_close(lot->state)) return conflict();
  if (std::ranges::find(inquiry->draft.admitted, command.bidder, &engine::Admitted::bidder) ==
      inquiry->draft.admitted.end()) {
    return no(engine::refusals::not_admitted);
  }
  return judge_reason(command.reason, engine::limits::reason_characters_min);
}

Verdict judge(ApproveSurrogate const& command, Asked const& asked) {
  auto const lot = own_lot(command.lot, asked);
  if (!lot) return lot.error();
  auto const surrogate = surrogate_row(command.lot, asked.tables);
  if (!surrogate || surrogate->approved_by.is_given()) return no(refusals::no_surrogate);
  if (surrogate->by == asked.actor.person) return no(engine::refusals::self_approval);
  return std::nullopt;
}

// The engine judges the rest: only it knows the stage and what was bid.
Verdict judge_lot_of(engine::LotId lot, Asked const& asked) {
  if (!lot_row(lot, asked.tables)) return no(engine::refusals::no_such_lot);
  return std::nullopt;
}
Verdict judge(WithdrawBid const& command, Asked const& asked) {
  return judge_lot_of(command.lot, asked);
}
Verdict judge(CancelProxy const& command, Asked const& asked) {
  return judge_lot_of(command.lot, asked);
}

Verdict judge(CancelBid const& command, Asked const& asked) {
  if (!lot_row(command.lot, asked.tables)) return no(engine::refusals::no_such_lot);
  auto const inquiry = inquiry_row(engine::inquiry_of(command.lot), asked.tables);
  if (accounts::scope(asked.actor.division, inquiry->division) != accounts::Scope::Inside) {
    return no(refusals::out_of_scope);
  }
  if (command.place == 0 || command.place > inquiry->draft.admitted.size()) return no(engine::refusals::not_admitted);
  return judge_reason(command.reason, 1);
}

// ---- Templates -------------------------------------------------------------------------------------------------

Verdict judge(SaveTemplate const& command, Asked const& asked) {
  auto const kept = templates_of(asked.actor.org, asked.tables);
  if (std::ranges::find(kept, command.name, &TemplateRow::name) != kept.end()) return no(engine::refusals::duplicate);
  if (kept.size() >= templates_a_buyer) {
    return no(engine::refusals::too_many, figure::count(kept.size() + 1), figure::count(templates_a_buyer));
  }
  return std::nullopt;
}

// Another buyer's is as good as none.
Verdict judge(DropTemplate const& command, Asked const& asked) {
  if (!asked.tables.get(table::templates, key(asked.actor.org, command.id))) return no(refusals::no_such_template);
  return std::nullopt;
}

template <class Command>
Verdict judge_as(Role role, engine::ModuleCommand const& command, Asked const& asked) {
  if (asked.actor.role != role) return no(modules::refusals::wrong_role);
  return judge(unpacked<Command>(command.body), asked);
}

}  // namespace

Verdict judge(engine::ModuleCommand const& command, engine::Instant at, TableReader const& tables) {
  auto const actor = accounts::current_actor(command, at, tables);
  if (!actor) return actor.error();
  Asked const asked{*actor, at, tables};
  auto const buyer = Role::Purchaser;
  switch (static_cast<Verb>(command.verb)) {
    case Verb::Create:
      return judge_as<Create>(buyer, command, asked);
    case Verb::Edit:
      return judge_as<Edit>(buyer, command, asked);
    case Verb::Publish:
      return judge_as<Publish>(buyer, command, asked);
    case Verb::Pause:
      return judge_as<Pause>(buyer, command, asked);
    case Verb::Resume:
      return judge_as<Resume>(buyer, command, asked);
    case Verb::Abort:
      return judge_as<Abort>(buyer, command, asked);
    case Verb::Relaunch:
      return judge_as<Relaunch>(buyer, command, asked);
    case Verb::Disqualify:
      return judge_as<Disqualify>(buyer, command, asked);
    case Verb::Reinstate:
      return judge_as<Reinstate>(buyer, command, asked);
    case Verb::Choose:
      return judge_as<Choose>(buyer, command, asked);
    case Verb::ApproveChoice:
      return judge_as<ApproveChoice>(buyer, command, asked);
    case Verb::AskNext:
      return judge_as<AskNext>(buyer, command, asked);
    case Verb::AnswerAward:
      return judge_as<AnswerAward>(Role::Supplier, command, asked);
    case Verb::AskSurrogate:
      return judge_as<AskSurrogate>(buyer, command, asked);
    case Verb::ApproveSurrogate:
      return judge_as<ApproveSurrogate>(buyer, command, asked);
    case Verb::WithdrawBid:
      return judge_as<WithdrawBid>(Role::Supplier, command, asked);
    case Verb::CancelProxy:
      return judge_as<CancelProxy>(Role::Supplier, command, asked);
    case Verb::CancelBid:
      return judge_as<CancelBid>(Role::Regulator, command, asked);
    case Verb::SaveTemplate:
      return judge_as<SaveTemplate>(buyer, command, asked);
    case Verb::DropTemplate:
      return judge_as<DropTemplate>(buyer, command, asked);
  }
  UNREACHABLE();
}

}  // namespace modules::inquiry
