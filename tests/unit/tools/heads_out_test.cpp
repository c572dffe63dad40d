// Heads in a second place: all of them in the file, in order and once, whatever a crash left there; the newest at the
// other machine; and a file of another history stops the start.
#include "tools/ebb/heads_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/persistence/logged_disk.h"
#include "tests/unit/tools/taker.h"
#include "tools/ebb/kept.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using ebb::HeadsOut;
using testing::HasSubstr;

// A log, its second place, and a directory for both.
class Published {
 public:
  void start(std::string url = {}) {
    log.start();
    auto opened = open(std::move(url));
    ASSERT_TRUE(opened) << why(opened);
    out = std::move(*opened);
    out->start([this](engine::Failure const& failure) {
      std::scoped_lock const held{mutex};
      troubles.push_back(failure.what);
    });
  }
  engine::Result<std::unique_ptr<HeadsOut>> open(std::string url = {}) {
    return HeadsOut::open(*log.tree, {file(), std::move(url), 1ms});
  }
  void stop() {
    if (log.tree) log.tree->stop();
    out.reset();
    log.stop();
  }
  void commit_each(std::uint64_t first, std::uint64_t last) {
    for (auto seq = first; seq <= last; ++seq) {
      log.commit({tick(seq)});
      log.head_of(seq);
    }
  }
  std::filesystem::path file() const { return directory / "heads"; }
  std::vector<std::uint64_t> sizes() const {
    std::vector<std::uint64_t> all;
    for (auto const& published : good(ebb::read_heads(file()))) {
      EXPECT_TRUE(persistence::is_signed_by(published.key, published.head));
      all.push_back(published.head.size);
    }
    return all;
  }

  Directory directory;
  LoggedDisk log{directory / "data"};
  std::unique_ptr<HeadsOut> out;
  std::mutex mutex;
  std::vector<std::string> troubles;
};

TEST(HeadsOutTest, every_head_is_in_the_file_in_order) {
  Published published;
  published.start();
  published.commit_each(1, 4);
  published.stop();
  EXPECT_EQ(published.sizes(), (std::vector<std::uint64_t>{1, 2, 3, 4}));
  EXPECT_TRUE(published.troubles.empty());
}

TEST(HeadsOutTest, a_restart_goes_on_behind_the_last_line_and_a_new_file_gets_the_whole_history) {
  Published published;
  published.start();
  published.commit_each(1, 2);
  published.stop();
  published.start();
  published.commit_each(3, 3);
  published.stop();
  EXPECT_EQ(published.sizes(), (std::vector<std::uint64_t>{1, 2, 3}));
  auto const before = content(published.file());
  std::filesystem::remove(published.file());
  published.start();
  published.stop();
  EXPECT_EQ(content(published.file()), before);
}

TEST(HeadsOutTest, a_line_that_a_crash_cut_off_is_written_again) {
  Published published;
  published.start();
  published.commit_each(1, 3);
  published.stop();
  auto const whole = content(published.file());
  for (std::size_t const cut : {std::size_t{1}, std::size_t{40}, whole.size() / 3}) {
    overwrite(published.file(), whole.substr(0, whole.size() - cut));
    published.start();
    published.stop();
    EXPECT_EQ(content(published.file()), whole) << cut;
  }
}

TEST(HeadsOutTest, a_file_of_another_log_stops_the_start) {
  Published published;
  published.start();
  published.commit_each(1, 2);
  published.stop();
  Published other;
  other.start();
  other.commit_each(1, 2);
  other.stop();
  std::filesystem::copy_file(other.file(), published.file(), std::filesystem::copy_options::overwrite_existing);
  published.log.start();
  EXPECT_THAT(why(published.open()), HasSubstr("its last head is signed with the key"));
  overwrite(published.file(), "something else\n");
  EXPECT_THAT(why(published.open()), HasSubstr("its last line is not a head"));
}

TEST(HeadsOutTest, a_log_that_is_shorter_or_another_than_what_was_published_stops_the_start) {
  Published published;
  published.start();
  published.commit_each(1, 3);
  published.stop();
  auto const key = content(published.directory / "data/keys/tree.key");
  auto const keys = content(published.directory / "data/keys/data.mdb");
  auto live_again = [&](std::vector<engine::Sequenced> const& history) {
    std::filesystem::remove_all(published.directory / "data");
    std::filesystem::create_directories(published.directory / "data/keys");
    overwrite(published.directory / "data/keys/tree.key", key);
    overwrite(published.directory / "data/keys/data.mdb", keys);
    published.log.start();
    published.log.commit(history);
    published.log.head_of(history.size());
  };
  live_again(ticks(1, 2));
  EXPECT_THAT(why(published.open()), HasSubstr("a head of size 3 was published, and this log has 2 leaves"));
  published.log.stop();
  live_again({tick(1), bid(2, 100), tick(3)});
  EXPECT_THAT(why(published.open()), HasSubstr("the published head of size 3 has the root"));
  published.log.stop();
  live_again(ticks(1, 4));
  EXPECT_TRUE(published.open());
}

TEST(HeadsOutTest, the_newest_head_is_posted_and_trouble_is_told_once_until_it_is_over) {
  Published published;
  Taker taker;
  taker.answer("HTTP/1.1 503 Service Unavailable\r\n\r\n");
  published.start(taker.url());
  published.commit_each(1, 1);
  while (taker.taken() < 3) std::this_thread::sleep_for(1ms);  // wait: until it was posted
  taker.answer("HTTP/1.1 204 No Content\r\n\r\n");
  published.commit_each(2, 5);
  auto const newest = persistence::line_of({published.log.tree->head().value(), published.log.tree->key()});
  while (taker.last_body() != newest) std::this_thread::sleep_for(1ms);  // wait: until it was posted
  published.stop();
  ASSERT_EQ(published.troubles.size(), 1U);
  EXPECT_THAT(published.troubles.front(), HasSubstr("answered HTTP/1.1 503"));
}

TEST(HeadsOutTest, an_address_that_is_none_stops_the_start) {
  Published published;
  published.log.start();
  EXPECT_THAT(why(published.open("https://example.org/")), HasSubstr("expected http://HOST[:PORT]/PATH"));
}

}  // namespace
}  // namespace tests
