// How fast does a server come back? Makes a journal of so many bids with the real engine, then reads it again in
// stages, each with all that the stage before does: checksums alone, the whole walk, the records decoded, all of it
// applied. Then snapshots of the hall are made as a server makes them, and the journal is read from the last one on.
//
// Told in processor time, because a shared machine says little else, and in wall time beside it.
//
//   recovery_bench [directory] [commands] [tail]
//
// The directory must be on the disk that is meant; default . and 1,000,000. The tail is what the last snapshot leaves
// to be replayed, and what a new one adds to the one before; default a tenth.
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/codec.h"
#include "engine/hall.h"
#include "engine/loop.h"
#include "persistence/checkpointer.h"
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
class Deciding final : public persistence::Fold {
 public:
  bool load(std::string_view, std::string_view piece) override { return hall.load(piece); }
  bool is_whole() const override { return hall.is_loaded(); }
  void apply(std::span<Sequenced const> frame, ByteWriter& outcomes) override {
    events_.clear();
    for (std::size_t at = 0; at < frame.size(); ++at) {
      if (at % Hall::prefetched_at_once == 0) hall.prefetch(frame.subspan(at));
      hall.apply(frame[at], events_);
    }
    for (auto const& event : events_) encode(event, outcomes);
  }
  std::uint64_t state() const override { return hall.digest(); }
  void save(TakePiece const& take) const override {
    hall.save([&](std::string_view piece) { take(persistence::hall_section, piece); });
  }

  Hall hall;

 private:
  Events events_;
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
  fs::path snapshots() const { return path_ / "snapshots"; }
  std::unique_ptr<persistence::Tables> tables() const { return good(persistence::Tables::open(path_ / "tables")); }
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

enum class From : std::uint8_t { TheFirstFrame, TheSnapshot };
void recover(Place const& place, persistence::KeyStore& keys, From from) {
  StandingClock clock;
  Inbox inbox(clock, 1);
  Hall hall;
  Nobody participants;
  Nowhere outlet;
  auto const journal = place.journal(keys);
  Loop loop(inbox, *journal, hall, participants, outlet);
  std::optional<persistence::SnapshotAbout> begun_with;
  if (from == From::TheSnapshot) {
    auto const tables = place.tables();
    auto const frames = journal->frames();
    begun_with = persistence::load_newest_snapshot(
        {place.snapshots(), *keys.snapshot_key(), *frames, tables->applied()},
        {[&](auto, auto piece) { return hall.load(piece); }, [&] { return hall.is_loaded(); }, [&] { hall = Hall{}; }},
        [](std::string const& line) { fmt::print("{}\n", line); });
    if (begun_with) loop.continue_after(begun_with->seq);
  }
  auto const replayed = good(
      persistence::recover(*journal, [&](auto frame) { return loop.replay(frame); }, [](auto const&) {}, begun_with));
  fmt::print("replayed {} commands; hall {:016x}\n", replayed.commands, hall.digest());
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
  timed("recover: all, applied", commands, [&] { recover(place, keys, From::TheFirstFrame); });
}

// One behind the other, each growing from the one before.
void make_snapshots(Place const& place, std::uint64_t commands, std::uint64_t tail) {
  auto keys = place.keys();
  auto const journal = place.journal(keys);
  auto const tables = place.tables();
  persistence::CheckpointOptions options;
  options.directory = place.snapshots();
  options.at_stop_from = 1;
  auto const told = [](persistence::Checkpointed const& made) {
    fmt::print("snapshot of seq {}: {} commands replayed for it, {:.1f} MB, {:.2f} s\n", made.seq.number(),
               made.commands, static_cast<double>(made.bytes) * 1e-6, std::chrono::duration<double>(made.took).count());
  };
  auto const failed = [](Failure const& why) { fmt::print("no snapshot: {}\n", why.what); };
  persistence::Checkpointer checkpointer{
      options, *journal, keys, *tables, [] { return std::make_unique<Deciding>(); }, {told, failed}};
  for (auto const up_to : {commands - 2 * tail, commands - tail}) {
    good(tables->commit(Seq{up_to}));
    timed("make a snapshot", commands, [&] { checkpointer.finish(); });
  }
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
  std::uint64_t const tail = count > 3 ? std::stoull(arguments[3]) : commands / 10;
  read_again(place, commands);
  make_snapshots(place, commands, tail);
  timed("recover: snapshot and its tail", commands, [&] {
    auto keys = place.keys();
    recover(place, keys, From::TheSnapshot);
  });
  return 0;
}
