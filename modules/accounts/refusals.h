// Refusals of accounts: 1000-1099. Numbers and codes are never reused.
#pragma once

#include "engine/refusal.h"

namespace modules::accounts::refusals {

using Kind = engine::RefusalKind;

// clang-format off: a table, one kind a line
inline constexpr Kind session_ended{1000, "SESSION_ENDED", 401, "rules.md §2.4", "", "登录已失效,请重新登录", "the session has ended: sign in again"};
inline constexpr Kind no_such_person{1001, "NO_SUCH_PERSON", 404, "rules.md §2.4", "", "人员不存在", "there is no such person"};
inline constexpr Kind no_such_org{1002, "NO_SUCH_ORG", 404, "rules.md §2.4", "", "单位不存在", "there is no such organisation"};
inline constexpr Kind login_taken{1003, "LOGIN_TAKEN", 409, "rules.md §2.4", "", "登录名已被使用", "this login is taken"};
inline constexpr Kind login_malformed{1004, "LOGIN_MALFORMED", 422, "modules/accounts", "", "登录名须为3至40个小写字母、数字或 . _ -", "a login is 3 to 40 characters of [a-z0-9._-]"};
inline constexpr Kind role_and_org_differ{1005, "ROLE_AND_ORG_DIFFER", 422, "rules.md §4.19", "政府采购法 §61", "角色与单位类型不符", "the role does not fit the kind of organisation"};
inline constexpr Kind uscc_length{1006, "USCC_LENGTH", 422, "rules.md §10", "GB 32100-2015", "统一社会信用代码应为18位", "a unified social credit code has 18 characters"};
inline constexpr Kind uscc_charset{1007, "USCC_CHARSET", 422, "rules.md §10", "GB 32100-2015", "统一社会信用代码含有不允许的字符", "a character is not allowed at its place in the code"};
inline constexpr Kind uscc_checksum{1008, "USCC_CHECKSUM", 422, "rules.md §10", "GB 32100-2015", "统一社会信用代码校验位错误", "the check character of the code is wrong"};
inline constexpr Kind division_unknown{1009, "DIVISION_UNKNOWN", 422, "rules.md §9", "GB/T 2260", "行政区划代码应为6位数字", "an administrative division is a code of six digits"};
inline constexpr Kind person_locked{1010, "PERSON_LOCKED", 403, "modules/accounts", "", "账号已锁定,请联系管理员", "the account is locked: ask an administrator"};
inline constexpr Kind person_disabled{1011, "PERSON_DISABLED", 403, "modules/accounts", "", "账号已停用", "the account was disabled"};
inline constexpr Kind not_oneself{1012, "NOT_ONESELF", 409, "modules/accounts", "", "管理员不得锁定或停用本人账号", "administrators cannot lock or disable themselves"};
inline constexpr Kind no_such_session{1013, "NO_SUCH_SESSION", 404, "modules/accounts", "", "登录会话不存在或已结束", "there is no such session, or it has ended"};
inline constexpr Kind not_disabled{1014, "PERSON_NOT_DISABLED", 409, "modules/accounts", "个人信息保护法 §47", "删除个人信息前须先停用账号", "an account is disabled before its person is erased"};
inline constexpr Kind kept_by_law{1015, "KEPT_BY_LAW", 409, "rules.md §2.5", "政府采购法 §42;个人信息保护法 §47", "该人员参与过采购活动,采购文件应自采购结束之日起至少保存十五年,期限届满前不得删除", "this person took part in a procurement, whose records are kept for fifteen years"};
inline constexpr Kind no_such_signing_key{1016, "NO_SUCH_SIGNING_KEY", 404, "modules/accounts", "电子签名法 §15", "签名密钥不存在", "there is no such signing key"};
// clang-format on

inline constexpr Kind const* all[] = {
    &session_ended, &no_such_person,  &no_such_org,   &login_taken,      &login_malformed,    &role_and_org_differ,
    &uscc_length,   &uscc_charset,    &uscc_checksum, &division_unknown, &person_locked,      &person_disabled,
    &not_oneself,   &no_such_session, &not_disabled,  &kept_by_law,      &no_such_signing_key};

}  // namespace modules::accounts::refusals
