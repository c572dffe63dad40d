// A journal that a real loop wrote is told and decided the same again; one that claims other outcomes is refused.
#include "tools/ebb/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/codec.h"
#include "engine/hall.h"
#include "persistence/recovery.h"
#include "tools/ebb/verify.h"

namespace {

using namespace engine;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

auto const lot = lot_id(InquiryId{1}, 1);
auto const start = at_millis(1'795'339'800'000);

// Writes a journal command by command, each with what the Hall decided before it, as the loop does.
class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    std::filesystem::remove_all(directory_);
    auto store =
        persistence::open_store({.directory = directory_, .segment_bytes = 1 << 20, .tables = {.map_bytes = 1 << 20}});
    EXPECT_TRUE(store) << store.error().what;
    store_.emplace(std::move(*store));
    auto const empty = [](std::span<Sequenced const>) -> Result<std::string> { return std::string{}; };
    EXPECT_TRUE(persistence::recover(*store_->journal, empty, [](persistence::Progress const&) {}));
  }
  ~ReplayTest() override { std::filesystem::remove_all(directory_); }

  enum class Privacy : std::uint8_t { Open, Sealed };
  void commit(Command command, Privacy privacy = Privacy::Open) {
    seq_ = next(seq_);
    auto const secret_of =
        privacy == Privacy::Sealed ? std::optional{SecretOf{SecretOf::Kind::Lot, lot.number()}} : std::nullopt;
    Sequenced const sequenced{seq_,      Seq{},    start + passed_ + std::chrono::seconds{seq_.number()},
                              secret_of, Ticket{}, std::move(command)};
    auto const written = store_->journal->commit(std::span{&sequenced, 1}, decided_.view());
    ASSERT_TRUE(written) << written.error().what;
    Events events;
    hall_.apply(sequenced, events);
    decided_.clear();
    for (auto const& event : events) encode(event, decided_);
  }
  void pass(std::chrono::seconds time) { passed_ += time; }
  void claim_other_outcomes() { decided_.put_text("something else"); }

  Result<ebb::Replayed> replay() {
    store_.reset();  // gives the lock back
    return ebb::replay(directory_, [this](std::string_view line) { lines_.emplace_back(line); });
  }

  // As a server would have left one here, but for what it says of the hall.
  void leave_snapshot(std::uint64_t state) {
    persistence::SnapshotAbout const about{seq_, {}, {}, store_->journal->head(), state};
    auto const key = *store_->keys->snapshot_key();
    auto writer = persistence::SnapshotWriter::begin(directory_ / persistence::snapshots_folder, about, key);
    ASSERT_TRUE(writer) << writer.error().what;
    hall_.save([&](std::string_view piece) { ASSERT_TRUE(writer->add(persistence::hall_section, piece)); });
    ASSERT_TRUE(writer->finish());
  }
  ebb::VerifyTold verify() {
    store_.reset();
    auto const told = ebb::verify({.directory = directory_, .receipt = {}, .heads = {}, .key = {}});
    EXPECT_TRUE(told) << told.error().what;
    return told.value_or(ebb::VerifyTold{});
  }

  OpenLot open(Format format) const {
    LotRules rules;
    rules.format = format;
    rules.ceiling = Money::fen(100'00);
    rules.decrement = Money::fen(1'00);
    rules.duration = 600s;
    rules.hard_cap = 1200s;
    return {lot, rules, start, {{BidderId{1}, {}}, {BidderId{2}, {}}, {BidderId{3}, {}}}};
  }
  PlaceBid bid(std::uint64_t bidder, std::int64_t fen) const {
    BidKey key;
    key.text[0] = 'k';
    return {lot, BidderId{bidder}, PersonId{bidder}, Money::fen(fen), key, Consent::NotGiven};
  }

  std::vector<std::string> lines_;
  Hall hall_;

 private:
  std::filesystem::path const directory_ =
      std::filesystem::temp_directory_path() / ("ebb_replay_test_" + std::to_string(::getpid()));
  std::optional<persistence::Store> store_;
  Seq seq_;
  std::chrono::seconds passed_{0};
  ByteWriter decided_;
};

TEST_F(ReplayTest, an_empty_journal_is_a_short_story) {
  auto const replayed = replay();
  ASSERT_TRUE(replayed) << replayed.error().what;
  EXPECT_EQ(replayed->commands, 0U);
}

TEST_F(ReplayTest, every_command_and_what_it_did_is_told_and_decided_the_same) {
  commit(open(Format::Reverse));
  commit(bid(1, 90'00));
  commit(bid(2, 101'00));
  auto const replayed = replay();
  ASSERT_TRUE(replayed) << replayed.error().what;
  EXPECT_EQ(replayed->frames, 3U);
  EXPECT_EQ(replayed->commands, 3U);
  EXPECT_EQ(replayed->digest, hall_.digest());
  EXPECT_THAT(lines_, Contains(HasSubstr("PlaceBid 1-1 org 1 by person 1 price 90.00")));
  EXPECT_THAT(lines_, Contains(HasSubstr("BidAccepted 1-1 org 1 key k attempt 1 accepted price 90.00 rank 1")));
  EXPECT_THAT(lines_, Contains(HasSubstr("refused ABOVE_CEILING actual 101.00 limit 100.00")));
}

TEST_F(ReplayTest, history_that_was_decided_otherwise_is_refused) {
  commit(open(Format::Reverse));
  claim_other_outcomes();
  commit(bid(1, 90'00));
  auto const replayed = replay();
  ASSERT_FALSE(replayed);
  EXPECT_THAT(replayed.error().what, HasSubstr("everything before seq 2 was decided differently than now"));
}

TEST_F(ReplayTest, a_live_sealed_price_is_in_no_line) {
  commit(open(Format::Sealed));
  commit(bid(1, 87'65), Privacy::Sealed);
  ASSERT_TRUE(replay());
  EXPECT_THAT(lines_, Contains(HasSubstr("QuoteAccepted 1-1 org 1")));
  EXPECT_THAT(lines_, Not(Contains(HasSubstr("87.65"))));
}

TEST_F(ReplayTest, a_sealed_price_is_told_once_the_lot_has_closed) {
  commit(open(Format::Sealed));
  for (std::uint64_t bidder = 1; bidder <= 3; ++bidder) commit(bid(bidder, 87'65), Privacy::Sealed);
  pass(700s);
  commit(Tick{});
  ASSERT_TRUE(replay());
  EXPECT_THAT(lines_, Contains(testing::AllOf(HasSubstr("LotClosed 1-1"), HasSubstr("@87.65"))));
}

TEST_F(ReplayTest, a_directory_without_a_journal_is_an_answer) {
  EXPECT_FALSE(ebb::replay("/nowhere/at/all", [](std::string_view) {}));
}

TEST_F(ReplayTest, verify_says_of_a_snapshot_that_its_hall_is_what_the_journal_gives) {
  commit(open(Format::Reverse));
  commit(bid(1, 90'00));
  leave_snapshot(hall_.digest());
  commit(bid(2, 89'00));
  auto const told = verify();
  EXPECT_FALSE(told.damage) << *told.damage;
  EXPECT_THAT(told.text, HasSubstr("snapshot of seq 2: its hall is what the journal gives"));
}

TEST_F(ReplayTest, verify_finds_a_snapshot_that_holds_another_hall) {
  commit(open(Format::Reverse));
  commit(bid(1, 90'00));
  leave_snapshot(hall_.digest() ^ 1);
  EXPECT_THAT(verify().damage.value_or(""), HasSubstr("snapshot of seq 2: its hall has the digest "));
}

}  // namespace
