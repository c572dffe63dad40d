// Scenarios: behaviour as text (tests/scenarios/*.txt), read here and played against any world that takes commands.
//
// One step a line, `#` starts a comment. Lots are A-Z, bidders S1.., persons P1..; a time is [day+]HH:MM[:SS[.mmm]],
// a span 5m, 30s, 500ms, 2h or 3d, money 99800.00.
//
//   lot A reverse ceiling 100000.00 step 500.00 opens 10:00 for 30m      further `lot A ...` lines add parameters
//   admit A S1 S2 S3/1000 S4/0/12500/-20.00                              /deduction/coefficient/addition
//   09:00 open A                    -> scheduled, end 10:30:00
//   10:00:05 bid A S1 99800.00      -> started, accepted, lead S1        options: key k7, confirmed
//   restart
//   10:30 tick                      -> closed at 10:30:00, state FAILED_FEW
//
// Verbs: open bid surrogate withdraw cancel proxy cancel-proxy pause resume abort disqualify reinstate choose confirm
// decline ask-next tick started clock-step. `proxy A S1 900.00 10.00` names limit and step, `cancel A S1 key k7` the
// bid by its key. Options of people's verbs: by P1, approved P2, and last: because ... to the end of the line. Every
// parameter of a lot is in scenario_commands.cpp.
//
// An event speaks several phrases (phrases() is the list). A step holds when every expected phrase is spoken by an
// event of its command, in any order, and every event is mentioned by at least one: so a surprise fails. `-> nothing`
// expects no event at all. With several lots a phrase may be told apart as `A:started`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/command.h"
#include "engine/event.h"

namespace support {

struct ScenarioStep {
  int line = 0;
  std::string text;
  engine::Instant at;
  std::optional<engine::Command> command;  // none: restart
  std::vector<std::string> expected;
};

// The steps of a file; a file that cannot be understood stops the test program with its line.
std::vector<ScenarioStep> read_scenario(std::string const& path);

std::string name_of(engine::LotId lot);
std::string name_of(engine::BidderId bidder);
std::string time_text(engine::Instant at);
std::string money_text(engine::Money amount);
std::string state_text(engine::LotState state);

std::vector<std::string> phrases(engine::Event const& event);
// A command as a line to read (scenario_lines.cpp).
std::string line_of(engine::Instant at, engine::Command const& command);
// What does not hold, in words; empty when the step holds.
std::string mismatch(ScenarioStep const& step, engine::Events const& events);

}  // namespace support
