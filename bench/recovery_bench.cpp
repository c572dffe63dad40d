// How fast does a server come back? Makes a journal of so many bids with the real engine, then reads it again in
// stages, each with all that the stage before does: checksums alone, the whole walk, the records decoded, all of it
// applied.
//
// Told in processor time, because a shared machine says little else, and in wall time beside it.
//
//   recovery_bench [directory] [commands]     the directory must be on the disk that is meant; default . and 1,000,000
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/codec.h"
#include "engine/hall.h"
#include "engine/loop.h"
#include "persistence/crc32c.h"
#include "persistence/recovery.h"

namespace {

namespace fs = std::filesystem;
using namespace engine;
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t lots = 1'000;
constexpr std::uint64_t bidders = 20;
constexpr std::size_t commands_a_frame = 256;
constexpr Instant start = at_millis(1'800'000'000'000);

template <class T>
T good(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

class StandingClock final : public Clock {
 public:
  Instant now() override { return start; }
};
class Nobody final : public Participants {
 public:
  void decide(Sequenced const&, Events&) override {}
  void hear(Sequenced const&, Event const&) override {}
  std::vector<FollowUp> take_follow_ups() override { return {}; }
  void settle(Seq) override {}
  std::vector<FollowUp> pending() const override { return {}; }
  Result<void> commit(Seq applied) override { return applied_ = applied, Result<void>{}; }
  Seq applied() const override { return applied_; }

 private:
  Seq applied_;
};
class Nowhere final : public Outlet {
 public:
  void publish(std::unique_ptr<Turn const>) override {}
};

Command opening(std::uint64_t lot, std::uint64_t commands) {
  OpenLot open;
  open.lot = lot_id(InquiryId{lot}, 1);
  open.rules.ceiling = Money::fen(10'000'000'000);
  open.rules.decrement = Money::fen(100);
  open.rules.slip_below = BasisPoints{1};
  open.rules.duration = open.rules.hard_cap = std::chrono::hours{24};
  open.rules.attempts_max = static_cast<std::uint32_t>(commands / lots / bidders + 2);
  open.opens_at = start;
  for (std::uint64_t i = 1; i <= bidders; ++i) open.admitted.push_back({BidderId{i}, {}});
  return open;
}
Command bid(std::uint64_t number) {
  PlaceBid bid{.lot = lot_id(InquiryId{1 + number % lots}, 1),
               .bidder = BidderId{1 + number / lots % bidders},
               .by = PersonId{1},
               .price = Money::fen(9'999'000'000 - 100 * static_cast<std::int64_t>(number / lots)),
               .key = {}};
  fmt::format_to_n(bid.key.text.begin(), bid.key.text.size(), "{:016x}-recovery", number * 0x9e3779b97f4a7c15);
  return bid;
}

// Every command decided by the Hall, as the loop does, so that the digests in the frames are those of a replay.
void make(persistence::Journal& journal, std::uint64_t commands) {
  Hall hall;
  Events events;
  ByteWriter outcomes;
  std::vector<Sequenced> frame;
  auto const commit = [&] {
    good(journal.commit(frame, outcomes.view()));
    outcomes.clear();
    events.clear();
    for (auto const& command : frame) hall.apply(command, events);
    for (auto const& event : events) encode(event, outcomes);
    frame.clear();
  };
  for (std::uint64_t seq = 1; seq <= commands; ++seq) {
    auto command = seq <= lots ? opening(seq, commands) : bid(seq - lots - 1);
    frame.push_back({Seq{seq}, {}, start + Duration{seq > lots ? 1 : 0}, {}, {}, std::move(command)});
    if (frame.size() == commands_a_frame || seq == commands) commit();
  }
}

class Place {
 public:
  explicit Place(fs::path const& parent) : path_(parent / "recovery-bench") {
    fs::remove_all(path_);
    good(persistence::make_directory(path_));
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() { fs::remove_all(path_); }

  fs::path directory() const { return path_ / "journal"; }
  persistence::KeyStore keys() const {
    return good(persistence::KeyStore::open(path_ / "keys", persistence::Access::ReadWrite));
  }
  std::unique_ptr<persistence::Journal> journal(persistence::KeyStore& keys) const {
    return good(persistence::Journal::open({.directory = path_ / "journal", .anchor = path_ / "ANCHOR"}, keys));
  }

 private:
  fs::path path_;
};

void timed(std::string_view what, std::uint64_t commands, std::function<void()> const& work) {
  auto const wall = Steady::now();
  auto const processor = processor_seconds();
  work();
  auto const spent = processor_seconds() - processor;
  auto const took = std::chrono::duration<double>(Steady::now() - wall).count();
  fmt::print("{:<34} {:8.2f} s processor  {:8.2f} s wall  {:7.2f} M commands a processor second\n", what, spent, took,
             static_cast<double>(commands) / spent * 1e-6);
  std::fflush(stdout);
}

void read_again(Place const& place, std::uint64_t commands) {
  auto keys = place.keys();
  auto const walked_by = [&](persistence::VisitFrame const& visit) {
    auto const journal = place.journal(keys);
    persistence::Walked walked;
    good(journal->read(walked, visit));
  };
  timed("checksums alone", commands, [&] {
    auto const segments =
        good(persistence::Segments::open(place.directory(), persistence::Access::ReadOnly, std::size_t{8} << 30));
    std::uint32_t sum = 0;
    for (std::uint32_t number = 1; number <= segments.last(); ++number) {
      good(segments.read(number, [&](std::uint64_t, std::string_view frame) -> Result<void> {
        sum ^= persistence::crc32c(frame);
        return {};
      }));
    }
    if (sum == 0) fmt::print("a sum of nothing\n");
  });
  timed("walk: checksums, chain, order", commands, [&] { walked_by([](auto const&) -> Result<void> { return {}; }); });
  timed("walk and decode", commands, [&] {
    walked_by([&](persistence::WalkedFrame const& frame) -> Result<void> {
      good(persistence::decode_records(frame.header, frame.bytes, keys));
      return {};
    });
  });
  timed("recover: all, applied", commands, [&] {
    StandingClock clock;
    Inbox inbox(clock, 1);
    Hall hall;
    Nobody participants;
    Nowhere outlet;
    auto const journal = place.journal(keys);
    Loop loop(inbox, *journal, hall, participants, outlet);
    good(persistence::recover(*journal, [&](auto frame) { return loop.replay(frame); }, [](auto const&) {}));
  });
}

}  // namespace

int main(int count, char** arguments) {
  Place const place{count > 1 ? arguments[1] : "."};
  std::uint64_t const commands = count > 2 ? std::stoull(arguments[2]) : 1'000'000;
  timed("make the journal", commands, [&] {
    auto keys = place.keys();
    auto const journal = place.journal(keys);
    good(persistence::recover(*journal, [](auto) -> Result<std::string> { return ""; }, [](auto const&) {}));
    make(*journal, commands);
  });
  read_again(place, commands);
  return 0;
}
