// Rows of what was measured, and how they compare: as a table for people and as JSON for programs.
//
// Thread: one. Failure: a file that cannot be written is an engine::Failure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/peers/measure.h"
#include "engine/ports.h"

namespace bench::peers {

// One peer under one course, all rounds.
struct Row {
  std::string peer;
  Course course;
  std::vector<Figures> rounds;
};

// The round with the median rate.
Figures const& median(Row const& row);

std::string line_of(Row const& row);              // one line, when a row is complete
std::string table(std::vector<Row> const& rows);  // Markdown, with the ratios
engine::Result<void> write_json(std::string const& file, std::vector<Row> const& rows);

}  // namespace bench::peers
