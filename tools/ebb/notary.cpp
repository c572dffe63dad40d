// See the header.
#include "tools/ebb/notary.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "modules/text.h"

namespace ebb {
namespace {

using namespace std::chrono_literals;

constexpr auto asked_again_after = 1ms;  // a full inbox, at first; then twice as long
constexpr auto asked_again_at_last = 64ms;

}  // namespace

Notary::Notary(std::string house, KeyOf key_of, Doors const& doors)
    : house_(std::move(house)),
      key_of_(std::move(key_of)),
      doors_(doors),
      verified_(doors.metrics.counter("ebb_signatures_verified_total", "Signatures of bids that were verified")),
      invalid_(doors.metrics.counter("ebb_signatures_invalid_total", "Of these, those that do not hold")),
      waiting_(doors.metrics.gauge("ebb_signatures_waiting", "Bids whose signature is still to be verified")) {}

Notary::~Notary() {
  stop();
}

void Notary::begin(engine::Hall const& hall) {
  has_begun_ = true;
  engine::Events unverified;
  hall.tell_unverified(unverified);
  take_in(unverified);
  thread_ = std::thread([this] { run(); });
}

void Notary::publish(std::unique_ptr<engine::Turn const> turn) {
  if (has_begun_) take_in(turn->events);
  doors_.next.publish(std::move(turn));
}

void Notary::stop() {
  {
    std::lock_guard const hold{lock_};
    is_stopping_ = true;
  }
  stirred_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Notary::take_in(engine::Events const& events) {
  auto const is_signed = [](engine::Event const& event) { return std::holds_alternative<engine::BidSigned>(event); };
  auto at = std::ranges::find_if(events, is_signed);
  if (at == events.end()) return;
  {
    std::lock_guard const hold{lock_};
    for (; at != events.end(); at = std::find_if(std::next(at), events.end(), is_signed)) {
      bids_.push_back(std::get<engine::BidSigned>(*at));
      waiting_.add(1);
    }
  }
  stirred_.notify_all();
}

void Notary::run() {
  for (auto bids = next_bids(); !bids.empty(); bids = next_bids()) {
    for (auto const& note : verify(bids)) {
      if (offer(note) == Offered::No) return;
    }
    waiting_.add(-std::ssize(bids));
  }
}

// Sleeps until there are any; nothing: to be stopped.
std::vector<engine::BidSigned> Notary::next_bids() {
  std::unique_lock hold{lock_};
  stirred_.wait(hold, [this] { return is_stopping_ || !bids_.empty(); });
  if (is_stopping_) return {};
  auto const end = bids_.begin() + static_cast<std::ptrdiff_t>(std::min(bids_.size(), verified_at_once));
  std::vector<engine::BidSigned> bids(bids_.begin(), end);
  bids_.erase(bids_.begin(), end);
  return bids;
}

// The bids of a lot come in the order of their places: with the last of them all before it are verified.
std::vector<engine::NoteSignatures> Notary::verify(std::span<engine::BidSigned const> bids) {
  std::vector<std::optional<gateway::RegisteredKey>> keys;
  keys.reserve(bids.size());
  {
    auto const tables = doors_.tables.snapshot();
    for (auto const& bid : bids) keys.push_back(key_of_(bid.signature.key, *tables));
  }
  std::map<engine::LotId, engine::NoteSignatures> notes;
  for (std::size_t i = 0; i < bids.size(); ++i) {
    auto const& bid = bids[i];
    auto const verdict = gateway::judge(house_, bid, keys[i]);
    auto& note = notes[bid.bid.lot];
    note.lot = bid.bid.lot;
    note.through = bid.seq;
    verified_.add();
    if (verdict == gateway::SignatureVerdict::Holds) continue;
    note.invalid.push_back(bid.seq);
    tell_invalid(bid, verdict);
  }
  std::vector<engine::NoteSignatures> all;
  for (auto& [lot, note] : notes) all.push_back(std::move(note));
  return all;
}

void Notary::tell_invalid(engine::BidSigned const& bid, gateway::SignatureVerdict verdict) {
  invalid_.add();
  doors_.log.say(gateway::Log::Level::Warning, "the signature of a bid does not hold",
                 {{"lot", modules::lot_text(bid.bid.lot)},
                  {"bid", std::to_string(bid.seq.number())},
                  {"org", std::to_string(bid.bid.bidder.number())},
                  {"key", std::to_string(bid.signature.key.number())},
                  {"why", std::string{gateway::words_of(verdict)}}});
}

Notary::Offered Notary::offer(engine::NoteSignatures const& note) {
  for (std::chrono::milliseconds patience = asked_again_after;;
       patience = std::min(2 * patience, +asked_again_at_last)) {
    auto const answer = doors_.inbox.offer({}, note);
    if (answer == engine::Offer::Taken) return Offered::Yes;
    if (answer == engine::Offer::Closed) return Offered::No;
    std::unique_lock hold{lock_};
    if (stirred_.wait_for(hold, patience, [this] { return is_stopping_; })) return Offered::No;
  }
}

}  // namespace ebb
