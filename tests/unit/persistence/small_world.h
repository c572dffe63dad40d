// The vocabulary of this room's tests: a directory that goes away, commands, and a server's disk that can be reopened.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/codec.h"
#include "engine/limits.h"
#include "persistence/recovery.h"

namespace tests {

class Directory {
 public:
  Directory() : path_(std::filesystem::temp_directory_path() / "ebb-persistence-XXXXXX") {
    auto name = path_.string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  Directory(Directory const&) = delete;
  Directory& operator=(Directory const&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string content(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}
inline void overwrite(std::filesystem::path const& path, std::string_view bytes) {
  std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

template <class T>
T good(engine::Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().what;
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
template <class T>
std::string why(engine::Result<T> const& result) {
  return result ? "no failure" : result.error().what;
}

// ---- Commands --------------------------------------------------------------------------------------------------

inline constexpr engine::LotId lot = engine::lot_id(engine::InquiryId{7}, 1);
inline constexpr std::int64_t midnight_ms = 1'700'000'000'000;

inline engine::Sequenced bid(std::uint64_t seq, std::int64_t fen) {
  engine::PlaceBid bid{};
  bid.lot = lot;
  bid.bidder = engine::BidderId{11};
  bid.by = engine::PersonId{12};
  bid.price = engine::Money::fen(fen);
  std::ranges::copy("key-" + std::to_string(seq), bid.key.text.begin());
  return {engine::Seq{seq}, {}, engine::at_millis(midnight_ms + static_cast<std::int64_t>(seq)), {}, {}, bid};
}
inline engine::Sequenced tick(std::uint64_t seq) {
  return {engine::Seq{seq}, {}, engine::at_millis(midnight_ms + static_cast<std::int64_t>(seq)), {}, {},
          engine::Tick{}};
}
inline engine::Sequenced sealed_quote(std::uint64_t seq, std::int64_t fen) {
  auto command = bid(seq, fen);
  command.secret_of = engine::SecretOf{engine::SecretOf::Kind::Lot, lot.number()};
  return command;
}
inline engine::Sequenced new_password(std::uint64_t seq, std::string secret) {
  engine::ModuleCommand command{};
  command.module = 3;
  command.verb = 4;
  command.body = "body";
  command.secret = std::move(secret);
  command.secret_of = engine::PersonId{99};
  return {engine::Seq{seq},
          engine::Seq{seq - 1},
          engine::at_millis(midnight_ms),
          engine::SecretOf{engine::SecretOf::Kind::Person, 99},
          {},
          command};
}
inline std::vector<engine::Sequenced> ticks(std::uint64_t first, std::uint64_t count) {
  std::vector<engine::Sequenced> frame;
  for (auto seq = first; seq < first + count; ++seq) frame.push_back(tick(seq));
  return frame;
}

// All that a command says, as text to compare.
inline std::string said(engine::Sequenced const& command) {
  engine::ByteWriter bytes;
  bytes.put(command.seq).put(command.parent).put(command.at);
  auto const parts = encode(command.command, engine::Privacy::Private);
  bytes.put_text(parts.open).put_text(parts.secret);
  if (command.secret_of) bytes.put(command.secret_of->kind).put(command.secret_of->id);
  return bytes.take();
}
template <class Commands>
std::vector<std::string> said_by_all(Commands const& commands) {
  std::vector<std::string> all;
  for (auto const& command : commands) all.push_back(said(command));
  return all;
}

// ---- A disk ----------------------------------------------------------------------------------------------------

// What this house decides on a frame: any function of it will do.
inline std::string outcomes_of(std::span<engine::Sequenced const> frame) {
  return "decided " + std::to_string(frame.front().seq.number()) + "+" + std::to_string(frame.size());
}

// A journal with its keys and its anchor, which can be closed and recovered.
class Disk {
 public:
  explicit Disk(std::filesystem::path directory, std::size_t segment_bytes = std::size_t{64} << 20)
      : directory_(std::move(directory)), segment_bytes_(segment_bytes) {}

  engine::Result<persistence::Progress> start() {
    if (auto opened = open(); !opened) return std::unexpected(opened.error());
    return recover({});
  }
  engine::Result<void> open() {
    stop();
    auto keys = persistence::KeyStore::open(directory_ / "keys", persistence::Access::ReadWrite);
    if (!keys) return std::unexpected(keys.error());
    keys_ = std::make_unique<persistence::KeyStore>(std::move(*keys));
    auto journal = persistence::Journal::open(
        {.directory = directory_ / "journal", .anchor = directory_ / "ANCHOR", .segment_bytes = segment_bytes_},
        *keys_);
    if (!journal) return std::unexpected(journal.error());
    journal_ = std::move(*journal);
    recovered_.clear();
    outcomes_.clear();
    return {};
  }
  engine::Result<persistence::Progress> recover(std::optional<persistence::SnapshotAbout> const& begun_with) {
    return persistence::recover(
        *journal_,
        [this](std::span<engine::Sequenced const> frame) -> engine::Result<std::string> {
          recovered_.insert(recovered_.end(), frame.begin(), frame.end());
          return decide(frame);
        },
        [this](persistence::Progress const& progress) { progress_.push_back(progress); }, begun_with);
  }
  void stop() {
    journal_.reset();
    keys_.reset();
  }
  engine::Result<void> commit(std::vector<engine::Sequenced> const& frame) {
    auto written = journal_->commit(frame, outcomes_);
    outcomes_ = decide(frame);
    return written;
  }
  void decides_otherwise_at(std::uint64_t seq) { other_at_ = seq; }

  persistence::Journal& journal() { return *journal_; }
  persistence::KeyStore& keys() { return *keys_; }
  std::vector<engine::Sequenced> const& recovered() const { return recovered_; }
  std::vector<persistence::Progress> const& progress() const { return progress_; }
  std::filesystem::path const& directory() const { return directory_; }

 private:
  std::string decide(std::span<engine::Sequenced const> frame) const {
    return frame.front().seq.number() == other_at_ ? "something else" : outcomes_of(frame);
  }

  std::filesystem::path directory_;
  std::size_t segment_bytes_;
  std::unique_ptr<persistence::KeyStore> keys_;
  std::unique_ptr<persistence::Journal> journal_;
  std::vector<engine::Sequenced> recovered_;
  std::vector<persistence::Progress> progress_;
  std::string outcomes_;
  std::uint64_t other_at_ = 0;
};

}  // namespace tests
