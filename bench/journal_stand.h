// What the benchmarks of the journal share: a directory that goes away, a bid, a journal that takes commits.
//
// Thread:  one. Failure: said on standard error, and the program ends with 1.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "persistence/files.h"
#include "persistence/journal.h"
#include "persistence/recovery.h"

namespace bench {

namespace fs = std::filesystem;

template <class T>
T good(engine::Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().what);
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A directory for one benchmark, gone afterwards.
class Place {
 public:
  Place(fs::path const& parent, std::string const& name) : path_(parent / ("journal-bench-" + name)) {
    fs::remove_all(path_);
    good(persistence::make_directory(path_));
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() { fs::remove_all(path_); }
  fs::path const& path() const { return path_; }

 private:
  fs::path path_;
};

inline engine::Sequenced bid(std::uint64_t seq) {
  engine::PlaceBid bid{};
  bid.lot = engine::lot_id(engine::InquiryId{1 + seq % 100}, 1);
  bid.bidder = engine::BidderId{1 + seq % 17};
  bid.price = engine::Money::fen(static_cast<std::int64_t>(10'000'000 - seq % 9'999'999));
  std::ranges::copy("0190f5c6-7e1d-7c3a-9b43-" + std::to_string(100'000'000'000 + seq), bid.key.text.begin());
  return {engine::Seq{seq}, {}, engine::at_millis(1'700'000'000'000 + static_cast<std::int64_t>(seq)), {}, {}, bid};
}

// A journal in a place of its own.
class OpenJournal {
 public:
  OpenJournal(fs::path const& parent, std::string const& name, persistence::JournalOptions options)
      : place_(parent, name),
        keys_(good(persistence::KeyStore::open(place_.path() / "keys", persistence::Access::ReadWrite))) {
    options.directory = place_.path() / "journal";
    options.anchor = place_.path() / "ANCHOR";
    journal_ = good(persistence::Journal::open(std::move(options), keys_));
    good(persistence::recover(*journal_, [](auto) -> engine::Result<std::string> { return ""; }, [](auto const&) {}));
  }
  persistence::Journal& journal() { return *journal_; }

 private:
  Place const place_;
  persistence::KeyStore keys_;
  std::unique_ptr<persistence::Journal> journal_;
};

}  // namespace bench
