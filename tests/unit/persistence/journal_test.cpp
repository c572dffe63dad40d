// The journal across restarts: what was committed is there, in order, once; what was lost or changed is refused.
#include "persistence/journal.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <limits>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

constexpr std::size_t tiny_segment = 64 << 10;

struct JournalTest : testing::Test {
  Directory directory;
  Disk disk{directory.path()};
};

TEST_F(JournalTest, a_new_journal_is_empty_and_takes_the_first_command) {
  auto const progress = good(disk.start());
  EXPECT_EQ(progress.commands, 0U);
  good(disk.commit({bid(1, 100'00)}));
  EXPECT_EQ(disk.journal().last_seq(), engine::Seq{1});
}

TEST_F(JournalTest, what_was_committed_is_recovered_in_order) {
  good(disk.start());
  std::vector const commands{bid(1, 100'00), sealed_quote(2, 99'00), new_password(3, "a hash"), tick(4)};
  good(disk.commit({commands[0], commands[1]}));
  good(disk.commit({commands[2]}));
  good(disk.commit({commands[3]}));
  good(disk.start());
  EXPECT_EQ(said_by_all(disk.recovered()), said_by_all(commands));
}

TEST_F(JournalTest, it_gives_the_leaves_of_what_it_has_just_written) {
  good(disk.start());
  for (auto const& frame : {std::vector{bid(1, 100'00), sealed_quote(2, 99'00)}, {tick(3)}}) {
    good(disk.commit(frame));
    auto const found = disk.journal().leaves();
    std::vector<persistence::Leaf> const given{found.begin(), found.end()};
    auto const first = frame.front().seq;
    std::vector<persistence::Leaf> lying;
    persistence::Walked walked;
    good(disk.journal().read(walked, [&](persistence::WalkedFrame const& walked_frame) -> engine::Result<void> {
      if (walked_frame.header.first != first) return {};
      auto const records = walked_frame.bytes.substr(persistence::frame_header_bytes);
      persistence::find_leaves(records, persistence::LogSalts{*disk.keys().log_key()}, lying);
      return {};
    }));
    EXPECT_EQ(given, lying);
    EXPECT_EQ(given.size(), frame.size());
  }
}

struct HeardCommits final : persistence::CommitListener {
  struct Heard {
    engine::Seq first;
    std::vector<engine::Leaf> leaves;
    persistence::Digest head;
    bool operator==(Heard const&) const = default;
  };
  void committed(engine::Seq first, std::span<engine::Leaf const> leaves, persistence::Digest const& head) override {
    all.push_back({first, {leaves.begin(), leaves.end()}, head});
  }
  std::vector<Heard> all;
};

TEST_F(JournalTest, where_no_log_is_kept_there_are_no_leaves_and_the_frames_are_the_same) {
  std::vector<persistence::Digest> heads;
  for (bool const gives_leaves : {false, true}) {
    auto const place = directory / std::to_string(heads.size());
    std::filesystem::create_directory(place);
    auto keys = good(persistence::KeyStore::open(place / "keys", persistence::Access::ReadWrite));
    auto const journal = good(persistence::Journal::open(
        {.directory = place / "journal", .anchor = place / "ANCHOR", .gives_leaves = gives_leaves}, keys));
    good(persistence::recover(*journal, [](auto) -> engine::Result<std::string> { return ""; }, [](auto const&) {}));
    good(journal->commit(ticks(1, 300), ""));
    EXPECT_EQ(journal->leaves().size(), gives_leaves ? 300U : 0U);
    heads.push_back(journal->head());
  }
  EXPECT_EQ(heads[0], heads[1]);
}

TEST_F(JournalTest, who_listens_hears_of_every_durable_frame_and_of_no_other) {
  HeardCommits heard;
  good(disk.start());
  disk.journal().tell(heard);
  std::vector<HeardCommits::Heard> expected;
  for (auto const& frame : {std::vector{bid(1, 100'00), sealed_quote(2, 99'00)}, {tick(3)}}) {
    good(disk.commit(frame));
    auto const leaves = disk.journal().leaves();
    expected.push_back({frame.front().seq, {leaves.begin(), leaves.end()}, disk.journal().head()});
  }
  EXPECT_EQ(heard.all, expected);

  auto too_much = new_password(4, "s");
  std::get<engine::ModuleCommand>(too_much.command).body.assign(engine::limits::record_bytes_max, 'x');
  EXPECT_FALSE(disk.commit({too_much}));
  EXPECT_EQ(heard.all, expected);
}

TEST_F(JournalTest, frames_that_are_hashed_beside_the_disk_give_the_same_chain_and_the_same_leaves) {
  { good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadWrite)); }
  std::vector<std::vector<engine::Leaf>> leaves;
  std::vector<persistence::Digest> heads;
  for (auto const aside_from_bytes : {std::size_t{0}, std::numeric_limits<std::size_t>::max()}) {
    auto const place = directory / std::to_string(heads.size());
    std::filesystem::create_directory(place);
    std::filesystem::copy(directory / "keys", place / "keys");
    auto keys = good(persistence::KeyStore::open(place / "keys", persistence::Access::ReadWrite));
    auto const journal = good(persistence::Journal::open(
        {.directory = place / "journal", .anchor = place / "ANCHOR", .aside_from_bytes = aside_from_bytes}, keys));
    good(persistence::recover(*journal, [](auto) -> engine::Result<std::string> { return ""; }, [](auto const&) {}));
    auto& found = leaves.emplace_back();
    std::string outcomes;
    for (std::uint64_t first = 1; first < 2'000; first += 200) {
      good(journal->commit(ticks(first, 200), outcomes));
      found.insert(found.end(), journal->leaves().begin(), journal->leaves().end());
      outcomes = "decided " + std::to_string(first);
    }
    heads.push_back(journal->head());
  }
  EXPECT_EQ(heads[0], heads[1]);
  EXPECT_EQ(leaves[0], leaves[1]);
}

TEST_F(JournalTest, it_goes_on_after_every_restart) {
  for (std::uint64_t seq = 1; seq <= 20; ++seq) {
    good(disk.start());
    ASSERT_EQ(disk.recovered().size(), seq - 1);
    good(disk.commit({tick(seq)}));
  }
}

TEST_F(JournalTest, a_start_without_a_commit_changes_nothing) {
  good(disk.start());
  good(disk.commit(ticks(1, 3)));
  for (int i = 0; i < 3; ++i) good(disk.start());
  good(disk.commit({tick(4)}));
  good(disk.start());
  EXPECT_EQ(disk.recovered().size(), 4U);
}

TEST_F(JournalTest, it_rolls_over_and_reads_all_segments) {
  Disk small{directory / "small", tiny_segment};
  good(small.start());
  std::uint64_t seq = 1;
  for (int frame = 0; frame < 60; ++frame, seq += 100) good(small.commit(ticks(seq, 100)));
  EXPECT_TRUE(std::filesystem::exists(directory / "small/journal/00000003"));
  good(small.start());
  EXPECT_EQ(small.recovered().size(), seq - 1);
  good(small.commit({tick(seq)}));
  good(small.start());
  EXPECT_EQ(small.recovered().back().seq, engine::Seq{seq});
}

TEST_F(JournalTest, a_frame_larger_than_the_limit_is_refused_and_the_refusal_sticks) {
  good(disk.start());
  std::vector<engine::Sequenced> frame;
  for (std::uint64_t seq = 1; seq <= 40; ++seq) {
    auto command = new_password(seq, "s");
    std::get<engine::ModuleCommand>(command.command).body.assign(500'000, 'x');
    frame.push_back(std::move(command));
  }
  auto const first = disk.commit(frame);
  EXPECT_THAT(why(first), testing::HasSubstr("more than a frame may have"));
  auto const second = disk.commit({tick(1)});
  EXPECT_EQ(why(second), why(first));
}

TEST_F(JournalTest, a_record_larger_than_the_limit_is_refused) {
  good(disk.start());
  auto command = new_password(1, "s");
  std::get<engine::ModuleCommand>(command.command).body.assign(engine::limits::record_bytes_max, 'x');
  EXPECT_THAT(why(disk.commit({command})), testing::HasSubstr("more than a record may have"));
}

TEST_F(JournalTest, a_gap_in_seq_is_a_bug) {
  good(disk.start());
  EXPECT_DEATH(std::ignore = disk.commit({tick(2)}), "CHECK failed");
}

TEST_F(JournalTest, a_commit_before_recovery_is_a_bug) {
  auto keys = good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadWrite));
  auto journal =
      good(persistence::Journal::open({.directory = directory / "journal", .anchor = directory / "ANCHOR"}, keys));
  std::vector const frame{tick(1)};
  EXPECT_DEATH(std::ignore = journal->commit(frame, ""), "CHECK failed");
}

// ---- The outside world -----------------------------------------------------------------------------------------

// Runs `act` in a child process, which may be killed; gives its exit status.
template <class Act>
int in_child(Act const& act) {
  auto const child = ::fork();
  if (child == 0) ::_exit(act());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(JournalTest, a_disk_that_takes_no_more_fails_the_commit_for_good_and_loses_nothing) {
  auto const outcome = in_child([&] {
    good(disk.start());
    good(disk.commit(ticks(1, 10)));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit const limit{24 << 10, 24 << 10};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto const first = disk.commit(ticks(11, 4'000));
    auto const second = disk.commit(ticks(11, 1));
    return !first && !second && why(first) == why(second) ? 42 : 1;
  });
  ASSERT_EQ(outcome, 42);
  good(disk.start());
  EXPECT_EQ(disk.recovered().size(), 10U);
}

// The child commits and only then says so; it is killed at any moment.
std::uint64_t acknowledged_before_the_kill(Disk& disk, unsigned round) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) std::abort();
  auto const child = ::fork();
  if (child == 0) {
    good(disk.start());
    for (auto seq = disk.journal().last_seq().number() + 1;; ++seq) {
      good(disk.commit({seq % 3 == 0 ? sealed_quote(seq, 77'00) : bid(seq, 88'00)}));
      if (::write(ends[1], &seq, sizeof seq) != sizeof seq) ::_exit(1);
    }
  }
  ::close(ends[1]);
  std::uint64_t acknowledged = 0;
  for (unsigned i = 0; i < 1 + round * 7 % 23; ++i) {
    if (::read(ends[0], &acknowledged, sizeof acknowledged) != sizeof acknowledged) break;
  }
  ::kill(child, SIGKILL);
  while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {}
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  return acknowledged;
}

TEST_F(JournalTest, everything_acknowledged_before_a_kill_is_recovered) {
  Disk small{directory / "small", tiny_segment};
  for (unsigned round = 0; round < 40; ++round) {
    auto const acknowledged = acknowledged_before_the_kill(small, round);
    ASSERT_GT(acknowledged, 0U);
    good(small.start());
    ASSERT_GE(small.recovered().size(), acknowledged) << "round " << round;
    ASSERT_LE(small.recovered().size(), acknowledged + 1) << "round " << round;
    small.stop();
  }
}

// ---- Secrets ---------------------------------------------------------------------------------------------------

TEST_F(JournalTest, the_price_of_a_live_sealed_quote_is_nowhere_in_the_directory) {
  constexpr std::int64_t price = 8'172'635'445;  // no other bytes look like this
  engine::ByteWriter as_number;
  as_number.put(price);
  std::vector<std::string> const traces{std::string{as_number.view()}, std::to_string(price), "81726354.45"};
  auto const places_of = [&](std::string const& trace) {
    disk.stop();
    std::vector<std::string> places;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{directory.path()}) {
      if (entry.is_regular_file() && content(entry.path()).find(trace) != std::string::npos) {
        places.push_back(entry.path().filename());
      }
    }
    return places;
  };

  good(disk.start());
  good(disk.commit({sealed_quote(1, price), new_password(2, std::to_string(price))}));
  for (auto const& trace : traces) EXPECT_THAT(places_of(trace), testing::IsEmpty()) << trace;

  // The search can find: an open bid is there.
  good(disk.start());
  good(disk.commit({bid(3, price)}));
  EXPECT_THAT(places_of(traces[0]), testing::Contains("data.mdb"));
}

TEST_F(JournalTest, a_private_part_without_its_key_stops_the_start) {
  good(disk.start());
  good(disk.commit({sealed_quote(1, 99'00)}));
  disk.stop();
  std::filesystem::remove_all(directory / "keys");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("the key of lot 1793 is gone"));
}

}  // namespace
}  // namespace tests
