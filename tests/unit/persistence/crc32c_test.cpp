// CRC-32C against the examples of RFC 3720 B.4, and the two ways of computing it against each other.
#include "persistence/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace tests {
namespace {

using persistence::crc32c;
using persistence::crc32c_by_table;

TEST(Crc32cTest, the_published_examples_come_out) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
}

TEST(Crc32cTest, table_and_instruction_agree_at_every_length) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(crc32c(bytes), crc32c_by_table(bytes)) << i;
    bytes += static_cast<char>(i * 37);
  }
}

TEST(Crc32cTest, it_continues_where_it_stopped) {
  std::string_view const all = "the tide goes out, the price goes down";
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    EXPECT_EQ(crc32c(all.substr(cut), crc32c(all.substr(0, cut))), crc32c(all));
  }
}

}  // namespace
}  // namespace tests
