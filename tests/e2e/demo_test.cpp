// The demo's suppliers in auctions that ask for signed bids, before the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/support/server_process.h"
#include "tools/demo/supplier.h"

namespace {

using namespace support;
using namespace std::chrono_literals;
using ebb_client::Participant;
using ebb_client::Picture;
using ebb_client::Reactor;
using testing::HasSubstr;

constexpr std::array switches{demo::Good{"接入交换机(48 口)", 16, engine::Money::fen(92'800'00)}};

demo::Auction auction(demo::Signatures signatures, std::chrono::seconds duration) {
  return {"接入交换机采购", "供货期 20 日。", switches, engine::Format::Reverse, duration, 4,
          demo::Fate::Sold, signatures};
}

// A demo day without its timetable: whoever the test seats.
class DemoSuppliers : public testing::Test {
 protected:
  DemoSuppliers() {
    office_ = std::make_unique<demo::Office>(address_, server_.data().parent_path() / "demo.json");
    auto const opened = office_->open(server_.one_time_password());
    if (!opened) throw Broken(opened.error().what);
    floor_ = std::make_unique<demo::Floor>(*office_, show_);
    for (auto const& player : office_->players()) {
      if (player.cast->played != demo::Played::ByTheDemo) continue;
      if (player.cast->role == "supplier") suppliers_.push_back(player);
      if (player.cast->role == "purchaser") buyer_ = &player;
    }
  }

  std::string publish(demo::Auction const& what) {
    auto const inquiry = office_->publish(what, *buyer_, 0s, 0);
    if (!inquiry) throw Broken(inquiry.error().what);
    return *inquiry;
  }
  demo::Supplier& seat(std::size_t place) {
    seated_.push_back(std::make_unique<demo::Supplier>(*floor_, suppliers_[place], address_, 10 + place, place));
    return *seated_.back();
  }
  // Somebody who only looks, with the eyes of that supplier.
  Participant& eyes(std::size_t place, std::string const& inquiry) {
    watching_.push_back(std::make_unique<Participant>(floor_->reactor, floor_->decoder, address_,
                                                      suppliers_[place].token, Participant::Loyalty::Return, 1,
                                                      silence_));
    watching_.back()->follow(inquiry);
    watching_.back()->connect();
    return *watching_.back();
  }
  bool comes_true(std::function<bool()> const& what) {
    return floor_->reactor.run_until(what, 120s) == Reactor::Waited::Done;
  }
  static std::string shown(Participant const& eyes, std::string const& stream, std::string_view member) {
    auto const* picture = eyes.picture(stream);
    return picture == nullptr ? std::string{} : picture->text(member);
  }
  std::string asked_for(std::string const& target) {
    ebb_client::Rest rest{address_};
    rest.set_token(suppliers_.front().token);
    auto const answer = rest.get(target);
    return answer ? answer->body : answer.error().what;
  }

  static ebb_client::Address started(ServerProcess& server) {
    server.start();
    return *ebb_client::Address::parse("127.0.0.1:" + std::to_string(server.port()));
  }

  ServerProcess server_;
  ebb_client::Address address_ = started(server_);
  demo::Show show_{demo::Colour::Plain};
  std::unique_ptr<demo::Office> office_;
  std::unique_ptr<demo::Floor> floor_;
  std::vector<demo::Player> suppliers_;
  demo::Player const* buyer_ = nullptr;
  Participant::Listener silence_;
  std::vector<std::unique_ptr<demo::Supplier>> seated_;
  std::vector<std::unique_ptr<Participant>> watching_;
};

TEST_F(DemoSuppliers, sign_where_the_rules_ask_for_it_to_a_confirmed_award) {
  auto const inquiry = publish(auction(demo::Signatures::AskedFor, 20s));
  auto const lot = inquiry + "-1";
  for (std::size_t place = 0; place < 4; ++place) seat(place).follow(inquiry);
  auto const& all = eyes(0, inquiry);
  ASSERT_TRUE(comes_true([&] { return shown(all, lot + "/public", "state") == "ORDER_CONFIRMED"; }))
      << shown(all, lot + "/public", "state");
  EXPECT_THAT(asked_for("/api/v1/lots/" + lot + "/history"), testing::Not(HasSubstr("voided")));
  EXPECT_EQ(server_.stop(), 0);
  auto const verified = server_.run({"verify", server_.data().string()});
  EXPECT_EQ(verified.code, 0) << verified.errors;
}

TEST_F(DemoSuppliers, make_another_key_after_a_bid_was_voided) {
  auto& supplier = seat(0);
  auto const first = publish(auction(demo::Signatures::AskedFor, 40s));
  supplier.follow(first);
  auto const& before = eyes(0, first);
  ASSERT_TRUE(comes_true([&] { return shown(before, first + "-1/own", "rank") == "1"; }));

  // Somebody else of the same supplier begins anew, which revokes the key in force.
  auto const other = ebb_client::Signer::make(ebb_client::Signer::Algorithm::EcdsaP256);
  ASSERT_TRUE(other);
  ASSERT_TRUE(office_->register_key(suppliers_[0], other->public_key()));
  auto const second = publish(auction(demo::Signatures::AskedFor, 40s));
  supplier.follow(second);
  auto const& after = eyes(0, second);
  auto const own = second + "-1/own";
  ASSERT_TRUE(comes_true([&] { return !shown(after, own, "voided").empty() && shown(after, own, "rank") == "1"; }))
      << shown(after, own, "voided");
}

TEST_F(DemoSuppliers, leave_a_lot_for_which_they_cannot_sign_and_go_on_with_the_others) {
  auto& supplier = seat(0);
  auto const asking = publish(auction(demo::Signatures::AskedFor, 30s));
  auto const ordinary = publish(auction(demo::Signatures::NotAskedFor, 60s));
  auto const& in_asking = eyes(0, asking);
  auto const& in_ordinary = eyes(0, ordinary);
  suppliers_[0].token = "of a session that is over";  // no key can be registered with it
  supplier.follow(asking);
  supplier.follow(ordinary);
  ASSERT_TRUE(comes_true([&] { return shown(in_ordinary, ordinary + "-1/own", "rank") == "1"; }));
  ASSERT_TRUE(comes_true([&] { return shown(in_asking, asking + "-1/public", "state").starts_with("FAILED"); }));
}

}  // namespace
