// The journal under a load that does not wait for it, and with ten million records inside.
//
//   journal_load_bench [directory] [seconds of each rate]     the directory must be on the disk that is meant; . and 5
//
// Open loop: every command has its moment before the first one is offered; a thread drains whatever is due, at most
// 4,096, into one frame, as the loop of the server does. Its latency counts from its moment to the end of its commit,
// so that a stall counts for everybody whom it kept waiting. Then a journal grows to ten million records, and commits
// to it take turns with commits to an empty one.
#include <algorithm>
#include <chrono>
#include <thread>

#include "bench/hdr_histogram.h"
#include "bench/journal_stand.h"

namespace bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::size_t frame_commands_max = 4'096;
persistence::JournalOptions filled() {
  persistence::JournalOptions options;
  options.filling.ahead_bytes = std::size_t{16} << 20;
  return options;
}

// Commits frames of bids with seqs that go on.
class Writer {
 public:
  Writer(fs::path const& parent, std::string const& name, persistence::JournalOptions options)
      : open_(parent, name, std::move(options)), outcomes_(frame_commands_max * 120, 'o') {
    for (std::uint64_t i = 0; i < frame_commands_max; ++i) commands_.push_back(bid(i + 1));
  }
  void commit(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) commands_[i].seq = engine::Seq{next_ + i};
    good(open_.journal().commit(std::span{commands_}.first(count),
                                std::string_view{outcomes_}.substr(0, before_ * 120)));
    next_ += count;
    before_ = count;
  }

 private:
  OpenJournal open_;
  std::vector<engine::Sequenced> commands_;
  std::string const outcomes_;
  std::uint64_t next_ = 1;
  std::size_t before_ = 0;  // commands of the frame before
};

void open_loop(fs::path const& parent, std::uint64_t rate, std::chrono::seconds span) {
  Writer writer{parent, "open", filled()};
  HdrHistogram latency{60'000'000'000};
  std::uint64_t const all = rate * static_cast<std::uint64_t>(span.count());
  auto const begun = Steady::now();
  auto const moment = [&](std::uint64_t number) {
    return begun + std::chrono::nanoseconds{static_cast<std::int64_t>(number * 1'000'000'000 / rate)};
  };
  std::uint64_t frames = 0;
  for (std::uint64_t done = 0; done < all; ++frames) {
    std::this_thread::sleep_until(moment(done));
    auto const now = Steady::now();
    auto due = done;
    while (due < all && due - done < frame_commands_max && moment(due) <= now) ++due;
    writer.commit(due - done);
    auto const durable = Steady::now();
    for (; done < due; ++done) latency.record((durable - moment(done)).count());
  }
  auto const ms = [&](double percent) { return static_cast<double>(latency.percentile(percent)) / 1e6; };
  fmt::print("{:>9} {:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f} {:>11.1f}\n", rate, ms(50), ms(99), ms(99.9), ms(100),
             static_cast<double>(all) / static_cast<double>(frames));
}

double median_us(std::vector<double>& spans) {
  std::ranges::sort(spans);
  return spans[spans.size() / 2];
}

void ten_million_inside(fs::path const& parent) {
  constexpr std::uint64_t inside = 10'000'000;
  constexpr int turns = 300;
  Writer full{parent, "full", filled()};
  for (std::uint64_t written = 0; written < inside; written += frame_commands_max) full.commit(frame_commands_max);
  Writer fresh{parent, "fresh", filled()};
  for (std::size_t const batch : {std::size_t{1}, std::size_t{64}, std::size_t{512}, std::size_t{4'096}}) {
    std::vector<double> of_full, of_fresh;
    for (int turn = 0; turn < turns; ++turn) {
      for (auto [writer, spans] : {std::pair{&full, &of_full}, std::pair{&fresh, &of_fresh}}) {
        auto const before = Steady::now();
        writer->commit(batch);
        spans->push_back(std::chrono::duration<double, std::micro>(Steady::now() - before).count());
      }
    }
    auto const a = median_us(of_full), b = median_us(of_fresh);
    fmt::print("{:>9} {:>9.1f} {:>9.1f} {:>9.2f}\n", batch, a, b, a / b);
  }
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
  std::filesystem::path const parent = count > 1 ? arguments[1] : ".";
  std::chrono::seconds const span{count > 2 ? std::atoi(arguments[2]) : 5};
  fmt::print("{:>9} {:>9} {:>9} {:>9} {:>9} {:>11}\n", "offered/s", "p50 ms", "p99 ms", "p99.9 ms", "worst ms",
             "a frame");
  for (std::uint64_t const rate : {1'000U, 10'000U, 100'000U, 500'000U, 1'000'000U})
    bench::open_loop(parent, rate, span);
  fmt::print("\n{:>9} {:>9} {:>9} {:>9}\n", "batch", "10 M us", "empty us", "ratio");
  bench::ten_million_inside(parent);
  return 0;
}
