// What is bought on a demo day and who is there: names as a provincial platform would show them, all invented.
//
// Thread: any; constants.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/money.h"
#include "engine/rules.h"

namespace demo {

struct Good {
  std::string_view title;
  engine::Money ceiling;
  engine::Format format = engine::Format::Reverse;
};
std::span<Good const> goods();

struct Cast {
  std::string_view login;
  std::string_view display;
  std::string_view role;  // as the protocol writes it
  std::string_view org;
  std::string_view org_kind;
  std::string_view division;
};
std::span<Cast const> cast();

}  // namespace demo
