// ebb-tidy DIR: holds the tree to the rules of the house, prints file:line: why, exits 1 if there is anything.
#include <cstdio>

#include "tools/tidy/rules.h"

int main(int count, char** words) {
  if (count != 2) {
    std::fputs("usage: ebb-tidy DIR\n", stderr);
    return 2;
  }
  auto const tree = tidy::read_tree(words[1]);
  if (!tree) {
    std::fprintf(stderr, "ebb-tidy: %s\n", tree.error().c_str());
    return 2;
  }
  auto const findings = tidy::check(*tree);
  for (auto const& finding : findings) std::printf("%s\n", tidy::text(finding).c_str());
  std::printf("tidy: %zu files, %zu findings\n", tree->files.size(), findings.size());
  return findings.empty() ? 0 : 1;
}
