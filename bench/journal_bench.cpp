// The durable journal beside what it stands on: the disk's own floor (append 4 KiB, fdatasync) and raw LMDB frames of
// the same bytes. All ways take turns, commit by commit, on one disk, because no figure of a disk means anything alone,
// and a neighbour's noise then falls on all of them.
//
//   journal_bench [directory] [turns]       the directory must be on the disk that is meant; default . and 400
//
// The journal is measured without the leaves of the transparency log, with its file filled ahead and without, then with
// them, and with them without the thread that hashes beside the disk. Behind it, in processor time: what the leaf of a
// bid and its place in the tree cost.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "bench/journal_stand.h"
#include "persistence/tree_store.h"

namespace bench {
namespace {

using Nanos = std::chrono::nanoseconds;
constexpr std::size_t aside_never = std::numeric_limits<std::size_t>::max();

// ---- Ways to be durable: each writes one batch a turn ------------------------------------------------------------

class Way {
 public:
  virtual ~Way() = default;
  virtual void write() = 0;
};

class Floor final : public Way {
 public:
  explicit Floor(fs::path const& parent)
      : place_(parent, "floor"), file_(good(persistence::File::open(place_.path() / "data", O_CREAT | O_RDWR))) {}
  void write() override {
    good(file_.write_at(offset_, page_));
    if (::fdatasync(file_.descriptor()) != 0) std::abort();
    offset_ += page_.size();
  }

 private:
  Place const place_;
  persistence::File file_;
  std::string const page_ = std::string(4'096, 'p');
  std::uint64_t offset_ = 0;
};

// The same bytes through the same environment, and nothing else: no encoding, checksum, chain or anchor. The file may
// be filled with zeros before, up to `filled_bytes`.
class RawFrames final : public Way {
 public:
  RawFrames(fs::path const& parent, std::string const& name, std::uint64_t batch, std::size_t frame_bytes,
            std::size_t filled_bytes)
      : place_(parent, name),
        environment_(good(persistence::Environment::open(
            place_.path(), {.map_bytes = std::size_t{8} << 30, .order = persistence::KeyOrder::Numbers}))),
        batch_(batch),
        value_(frame_bytes, 'v') {
    auto file = good(persistence::File::open(place_.path() / "data.mdb", O_WRONLY));
    std::string const zeros(std::size_t{1} << 20, '\0');
    for (auto at = environment_.used_bytes(); at < filled_bytes; at += zeros.size()) good(file.write_at(at, zeros));
    good(file.sync());
  }
  void write() override {
    auto transaction = good(environment_.write());
    good(transaction.append(seq_, {value_}));
    good(transaction.commit());
    seq_ += batch_;
  }

 private:
  Place const place_;
  persistence::Environment environment_;
  std::uint64_t const batch_;
  std::string const value_;
  std::uint64_t seq_ = 1;
};

class Commits final : public Way {
 public:
  Commits(fs::path const& parent, std::string const& name, std::uint64_t batch, persistence::JournalOptions options)
      : open_(parent, name, std::move(options)), outcomes_(batch * 120, 'o') {
    for (std::uint64_t i = 1; i <= batch; ++i) frame_.push_back(bid(i));
    open_.journal().measure([this](persistence::Measured const& of) { frame_bytes_ = of.bytes; });
  }
  void write() override {
    good(open_.journal().commit(frame_, decided_));
    decided_ = outcomes_;
    for (auto& command : frame_) command.seq = engine::Seq{command.seq.number() + frame_.size()};
  }
  std::size_t frame_bytes() const { return frame_bytes_; }

 private:
  OpenJournal open_;
  std::vector<engine::Sequenced> frame_;
  std::string const outcomes_;
  std::string_view decided_;  // nothing before the first commit
  std::size_t frame_bytes_ = 0;
};

// ---- Measuring ---------------------------------------------------------------------------------------------------

struct Figure {
  double p50_us = 0;
  double p99_us = 0;
};
class Spans {
 public:
  void time(Way& way) {
    auto const begun = std::chrono::steady_clock::now();
    way.write();
    nanos_.push_back(std::chrono::duration_cast<Nanos>(std::chrono::steady_clock::now() - begun).count());
  }
  Figure figure() {
    std::ranges::sort(nanos_);
    auto at = [&](std::size_t percent) { return static_cast<double>(nanos_[nanos_.size() * percent / 100]) * 1e-3; };
    return {at(50), at(99)};
  }

 private:
  std::vector<std::int64_t> nanos_;
};

struct Row {
  std::string_view name;
  std::unique_ptr<Way> way;
  Spans spans;
};

void measure(fs::path const& parent, std::uint64_t batch, int turns) {
  struct How {
    bool gives_leaves = false;
    std::size_t fill_ahead_bytes = std::size_t{16} << 20;
    std::size_t aside_from_bytes = persistence::JournalOptions{}.aside_from_bytes;
  };
  auto commits = [&](std::string const& name, How how) {
    persistence::JournalOptions options;
    options.gives_leaves = how.gives_leaves;
    options.filling.ahead_bytes = how.fill_ahead_bytes;
    options.aside_from_bytes = how.aside_from_bytes;
    auto way = std::make_unique<Commits>(parent, name, batch, std::move(options));
    way->write();
    return way;
  };
  auto journal = commits("journal", {});
  auto const frame_bytes = journal->frame_bytes();
  auto const all_bytes = (frame_bytes + (std::size_t{64} << 10)) * static_cast<std::size_t>(turns + 1);
  std::vector<Row> rows;
  rows.push_back({"floor", std::make_unique<Floor>(parent), {}});
  rows.push_back({"raw frames", std::make_unique<RawFrames>(parent, "raw", batch, frame_bytes, 0), {}});
  rows.push_back(
      {"raw frames, filled", std::make_unique<RawFrames>(parent, "filled", batch, frame_bytes, all_bytes), {}});
  rows.push_back({"journal", std::move(journal), {}});
  rows.push_back({"journal, not filled", commits("bare", {.fill_ahead_bytes = 0}), {}});
  rows.push_back({"with leaves", commits("leaves", {.gives_leaves = true}), {}});
  rows.push_back(
      {"with leaves, one thread", commits("alone", {.gives_leaves = true, .aside_from_bytes = aside_never}), {}});
  for (int turn = 0; turn < turns; ++turn) {
    for (auto& row : rows) row.spans.time(*row.way);
  }
  auto const floor = rows[0].spans.figure();
  auto const raw = rows[1].spans.figure();
  for (auto& row : rows) {
    auto const [p50, p99] = row.spans.figure();
    fmt::print("{:>6} {:<24} {:>9.1f} {:>9.1f} {:>8.2f} {:>8.2f} {:>12.0f}\n", batch, row.name, p50, p99,
               p50 / floor.p50_us, raw.p50_us / p50, static_cast<double>(batch) * 1e6 / p50);
  }
}

double processor_ns() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

// What a bid costs the log: its leaf, computed in the commit, and its place in the tree, on the tree's own thread.
void measure_log(fs::path const& parent) {
  constexpr std::size_t leaves = 4'096;
  constexpr int times = 50;
  Place const place{parent, "tree"};
  auto keys = good(persistence::KeyStore::open(place.path() / "keys", persistence::Access::ReadWrite));
  std::vector<engine::Sequenced> frame;
  for (std::uint64_t i = 1; i <= leaves; ++i) frame.push_back(bid(i));
  engine::ByteWriter records;
  good(persistence::encode_records(frame, keys, records));
  persistence::LogSalts const salts{*keys.log_key()};
  std::vector<persistence::Leaf> found;
  auto const begun = processor_ns();
  for (int i = 0; i < times; ++i) persistence::find_leaves(records.view(), salts, found);
  auto const hashed = processor_ns();

  auto store = good(persistence::TreeStore::open(place.path() / "tree", persistence::Access::ReadWrite));
  auto const opened = processor_ns();
  for (int i = 0; i < times; ++i) {
    for (auto const& leaf : found) store.append(leaf);
  }
  auto const appended = processor_ns();
  good(store.commit({store.size(), found.back()}, std::nullopt));
  auto const committed = processor_ns();
  fmt::print(
      "\nprocessor time a bid of {} bytes: its leaf {:.0f} ns, its place in the tree {:.0f} ns, kept {:.0f} ns\n",
      records.size() / leaves, (hashed - begun) / (leaves * times), (appended - opened) / (leaves * times),
      (committed - appended) / (leaves * times));
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
  std::filesystem::path const parent = count > 1 ? arguments[1] : ".";
  int const turns = count > 2 ? std::atoi(arguments[2]) : 400;
  fmt::print("{:>6} {:<24} {:>9} {:>9} {:>8} {:>8} {:>12}\n", "batch", "way", "p50 us", "p99 us", "x floor", "of raw",
             "records/s");
  for (std::uint64_t const batch : {1U, 8U, 64U, 512U, 4'096U}) bench::measure(parent, batch, turns);
  bench::measure_log(parent);
  return 0;
}
