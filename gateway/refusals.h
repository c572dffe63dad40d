// What the door itself refuses, before a command exists: numbers 900-999 (engine/refusal.h gives each room its
// hundred).
//
// None of these is ever journaled: whoever is refused here changed nothing and left no command behind.
#pragma once

#include "engine/refusal.h"

namespace gateway::refusals {

using engine::RefusalKind;

inline constexpr RefusalKind malformed{
    900, "MALFORMED", 400, "PROTOCOL.md", "", "请求格式错误", "the request is malformed: see errors"};
inline constexpr RefusalKind sign_in_required{901,        "SIGN_IN_REQUIRED", 401, "PROTOCOL.md Sign-in", "",
                                              "请先登录", "sign in first"};
inline constexpr RefusalKind sign_in_failed{
    902, "SIGN_IN_FAILED", 401, "PROTOCOL.md Sign-in", "", "账号或密码错误", "login or password is wrong"};
inline constexpr RefusalKind wrong_role{
    903, "WRONG_ROLE", 403, "rules.md §2.4", "", "当前角色无权进行该操作", "this role may not do that"};
inline constexpr RefusalKind forbidden_origin{904,
                                              "FORBIDDEN_ORIGIN",
                                              403,
                                              "PROTOCOL.md Sign-in",
                                              "",
                                              "请求来源与本站不一致",
                                              "a write with a cookie needs an Origin equal to Host"};
inline constexpr RefusalKind no_such_route{
    905, "NO_SUCH_ROUTE", 404, "PROTOCOL.md REST", "", "请求的地址不存在", "there is nothing at this address"};
inline constexpr RefusalKind method_not_allowed{906,
                                                "METHOD_NOT_ALLOWED",
                                                405,
                                                "PROTOCOL.md REST",
                                                "",
                                                "该地址不支持此方法",
                                                "this address does not take that method: see Allow"};
inline constexpr RefusalKind too_large{
    907, "TOO_LARGE", 413, "engine/limits.h", "", "请求过大", "the request is larger than the limit"};
inline constexpr RefusalKind too_many_requests{908,
                                               "TOO_MANY_REQUESTS",
                                               429,
                                               "engine/limits.h",
                                               "",
                                               "请求过于频繁,请稍后再试",
                                               "too many requests: wait and try again"};
inline constexpr RefusalKind overloaded{909,
                                        "OVERLOADED",
                                        503,
                                        "engine/limits.h",
                                        "",
                                        "系统繁忙,请稍后用同一幂等键重试",
                                        "busy: try again with the same key"};
inline constexpr RefusalKind shutting_down{
    910, "SHUTTING_DOWN", 503, "PROTOCOL.md", "", "服务正在重启,请稍后重连", "the server is restarting: reconnect"};
inline constexpr RefusalKind key_required{911,
                                          "KEY_REQUIRED",
                                          400,
                                          "PROTOCOL.md REST",
                                          "",
                                          "缺少或错误的 Idempotency-Key",
                                          "an Idempotency-Key of 1-36 characters of [A-Za-z0-9._-] is required"};
inline constexpr RefusalKind unsupported_media{912,
                                               "UNSUPPORTED_MEDIA",
                                               415,
                                               "PROTOCOL.md",
                                               "",
                                               "请求体须为 application/json",
                                               "the body must be application/json"};
inline constexpr RefusalKind length_required{913,
                                             "LENGTH_REQUIRED",
                                             411,
                                             "gateway/README.md",
                                             "",
                                             "请求体须给出 Content-Length",
                                             "a body needs a Content-Length; transfer codings are not taken"};
inline constexpr RefusalKind starting{914,
                                      "STARTING",
                                      503,
                                      "PROTOCOL.md",
                                      "",
                                      "服务正在恢复数据,请稍候",
                                      "the server is replaying its journal: try again soon"};
inline constexpr RefusalKind outcome_unknown{915,
                                             "OUTCOME_UNKNOWN",
                                             503,
                                             "PROTOCOL.md REST",
                                             "",
                                             "暂未得到处理结果,请用同一幂等键重试",
                                             "no outcome yet: ask again with the same key"};
inline constexpr RefusalKind password_rules{916,
                                            "PASSWORD_RULES",
                                            422,
                                            "PROTOCOL.md Sign-in",
                                            "",
                                            "密码须为 10 至 128 个字符",
                                            "a password has 10 to 128 characters"};
inline constexpr RefusalKind account_locked{917,
                                            "ACCOUNT_LOCKED",
                                            403,
                                            "PROTOCOL.md Sign-in",
                                            "",
                                            "账号已锁定,请联系管理员",
                                            "the account is locked: ask an administrator"};

inline constexpr RefusalKind storage_low{918,
                                         "STORAGE_LOW",
                                         503,
                                         "PROTOCOL.md REST",
                                         "",
                                         "存储空间不足,暂停发布新项目",
                                         "the disk is getting full: nothing new is published until there is room"};
inline constexpr RefusalKind unavailable{919,
                                         "UNAVAILABLE",
                                         503,
                                         "PROTOCOL.md REST",
                                         "",
                                         "存储空间已满,系统暂为只读",
                                         "the disk is full: the server is read-only until there is room"};

// The transparency log: 930-939.
inline constexpr RefusalKind no_head_yet{930,
                                         "NO_HEAD_YET",
                                         503,
                                         "PROTOCOL.md The transparency log",
                                         "",
                                         "尚无已签名的树头,请稍候",
                                         "no tree head is signed yet: try again soon"};
inline constexpr RefusalKind not_in_log{931,
                                        "NOT_IN_LOG",
                                        404,
                                        "PROTOCOL.md The transparency log",
                                        "",
                                        "日志中(尚)无此条目或树头",
                                        "the log has no such entry or head, or not yet"};
inline constexpr RefusalKind entry_not_yours{932,
                                             "ENTRY_NOT_YOURS",
                                             403,
                                             "PROTOCOL.md The transparency log",
                                             "",
                                             "无权查看该条目的内容",
                                             "what this entry says is not yours to read, or not yet"};
inline constexpr RefusalKind log_unreadable{933,
                                            "LOG_UNREADABLE",
                                            503,
                                            "PROTOCOL.md The transparency log",
                                            "",
                                            "日志暂时无法读取,请稍后重试",
                                            "the log cannot be read at the moment: try again"};
inline constexpr RefusalKind entry_archived{934,
                                            "ENTRY_ARCHIVED",
                                            410,
                                            "PROTOCOL.md The transparency log",
                                            "",
                                            "该条目的内容已移入归档,可在归档中查阅;其证明仍可在此获取",
                                            "what this entry says was moved to the archive: ask for it there; its "
                                            "proofs are still given here"};

}  // namespace gateway::refusals
