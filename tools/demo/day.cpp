// Suppliers decide from what the live socket shows them and nothing else, as people do.
#include "tools/demo/day.h"

#include <fmt/format.h>

#include "modules/text.h"

namespace demo {
namespace {

using ebb_client::Participant;
using ebb_client::Picture;
using ebb_client::Steady;
using namespace std::chrono_literals;

constexpr auto an_auction_every = 60s;

std::optional<engine::Money> money_in(Picture const& picture, std::string_view name) {
  auto const amount = modules::read_money(picture.text(name));
  return amount ? std::optional{*amount} : std::nullopt;
}

bool is_biddable(std::string const& state) {
  return state == "RUNNING" || state == "EXTENDED";
}

}  // namespace

// One supplier at the live socket: follows every inquiry, bids in each lot by its own Bidder, says yes to an award.
class Day::Supplier final : public Participant::Listener {
 public:
  Supplier(Day& day, Player const& player, ebb_client::Address server, std::uint64_t seed)
      : day_(day),
        player_(player),
        seed_(seed),
        participant_(day.reactor_, day.decoder_, std::move(server), player.token, Participant::Loyalty::Return, seed,
                     *this) {
    participant_.connect();
  }
  void follow(std::string const& inquiry) { participant_.follow(inquiry); }

  void on_picture(Participant&, std::string const& stream, Picture const& picture, Steady::time_point) override {
    if (stream.ends_with("/public")) sit_down(stream.substr(0, stream.find('/')), picture);
    if (stream.ends_with("/own")) accept(stream.substr(0, stream.find('/')), picture);
  }

 private:
  struct Seat {
    Bidder bidder;
    std::uint32_t bids = 0;
  };

  void sit_down(std::string const& lot, Picture const& picture) {
    if (seats_.contains(lot) || !is_biddable(picture.text("state"))) return;
    auto const ceiling = money_in(picture, "ceiling");
    if (!ceiling) return;
    auto const seat_seed = seed_ * 1'000'003 + std::hash<std::string>{}(lot);
    look_again(lot, seats_.try_emplace(lot, Seat{Bidder{seat_seed, *ceiling}}).first->second);
  }

  void look_again(std::string const& lot, Seat& seat) {
    day_.reactor_.after(seat.bidder.pause(), [this, lot] { look(lot); });
  }

  void look(std::string const& lot) {
    auto const* shown = participant_.picture(lot + "/public");
    auto const* own = participant_.picture(lot + "/own");
    if (shown == nullptr || own == nullptr || !is_biddable(shown->text("state"))) return;
    auto& seat = seats_.at(lot);
    auto const is_sealed = shown->text("format") == "sealed";
    auto const is_free = !is_sealed || seat.bids == 0;  // one quote is enough for a show
    if (auto const price = is_free ? seat.bidder.wish(sight(*shown, *own)) : std::nullopt) {
      ++seat.bids;
      participant_.bid(lot, modules::money_text(*price), ebb_client::fresh_key());
    }
    look_again(lot, seat);
  }

  static Sight sight(Picture const& shown, Picture const& own) {
    return {.ceiling = money_in(shown, "ceiling").value_or(engine::Money{}),
            .decrement = money_in(shown, "decrement").value_or(engine::Money{}),
            .best = money_in(shown, "best"),
            .best_own = money_in(own, "best_own"),
            .next_limit = money_in(own, "next_limit"),
            .rank = static_cast<std::uint32_t>(modules::read_number(own.text("rank")).value_or(0))};
  }

  void accept(std::string const& lot, Picture const& own) {
    auto const* award = own.find("award");
    if (award == nullptr || *award == "null" || !accepted_.insert(lot).second) return;
    day_.reactor_.after(4s, [this, lot] { day_.say_failure(day_.office_.confirm(player_, lot)); });
  }

  Day& day_;
  Player const& player_;
  std::uint64_t seed_;
  std::map<std::string, Seat> seats_;
  std::set<std::string> accepted_;
  Participant participant_;
};

// The regulator sees every bid under its alias; what it sees is the show.
class Day::Watcher final : public Participant::Listener {
 public:
  Watcher(Day& day, Player const& player, ebb_client::Address server, std::uint64_t seed)
      : day_(day),
        participant_(day.reactor_, day.decoder_, std::move(server), player.token, Participant::Loyalty::Return, seed,
                     *this) {
    participant_.connect();
  }
  void follow(std::string const& inquiry) { participant_.follow(inquiry); }

  void on_picture(Participant&, std::string const& stream, Picture const& picture, Steady::time_point) override {
    day_.show_.take(stream, picture);
    if (stream.ends_with("/public")) day_.attend(stream.substr(0, stream.find('/')), picture.text("state"));
  }
  void on_lost(Participant&, std::uint16_t, std::string const& why) override {
    day_.show_.say("connection lost: " + why);
  }

 private:
  Day& day_;
  Participant participant_;
};

Day::Day(Office& office, ebb_client::Address server, Show& show, std::uint64_t seed)
    : office_(office), show_(show), seed_(seed) {
  for (auto const& player : office.players()) {
    auto const own_seed = seed + suppliers_.size() + 1;
    if (player.cast->role == "supplier")
      suppliers_.push_back(std::make_unique<Supplier>(*this, player, server, own_seed));
    if (player.cast->role == "regulator") watcher_ = std::make_unique<Watcher>(*this, player, server, seed);
  }
}

Day::~Day() = default;

void Day::run(std::optional<std::chrono::seconds> length) {
  if (length) reactor_.after(*length, [this] { reactor_.stop(); });
  reactor_.post([this] { start_next(); });
  reactor_.after(15s, [this] { start_next(); });  // two at once, so that there is always something to see
  reactor_.post([this] { look_round(); });
  reactor_.run();
}

// Two chains of starts, one begun 15 s after the other: each goes on by itself.
void Day::start_next() {
  auto const list = goods();
  auto const& good = list[(seed_ + turn_) % list.size()];
  auto const turn = turn_++;
  auto const inquiry = office_.start(good, Pace{}, turn);
  if (!inquiry) {
    say_failure(std::unexpected(inquiry.error()));
  } else {
    turn_of_[*inquiry + "-1"] = turn;
    follow(*inquiry);
  }
  reactor_.after(2 * an_auction_every, [this] { start_next(); });
}

void Day::follow(std::string const& inquiry) {
  if (!followed_.insert(inquiry).second) return;
  watcher_->follow(inquiry);
  for (auto const& supplier : suppliers_) supplier->follow(inquiry);
}

// An auction that somebody else starts finds the demo's suppliers, too.
void Day::look_round() {
  if (auto const running = office_.running()) {
    for (auto const& inquiry : *running) follow(inquiry);
  }
  reactor_.after(3s, [this] { look_round(); });
}

void Day::attend(std::string const& lot, std::string const& state) {
  auto const turn = turn_of_.find(lot);
  if (state != "SELECTING" || turn == turn_of_.end() || !chosen_.insert(lot).second) return;
  reactor_.after(5s, [this, lot, at = turn->second] { say_failure(office_.choose_first(lot, at)); });
}

void Day::say_failure(engine::Result<void> const& done) {
  if (!done) show_.say("demo: " + done.error().what);
}

}  // namespace demo
