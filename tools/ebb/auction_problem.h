// What is wrong with an auction file: where, which kind, what was found and what would have been right.
//
// A file is judged whole: every problem is told at once, up to a bound, and nothing of it is run. The kinds are stable
// codes, so that a program can act on them; what the engine itself refuses keeps the engine's code.
//
// Thread: any. Failure: none. Memory: at most `most` problems are kept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ebb::auction {

struct ProblemKind {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

namespace problems {
// clang-format off: one kind a line
inline constexpr ProblemKind too_large{"TOO_LARGE", "文件过大", "the file is too large"};
inline constexpr ProblemKind not_json{"NOT_JSON", "不是合法的 JSON", "not JSON"};
inline constexpr ProblemKind duplicate_member{"DUPLICATE_MEMBER", "重复的成员", "this member stands there twice"};
inline constexpr ProblemKind unknown_member{"UNKNOWN_MEMBER", "未知的成员", "there is no such member here"};
inline constexpr ProblemKind missing_member{"MISSING_MEMBER", "缺少成员", "this member is missing"};
inline constexpr ProblemKind wrong_type{"WRONG_TYPE", "类型不符", "another type is expected"};
inline constexpr ProblemKind not_an_amount{"NOT_AN_AMOUNT", "不是金额", "an amount is written like \"98000.00\""};
inline constexpr ProblemKind too_precise{"TOO_PRECISE", "小数位过多", "more decimals than allowed"};
inline constexpr ProblemKind not_a_number{"NOT_A_NUMBER", "不是数值", "a number of that kind is expected"};
inline constexpr ProblemKind not_a_moment{"NOT_A_MOMENT", "不是时刻", "a moment is written like \"2026-01-05T02:00:00Z\" or \"+00:05:00\" from the first opening"};
inline constexpr ProblemKind out_of_range{"OUT_OF_RANGE", "超出范围", "out of range"};
inline constexpr ProblemKind not_a_choice{"NOT_A_CHOICE", "不在可选值之内", "none of the choices"};
inline constexpr ProblemKind bad_name{"BAD_NAME", "名称不合规", "a name has 1 to 60 characters, none of control"};
inline constexpr ProblemKind bad_key{"BAD_KEY", "幂等键不合规", "a key has 1 to 36 of A-Z a-z 0-9 . _ -"};
inline constexpr ProblemKind unknown_name{"UNKNOWN_NAME", "未定义的名称", "nothing before has that name"};
inline constexpr ProblemKind duplicate_name{"DUPLICATE_NAME", "重复的名称", "this name is taken"};
inline constexpr ProblemKind too_few{"TOO_FEW", "数量不足", "too few"};
inline constexpr ProblemKind too_many{"TOO_MANY", "数量超过上限", "more than the limit"};
inline constexpr ProblemKind out_of_order{"OUT_OF_ORDER", "时间顺序颠倒", "acts are written in order of time"};
// clang-format on
}  // namespace problems

struct Problem {
  std::string pointer;  // JSON Pointer; empty: the whole file
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  std::string actual{};  // empty: nothing to show
  std::string limit{};
};

class Problems {
 public:
  static constexpr std::size_t most = 100;

  void add(std::string pointer, ProblemKind const& kind, std::string actual = {}, std::string limit = {}) {
    add({std::move(pointer), kind.code, kind.zh, kind.en, std::move(actual), std::move(limit)});
  }
  void add(Problem problem) {
    if (list_.size() < most) list_.push_back(std::move(problem));
    ++count_;
  }
  bool is_empty() const { return list_.empty(); }
  std::size_t count() const { return count_; }  // those that are not kept too
  std::vector<Problem> const& list() const { return list_; }

 private:
  std::vector<Problem> list_;
  std::size_t count_ = 0;
};

}  // namespace ebb::auction
