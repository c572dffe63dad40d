// What the live protocol refuses by itself, before or beside the engine: numbers 950-999 (900-949: refusals.h).
//
// None of these is ever journaled: what is refused here changed nothing and left no command behind.
#pragma once

#include "engine/refusal.h"

namespace gateway::refusals {

inline constexpr engine::RefusalKind amount_precision{
    950, "AMOUNT_PRECISION", 422, "rules.md §2.1", "", "金额最多两位小数", "an amount has at most two decimals"};
inline constexpr engine::RefusalKind no_such_inquiry{951,
                                                     "NO_SUCH_INQUIRY",
                                                     404,
                                                     "rules.md §2.4",
                                                     "",
                                                     "项目不存在或尚未发布",
                                                     "there is no such inquiry, or it is not published"};
inline constexpr engine::RefusalKind too_many_subscriptions{952,
                                                            "TOO_MANY_SUBSCRIPTIONS",
                                                            429,
                                                            "engine/limits.h",
                                                            "",
                                                            "订阅数量超过上限",
                                                            "more subscriptions than a session may have"};
inline constexpr engine::RefusalKind archived{953,
                                              "ARCHIVED",
                                              410,
                                              "gateway/PROTOCOL.md",
                                              "",
                                              "该标段已归档,回执不再在线保存",
                                              "the lot is archived: its receipts are no longer kept at hand"};

}  // namespace gateway::refusals
