// Only this machine can be addressed.
#include "tools/client/address.h"

#include <gtest/gtest.h>

using ebb_client::Address;

TEST(Address, takes_the_forms_of_loopback) {
  for (auto const* text : {"127.0.0.1:8080", "127.1.2.3:1", "localhost:65535", "[::1]:8080"})
    EXPECT_TRUE(Address::parse(text)) << text;
  EXPECT_EQ(Address::parse("localhost:80")->host(), "127.0.0.1");
  EXPECT_EQ(Address::parse("[::1]:80")->text(), "[::1]:80");
}

TEST(Address, refuses_every_other_machine) {
  for (auto const* text : {"10.0.0.1:80", "128.0.0.1:80", "example.com:80", "127.0.0.1.example.com:80", "0.0.0.0:80",
                           "[::]:80", "2130706433:80", "127.1:80", "127.0.0.256:80", ":80"})
    EXPECT_FALSE(Address::parse(text)) << text;
}

TEST(Address, refuses_what_is_not_a_port) {
  for (auto const* text : {"127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80x"})
    EXPECT_FALSE(Address::parse(text)) << text;
}
