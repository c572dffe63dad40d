// What a purchaser of the day opens a lot with: every format, and the rules in many mixtures.
//
// Times are short, so that a lot lives through all its stages within some hundred commands. Most lots speak of sums
// with a face (secrets.h); some of very small ones, so that ties and exact steps are common. Thread: one.
#pragma once

#include "engine/evaluation.h"
#include "engine/rules.h"
#include "tests/simulation/dice.h"

namespace simulation {

// Accepted by engine::judge(), but for a very few.
engine::LotRules draw_rules(Dice& dice);
engine::Evaluation draw_evaluation(Dice& dice, engine::LotRules const& rules);

}  // namespace simulation
