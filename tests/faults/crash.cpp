// See the header.
#include "tests/faults/crash.h"

#include <unistd.h>

#include <algorithm>

namespace faults {
namespace fs = std::filesystem;
using simulation::Dice;

namespace {

constexpr std::size_t wrong_from = Report::counters / 2;  // the counters of wrong images

Loss loss_of(int image, Dice& dice) {
  using enum Loss::Of;
  switch (image) {
    case 0:
      return {Everything, Everything};
    case 1:
      return {Nothing, Nothing};
    case 2:
      return {Nothing, Everything};
    case 3:
      return {Everything, Nothing};
    default:
      break;
  }
  static constexpr std::array<int, 5> percent{3, 20, 50, 80, 97};
  Loss loss{Some, dice.chance(70) ? Nothing : Some};
  loss.piece = dice.chance(50) ? 512 : 4'096;
  loss.percent_left = percent[dice.bits() % percent.size()];
  return loss;
}

class Cutting {
 public:
  Cutting(Recording const& recording, fs::path directory, Cuts const& cuts, Plant const& plant, Report& report)
      : truth_(recording.truth),
        steps_(recording.tape.steps()),
        directory_(std::move(directory)),
        cuts_(cuts),
        plant_(plant),
        report_(report),
        platter_(cuts.promise) {}

  // Units are groups of `every` steps; the last of each is cut behind.
  void run(std::size_t from, std::size_t to, std::function<void(std::size_t)> const& at) {
    std::size_t step = 0;
    for (auto unit = from; unit < to; ++unit) {
      at(unit);
      auto const end = std::min((unit + 1) * cuts_.every, steps_.size());
      for (; step < end; ++step) platter_.take(steps_[step].call);
      if (step <= cuts_.from || (cuts_.where && !cuts_.where(steps_[step - 1].after))) continue;
      cut_behind(step - 1);
    }
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }

 private:
  void cut_behind(std::size_t step) {
    for (int image = 0; image < cuts_.images_a_step; ++image) {
      if (image > 0 && platter_.is_certain()) break;
      Dice dice{cuts_.seed * 1'000'003 + step * 1'009 + static_cast<std::uint64_t>(image)};
      auto const cut = platter_.cut(loss_of(image, dice), dice);
      report_.begin("step " + std::to_string(step) + " (" + std::string{name_of(steps_[step].call.kind)} + " " +
                    steps_[step].call.path + "), image " + std::to_string(image));
      auto& last = seen_[seen_at_++ % seen_.size()];
      if (std::ranges::find(seen_, cut.identity) != seen_.end()) {
        report_.count(static_cast<std::size_t>(Like::Repeated));
        continue;
      }
      last = cut.identity;
      look(cut, steps_[step].after, dice);
    }
  }

  void look(Image const& cut, Belief const& belief, Dice& dice) {
    cut.put_into(directory_);
    auto const afterwards = dice.chance(cuts_.go_on_percent) ? Afterwards::GoOn : Afterwards::Close;
    auto const found = examine(directory_, truth_, belief, afterwards, plant_);
    if (!found.wrong.empty()) report_.wrong(found.wrong);
    if (!found.refused.empty()) report_.wrong("refused: " + found.refused);
    auto const count = [&](Like like) {
      auto const counter = static_cast<std::size_t>(like);
      report_.count(counter);
      if (!found.is_right()) report_.count(counter + wrong_from);
    };
    count(Like::Any);
    if (found.recovered > belief.durable) count(Like::Unacknowledged);
    if (found.resumed > 0) count(Like::FollowUpOwed);
    if (belief.durable > belief.tabled) count(Like::TablesBehind);
    if (belief.tabled > belief.told && belief.tabled == belief.durable) count(Like::Untold);
    if (afterwards == Afterwards::GoOn) count(Like::UsedFurther);
    if (found.begun_with > 0) count(Like::FromSnapshot);
  }

  Truth const& truth_;
  std::vector<Step> const& steps_;
  fs::path const directory_;
  Cuts const& cuts_;
  Plant const& plant_;
  Report& report_;
  Platter platter_;
  std::array<std::uint64_t, 64> seen_{};
  std::size_t seen_at_ = 0;
};

}  // namespace

std::uint64_t images(Score const& score, Like like) {
  return score.counts[static_cast<std::size_t>(like)];
}
std::uint64_t wrong_images(Score const& score, Like like) {
  return score.counts[static_cast<std::size_t>(like) + wrong_from];
}

engine::Result<std::unique_ptr<Recording>> record(fs::path const& scratch, Morning const& morning, Plant const& plant,
                                                  WorseDisk const& worse) {
  auto recording = std::make_unique<Recording>();
  auto const directory = scratch / "run";
  fs::create_directories(directory);
  auto const instead = worse ? worse(recording->tape) : nullptr;
  watch(instead ? instead.get() : &recording->tape, directory.string());
  auto truth = learn(directory, morning, plant, &recording->tape);
  watch(nullptr, "");
  if (!truth) return std::unexpected(truth.error());
  recording->truth = *std::move(truth);
  return recording;
}

std::size_t first_acknowledged(Recording const& recording) {
  auto const& steps = recording.tape.steps();
  auto const first = std::ranges::find_if(steps, [](Step const& step) { return step.after.durable > 0; });
  return static_cast<std::size_t>(first - steps.begin());
}

Score cut_power(Recording const& recording, fs::path const& scratch, Cuts const& cuts, Plant const& plant) {
  auto const units = (recording.tape.steps().size() + cuts.every - 1) / cuts.every;
  return Trials::run(units, cuts.children, [&](auto from, auto to, Report& report, auto const& at) {
    auto const directory = scratch / ("image" + std::to_string(::getpid()));
    Cutting{recording, directory, cuts, plant, report}.run(from, to, at);
  });
}

}  // namespace faults
