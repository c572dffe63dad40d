// What a purchaser writes: lots with their rules, and the suppliers admitted; and whether the platform's limits allow
// it.
//
// Limits come from the configuration and are stamped into every command that is judged by them, so that a replay
// judges as it was judged then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/command.h"
#include "modules/packed.h"

namespace modules::inquiry {

struct Limits {
  engine::Duration notice_min = std::chrono::hours{4};       // reverse: publishing to start
  engine::Duration duration_min = std::chrono::minutes{10};  // reverse: main time
  engine::Duration duration_max = std::chrono::hours{24};
  engine::Duration extension_min = std::chrono::minutes{1};   // where a lot has extensions
  engine::Duration extension_max = std::chrono::minutes{30};  // of the trigger window too
  engine::Duration quoting_min = std::chrono::hours{24};      // sealed: the window
  engine::Duration confirm_min = std::chrono::hours{24};
  engine::Duration confirm_max = std::chrono::hours{120};
  engine::Duration resume_floor = std::chrono::minutes{5};  // given to every lot
  std::uint8_t min_bidders_max = 9;
  static auto fields(auto& l) {
    return std::tie(l.notice_min, l.duration_min, l.duration_max, l.extension_min, l.extension_max, l.quoting_min,
                    l.confirm_min, l.confirm_max, l.resume_floor, l.min_bidders_max);
  }
};

struct LotDraft {
  std::string title;
  std::string category;  // CN-GPC; empty: not given
  std::uint32_t quantity = 1;
  engine::LotRules rules;
  static auto fields(auto& l) { return std::tie(l.title, l.category, l.quantity, l.rules); }
};

// How the lots of an inquiry follow each other. All open at the same time, but those in series.
enum class Closing : std::uint8_t {
  Parallel = 1,   // each lot by itself
  Serial = 2,     // a lot opens when the bidding of the one before has ended and its own `pause` has passed
  Staggered = 3,  // a lot closes `stagger` after the one before, if nothing extends either
};

struct Draft {
  std::string title;
  std::string description;
  std::vector<LotDraft> lots;              // places 1, 2, …
  std::vector<engine::Admitted> admitted;  // to every lot
  Closing closing = Closing::Parallel;
  engine::Duration stagger{};
  static auto fields(auto& d) { return std::tie(d.title, d.description, d.lots, d.admitted); }
  static auto later(auto& d) { return std::tie(d.closing, d.stagger); }
};

// The rules that a lot opens with: those of the draft, longer by its place where lots are staggered.
engine::LotRules opened_rules(Draft const& draft, std::size_t index);
// For practice: nobody is awarded anything. All lots say so, or none.
bool is_practice(Draft const& draft);

// A draft kept under a name, of one buyer, to begin others with. Only its form was looked at: limits and suppliers are
// judged when it is used.
using TemplateId = engine::Id<struct TemplateTag>;
inline constexpr std::size_t templates_a_buyer = 50;

// The first parameter outside of the engine's or the platform's limits.
std::optional<engine::Refusal> judge(engine::LotRules const& rules, Limits const& limits);
std::optional<engine::Refusal> judge(Draft const& draft, Limits const& limits);

// Defaults that follow from another member (rules.md §4.3, §4.4). The step: this share of the ceiling, rounded up to
// the fen, but at least that much; never above the ceiling.
inline constexpr engine::BasisPoints default_decrement_share{50};
inline constexpr engine::Money default_decrement_min = engine::Money::fen(100);
engine::Money default_decrement(engine::Money ceiling);
// The hard cap: so many times the main time.
inline constexpr int default_hard_cap_durations = 2;
// The window of a sealed lot: three working days from this ceiling on, one below; as hours, until the calendar of
// working days has its module.
inline constexpr engine::Money large_ceiling = engine::Money::fen(10'000'000);
inline constexpr engine::Duration large_quoting = std::chrono::hours{72};
inline constexpr engine::Duration default_quoting = std::chrono::hours{24};

// On a relaunch fewer bidders may do, with approval: the auction's first, the inquiry's second (rules.md §12a gaps 12).
std::uint8_t min_bidders_approved(engine::Format format, std::uint8_t relaunch_no);
std::uint8_t relaunches_max(engine::Format format);

}  // namespace modules::inquiry
