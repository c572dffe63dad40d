// The demo's suppliers bid as the rules want it, and its terminal counts right.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "tools/demo/behaviour.h"
#include "tools/demo/book.h"
#include "tools/demo/goods.h"
#include "tools/demo/show.h"

namespace {

using engine::Money;

demo::Sight sight_of(Money ceiling, std::optional<Money> best) {
  return {.ceiling = ceiling,
          .decrement = Money::fen(ceiling.in_fen() / 200),
          .best = best,
          .best_own = {},
          .next_limit = ceiling,
          .rank = best ? 2U : 0U};
}

TEST(DemoBidder, falls_from_the_ceiling_to_its_cost_and_no_further) {
  constexpr auto ceiling = Money::fen(100'000'00);
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    demo::Bidder bidder{seed, ceiling};
    std::optional<Money> best;
    for (int look = 0; look < 2'000; ++look) {
      auto const sight = sight_of(ceiling, best);
      auto const bid = bidder.wish(sight);
      if (!bid) continue;
      EXPECT_LE(*bid, best ? *best - sight.decrement : ceiling) << "seed " << seed;
      EXPECT_GE(*bid, bidder.cost()) << "seed " << seed;
      best = bid;
    }
    ASSERT_TRUE(best) << "seed " << seed;
    EXPECT_LT(*best - bidder.cost(), Money::fen(1'500'00)) << "seed " << seed;
  }
}

TEST(DemoBidder, does_not_undercut_itself) {
  demo::Bidder bidder{7, Money::fen(100'00)};
  auto sight = sight_of(Money::fen(100'00), Money::fen(99'00));
  sight.rank = 1;
  for (int look = 0; look < 200; ++look) EXPECT_FALSE(bidder.wish(sight));
}

TEST(DemoBidder, the_same_seed_bids_the_same) {
  demo::Bidder one{42, Money::fen(5'000'00)};
  demo::Bidder two{42, Money::fen(5'000'00)};
  auto const sight = sight_of(Money::fen(5'000'00), std::nullopt);
  for (int look = 0; look < 100; ++look) EXPECT_EQ(one.wish(sight), two.wish(sight));
}

TEST(DemoShow, a_drop_is_counted_in_whole_numbers) {
  EXPECT_EQ(demo::drop("1000.00", "877.00"), "-12.3%");
  EXPECT_EQ(demo::drop("3.00", "2.00"), "-33.3%");
  EXPECT_EQ(demo::drop("3.00", "3.00"), "-0.0%");
  EXPECT_EQ(demo::drop("", "3.00"), "");
}

TEST(DemoBook, is_kept_for_its_owner_only) {
  auto const file = std::filesystem::temp_directory_path() / ("ebb_demo_test_" + std::to_string(::getpid()) + ".json");
  ASSERT_TRUE(demo::write_book(file, {{{"a", "secret"}}}));
  struct ::stat status{};
  ::stat(file.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(demo::read_book(file).value().passwords.at("a"), "secret");
  std::filesystem::remove(file);
  EXPECT_TRUE(demo::read_book(file).value().passwords.empty());
}

TEST(DemoCast, has_who_an_auction_needs) {
  auto count = [](std::string_view role) { return std::ranges::count(demo::cast(), role, &demo::Cast::role); };
  EXPECT_EQ(count("purchaser"), 3);
  EXPECT_EQ(count("supplier"), 8);
  EXPECT_EQ(count("regulator"), 1);
}

}  // namespace
