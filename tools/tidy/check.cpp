// All rules on one tree, and a finding as a line.
#include "tools/tidy/rules.h"

namespace tidy {

std::string text(Finding const& finding) {
  auto const line = finding.line == 0 ? std::string{} : ":" + std::to_string(finding.line);
  return finding.file + line + ": " + finding.why;
}

Findings check(Tree const& tree) {
  Findings findings;
  hold_arrows(tree, findings);
  hold_banned(tree, findings);
  hold_shape(tree, findings);
  auto const* excused = tree.find("tools/tidy/mirror.txt");
  hold_mirror(tree, excused == nullptr ? std::vector<std::string>{} : excused->lines, findings);
  hold_documents(tree, findings);
  return findings;
}

}  // namespace tidy
