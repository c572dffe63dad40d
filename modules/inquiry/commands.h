// Commands of inquiry, as they stand in the journal: a verb and its body. Inside of the module.
#pragma once

#include "modules/inquiry/draft.h"

namespace modules::inquiry {

inline constexpr std::uint16_t module_number = 2;

enum class Verb : std::uint16_t {
  Create = 1,
  Edit = 2,
  Publish = 3,
  Pause = 4,
  Resume = 5,
  Abort = 6,
  Relaunch = 7,
  Disqualify = 8,
  Reinstate = 9,
  Choose = 10,
  ApproveChoice = 11,
  AskNext = 12,
  AnswerAward = 13,
  SaveTemplate = 14,
  DropTemplate = 15,
  AskSurrogate = 16,
  ApproveSurrogate = 17,
  WithdrawBid = 18,
  CancelProxy = 19,
  CancelBid = 20,
};

struct Create {
  static constexpr Verb verb = Verb::Create;
  Draft draft;
  Limits limits;
  static auto fields(auto& c) { return std::tie(c.draft, c.limits); }
};
struct Edit {
  static constexpr Verb verb = Verb::Edit;
  engine::InquiryId inquiry;
  std::uint64_t version = 0;  // the one that was read
  Draft draft;
  Limits limits;
  static auto fields(auto& c) { return std::tie(c.inquiry, c.version, c.draft, c.limits); }
};
struct Publish {
  static constexpr Verb verb = Verb::Publish;
  engine::InquiryId inquiry;
  engine::Instant opens_at;  // not later than the command: at once
  Limits limits;
  static auto fields(auto& c) { return std::tie(c.inquiry, c.opens_at, c.limits); }
};

// To the lots named by place, or to every one it fits.
struct Hold {
  engine::InquiryId inquiry;
  std::vector<std::uint8_t> places;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.inquiry, c.places, c.reason); }
};
struct Pause : Hold {
  static constexpr Verb verb = Verb::Pause;
};
struct Resume : Hold {
  static constexpr Verb verb = Verb::Resume;
};
struct Abort : Hold {
  static constexpr Verb verb = Verb::Abort;
};

struct Relaunch {
  static constexpr Verb verb = Verb::Relaunch;
  engine::InquiryId inquiry;
  static auto fields(auto& c) { return std::tie(c.inquiry); }
};

// To one bidder of a lot.
struct ToBidder {
  engine::LotId lot;
  engine::BidderId bidder;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.lot, c.bidder, c.reason); }
};
struct Disqualify : ToBidder {
  static constexpr Verb verb = Verb::Disqualify;
};
struct Reinstate : ToBidder {
  static constexpr Verb verb = Verb::Reinstate;
};
struct Choose : ToBidder {
  static constexpr Verb verb = Verb::Choose;
};
// May somebody of the buyer's side enter a bid for this supplier? Another person approves.
struct AskSurrogate : ToBidder {
  static constexpr Verb verb = Verb::AskSurrogate;
};
struct ApproveSurrogate {
  static constexpr Verb verb = Verb::ApproveSurrogate;
  engine::LotId lot;
  static auto fields(auto& c) { return std::tie(c.lot); }
};
// The supplier's own.
struct WithdrawBid {
  static constexpr Verb verb = Verb::WithdrawBid;
  engine::LotId lot;
  static auto fields(auto& c) { return std::tie(c.lot); }
};
struct CancelProxy {
  static constexpr Verb verb = Verb::CancelProxy;
  engine::LotId lot;
  static auto fields(auto& c) { return std::tie(c.lot); }
};
// A regulator's, who knows a bidder by its alias: `place` in the drawn order, from 1.
struct CancelBid {
  static constexpr Verb verb = Verb::CancelBid;
  engine::LotId lot;
  std::uint16_t place = 0;
  engine::Seq bid;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.lot, c.place, c.bid, c.reason); }
};

struct ApproveChoice {
  static constexpr Verb verb = Verb::ApproveChoice;
  engine::LotId lot;
  static auto fields(auto& c) { return std::tie(c.lot); }
};
struct AskNext {
  static constexpr Verb verb = Verb::AskNext;
  engine::LotId lot;
  static auto fields(auto& c) { return std::tie(c.lot); }
};
struct AnswerAward {
  static constexpr Verb verb = Verb::AnswerAward;
  engine::LotId lot;
  engine::AwardAnswer answer = engine::AwardAnswer::Confirm;
  static auto fields(auto& c) { return std::tie(c.lot, c.answer); }
};

struct SaveTemplate {
  static constexpr Verb verb = Verb::SaveTemplate;
  std::string name;
  Draft draft;
  static auto fields(auto& c) { return std::tie(c.name, c.draft); }
};
struct DropTemplate {
  static constexpr Verb verb = Verb::DropTemplate;
  TemplateId id;
  static auto fields(auto& c) { return std::tie(c.id); }
};

}  // namespace modules::inquiry
