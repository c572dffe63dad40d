// See the header.
#include "tests/faults/morning.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulation/dice.h"

namespace faults {
namespace {

using engine::LotId;
using engine::Money;

class Day {
 public:
  Day(Works& works, support::ManualClock& clock, Morning const& morning)
      : works_(works), clock_(clock), dice_(morning.seed), rounds_(morning.rounds), snapshots_(morning.snapshots) {}

  engine::Result<void> live() {
    if (auto done = found(); !done) return done;
    if (auto done = publish(); !done) return done;
    for (int round = 0; round < rounds_; ++round) {
      if (auto done = bids(); !done) return done;
      if (round % 5 == 3) {
        if (auto done = hold(); !done) return done;
      }
      if (round % 6 == 5) {
        if (auto done = publish(); !done) return done;
      }
      // One that fails costs nothing but itself.
      if (round % 3 == 2 && snapshots_ == Snapshots::Made) works_.checkpoint();
    }
    return evening();
  }

 private:
  engine::Result<void> found() {
    works_.offer(modules::accounts::first_administrator("admin", "管理员", "$argon2id$none"));
    if (auto done = works_.turn(); !done) return done;
    auto const person = works_.accounts().credential("admin", *works_.tables().snapshot());
    auto const administrator = works_.sign_in(person ? person->person : engine::PersonId{});
    if (!administrator) return std::unexpected(administrator.error());
    for (int i = 0; i < 4; ++i) {
      auto const buys = i == 0;
      auto const name = (buys ? "b" : "s") + std::to_string(100 + i);
      auto const org = works_.post(
          &*administrator, "/orgs",
          R"({"name":"单位)" + name + R"(","kind":")" + (buys ? "buyer" : "supplier") + R"(","division":"330481"})");
      if (!org) return std::unexpected(org.error());
      auto const role = std::string{buys ? "purchaser" : "supplier"};
      auto const id = works_.post(&*administrator, "/people",
                                  R"({"login":")" + name + R"(","display":")" + name + R"(","role":")" + role +
                                      R"(","org":")" + std::to_string(*org) + R"(","password_hash":"$argon2id$none"})");
      if (!id) return std::unexpected(id.error());
      if (!buys) {
        suppliers_.push_back(engine::BidderId{*org});
        continue;
      }
      auto const actor = works_.sign_in(engine::PersonId{*id});
      if (!actor) return std::unexpected(actor.error());
      buyer_ = *actor;
    }
    return {};
  }

  // An open lot and a sealed one in one inquiry: two follow-ups, and a key of its own for the second.
  engine::Result<void> publish() {
    std::string admitted;
    for (auto const supplier : suppliers_) {
      admitted += (admitted.empty() ? R"({"org":")" : R"(,{"org":")") + std::to_string(supplier.number()) + "\"}";
    }
    auto const duration = std::to_string(120 + dice_.between(0, 600));
    auto const inquiry = works_.post(
        &buyer_, "/inquiries",
        R"({"title":"打印纸","lots":[{"title":"公开","rules":{"format":"reverse","ceiling":"100000.00","decrement":"10.00","step_basis":"own","trigger_window_s":60,"extension_s":60,"hard_cap_s":7200,"min_bidders":1,"attempts_max":100,"confirm_for_s":600,"duration_s":)" +
            duration +
            R"(}},{"title":"密封","rules":{"format":"sealed","ceiling":"100000.00","min_bidders":1,"attempts_max":50,"confirm_for_s":600,"duration_s":)" +
            duration + R"(}}],"admitted":[)" + admitted + "]}");
    if (!inquiry) return std::unexpected(inquiry.error());
    auto const published = works_.post(&buyer_, at(*inquiry) + "/publish", R"({"start":"now"})");
    if (!published) return std::unexpected(published.error());
    inquiries_.push_back(*inquiry);
    return {};
  }

  static std::string at(std::uint64_t inquiry) { return "/inquiries/" + std::to_string(inquiry); }

  engine::Result<void> bids() {
    auto const size = dice_.chance(10) ? 40 : dice_.between(1, 6);
    for (std::int64_t i = 0; i < size; ++i) {
      clock_.advance(std::chrono::milliseconds{dice_.between(0, 400)});
      auto const inquiry = dice_.any_of(inquiries_);
      engine::PlaceBid bid{};
      bid.lot = engine::lot_id(engine::InquiryId{inquiry}, dice_.chance(30) ? 2 : 1);
      bid.bidder = dice_.any_of(suppliers_);
      bid.by = engine::PersonId{7};
      bid.price = Money::fen(9'000'000 - 1'000 * (next_key_ * 3 + dice_.between(0, 3)));
      std::ranges::copy("k" + std::to_string(next_key_++), bid.key.text.begin());
      works_.offer(bid);
      if (dice_.chance(10)) works_.offer(bid);  // sent twice
    }
    return works_.turn();
  }

  engine::Result<void> hold() {
    auto const inquiry = at(dice_.any_of(inquiries_));
    constexpr std::string_view reason = R"({"reason":"一个足够长的理由, 用于模拟"})";
    for (auto const* act : {"/pause", "/resume"}) {
      clock_.advance(std::chrono::seconds{dice_.between(1, 20)});
      if (auto done = works_.post(&buyer_, inquiry + act, reason); !done) return std::unexpected(done.error());
    }
    return {};
  }

  // Everything that is due happens.
  engine::Result<void> evening() {
    for (int i = 0; i < 100 && works_.next_due() != engine::never; ++i) {
      clock_.set(std::max(clock_.now(), works_.next_due()));
      if (auto done = works_.turn(); !done) return done;
    }
    return {};
  }

  Works& works_;
  support::ManualClock& clock_;
  simulation::Dice dice_;
  int const rounds_;
  Snapshots const snapshots_;
  modules::Actor buyer_;
  std::vector<engine::BidderId> suppliers_;
  std::vector<std::uint64_t> inquiries_;
  std::int64_t next_key_ = 1;
};

}  // namespace

engine::Result<void> live(Works& works, support::ManualClock& clock, Morning const& morning) {
  return Day{works, clock, morning}.live();
}

}  // namespace faults
