// The messages as they are spoken against asyncapi.json and PROTOCOL.md: every message is documented member by member,
// every documented message is spoken, and close codes agree.
#include "gateway/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "gateway/refusals.h"
#include "gateway/signature.h"
#include "tests/support/e2e_proof.h"
#include "tests/support/e2e_schema.h"
#include "tests/unit/gateway/little_lot.h"

namespace {

namespace json = boost::json;
using namespace hub_test;

std::string file(std::string const& name) {
  auto const* const source = std::getenv("EBB_SOURCE_DIR");
  std::ifstream in{std::string(source != nullptr ? source : ".") + "/gateway/" + name};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class AsyncApi : public testing::Test {
 protected:
  json::object const& messages() const { return api.document().at("components").at("messages").as_object(); }
  // The documented names of what the server sends ("tell") or takes ("listen").
  std::set<std::string> names(std::string_view operation) const {
    std::set<std::string> found;
    for (auto const& entry : api.document().at("operations").at(operation).at("messages").as_array()) {
      std::string const path{entry.at("$ref").as_string()};
      found.insert(path.substr(path.rfind('/') + 1));
    }
    return found;
  }
  // The documented message that this is; empty and a failure: none.
  std::string judge(std::string const& text, std::string_view operation) {
    auto const value = json::parse(text);
    std::string why;
    for (auto const& name : names(operation)) {
      auto const& payload = messages().at(name).at("payload");
      if (payload.at("properties").at("type").at("const") != value.at("type")) continue;
      auto const faults = api.faults(value, payload);
      if (faults.empty()) return name;
      for (auto const& fault : faults) why += name + " " + fault + "\n";
    }
    ADD_FAILURE() << text << "\n" << why;
    return {};
  }

  support::Schemas api{json::parse(file("asyncapi.json"))};
};

// A day with everything in it: both formats, refusals, a pause, a disqualification, closes, a choice and an award.
std::vector<std::string> everything_said() {
  World world;
  auto const open = engine::lot_id(InquiryId{1}, 1);
  auto const sealed = engine::lot_id(InquiryId{1}, 2);
  BidderId const ann{1}, bob{2};
  engine::PersonId const buyer{900};
  world.schedule(open, reverse_rules(), {ann, bob, BidderId{3}});
  world.schedule(sealed, sealed_rules(), {ann, bob, BidderId{3}});
  world.publish();
  world.run();
  auto const watcher = world.watcher();
  auto const supplier = world.supplier(ann);
  auto const purchaser = world.purchaser();
  for (auto const& client : {watcher, supplier, purchaser}) world.subscribe(*client);
  auto const turn = [&] {
    world.publish();
    world.run();
  };
  auto const number = supplier->number();
  world.bid(open, ann, yuan(99'000), "a", {number, 1});
  world.bid(open, ann, yuan(98'995), "b", {number, 2});
  world.bid(open, ann, yuan(99'000), "a", {number, 3});
  world.bid(open, bob, yuan(98'000), "c");
  world.bid(open, ann, yuan(1), "d", {number, 4}, engine::Consent::NotGiven);
  world.bid(sealed, ann, yuan(90'000), "a", {number, 5});
  world.bid(sealed, bob, yuan(91'000), "a");
  world.bid(sealed, ann, yuan(200'000), "b", {number, 6});
  world.bid(engine::lot_id(InquiryId{9}, 9), ann, yuan(1), "x", {number, 7});
  turn();
  world.decide(engine::PauseLot{open, buyer, "设备故障,稍后继续进行"});
  world.decide(engine::DisqualifyBidder{open, ann, buyer, "资格条件不符合采购文件要求"});
  turn();
  world.subscribe(*world.watcher());
  world.subscribe(*world.supplier(ann));
  world.subscribe(*world.purchaser());
  world.run();
  world.decide(engine::ResumeLot{open, buyer, "故障已排除,继续进行"});
  world.decide(engine::ReinstateBidder{open, ann, buyer, "申诉成立,恢复其资格条件"});
  turn();
  world.decide(engine::ClockStepped{std::chrono::seconds{5}});
  turn();
  world.subscribe(*world.watcher());
  world.run();
  for (auto const lot : {open, sealed}) world.decide(engine::ResumeLot{lot, buyer, "时钟已校正,继续进行"});
  turn();
  world.wait(std::chrono::hours{3});
  world.decide(engine::Tick{});
  turn();
  world.decide(engine::AnswerAward{open, bob, engine::PersonId{2}, engine::AwardAnswer::Decline});
  world.decide(engine::ChooseQuote{sealed, ann, buyer, {}, "价格最低,符合全部技术要求"});
  turn();
  for (auto const& client : {world.watcher(), world.supplier(ann), world.purchaser()}) world.subscribe(*client);
  world.hub.ask(number, open, key("a"));
  world.hub.ask(number, open, key("zz"));
  world.hub.ask(watcher->number(), open, key("zz"));
  world.hub.subscribe(number, "n", {InquiryId{77}}, {});
  world.hub.unsubscribe(number, "u", {InquiryId{1}});
  world.run();

  std::vector<std::string> said;
  for (auto const& client : world.clients) said.insert(said.end(), client->heard.begin(), client->heard.end());
  auto const& actor = supplier->actor();
  said.push_back(gateway::hello(engine::at_millis(0), 5, nullptr));
  said.push_back(gateway::hello(engine::at_millis(1'795'000'000'123), 5, &*actor));
  said.push_back(gateway::done("d", engine::Seq{7}));
  said.push_back(gateway::time_answer("-1.5e3", engine::at_millis(1), engine::at_millis(2)));
  gateway::Decoder decoder;
  for (auto const* wrong : {"{", R"({"type":"bid","lot":"1-1","key":"k","price":"1.234"})", R"({"type":"x\"y\u0001"})",
                            R"({"type":"subscribe","id":"a","\u0007~/":1})"}) {
    said.push_back(gateway::problem_message(decoder.decode(wrong).error()));
  }
  said.push_back(gateway::problem_message({}, "k", engine::Refusal{&gateway::refusals::overloaded, {}, {}}));
  return said;
}

// Lots of every other format and with every rule that a view shows, seen by everybody after every step.
std::vector<std::string> said_of_every_format() {
  World world;
  BidderId const ann{1}, bob{2}, cyd{3};
  engine::PersonId const person{900};
  auto rules = reverse_rules();
  rules.ending = engine::Ending::Quiet;
  rules.rounds = 2;
  rules.eliminate = 1;
  rules.pause = std::chrono::seconds{30};
  rules.front_buffer = rules.back_buffer = yuan(1);
  rules.ties = engine::Ties::EqualWorst;
  rules.rank_by = engine::RankBy::Evaluated;
  rules.step_kind = engine::StepKind::Ladder;
  rules.ladder[0] = {yuan(50'000), yuan(10)};
  rules.ladder[1] = {{}, yuan(1)};
  rules.proxies = rules.surrogates = rules.practice = true;
  rules.visibility = engine::visible::everything;
  rules.extend_scope = engine::ExtendScope::Inquiry;
  auto with_signatures = reverse_rules();
  with_signatures.signed_bids = true;
  std::vector<LotId> lots;
  for (auto const& each : {rules, rounds_rules(), dutch_rules(), japanese_rules(), with_signatures}) {
    lots.push_back(engine::lot_id(InquiryId{1}, static_cast<std::uint8_t>(lots.size() + 1)));
    world.schedule(lots.back(), each, {ann, bob, cyd});
  }
  world.publish();
  world.run();
  auto const steps = [&] {
    world.publish();
    world.run();
    for (auto const& client : {world.watcher(), world.supplier(ann), world.purchaser()}) world.subscribe(*client);
    world.run();
  };
  auto const later = [&](engine::Duration span) {
    world.wait(span);
    world.decide(engine::Tick{});
    steps();
  };
  for (auto const& client : {world.watcher(), world.supplier(ann), world.supplier(bob), world.purchaser()}) {
    world.subscribe(*client);
  }
  world.bid(lots[0], ann, yuan(90'000), "a");
  world.bid(lots[0], bob, yuan(90'005), "a");
  world.decide(engine::SetProxy{lots[0], ann, person, yuan(40'000), yuan(20)});
  world.decide(engine::PlaceSurrogateBid{{lots[0], cyd, person, yuan(80'000), key("s"), engine::Consent::Given},
                                         engine::PersonId{8},
                                         "供应商现场提交纸质报价单"});
  world.bid(lots[1], ann, yuan(90'000), "a");
  world.bid(lots[1], bob, yuan(80'000), "a");
  world.bid(lots[2], cyd, yuan(10'000), "a");
  auto const sign = [&](BidderId bidder, std::int64_t price) {
    world.decide(engine::PlaceSignedBid{{lots[4], bidder, person, yuan(price), key("s"), engine::Consent::Given}, {}});
  };
  sign(ann, 90'000);
  auto const voided = world.seq();
  sign(bob, 80'000);
  auto const through = world.seq();
  steps();
  world.decide(engine::NoteSignatures{lots[4], through, {voided}});
  world.bid(lots[3], ann, yuan(100'000), "a");
  world.bid(lots[3], bob, yuan(100'000), "a");
  steps();
  world.bid(lots[2], ann, yuan(9'000), "b");
  world.decide(engine::CancelProxy{lots[0], ann, person});
  for (int i = 0; i < 30; ++i) later(std::chrono::minutes{1} + std::chrono::seconds{30});
  later(std::chrono::hours{9});
  std::vector<std::string> said;
  for (auto const& client : world.clients) said.insert(said.end(), client->heard.begin(), client->heard.end());
  return said;
}

TEST_F(AsyncApi, pictures_of_every_format_are_as_documented) {
  std::string all;
  for (auto const& text : said_of_every_format()) {
    judge(text, "tell");
    all += text;
  }
  for (auto const* kind : {"bidding", "quiet", "break", "turn", "level", "sealed_bids", "best_bid"}) {
    EXPECT_TRUE(all.contains("\"kind\":\"" + std::string(kind) + '"')) << kind;
  }
  for (auto const* member :
       {"colour", "lead", "bidders", "proxy", "eliminated", "automatic", "surrogate", "practice", "signed_bids"}) {
    EXPECT_TRUE(all.contains('"' + std::string(member) + "\":")) << member;
  }
  EXPECT_TRUE(all.contains(R"("voided":[{"seq":)"));
}

TEST_F(AsyncApi, everything_the_server_says_is_documented_and_everything_documented_is_said) {
  std::set<std::string> met;
  for (auto const& text : everything_said()) met.insert(judge(text, "tell"));
  EXPECT_EQ(met, names("tell"));
}

TEST_F(AsyncApi, what_a_client_may_say_is_what_the_decoder_takes) {
  std::map<std::string, std::string> const full{
      {"subscribe",
       R"({"type":"subscribe","id":"a","inquiries":["1"],"resume":[{"stream":"1-1/own","epoch":"e","offset":0}]})"},
      {"unsubscribe", R"({"type":"unsubscribe","id":"a","inquiries":["1"]})"},
      {"bid",
       R"({"type":"bid","lot":"1-1","price":"98000.00","key":"k","confirm":true,"signature":{"key":"7","value":")" +
           std::string(128, '0') + R"("}})"},
      {"ask", R"({"type":"ask","lot":"1-1","key":"k"})"},
      {"withdraw", R"({"type":"withdraw","id":"a","lot":"1-1"})"},
      {"set_proxy", R"({"type":"set_proxy","id":"a","lot":"1-1","limit":"98000.00","step":"10.00"})"},
      {"cancel_proxy", R"({"type":"cancel_proxy","id":"a","lot":"1-1"})"},
      {"time_probe", R"({"type":"time","t0":123456.789})"}};
  gateway::Decoder decoder;
  std::set<std::string> met;
  for (auto const& [name, text] : full) {
    met.insert(judge(text, "listen"));
    ASSERT_TRUE(decoder.decode(text)) << text;
    auto const& payload = messages().at(name).at("payload");
    auto const whole = json::parse(text).as_object();
    EXPECT_EQ(whole.size(), payload.at("properties").as_object().size()) << name << ": the example is not full";
    for (auto const& [member, value] : whole) {
      auto less = whole;
      less.erase(member);
      auto const documented = api.faults(less, payload).empty();
      EXPECT_EQ(static_cast<bool>(decoder.decode(json::serialize(less))), documented) << name << " without " << member;
    }
  }
  EXPECT_EQ(met, names("listen"));
}

std::map<std::string, std::string> codes_of(std::string const& text, std::string const& pattern, int code, int name) {
  std::map<std::string, std::string> found;
  std::regex const shape{pattern};
  for (std::sregex_iterator at{text.begin(), text.end(), shape}, end; at != end; ++at) {
    found[(*at)[static_cast<std::size_t>(code)]] = (*at)[static_cast<std::size_t>(name)];
  }
  return found;
}

TEST_F(AsyncApi, close_codes_are_those_of_the_code_and_of_the_protocol) {
  std::map<std::string, std::string> documented;
  for (auto const& [code, name] : api.document().at("channels").at("live").at("x-close-codes").as_object()) {
    documented[code] = name.as_string();
  }
  EXPECT_EQ(documented, codes_of(file("client.h"), R"((\w+) = (\d{4}),)", 2, 1));
  auto const protocol = file("PROTOCOL.md");
  auto const table = protocol.substr(protocol.find("### Close codes"));
  for (auto const& [code, name] : documented) EXPECT_THAT(table, testing::HasSubstr(code)) << name;
  auto const of_framing = codes_of(file("frames.h"), R"((\w+)\{(\d{4})\})", 2, 1);
  for (auto const& [code, name] : of_framing) EXPECT_THAT(table, testing::HasSubstr(code)) << name;
  for (auto const& [code, name] : codes_of(table, R"(\b([1-4]\d{3})\b)", 1, 1)) {
    bool const is_never_used = code == "1001";  // the page says so
    EXPECT_TRUE(documented.contains(code) || of_framing.contains(code) || is_never_used) << code;
  }
}

// What a block of the page says behind that name.
std::string said_behind(std::string const& name, std::string const& page) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(page, found, std::regex{"\n" + name + " +([^\n]+)\n"})) << name;
  return found[1];
}

TEST_F(AsyncApi, the_signed_bid_of_the_protocol_page_holds) {
  using support::bytes_of, support::hex_of, support::sha256;
  auto const page = file("PROTOCOL.md");
  auto const house = said_behind("house", page);
  EXPECT_EQ(hex_of(sha256(bytes_of(said_behind("log key", page)))), house);
  engine::PlaceBid const bid{
      engine::lot_id(InquiryId{12}, 1), BidderId{5}, engine::PersonId{1}, yuan(98'000), key("my-first-bid"),
      engine::Consent::NotGiven};
  auto const text = gateway::signed_text(house, bid);
  EXPECT_THAT(page, testing::HasSubstr(std::to_string(text.size()) + " bytes in all, SHA-256 " + hex_of(sha256(text))));
  auto const verifying =
      gateway::VerifyingKey::read(gateway::SigningAlgorithm::EcdsaP256, bytes_of(said_behind("public key", page)));
  ASSERT_TRUE(verifying);
  engine::Signature signature;
  bytes_of(said_behind("signature", page)).copy(signature.bytes.data(), signature.bytes.size());
  EXPECT_TRUE(verifying->holds(text, signature));
  EXPECT_FALSE(verifying->holds(text + "\n", signature));
}

TEST_F(AsyncApi, the_protocol_page_names_every_message) {
  auto const protocol = file("PROTOCOL.md");
  for (auto const& [name, message] : messages()) {
    auto const type = std::string(message.at("payload").at("properties").at("type").at("const").as_string());
    EXPECT_TRUE(protocol.contains("`" + type) || protocol.contains("\"type\":\"" + type + "\"")) << type;
  }
}

}  // namespace
