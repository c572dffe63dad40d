// The timetable, and who follows what.
#include "tools/demo/day.h"

#include <fmt/format.h>

#include <algorithm>

namespace demo {
namespace {

using ebb_client::Participant;
using ebb_client::Picture;
using ebb_client::Steady;
using namespace std::chrono_literals;

constexpr auto an_open_one_every = 60s;
constexpr auto announced_ahead = 120s;
constexpr auto a_sealed_one_every = 90s;
constexpr auto an_odd_one_every = 60s;

bool is_terminal(std::string const& state) {
  return state == "ORDER_CONFIRMED" || state == "ABORTED" || state.starts_with("FAILED");
}

}  // namespace

// The regulator sees every bid under its alias; what it sees is the show.
class Day::Watcher final : public Participant::Listener {
 public:
  Watcher(Day& day, Player const& player, ebb_client::Address server, std::uint64_t seed)
      : day_(day),
        participant_(day.floor_.reactor, day.floor_.decoder, std::move(server), player.token,
                     Participant::Loyalty::Return, seed, *this) {
    participant_.connect();
  }
  void follow(std::string const& inquiry) { participant_.follow(inquiry); }
  void unfollow(std::string const& inquiry) { participant_.unfollow(inquiry); }

  void on_picture(Participant&, std::string const& stream, Picture const& picture, Steady::time_point) override {
    day_.floor_.show.take(stream, picture);
    if (stream.ends_with("/public")) day_.attend(stream.substr(0, stream.find('/')), picture.text("state"));
  }
  void on_lost(Participant&, std::uint16_t, std::string const& why) override {
    day_.floor_.show.say("connection lost: " + why);
  }

 private:
  Day& day_;
  Participant participant_;
};

Day::Day(Office& office, ebb_client::Address server, Show& show, std::uint64_t seed)
    : floor_{office, show, {}, {}, {}},
      reverse_{reverse_auctions(), seed},
      sealed_{sealed_inquiries(), 0},  // the first is of the buyer whom people play
      odd_{odd_endings(), 0} {
  for (auto const& player : office.players()) {
    auto const own_seed = seed + suppliers_.size() + 1;
    auto const is_played = player.cast->played == Played::ByTheDemo;
    if (player.cast->role == "supplier" && is_played)
      suppliers_.push_back(std::make_unique<Supplier>(floor_, player, server, own_seed, suppliers_.size()));
    if (player.cast->role == "purchaser" && (is_played || buyers_.empty())) buyers_.push_back(&player);
    if (player.cast->role == "regulator") watcher_ = std::make_unique<Watcher>(*this, player, server, seed);
  }
}

Day::~Day() = default;

// Two open auctions now, the next two announced, and one more announced each minute: they last two or three minutes.
void Day::run(std::optional<std::chrono::seconds> length) {
  auto& reactor = floor_.reactor;
  if (length) reactor.after(*length, [this] { floor_.reactor.stop(); });
  reactor.post([this] {
    for (auto const ahead : {0s, 0s, 60s, 120s}) open(reverse_, ahead);
    every(a_sealed_one_every, [this] { open(sealed_, 0s); });
    every(an_odd_one_every, [this] { open(odd_, 0s); });
    look_round();
  });
  reactor.after(an_open_one_every, [this] { every(an_open_one_every, [this] { open(reverse_, announced_ahead); }); });
  reactor.run();
}

// Now, and then again each time.
void Day::every(std::chrono::seconds span, std::function<void()> work) {
  work();
  floor_.reactor.after(span, [this, span, work = std::move(work)] { every(span, work); });
}

Player const& Day::buyer_of(Auction const& auction, std::size_t turn) const {
  if (auction.fate == Fate::Declined) return *buyers_.front();
  if (auction.fate != Fate::Sold) return *buyers_[1 + turn % (buyers_.size() - 1)];
  return *buyers_[turn % buyers_.size()];
}

void Day::open(Round& round, std::chrono::seconds ahead) {
  auto const turn = round.turn;
  auto const& auction = round.next();
  auto const& buyer = buyer_of(auction, turn);
  auto const inquiry = floor_.office.publish(auction, buyer, ahead, turn);
  if (!inquiry) return floor_.say_failure(std::unexpected(inquiry.error()));
  for (std::size_t i = 1; i <= auction.lots.size(); ++i) {
    auto const lot = fmt::format("{}-{}", *inquiry, i);
    floor_.fates[lot] = auction.fate;
    if (buyer.cast->played == Played::ByTheDemo) choosers_[lot] = &buyer;
  }
  follow(*inquiry);
  interfere(buyer, *inquiry, auction, ahead);
}

void Day::interfere(Player const& buyer, std::string const& inquiry, Auction const& auction,
                    std::chrono::seconds ahead) {
  auto const later = [&](std::chrono::seconds wait, Office::Hold hold, std::string_view reason) {
    floor_.reactor.after(ahead + wait, [this, &buyer, inquiry, hold, reason] {
      floor_.say_failure(floor_.office.hold(buyer, inquiry, hold, reason));
    });
  };
  if (auction.fate == Fate::Aborted) later(40s, Office::Hold::Abort, "采购任务取消,经批准终止本次采购");
  if (auction.fate != Fate::Paused) return;
  later(45s, Office::Hold::Pause, "需要现场核实安装条件,暂停竞价");
  later(65s, Office::Hold::Resume, "现场核实完毕,恢复竞价");
}

void Day::follow(std::string const& inquiry) {
  if (!followed_.try_emplace(inquiry).second) return;
  watcher_->follow(inquiry);
  for (auto const& supplier : suppliers_) supplier->follow(inquiry);
}

void Day::unfollow(std::string const& inquiry) {
  watcher_->unfollow(inquiry);
  for (auto const& supplier : suppliers_) supplier->unfollow(inquiry);
}

// An auction that somebody else starts finds the demo's suppliers, too.
void Day::look_round() {
  if (auto const running = floor_.office.running()) {
    for (auto const& inquiry : *running) follow(inquiry);
  }
  floor_.reactor.after(3s, [this] { look_round(); });
}

void Day::attend(std::string const& lot, std::string const& state) {
  auto const inquiry = lot.substr(0, lot.find('-'));
  auto& open_lots = followed_[inquiry];
  if (!is_terminal(state)) {
    open_lots.insert(lot);
  } else if (open_lots.erase(lot) != 0 && open_lots.empty()) {
    floor_.reactor.post([this, inquiry] { unfollow(inquiry); });
  }
  if (state != "SELECTING") return;
  auto const chooser = choosers_.extract(lot);
  if (chooser.empty()) return;
  floor_.reactor.after(
      5s, [this, lot, buyer = chooser.mapped()] { floor_.say_failure(floor_.office.choose_first(*buyer, lot)); });
}

}  // namespace demo
