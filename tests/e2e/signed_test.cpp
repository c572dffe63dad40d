// Bids that bear the supplier's own signature, at a real server: taken at once, verified behind the receipt, voided
// where the signature does not hold, and judged the same again by whoever has the directory or a receipt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/e2e_market.h"
#include "tests/support/e2e_proof.h"
#include "tools/client/signer.h"

namespace {

using namespace support;
using ebb_client::Signer;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;
namespace json = boost::json;

// A supplier's key, as the house knows it.
struct SigningKey {
  std::string id;
  std::string org;
  Signer signer;
};

class SignedBids : public testing::Test {
 protected:
  explicit SignedBids(Settings settings = {}) : market(std::move(settings)) {}

  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");
  std::string const house = text_in(market.read(s1, "/api/v1/me/signing-keys"), "house");

  SigningKey register_key(Person const& person, Signer::Algorithm algorithm = Signer::Algorithm::EcdsaP256) {
    auto signer = Signer::make(algorithm);
    if (!signer) throw Broken(signer.error().what);
    auto const made = market.as(person).post(
        "/api/v1/me/signing-keys", body({{"algorithm", algorithm == Signer::Algorithm::Sm2 ? "SM2" : "ECDSA_P256"},
                                         {"public_key", hex_of(signer->public_key())}}));
    EXPECT_EQ(made.status, 201) << made.body;
    return {text_in(made, "id"), person.org, *std::move(signer)};
  }
  std::string start(LotDraft lot, std::string_view format = "reverse") {
    lot.signed_bids = true;
    return market.start_now(buyer,
                            {.format = std::string{format}, .admitted = {s1.org, s2.org}, .lots = {std::move(lot)}}) +
           "-1";
  }

  // As PROTOCOL.md says; in the name of whose the seat is.
  std::string signature(SigningKey const& key, std::string_view org, std::string_view lot, std::string_view price,
                        std::string_view bid_key) const {
    std::string text = "ebb bid 1\n";
    for (auto const line : {std::string_view{house}, lot, org, price, bid_key, std::string_view{}}) {
      text += line;
      text += '\n';
    }
    auto const bytes = key.signer.sign(text);
    if (!bytes) throw Broken(bytes.error().what);
    return hex_of(*bytes);
  }
  static void send(Seat& seat, std::string_view lot, std::string_view price, std::string_view bid_key,
                   std::string_view key, std::string_view signature) {
    seat.say(body({{"type", "bid"},
                   {"lot", lot},
                   {"price", price},
                   {"key", bid_key},
                   {"signature", json::object{{"key", key}, {"value", signature}}}}));
  }
  // `signed_price`: what the signature is over; empty: the price.
  void send_signed(Seat& seat, Person const& who, std::string_view lot, std::string_view price,
                   std::string_view bid_key, SigningKey const& key, std::string_view signed_price = {}) {
    send(seat, lot, price, bid_key, key.id,
         signature(key, who.org, lot, signed_price.empty() ? price : signed_price, bid_key));
  }
  std::int64_t bid_signed(Seat& seat, Person const& who, std::string_view lot, std::string_view price,
                          std::string_view bid_key, SigningKey const& key, std::string_view signed_price = {}) {
    send_signed(seat, who, lot, price, bid_key, key, signed_price);
    auto const answer = seat.answer(bid_key);
    EXPECT_TRUE(answer.is_accepted()) << answer.outcome << answer.code;
    return answer.is_accepted() ? answer.message.at("seq").as_int64() : 0;
  }
  // Of the seat's own bids, those that count no more.
  static std::vector<std::int64_t> voided(Seat const& seat, std::string const& lot) {
    std::vector<std::int64_t> seqs;
    auto const& own = seat.picture(lot + "/own");
    if (auto const* all = own.if_contains("voided")) {
      for (auto const& one : all->as_array()) seqs.push_back(one.as_object().at("seq").as_int64());
    }
    return seqs;
  }
  static bool comes_to_be_voided(Seat& seat, std::string const& lot, std::int64_t seq) {
    return seat.until([&] { return std::ranges::count(voided(seat, lot), seq) > 0; });
  }
  static std::string best(Seat const& seat, std::string const& lot) { return seat.text(lot + "/public", "best"); }

  bool is_all_noted() {
    return eventually([&] { return market.nobody().get("/metrics").body.contains("\nebb_signatures_waiting 0\n"); });
  }

  std::string data() { return market.server().data().string(); }
  Finished verify(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"verify", data()});
    return market.server().run(std::move(more));
  }
  void expect_verified(std::string_view signatures, std::vector<std::string> const& more = {}) {
    auto const told = verify(more);
    EXPECT_EQ(told.code, 0) << told.output << told.errors;
    EXPECT_THAT(told.output, HasSubstr(signatures));
  }
  // As the page gives it to the supplier, with the key that signed.
  std::string kept_receipt(Person const& who, json::object const& receipt, std::string_view signing_key) {
    auto const seq = std::to_string(receipt.at("seq").as_int64());
    json::object file{{"format", "ebb.receipt.v1"}, {"receipt", receipt}};
    file["entry"] = market.read(who, "/api/v1/log/entries/" + seq).json();
    HttpAnswer inclusion;
    EXPECT_TRUE(eventually([&] {
      inclusion = market.nobody().get("/api/v1/log/inclusion?seq=" + seq);
      return inclusion.status == 200;
    }));
    file["inclusion"] = inclusion.json();
    auto const size = std::to_string(inclusion.json().at("size").as_int64());
    file["head"] = market.nobody().get("/api/v1/log/head?size=" + size).json();
    file["key"] = market.nobody().get("/api/v1/log/key").json().at("key");
    file["signing_key"] = market.read(buyer, "/api/v1/signing-keys/" + std::string{signing_key}).json();
    auto const place = (market.server().data().parent_path() / "receipt.json").string();
    std::ofstream{place} << json::serialize(file);
    return place;
  }
};

TEST_F(SignedBids, the_winner_is_one_whose_signature_holds_and_everybody_can_check_it) {
  auto const one = register_key(s1);
  auto const two = register_key(s2, Signer::Algorithm::Sm2);
  // Every bid leaves four seconds for the next.
  auto const lot = start({.duration_s = 4, .trigger_window_s = 4, .extension_s = 4, .hard_cap_s = 300});
  auto seat = market.seat(s1);
  auto other = market.seat(s2);
  for (auto* each : {&seat, &other}) each->subscribe({lot.substr(0, lot.find('-'))});

  auto const unsigned_bid = seat.bid(lot, "9500.00", "unsigned");
  EXPECT_EQ(unsigned_bid.outcome, "refused");
  EXPECT_EQ(unsigned_bid.code, "SIGNATURE_MISSING");
  bid_signed(seat, s1, lot, "9000.00", "a", one);
  bid_signed(other, s2, lot, "8900.00", "b", two);
  auto const winning = other.answer("b").message;
  auto const other_price = bid_signed(seat, s1, lot, "8000.00", "c", one, "8100.00");
  ASSERT_TRUE(comes_to_be_voided(seat, lot, other_price));
  EXPECT_TRUE(other.until([&] { return best(other, lot) == "8900.00"; })) << "the next leads again";
  auto const other_key = bid_signed(seat, s1, lot, "7900.00", "d", two);
  ASSERT_TRUE(comes_to_be_voided(seat, lot, other_key));
  EXPECT_THAT(voided(seat, lot), ElementsAre(other_price, other_key));

  ASSERT_TRUE(market.comes_to(lot, "AWARDED"));
  auto const standings = market.result(lot).at("standings").as_array();
  ASSERT_EQ(standings.size(), 2U);
  EXPECT_EQ(standings[0].at("price").as_string(), "8900.00");
  EXPECT_EQ(standings[1].at("price").as_string(), "9000.00");

  auto const receipt = kept_receipt(s2, winning, two.id);
  auto const alone = market.server().run({"verify", "--receipt", receipt});
  EXPECT_EQ(alone.code, 0) << alone.errors;
  EXPECT_THAT(alone.output, HasSubstr("it is signed with key " + two.id + " in the name of org " + s2.org +
                                      ", and the signature holds by the key of fingerprint " +
                                      hex_of(sha256(two.signer.public_key()))));
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_verified("signatures: 4 of bids judged again: 2 hold, 2 do not, as was noted\n");
  expect_verified("is signed with key " + two.id + " in the name of org " + s2.org + ": it holds\n",
                  {"--receipt", receipt});
}

TEST_F(SignedBids, a_key_that_was_revoked_counts_for_what_it_signed_before) {
  auto const key = register_key(s1);
  auto const lot = start({});
  auto seat = market.seat(s1);
  seat.subscribe({lot.substr(0, lot.find('-'))});
  bid_signed(seat, s1, lot, "9000.00", "before", key);
  ASSERT_EQ(market.as(s1).post("/api/v1/signing-keys/" + key.id + "/revoke", "{}").status, 200);
  auto const behind = bid_signed(seat, s1, lot, "8000.00", "behind", key);
  ASSERT_TRUE(comes_to_be_voided(seat, lot, behind));
  EXPECT_TRUE(seat.until([&] { return best(seat, lot) == "9000.00"; }));
  bid_signed(seat, s1, lot, "8000.00", "again", register_key(s1));
  EXPECT_TRUE(seat.until([&] { return best(seat, lot) == "8000.00"; }));
  EXPECT_THAT(voided(seat, lot), ElementsAre(behind));
  ASSERT_TRUE(is_all_noted());
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_verified("3 of bids judged again: 2 hold, 1 do not, as was noted");
}

// Many at once, by the slower algorithm: notes are behind when the server dies. Whether one was is read from the
// journal; if none was, it dies again.
TEST_F(SignedBids, what_kill_9_left_without_a_note_is_noted_by_the_next_start_and_the_lot_closes) {
  auto const key = register_key(s1, Signer::Algorithm::Sm2);
  constexpr int bids = 150;
  std::string lot;
  std::string left;
  for (int life = 0; life < 10 && left.empty(); ++life) {
    lot = start({.ceiling = "1000000.00", .duration_s = 4, .hard_cap_s = 4, .attempts = 5000});
    auto seat = market.seat(s1);
    std::vector<std::string> signatures;
    auto const price = [](int i) { return std::to_string(900'000 - 50 * i) + ".00"; };
    for (int i = 0; i < bids; ++i) {
      auto const is_last = i + 1 == bids;  // and over another price
      signatures.push_back(signature(key, s1.org, lot, price(is_last ? 0 : i), "k" + std::to_string(i)));
    }
    for (int i = 0; i < bids; ++i)
      send(seat, lot, price(i), "k" + std::to_string(i), key.id, signatures.at(static_cast<std::size_t>(i)));
    ASSERT_TRUE(seat.answer("k" + std::to_string(bids - 1)).is_accepted());
    market.server().kill();
    auto const told = verify();
    ASSERT_EQ(told.code, 0) << told.output << told.errors;
    if (told.output.contains(" are not noted\n")) left = told.output;
    market.server().start();
  }
  ASSERT_FALSE(left.empty());
  ASSERT_TRUE(market.comes_to(lot, "AWARDED"));
  auto const result = market.result(lot);
  EXPECT_EQ(result.at("standings").as_array().at(0).at("price").as_string(),
            std::to_string(900'000 - 50 * (bids - 2)) + ".00");
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  auto const whole = verify();
  EXPECT_EQ(whole.code, 0) << whole.errors;
  EXPECT_THAT(whole.output, AllOf(HasSubstr("as was noted\n"), Not(HasSubstr("are not noted"))));
}

// ---- A sealed price ----------------------------------------------------------------------------------------------

std::string little_endian(std::uint64_t value) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  return bytes;
}
std::string reversed(std::string bytes) {
  std::ranges::reverse(bytes);
  return bytes;
}

// Everything by which who reads the files could know the price: the price itself as text and as number, in fen, in the
// ten-thousandths that prices are compared in, as floating point; and the signature, which tells a price that is
// guessed from a wrong one.
std::vector<std::string> forms_of(std::string const& yuan, std::int64_t fen, std::string const& signature) {
  std::vector<std::string> forms{yuan,
                                 std::to_string(fen),
                                 std::to_string(fen * 10'000),
                                 signature,
                                 bytes_of(signature),
                                 bytes_of(signature).substr(0, 32),
                                 bytes_of(signature).substr(32)};
  for (auto const& text : {yuan, std::to_string(fen)}) forms.push_back(hex_of(text));
  for (auto const number : {static_cast<std::uint64_t>(fen), static_cast<std::uint64_t>(fen) * 10'000,
                            std::bit_cast<std::uint64_t>(static_cast<double>(fen)),
                            std::bit_cast<std::uint64_t>(static_cast<double>(fen) / 100)}) {
    auto const bytes = little_endian(number);
    for (auto const& form : {bytes, reversed(bytes)}) {
      forms.push_back(form);
      forms.push_back(hex_of(form));
    }
  }
  return forms;
}

std::vector<std::string> files_with(fs::path const& place, std::vector<std::string> const& forms) {
  std::vector<std::string> found;
  std::error_code gone;  // a file that a server at work replaces
  for (auto const& entry : fs::recursive_directory_iterator{place}) {
    if (!entry.is_regular_file(gone)) continue;
    std::ifstream in{entry.path(), std::ios::binary};
    std::string const all{std::istreambuf_iterator<char>{in}, {}};
    for (std::size_t i = 0; i < forms.size(); ++i) {
      if (all.contains(forms[i])) found.push_back(entry.path().string() + ": form " + std::to_string(i));
    }
  }
  return found;
}

// A snapshot of the hall is made behind every command, so that one lies there, too.
class SealedSignedBids : public SignedBids {
 protected:
  SealedSignedBids() : SignedBids({{"snapshots.every_commands", "1"}, {"data.segment_mib", "1"}}) {}
  bool has_snapshot_behind(std::int64_t seq) {
    std::error_code none_yet;
    for (auto const& entry : fs::directory_iterator{market.server().data() / "snapshots", none_yet}) {
      auto const& path = entry.path();
      if (path.extension() == ".snap" && std::stoll(path.stem().string()) >= seq) return true;
    }
    return false;
  }
  // The next life makes no snapshot.
  void make_snapshots_rare() {
    auto const file = market.server().data().parent_path() / "ebb.toml";
    std::ifstream in{file};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    std::string_view const often = "every_commands = 1\n";
    auto const at = text.find(often);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, often.size(), "every_commands = 1000000\n");
    std::ofstream{file} << text;
  }
};

TEST_F(SealedSignedBids, neither_price_nor_signature_is_in_any_file_while_the_lot_is_live) {
  auto const one = register_key(s1);
  auto const two = register_key(s2, Signer::Algorithm::Sm2);
  auto const lot = start({.ceiling = "100000.00", .duration_s = 8}, "sealed");
  auto seat = market.seat(s1);
  auto other = market.seat(s2);
  seat.subscribe({lot.substr(0, lot.find('-'))});
  auto const secret = signature(one, s1.org, lot, "73191.47", "q1");
  auto const forms = forms_of("73191.47", 7'319'147, secret);
  send(seat, lot, "73191.47", "q1", one.id, secret);
  ASSERT_TRUE(seat.answer("q1").is_accepted());
  auto const other_price = bid_signed(other, s2, lot, "74862.93", "q2", two, "74862.94");
  ASSERT_TRUE(eventually([&] { return has_snapshot_behind(other_price); }));
  EXPECT_THAT(files_with(market.server().data(), forms), IsEmpty());
  market.server().kill();
  EXPECT_THAT(files_with(market.server().data(), forms), IsEmpty());
  market.server().start();
  EXPECT_THAT(files_with(market.server().data(), forms), IsEmpty());
  EXPECT_THAT(market.server().log(), Not(HasSubstr("73191"))) << "the log is read by many";
  auto again = market.passer_by();
  again.subscribe({lot.substr(0, lot.find('-'))});
  ASSERT_THAT(again.text(lot + "/public", "state"), testing::AnyOf("RUNNING", "EXTENDED")) << "still before the close";

  ASSERT_TRUE(again.until([&] { return again.text(lot + "/public", "state") == "SELECTING"; }));
  auto const standings = market.result(lot).at("standings").as_array();
  ASSERT_EQ(standings.size(), 1U);
  EXPECT_EQ(standings[0].at("price").as_string(), "73191.47");
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  EXPECT_THAT(files_with(market.server().data(), forms), Not(IsEmpty())) << "the search works";
  expect_verified("signatures: 2 of bids judged again: 1 hold, 1 do not, as was noted\n");
}

// ---- A journal that was trimmed ----------------------------------------------------------------------------------

TEST_F(SealedSignedBids, of_a_trimmed_journal_what_was_seen_is_judged_and_the_rest_is_counted) {
  auto const archive = (market.server().data().parent_path() / "archive").string();
  auto const old_key = register_key(s1);
  auto const lot = start({});
  std::string title;
  for (int i = 0; i < 150; ++i) title += "打";
  InquiryDraft const large{.admitted = {s1.org}, .lots = std::vector<LotDraft>(32, LotDraft{.title = title})};
  for (int i = 0; i < 200; ++i) market.draft(buyer, large);
  ASSERT_TRUE(eventually(
      [&] {
        market.server().run({"archive", data(), archive, "--trim"});
        return !fs::exists(market.server().data() / "journal" / "00000001");
      },
      Patience{30'000}));
  market.server().kill();
  make_snapshots_rare();
  market.server().start();

  auto const new_key = register_key(s2, Signer::Algorithm::Sm2);
  auto seat = market.seat(s1);
  auto other = market.seat(s2);
  other.subscribe({lot.substr(0, lot.find('-'))});
  bid_signed(seat, s1, lot, "9000.00", "old", old_key);
  bid_signed(other, s2, lot, "8900.00", "new", new_key);
  auto const forged = bid_signed(other, s2, lot, "8800.00", "forged", new_key, "8700.00");
  ASSERT_TRUE(comes_to_be_voided(other, lot, forged));
  market.server().kill();
  expect_verified(
      "2 of bids judged again: 1 hold, 1 do not, as was noted\n"
      "signatures: 1 of bids not judged: their keys were registered in what was not seen");
  expect_verified("3 of bids judged again: 2 hold, 1 do not, as was noted\n", {"--archive", archive});
}

}  // namespace
