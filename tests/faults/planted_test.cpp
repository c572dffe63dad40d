// Faults that are planted where a server could have them, and the checker that must see each: a checker that has never
// caught anything proves nothing. The real parts are not touched; something worse stands in front of them.
#include <gtest/gtest.h>

#include <cerrno>
#include <utility>

#include "tests/faults/crash.h"
#include "tests/faults/damage.h"
#include "tests/faults/failing_disk.h"
#include "tests/faults/scratch.h"

namespace {

using namespace faults;
using engine::Journal;
using engine::Participants;
using engine::Result;
using engine::Sequenced;

constexpr Morning short_morning{.seed = 5, .rounds = 4};

// ---- What is planted ---------------------------------------------------------------------------------------------

class InFront : public Journal {
 public:
  InFront(Journal& good, Plant::Leak leak) : good_(good), leak_(std::move(leak)) {}

 protected:
  Journal& good_;
  Plant::Leak const leak_;
};

// Says yes at once, and writes when the next frame comes.
class AcknowledgesBeforeCommit final : public InFront {
 public:
  using InFront::InFront;
  Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) override {
    auto const held = std::exchange(held_, {frame.begin(), frame.end()});
    auto const said = std::exchange(outcomes_, std::string{outcomes});
    return held.empty() ? Result<void>{} : good_.commit(held, said);
  }

 private:
  std::vector<Sequenced> held_;
  std::string outcomes_;
};

// Tells everybody, and then writes.
class TellsBeforeCommit final : public InFront {
 public:
  using InFront::InFront;
  Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) override {
    leak_(frame.back().seq.number());
    return good_.commit(frame, outcomes);
  }
};

// Gives the second command of a frame the place of the first.
class GivesASeqTwice final : public InFront {
 public:
  using InFront::InFront;
  Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) override {
    std::vector<Sequenced> altered{frame.begin(), frame.end()};
    if (altered.size() > 2) altered[1].seq = altered[0].seq;
    return good_.commit(altered, outcomes);
  }
};

// Makes two commits of a frame.
class CommitsByHalves final : public InFront {
 public:
  using InFront::InFront;
  Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) override {
    if (frame.size() < 2) return good_.commit(frame, outcomes);
    auto const half = frame.size() / 2;
    if (auto first = good_.commit(frame.first(half), outcomes); !first) return first;
    return good_.commit(frame.subspan(half), {});
  }
};

// Says yes when the disk said no.
class SwallowsAFailure final : public InFront {
 public:
  using InFront::InFront;
  Result<void> commit(std::span<Sequenced const> frame, std::string_view outcomes) override {
    static_cast<void>(good_.commit(frame, outcomes));
    return {};
  }
};

template <class Worse>
Plant with_journal() {
  Plant plant;
  plant.journal = [](Journal& good, Plant::Leak leak) { return std::make_unique<Worse>(good, std::move(leak)); };
  return plant;
}

// Of two follow-ups, the second is forgotten.
class DropsAFollowUp final : public Participants {
 public:
  explicit DropsAFollowUp(Participants& good) : good_(good) {}
  void decide(Sequenced const& command, engine::Events& outcome) override { good_.decide(command, outcome); }
  void hear(Sequenced const& cause, engine::Event const& event) override { good_.hear(cause, event); }
  std::vector<engine::FollowUp> take_follow_ups() override {
    auto taken = good_.take_follow_ups();
    if (taken.size() > 1) taken.pop_back();
    return taken;
  }
  void settle(engine::Seq parent) override { good_.settle(parent); }
  std::vector<engine::FollowUp> pending() const override { return good_.pending(); }
  Result<void> commit(engine::Seq applied) override { return good_.commit(applied); }
  engine::Seq applied() const override { return good_.applied(); }

 private:
  Participants& good_;
};

// A disk whose flushes do nothing: all of them, or only those of data, as LMDB has it with NOSYNC and with a meta page
// that is written through all the same.
class Forgetful final : public Watcher {
 public:
  enum class Of : std::uint8_t { Everything, Data };
  Forgetful(Tape& tape, Of of) : tape_(tape), of_(of) {}
  int before(Call const&) override { return 0; }
  void after(Call const& call) override {
    if (call.kind == Call::Kind::Sync) return;
    auto kept = call;
    if (of_ == Of::Everything) kept.is_through = false;
    tape_.after(kept);
  }

 private:
  Tape& tape_;
  Of const of_;
};

// ---- Who must see it ---------------------------------------------------------------------------------------------

class Planted : public testing::Test {
 protected:
  Scratch scratch;

  // The power goes; everything that was written is left, or nothing, or some.
  Score cut(Recording const& recording) {
    return cut_power(recording, scratch.path(),
                     {.images_a_step = 5, .from = first_acknowledged(recording), .every = 3, .go_on_percent = 0});
  }
  // A server lives with it until its power goes; an honest one opens what is left.
  Score live_and_cut(Plant const& plant) {
    auto const recording = record(scratch.path(), short_morning, plant);
    EXPECT_TRUE(recording) << recording.error().what;
    return recording ? cut(**recording) : Score{};
  }
  Score forget_and_cut(Forgetful::Of of) {
    auto recording =
        record(scratch.path(), short_morning, {}, [of](Tape& tape) { return std::make_unique<Forgetful>(tape, of); });
    EXPECT_TRUE(recording) << recording.error().what;
    return recording ? cut(**recording) : Score{};
  }
  // An honest server lived; one with the fault opens what it left.
  Found open_with(std::function<persistence::ApplyFrame(persistence::ApplyFrame)> replay) {
    auto const kept = keep(scratch.path(), short_morning);
    EXPECT_TRUE(kept) << kept.error().what;
    if (!kept) return {};
    EXPECT_TRUE(examine(scratch.path() / "kept", kept->truth, kept->belief).is_right()) << "without the fault";
    Plant plant;
    plant.replay = std::move(replay);
    return examine(scratch.path() / "kept", kept->truth, kept->belief, Afterwards::Close, plant);
  }
};

TEST_F(Planted, nothing_is_seen_where_nothing_is_planted) {
  auto const score = live_and_cut({});
  EXPECT_EQ(score.wrong, 0U) << score.complaints.front();
  EXPECT_EQ(score.died, 0U);
  EXPECT_GT(images(score, Like::Any), 50U);
}

TEST_F(Planted, an_acknowledgement_before_the_commit_is_seen) {
  EXPECT_GT(live_and_cut(with_journal<AcknowledgesBeforeCommit>()).wrong, 0U);
}

TEST_F(Planted, a_broadcast_before_the_commit_is_seen) {
  EXPECT_GT(live_and_cut(with_journal<TellsBeforeCommit>()).wrong, 0U);
}

TEST_F(Planted, a_frame_that_is_committed_by_halves_is_seen) {
  EXPECT_GT(live_and_cut(with_journal<CommitsByHalves>()).wrong, 0U);
}

TEST_F(Planted, a_follow_up_that_is_dropped_is_seen) {
  Plant plant;
  plant.participants = [](Participants& good) { return std::make_unique<DropsAFollowUp>(good); };
  EXPECT_GT(live_and_cut(plant).wrong, 0U);
}

TEST_F(Planted, flushes_that_do_nothing_are_seen) {
  EXPECT_GT(forget_and_cut(Forgetful::Of::Everything).wrong, 0U);
}

TEST_F(Planted, flushes_of_data_that_do_nothing_are_seen) {
  EXPECT_GT(forget_and_cut(Forgetful::Of::Data).wrong, 0U);
}

// Either the journal itself stops the process, or whoever reads it.
TEST_F(Planted, a_seq_that_is_given_twice_is_seen) {
  auto const score = Trials::run(1, 1, [&](auto, auto, Report& report, auto const&) {
    Tape tape;
    auto const truth = learn(scratch.path() / "twice", short_morning, with_journal<GivesASeqTwice>(), &tape);
    if (!truth) return report.wrong(truth.error().what);
    auto const found = examine(scratch.path() / "twice", *truth, tape.believed());
    if (!found.is_right()) report.wrong(found.wrong + found.refused);
  });
  EXPECT_EQ(score.wrong + score.died, 1U);
}

TEST_F(Planted, a_failure_of_the_disk_that_is_swallowed_is_seen) {
  auto const directory = scratch.path() / "swallowed";
  std::filesystem::create_directories(directory);
  IllDisk well{0, 0, Ill::Once};
  watch(&well, scratch.path().string());
  auto const truth = learn(scratch.path() / "well", short_morning, {}, nullptr);
  watch(nullptr, "");
  ASSERT_TRUE(truth) << truth.error().what;
  Tape tape;
  IllDisk disk{well.calls() / 2, EIO, Ill::FromThenOn};
  watch(&disk, directory.string());
  static_cast<void>(learn(directory, short_morning, with_journal<SwallowsAFailure>(), &tape));
  watch(nullptr, "");
  EXPECT_GE(disk.calls(), well.calls() / 2);
  EXPECT_FALSE(examine(directory, *truth, tape.believed()).is_right());
}

TEST_F(Planted, a_replay_that_stops_one_short_is_seen) {
  auto const found = open_with([](persistence::ApplyFrame good) {
    return [good = std::move(good)](std::span<Sequenced const> frame) { return good(frame.first(frame.size() - 1)); };
  });
  EXPECT_FALSE(found.is_right());
}

TEST_F(Planted, a_replay_that_leaves_out_the_last_frame_is_seen) {
  auto const found = open_with([](persistence::ApplyFrame good) {
    auto held = std::make_shared<std::vector<Sequenced>>();
    return [good = std::move(good), held](std::span<Sequenced const> frame) -> Result<std::string> {
      auto const before = std::exchange(*held, {frame.begin(), frame.end()});
      return before.empty() ? std::string{} : good(before);
    };
  });
  EXPECT_FALSE(found.is_right());
}

TEST_F(Planted, a_replay_that_applies_a_frame_twice_is_seen) {
  auto const found = open_with([](persistence::ApplyFrame good) {
    return [good = std::move(good)](std::span<Sequenced const> frame) {
      auto const once = good(frame);
      return frame.front().seq == engine::Seq{5} ? good(frame) : once;
    };
  });
  EXPECT_FALSE(found.is_right());
}

}  // namespace
