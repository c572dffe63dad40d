// See the header. What was published once is never judged again: a replay is held against the hash of its bytes.
#include "tests/simulation/witness.h"

#include <algorithm>
#include <functional>

#include "engine/codec.h"

namespace simulation {

using namespace engine;

namespace {

std::string bytes_of(Event const& event) {
  ByteWriter bytes;
  encode(event, bytes);
  return bytes.take();
}

std::uint64_t hash_of(std::span<Event const> events) {
  ByteWriter bytes;
  for (auto const& event : events) encode(event, bytes);
  return std::hash<std::string_view>{}(bytes.view());
}

template <class Counts>
void add_up(Counts& to, Counts const& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

void Reached::add(Reached const& other) {
  add_up(events, other.events);
  add_up(refusals, other.refusals);
  for (std::size_t i = 0; i < states.size(); ++i) add_up(states[i], other.states[i]);
  add_up(stages, other.stages);
  add_up(extensions, other.extensions);
  add_up(proxy_ends, other.proxy_ends);
  add_up(releases, other.releases);
  commands += other.commands;
  bids += other.bids;
  hidden += other.hidden;
  limits += other.limits;
  crashes += other.crashes;
  refused_commits += other.refused_commits;
  unheard_commits += other.unheard_commits;
  replayed += other.replayed;
  snapshots += other.snapshots;
  clock_jumps += other.clock_jumps;
  repeats += other.repeats;
}

void Witness::hold(Broken const& broken) {
  if (broken) broken_.push_back(*broken);
}

void Witness::restarted(Seq behind) {
  heard_ = behind.number();
}

void Witness::replay_is_over() {
  if (heard_ < said_.size()) hold("what was published up to " + std::to_string(said_.size()) + " is lost");
}

void Witness::published(Turn const& turn) {
  for (auto const& decided_one : turn.decided) {
    hold(promises::places_are_dense(Seq{heard_}, decided_one.seq));
    heard_ = decided_one.seq.number();
    std::span<Event const> const events{turn.events.data() + decided_one.first_event,
                                        turn.events.data() + decided_one.last_event};
    auto const hash = hash_of(events);
    if (heard_ <= said_.size()) {
      ++reached_.replayed;
      hold(promises::a_replay_says_the_same(decided_one.seq, said_[heard_ - 1], hash));
      continue;
    }
    said_.push_back(hash);
    decided(journal_.read(decided_one.seq), events);
  }
}

void Witness::decided(Sequenced const& command, std::span<Event const> events) {
  ++reached_.commands;
  now_ = std::max(now_, command.at);
  hold(promises::one_outcome_a_command(command.command, events));
  if (auto const* proxy = std::get_if<SetProxy>(&command.command); proxy && secrets_.is_drawn(proxy->limit)) {
    secrets_.hide_limit(proxy->lot, proxy->bidder, proxy->limit);
    ++reached_.limits;
  }
  auto const is_refused =
      std::ranges::any_of(events, [](auto const& event) { return std::holds_alternative<LotCommandRefused>(event); });
  auto const* note = std::get_if<NoteSignatures>(&command.command);
  if (note != nullptr && !is_refused) picture_.note(*note);
  for (auto const& event : events) {
    auto const* lot = picture_.find(lot_of(event));
    keep_secrets(command, event, lot);
    auto const is_for_the_notary = std::holds_alternative<BidSigned>(event);  // there is no verifying without the price
    if (auto const shown = is_for_the_notary ? std::nullopt : secrets_.shown_in(bytes_of(event))) {
      auto const* receipt = receipt_in(event);
      auto const* refusal = receipt != nullptr && receipt->refusal ? receipt->refusal->kind : nullptr;
      hold("seq " + std::to_string(command.seq.number()) + ": an event of kind " + std::to_string(event.index()) +
           (refusal == nullptr ? "" : " (" + std::string{refusal->code} + ")") + " shows the secret " +
           std::to_string(shown->in_fen()));
    }
    judge({command, now_, picture_, lot}, event);
    count(event);
  }
  for (auto const& event : events) {
    if (auto const* lot = picture_.find(lot_of(event))) hold(promises::no_proxy_sleeps_now(*lot));
  }
}

// What an event makes known by right is a secret no more; what it decides in secret becomes one.
void Witness::keep_secrets(Sequenced const& command, Event const& event, KnownLot const* lot) {
  auto const id = lot_of(event);
  auto const ends_stage = std::holds_alternative<QuotesOpened>(event) || std::holds_alternative<TurnEnded>(event) ||
                          std::holds_alternative<LotClosed>(event);
  if (ends_stage) secrets_.reveal_prices(id);
  if (auto const* automatic = std::get_if<ProxyBid>(&event)) {
    secrets_.reveal_limit(id, automatic->bidder, automatic->placed.price);
  }
  auto const* bid = bid_in(command.command);
  auto const is_secret = bid != nullptr && receipt_in(event) != nullptr && lot != nullptr && lot->is_before_close() &&
                         lot->hides_bids() && secrets_.is_drawn(bid->price);
  if (!is_secret) return;
  secrets_.hide_price(id, bid->price);
  ++reached_.hidden;
}

void Witness::judge(Scene const& scene, Event const& event) {
  using namespace promises;
  using Promise = Broken (*)(Scene const&, Event const&);
  static constexpr std::array<Promise, 19> before{a_bid_counts_only_in_its_stage,
                                                  a_known_key_gets_its_first_answer,
                                                  attempts_are_numbered_and_bounded,
                                                  what_is_accepted_was_asked,
                                                  a_proxy_keeps_its_limit,
                                                  one_who_is_out_is_put_out_once,
                                                  an_end_never_moves_back,
                                                  an_extension_stays_below_the_cap,
                                                  stages_follow_each_other,
                                                  a_state_follows_from_the_one_before,
                                                  the_close_tells_every_accepted_bid,
                                                  the_close_ranks_what_counts,
                                                  one_winner,
                                                  a_group_awaits_its_last_lot,
                                                  practice_asks_nobody,
                                                  a_bid_is_signed_where_that_is_asked,
                                                  only_forged_signatures_void,
                                                  the_close_awaits_every_signature,
                                                  no_forged_bid_is_ranked};
  for (auto const promise : before) hold(promise(scene, event));
  auto const best = scene.lot == nullptr ? std::nullopt : scene.lot->lead();
  picture_.fold(scene.cause.command, event);
  hold(the_lead_never_rises_now(scene, event, best));
  hold(the_order_told_is_the_order_now(scene, event));
}

void Witness::count(Event const& event) {
  ++reached_.events[event.index()];
  auto const* lot = picture_.find(lot_of(event));
  if (lot != nullptr) {
    ++reached_.states[static_cast<std::size_t>(lot->rules().format)][static_cast<std::size_t>(lot->state)];
  }
  if (auto const* receipt = receipt_in(event)) {
    auto const is_repeat = std::holds_alternative<BidRepeated>(event);
    ++(is_repeat          ? reached_.repeats
       : receipt->refusal ? reached_.refusals[receipt->refusal->kind->number]
                          : reached_.bids);
  } else if (auto const* refused = std::get_if<LotCommandRefused>(&event)) {
    ++reached_.refusals[refused->refusal.kind->number];
  } else if (auto const* stage = std::get_if<StageStarted>(&event)) {
    ++reached_.stages[static_cast<std::size_t>(stage->stage.kind)];
  } else if (auto const* extended = std::get_if<LotExtended>(&event)) {
    ++reached_.extensions[static_cast<std::size_t>(extended->because)];
  } else if (auto const* ended = std::get_if<ProxyEnded>(&event)) {
    ++reached_.proxy_ends[static_cast<std::size_t>(ended->because)];
  } else if (std::holds_alternative<LotClosed>(event) && lot != nullptr) {
    ++reached_.releases[static_cast<std::size_t>(lot->rules().release)];
  }
}

}  // namespace simulation
