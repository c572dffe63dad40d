// What tidy holds the house to. Each rule walks the tree and adds what it finds; none changes or prints anything.
//
// An exception to a rule stands in a list beside the rule with its reason; an entry that excuses nothing any more is a
// finding too, so that the lists do not rot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/tidy/tree.h"

namespace tidy {

struct Finding {
  std::string file;
  std::size_t line = 0;  // from 1; 0: the file as a whole
  std::string why;
  friend bool operator==(Finding const&, Finding const&) = default;
};
using Findings = std::vector<Finding>;

// "file:line: why"
std::string text(Finding const& finding);

// Includes follow the arrows of the house, and every quoted include exists.
void hold_arrows(Tree const& tree, Findings& findings);

// Words that have no place where they stand: clocks, floating point near money, `bool` parameters, `catch` below main,
// sleeping tests, unfinished work, output from rooms.
void hold_banned(Tree const& tree, Findings& findings);

// Files open with a comment, headers guard themselves, nothing outgrew its reader, whitespace is clean, scripts run.
void hold_shape(Tree const& tree, Findings& findings);

// tests/unit/<room>/x_test.cpp stands beside <room>/x.cpp, both ways. `excused` has lines "path: reason".
void hold_mirror(Tree const& tree, std::vector<std::string> const& excused, Findings& findings);

// Documents say what is there: map of folders, links, codes of the protocol.
void hold_documents(Tree const& tree, Findings& findings);

// All of them on a whole tree.
Findings check(Tree const& tree);

}  // namespace tidy
