// The module's joints: judge.cpp, enter.cpp, mirror.cpp; and who may see what (Sight). See inquiry_module.h.
#include "modules/inquiry/inquiry_module.h"

#include "modules/accounts/accounts.h"
#include "modules/inquiry/commands.h"
#include "modules/inquiry/enter.h"
#include "modules/inquiry/head.h"
#include "modules/inquiry/judge.h"
#include "modules/inquiry/mirror.h"
#include "modules/inquiry/refusals.h"
#include "modules/inquiry/rows.h"
#include "modules/refusals.h"

namespace modules::inquiry {

std::uint16_t InquiryModule::number() const {
  return module_number;
}

std::optional<engine::Refusal> InquiryModule::judge(engine::ModuleCommand const& command, engine::Instant at,
                                                    engine::TableReader const& tables) const {
  return inquiry::judge(command, at, tables);
}

std::uint64_t InquiryModule::enter(engine::ModuleCommand const& command, engine::Seq, engine::Instant at,
                                   engine::Tables& tables, FollowUps& follow_ups) {
  return inquiry::enter(command, at, tables, follow_ups);
}

void InquiryModule::hear(engine::Event const& event, engine::Seq, engine::Instant, engine::Tables& tables, FollowUps&) {
  mirror(event, tables);
}

engine::RefusalKind const* InquiryModule::refusal(std::uint16_t number) const {
  if (auto const* kind = kind_among(refusals::all, number)) return kind;
  // judge() passes on what accounts says about the actor.
  return accounts::refusal(number);
}

Sight::Side InquiryModule::side(engine::InquiryId inquiry, Actor const* actor,
                                engine::TableReader const& tables) const {
  auto const row = inquiry_row(inquiry, tables);
  if (!row) return Side::Public;
  auto const how = eye(*row, actor);
  if (is_insider(how)) return Side::Supervision;
  return how == Eye::Bidder ? Side::Bidder : Side::Public;
}

std::vector<engine::LotId> InquiryModule::lots(engine::InquiryId inquiry, engine::TableReader const& tables) const {
  std::vector<engine::LotId> lots;
  auto const row = inquiry_row(inquiry, tables);
  if (!row || row->state == State::Draft) return lots;
  for (std::size_t i = 0; i < row->draft.lots.size(); ++i) lots.push_back(lot_at(*row, i));
  return lots;
}

std::string InquiryModule::title(engine::LotId lot, engine::TableReader const& tables) const {
  auto const row = inquiry_row(engine::inquiry_of(lot), tables);
  auto const place = engine::place_of(lot);
  if (!row || place == 0 || place > row->draft.lots.size()) return {};
  return row->draft.lots[place - std::size_t{1}].title;
}

bool InquiryModule::shows_bid(engine::LotId lot, engine::BidderId bidder, engine::Seq seq, Actor const& actor,
                              engine::TableReader const& tables) const {
  auto const row = inquiry_row(engine::inquiry_of(lot), tables);
  return row && is_insider(eye(*row, &actor)) && is_in_history(lot, bidder, seq, tables);
}

std::string InquiryModule::name(engine::OrgId org, engine::TableReader const& tables) const {
  return name_of_org(org, tables);
}

}  // namespace modules::inquiry
