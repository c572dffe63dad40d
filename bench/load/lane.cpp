// The steps of a lane, and the pump that keeps the schedule.
#include "bench/load/lane.h"

#include <fmt/format.h>

#include <charconv>

#include "bench/load/lane_parts.h"

namespace bench::load {
namespace {

using ebb_client::Reactor;

// So many handshakes at once; more would measure the listen queue.
constexpr std::size_t handshakes_at_once = 32;
// Server and harness read one clock, at different moments.
constexpr std::chrono::milliseconds close_margin{50};

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

Lane::Lane(Work work)
    : work_(work), slow_(slow_watchers(work.options.scenario.phases, work.options.scenario.watchers)) {
  auto const& options = work_.options;
  for (std::uint32_t place = work_.number; place < options.scenario.auctions; place += work_.lanes) {
    auto lot = std::make_unique<Lot>();
    lot->place = place;
    lot->inquiry = work_.staged.lots[place].inquiry;
    lot->name = work_.staged.lots[place].lot;
    for (std::uint32_t i = 0; i < options.scenario.suppliers; ++i)
      lot->bidders.push_back(std::make_unique<Bidder>(*this, *lot, i));
    for (std::uint32_t i = 0; i < options.scenario.watchers; ++i)
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

Lane::Step Lane::bid(Steady::time_point start, std::optional<Steady::time_point> closes, Steady::duration limit) {
  start_ = start;
  closes_ = closes;
  pump();
  act();
  reactor_.at(start + work_.options.all_span(), [this] { is_through_ = true; });
  auto const waited =
      reactor_.run_until([&] { return is_through_ && next_ == mine_.size() && unanswered_ == 0 && away_ == 0; }, limit);
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
    lot.leads.push_back({bid.price.in_fen(), number, static_cast<std::uint32_t>(lot.watchers.size()) - slow_.ever, {}});
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
  auto const due = start_ + work_.plan.bids[number].due;
  work_.counters.recent.answered(read_at - due, record.sent_at - due);
  // A pause upsets the plan of whoever bid in it: the own last price is then another than planned.
  if (code == "PAUSED") lot.disturbed.insert(supplier);
  if (lot.disturbed.contains(supplier)) return;
  auto words = wrong_answer(number);
  if (words.empty()) return;
  work_.counters.unplanned.fetch_add(1, std::memory_order_relaxed);
  if (lot.wrong_answers.size() < wrong_answers_kept) lot.wrong_answers.push_back(std::move(words));
}

// Too late is an answer from the close on only; and who bid behind it is never taken.
bool Lane::may_be_closed(Record const& record) const {
  return closes_ && record.fate == Fate::Refused && record.code == "CLOSED" &&
         record.answered_at >= *closes_ - close_margin;
}

// Empty: the answer is the one the plan expects.
std::string Lane::wrong_answer(std::uint32_t number) const {
  auto const& bid = work_.plan.bids[number];
  auto const& record = work_.records[number];
  auto const is_refused_as = [&](std::string_view code) { return record.fate == Fate::Refused && record.code == code; };
  if (may_be_closed(record)) return {};
  bool const is_too_late = closes_ && record.sent_at > *closes_ + close_margin && bid.key == number;
  if (is_too_late && record.fate == Fate::Accepted)
    return fmt::format("bid {} was sent behind the close and accepted, seq {}", number, record.seq);
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
      is_right = is_refused_as("KEY_REUSED") ||
                 (is_loyal() && record.fate == Fate::Accepted && record.seq == work_.records[bid.key].seq);
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
          if (lot->closed_for + slow_.for_good < lot->watchers.size()) return false;
        return true;
      },
      limit);
  if (waited == Reactor::Waited::TimedOut) return Step::TimedOut;
  for (auto& lot : lots_) {
    lot->newcomer = std::make_unique<Watcher>(*this, *lot, work_.options.scenario.watchers);
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

}  // namespace bench::load
