// Looks, thinks, bids, looks again.
#include "tools/demo/supplier.h"

#include "modules/text.h"

namespace demo {
namespace {

using ebb_client::Picture;
using namespace std::chrono_literals;

std::optional<engine::Money> money_in(Picture const& picture, std::string_view name) {
  auto const amount = modules::read_money(picture.text(name));
  return amount ? std::optional{*amount} : std::nullopt;
}

std::chrono::milliseconds between(engine::Instant from, engine::Instant until) {
  return std::chrono::floor<std::chrono::milliseconds>(until - from);
}

// The demo runs on the server's machine: their clocks are one.
engine::Instant now() {
  return std::chrono::floor<engine::Duration>(std::chrono::system_clock::now());
}

Sight sight_of(Picture const& shown, Picture const& own) {
  auto const opens_at = modules::read_instant(shown.text("opens_at")).value_or(now());
  auto const ends_at = modules::read_instant(shown.text("ends_at")).value_or(now());
  auto const window = modules::read_number(shown.text("trigger_window_s")).value_or(0);
  return {.format = shown.text("format") == "sealed" ? engine::Format::Sealed : engine::Format::Reverse,
          .ceiling = money_in(shown, "ceiling").value_or(engine::Money{}),
          .decrement = money_in(shown, "decrement").value_or(engine::Money{}),
          .best = money_in(shown, "best"),
          .best_own = money_in(own, "best_own"),
          .next_limit = money_in(own, "next_limit"),
          .rank = static_cast<std::uint32_t>(modules::read_number(own.text("rank")).value_or(0)),
          .length = between(opens_at, ends_at),
          .left = between(now(), ends_at),
          .window = std::chrono::seconds{window}};
}

bool is_over(std::string const& state) {
  return state != "SCHEDULED" && state != "RUNNING" && state != "EXTENDED" && state != "PAUSED";
}

}  // namespace

Fate Floor::fate(std::string const& lot) const {
  auto const found = fates.find(lot);
  return found == fates.end() ? Fate::Sold : found->second;
}

void Floor::say_failure(engine::Result<void> const& done) {
  if (!done) show.say("demo: " + done.error().what);
}

Supplier::Supplier(Floor& floor, Player const& player, ebb_client::Address server, std::uint64_t seed,
                   std::size_t place)
    : floor_(floor),
      player_(player),
      seed_(seed),
      place_(place),
      participant_(floor.reactor, floor.decoder, std::move(server), player.token,
                   ebb_client::Participant::Loyalty::Return, seed, *this) {
  participant_.connect();
}

void Supplier::on_picture(ebb_client::Participant&, std::string const& stream, Picture const& picture,
                          ebb_client::Steady::time_point) {
  auto const lot = stream.substr(0, stream.find('/'));
  if (stream.ends_with("/public")) sit_down(lot, picture);
  if (stream.ends_with("/own")) {
    take_voided(lot, picture);
    answer(lot, picture);
  }
}

void Supplier::sit_down(std::string const& lot, Picture const& picture) {
  auto const state = picture.text("state");
  if (is_over(state)) seats_.erase(lot);
  if (seats_.contains(lot) || (state != "RUNNING" && state != "EXTENDED")) return;
  auto const fate = floor_.fate(lot);
  if (fate == Fate::Ignored || (fate == Fate::Thin && place_ != 0)) return;
  auto const ceiling = money_in(picture, "ceiling");
  if (!ceiling) return;
  auto const seed = seed_ * 1'000'003 + std::hash<std::string>{}(lot);
  auto& seat = seats_.try_emplace(lot, Seat{Bidder{seed, *ceiling}}).first->second;
  look_again(lot, seat, sight_of(picture, {}));
}

void Supplier::look_again(std::string const& lot, Seat& seat, Sight const& sight) {
  floor_.reactor.after(seat.bidder.pause(sight), [this, lot] { look(lot); });
}

void Supplier::look(std::string const& lot) {
  auto const seat = seats_.find(lot);
  auto const* shown = participant_.picture(lot + "/public");
  auto const* own = participant_.picture(lot + "/own");
  if (seat == seats_.end() || shown == nullptr || own == nullptr) return;  // over, or not admitted
  auto const sight = sight_of(*shown, *own);
  auto const is_paused = shown->text("state") == "PAUSED";
  auto const is_done = sight.format == engine::Format::Sealed && seat->second.bids > 0;  // one quote is enough
  if (auto const price = is_paused || is_done ? std::nullopt : seat->second.bidder.wish(sight)) {
    if (auto const done = bid(lot, *price, *shown); !done) return floor_.say_failure(done);
    ++seat->second.bids;
  }
  look_again(lot, seat->second, sight);
}

engine::Result<void> Supplier::bid(std::string const& lot, engine::Money price, Picture const& shown) {
  auto const text = modules::money_text(price);
  auto const key = ebb_client::fresh_key();
  std::optional<ebb_client::BidSignature> signature;
  if (shown.text("signed_bids") == "true") {
    if (!hand_) {
      auto made = SigningHand::make(floor_.office, player_);
      if (!made) return std::unexpected(made.error());
      hand_ = std::move(*made);
    }
    auto signed_bid = hand_->sign(lot, text, key);
    if (!signed_bid) return std::unexpected(signed_bid.error());
    signature = std::move(*signed_bid);
  }
  participant_.bid(lot, text, key, ebb_client::Consent::NotGiven, std::move(signature));
  return {};
}

// A key that somebody revoked signs nothing that counts.
void Supplier::take_voided(std::string const& lot, Picture const& own) {
  auto const seat = seats_.find(lot);
  auto const* voided = own.find("voided");
  if (seat == seats_.end() || voided == nullptr || *voided == seat->second.voided) return;
  seat->second.voided = *voided;
  hand_.reset();
}

void Supplier::answer(std::string const& lot, Picture const& own) {
  auto const* award = own.find("award");
  if (award == nullptr || !answered_.insert(lot).second) return;
  auto const says = floor_.fate(lot) == Fate::Declined ? Office::Answer::Decline : Office::Answer::Confirm;
  // Whoever is asked after a decline says yes.
  if (says == Office::Answer::Decline) floor_.fates[lot] = Fate::Sold;
  floor_.reactor.after(4s, [this, lot, says] { floor_.say_failure(floor_.office.answer_award(player_, lot, says)); });
}

}  // namespace demo
