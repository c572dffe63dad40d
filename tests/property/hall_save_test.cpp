// A hall that was saved and loaded at any moment goes on as the one it was saved from: every event byte by byte, every
// due time, the digest, and what it saves later; for every format and whatever the rules.
//
// EBB_SEED=<n> runs that seed alone; EBB_ROUNDS=<n> runs more of them for each format (default below).
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/hall.h"
#include "tests/support/difference.h"
#include "tests/support/generator.h"

namespace {

using namespace engine;

constexpr std::uint64_t rounds_default = 25;
constexpr int commands_a_round = 400;

std::uint64_t from_environment(char const* name, std::uint64_t otherwise) {
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

using Pieces = std::vector<std::string>;

Pieces saved(Hall const& hall) {
  Pieces pieces;
  hall.save([&](std::string_view piece) { pieces.emplace_back(piece); });
  return pieces;
}

Hall loaded(Pieces const& pieces) {
  Hall hall;
  for (auto const& piece : pieces) EXPECT_TRUE(hall.load(piece));
  EXPECT_TRUE(hall.is_loaded());
  return hall;
}

std::vector<std::string> bytes_of(Events const& events) {
  std::vector<std::string> bytes;
  for (auto const& event : events) bytes.push_back(support::bytes_of(event));
  return bytes;
}

void expect_same(Hall const& one, Hall const& other) {
  EXPECT_EQ(one.digest(), other.digest());
  EXPECT_EQ(one.now(), other.now());
  EXPECT_EQ(one.next_due(), other.next_due());
  EXPECT_TRUE(saved(one) == saved(other));
}

// Bytes that save() did not give, or gave of another hall: the former are refused, and the latter is a hall that lives.
void harm(Pieces pieces, std::mt19937_64& random, std::uint64_t next_seq) {
  auto const which = static_cast<std::size_t>(random() % pieces.size());
  auto& piece = pieces[which];
  auto const at = random() % piece.size();
  piece[at] =
      static_cast<char>(random() % 2 == 0 ? random() : static_cast<unsigned char>(piece[at]) ^ (1u << random() % 8));
  SCOPED_TRACE("piece " + std::to_string(which) + ", byte " + std::to_string(at));
  Hall hall;
  for (auto const& each : pieces) {
    if (!hall.load(each)) return;
  }
  if (!hall.is_loaded()) return;
  EXPECT_TRUE(saved(hall) == pieces);
  if (which == 0) return;  // another time or place in the journal, and nothing else
  support::Generator generator(random());
  for (int i = 0; i < 60; ++i) {
    auto command = generator.next(hall.now(), hall.next_due());
    command.seq = Seq{next_seq++};
    Events events;
    hall.apply(command, events);
  }
}

// Two halls take the same commands. Now and then the second is thrown away, and made again from what it or the first
// saves: so it lives on from many moments, and through many loads.
void play(std::uint64_t seed, std::optional<Format> format, std::set<std::size_t>& seen) {
  SCOPED_TRACE("EBB_SEED=" + std::to_string(seed));
  support::Generator generator(seed, format);
  std::mt19937_64 random(seed);
  Hall hall;
  Hall other;
  for (int i = 0; i < commands_a_round && !testing::Test::HasFailure(); ++i) {
    auto const command = generator.next(hall.now(), hall.next_due());
    SCOPED_TRACE("command " + std::to_string(i) + " of type " + std::to_string(command.command.index()));
    Events events;
    Events others;
    hall.apply(command, events);
    other.apply(command, others);
    EXPECT_EQ(bytes_of(events), bytes_of(others));
    EXPECT_EQ(hall.next_due(), other.next_due());
    for (auto const& event : events) seen.insert(event.index());
    generator.observe(events);
    if (random() % 12 != 0) continue;
    expect_same(hall, other);
    other = loaded(saved(random() % 2 == 0 ? hall : other));
    expect_same(hall, other);
    harm(saved(hall), random, command.seq.number() + 1);
  }
  expect_same(hall, other);
}

void play_all(std::optional<Format> format) {
  auto const one = from_environment("EBB_SEED", 0);
  auto const first = one != 0 ? one : 1;
  auto const rounds = one != 0 ? 1 : from_environment("EBB_ROUNDS", rounds_default);
  std::set<std::size_t> seen;
  for (std::uint64_t seed = first; seed < first + rounds && !testing::Test::HasFailure(); ++seed) {
    play(seed, format, seen);
  }
  if (!format && rounds >= rounds_default) {
    EXPECT_EQ(seen.size(), std::variant_size_v<Event> - 1) << "all but ModuleAnswered, which modules make";
  }
}

TEST(HallSave, reverse) {
  play_all(Format::Reverse);
}
TEST(HallSave, sealed) {
  play_all(Format::Sealed);
}
TEST(HallSave, rounds) {
  play_all(Format::Rounds);
}
TEST(HallSave, dutch) {
  play_all(Format::Dutch);
}
TEST(HallSave, japanese) {
  play_all(Format::Japanese);
}
TEST(HallSave, all_formats_beside_each_other) {
  play_all(std::nullopt);
}

// What is saved is read by the newest hall whatever made it: a moment after each single command, too.
TEST(HallSave, after_every_single_command) {
  support::Generator generator(from_environment("EBB_SEED", 4'711));
  Hall hall;
  for (int i = 0; i < 250 && !HasFailure(); ++i) {
    Events events;
    hall.apply(generator.next(hall.now(), hall.next_due()), events);
    generator.observe(events);
    SCOPED_TRACE(i);
    auto again = loaded(saved(hall));
    expect_same(hall, again);
    hall = std::move(again);
  }
}

}  // namespace
