// Does the state machine keep its promises whatever happens? Bytes become a day of auctions (day.h), the hall decides
// it, and at its end the journal is decided again from its encoded bytes: equal journals, equal digests and events.
//
// A restart in the middle of the day is the same question at another time. After the last step the clock runs on, so
// that every stage a lot can reach by time alone is reached.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/hall.h"
#include "tests/fuzz/day.h"
#include "tests/fuzz/watch.h"

namespace fuzz {
namespace {

using namespace engine;

constexpr Instant morning = at_millis(1'767'225'600'000);
constexpr std::size_t steps_most = 400;
constexpr std::size_t evening_ticks = 300;
constexpr int restarts_most = 3;

struct Record {
  Instant at;
  CommandBytes bytes;
};

class Room {
 public:
  void run(Day day) {
    for (std::size_t i = 0; i < steps_most; ++i) {
      auto happening = day.next(watch_, now_, hall_.next_due());
      if (!happening) break;
      now_ += happening->wait;
      if (std::holds_alternative<Restart>(happening->what)) {
        if (restarts_++ < restarts_most) restart();
      } else {
        decide(std::get<Command>(std::move(happening->what)));
      }
    }
    for (std::size_t i = 0; i < evening_ticks && hall_.next_due() != never; ++i) {
      now_ = hall_.next_due();
      decide(Tick{});
    }
    restart();
  }

 private:
  void decide(Command command) {
    journal_.push_back({now_, encode(command, privacy_of(command))});
    Sequenced const next{Seq{journal_.size()}, Seq{}, now_, std::nullopt, Ticket{}, std::move(command)};
    Events events;
    hall_.apply(next, events);
    for (auto const& event : events) encode(event, outcomes_);
    watch_.saw(next, events, hall_.now(), hall_.next_due());
  }

  Privacy privacy_of(Command const& command) const {
    auto const* bid = std::get_if<PlaceBid>(&command);
    return bid == nullptr || hall_.hides_bids(bid->lot).value_or(true) ? Privacy::Private : Privacy::Open;
  }

  void restart() {
    Hall again;
    Events events;
    for (std::size_t i = 0; i < journal_.size(); ++i) {
      auto const& [at, bytes] = journal_[i];
      auto command = decode_command(bytes.open, bytes.secret);
      CHECK(command.has_value());
      again.apply({Seq{i + 1}, Seq{}, at, std::nullopt, Ticket{}, std::move(*command)}, events);
    }
    CHECK(again.digest() == hall_.digest());
    CHECK(again.now() == hall_.now() && again.next_due() == hall_.next_due());
    ByteWriter outcomes;
    for (auto const& event : events) encode(event, outcomes);
    CHECK(outcomes.view() == outcomes_.view());
    hall_ = std::move(again);
  }

  Hall hall_;
  Watch watch_;
  Instant now_ = morning;
  std::vector<Record> journal_;
  ByteWriter outcomes_;
  int restarts_ = 0;
};

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::Room{}.run(fuzz::Day{{reinterpret_cast<char const*>(data), size}});
  return 0;
}
