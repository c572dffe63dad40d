// What a lane is made of: lots, their bidders and watchers as listeners of their participants. For lane*.cpp only.
//
// Thread: the lane's. Failure: as of a lane.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "bench/load/lane.h"

namespace bench::load {

using ebb_client::Participant;

inline constexpr std::size_t wrong_answers_kept = 50;

// Whether bidding in a lot is over.
inline bool is_over(std::string const& state) {
  return !state.empty() && state != "SCHEDULED" && state != "RUNNING" && state != "EXTENDED" && state != "PAUSED";
}

// A client that a storm may drop: whether its loss was meant, and since when it is away.
class Absence {
 public:
  void begin(Steady::time_point due) {
    if (!since_) since_ = due;
  }
  bool is_on() const { return since_.has_value(); }
  std::optional<Steady::time_point> end() { return std::exchange(since_, std::nullopt); }

 private:
  std::optional<Steady::time_point> since_;
};

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
  std::vector<std::unique_ptr<Guest>> guests;
  std::vector<StreamEnd> guests_faults;
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
                     lane.is_loyal() ? Participant::Loyalty::Return : Participant::Loyalty::Leave,
                     lane.work_.options.seed * 1'000'003 + lot.place * 257 + supplier, *this) {
    participant_.follow(lot.inquiry);
  }
  Participant& participant() { return participant_; }
  Participant const& participant() const { return participant_; }
  Absence& absence() { return absence_; }

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
  void on_subscribed(Participant&, Steady::time_point read_at) override { lane_.came_back(absence_, read_at); }
  void on_lost(Participant&, std::uint16_t code, std::string const& why) override {
    lane_.lost(lot_, fmt::format("bidder {}", supplier_), absence_.is_on(), code, why);
  }

  Lane& lane_;
  Lot& lot_;
  std::uint32_t supplier_;
  bool is_connected_ = false;
  Absence absence_;
  Participant participant_;
};

class Lane::Watcher final : public Participant::Listener {
 public:
  Watcher(Lane& lane, Lot& lot, std::uint32_t number)
      : lane_(lane),
        lot_(lot),
        number_(number),
        participant_(lane.reactor_, lane.decoder_, lane.work_.options.server, {},
                     lane.is_loyal() ? Participant::Loyalty::Return : Participant::Loyalty::Leave,
                     lane.work_.options.seed * 998'244'353 + lot.place * 65'537 + number, *this) {
    participant_.follow(lot.inquiry);
  }
  Participant& participant() { return participant_; }
  Participant const& participant() const { return participant_; }
  Absence& absence() { return absence_; }
  bool has_seen_the_end() const { return has_seen_the_end_; }
  // Slow readers count to nobody's last watcher; who stops for good is not asked how it ended.
  bool is_slow() const { return number_ < lane_.slow_.ever; }
  bool is_gone() const { return number_ < lane_.slow_.for_good; }

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
    if (auto const best = from_yuan(picture.text("best")); best && !is_newcomer && !is_slow())
      see(best->in_fen(), read_at);
    if (!has_seen_the_end_ && is_over(picture.text("state"))) {
      has_seen_the_end_ = true;
      if (is_gone()) return;
      if (++lot_.closed_for == 1) lane_.work_.counters.over.fetch_add(1, std::memory_order_relaxed);
    }
  }
  void on_problem(Participant&, ebb_client::Problem const& problem) override {
    if (lot_.wrong_answers.size() < wrong_answers_kept)
      lot_.wrong_answers.push_back(fmt::format("watcher {}: problem {} {}", number_, problem.code, problem.title));
  }
  void on_subscribed(Participant&, Steady::time_point read_at) override { lane_.came_back(absence_, read_at); }
  // A slow reader may be closed as slow, and comes back.
  void on_lost(Participant&, std::uint16_t code, std::string const& why) override {
    if (is_slow() && !absence_.is_on()) {
      lane_.work_.counters.closed_slow.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    lane_.lost(lot_, fmt::format("watcher {}", number_), absence_.is_on(), code, why);
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
  Absence absence_;
  Participant participant_;
};

// A further watcher that joins for a while.
class Lane::Guest final : public Participant::Listener {
 public:
  Guest(Lane& lane, Lot& lot, std::uint64_t seed, std::chrono::nanoseconds due)
      : lane_(lane),
        lot_(lot),
        due_(due),
        participant_(lane.reactor_, lane.decoder_, lane.work_.options.server, {},
                     lane.is_loyal() ? Participant::Loyalty::Return : Participant::Loyalty::Leave, seed, *this) {
    participant_.follow(lot.inquiry);
    participant_.connect();
  }
  Participant& participant() { return participant_; }
  Lot& lot() { return lot_; }
  bool has_joined() const { return has_joined_; }
  std::chrono::nanoseconds due() const { return due_; }
  void leave() {
    is_leaving_ = true;
    participant_.leave();
  }

 private:
  void on_picture(Participant&, std::string const&, ebb_client::Picture const&, Steady::time_point read_at) override {
    if (!std::exchange(has_joined_, true)) lane_.joins_.push_back({due_, read_at - (lane_.start_ + due_)});
  }
  void on_lost(Participant&, std::uint16_t code, std::string const& why) override {
    if (!is_leaving_) lane_.lost(lot_, "a watcher who joined", false, code, why);
  }

  Lane& lane_;
  Lot& lot_;
  std::chrono::nanoseconds due_;
  bool has_joined_ = false;
  bool is_leaving_ = false;
  Participant participant_;
};

}  // namespace bench::load
