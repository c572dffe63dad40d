// The check of GB 32100-2015, by the vectors of rules.md §10 and those of the fixtures.
#include "modules/accounts/uscc.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace modules::accounts;

UsccVerdict verdict(std::string_view text) {
  return check_uscc(normalised_uscc(text));
}

TEST(Uscc, right_codes_are_valid) {
  for (auto const* code :
       {"91350100M000100Y43", "91110000600037341L", "91310115MA1K3BTP2B", "121200004013590816", "9144030071526726XG",
        "91330100MA200022X0", "91330100MA2000115Y", "91330481MA2B3C4D14", "91330424MA2E5F6G0T", "91330521MA2H7J8K00",
        "91330200MA2L9M0N7B", "92330481MA2P1Q2R3E", "93330521MA2T3U4W2U", "113300000025123414", "12330400470123451G",
        "N2330481MF0123451N", "91330481MA2B3C4D27", "91 110000 600037341l"}) {
    EXPECT_EQ(verdict(code), UsccVerdict::Valid) << code;
  }
}

TEST(Uscc, says_what_is_wrong) {
  EXPECT_EQ(verdict("91350100M000100Y4Z"), UsccVerdict::WrongCharacter);
  EXPECT_EQ(verdict("9111000060003IOZSV"), UsccVerdict::WrongCharacter);
  EXPECT_EQ(verdict("91A10000600037341L"), UsccVerdict::WrongCharacter);
  EXPECT_EQ(verdict("91110000600037341N"), UsccVerdict::WrongCheck);
  EXPECT_EQ(verdict("91330000M2A7ABCD4G"), UsccVerdict::WrongCheck);
  EXPECT_EQ(verdict("A1110000600037341L"), UsccVerdict::WrongCheck);
  for (auto const* code : {"", "12345", "91110000600037341L0"}) EXPECT_EQ(verdict(code), UsccVerdict::WrongLength);
}

TEST(Uscc, agrees_with_two_independent_implementations) {
  auto const* given = std::getenv("EBB_FIXTURES");
  auto const* source = std::getenv("EBB_SOURCE_DIR");
  std::filesystem::path fixtures = given != nullptr && *given != '\0' ? given : "";
  if (fixtures.empty() && source != nullptr) fixtures = std::filesystem::path(source) / "../shared/fixtures";
  std::ifstream vectors(fixtures / "uscc/uscc-vectors.tsv");
  if (!vectors) GTEST_SKIP() << "no fixtures in " << fixtures;
  std::string line;
  std::getline(vectors, line);
  int compared = 0;
  while (std::getline(vectors, line)) {
    std::istringstream cells(line);
    std::string code, first, second;
    std::getline(cells, code, '\t');
    std::getline(cells, first, '\t');
    std::getline(cells, second, '\t');
    if (first != second) continue;  // they differ on letters in front: rules.md §10
    EXPECT_EQ(verdict(code) == UsccVerdict::Valid, first == "1") << line;
    ++compared;
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
