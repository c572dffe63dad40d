// See the header.
#include "tests/faults/verdict.h"

#include <algorithm>

namespace faults {
namespace {

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

class Examination {
 public:
  Examination(std::filesystem::path const& directory, Truth const& truth, Belief const& belief, Plant const& plant)
      : directory_(directory), truth_(truth), belief_(belief), plant_(plant) {}

  Found run(Afterwards afterwards) {
    if (auto works = start(); works && afterwards == Afterwards::GoOn) go_on(std::move(works));
    return found_;
  }

 private:
  // Nothing when it does not start, or starts wrong.
  std::unique_ptr<Works> start() {
    auto works = Works::open(directory_, clock_, plant_);
    if (!works) return refuse(works.error());
    std::uint64_t seen = 0;
    auto const recovered = (*works)->recover([&](engine::Sequenced const& command) {
      if (seen == 0) seen = (*works)->begun_with().number();
      hold(command, ++seen);
    });
    if (!recovered) return refuse(recovered.error());
    found_.begun_with = (*works)->begun_with().number();
    seen = std::max(seen, found_.begun_with);
    found_.recovered = seen;
    hold_end(seen);
    if (!found_.wrong.empty()) return nullptr;
    if (auto resumed = (*works)->resume(); !resumed) return refuse(resumed.error());
    hold_log(**works);
    found_.resumed = (*works)->last_seq().number() - seen;
    hold_state(**works);
    return found_.wrong.empty() ? std::move(*works) : nullptr;
  }

  std::nullptr_t refuse(engine::Failure const& why) {
    found_.refused = why.what.empty() ? "without a word" : why.what;
    return nullptr;
  }
  void blame(std::string what) {
    if (found_.wrong.empty()) found_.wrong = std::move(what);
  }

  // Replay hands over what was begun, in its order and as it was.
  void hold(engine::Sequenced const& command, std::uint64_t place) {
    if (command.seq.number() != place) {
      return blame("seq " + number(command.seq.number()) + " in place " + number(place));
    }
    if (place > truth_.commands.size()) return blame("seq " + number(place) + " was never begun");
    if (said(command) != truth_.commands[place - 1]) blame("seq " + number(place) + " says something else");
  }

  void hold_end(std::uint64_t end) {
    auto const acknowledged = std::max(belief_.durable, belief_.told);
    if (end < acknowledged) {
      blame("ends at seq " + number(end) + ", but " + number(acknowledged) + " was acknowledged");
    }
    if (end > belief_.begun) blame("ends at seq " + number(end) + ", but only " + number(belief_.begun) + " was begun");
    if (end != 0 && !truth_.rest.contains(end)) blame("ends at seq " + number(end) + ", in the middle of a frame");
  }

  // State and rows are those of the moment, with what was owed done.
  void hold_state(Works const& works) {
    auto const end = works.last_seq().number();
    if (end == 0) return;
    auto const then = truth_.rest.find(end);
    if (then == truth_.rest.end()) return blame("goes on to seq " + number(end) + ", where nothing ended");
    if (works.hall_digest() != then->second.hall) blame("the hall at seq " + number(end) + " is another");
    if (works.rows_digest() != then->second.rows) blame("the rows at seq " + number(end) + " are others");
  }

  // Heads that were shown are there, and the tree grown now comes to their roots.
  void hold_log(Works const& works) {
    if (works.log() == nullptr) {
      if (belief_.signed_up_to != 0) blame("the transparency log is gone, and a head was shown");
      return;
    }
    auto const head = works.log()->head();
    auto const size = head ? head->size : 0;
    if (size < belief_.signed_up_to) {
      blame("the newest head has " + number(size) + " leaves, and one of " + number(belief_.signed_up_to) +
            " was shown");
    }
    for (auto const& [shown, root] : truth_.roots) {
      if (shown > size) return;
      auto const now = works.log()->root_of(shown);
      if (!now) found_.refused = now.error().what;
      if (now && *now != root) blame("the root of " + number(shown) + " leaves is not the one that was signed");
    }
  }

  void go_on(std::unique_ptr<Works> works) {
    works->offer(engine::Tick{});
    auto const turned = works->turn();
    if (!turned) return blame("does not go on: " + turned.error().what);
    auto const end = works->last_seq().number();
    auto const hall = works->hall_digest();
    works.reset();
    auto again = Works::open(directory_, clock_, plant_);
    if (!again) return blame("does not open a second time: " + again.error().what);
    if (auto recovered = (*again)->recover([](auto const&) {}); !recovered) {
      return blame("does not recover a second time: " + recovered.error().what);
    }
    if ((*again)->last_seq().number() != end || (*again)->hall_digest() != hall) {
      blame("is another when it opens a second time");
    }
  }

  std::filesystem::path const& directory_;
  Truth const& truth_;
  Belief const& belief_;
  Plant const& plant_;
  support::ManualClock clock_;
  Found found_;
};

}  // namespace

engine::Result<Truth> learn(std::filesystem::path const& directory, Morning const& morning, Plant const& plant,
                            Tape* tape) {
  Truth truth;
  support::ManualClock clock;
  auto works = Works::open(directory, clock, plant, {tape, &truth}, morning.log, morning.ahead);
  if (!works) return std::unexpected(works.error());
  if (auto recovered = (*works)->recover([](auto const&) {}); !recovered) return std::unexpected(recovered.error());
  if (auto resumed = (*works)->resume(); !resumed) return std::unexpected(resumed.error());
  if (auto lived = live(**works, clock, morning); !lived) return std::unexpected(lived.error());
  (*works)->close_log();
  return truth;
}

Found examine(std::filesystem::path const& directory, Truth const& truth, Belief const& belief, Afterwards afterwards,
              Plant const& plant) {
  return Examination{directory, truth, belief, plant}.run(afterwards);
}

}  // namespace faults
