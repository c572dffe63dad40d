// A secret is found wherever it stands in an event's bytes, and no longer once it is none.
#include "tests/simulation/secrets.h"

#include <gtest/gtest.h>

#include "engine/codec.h"
#include "engine/figure.h"
#include "tests/simulation/byte_journal.h"

namespace {

using namespace engine;
using simulation::Secrets;

constexpr LotId lot{(3 << 8) | 1};
constexpr BidderId bidder{1};
constexpr Money secret = Money::fen(7'123'456'789'012);

std::string bytes_of(Event const& event) {
  ByteWriter bytes;
  encode(event, bytes);
  return bytes.take();
}
std::string refused_with(Money figure) {
  Refusal const refusal{&refusals::decrement_too_small, figure::fen(figure), {}};
  return bytes_of(BidRefused{{lot, bidder, {}, Seq{1}, {}, 1, refusal}});
}

TEST(Secrets, a_hidden_price_is_found_in_the_figure_of_a_refusal_and_so_is_one_near_it) {
  Secrets secrets;
  EXPECT_FALSE(secrets.shown_in(refused_with(secret)));
  secrets.hide_price(lot, secret);
  EXPECT_EQ(secrets.shown_in(refused_with(secret)), secret);
  EXPECT_EQ(secrets.shown_in(refused_with(secret - Money::fen(500))), secret);
  EXPECT_FALSE(secrets.shown_in(refused_with(secret - Money::fen(5'000))));
  secrets.reveal_prices(lot);
  EXPECT_FALSE(secrets.shown_in(refused_with(secret)));
}

TEST(Secrets, a_limit_stays_hidden_until_its_own_bidder_bids_at_it) {
  Secrets secrets;
  secrets.hide_limit(lot, bidder, secret);
  secrets.reveal_prices(lot);
  secrets.reveal_limit(lot, BidderId{2}, secret);
  EXPECT_EQ(secrets.shown_in(refused_with(secret)), secret);
  secrets.reveal_limit(lot, bidder, secret);
  EXPECT_FALSE(secrets.shown_in(refused_with(secret)));
}

TEST(Secrets, only_numbers_with_a_face_are_hunted) {
  Secrets secrets;
  secrets.drew(Money::fen(100));
  secrets.drew(Money::fen(1'800'000'000'000));  // a time could be this
  secrets.drew(secret);
  EXPECT_FALSE(secrets.is_drawn(Money::fen(100)));
  EXPECT_FALSE(secrets.is_drawn(Money::fen(1'800'000'000'000)));
  EXPECT_TRUE(secrets.is_drawn(secret));
}

TEST(ByteJournal, notices_a_private_number_in_the_public_part) {
  simulation::ByteJournal journal;
  SecretOf const of{SecretOf::Kind::Lot, lot.number()};
  PlaceBid const bid{lot, bidder, {}, secret, {}, {}};
  std::vector<Sequenced> const frame{{Seq{1}, {}, {}, of, {}, bid}};
  ASSERT_TRUE(journal.commit(frame, ""));
  EXPECT_EQ(journal.shown(), "");
  // The number of the person is public: here it is the price.
  auto leaky = bid;
  leaky.by = PersonId{static_cast<std::uint64_t>(secret.in_fen())};
  std::vector<Sequenced> const next{{Seq{2}, {}, {}, of, {}, leaky}};
  ASSERT_TRUE(journal.commit(next, ""));
  EXPECT_NE(journal.shown(), "");
}

TEST(ByteJournal, gives_back_what_was_written_even_if_nobody_heard_of_it) {
  simulation::ByteJournal journal;
  PauseLot const pause{lot, PersonId{4}, "why"};
  std::vector<Sequenced> const frame{{Seq{1}, {}, at_millis(5), {}, {}, pause}};
  journal.die_after_next_commit();
  EXPECT_FALSE(journal.commit(frame, ""));
  auto const again = journal.read(Seq{1});
  EXPECT_EQ(again.at, at_millis(5));
  EXPECT_EQ(std::get<PauseLot>(again.command).reason, "why");
}

TEST(ByteJournal, a_replay_that_decides_otherwise_is_a_failure) {
  simulation::ByteJournal journal;
  std::vector<Sequenced> const first{{Seq{1}, {}, {}, {}, {}, Tick{}}};
  std::vector<Sequenced> const second{{Seq{2}, {}, {}, {}, {}, Tick{}}};
  ASSERT_TRUE(journal.commit(first, ""));
  ASSERT_TRUE(journal.commit(second, "outcome of the first"));
  auto const replay = [&](std::string outcome) {
    return journal.replay([&](std::span<Sequenced const>) { return Result<std::string>{outcome}; }).has_value();
  };
  EXPECT_TRUE(replay("outcome of the first"));
  EXPECT_FALSE(replay("another"));
}

}  // namespace
