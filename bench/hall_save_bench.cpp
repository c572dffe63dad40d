// How long does it take to save a hall and to load it, and how does that compare with deciding its commands again?
//
// One thread, memory alone: what a snapshot costs beside its cipher and its file, and what a replay costs beside its
// file, its checksums and its hashes. A command is decoded from its bytes, decided, and its events made bytes, as the
// loop does in a replay. Lots have twenty bidders; bids are spread evenly over all of them, one of ten is refused.
// Everything runs in rounds, one after the other in each; told are the medians, in processor time.
//
//   hall_save_bench [--rounds N] [--lots N] [--bids N]
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/codec.h"
#include "engine/hall.h"

namespace {

using namespace engine;

constexpr Instant start = at_millis(1'800'000'000'000);
constexpr std::uint64_t bidders = 20;
constexpr std::int64_t ceiling_fen = 100'000'000;

struct Options {
  std::size_t rounds = 5;
  std::size_t lots = 10'000;
  std::size_t bids = 2'000'000;
};

double seconds_now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

OpenLot opening(std::uint64_t lot) {
  OpenLot open;
  open.lot = lot_id(InquiryId{lot}, 1);
  open.rules.ceiling = Money::fen(ceiling_fen);
  open.rules.decrement = Money::fen(100);
  open.rules.slip_below = BasisPoints{1};
  open.rules.duration = open.rules.hard_cap = std::chrono::hours{24};
  open.opens_at = start;
  for (std::uint64_t i = 1; i <= bidders; ++i) open.admitted.push_back({BidderId{i}, {}});
  return open;
}

// As a journal has them: the bytes of all commands, one behind the other.
class Commands {
 public:
  explicit Commands(Options const& options) : lots_(options.lots) {
    std::mt19937_64 random(42);
    for (std::uint64_t lot = 1; lot <= lots_; ++lot) add(opening(lot));
    std::vector<std::int64_t> last(lots_ * bidders, ceiling_fen - 100'000);
    for (std::size_t i = 0; i < options.bids; ++i) {
      auto const place = random() % last.size();
      if (random() % 10 != 0) last[place] -= 100 + static_cast<std::int64_t>(random() % 400);
      PlaceBid bid{.lot = lot_id(InquiryId{place / bidders + 1}, 1),
                   .bidder = BidderId{place % bidders + 1},
                   .by = PersonId{1},
                   .price = Money::fen(last[place]),
                   .key = {}};
      fmt::format_to_n(bid.key.text.begin(), bid.key.text.size(), "{:016x}-{:08x}-{:010x}", random(), i, i);
      add(bid);
    }
  }

  void decide_all(Hall& hall, std::uint64_t& outcome_bytes) const {
    Events events;
    ByteWriter outcomes;
    std::vector<Sequenced> turn;
    std::size_t from = 0;
    for (std::size_t at = 0; at < ends_.size(); ++at) {
      auto command = decode_command(std::string_view(bytes_).substr(from, ends_[at] - from), {});
      from = ends_[at];
      auto const time = start + Duration{at < lots_ ? 0 : 1};
      turn.push_back({Seq{at + 1}, Seq{}, time, std::nullopt, {}, std::move(*command)});
      if (turn.size() < Hall::prefetched_at_once && at + 1 < ends_.size()) continue;
      hall.prefetch(turn);
      for (auto const& sequenced : turn) hall.apply(sequenced, events);
      for (auto const& event : events) encode(event, outcomes);
      outcome_bytes += outcomes.size();
      outcomes.clear();
      events.clear();
      turn.clear();
    }
  }

 private:
  void add(Command const& command) {
    bytes_ += encode(command, Privacy::Open).open;
    ends_.push_back(bytes_.size());
  }

  std::size_t lots_;
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

class Times {
 public:
  template <class Work>
  void take(std::string const& lane, Work const& work) {
    auto const from = seconds_now();
    work();
    lanes_[lane].push_back(seconds_now() - from);
  }
  double median(std::string const& lane) {
    auto& times = lanes_[lane];
    std::ranges::sort(times);
    return times[times.size() / 2];
  }
  double best(std::string const& lane) const { return std::ranges::min(lanes_.at(lane)); }

 private:
  std::map<std::string, std::vector<double>> lanes_;
};

struct Outcome {
  std::uint64_t digest = 0;
  std::size_t bytes = 0;
};

Outcome round(Commands const& commands, Times& times) {
  std::uint64_t outcome_bytes = 0;
  Hall hall;
  times.take("replay", [&] { commands.decide_all(hall, outcome_bytes); });
  Outcome outcome;
  times.take("save", [&] { hall.save([&](std::string_view piece) { outcome.bytes += piece.size(); }); });
  times.take("digest", [&] { outcome.digest = hall.digest(); });
  std::vector<std::string> pieces;
  hall.save([&](std::string_view piece) { pieces.emplace_back(piece); });
  hall = Hall{};
  Hall again;
  auto is_good = true;
  times.take("load", [&] {
    for (auto const& piece : pieces) is_good = is_good && again.load(piece);
  });
  if (!is_good || !again.is_loaded() || again.digest() != outcome.digest) {
    fmt::print(stderr, "what was loaded is not what was saved\n");
    std::exit(1);
  }
  return outcome;
}

Options options_of(std::span<char*> arguments) {
  Options options;
  for (std::size_t at = 1; at + 1 < arguments.size(); at += 2) {
    std::string_view const name = arguments[at];
    std::size_t const value = std::stoul(arguments[at + 1]);
    if (name == "--rounds") options.rounds = value;
    if (name == "--lots") options.lots = value;
    if (name == "--bids") options.bids = value;
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  auto const options = options_of({argv, static_cast<std::size_t>(argc)});
  Commands const commands(options);
  Times times;
  Outcome outcome;
  for (std::size_t each = 0; each < options.rounds; ++each) outcome = round(commands, times);
  fmt::print("{} lots, {} bids: {:.1f} MB saved, outcome {:016x}\n", options.lots, options.bids,
             static_cast<double>(outcome.bytes) * 1e-6, outcome.digest);
  auto const replay = times.median("replay");
  for (auto const* const lane : {"replay", "save", "load", "digest"}) {
    auto const seconds = times.median(lane);
    fmt::print("{:8} {:8.0f} ms (best {:.0f})  {:6.2f} M attempts/s  {:7.0f} MB/s  {:6.1f} x replay\n", lane,
               seconds * 1e3, times.best(lane) * 1e3, static_cast<double>(options.bids) / seconds * 1e-6,
               static_cast<double>(outcome.bytes) / seconds * 1e-6, replay / seconds);
  }
  return 0;
}
