// The demo's suppliers bid as the rules want it, and its terminal counts right.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "gateway/signature.h"
#include "tools/demo/behaviour.h"
#include "tools/demo/book.h"
#include "tools/demo/goods.h"
#include "tools/demo/guide.h"
#include "tools/demo/show.h"
#include "tools/demo/signing_hand.h"

namespace {

using engine::Money;

demo::Sight sight_of(Money ceiling, std::optional<Money> best) {
  return {.ceiling = ceiling,
          .decrement = Money::fen(ceiling.in_fen() / 200),
          .best = best,
          .best_own = {},
          .next_limit = ceiling,
          .rank = best ? 2U : 0U};
}

TEST(DemoBidder, falls_from_the_ceiling_to_its_cost_and_no_further) {
  constexpr auto ceiling = Money::fen(100'000'00);
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    demo::Bidder bidder{seed, ceiling};
    std::optional<Money> best;
    for (int look = 0; look < 2'000; ++look) {
      auto const sight = sight_of(ceiling, best);
      auto const bid = bidder.wish(sight);
      if (!bid) continue;
      EXPECT_LE(*bid, best ? *best - sight.decrement : ceiling) << "seed " << seed;
      EXPECT_GE(*bid, bidder.cost()) << "seed " << seed;
      best = bid;
    }
    ASSERT_TRUE(best) << "seed " << seed;
    EXPECT_LT(*best - bidder.cost(), Money::fen(1'500'00)) << "seed " << seed;
  }
}

TEST(DemoBidder, does_not_undercut_itself) {
  demo::Bidder bidder{7, Money::fen(100'00)};
  auto sight = sight_of(Money::fen(100'00), Money::fen(99'00));
  sight.rank = 1;
  for (int look = 0; look < 200; ++look) EXPECT_FALSE(bidder.wish(sight));
}

TEST(DemoBidder, the_same_seed_bids_the_same) {
  demo::Bidder one{42, Money::fen(5'000'00)};
  demo::Bidder two{42, Money::fen(5'000'00)};
  auto const sight = sight_of(Money::fen(5'000'00), std::nullopt);
  for (int look = 0; look < 100; ++look) EXPECT_EQ(one.wish(sight), two.wish(sight));
}

TEST(DemoShow, a_drop_is_counted_in_whole_numbers) {
  EXPECT_EQ(demo::drop("1000.00", "877.00"), "-12.3%");
  EXPECT_EQ(demo::drop("3.00", "2.00"), "-33.3%");
  EXPECT_EQ(demo::drop("3.00", "3.00"), "-0.0%");
  EXPECT_EQ(demo::drop("", "3.00"), "");
}

TEST(DemoBook, is_kept_for_its_owner_only) {
  auto const file = std::filesystem::temp_directory_path() / ("ebb_demo_test_" + std::to_string(::getpid()) + ".json");
  ASSERT_TRUE(demo::write_book(file, {{{"a", "secret"}}}));
  struct ::stat status{};
  ::stat(file.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(demo::read_book(file).value().passwords.at("a"), "secret");
  std::filesystem::remove(file);
  EXPECT_TRUE(demo::read_book(file).value().passwords.empty());
}

TEST(DemoBidder, keeps_room_for_the_end) {
  constexpr auto ceiling = Money::fen(100'000'00);
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    demo::Bidder bidder{seed, ceiling};
    std::optional<Money> best;
    for (int look = 0; look < 2'000; ++look) {
      auto sight = sight_of(ceiling, best);
      sight.length = std::chrono::minutes{3};
      sight.left = std::chrono::minutes{2};
      if (auto const bid = bidder.wish(sight)) best = bid;
    }
    ASSERT_TRUE(best) << "seed " << seed;
    EXPECT_GT(*best - bidder.cost(), Money::fen((ceiling - bidder.cost()).in_fen() / 3)) << "seed " << seed;
  }
}

TEST(DemoBidder, looks_again_in_time) {
  demo::Bidder bidder{7, Money::fen(100'000'00)};
  auto sight = sight_of(Money::fen(100'000'00), std::nullopt);
  using std::chrono::milliseconds;
  for (auto const left : {180'000, 60'000, 20'000, 1'000}) {
    sight.length = milliseconds{180'000};
    sight.left = milliseconds{left};
    sight.window = milliseconds{20'000};
    for (int look = 0; look < 200; ++look) {
      auto const pause = bidder.pause(sight);
      EXPECT_GE(pause, milliseconds{1'500});
      EXPECT_LE(pause, sight.is_ending() ? milliseconds{6'000} : milliseconds{left / 4});
    }
  }
}

TEST(DemoBidder, quotes_between_its_cost_and_the_ceiling) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    demo::Bidder bidder{seed, Money::fen(52'000'00)};
    auto sight = sight_of(Money::fen(52'000'00), std::nullopt);
    sight.format = engine::Format::Sealed;
    sight.next_limit.reset();
    std::optional<Money> quote;
    while (!quote) quote = bidder.wish(sight);
    EXPECT_GE(*quote, bidder.cost()) << "seed " << seed;
    EXPECT_LE(*quote, sight.ceiling) << "seed " << seed;
    EXPECT_EQ(quote->in_fen() % 10'00, 0) << "people quote round figures";
  }
}

TEST(DemoCast, has_who_an_auction_needs_and_leaves_people_one_of_each) {
  auto count = [](std::string_view role, demo::Played played) {
    return std::ranges::count_if(demo::cast(),
                                 [&](auto const& one) { return one.role == role && one.played == played; });
  };
  using demo::Played;
  EXPECT_EQ(count("purchaser", Played::ByTheDemo), 2);
  EXPECT_EQ(count("supplier", Played::ByTheDemo), 8);
  EXPECT_EQ(count("purchaser", Played::ByPeople), 2);
  EXPECT_EQ(count("supplier", Played::ByPeople), 1);
  EXPECT_EQ(count("regulator", Played::ByPeople), 1);
  auto const buyer = std::ranges::find(demo::cast(), "zhou.caigou", &demo::Cast::login);
  auto const approver = std::ranges::find(demo::cast(), "he.caigou", &demo::Cast::login);
  EXPECT_EQ(buyer->org, approver->org) << "a choice other than the first is approved by a colleague";
}

TEST(DemoGoods, every_second_open_auction_leaves_three_minutes_and_all_of_them_have_rivals) {
  auto const open = demo::reverse_auctions();
  for (std::size_t i = 0; i < open.size(); ++i) {
    EXPECT_EQ(open[i].format, engine::Format::Reverse);
    EXPECT_GE(open[i].duration, i % 2 == 0 ? std::chrono::seconds{180} : std::chrono::seconds{120}) << open[i].title;
  }
  for (auto const list : {open, demo::sealed_inquiries(), demo::odd_endings()}) {
    for (auto const& auction : list) {
      EXPECT_GE(auction.suppliers, 3u) << auction.title;
      EXPECT_LE(auction.suppliers, 8u) << auction.title;
      EXPECT_FALSE(auction.lots.empty()) << auction.title;
    }
  }
  EXPECT_TRUE(std::ranges::any_of(open, [](auto const& auction) { return auction.lots.size() > 1; }));
}

// Three minutes: time to sign in and make a key. One lot: time for nothing else.
TEST(DemoGoods, now_and_then_bids_are_to_be_signed) {
  auto const asks = [](demo::Auction const& auction) { return auction.signatures == demo::Signatures::AskedFor; };
  for (auto const list : {demo::reverse_auctions(), demo::sealed_inquiries()}) {
    EXPECT_EQ(std::ranges::count_if(list, asks), 1);
    auto const& auction = *std::ranges::find_if(list, asks);
    EXPECT_EQ(auction.lots.size(), 1u) << auction.title;
    EXPECT_GE(auction.duration, std::chrono::seconds{150}) << auction.title;
    EXPECT_EQ(auction.fate, demo::Fate::Sold) << auction.title;
  }
  EXPECT_TRUE(std::ranges::none_of(demo::odd_endings(), asks));
}

TEST(DemoSigningHand, signs_what_the_house_verifies) {
  auto signer = ebb_client::Signer::make(ebb_client::Signer::Algorithm::EcdsaP256);
  ASSERT_TRUE(signer);
  auto const key = gateway::VerifyingKey::read(gateway::SigningAlgorithm::EcdsaP256, signer->public_key());
  ASSERT_TRUE(key);
  std::string const house(64, 'a');
  demo::SigningHand const hand{std::move(*signer), {"7", house}, "5"};
  auto const signature = hand.sign("12-1", "98000.00", "my-first-bid");
  ASSERT_TRUE(signature) << signature.error().what;
  EXPECT_EQ(signature->key, "7");
  engine::Signature sent;
  ASSERT_EQ(signature->value.size(), 2 * sent.bytes.size());
  for (std::size_t i = 0; i < sent.bytes.size(); ++i) {
    sent.bytes[i] = static_cast<char>(std::stoi(signature->value.substr(2 * i, 2), nullptr, 16));
  }
  EXPECT_TRUE(key->holds("ebb bid 1\n" + house + "\n12-1\n5\n98000.00\nmy-first-bid\n\n", sent));
}

TEST(DemoShow, a_bid_that_was_voided_is_said_with_the_reason) {
  demo::Show show{demo::Colour::Plain};
  ebb_client::Picture picture;
  picture.take(ebb_client::Snapshot{
      {"12-1/supervision", "e", 1},
      {{"bids",
        R"([{"seq":5,"at":"2026-11-22T09:30:01.000Z","alias":"S1","price":"98.00","rank":1},)"
        R"({"seq":5,"at":"2026-11-22T09:30:02.000Z","alias":"S1","price":"98.00","voided":true,"reason":"报价签名验证不通过"}])"}}});
  testing::internal::CaptureStdout();
  show.take("12-1/supervision", picture);
  auto const said = testing::internal::GetCapturedStdout();
  EXPECT_NE(said.find("17:30:01   12-1  S1         98.00          领先\n"), std::string::npos) << said;
  EXPECT_NE(said.find("17:30:02   12-1  S1         98.00          作废:报价签名验证不通过\n"), std::string::npos)
      << said;
}

TEST(DemoWelcome, says_the_address_first_and_every_account_in_both_languages) {
  auto const text = demo::welcome("127.0.0.1:8080", {{"supplier", "lin.gongying", "demo-1", "杭州临江商贸有限公司"},
                                                     {"regulator", "shen.jianguan", "demo-2", "财政监督处"}});
  EXPECT_TRUE(text.starts_with("\n  打开浏览器 / open in a browser:  http://127.0.0.1:8080/\n"));
  EXPECT_NE(text.find("供应商 supplier        lin.gongying    demo-1            杭州临江商贸有限公司\n"),
            std::string::npos);
  EXPECT_NE(text.find("监管 regulator         shen.jianguan   demo-2            财政监督处\n"), std::string::npos);
}

}  // namespace
