// Promises of commands, bids, order, time and memory; those of the close are in promises_close.cpp.
#include "tests/simulation/promises.h"

#include <algorithm>

namespace simulation::promises {

using namespace engine;

namespace {

Broken broken(Scene const& scene, std::string what) {
  auto const id = scene.lot == nullptr ? 0 : scene.lot->id.number();
  return "seq " + std::to_string(scene.cause.seq.number()) + ", lot " + std::to_string(id >> 8) + "-" +
         std::to_string(id & 0xff) + ": " + std::move(what);
}

template <class Kind>
std::size_t count(std::span<Event const> events) {
  return static_cast<std::size_t>(
      std::ranges::count_if(events, [](Event const& event) { return std::holds_alternative<Kind>(event); }));
}

// How often the command was told to have been carried out.
struct Done {
  std::span<Event const> events;

  std::size_t operator()(OpenLot const&) const { return count<LotScheduled>(events); }
  std::size_t operator()(PlaceBid const&) const {
    return static_cast<std::size_t>(std::ranges::count_if(events, [](auto const& e) { return receipt_in(e); }));
  }
  std::size_t operator()(PlaceSurrogateBid const& surrogate) const { return (*this)(surrogate.bid); }
  std::size_t operator()(PlaceSignedBid const& asked) const { return (*this)(asked.bid); }
  std::size_t operator()(NoteSignatures const&) const { return 1 - count<LotCommandRefused>(events); }  // often silent
  std::size_t operator()(WithdrawBid const&) const { return count<BidWithdrawn>(events); }
  std::size_t operator()(SetProxy const&) const { return count<ProxySet>(events); }
  std::size_t operator()(CancelProxy const&) const {
    return static_cast<std::size_t>(std::ranges::count_if(events, [](Event const& event) {
      auto const* ended = std::get_if<ProxyEnded>(&event);
      return ended != nullptr && ended->because == ProxyEnd::Cancelled;
    }));
  }
  std::size_t operator()(CancelBid const&) const { return count<BidCancelled>(events); }
  std::size_t operator()(PauseLot const&) const { return count<LotPaused>(events); }
  std::size_t operator()(ResumeLot const&) const { return count<LotResumed>(events); }
  std::size_t operator()(AbortLot const&) const { return count<LotAborted>(events); }
  std::size_t operator()(DisqualifyBidder const&) const { return count<BidderDisqualified>(events); }
  std::size_t operator()(ReinstateBidder const&) const { return count<BidderReinstated>(events); }
  std::size_t operator()(ChooseQuote const&) const {  // one without a person is silence, which time brought
    return static_cast<std::size_t>(std::ranges::count_if(events, [](Event const& event) {
      auto const* chosen = std::get_if<QuoteChosen>(&event);
      return chosen != nullptr && chosen->by.is_given();
    }));
  }
  std::size_t operator()(AnswerAward const&) const {
    return static_cast<std::size_t>(std::ranges::count_if(events, [](Event const& event) {
      auto const* answered = std::get_if<AwardAnswered>(&event);
      return answered != nullptr && answered->outcome != AwardOutcome::Silent;
    }));
  }
  std::size_t operator()(AskNext const&) const {  // time may have asked others before
    auto const refused = count<LotCommandRefused>(events) > 0;
    return !events.empty() && !refused && std::holds_alternative<AwardAsked>(events.back()) ? 1 : 0;
  }
  std::size_t operator()(ClockStepped const&) const { return count<ClockStepNoted>(events); }
  std::size_t operator()(ModuleCommand const&) const { return count<ModuleAnswered>(events); }
  std::size_t operator()(Tick const&) const { return 1; }     // carries time, and is never answered
  std::size_t operator()(Started const&) const { return 1; }  // likewise
};

bool is_act(Event const& event) {
  return std::holds_alternative<BidCancelled>(event) || std::holds_alternative<BidderDisqualified>(event) ||
         std::holds_alternative<BidderReinstated>(event);
}

// Whose bid was accepted, if one was.
BidderId bidder_of_accepted(Event const& event) {
  if (auto const* open = std::get_if<BidAccepted>(&event)) return open->receipt.bidder;
  if (auto const* quote = std::get_if<QuoteAccepted>(&event)) return quote->receipt.bidder;
  if (auto const* automatic = std::get_if<ProxyBid>(&event)) return automatic->bidder;
  return {};
}

Money counted_price(KnownLot const& lot, BidderId bidder) {
  auto const one = lot.bidders.find(bidder);
  auto const* counted = one == lot.bidders.end() ? nullptr : one->second.counted();
  return counted == nullptr ? Money{} : counted->price;
}

Broken judge_opened(Scene const& scene, QuotesOpened const& opened) {
  std::vector<BidderId> order;
  for (auto const& quote : opened.quotes) {
    order.push_back(quote.bidder);
    if (counted_price(*scene.lot, quote.bidder) != quote.price) return broken(scene, "opened at another price");
  }
  return order == scene.lot->order() ? std::nullopt : broken(scene, "quotes opened in another order");
}

// What an act said of the whole order.
struct Told {
  std::vector<BidderId> const* order;
  Money best;
};
std::optional<Told> told_by(Event const& event) {
  if (auto const* out = std::get_if<BidderDisqualified>(&event)) return Told{&out->order, out->best};
  if (auto const* in = std::get_if<BidderReinstated>(&event)) return Told{&in->order, in->best};
  if (auto const* less = std::get_if<BidCancelled>(&event)) return Told{&less->order, less->best};
  return std::nullopt;
}
Placed const* placed_by(Event const& event) {
  if (auto const* open = std::get_if<BidAccepted>(&event)) return &open->placed;
  if (auto const* automatic = std::get_if<ProxyBid>(&event)) return &automatic->placed;
  return nullptr;
}

}  // namespace

Broken one_outcome_a_command(Command const& command, std::span<Event const> events) {
  auto const done = std::visit(Done{events}, command);
  auto const refused = count<LotCommandRefused>(events);
  if (done + refused == 1) return std::nullopt;
  return "command of kind " + std::to_string(command.index()) + ": " + std::to_string(done) + " times done, " +
         std::to_string(refused) + " times refused";
}

Broken places_are_dense(Seq before, Seq now) {
  if (now == next(before)) return std::nullopt;
  return "seq " + std::to_string(now.number()) + " after " + std::to_string(before.number());
}

Broken a_bid_counts_only_in_its_stage(Scene const& scene, Event const& event) {
  auto const id = bidder_of_accepted(event);
  if (!id.is_given()) return std::nullopt;
  if (scene.lot == nullptr) return broken(scene, "a bid to no lot was accepted");
  auto const& lot = *scene.lot;
  auto const one = lot.bidders.find(id);
  if (one == lot.bidders.end()) return broken(scene, "a bid of one who is not admitted");
  if (!is_live(lot.state)) return broken(scene, "a bid while the lot does not run");
  auto const* automatic = std::get_if<ProxyBid>(&event);  // at the start of a round: earlier than the command
  auto const at = automatic == nullptr ? scene.now : automatic->at;
  if (at < lot.opens_at || at >= lot.ends_at) return broken(scene, "a bid outside start <= t < end");
  if (one->second.disqualified) return broken(scene, "a bid of one who was disqualified");
  if (one->second.eliminated) return broken(scene, "a bid of one who was eliminated");
  if (!lot.takes_from(id)) return broken(scene, "a bid in a break, or in another's turn");
  auto const is_open = !std::holds_alternative<QuoteAccepted>(event);
  if (is_open == lot.hides_bids()) return broken(scene, "a hidden bid told, or an open one hidden");
  auto const is_quiet_or_main = lot.stage.kind == StageKind::Bidding || lot.stage.kind == StageKind::Quiet;
  if (automatic != nullptr && !is_quiet_or_main) return broken(scene, "an automatic bid in between");
  return std::nullopt;
}

Broken a_known_key_gets_its_first_answer(Scene const& scene, Event const& event) {
  auto const* receipt = receipt_in(event);
  if (receipt == nullptr || scene.lot == nullptr) return std::nullopt;
  auto const one = scene.lot->bidders.find(receipt->bidder);
  if (one == scene.lot->bidders.end()) return std::nullopt;
  auto const known = one->second.answers.find(receipt->key);
  auto const is_known = known != one->second.answers.end();
  if (!std::holds_alternative<BidRepeated>(event)) {
    auto const is_reuse = receipt->refusal && receipt->refusal->kind == &refusals::key_reused;
    return is_known != is_reuse ? broken(scene, "a key was decided twice, or called reused for nothing") : std::nullopt;
  }
  if (!is_known) return broken(scene, "the repeat of what was never answered");
  auto const& first = known->second;
  auto const is_same = first.seq == receipt->seq && first.at == receipt->at && first.attempt == receipt->attempt &&
                       first.refusal == receipt->refusal;
  return is_same ? std::nullopt : broken(scene, "a repeat was answered otherwise than the first time");
}

Broken attempts_are_numbered_and_bounded(Scene const& scene, Event const& event) {
  auto const* receipt = receipt_in(event);
  if (receipt == nullptr || receipt->attempt == 0 || std::holds_alternative<BidRepeated>(event)) return std::nullopt;
  if (scene.lot == nullptr) return broken(scene, "an attempt was kept for no lot");
  auto const one = scene.lot->bidders.find(receipt->bidder);
  auto const made = one == scene.lot->bidders.end() ? 0 : one->second.attempts;
  if (receipt->attempt > scene.lot->rules().attempts_max) return broken(scene, "more attempts than allowed");
  return receipt->attempt == made + 1 ? std::nullopt : broken(scene, "attempts are not numbered one by one");
}

Broken what_is_accepted_was_asked(Scene const& scene, Event const& event) {
  auto const is_manual = std::holds_alternative<BidAccepted>(event) || std::holds_alternative<QuoteAccepted>(event);
  if (!is_manual || scene.lot == nullptr) return std::nullopt;
  auto const* bid = bid_in(scene.cause.command);
  auto const* receipt = receipt_in(event);
  if (bid == nullptr || bid->bidder != receipt->bidder || bid->lot != receipt->lot || bid->key != receipt->key) {
    return broken(scene, "a receipt for a bid that nobody sent");
  }
  if (receipt->seq != scene.cause.seq || receipt->at != scene.now) return broken(scene, "a receipt of another moment");
  auto const* open = std::get_if<BidAccepted>(&event);
  if (open != nullptr && open->placed.price != bid->price) return broken(scene, "accepted at another price");
  if (bid->price < Money::fen(1) || bid->price > scene.lot->rules().ceiling) {
    return broken(scene, "accepted outside 0 < price <= ceiling");
  }
  auto const& stage = scene.lot->stage;
  if (stage.kind == StageKind::Level && bid->price != stage.level) return broken(scene, "a level at another price");
  return std::nullopt;
}

Broken a_proxy_keeps_its_limit(Scene const& scene, Event const& event) {
  auto const id = bidder_of_accepted(event);
  if (!id.is_given() || scene.lot == nullptr) return std::nullopt;
  auto const one = scene.lot->bidders.find(id);
  if (one == scene.lot->bidders.end()) return std::nullopt;
  auto const& limit = one->second.proxy_limit;
  auto const* automatic = std::get_if<ProxyBid>(&event);
  if (automatic == nullptr) return limit ? broken(scene, "a bid by hand beside an active proxy") : std::nullopt;
  if (!limit) return broken(scene, "the engine bid for one who did not ask for it");
  if (automatic->placed.price < *limit) return broken(scene, "the engine bid below the limit");
  auto const is_its_own = automatic->seq == scene.cause.seq && automatic->at <= scene.now;
  return is_its_own ? std::nullopt : broken(scene, "an automatic bid of another command or moment");
}

// Whoever has a proxy leads, or has none any more.
Broken no_proxy_sleeps_now(KnownLot const& lot) {
  auto const is_bidding = lot.stage.kind == StageKind::Bidding || lot.stage.kind == StageKind::Quiet;
  if (!is_live(lot.state) || !is_bidding || !lot.rules().proxies) return std::nullopt;
  auto const order = lot.order();
  for (auto const& [id, one] : lot.bidders) {
    if (!one.proxy_limit || order.empty() || order.front() == id) continue;
    return "lot " + std::to_string(lot.id.number() >> 8) + "-" + std::to_string(lot.id.number() & 0xff) +
           ": the proxy of " + std::to_string(id.number()) + " sleeps while another leads";
  }
  return std::nullopt;
}

Broken one_who_is_out_is_put_out_once(Scene const& scene, Event const& event) {
  auto const* out = std::get_if<BiddersEliminated>(&event);
  if (out == nullptr || scene.lot == nullptr) return std::nullopt;
  if (!std::ranges::is_sorted(out->bidders) || out->bidders.empty()) return broken(scene, "eliminated out of order");
  for (auto const id : out->bidders) {
    auto const one = scene.lot->bidders.find(id);
    if (one == scene.lot->bidders.end()) return broken(scene, "eliminated, but never admitted");
    if (one->second.eliminated || one->second.disqualified) return broken(scene, "eliminated twice");
  }
  return std::nullopt;
}

Broken the_lead_never_rises_now(Scene const& scene, Event const& event, std::optional<Evaluated> const& best_before) {
  if (scene.lot == nullptr || !best_before || is_act(event) || scene.lot->hides_the_order()) return std::nullopt;
  auto const best = scene.lot->lead();
  if (!best) return broken(scene, "the lead is gone");
  return *best > *best_before ? broken(scene, "the lead rose") : std::nullopt;
}

Broken the_order_told_is_the_order_now(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr) return std::nullopt;
  auto const& lot = *scene.lot;
  if (auto const* quotes = std::get_if<QuotesOpened>(&event)) return judge_opened(scene, *quotes);
  if (auto const* turn = std::get_if<TurnEnded>(&event)) {
    auto const is_so = turn->price == counted_price(lot, turn->stage.bidder);
    return is_so ? std::nullopt : broken(scene, "a turn told another price than counts");
  }
  auto const order = lot.order();
  auto const lead = order.empty() ? Money{} : counted_price(lot, order.front());
  if (auto const told = told_by(event)) {
    auto const is_so = lot.hides_the_order() ? told->order->empty() && told->best == Money{}
                                             : *told->order == order && told->best == lead;
    return is_so ? std::nullopt : broken(scene, "told another order than there is, or a hidden one");
  }
  auto const* placed = placed_by(event);
  if (placed == nullptr) return std::nullopt;
  if (order.empty()) return broken(scene, "accepted, and nobody leads");
  if (placed->leader != order.front() || placed->best != lead) return broken(scene, "told another lead than there is");
  auto const place =
      static_cast<std::uint16_t>(std::ranges::find(order, bidder_of_accepted(event)) - order.begin() + 1);
  auto const by_place = lot.rules().ties != Ties::EqualBest && lot.rules().ties != Ties::EqualWorst;
  if (by_place && placed->rank != place) return broken(scene, "told another rank than there is");
  return std::nullopt;
}

Broken an_end_never_moves_back(Scene const& scene, Event const& event) {
  if (scene.lot == nullptr) return std::nullopt;
  auto const known = scene.lot->ends_at;
  auto const was_taken = scene.lot->rules().format == Format::Dutch && scene.lot->stage.kind == StageKind::Level;
  if (auto const* extended = std::get_if<LotExtended>(&event)) {
    if (extended->previous_ends_at != known) return broken(scene, "extended from another end than was told");
    return extended->ends_at > known ? std::nullopt : broken(scene, "extended backwards");
  }
  if (auto const* resumed = std::get_if<LotResumed>(&event)) {
    return resumed->ends_at >= known ? std::nullopt : broken(scene, "a pause took time away");
  }
  if (auto const* stage = std::get_if<StageStarted>(&event)) {
    auto const is_first_level = stage->stage.kind == StageKind::Level && stage->stage.turn == 1;
    if (is_first_level) return stage->ends_at == known ? std::nullopt : broken(scene, "told two ends of one level");
    auto const is_quiet = stage->stage.kind == StageKind::Quiet;  // its end was told by LotExtended
    if (is_quiet) return stage->ends_at == known ? std::nullopt : broken(scene, "told two ends of the quiet time");
    if (was_taken) return std::nullopt;
    return stage->ends_at > known ? std::nullopt : broken(scene, "a stage ends before the one before it");
  }
  if (auto const* closed = std::get_if<LotClosed>(&event)) {
    auto const is_early = closed->closed_at < known && was_taken;
    if (closed->closed_at != known && !is_early) return broken(scene, "closed at another moment than was told");
  }
  if (auto const* ended = std::get_if<BiddingEnded>(&event)) {
    auto const is_early = ended->closed_at < known && was_taken;
    if (ended->closed_at != known && !is_early) return broken(scene, "ended at another moment than was told");
  }
  return std::nullopt;
}

Broken an_extension_stays_below_the_cap(Scene const& scene, Event const& event) {
  auto const* extended = std::get_if<LotExtended>(&event);
  if (extended == nullptr || scene.lot == nullptr) return std::nullopt;
  auto const because = extended->because;
  if (because == ExtendedBecause::Outage || because == ExtendedBecause::TooFewQuotes) return std::nullopt;
  if (scene.lot->rules().format != Format::Reverse) return broken(scene, "only a reverse lot is extended by bids");
  return extended->ends_at <= scene.lot->cap ? std::nullopt : broken(scene, "extended beyond the cap");
}

Broken nothing_due_waits(Instant now, Instant next_due) {
  if (next_due > now) return std::nullopt;
  return "due at " + std::to_string(in_millis(next_due)) + ", and it is " + std::to_string(in_millis(now)) + " already";
}

Broken stages_follow_each_other(Scene const& scene, Event const& event) {
  auto const* started = std::get_if<StageStarted>(&event);
  if (started == nullptr || scene.lot == nullptr) return std::nullopt;
  auto const& before = scene.lot->stage;
  auto const& now = started->stage;
  if (!scene.lot->is_before_close()) return broken(scene, "a stage after the close");
  if (now.round < before.round) return broken(scene, "a round before the one before it");
  if (now.round > scene.lot->rules().rounds) return broken(scene, "more rounds than the rules have");
  auto const same_kind = now.kind == before.kind && now.round == before.round;
  if (now.kind == StageKind::Turn && same_kind && now.turn <= before.turn) return broken(scene, "turns run backwards");
  if (now.kind != StageKind::Level) return std::nullopt;
  if (before.kind == StageKind::Level && now.turn != before.turn + 1) return broken(scene, "a level was left out");
  auto const wanted = level_price(scene.lot->rules(), now.turn);
  return now.level == wanted ? std::nullopt : broken(scene, "a level of another price");
}

Broken a_replay_says_the_same(Seq seq, std::uint64_t first, std::uint64_t again) {
  if (first == again) return std::nullopt;
  return "seq " + std::to_string(seq.number()) + ": what was published is not what the journal gives again";
}

Broken equal_journals_give_equal_digests(std::uint64_t one, std::uint64_t other) {
  if (one == other) return std::nullopt;
  return "digest " + std::to_string(one) + " and " + std::to_string(other) + " of one journal";
}

Broken a_repeat_changes_nothing(std::uint64_t before, std::uint64_t after) {
  if (before == after) return std::nullopt;
  return "everything was sent again, and the state is another";
}

}  // namespace simulation::promises
