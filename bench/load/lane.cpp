// Bidders and watchers as listeners of their participants, and the pump that keeps the schedule.
#include "bench/load/lane.h"

#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <set>
#include <unordered_map>

namespace bench::load {
namespace {

using ebb_client::Participant;
using ebb_client::Reactor;

// So many handshakes at once; more would measure the listen queue.
constexpr std::size_t handshakes_at_once = 32;
constexpr std::size_t wrong_answers_kept = 50;

bool is_over(std::string const& state) {
  return !state.empty() && state != "SCHEDULED" && state != "RUNNING" && state != "EXTENDED" && state != "PAUSED";
}

std::string key_text(std::uint32_t number) {
  return fmt::format("load-{}", number);
}

std::optional<std::uint32_t> key_number(std::string_view key) {
  constexpr std::string_view head = "load-";
  if (!key.starts_with(head)) return std::nullopt;
  std::uint32_t number = 0;
  auto const [end, error] = std::from_chars(key.data() + head.size(), key.data() + key.size(), number);
  return error == std::errc{} && end == key.data() + key.size() ? std::optional{number} : std::nullopt;
}

}  // namespace

// A bid that took the lead, until every watcher has seen its price or a lower one.
struct Lane::Lead {
  std::int64_t fen;
  std::uint32_t bid;
  std::uint32_t waiting;
  Steady::time_point last_at;
};

struct Lane::Lot {
  std::uint32_t place = 0;
  std::string inquiry;
  std::string name;
  std::vector<std::unique_ptr<Bidder>> bidders;
  std::vector<std::unique_ptr<Watcher>> watchers;
  std::unique_ptr<Watcher> newcomer;
  std::vector<Lead> leads;                                               // as planned, so their prices fall
  std::unordered_map<std::uint32_t, std::deque<std::uint32_t>> waiting;  // key -> bids, in order of sending
  std::set<std::uint32_t> disturbed;  // suppliers whose plan the server rightly upset (a pause)
  std::vector<std::string> wrong_answers;
  std::size_t closed_for = 0;  // watchers who have seen the end
};

class Lane::Bidder final : public Participant::Listener {
 public:
  Bidder(Lane& lane, Lot& lot, std::uint32_t supplier)
      : lane_(lane),
        lot_(lot),
        supplier_(supplier),
        participant_(lane.reactor_, lane.decoder_, lane.work_.options.server,
                     lane.work_.staged.suppliers[supplier].token,
                     lane.work_.options.restarts == Restarts::AreSurvived ? Participant::Loyalty::Return
                                                                          : Participant::Loyalty::Leave,
                     lane.work_.options.seed * 1'000'003 + lot.place * 257 + supplier, *this) {
    participant_.follow(lot.inquiry);
  }
  Participant& participant() { return participant_; }
  Participant const& participant() const { return participant_; }

 private:
  void on_picture(Participant&, std::string const&, ebb_client::Picture const&, Steady::time_point) override {
    if (is_connected_) return;
    is_connected_ = true;
    ++lane_.connected_;
    --lane_.connecting_;
    lane_.work_.counters.connected.fetch_add(1, std::memory_order_relaxed);
    lane_.connect_next();
  }
  void on_receipt(Participant&, ebb_client::Receipt const& receipt, Steady::time_point read_at) override {
    auto const fate = receipt.outcome == ebb_client::Outcome::Accepted ? Fate::Accepted : Fate::Refused;
    lane_.answered(lot_, supplier_, receipt.key, fate, receipt.seq, receipt.code, read_at);
  }
  void on_problem(Participant&, ebb_client::Problem const& problem) override {
    if (problem.status == 503 || problem.status == 429) {
      ++lane_.busy_;
    } else if (!problem.key.empty()) {
      lane_.answered(lot_, supplier_, problem.key, Fate::Refused, 0, problem.code, Steady::now());
    } else if (lot_.wrong_answers.size() < wrong_answers_kept) {
      lot_.wrong_answers.push_back(fmt::format("bidder {}: problem {} {}", supplier_, problem.code, problem.title));
    }
  }
  void on_lost(Participant&, std::uint16_t code, std::string const& why) override {
    lane_.work_.counters.lost.fetch_add(1, std::memory_order_relaxed);
    if (lane_.work_.options.restarts == Restarts::AreSurvived) return;
    lot_.wrong_answers.push_back(fmt::format("bidder {}: connection lost ({} {})", supplier_, code, why));
  }

  Lane& lane_;
  Lot& lot_;
  std::uint32_t supplier_;
  bool is_connected_ = false;
  Participant participant_;
};

class Lane::Watcher final : public Participant::Listener {
 public:
  Watcher(Lane& lane, Lot& lot, std::uint32_t number)
      : lane_(lane),
        lot_(lot),
        number_(number),
        participant_(lane.reactor_, lane.decoder_, lane.work_.options.server, {},
                     lane.work_.options.restarts == Restarts::AreSurvived ? Participant::Loyalty::Return
                                                                          : Participant::Loyalty::Leave,
                     lane.work_.options.seed * 998'244'353 + lot.place * 65'537 + number, *this) {
    participant_.follow(lot.inquiry);
  }
  Participant& participant() { return participant_; }
  Participant const& participant() const { return participant_; }
  bool has_seen_the_end() const { return has_seen_the_end_; }

 private:
  void on_picture(Participant&, std::string const& stream, ebb_client::Picture const& picture,
                  Steady::time_point read_at) override {
    if (stream != lot_.name + "/public") return;
    lane_.work_.counters.delivered.fetch_add(1, std::memory_order_relaxed);
    if (!is_connected_) {
      is_connected_ = true;
      ++lane_.connected_;
      if (lane_.connecting_ != 0) --lane_.connecting_;
      lane_.work_.counters.connected.fetch_add(1, std::memory_order_relaxed);
      lane_.connect_next();
    }
    // The newcomer comes after the close, to compare: it is nobody's last watcher.
    bool const is_newcomer = number_ >= lot_.watchers.size();
    if (auto const best = from_yuan(picture.text("best")); best && !is_newcomer) see(best->in_fen(), read_at);
    if (!has_seen_the_end_ && is_over(picture.text("state"))) {
      has_seen_the_end_ = true;
      if (++lot_.closed_for == 1) lane_.work_.counters.over.fetch_add(1, std::memory_order_relaxed);
    }
  }
  void on_problem(Participant&, ebb_client::Problem const& problem) override {
    if (lot_.wrong_answers.size() < wrong_answers_kept)
      lot_.wrong_answers.push_back(fmt::format("watcher {}: problem {} {}", number_, problem.code, problem.title));
  }
  void on_lost(Participant&, std::uint16_t code, std::string const& why) override {
    lane_.work_.counters.lost.fetch_add(1, std::memory_order_relaxed);
    if (lane_.work_.options.restarts == Restarts::AreSurvived) return;
    lot_.wrong_answers.push_back(fmt::format("watcher {}: connection lost ({} {})", number_, code, why));
  }
  void see(std::int64_t best, Steady::time_point read_at) {
    for (; seen_ < lot_.leads.size() && lot_.leads[seen_].fen >= best; ++seen_) {
      auto& lead = lot_.leads[seen_];
      lead.last_at = read_at;
      if (lead.waiting != 0) --lead.waiting;
    }
  }

  Lane& lane_;
  Lot& lot_;
  std::uint32_t number_;
  std::size_t seen_ = 0;  // leads before this place were seen
  bool is_connected_ = false;
  bool has_seen_the_end_ = false;
  Participant participant_;
};

Lane::Lane(Work work) : work_(work) {
  auto const& options = work_.options;
  for (std::uint32_t place = work_.number; place < options.auctions; place += work_.lanes) {
    auto lot = std::make_unique<Lot>();
    lot->place = place;
    lot->inquiry = work_.staged.lots[place].inquiry;
    lot->name = work_.staged.lots[place].lot;
    for (std::uint32_t i = 0; i < options.suppliers; ++i)
      lot->bidders.push_back(std::make_unique<Bidder>(*this, *lot, i));
    for (std::uint32_t i = 0; i < options.watchers; ++i)
      lot->watchers.push_back(std::make_unique<Watcher>(*this, *lot, i));
    lots_.push_back(std::move(lot));
  }
  for (std::uint32_t number = 0; number < work_.plan.bids.size(); ++number)
    if (work_.plan.bids[number].lot % work_.lanes == work_.number) mine_.push_back(number);
}

Lane::~Lane() = default;

Lane::Lot& Lane::lot_at(std::uint32_t place) {
  return *lots_[place / work_.lanes];
}

Lane::Step Lane::connect(Steady::duration limit) {
  for (auto& lot : lots_) {
    for (auto& bidder : lot->bidders) to_connect_.push_back(&bidder->participant());
    for (auto& watcher : lot->watchers) to_connect_.push_back(&watcher->participant());
  }
  auto const all = to_connect_.size();
  connect_next();
  auto const waited = reactor_.run_until([&] { return connected_ == all; }, limit);
  return waited == Reactor::Waited::Done ? Step::Done : Step::TimedOut;
}

void Lane::connect_next() {
  while (!to_connect_.empty() && connecting_ < handshakes_at_once) {
    ++connecting_;
    auto* const next = to_connect_.back();
    to_connect_.pop_back();
    next->connect();
  }
}

Lane::Step Lane::bid(Steady::time_point start, Steady::duration limit) {
  start_ = start;
  pump();
  auto const waited = reactor_.run_until([&] { return next_ == mine_.size() && unanswered_ == 0; }, limit);
  return waited == Reactor::Waited::Done ? Step::Done : Step::TimedOut;
}

// Sends what is due; whoever finds the lane late sends it late, and the lateness is in the figures.
void Lane::pump() {
  while (next_ < mine_.size() && start_ + work_.plan.bids[mine_[next_]].due <= Steady::now()) send(mine_[next_++]);
  if (next_ < mine_.size()) reactor_.at(start_ + work_.plan.bids[mine_[next_]].due, [this] { pump(); });
}

void Lane::send(std::uint32_t number) {
  auto const& bid = work_.plan.bids[number];
  auto& lot = lot_at(bid.lot);
  auto& record = work_.records[number];
  if (bid.intent == Intent::Lead)
    lot.leads.push_back({bid.price.in_fen(), number, static_cast<std::uint32_t>(lot.watchers.size()), {}});
  lot.waiting[bid.key].push_back(number);
  record.fate = Fate::Unanswered;
  ++unanswered_;
  lot.bidders[bid.supplier]->participant().bid(lot.name, in_yuan(bid.price), key_text(bid.key));
  record.sent_at = Steady::now();
  work_.counters.sent.fetch_add(1, std::memory_order_relaxed);
}

void Lane::answered(Lot& lot, std::uint32_t supplier, std::string_view key, Fate fate, std::uint64_t seq,
                    std::string const& code, Steady::time_point read_at) {
  auto const key_of = key_number(key);
  auto const found = key_of ? lot.waiting.find(*key_of) : lot.waiting.end();
  if (found == lot.waiting.end()) {
    if (lot.wrong_answers.size() < wrong_answers_kept)
      lot.wrong_answers.push_back(fmt::format("bidder {}: an answer to '{}', which nobody waits for", supplier, key));
    return;
  }
  auto const number = found->second.front();
  found->second.pop_front();
  if (found->second.empty()) lot.waiting.erase(found);
  auto& record = work_.records[number];
  record.fate = fate;
  record.seq = seq;
  record.code = code;
  record.answered_at = read_at;
  --unanswered_;
  work_.counters.answered.fetch_add(1, std::memory_order_relaxed);
  // A pause upsets the plan of whoever bid in it: the own last price is then another than planned.
  if (code == "PAUSED") lot.disturbed.insert(supplier);
  if (lot.disturbed.contains(supplier) || lot.wrong_answers.size() >= wrong_answers_kept) return;
  if (auto words = wrong_answer(number); !words.empty()) lot.wrong_answers.push_back(std::move(words));
}

// Empty: the answer is the one the plan expects.
std::string Lane::wrong_answer(std::uint32_t number) const {
  auto const& bid = work_.plan.bids[number];
  auto const& record = work_.records[number];
  auto const is_refused_as = [&](std::string_view code) { return record.fate == Fate::Refused && record.code == code; };
  bool is_right = false;
  switch (bid.intent) {
    case Intent::Lead:
    case Intent::Follow:
      is_right = record.fate == Fate::Accepted;
      break;
    case Intent::AboveCeiling:
      is_right = is_refused_as("ABOVE_CEILING");
      break;
    case Intent::StepTooSmall:
      is_right = is_refused_as("DECREMENT_TOO_SMALL");
      break;
    case Intent::Repeat:
      is_right = record.fate == Fate::Accepted && record.seq == work_.records[bid.key].seq;
      break;
    case Intent::ReusedKey:
      // Asked after a reconnect, the key answers with the bid it belongs to.
      is_right =
          is_refused_as("KEY_REUSED") || (work_.options.restarts == Restarts::AreSurvived &&
                                          record.fate == Fate::Accepted && record.seq == work_.records[bid.key].seq);
      break;
  }
  if (is_right) return {};
  constexpr std::string_view intents[] = {
      "", "leading", "following", "above the ceiling", "with too small a step", "repeated", "with a reused key"};
  return fmt::format("bid {} ({}, supplier {}, {}) was answered {} {} seq {}", number,
                     intents[static_cast<std::size_t>(bid.intent)], bid.supplier, in_yuan(bid.price),
                     record.fate == Fate::Accepted ? "accepted" : "refused", record.code, record.seq);
}

Lane::Step Lane::watch_the_close(Steady::duration limit) {
  auto const until = Steady::now() + limit;
  auto waited = reactor_.run_until(
      [&] {
        for (auto const& lot : lots_)
          if (lot->closed_for < lot->watchers.size()) return false;
        return true;
      },
      limit);
  if (waited == Reactor::Waited::TimedOut) return Step::TimedOut;
  for (auto& lot : lots_) {
    lot->newcomer = std::make_unique<Watcher>(*this, *lot, work_.options.watchers);
    lot->newcomer->participant().connect();
  }
  waited = reactor_.run_until(
      [&] {
        for (auto const& lot : lots_)
          if (!lot->newcomer->has_seen_the_end()) return false;
        return true;
      },
      until - Steady::now() + std::chrono::seconds{10});
  return waited == Reactor::Waited::Done ? Step::Done : Step::TimedOut;
}

std::map<std::uint32_t, SeenLot> Lane::seen() const {
  std::map<std::uint32_t, SeenLot> all;
  auto const end_of = [](std::string whose, Participant const& participant, ebb_client::Picture const& picture) {
    StreamEnd end{std::move(whose), picture.faults(), picture.members()};
    for (auto const& oddity : participant.oddities()) end.faults.push_back(oddity);
    return end;
  };
  for (auto const& lot : lots_) {
    auto& seen = all[lot->place];
    seen.lot = lot->name;
    seen.wrong_answers = lot->wrong_answers;
    for (auto const& supplier : work_.staged.suppliers) seen.suppliers.push_back(supplier.name);
    for (std::size_t i = 0; i < lot->watchers.size(); ++i)
      for (auto const& [stream, picture] : lot->watchers[i]->participant().pictures())
        seen.watchers.push_back(end_of(fmt::format("watcher {}", i), lot->watchers[i]->participant(), picture));
    if (lot->newcomer)
      for (auto const& [stream, picture] : lot->newcomer->participant().pictures())
        seen.watchers.push_back(end_of("newcomer", lot->newcomer->participant(), picture));
    for (std::size_t i = 0; i < lot->bidders.size(); ++i)
      for (auto const& [stream, picture] : lot->bidders[i]->participant().pictures())
        seen.others.push_back(end_of(fmt::format("bidder {}", i), lot->bidders[i]->participant(), picture));
  }
  for (auto const number : mine_) {
    auto const& bid = work_.plan.bids[number];
    auto const& record = work_.records[number];
    auto& seen = all[bid.lot];
    if (record.fate == Fate::Unanswered || record.fate == Fate::NotSent) ++seen.unanswered;
    bool const is_own = bid.key == number;  // a repeat is the bid it repeats
    if (record.fate == Fate::Accepted && is_own) seen.accepted.push_back({record.seq, bid.supplier, bid.price});
  }
  return all;
}

void Lane::add_last_watcher(HdrHistogram& histogram, Steady::time_point start) const {
  for (auto const& lot : lots_) {
    for (auto const& lead : lot->leads) {
      auto const& bid = work_.plan.bids[lead.bid];
      if (bid.due < work_.options.warmup || lead.waiting != 0 || lot->watchers.empty()) continue;
      if (work_.records[lead.bid].fate != Fate::Accepted) continue;
      histogram.record(std::chrono::nanoseconds{lead.last_at - (start + bid.due)}.count());
    }
  }
}

std::uint64_t Lane::reconnects() const {
  std::uint64_t sum = 0;
  for (auto const& lot : lots_) {
    for (auto const& bidder : lot->bidders) sum += bidder->participant().reconnects();
    for (auto const& watcher : lot->watchers) sum += watcher->participant().reconnects();
  }
  return sum;
}

std::uint64_t Lane::resends() const {
  std::uint64_t sum = 0;
  for (auto const& lot : lots_)
    for (auto const& bidder : lot->bidders) sum += bidder->participant().resends();
  return sum;
}

}  // namespace bench::load
