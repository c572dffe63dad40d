// Refusals of all rooms: numbers are unique and in their room's hundred, and every text is there.
#include "modules/refusals.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/accounts/refusals.h"
#include "modules/inquiry/refusals.h"

namespace {

using engine::RefusalKind;

struct Room {
  std::string name;
  std::uint16_t first;
  std::uint16_t last;
  std::vector<RefusalKind const*> kinds;
};

template <std::size_t Size>
std::vector<RefusalKind const*> list(RefusalKind const* const (&kinds)[Size]) {
  return {kinds, kinds + Size};
}

std::vector<Room> rooms() {
  Room engine{"engine", 1, 999, {}};
  for (std::uint16_t number = 1; number <= 999; ++number) {
    if (auto const* kind = engine::engine_refusal(number)) engine.kinds.push_back(kind);
  }
  return {engine,
          {"accounts", 1000, 1099, list(modules::accounts::refusals::all)},
          {"inquiry", 1100, 1199, list(modules::inquiry::refusals::all)},
          {"house", 1200, 1299, list(modules::refusals::all)}};
}

TEST(Refusals, a_number_is_used_once_and_in_its_room) {
  std::set<std::uint16_t> seen;
  for (auto const& room : rooms()) {
    EXPECT_FALSE(room.kinds.empty()) << room.name;
    for (auto const* kind : room.kinds) {
      EXPECT_TRUE(seen.insert(kind->number).second) << kind->code;
      EXPECT_GE(kind->number, room.first) << kind->code;
      EXPECT_LE(kind->number, room.last) << kind->code;
    }
  }
}

TEST(Refusals, a_code_is_used_once_in_a_room_and_has_one_status_everywhere) {
  std::map<std::string_view, int> status;
  for (auto const& room : rooms()) {
    std::set<std::string_view> codes;
    for (auto const* kind : room.kinds) {
      EXPECT_TRUE(codes.insert(kind->code).second) << kind->code;
      EXPECT_EQ(status.emplace(kind->code, kind->status).first->second, kind->status) << kind->code;
    }
  }
}

TEST(Refusals, every_one_says_why_in_both_languages) {
  std::set<int> const statuses{401, 403, 404, 409, 410, 412, 422, 428, 429};
  for (auto const& room : rooms()) {
    for (auto const* kind : room.kinds) {
      EXPECT_TRUE(statuses.contains(kind->status)) << kind->code;
      EXPECT_FALSE(kind->rule.empty()) << kind->code;
      EXPECT_FALSE(kind->zh.empty()) << kind->code;
      EXPECT_FALSE(kind->en.empty()) << kind->code;
    }
  }
}

}  // namespace
