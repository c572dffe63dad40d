// A market day for inquiry tests: buyers, suppliers and regulators, a draft, bids, and time that is advanced.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "modules/inquiry/inquiry_module.h"
#include "modules/inquiry/rows.h"
#include "modules/text.h"
#include "tests/unit/modules/accounts/town.h"

namespace market {

using namespace std::chrono_literals;

inline constexpr modules::inquiry::Limits limits{.notice_min = 1h, .quoting_min = 1h};

class Market : public testing::Test {
 protected:
  modules::accounts::AccountsModule accounts_;
  modules::inquiry::InquiryModule inquiry_{limits};
  support::ModuleWorld world_{{&accounts_, &inquiry_}};
  town::Town town_{world_, accounts_};
  modules::Actor administrator_ = town_.administrator();
  engine::OrgId buyer_org_ = town_.org("海宁采购中心", "buyer", "330481");
  modules::Actor buyer_ = town_.person("buyer", "purchaser", buyer_org_);
  modules::Actor second_ = town_.person("second", "purchaser", buyer_org_);
  modules::Actor stranger_ = town_.person("stranger", "purchaser", town_.org("德清采购中心", "buyer", "330521"));
  modules::Actor city_ = town_.person("city", "regulator", town_.org("嘉兴财政局", "regulator", "330400"));
  modules::Actor elsewhere_ = town_.person("elsewhere", "regulator", town_.org("湖州财政局", "regulator", "330500"));
  std::array<modules::Actor, 3> suppliers_ = {town_.person("s-one", "supplier", town_.org("甲公司", "supplier")),
                                              town_.person("s-two", "supplier", town_.org("乙公司", "supplier")),
                                              town_.person("s-three", "supplier", town_.org("丙公司", "supplier"))};
  modules::Actor outsider_ = town_.person("outsider", "supplier", town_.org("丁公司", "supplier"));

  static constexpr std::string_view reverse = R"("format":"reverse","ceiling":"10000.00","decrement":"50.00")";
  static constexpr std::string_view sealed = R"("format":"sealed","ceiling":"10000.00","duration_s":3600)";

  // With every supplier of the market admitted to `lots` equal lots.
  std::string body(std::string_view rules = reverse, int lots = 1) const {
    std::string list;
    for (int i = 0; i < lots; ++i) {
      list += std::string(i == 0 ? "" : ",") + R"({"title":"打印机)" + std::to_string(i + 1) + R"(","rules":{)" +
              std::string(rules) + "}}";
    }
    std::string admitted;
    for (auto const& supplier : suppliers_) {
      admitted += (admitted.empty() ? "" : ",") + (R"({"org":")" + std::to_string(supplier.org.number()) + R"("})");
    }
    return R"({"title":"办公设备","lots":[)" + list + R"(],"admitted":[)" + admitted + "]}";
  }
  std::string path(std::string_view verb = {}) const {
    return "/inquiries/1" + std::string(verb.empty() ? "" : "/") + std::string(verb);
  }
  std::string at(engine::Duration after) const {
    return R"({"opens_at":")" + modules::instant_text(world_.now() + after) + R"("})";
  }
  support::Told post(modules::Actor const& who, std::string_view verb, std::string_view body) {
    return world_.post(who, path(verb), body);
  }
  support::Told to_lot(modules::Actor const& who, std::string_view verb, std::string_view body = "{}") {
    return world_.post(who, "/lots/1-1/" + std::string(verb), body);
  }

  void publish(std::string_view rules = reverse, int lots = 1) {
    ASSERT_EQ(world_.post(buyer_, "/inquiries", body(rules, lots)).code, "");
    ASSERT_EQ(post(buyer_, "publish", at(1h)).code, "");
  }
  // Published, and the hour of notice is over.
  void run(std::string_view rules = reverse, int lots = 1) {
    publish(rules, lots);
    world_.advance(1h);
  }
  support::Told bid(std::size_t supplier, std::int64_t yuan, std::uint8_t place = 1) {
    engine::BidKey key;
    auto const text = std::to_string(++bids_);
    std::ranges::copy(text, key.text.begin());
    return world_.send(engine::PlaceBid{engine::lot_id(engine::InquiryId{1}, place), suppliers_[supplier].org,
                                        suppliers_[supplier].person, engine::Money::fen(yuan * 100), key,
                                        engine::Consent::Given});
  }
  support::Told signed_bid(std::size_t supplier, std::int64_t yuan) {
    engine::BidKey key;
    std::ranges::copy(std::to_string(++bids_), key.text.begin());
    return world_.send(engine::PlaceSignedBid{
        {engine::lot_id(engine::InquiryId{1}, 1), suppliers_[supplier].org, suppliers_[supplier].person,
         engine::Money::fen(yuan * 100), key, engine::Consent::Given},
        {engine::SigningKeyId{supplier + 1}, {}}});
  }
  // As whoever verifies tells it: all of them, and those of these places do not hold.
  void note_signatures(std::vector<engine::Seq> const& signed_bids, std::vector<std::size_t> const& invalid) {
    engine::NoteSignatures note{engine::lot_id(engine::InquiryId{1}, 1), signed_bids.back(), {}};
    for (auto const place : invalid) note.invalid.push_back(signed_bids.at(place));
    world_.send(std::move(note));
  }
  void three_bids() {
    bid(0, 9'000);
    bid(1, 9'300);
    bid(2, 9'100);
  }
  std::string of(std::size_t supplier, std::string_view reason = {}) const {
    return R"({"bidder":")" + std::to_string(suppliers_[supplier].org.number()) + '"' +
           (reason.empty() ? "" : R"(,"reason":")" + std::string(reason) + '"') + "}";
  }
  modules::inquiry::LotRow lot(std::uint8_t place = 1) const {
    return *modules::inquiry::lot_row(engine::lot_id(engine::InquiryId{1}, place), world_.tables());
  }
  modules::inquiry::InquiryRow row(std::uint64_t id = 1) const {
    return *modules::inquiry::inquiry_row(engine::InquiryId{id}, world_.tables());
  }

 private:
  int bids_ = 0;
};

}  // namespace market
