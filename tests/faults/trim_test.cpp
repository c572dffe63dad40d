// The power goes at every place of a trim: each segment is in the directory or in the archive, or in both, and a start
// finds what it needs.
#include "persistence/trim.h"

#include <gtest/gtest.h>

#include "persistence/walk.h"
#include "tests/faults/platter.h"
#include "tests/faults/scratch.h"
#include "tests/faults/verdict.h"

namespace {

using namespace faults;
namespace fs = std::filesystem;
using simulation::Dice;

class PowerCutOfATrim : public testing::Test {
 protected:
  Scratch const scratch;
  fs::path const run = scratch.path() / "run";
  Tape tape;
  Truth truth;
  std::size_t first_step = 0;  // of the trim
  std::uint64_t frames = 0;
  persistence::Tail tail;

  // A morning with snapshots and a transparency log, trimmed at its end, all of it on tape.
  void SetUp() override {
    fs::create_directories(run);
    watch(&tape, run.string());
    auto learned =
        learn(run / "data", {.seed = 3, .rounds = 24, .log = Log::Grown, .snapshots = Snapshots::Made}, {}, &tape);
    ASSERT_TRUE(learned) << learned.error().what;
    truth = *std::move(learned);
    first_step = tape.steps().size();
    engine::Hall hall;
    auto const done = persistence::trim(
        {.directory = run / "data",
         .archive = run / "archive",
         .snapshots = {
             [&](auto section, auto piece) { return section != persistence::hall_section || hall.load(piece); },
             [&] { return hall.is_loaded(); }, [&] { hall = engine::Hall{}; }, [&] { return hall.digest(); }}});
    watch(nullptr, "");
    ASSERT_TRUE(done) << done.error().what;
    ASSERT_GE(done->moved.size(), 2U) << done->kept_because;
    ASSERT_EQ(lost_in(run), "");
    frames = walked_.frames;
    tail = walked_.tail;
  }
  // Every frame from the first one on, wherever it lies. Empty: nothing is lost.
  std::string lost_in(fs::path const& place) {
    using namespace persistence;
    bool const is_archived = fs::exists(place / "archive/SEGMENTS");
    auto const anchor = Anchor::open(place / "data/ANCHOR", Access::ReadOnly);
    if (!anchor) return anchor.error().what;
    auto const segments = Segments::open(place / "data/journal", Access::ReadOnly, std::size_t{1} << 20,
                                         is_archived ? place / "archive" : fs::path{});
    if (!segments) return segments.error().what;
    walked_ = {};
    auto const read =
        walk(*segments, anchor->tail(), 0, walked_, [](auto const&) -> engine::Result<void> { return {}; });
    return read ? "" : read.error().what;
  }
  void cut_everywhere(Promise promise) {
    using enum Loss::Of;
    static std::vector<Loss> const losses{{Everything, Everything}, {Nothing, Nothing},     {Nothing, Everything},
                                          {Everything, Nothing},    {Some, Nothing, 4'096}, {Some, Some, 512}};
    Platter platter{promise};
    auto const& steps = tape.steps();
    auto const image = scratch.path() / "image";
    std::size_t images = 0;
    for (std::size_t step = 0; step < steps.size(); ++step) {
      platter.take(steps[step].call);
      if (step < first_step) continue;
      for (std::size_t loss = 0; loss < losses.size() && (loss == 0 || !platter.is_certain()); ++loss) {
        Dice dice{step * 1'009 + loss};
        platter.cut(losses[loss], dice).put_into(image);
        auto const place = "step " + std::to_string(step - first_step) + " (" +
                           std::string{name_of(steps[step].call.kind)} + " " + steps[step].call.path + "), loss " +
                           std::to_string(loss) + ": ";
        auto const lost = lost_in(image);
        ASSERT_EQ(lost, "") << place;
        ASSERT_EQ(walked_.frames, frames) << place;
        ASSERT_EQ(walked_.tail.head, tail.head) << place;
        auto const found = examine(image / "data", truth, tape.believed());
        ASSERT_TRUE(found.is_right()) << place << found.wrong << found.refused;
        ++images;
      }
    }
    EXPECT_GE(images, 50U);
  }

 private:
  persistence::Walked walked_;
};

TEST_F(PowerCutOfATrim, at_every_step_each_segment_is_in_one_place_or_in_both) {
  cut_everywhere(Promise::Ordinary);
}

TEST_F(PowerCutOfATrim, on_a_file_system_that_promises_no_name_that_was_not_flushed_the_same) {
  cut_everywhere(Promise::Posix);
}

}  // namespace
