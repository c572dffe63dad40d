// What people do all day, and what the day does to them.
#include <gtest/gtest.h>

#include "modules/text.h"
#include "tests/simulation/life.h"

namespace simulation {

using engine::Format;
using engine::LotId;
using engine::Money;

void World::step() {
  auto chance = draw(1'000);
  auto const happens = [&](int in_a_thousand) { return (chance -= in_a_thousand) < 0; };
  if (lots_.empty() || happens(chances_.new_inquiry)) return new_inquiry();
  if (happens(chances_.buyer_acts)) return buyer_acts();
  if (happens(chances_.award_answer)) return award_answer();
  if (happens(chances_.repeated_bid)) return repeat_a_bid();
  if (happens(chances_.rude_message)) return rude_message();
  if (happens(chances_.passing_time)) return time_passes();
  if (happens(chances_.clock_jump)) return clock_jumps();
  if (happens(chances_.connection_lost)) return somebody_loses_the_connection();
  if (happens(chances_.refused_commit)) {
    return life_->journal.fail_commit(life_->journal.commits() + 1 + static_cast<std::uint64_t>(draw(3)));
  }
  if (happens(chances_.crash)) return crash();
  bid();
}

void World::new_inquiry() {
  auto const& buyer = buyers_[0].actor;
  std::string lots;
  for (int place = 1 + draw(3); place > 0; --place) {
    bool const is_sealed = draw(3) == 0;
    auto const common = R"("min_bidders":)" + std::to_string(1 + draw(3)) + R"(,"attempts_max":)" +
                        std::to_string(5 + draw(60)) + R"(,"confirm_for_s":)" + std::to_string(60 + draw(600));
    auto const own = is_sealed ? std::string{R"("format":"sealed","ceiling":"100000.00")"}
                               : R"("format":"reverse","ceiling":")" + std::to_string(20'000 + draw(40'000)) +
                                     R"(.00","decrement":"10.00","step_basis":")" + (draw(2) == 0 ? "own" : "best") +
                                     R"(","trigger_window_s":)" + std::to_string(draw(2) * 60) +
                                     R"(,"extension_s":60,"hard_cap_s":7200)";
    lots += std::string(lots.empty() ? "" : ",") + R"({"title":"标段","rules":{)" + own + R"(,"duration_s":)" +
            std::to_string(120 + draw(1'800)) + "," + common + "}}";
  }
  std::string admitted;
  for (auto const& supplier : suppliers_) {
    if (draw(4) == 0) continue;
    admitted +=
        std::string(admitted.empty() ? "" : ",") + R"({"org":")" + std::to_string(supplier.actor.org.number()) + "\"}";
  }
  auto const inquiry =
      post(buyer, "/inquiries", R"({"title":"模拟","lots":[)" + lots + R"(],"admitted":[)" + admitted + "]}");
  if (inquiry == 0) return;
  ++tally_.inquiries;
  post(buyer, "/inquiries/" + std::to_string(inquiry) + "/publish", R"({"start":"now"})");
}

// Anything, whether it fits or not: what does not is refused.
void World::buyer_acts() {
  auto const lot = std::next(lots_.begin(), draw(static_cast<int>(lots_.size())))->first;
  auto const in_lot = "/lots/" + modules::lot_text(lot);
  auto const in_inquiry = "/inquiries/" + std::to_string(engine::inquiry_of(lot).number());
  auto const& buyer = any_of(buyers_).actor;
  std::string const reason = R"("reason":"一个足够长的理由, 用于模拟")";
  auto const bidder = R"("bidder":")" + std::to_string(any_of(suppliers_).actor.org.number()) + "\"";
  switch (draw(10)) {
    case 0:
      post(buyer, in_inquiry + "/pause", "{" + reason + "}");
      break;
    case 1:
    case 2:
    case 3:
      post(buyer, in_inquiry + "/resume", "{" + reason + "}");
      break;
    case 4:
      if (draw(10) == 0) post(buyer, in_inquiry + "/abort", "{" + reason + "}");
      break;
    case 5:
      post(buyer, in_lot + "/disqualify", "{" + bidder + "," + reason + "}");
      break;
    case 6:
      post(buyer, in_lot + "/reinstate", "{" + bidder + "," + reason + "}");
      break;
    case 7:
      post(buyer, in_lot + "/choice", "{" + bidder + "," + reason + "}");
      break;
    case 8:
      post(buyer, in_lot + "/choice/approval", "{}");
      break;
    case 9:
      post(buyer, draw(2) == 0 ? in_lot + "/ask-next" : in_inquiry + "/relaunch", "{}");
      break;
    default:
      break;
  }
}

void World::award_answer() {
  auto const lot = std::next(lots_.begin(), draw(static_cast<int>(lots_.size())))->first;
  auto const* const answer = draw(3) == 0 ? R"({"answer":"decline"})" : R"({"answer":"confirm"})";
  for (auto const& supplier : suppliers_)
    post(supplier.actor, "/lots/" + modules::lot_text(lot) + "/award-answer", answer);
}

void World::bid() {
  // The newest lots are the live ones.
  auto const from_the_end = 1 + draw(std::min<int>(8, static_cast<int>(lots_.size())));
  auto const& [lot, known] = *std::prev(lots_.end(), from_the_end);
  auto const& person = any_of(suppliers_);
  Money price;
  if (known.rules.format == Format::Sealed) {
    price = Money::fen(secret_from_fen + draw(static_cast<int>(secret_to_fen - secret_from_fen)));
  } else {
    auto const step = known.rules.decrement.in_fen() * (draw(12) - 1);  // now and then too small, or upwards
    price = Money::fen(std::min(known.best.in_fen() - step, secret_from_fen - 1));
    if (draw(40) == 0) price = Money::fen(draw(3) - 1);
  }
  engine::PlaceBid offer{lot, person.actor.org, person.actor.person, price, {}, {}};
  if (draw(10) == 0) offer.consent = engine::Consent::Given;
  auto const key = "b" + std::to_string(person.actor.org.number()) + "." + std::to_string(next_key_++);
  offer.key = gateway::read_key(key).value();
  sent_[key] = offer;
  ++tally_.bids;
  place(person, offer);
}

void World::place(Person const& person, engine::PlaceBid bid) {
  offer(std::move(bid), person.client != nullptr ? person.client->number() : 0);
}

void World::repeat_a_bid() {
  if (sent_.empty()) return;
  auto again = std::next(sent_.begin(), draw(static_cast<int>(sent_.size())))->second;
  if (draw(4) == 0) again.price = again.price - Money::fen(1);  // the same key with other content
  for (auto const& person : suppliers_) {
    if (person.actor.org == again.bidder) place(person, again);
  }
}

// Bytes as they come, through the real decoder; what it lets through is offered as a session would.
void World::rude_message() {
  static constexpr std::string_view texts[] = {"",
                                               "{",
                                               "[]",
                                               "null",
                                               R"({"type":"bid"})",
                                               R"({"type":"bid","lot":"1-1","price":8000,"key":"x"})",
                                               R"({"type":"bid","lot":"1-1","price":"8000.001","key":"x"})",
                                               R"({"type":"time","t0":1e999})",
                                               R"({"type":"bid","lot":"0-0","price":"1.00","key":"x","key":"y"})",
                                               "\xff\xfe",
                                               R"({"type":"bid","lot":"99999-1","price":"-1.00","key":"rude"})"};
  std::string text{texts[draw(std::size(texts))]};
  for (int flips = draw(3); flips > 0 && !text.empty(); --flips) {
    text[random_() % text.size()] = static_cast<char>(draw(256));
  }
  auto const incoming = decoder_.decode(text);
  auto const* const bid = incoming ? std::get_if<gateway::Bid>(&*incoming) : nullptr;
  if (bid == nullptr) return;
  auto const& person = any_of(suppliers_);
  place(person, {bid->lot, person.actor.org, person.actor.person, bid->price, bid->key, bid->consent});
}

void World::time_passes() {
  auto const due = life_->hall.next_due();
  switch (draw(4)) {
    case 0:
      clock_.advance(engine::Duration{draw(50)});
      break;
    case 1:
      clock_.advance(std::chrono::seconds{draw(20)});
      break;
    case 2:
      clock_.advance(std::chrono::seconds{draw(120)});
      break;
    default:  // to the very moment at which something is due
      if (due != engine::never && due - clock_.now() < std::chrono::minutes{10})
        clock_.set(std::max(clock_.now(), due));
  }
}

// The wall clock was stepped; ours follows forwards and never backwards.
void World::clock_jumps() {
  ++tally_.clock_jumps;
  engine::Duration const by = std::chrono::seconds{draw(7'200) - 3'600};
  offer(engine::ClockStepped{by});
  turn();
  if (by > engine::Duration::zero()) clock_.advance(by);
}

void World::somebody_loses_the_connection() {
  auto& people = draw(2) == 0 ? suppliers_ : watchers_;
  auto& person = any_of(people);
  if (person.client == nullptr) return;
  life_->hub.leave(person.client->number());
  person.memory = person.client->memory();
  person.client = nullptr;
}

// Comes (back) and takes up every stream where it stopped.
void World::connect(Person& person) {
  if (person.client != nullptr) person.memory = person.client->memory();
  if (!person.memory.streams.empty()) ++tally_.resumed;
  auto const number = next_client_++;
  person.client = std::make_shared<Client>(
      number, person.as, person.backlog_max, person.memory,
      [this](Client& client, std::string const& text, modules::Json const& message) { heard(client, text, message); });
  life_->hub.join(person.client);
  std::set<engine::InquiryId> inquiries;
  for (auto const& [lot, known] : lots_) inquiries.insert(engine::inquiry_of(lot));
  // One by one: an inquiry that is not there (any more) must not keep the others away.
  for (auto const inquiry : inquiries) {
    life_->hub.subscribe(number, "s", {inquiry}, person.memory.positions());
  }
}

void World::heard(Client& client, std::string const& text, modules::Json const& message) {
  auto const& actor = client.actor();
  bool const is_bidder = actor && actor->role == modules::Role::Supplier;
  invariants_.nobody_sees_what_view_forbids(is_bidder ? std::optional{actor->org} : std::nullopt, text);
  if (*message.find("type")->as_text() != "receipt") return;
  auto const sent = sent_.find(*message.find("key")->as_text());
  bool const was_kept = message.find("attempt")->as_number()->text != "0";
  if (sent == sent_.end() || !was_kept) return;
  auto const* problem = message.find("problem");
  invariants_.acknowledged(sent->second, std::stoull(message.find("seq")->as_number()->text),
                           problem != nullptr ? *problem->find("code")->as_text() : "accepted");
}

}  // namespace simulation
