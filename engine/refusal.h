// A refusal: the normal "no" of the rules, as a value.
//
// It carries everything a person needs to accept it: a stable code, the rule, its legal basis, what was found and what
// would have been right. Each room writes its own kinds as constants (engine: 1-999 here; a module: a hundred numbers
// of its own in modules/<name>/refusals.h); numbers and codes are never reused (tests/unit/refusals_test.cpp).
#pragma once

#include <cstdint>
#include <string_view>

namespace engine {

// What a refusal, a Failure of the outside world or a bug means to an HTTP client is fixed per kind: rules.md §2.4.
struct RefusalKind {
  std::uint16_t number;
  std::string_view code;   // STABLE_CODE
  int status;              // 401 403 404 409 410 412 422 429
  std::string_view rule;   // our paragraph, such as "rules.md §4.4"
  std::string_view basis;  // law or regulation; empty where the rule is the platform's own
  std::string_view zh;
  std::string_view en;
};

// A number with its unit, so that the edge can print it and nobody has to guess.
struct Figure {
  enum class Unit : std::uint8_t { None = 0, Fen = 1, Moment = 2 /* ms since 1970 */, Count = 3, Span = 4 /* ms */ };
  Unit unit = Unit::None;
  std::int64_t value = 0;
  friend constexpr bool operator==(Figure, Figure) = default;
};

struct Refusal {
  RefusalKind const* kind = nullptr;
  Figure actual{};
  Figure limit{};
  friend constexpr bool operator==(Refusal const& a, Refusal const& b) = default;
};

// Engine kinds, in the order in which a bid is judged (rules.md §4.4, §12a).
namespace refusals {
// clang-format off: one kind a line, in columns of meaning
inline constexpr RefusalKind key_reused{1, "KEY_REUSED", 422, "rules.md §12a.6", "", "同一幂等键已用于内容不同的报价", "this key was already used for a bid with other content"};
inline constexpr RefusalKind no_such_lot{2, "NO_SUCH_LOT", 404, "rules.md §2.4", "", "标段不存在", "there is no such lot"};
inline constexpr RefusalKind not_admitted{3, "NOT_ADMITTED", 403, "rules.md §4.4", "", "该供应商未获准参加本标段", "this supplier is not admitted to the lot"};
inline constexpr RefusalKind disqualified{4, "DISQUALIFIED", 403, "rules.md §12a gaps 2", "", "该供应商已被取消本标段资格", "this supplier was disqualified from the lot"};
inline constexpr RefusalKind not_started{5, "NOT_STARTED", 409, "rules.md §4.4", "", "竞价尚未开始", "the auction has not started"};
inline constexpr RefusalKind paused{6, "PAUSED", 409, "rules.md §12a gaps 4", "", "竞价已暂停", "the auction is paused"};
inline constexpr RefusalKind closed{7, "CLOSED", 410, "rules.md §4.4", "", "竞价已截止,到达截止时刻的报价视为迟到", "the auction is closed; a bid exactly at the end is late"};
inline constexpr RefusalKind too_many_attempts{8, "TOO_MANY_ATTEMPTS", 429, "rules.md §6", "", "报价次数已达上限", "no attempts left in this lot"};
inline constexpr RefusalKind non_positive{9, "AMOUNT_NON_POSITIVE", 422, "rules.md §2.1", "", "金额必须大于零", "the amount must be greater than zero"};
inline constexpr RefusalKind above_ceiling{10, "ABOVE_CEILING", 422, "rules.md §4.4", "", "报价高于最高限价", "the price is above the ceiling"};
inline constexpr RefusalKind decrement_too_small{11, "DECREMENT_TOO_SMALL", 422, "rules.md §4.4", "", "降价幅度不足", "the price is not low enough: see limit"};
inline constexpr RefusalKind confirmation_needed{12, "CONFIRMATION_NEEDED", 422, "rules.md §4.4", "", "报价异常偏低,请确认后用新的幂等键再次提交", "implausibly low: confirm, and send again with a new key"};
inline constexpr RefusalKind eliminated{13, "ELIMINATED", 403, "rules.md §4.4", "", "该供应商已在前一轮被淘汰", "this supplier was eliminated in an earlier round or level"};
inline constexpr RefusalKind between_stages{14, "BETWEEN_STAGES", 409, "engine/stage.h", "", "当前处于阶段间隔,暂不接受报价", "no bids between two stages: see limit"};
inline constexpr RefusalKind not_your_turn{15, "NOT_YOUR_TURN", 409, "engine/stage.h", "", "当前不是该供应商的报价阶段", "this stage is another bidder's"};
inline constexpr RefusalKind proxy_active{16, "PROXY_ACTIVE", 409, "engine/rules.h", "", "代理报价生效期间不能手工报价", "an automatic bid is active: cancel it first"};
inline constexpr RefusalKind already_quoted{17, "ALREADY_QUOTED", 409, "rules.md §4.3", "", "只能报价一次", "only one quote is allowed here"};
inline constexpr RefusalKind wrong_level{18, "WRONG_LEVEL", 422, "engine/stage.h", "", "报价不等于当前价位", "the price asked now is another: see limit"};
inline constexpr RefusalKind leader_waits{19, "LEADER_WAITS", 409, "engine/rules.h", "", "领先者须待他人领先后方可再次报价", "who leads may not bid before being outbid"};
// Other commands to a lot.
inline constexpr RefusalKind state_conflict{20, "STATE_CONFLICT", 409, "rules.md §2.4", "", "当前状态不允许该操作", "not allowed in this state"};
inline constexpr RefusalKind duplicate{21, "DUPLICATE", 409, "rules.md §2.4", "", "已存在", "it exists already"};
inline constexpr RefusalKind reason_too_short{22, "REASON_TOO_SHORT", 422, "rules.md §4.3", "", "理由过短", "the reason is too short"};
inline constexpr RefusalKind outside_low_band{23, "OUTSIDE_LOW_BAND", 422, "rules.md §4.3", "", "所选报价超出低价区间", "the chosen quote is outside the published low band"};
inline constexpr RefusalKind self_approval{24, "SELF_APPROVAL", 422, "rules.md §6", "政府采购法 §61", "申请人与审批人不得为同一人", "the approver must be another person than the requester"};
inline constexpr RefusalKind bad_rules{25, "BAD_RULES", 422, "rules.md §4.4", "", "规则参数超出允许范围", "a parameter of the lot is out of range"};
inline constexpr RefusalKind too_many{26, "TOO_MANY", 422, "engine/limits.h", "", "数量超过上限", "more than the limit"};
// Prices, where the rules of the lot ask for more; judged between above_ceiling and confirmation_needed.
inline constexpr RefusalKind off_grid{27, "OFF_GRID", 422, "engine/rules.h", "", "报价不是降价幅度的整数倍", "not a whole number of steps below the ceiling: see limit"};
inline constexpr RefusalKind inside_buffer{28, "INSIDE_BUFFER", 422, "engine/rules.h", "", "报价落入领先价的缓冲区", "too close to the leading bid: see limit"};
inline constexpr RefusalKind tie_refused{29, "TIE_REFUSED", 422, "engine/rules.h", "", "不接受与他人相同的报价", "equal to another bid"};
// Commands that the rules of the lot may exclude.
inline constexpr RefusalKind not_offered{30, "NOT_OFFERED", 422, "engine/rules.h", "", "本标段规则不提供该操作", "the rules of this lot do not offer that"};
inline constexpr RefusalKind no_bid{31, "NO_BID", 409, "engine/rules.h", "", "没有相应的有效报价", "there is no such valid bid"};
inline constexpr RefusalKind signature_missing{32, "SIGNATURE_MISSING", 422, "engine/rules.h", "电子签名法 §13", "本标段要求对报价签名", "the bids of this lot must be signed"};
// clang-format on
}  // namespace refusals

// The engine kind with that number; nullptr if there is none.
RefusalKind const* engine_refusal(std::uint16_t number);

}  // namespace engine
