// The pictures of all lots: folded, counted, shed, and as pieces and back.
#include "gateway/gallery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/hub_world.h"
#include "tests/support/shown.h"

namespace {

using namespace hub_test;
using gateway::Gallery;

engine::LotId lot_numbered(std::uint64_t number) {
  return engine::lot_id(InquiryId{number}, 1);
}

// Decides and hands over a turn a command.
class Recorder {
 public:
  engine::Turn decide(engine::Command command) {
    seq_ = engine::next(seq_);
    now_ += engine::Duration{1};
    engine::Turn turn;
    hall_.apply({seq_, {}, now_, std::nullopt, {}, std::move(command)}, turn.events);
    turn.decided.push_back({seq_, {}, now_, {}, 0, static_cast<std::uint32_t>(turn.events.size())});
    return turn;
  }
  engine::Turn open(engine::LotId lot) {
    return decide(engine::OpenLot{lot, reverse_rules(), now_, {{BidderId{1}, {}}, {BidderId{2}, {}}}});
  }
  engine::Turn bid(engine::LotId lot, std::int64_t yuans) {
    auto const name = "k" + std::to_string(seq_.number());
    return decide(engine::PlaceBid{lot, BidderId{1}, engine::PersonId{1}, yuan(yuans), key(name)});
  }
  engine::Turn abort(engine::LotId lot) {
    return decide(engine::AbortLot{lot, engine::PersonId{9}, "采购任务取消,终止本次竞价"});
  }

 private:
  engine::Hall hall_;
  engine::Seq seq_;
  engine::Instant now_ = engine::at_millis(1'795'000'000'000);
};

void publish(Gallery& gallery, engine::Turn const& turn) {
  gallery.publish(std::make_unique<engine::Turn>(turn));
}
std::vector<std::string> saved(Gallery const& gallery) {
  std::vector<std::string> pieces;
  gallery.save([&](std::string_view piece) { pieces.emplace_back(piece); });
  return pieces;
}
bool loads(Gallery& gallery, std::vector<std::string> const& pieces) {
  return std::ranges::all_of(pieces, [&](auto const& piece) { return gallery.load(piece); });
}

class GalleryTest : public testing::Test {
 protected:
  void SetUp() override {
    for (auto const number : {3, 1, 2}) publish(gallery, recorder.open(lot_numbered(static_cast<unsigned>(number))));
    publish(gallery, recorder.bid(lot_numbered(1), 90'000));
    publish(gallery, recorder.abort(lot_numbered(3)));
    publish(gallery, recorder.abort(lot_numbered(1)));
    pieces = saved(gallery);
  }
  Recorder recorder;
  Gallery gallery;
  std::vector<std::string> pieces;
};

TEST_F(GalleryTest, a_turn_is_folded_and_settled) {
  auto const* const picture = gallery.find(lot_numbered(1));
  ASSERT_NE(picture, nullptr);
  EXPECT_EQ(picture->leads().size(), 1u);
  EXPECT_EQ(picture->changes().lot, 0u);
  EXPECT_EQ(gallery.find(lot_numbered(4)), nullptr);
}

TEST_F(GalleryTest, what_changed_since_it_began_is_named_once_and_what_is_new_apart) {
  auto const all = [&](engine::Turn const& turn) {
    for (auto const& event : turn.events) gallery.fold(event, {});
  };
  gallery.begin();
  all(recorder.bid(lot_numbered(2), 90'000));
  all(recorder.open(lot_numbered(4)));
  all(recorder.bid(lot_numbered(2), 80'000));
  EXPECT_THAT(gallery.hung(), testing::ElementsAre(gallery.find(lot_numbered(4))));
  EXPECT_THAT(gallery.changed(),
              testing::UnorderedElementsAre(gallery.find(lot_numbered(2)), gallery.find(lot_numbered(4))));
  for (auto* const picture : gallery.changed()) gallery.settle(*picture, engine::at_millis(1));
  gallery.begin();
  EXPECT_THAT(gallery.changed(), testing::IsEmpty());
  EXPECT_THAT(gallery.hung(), testing::IsEmpty());
}

TEST_F(GalleryTest, is_saved_as_a_piece_of_its_own_and_one_a_lot_and_loaded_from_them) {
  EXPECT_THAT(pieces, testing::SizeIs(4));
  Gallery again;
  EXPECT_FALSE(again.is_whole());
  ASSERT_TRUE(loads(again, pieces));
  EXPECT_TRUE(again.is_whole());
  EXPECT_EQ(saved(again), pieces);
  for (auto const number : {1, 2, 3}) {
    auto const lot = lot_numbered(static_cast<unsigned>(number));
    EXPECT_EQ(support::shown(*again.find(lot)), support::shown(*gallery.find(lot)));
  }
}

TEST_F(GalleryTest, an_empty_one_is_whole_with_its_own_piece) {
  Gallery const empty;
  Gallery again;
  EXPECT_TRUE(loads(again, saved(empty)));
  EXPECT_TRUE(again.is_whole());
}

TEST_F(GalleryTest, missing_pieces_leave_it_not_whole_and_a_piece_too_many_is_refused) {
  Gallery again;
  EXPECT_TRUE(loads(again, {pieces[0], pieces[1], pieces[2]}));
  EXPECT_FALSE(again.is_whole());
  EXPECT_TRUE(again.load(pieces[3]));
  EXPECT_FALSE(again.load(pieces[3]));
}

TEST_F(GalleryTest, pieces_in_another_order_or_twice_or_of_another_version_are_refused) {
  std::vector<std::vector<std::string>> const wrong{
      {pieces[1]}, {pieces[0], pieces[2], pieces[1]}, {pieces[0], pieces[1], pieces[1]}, {pieces[0], pieces[0]}};
  for (auto const& order : wrong) {
    Gallery again;
    EXPECT_FALSE(loads(again, order));
  }
  for (char const version : {'\0', '\x03', '\xff'}) {
    auto other = pieces[0];
    other[0] = version;
    Gallery again;
    EXPECT_FALSE(again.load(other)) << int{version};
  }
}

TEST_F(GalleryTest, a_gallery_with_pictures_loads_nothing) {
  EXPECT_FALSE(gallery.load(pieces[0]));
}

TEST_F(GalleryTest, a_line_of_those_over_that_does_not_fit_the_pictures_is_refused) {
  // version, count, count over, then 3-1 and 1-1.
  constexpr std::size_t first = 10, second = 18, bytes = 8;
  auto const with = [&](std::size_t at, std::string_view lot) {
    auto changed = pieces;
    changed[0].replace(at, bytes, lot);
    Gallery again;
    return loads(again, changed);
  };
  auto const lot_2 = [&] {
    engine::ByteWriter out;
    return out.put(lot_numbered(2)).take();
  }();
  EXPECT_TRUE(with(first, pieces[0].substr(first, bytes)));
  EXPECT_FALSE(with(first, pieces[0].substr(second, bytes))) << "one twice, one missing";
  EXPECT_FALSE(with(first, lot_2)) << "one that is not over";
}

TEST_F(GalleryTest, truncations_and_flips_of_any_piece_are_refused_or_leave_something_that_goes_on) {
  for (std::size_t which = 0; which < pieces.size(); ++which) {
    for (std::size_t at = 0; at < pieces[which].size(); ++at) {
      auto cut = pieces;
      cut[which].resize(at);
      Gallery first;
      ASSERT_FALSE(loads(first, cut)) << which << ", cut at " << at;
      auto flipped = pieces;
      flipped[which][at] = static_cast<char>(flipped[which][at] ^ 0x10);
      Gallery second;
      if (loads(second, flipped) && second.is_whole()) {
        ASSERT_EQ(saved(second), flipped) << which << ", flipped at " << at;
      }
    }
  }
}

// The oldest are shed, in the order in which they ended, also where a snapshot lies between.
TEST_F(GalleryTest, all_but_the_newest_that_are_over_are_shed_as_if_it_had_never_been_saved) {
  auto const many = Gallery::kept_whole + 20;
  for (std::uint64_t i = 0; i < many; ++i) {
    auto const lot = lot_numbered(10 + (i * 7) % many);
    publish(gallery, recorder.open(lot));
    publish(gallery, recorder.bid(lot, 90'000));
  }
  auto const end = [&](std::uint64_t i) { return recorder.abort(lot_numbered(10 + i)); };
  for (std::uint64_t i = 0; i < many - 10; ++i) publish(gallery, end(i));
  Gallery again;
  ASSERT_TRUE(loads(again, saved(gallery)));
  for (std::uint64_t i = many - 10; i < many; ++i) {
    auto const turn = end(i);
    publish(gallery, turn);
    publish(again, turn);
  }
  EXPECT_EQ(saved(again), saved(gallery));
  // 3-1 and 1-1 ended first, then 10-1 …
  for (auto const& [number, is_shed] :
       {std::pair{3, true}, {1, true}, {2, false}, {10, true}, {29, true}, {30, false}}) {
    EXPECT_EQ(again.find(lot_numbered(static_cast<unsigned>(number)))->is_shed(), is_shed) << number;
  }
}

}  // namespace
