// Refusals of inquiry: 1100-1199. Numbers and codes are never reused.
#pragma once

#include "engine/refusal.h"

namespace modules::inquiry::refusals {

using Kind = engine::RefusalKind;

// clang-format off: a table, one kind a line
inline constexpr Kind no_such_inquiry{1100, "NO_SUCH_INQUIRY", 404, "rules.md §2.4", "", "项目不存在或尚未发布", "there is no such inquiry, or it is not published"};
inline constexpr Kind not_your_inquiry{1101, "NOT_YOUR_INQUIRY", 403, "rules.md §4.19", "", "该项目属于其他采购单位", "the inquiry belongs to another buyer"};
inline constexpr Kind out_of_scope{1102, "OUT_OF_SCOPE", 403, "rules.md §4.19", "政府采购法 §13", "该项目不在本级监管范围内", "the inquiry is outside your division"};
inline constexpr Kind period_too_short{1103, "PERIOD_TOO_SHORT", 422, "rules.md §6", "", "公告期短于规定期限", "the notice period is shorter than required"};
inline constexpr Kind too_few_suppliers{1104, "TOO_FEW_SUPPLIERS", 422, "rules.md §4.4", "", "获准供应商少于标段要求的最少家数", "fewer suppliers are admitted than a lot needs bidders"};
inline constexpr Kind no_such_supplier{1105, "NO_SUCH_SUPPLIER", 422, "rules.md §4.9", "", "名单中有不存在的供应商", "an admitted supplier does not exist"};
inline constexpr Kind supplier_suspended{1106, "SUPPLIER_SUSPENDED", 422, "rules.md §6", "政府采购法 §77", "名单中有被暂停交易资格的供应商", "an admitted supplier is suspended"};
inline constexpr Kind parameter_out_of_range{1107, "PARAMETER_OUT_OF_RANGE", 422, "rules.md §4.4", "", "规则参数超出平台允许的范围", "a parameter is outside what the platform allows"};
inline constexpr Kind sealed{1108, "SEALED", 403, "rules.md §2.3", "政府采购法实施条例 §43", "截止前不得查阅报价", "bids cannot be read before the close"};
inline constexpr Kind no_proposal{1109, "NO_PROPOSAL", 409, "rules.md §4.3", "", "没有待审批的选择", "there is no choice waiting for approval"};
inline constexpr Kind not_asked{1110, "NOT_ASKED", 403, "rules.md §12a gaps 8", "", "贵单位不是待确认的成交供应商", "another supplier is asked to confirm, or nobody"};
inline constexpr Kind nothing_to_relaunch{1111, "NOTHING_TO_RELAUNCH", 409, "rules.md §12a gaps 12", "", "没有可重新发起的标段", "no lot can be relaunched"};
inline constexpr Kind relaunched_already{1112, "RELAUNCHED_ALREADY", 409, "rules.md §12a gaps 12", "", "该项目已重新发起", "the inquiry was relaunched before"};
inline constexpr Kind no_such_template{1113, "NO_SUCH_TEMPLATE", 404, "modules/inquiry", "", "模板不存在", "there is no such template"};
inline constexpr Kind no_surrogate{1114, "NO_SURROGATE", 409, "engine/rules.h", "", "没有已批准的代录报价申请", "there is no request for a surrogate bid in that stage"};
// clang-format on

inline constexpr Kind const* all[] = {
    &no_such_inquiry,  &not_your_inquiry,    &out_of_scope,           &period_too_short, &too_few_suppliers,
    &no_such_supplier, &supplier_suspended,  &parameter_out_of_range, &sealed,           &no_proposal,
    &not_asked,        &nothing_to_relaunch, &relaunched_already,     &no_such_template, &no_surrogate};

}  // namespace modules::inquiry::refusals
