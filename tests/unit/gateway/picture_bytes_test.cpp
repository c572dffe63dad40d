// A picture as bytes and back, at every kind of moment; and bytes that nobody saved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/support/shown.h"
#include "tests/unit/gateway/little_lot.h"

namespace {

using namespace hub_test;
using gateway::Picture;
using support::shown;

engine::PersonId const buyer{9};

std::string saved(Picture const& picture) {
  engine::ByteWriter bytes;
  picture.save(bytes);
  return bytes.take();
}
std::optional<Picture> loaded(std::string_view bytes) {
  engine::ByteReader from{bytes};
  auto picture = Picture::load(from);
  return from.finished() ? std::move(picture) : std::nullopt;
}

struct Course {
  char const* name;
  engine::LotRules rules;
  std::function<void(LittleLot&)> run;
};

std::vector<Course> courses() {
  using std::chrono::minutes;
  auto const bids = [](LittleLot& lot) {
    lot.bid(ann, 90'000);
    lot.bid(bob, 80'000);
    lot.bid(ann, 80'000, "a");
    lot.bid(cyd, 999'000, "too-high");
  };
  auto const closed = [=](LittleLot& lot) {
    bids(lot);
    lot.later(std::chrono::hours{2});
  };
  auto evaluated = reverse_rules();
  evaluated.rank_by = engine::RankBy::Evaluated;
  evaluated.visibility = engine::visible::everything;
  evaluated.proxies = true;
  evaluated.rounds = 2;
  return {
      {"scheduled", reverse_rules(), [](LittleLot&) {}},
      {"running", reverse_rules(), bids},
      {"paused", reverse_rules(),
       [=](LittleLot& lot) {
         bids(lot);
         lot.say(engine::DisqualifyBidder{little_lot, bob, buyer, "资格条件不符合采购文件要求"});
         lot.say(engine::PauseLot{little_lot, buyer, "设备故障,稍后继续进行"});
       }},
      {"awarded", reverse_rules(), closed},
      {"confirmed", reverse_rules(),
       [=](LittleLot& lot) {
         closed(lot);
         lot.say(engine::AnswerAward{little_lot, ann, engine::PersonId{1}, engine::AwardAnswer::Confirm});
       }},
      {"aborted", reverse_rules(),
       [=](LittleLot& lot) {
         bids(lot);
         lot.say(engine::AbortLot{little_lot, buyer, "采购任务取消,终止本次竞价"});
       }},
      {"evaluated, a proxy, second round", evaluated,
       [=](LittleLot& lot) {
         bids(lot);
         lot.say(engine::SetProxy{little_lot, bob, engine::PersonId{2}, yuan(60'000), yuan(10)});
         lot.later(minutes{31});
       }},
      {"signed, one voided", signed_rules(),
       [](LittleLot& lot) {
         lot.say(engine::PlaceSignedBid{{little_lot, ann, buyer, yuan(90'000), key("s"), {}}, {}});
         lot.say(engine::PlaceSignedBid{{little_lot, ann, buyer, yuan(70'000), key("t"), {}}, {}});
         lot.say(engine::NoteSignatures{little_lot, lot.seq(), {lot.seq()}});
       }},
      {"sealed", sealed_rules(), bids},
      {"sealed, choosing", sealed_rules(), closed},
      {"rounds, a turn", rounds_rules(),
       [=](LittleLot& lot) {
         bids(lot);
         lot.later(minutes{11});
         lot.later(minutes{1});
       }},
      {"dutch, a level", dutch_rules(), [](LittleLot& lot) { lot.later(minutes{1}); }},
      {"dutch, sealed bids", dutch_rules(),
       [](LittleLot& lot) {
         lot.bid(ann, 10'000);
         lot.bid(bob, 9'000);
       }},
      {"japanese", japanese_rules(),
       [](LittleLot& lot) {
         lot.bid(ann, 100'000);
         lot.later(minutes{1});
       }},
  };
}

// `use` gets the picture of every course, settled, and shed as well.
void each_course(std::function<void(Picture const&)> const& use) {
  for (auto const& [name, rules, run] : courses()) {
    SCOPED_TRACE(name);
    LittleLot lot{rules, {{}, {.deduction = engine::BasisPoints{600}}, {.coefficient = engine::BasisPoints{11'000}}}};
    run(lot);
    lot.picture->settle(engine::at_millis(1'795'000'900'000));
    use(*lot.picture);
    if (!lot.picture->is_over()) continue;
    lot.picture->shed();
    use(*lot.picture);
  }
}

TEST(PictureBytes, what_is_loaded_shows_the_same_and_is_saved_as_the_same_bytes) {
  each_course([](Picture const& picture) {
    auto const bytes = saved(picture);
    auto const again = loaded(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(shown(*again), shown(picture));
    EXPECT_EQ(saved(*again), bytes);
    EXPECT_EQ(again->is_shed(), picture.is_shed());
  });
}

TEST(PictureBytes, what_is_loaded_folds_on_as_the_original_does_and_tells_only_what_is_new) {
  LittleLot lot{reverse_rules()};
  lot.bid(ann, 90'000);
  lot.picture->settle(engine::at_millis(1));
  auto again = loaded(saved(*lot.picture)).value();
  for (auto const& event : lot.bid(bob, 80'000)) again.fold(event);
  EXPECT_EQ(again.changes().lot, lot.picture->changes().lot);
  EXPECT_EQ(again.changes().touched, lot.picture->changes().touched);
  EXPECT_EQ(again.changes().bids_from, 1u);
  EXPECT_EQ(again.changes().own[again.index_of(ann)].receipts_from, 1u);
  EXPECT_EQ(shown(again), shown(*lot.picture));
}

TEST(PictureBytes, leaves_are_not_saved_and_looked_up_as_after_a_replay) {
  LittleLot lot{reverse_rules()};
  Picture with_leaves = *lot.picture;
  for (auto const& event : lot.bid(ann, 90'000)) with_leaves.fold(event, support::hash_of(2));
  with_leaves.settle(engine::at_millis(1));
  auto again = loaded(saved(with_leaves)).value();
  EXPECT_EQ(again.bidder(ann)->kept.at(0).leaf, engine::Leaf{});
  support::SmallLog log;
  log.leaves[lot.seq().number()] = support::hash_of(2);
  again.look_up_leaves(ann, &log);
  EXPECT_EQ(shown(again), shown(with_leaves));
}

TEST(PictureBytes, those_of_version_one_are_read_as_a_picture_in_which_nothing_was_voided) {
  LittleLot lot{reverse_rules()};
  lot.picture->settle(engine::at_millis(1'795'000'900'000));
  auto const now = saved(*lot.picture);
  // Nobody has done anything: all of the three bidders is zeros, four of each the list that version 1 did not have.
  std::size_t const more = 3 * sizeof(std::uint32_t);
  ASSERT_TRUE(now.ends_with(std::string(more, '\0')));
  auto const before = now.substr(0, now.size() - more);
  engine::ByteReader from{before};
  auto const again = Picture::load(from, 1);
  ASSERT_TRUE(again && from.finished());
  EXPECT_EQ(shown(*again), shown(*lot.picture));
  EXPECT_EQ(saved(*again), now);
  EXPECT_FALSE(loaded(before));
}

TEST(PictureBytes, every_truncation_is_refused) {
  each_course([](Picture const& picture) {
    auto const bytes = saved(picture);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      // Of its own memory, so that a read behind the end is seen.
      std::string const cut{bytes.substr(0, size)};
      ASSERT_FALSE(loaded(cut)) << size;
    }
    ASSERT_FALSE(loaded(bytes + '\0'));
  });
}

TEST(PictureBytes, flipped_bits_are_refused_or_can_be_shown_and_saved) {
  std::size_t refused = 0;
  each_course([&](Picture const& picture) {
    auto bytes = saved(picture);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      auto const before = bytes[at];
      for (auto const flip : {0x01, 0x80, 0xff}) {
        bytes[at] = static_cast<char>(before ^ flip);
        auto const other = loaded(bytes);
        if (!other) {
          ++refused;
          continue;
        }
        ASSERT_FALSE(shown(*other).empty());
        ASSERT_EQ(saved(*other), bytes) << "two ways to say the same, at " << at;
      }
      bytes[at] = before;
    }
  });
  EXPECT_GT(refused, 0u);
}

}  // namespace
