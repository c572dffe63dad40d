// One function a verb; see enter.h.
#include "modules/inquiry/enter.h"

#include <algorithm>

#include "engine/check.h"
#include "modules/accounts/accounts.h"
#include "modules/alias.h"
#include "modules/inquiry/commands.h"
#include "modules/inquiry/rows.h"

namespace modules::inquiry {

namespace {

struct Doing {  // by whom, when, with what luck, to what
  engine::PersonId by;
  std::uint64_t entropy;
  engine::Instant at;
  engine::Tables& tables;
  FollowUps& follow_ups;

  InquiryRow inquiry(engine::InquiryId id) const { return judged(inquiry_row(id, tables)); }
  std::uint64_t save(InquiryRow& row) const {
    ++row.version;
    put_row(tables, table::inquiries, key(row.id), row);
    return row.id.number();
  }
  // What the engine will tell comes back through mirror.cpp; what only we know is saved here.
  std::uint64_t save(engine::LotId id, LotRow const& lot) const {
    put_row(tables, table::lots, key(id), lot);
    auto row = inquiry(engine::inquiry_of(id));
    return save(row);
  }
};

std::uint64_t make(InquiryRow row, Doing const& doing) {
  row.id = engine::InquiryId{next_id(doing.tables, table::next, "inquiry")};
  put_row(doing.tables, table::inquiries, key(row.id), row);
  return row.id.number();
}

// What no purchaser writes into the rules.
Draft completed(Draft draft, Limits const& limits, std::uint8_t relaunch_no) {
  for (auto& lot : draft.lots) {
    lot.rules.resume_floor = limits.resume_floor;
    lot.rules.min_bidders_approved =
        std::min(lot.rules.min_bidders, min_bidders_approved(lot.rules.format, relaunch_no));
  }
  return draft;
}

std::uint64_t enter(Create const& command, Doing const& doing) {
  auto const person = judged(accounts::person_of(doing.by, doing.tables));
  auto const org = judged(accounts::org_of(person.org, doing.tables));
  InquiryRow row;
  row.buyer = org.id;
  row.division = org.division;
  row.made_by = doing.by;
  row.draft = completed(command.draft, command.limits, 0);
  return make(std::move(row), doing);
}

std::uint64_t enter(Edit const& command, Doing const& doing) {
  auto row = doing.inquiry(command.inquiry);
  row.draft = completed(command.draft, command.limits, row.relaunch_no);
  return doing.save(row);
}

std::uint64_t enter(Publish const& command, Doing const& doing) {
  auto row = doing.inquiry(command.inquiry);
  row.state = State::Published;
  row.published_at = doing.at;
  row.entropy = doing.entropy;
  for (std::size_t i = 0; i < row.draft.lots.size(); ++i) {
    auto const lot = lot_at(row, i);
    bool const is_in_series = row.draft.closing == Closing::Serial && i > 0;
    put_row(doing.tables, table::lots, key(lot), LotRow{});
    doing.follow_ups.then(engine::OpenLot{lot, opened_rules(row.draft, i), command.opens_at,
                                          drawn(lot, row.entropy, row.draft.admitted),
                                          is_in_series ? lot_at(row, i - 1) : engine::LotId{}});
  }
  return doing.save(row);
}

// The lots named, or every one that fits.
template <class Fits, class Then>
std::uint64_t hold(Hold const& command, Doing const& doing, Fits fits, Then then) {
  auto const row = doing.inquiry(command.inquiry);
  for (std::size_t i = 0; i < row.draft.lots.size(); ++i) {
    auto const lot = lot_at(row, i);
    bool const is_named = std::ranges::find(command.places, engine::place_of(lot)) != command.places.end();
    bool const is_meant = command.places.empty() ? fits(judged(lot_row(lot, doing.tables))) : is_named;
    if (is_meant) doing.follow_ups.then(then(lot));
  }
  return row.id.number();
}

std::uint64_t enter(Pause const& command, Doing const& doing) {
  return hold(
      command, doing, [](LotRow const& lot) { return engine::is_live(lot.state); },
      [&](engine::LotId lot) { return engine::PauseLot{lot, doing.by, command.reason}; });
}
std::uint64_t enter(Resume const& command, Doing const& doing) {
  return hold(
      command, doing, [](LotRow const& lot) { return lot.state == engine::LotState::Paused; },
      [&](engine::LotId lot) { return engine::ResumeLot{lot, doing.by, command.reason}; });
}
std::uint64_t enter(Abort const& command, Doing const& doing) {
  return hold(
      command, doing, [](LotRow const& lot) { return !is_ended(lot); },
      [&](engine::LotId lot) { return engine::AbortLot{lot, doing.by, command.reason}; });
}

// A new object; the old one's lots are and stay ended, and no bid is carried over (rules.md §12a gaps 12).
std::uint64_t enter(Relaunch const& command, Doing const& doing) {
  auto old = doing.inquiry(command.inquiry);
  InquiryRow row;
  row.buyer = old.buyer;
  row.division = old.division;
  row.made_by = doing.by;
  row.relaunch_of = old.id;
  row.relaunch_no = static_cast<std::uint8_t>(old.relaunch_no + 1);
  row.draft = old.draft;
  row.draft.lots.clear();
  for (std::size_t i = 0; i < old.draft.lots.size(); ++i) {
    auto lot = old.draft.lots[i];
    bool const is_due =
        is_failed(judged(lot_row(lot_at(old, i), doing.tables))) && old.relaunch_no < relaunches_max(lot.rules.format);
    if (!is_due) continue;
    lot.rules.min_bidders_approved =
        std::min(lot.rules.min_bidders, min_bidders_approved(lot.rules.format, row.relaunch_no));
    row.draft.lots.push_back(std::move(lot));
  }
  auto const made = make(std::move(row), doing);
  old.relaunched_as = engine::InquiryId{made};
  doing.save(old);
  return made;
}

std::uint64_t enter(Disqualify const& command, Doing const& doing) {
  doing.follow_ups.then(engine::DisqualifyBidder{command.lot, command.bidder, doing.by, command.reason});
  return engine::inquiry_of(command.lot).number();
}
std::uint64_t enter(Reinstate const& command, Doing const& doing) {
  doing.follow_ups.then(engine::ReinstateBidder{command.lot, command.bidder, doing.by, command.reason});
  return engine::inquiry_of(command.lot).number();
}

// The first is chosen at once; anybody else, or too few bidders, waits for a second person.
std::uint64_t enter(Choose const& command, Doing const& doing) {
  auto lot = judged(lot_row(command.lot, doing.tables));
  if (lot.few == 0 && lot.selectable.front() == command.bidder) {
    doing.follow_ups.then(engine::ChooseQuote{command.lot, command.bidder, doing.by, {}, command.reason});
    return engine::inquiry_of(command.lot).number();
  }
  lot.proposed = command.bidder;
  lot.proposed_by = doing.by;
  lot.proposed_because = command.reason;
  return doing.save(command.lot, lot);
}

std::uint64_t enter(ApproveChoice const& command, Doing const& doing) {
  auto const lot = judged(lot_row(command.lot, doing.tables));
  doing.follow_ups.then(
      engine::ChooseQuote{command.lot, lot.proposed, lot.proposed_by, doing.by, lot.proposed_because});
  return engine::inquiry_of(command.lot).number();
}

// The price comes later and goes straight to the engine: no row ever holds it (routes.cpp).
std::uint64_t enter(AskSurrogate const& command, Doing const& doing) {
  put_row(doing.tables, table::surrogates, key(command.lot),
          SurrogateRow{command.bidder, doing.by, command.reason, {}});
  auto row = doing.inquiry(engine::inquiry_of(command.lot));
  return doing.save(row);
}
std::uint64_t enter(ApproveSurrogate const& command, Doing const& doing) {
  auto surrogate = judged(surrogate_row(command.lot, doing.tables));
  surrogate.approved_by = doing.by;
  put_row(doing.tables, table::surrogates, key(command.lot), surrogate);
  auto row = doing.inquiry(engine::inquiry_of(command.lot));
  return doing.save(row);
}

std::uint64_t enter(WithdrawBid const& command, Doing const& doing) {
  auto const org = judged(accounts::person_of(doing.by, doing.tables)).org;
  doing.follow_ups.then(engine::WithdrawBid{command.lot, org, doing.by});
  return engine::inquiry_of(command.lot).number();
}
std::uint64_t enter(CancelProxy const& command, Doing const& doing) {
  auto const org = judged(accounts::person_of(doing.by, doing.tables)).org;
  doing.follow_ups.then(engine::CancelProxy{command.lot, org, doing.by});
  return engine::inquiry_of(command.lot).number();
}
std::uint64_t enter(CancelBid const& command, Doing const& doing) {
  auto const row = doing.inquiry(engine::inquiry_of(command.lot));
  auto const bidder = drawn(command.lot, row.entropy, row.draft.admitted).at(command.place - std::size_t{1}).bidder;
  doing.follow_ups.then(engine::CancelBid{command.lot, bidder, command.bid, doing.by, command.reason});
  return row.id.number();
}

std::uint64_t enter(AskNext const& command, Doing const& doing) {
  doing.follow_ups.then(engine::AskNext{command.lot, doing.by});
  return engine::inquiry_of(command.lot).number();
}

std::uint64_t enter(AnswerAward const& command, Doing const& doing) {
  auto const lot = judged(lot_row(command.lot, doing.tables));
  doing.follow_ups.then(engine::AnswerAward{command.lot, lot.asked, doing.by, command.answer});
  return engine::inquiry_of(command.lot).number();
}

std::uint64_t enter(SaveTemplate const& command, Doing const& doing) {
  auto const buyer = judged(accounts::person_of(doing.by, doing.tables)).org;
  TemplateId const id{next_id(doing.tables, table::next, "template")};
  put_row(doing.tables, table::templates, key(buyer, id),
          TemplateRow{id, command.name, doing.by, doing.at, command.draft});
  return id.number();
}

std::uint64_t enter(DropTemplate const& command, Doing const& doing) {
  auto const buyer = judged(accounts::person_of(doing.by, doing.tables)).org;
  doing.tables.erase(table::templates, key(buyer, command.id));
  return command.id.number();
}

}  // namespace

std::uint64_t enter(engine::ModuleCommand const& command, engine::Instant at, engine::Tables& tables,
                    FollowUps& follow_ups) {
  Doing const doing{command.actor, command.entropy, at, tables, follow_ups};
  auto const& body = command.body;
  switch (static_cast<Verb>(command.verb)) {
    case Verb::Create:
      return enter(unpacked<Create>(body), doing);
    case Verb::Edit:
      return enter(unpacked<Edit>(body), doing);
    case Verb::Publish:
      return enter(unpacked<Publish>(body), doing);
    case Verb::Pause:
      return enter(unpacked<Pause>(body), doing);
    case Verb::Resume:
      return enter(unpacked<Resume>(body), doing);
    case Verb::Abort:
      return enter(unpacked<Abort>(body), doing);
    case Verb::Relaunch:
      return enter(unpacked<Relaunch>(body), doing);
    case Verb::Disqualify:
      return enter(unpacked<Disqualify>(body), doing);
    case Verb::Reinstate:
      return enter(unpacked<Reinstate>(body), doing);
    case Verb::Choose:
      return enter(unpacked<Choose>(body), doing);
    case Verb::ApproveChoice:
      return enter(unpacked<ApproveChoice>(body), doing);
    case Verb::AskSurrogate:
      return enter(unpacked<AskSurrogate>(body), doing);
    case Verb::ApproveSurrogate:
      return enter(unpacked<ApproveSurrogate>(body), doing);
    case Verb::WithdrawBid:
      return enter(unpacked<WithdrawBid>(body), doing);
    case Verb::CancelProxy:
      return enter(unpacked<CancelProxy>(body), doing);
    case Verb::CancelBid:
      return enter(unpacked<CancelBid>(body), doing);
    case Verb::AskNext:
      return enter(unpacked<AskNext>(body), doing);
    case Verb::AnswerAward:
      return enter(unpacked<AnswerAward>(body), doing);
    case Verb::SaveTemplate:
      return enter(unpacked<SaveTemplate>(body), doing);
    case Verb::DropTemplate:
      return enter(unpacked<DropTemplate>(body), doing);
  }
  UNREACHABLE();
}

}  // namespace modules::inquiry
