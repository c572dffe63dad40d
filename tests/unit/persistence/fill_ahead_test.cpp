// Zeros ahead of what is used: never where a commit may write, as much again as is used, and no harm when they fail.
#include "persistence/fill_ahead.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "persistence/files.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::FillAhead;
using persistence::Filling;

struct FillAheadTest : testing::Test {
  static constexpr std::size_t page = 4'096;
  static constexpr Filling filling{.ahead_bytes = 64 * page, .least_bytes = 16 * page, .beside_bytes = 4 * page};

  Directory const directory;
  std::filesystem::path const data = directory / "data.mdb";

  // A file of so many used pages, each byte of them `u`.
  void use(std::size_t pages) const { overwrite(data, std::string(pages * page, 'u')); }
  std::unique_ptr<FillAhead> begin(std::size_t used_pages, std::size_t from_pages, std::size_t limit_pages = 1'000) {
    return good(FillAhead::begin(data, {used_pages * page, from_pages * page, limit_pages * page}, filling));
  }
  std::size_t pages() const { return std::filesystem::file_size(data) / page; }
  void expect_used_untouched(std::size_t pages_used) const {
    auto const bytes = content(data);
    EXPECT_EQ(bytes.find_first_not_of('u'), pages_used * page);
    EXPECT_EQ(bytes.find_first_not_of('\0', pages_used * page), std::string::npos);
  }
};

TEST_F(FillAheadTest, a_small_file_is_filled_by_the_least) {
  use(2);
  begin(2, 2)->wait();
  EXPECT_EQ(pages(), 2U + 16U);
  expect_used_untouched(2);
}

TEST_F(FillAheadTest, a_larger_one_by_as_much_as_is_used_and_at_most_by_what_was_asked_for) {
  use(30);
  begin(30, 30)->wait();
  EXPECT_EQ(pages(), 60U);
  use(200);
  begin(200, 200)->wait();
  EXPECT_EQ(pages(), 264U);
}

TEST_F(FillAheadTest, nothing_is_written_at_or_behind_the_limit) {
  use(30);
  begin(30, 30, 40)->wait();
  EXPECT_EQ(pages(), 40U);
}

TEST_F(FillAheadTest, nothing_is_written_before_the_place_it_may_begin_at) {
  use(2);
  auto const ahead = begin(2, 10);
  ahead->wait();
  EXPECT_EQ(pages(), 18U);
  expect_used_untouched(2);
}

TEST_F(FillAheadTest, it_goes_on_when_half_of_it_is_used_up_and_not_before) {
  use(200);
  auto const ahead = begin(200, 200);
  ahead->wait();
  for (std::size_t used = 201; used <= 232; ++used) {
    ahead->reserve(page / 2);
    ahead->reached(used * page);
    ahead->wait();
    ASSERT_EQ(pages(), 264U) << used;
  }
  ahead->reserve(page / 2);
  ahead->reached(233 * page);
  ahead->wait();
  EXPECT_EQ(pages(), 297U);
}

TEST_F(FillAheadTest, who_outruns_it_is_not_overwritten) {
  use(2);
  auto const ahead = begin(2, 2);
  // Commits of twenty pages each, whose bytes must all be there in the end, whatever the thread does meanwhile.
  auto file = good(persistence::File::open(data, O_WRONLY));
  std::size_t used = 2;
  for (int commit = 0; commit < 40; ++commit) {
    ahead->reserve(20 * page);
    good(file.write_at(used * page, std::string(20 * page, 'u')));
    used += 20;
    ahead->reached(used * page);
  }
  ahead->wait();
  expect_used_untouched(used);
  EXPECT_GT(pages(), used);
}

TEST_F(FillAheadTest, what_a_life_before_has_filled_is_not_filled_again) {
  use(2);
  begin(2, 2)->wait();
  auto const before = std::filesystem::last_write_time(data);
  begin(2, 2)->wait();
  EXPECT_EQ(pages(), 18U);
  EXPECT_EQ(std::filesystem::last_write_time(data), before);
}

TEST_F(FillAheadTest, a_disk_that_takes_no_more_ends_it_and_nobody_waits_for_ever) {
  use(2);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto const handled = std::signal(SIGXFSZ, SIG_IGN);
  rlimit const small{8 * page, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  {
    auto const ahead = begin(2, 2);
    ahead->wait();
    ahead->reserve(20 * page);
    ahead->reached(22 * page);
    ahead->wait();
  }
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handled);
  EXPECT_LE(pages(), 8U);
}

TEST_F(FillAheadTest, a_file_that_is_not_there_is_said) {
  auto const begun = FillAhead::begin(directory / "none", {0, 0, page}, filling);
  EXPECT_THAT(why(begun), testing::HasSubstr("none"));
}

}  // namespace
}  // namespace tests
