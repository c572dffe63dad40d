// A command as a line for people: what a failed comparison prints. Near the language of the scenarios, and told in
// milliseconds, since generated streams begin at nought.
//
// Thread: any. Failure: none. Memory: none kept.
#include "tests/support/scenario.h"

namespace support {
namespace {

using namespace engine;

std::string of(std::string const& verb, auto const& command) {
  return verb + " " + name_of(command.lot);
}
std::string of_bidder(std::string const& verb, auto const& command) {
  return of(verb, command) + " " + name_of(command.bidder);
}
std::string because(std::string const& reason) {
  return reason.empty() ? " without a reason" : reason.size() > 100 ? " because of much" : "";
}
std::string by(PersonId person) {
  return person.is_given() ? " by P" + std::to_string(person.number()) : " by nobody";
}

// Rules that are not the plain ones, as the parameters of scenario.h spell them.
struct RulesText {
  LotRules const& rules;
  LotRules const plain{};
  std::string text;

  template <class T>
  void number(char const* name, T LotRules::* field) {
    if (rules.*field != plain.*field) text += std::string(" ") + name + " " + std::to_string(+(rules.*field));
  }
  template <class E>
  void choice(char const* name, E LotRules::* field) {
    if (rules.*field != plain.*field) text += std::string(" ") + name + "=" + std::to_string(int(rules.*field));
  }
  void flag(char const* name, bool LotRules::* field) {
    if (rules.*field != plain.*field) text += std::string(rules.*field ? " " : " no-") + name;
  }
  void money(char const* name, Money LotRules::* field) {
    if (rules.*field != plain.*field) text += std::string(" ") + name + " " + money_text(rules.*field);
  }
  void span(char const* name, Duration LotRules::* field) {
    if (rules.*field != plain.*field)
      text += std::string(" ") + name + " " + std::to_string((rules.*field).count()) + "ms";
  }
  void points(char const* name, BasisPoints LotRules::* field) {
    if (rules.*field != plain.*field) text += std::string(" ") + name + " " + std::to_string((rules.*field).count());
  }
};

std::string rules_text(LotRules const& rules) {
  RulesText t{.rules = rules, .text = {}};
  char const* const formats[] = {"reverse", "sealed", "rounds", "dutch", "japanese"};
  auto const format = static_cast<std::size_t>(rules.format) - 1;
  t.text = std::string(" ") + (format < 5 ? formats[format] : "unknown");
  t.money("ceiling", &LotRules::ceiling), t.span("for", &LotRules::duration), t.money("step", &LotRules::decrement);
  t.choice("basis", &LotRules::step_basis), t.choice("kind", &LotRules::step_kind);
  t.points("share", &LotRules::decrement_share);
  for (auto const& band : rules.ladder) {
    if (band != StepBand{}) t.text += " band " + money_text(band.above) + " " + money_text(band.decrement);
  }
  t.money("front", &LotRules::front_buffer), t.money("back", &LotRules::back_buffer);
  t.flag("leader-waits", &LotRules::leader_waits), t.choice("ending", &LotRules::ending);
  t.span("trigger", &LotRules::trigger_window), t.span("extension", &LotRules::extension);
  t.span("cap", &LotRules::hard_cap), t.choice("from", &LotRules::extend_from);
  t.number("trigger-rank", &LotRules::trigger_rank), t.number("extensions", &LotRules::extensions_max);
  t.choice("scope", &LotRules::extend_scope), t.choice("rank-by", &LotRules::rank_by);
  t.choice("ties", &LotRules::ties), t.number("rounds", &LotRules::rounds);
  t.number("eliminate", &LotRules::eliminate), t.span("first-pause", &LotRules::first_pause);
  t.span("pause", &LotRules::pause), t.span("turn", &LotRules::turn);
  t.money("first-level", &LotRules::first_level), t.money("last-level", &LotRules::last_level);
  t.money("level-step", &LotRules::level_step), t.span("sealed-for", &LotRules::sealed_for);
  t.span("best-bid-for", &LotRules::best_bid_for), t.flag("proxies", &LotRules::proxies);
  t.flag("surrogates", &LotRules::surrogates), t.flag("requotes", &LotRules::requotes);
  t.flag("practice", &LotRules::practice), t.flag("signed", &LotRules::signed_bids);
  t.number("version", &LotRules::version);
  t.points("band", &LotRules::band_over);
  t.number("places", &LotRules::band_places), t.span("choose-for", &LotRules::choose_for);
  t.number("bidders", &LotRules::min_bidders), t.number("approvable", &LotRules::min_bidders_approved);
  t.points("slip", &LotRules::slip_below), t.span("confirm-for", &LotRules::confirm_for);
  t.span("floor", &LotRules::resume_floor), t.number("attempts", &LotRules::attempts_max);
  t.choice("release", &LotRules::release);
  return t.text;
}

struct Lines {
  std::string operator()(OpenLot const& c) {
    auto text = of("open", c) + rules_text(c.rules) + " opens " + std::to_string(in_millis(c.opens_at));
    if (c.after.is_given()) text += " after " + name_of(c.after);
    text += "; admit";
    for (auto const& [bidder, evaluation] : c.admitted) {
      text += " " + name_of(bidder);
      if (evaluation.is_plain()) continue;
      text += "/" + std::to_string(evaluation.deduction.count()) + "/" +
              std::to_string(evaluation.coefficient.count()) + "/" + money_text(evaluation.addition);
    }
    return text;
  }
  std::string operator()(PlaceBid const& c) {
    return of_bidder("bid", c) + " " + money_text(c.price) + " key " + c.key.text.data() +
           (c.consent == Consent::Given ? " confirmed" : "");
  }
  std::string operator()(PlaceSurrogateBid const& c) {
    return "surrogate " + (*this)(c.bid) + by(c.bid.by) + " approved" + by(c.approved_by) + because(c.reason);
  }
  std::string operator()(PlaceSignedBid const& c) { return "signed-" + (*this)(c.bid); }
  std::string operator()(NoteSignatures const& c) {
    auto text = of("signatures", c) + " seq " + std::to_string(c.through.number());
    for (auto const seq : c.invalid) text += " " + std::to_string(seq.number());
    return text;
  }
  std::string operator()(WithdrawBid const& c) { return of_bidder("withdraw", c); }
  std::string operator()(SetProxy const& c) {
    return of_bidder("proxy", c) + " " + money_text(c.limit) + " by-steps-of " + money_text(c.step);
  }
  std::string operator()(CancelProxy const& c) { return of_bidder("cancel-proxy", c); }
  std::string operator()(CancelBid const& c) {
    return of_bidder("cancel", c) + " seq " + std::to_string(c.bid.number()) + because(c.reason);
  }
  std::string operator()(PauseLot const& c) { return of("pause", c) + because(c.reason); }
  std::string operator()(ResumeLot const& c) { return of("resume", c) + because(c.reason); }
  std::string operator()(AbortLot const& c) { return of("abort", c) + because(c.reason); }
  std::string operator()(DisqualifyBidder const& c) { return of_bidder("disqualify", c) + because(c.reason); }
  std::string operator()(ReinstateBidder const& c) { return of_bidder("reinstate", c) + because(c.reason); }
  std::string operator()(ChooseQuote const& c) {
    return of_bidder("choose", c) + by(c.by) + " approved" + by(c.approved_by) + because(c.reason);
  }
  std::string operator()(AnswerAward const& c) {
    return of_bidder(c.answer == AwardAnswer::Confirm ? "confirm" : "decline", c);
  }
  std::string operator()(AskNext const& c) { return of("ask-next", c); }
  std::string operator()(Tick const&) { return "tick"; }
  std::string operator()(Started const& c) { return "started " + std::to_string(in_millis(c.last_alive)); }
  std::string operator()(ClockStepped const& c) { return "clock-step " + std::to_string(c.by.count()) + "ms"; }
  std::string operator()(ModuleCommand const&) { return "module"; }
};

}  // namespace

std::string line_of(Instant at, Command const& command) {
  return std::to_string(in_millis(at)) + " " + std::visit(Lines{}, command);
}

}  // namespace support
