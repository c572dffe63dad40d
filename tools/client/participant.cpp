// The life of a participant: connect, hello, subscribe, ask; then whatever its owner does; then lost, and again.
#include "tools/client/participant.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ebb_client {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t oddities_kept = 20;
// An inquiry has up to 32 lots with two streams each: with one more of them a message stays below 16 KiB.
constexpr std::size_t inquiries_a_message = 100;
constexpr std::size_t positions_a_message = 80;
constexpr milliseconds return_after_first{50};
constexpr milliseconds return_after_most{1'000};

// Codes after which the protocol tells a client not to come back by itself.
bool is_final(std::uint16_t code) {
  return code == 3500 || code == 3501 || code == 1003 || code == 1007 || code == 1009;
}

std::chrono::microseconds micros(Steady::time_point at) {
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch());
}

}  // namespace

Participant::Participant(Reactor& reactor, Decoder& decoder, Address address, std::string token, Loyalty loyalty,
                         std::uint64_t seed, Listener& listener)
    : reactor_(reactor),
      decoder_(decoder),
      address_(std::move(address)),
      token_(std::move(token)),
      loyalty_(loyalty),
      random_(static_cast<std::minstd_rand::result_type>(seed)),
      listener_(listener) {}

Participant::~Participant() = default;

void Participant::connect() {
  Socket::Listener& ears = *this;  // make_unique itself may not see the private base
  socket_ = std::make_unique<Socket>(reactor_, address_, token_, ears);
  socket_->open();
}

void Participant::follow(std::string inquiry) {
  followed_.push_back(std::move(inquiry));
  if (ready_) socket_->send(subscribe_text("follow", {followed_.back()}, {}));
}

void Participant::unfollow(std::string const& inquiry) {
  std::erase(followed_, inquiry);
  if (ready_)
    socket_->send(unsubscribe_text(inquiry, inquiry));
  else
    forget(inquiry);
}

void Participant::bid(std::string lot, std::string price, std::string key, Consent consent,
                      std::optional<BidSignature> signature) {
  bids_.push_back({std::move(lot), std::move(price), std::move(key), consent, std::move(signature), Stage::Waiting});
  if (!ready_ || asked_ != 0) return;
  auto& bid = bids_.back();
  bid.stage = Stage::Sent;
  send(bid);
}

void Participant::send(Bid const& bid) {
  socket_->send(bid_text(bid.lot, bid.price, bid.key, bid.consent, bid.signature));
}

void Participant::ask(std::string_view lot, std::string_view key) {
  socket_->send(ask_text(lot, key));
}

void Participant::probe_time() {
  socket_->send(time_text(micros(Steady::now()).count()));
}

void Participant::send_text(std::string text) {
  socket_->send(std::move(text));
}

void Participant::leave() {
  loyalty_ = Loyalty::Leave;
  if (socket_) socket_->close();
}

void Participant::drop() {
  if (socket_) socket_->drop();
}

void Participant::stop_reading() {
  if (socket_) socket_->stop_reading();
}

void Participant::go_on_reading() {
  if (socket_) socket_->go_on_reading();
}

Picture const* Participant::picture(std::string_view stream) const {
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? nullptr : &found->second;
}

// The server speaks first: everything waits for its hello.
void Participant::on_open() {}

void Participant::on_message(std::string_view text, Steady::time_point read_at) {
  auto const heard = decoder_.decode(text);
  if (!heard) return note(heard.error().what);
  std::visit([&](auto const& message) { hear(message, read_at); }, *heard);
}

void Participant::on_closed(std::uint16_t code, std::string why) {
  ready_ = false;
  listener_.on_lost(*this, code, why);
  if (loyalty_ == Loyalty::Leave || is_final(code)) return;
  // Jitter over the whole span: a thousand clients of one restarted server must not come back in one heap.
  auto const span = std::min(return_after_most, return_after_first * (1u << std::min(tries_, 6u)));
  ++tries_;
  std::uniform_int_distribution<std::int64_t> jitter(span.count() / 4, span.count());
  reactor_.after(milliseconds{jitter(random_)}, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) connect();
  });
}

void Participant::hear(Hello const&, Steady::time_point) {
  if (tries_ != 0 || reconnects_ != 0 || !pictures_.empty()) ++reconnects_;
  tries_ = 0;
  ready_ = true;
  take_up_streams();
  asked_ = 0;
  for (auto& bid : bids_) {
    if (bid.stage == Stage::Waiting || bid.stage == Stage::Unknown) continue;
    bid.stage = Stage::Asked;
    ++asked_;
    socket_->send(ask_text(bid.lot, bid.key));
  }
  send_what_waits();
  listener_.on_ready(*this);
}

// In several messages where there is much: the server takes 16 KiB at a time.
void Participant::take_up_streams() {
  std::vector<std::string> inquiries;
  std::vector<Position> resume;
  auto const send = [&] {
    if (!inquiries.empty()) socket_->send(subscribe_text("follow", inquiries, resume));
    inquiries.clear();
    resume.clear();
  };
  for (auto const& inquiry : followed_) {
    inquiries.push_back(inquiry);
    auto const prefix = inquiry + "-";
    for (auto at = pictures_.lower_bound(prefix); at != pictures_.end() && at->first.starts_with(prefix); ++at)
      if (at->second.position()) resume.push_back(*at->second.position());
    if (inquiries.size() >= inquiries_a_message || resume.size() >= positions_a_message) send();
  }
  send();
}

void Participant::hear(Subscribed const&, Steady::time_point read_at) {
  listener_.on_subscribed(*this, read_at);
}

void Participant::hear(Unsubscribed const& unsubscribed, Steady::time_point) {
  // It may have been taken up again meanwhile.
  if (std::ranges::find(followed_, unsubscribed.id) == followed_.end()) forget(unsubscribed.id);
}

void Participant::forget(std::string const& inquiry) {
  std::erase_if(pictures_, [&](auto const& one) { return one.first.starts_with(inquiry + "-"); });
}

void Participant::hear(Snapshot const& snapshot, Steady::time_point read_at) {
  auto& picture = pictures_[snapshot.position.stream];
  picture.take(snapshot);
  listener_.on_picture(*this, snapshot.position.stream, picture, read_at);
}

void Participant::hear(Update const& update, Steady::time_point read_at) {
  auto& picture = pictures_[update.stream];
  picture.take(update);
  listener_.on_picture(*this, update.stream, picture, read_at);
}

void Participant::hear(Receipt const& receipt, Steady::time_point read_at) {
  settle(receipt.lot, receipt.key);
  listener_.on_receipt(*this, receipt, read_at);
  send_what_waits();
}

void Participant::hear(UnknownKey const& unknown, Steady::time_point) {
  for (auto& bid : bids_) {
    if (bid.stage != Stage::Asked || bid.key != unknown.key || bid.lot != unknown.lot) continue;
    bid.stage = Stage::Unknown;
    --asked_;
    break;
  }
  send_what_waits();
}

void Participant::hear(TimeAnswer const& answer, Steady::time_point read_at) {
  using Micros = ClockOffset::Micros;
  clock_.add({Micros{answer.t0_us}, Micros{answer.t1_us}, Micros{answer.t2_us}, micros(read_at)});
}

void Participant::hear(Problem const& problem, Steady::time_point) {
  // "Busy" and "too many at once" decided nothing: the bid keeps its place and its key, and goes again after a breath.
  if (!problem.key.empty() && (problem.status == 503 || problem.status == 429)) {
    reactor_.after(milliseconds{20}, [this, alive = std::weak_ptr<int>(alive_), key = problem.key] {
      if (!alive.expired()) try_again(key);
    });
  } else if (!problem.key.empty()) {
    settle(problem.lot, problem.key);
  }
  listener_.on_problem(*this, problem);
  send_what_waits();
}

void Participant::try_again(std::string const& key) {
  if (!ready_) return;
  for (auto const& bid : bids_) {
    if (bid.key != key) continue;
    if (bid.stage == Stage::Sent) send(bid);
    if (bid.stage == Stage::Asked) socket_->send(ask_text(bid.lot, bid.key));
    break;
  }
}

void Participant::hear(Other const& other, Steady::time_point) {
  note("unknown message type '" + other.type + "'");
}

void Participant::note(std::string oddity) {
  if (oddities_.size() < oddities_kept) oddities_.push_back(std::move(oddity));
}

// While an answer to `ask` is outstanding nothing is sent: a newer bid must not overtake an older one.
void Participant::send_what_waits() {
  if (!ready_ || asked_ != 0) return;
  for (auto& bid : bids_) {
    if (bid.stage != Stage::Waiting && bid.stage != Stage::Unknown) continue;
    if (bid.stage == Stage::Unknown) ++resends_;
    bid.stage = Stage::Sent;
    send(bid);
  }
}

void Participant::settle(std::string_view lot, std::string_view key) {
  // The front nearly always: answers come in the order of bidding.
  auto const found = std::find_if(bids_.begin(), bids_.end(),
                                  [&](Bid const& bid) { return bid.key == key && (lot.empty() || bid.lot == lot); });
  if (found == bids_.end()) return;
  if (found->stage == Stage::Asked) --asked_;
  bids_.erase(found);
}

}  // namespace ebb_client
