// The purchaser's side of auctions and inquiries: draft, edit, publish, hold, choose, confirm, relaunch; result and
// history for everybody afterwards. Beside it the buyer's templates of drafts.
//
// It causes the engine's commands as follow-ups and hears the engine's events. It judges by its own picture of the
// lots (LotRow), so that a follow-up is refused only if a lot moved on in the same moment; such a refusal is kept with
// the lot. The clock, the prices and the ranks of a live lot are not here: they are the hub's, and a batch of bids
// alone touches no table.
//
// Thread: engine for judge, enter and hear; any, on a snapshot, for Sight and the routes' handlers.
#pragma once

#include "modules/inquiry/draft.h"
#include "modules/module.h"

namespace modules::inquiry {

class InquiryModule final : public Module, public Sight {
 public:
  explicit InquiryModule(Limits limits) : limits_(limits) {}

  std::string_view name() const override { return "inquiry"; }
  std::uint16_t number() const override;
  std::optional<engine::Refusal> judge(engine::ModuleCommand const& command, engine::Instant at,
                                       engine::TableReader const& tables) const override;
  std::uint64_t enter(engine::ModuleCommand const& command, engine::Seq seq, engine::Instant at, engine::Tables& tables,
                      FollowUps& follow_ups) override;
  void hear(engine::Event const& event, engine::Seq seq, engine::Instant at, engine::Tables& tables,
            FollowUps& follow_ups) override;
  void routes(Routes& routes) const override;  // routes.cpp
  engine::RefusalKind const* refusal(std::uint16_t number) const override;

  Side side(engine::InquiryId inquiry, Actor const* actor, engine::TableReader const& tables) const override;
  std::vector<engine::LotId> lots(engine::InquiryId inquiry, engine::TableReader const& tables) const override;
  std::string title(engine::LotId lot, engine::TableReader const& tables) const override;
  bool shows_bid(engine::LotId lot, engine::BidderId bidder, engine::Seq seq, Actor const& actor,
                 engine::TableReader const& tables) const override;
  std::string name(engine::OrgId org, engine::TableReader const& tables) const override;

 private:
  Limits limits_;  // read by decoders only: they stamp it into commands
};

}  // namespace modules::inquiry
