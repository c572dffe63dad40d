// Refusals of the house itself and those that every module gives: 1200-1299. A module's own are in its folder.
//
// A code that also exists in the engine means the same there; the number says who refused.
#pragma once

#include "engine/refusal.h"

namespace modules::refusals {

using Kind = engine::RefusalKind;

// clang-format off: a table, one kind a line
inline constexpr Kind key_reused{1200, "KEY_REUSED", 422, "rules.md §12a gaps 6", "", "同一幂等键已用于内容不同的请求", "this key was already used for a request with other content"};
inline constexpr Kind no_such_module{1201, "NO_SUCH_MODULE", 404, "rules.md §2.4", "", "模块不存在", "there is no such module"};
inline constexpr Kind not_found{1202, "NOT_FOUND", 404, "rules.md §2.4", "", "对象不存在", "there is no such thing"};
inline constexpr Kind wrong_role{1203, "WRONG_ROLE", 403, "rules.md §4.19", "", "当前角色无权进行该操作", "not allowed for this role"};
inline constexpr Kind precondition_required{1204, "PRECONDITION_REQUIRED", 428, "rules.md §2.4", "", "请在 If-Match 中给出所修改的版本", "say in If-Match which version is being changed"};
inline constexpr Kind precondition_failed{1205, "PRECONDITION_FAILED", 412, "rules.md §2.4", "", "内容已被他人修改,请重新读取", "it was changed in the meantime: read it again"};
// clang-format on

inline constexpr Kind const* all[] = {&key_reused, &no_such_module,        &not_found,
                                      &wrong_role, &precondition_required, &precondition_failed};

}  // namespace modules::refusals

namespace modules {

// The kind with that number among `kinds`, or nullptr.
template <std::size_t Size>
engine::RefusalKind const* kind_among(engine::RefusalKind const* const (&kinds)[Size], std::uint16_t number) {
  for (auto const* kind : kinds) {
    if (kind->number == number) return kind;
  }
  return nullptr;
}

}  // namespace modules
