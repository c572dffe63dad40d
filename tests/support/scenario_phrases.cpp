// How events speak in scenarios, and whether they said what was expected.
//
// Thread: any. Failure: what does not hold, in words. Memory: none kept.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <variant>

#include "tests/support/scenario.h"

namespace support {
namespace {

using namespace engine;

std::string person_text(PersonId person) {
  return person.is_given() ? "P" + std::to_string(person.number()) : "nobody";
}
std::string span_text(Duration span) {
  return std::to_string(span.count()) + "ms";
}
std::string list_text(std::vector<BidderId> const& bidders) {
  std::string text;
  for (auto const bidder : bidders) text += (text.empty() ? "" : " ") + name_of(bidder);
  return text.empty() ? "none" : text;
}
std::string stage_text(StageKind kind) {
  char const* const names[] = {"bidding", "quiet", "break", "turn", "level", "sealed bids", "best bid"};
  return names[static_cast<int>(kind) - 1];
}
std::string figure_text(Figure figure) {
  switch (figure.unit) {
    case Figure::Unit::None:
      return "none";
    case Figure::Unit::Fen:
      return money_text(Money::fen(figure.value));
    case Figure::Unit::Moment:
      return time_text(at_millis(figure.value));
    case Figure::Unit::Count:
      return std::to_string(figure.value);
    case Figure::Unit::Span:
      return span_text(Duration{figure.value});
  }
  std::abort();
}

struct Speaker {
  std::vector<std::string> said;

  void say(std::string phrase) { said.push_back(std::move(phrase)); }
  void refused(std::string const& how, Refusal const& refusal) {
    say(how + std::string(refusal.kind->code));
    say("actual " + figure_text(refusal.actual));
    say("limit " + figure_text(refusal.limit));
  }
  void receipt(Receipt const& receipt) {
    say("attempt " + std::to_string(receipt.attempt));
    say("stamped " + time_text(receipt.at));
  }

  void operator()(LotScheduled const& e) {
    say("scheduled");
    say("opens " + time_text(e.opens_at));
    say("end " + time_text(e.ends_at));
  }
  void operator()(LotStarted const& e) {
    say("started");
    say("end " + time_text(e.ends_at));
  }
  void placed(Placed const& placed) {
    say("rank " + std::to_string(placed.rank));
    say("was " + std::to_string(placed.previous_rank));
    say("lead " + name_of(placed.leader));
    say("best " + money_text(placed.best));
  }
  void stage(Stage const& stage) {
    say("round " + std::to_string(stage.round));
    if (stage.turn != 0) say("turn " + std::to_string(stage.turn));
    if (stage.bidder.is_given()) say("of " + name_of(stage.bidder));
    if (stage.level != Money{}) say("level " + money_text(stage.level));
  }

  void operator()(LotRescheduled const& e) {
    say("rescheduled");
    say("opens " + time_text(e.opens_at));
    say("end " + time_text(e.ends_at));
  }
  void operator()(StageStarted const& e) {
    say(stage_text(e.stage.kind));
    say("end " + time_text(e.ends_at));
    stage(e.stage);
  }
  void operator()(TurnEnded const& e) {
    say("turn over " + name_of(e.stage.bidder) + " " + money_text(e.price));
    say(e.changed ? "changed" : "unchanged");
    say("rank " + std::to_string(e.rank));
    stage(e.stage);
  }
  void operator()(QuotesOpened const& e) {
    std::string quotes;
    for (auto const& quote : e.quotes) quotes += " " + name_of(quote.bidder) + " " + money_text(quote.price);
    say("opened" + (quotes.empty() ? " none" : quotes));
    stage(e.stage);
  }
  void operator()(BiddersEliminated const& e) {
    say("eliminated " + list_text(e.bidders));
    stage(e.stage);
  }
  void operator()(BidAccepted const& e) {
    say("accepted");
    placed(e.placed);
    receipt(e.receipt);
  }
  void operator()(SurrogateNoted const& e) {
    say("for " + name_of(e.bidder) + " by " + person_text(e.by));
    say("approved " + person_text(e.approved_by));
  }
  void operator()(BidSigned const& e) { say("signed " + name_of(e.bid.bidder)); }
  void operator()(BidWithdrawn const& e) { say("withdrawn " + name_of(e.bidder)); }
  void operator()(BidCancelled const& e) {
    say("cancelled " + name_of(e.bidder));
    say("order " + list_text(e.order));
    say("best " + money_text(e.best));
  }
  void operator()(ProxySet const& e) {
    say("proxy " + name_of(e.bidder));
    say("by " + person_text(e.by));
    say("step " + money_text(e.step));
  }
  void operator()(ProxyEnded const& e) {
    char const* const why[] = {"cancelled", "exhausted", "disqualified"};
    say("proxy of " + name_of(e.bidder) + " " + why[static_cast<int>(e.because) - 1]);
    say("by " + person_text(e.by));
  }
  void operator()(ProxyBid const& e) {
    say("automatic " + name_of(e.bidder) + " " + money_text(e.placed.price));
    placed(e.placed);
  }
  void operator()(BiddingEnded const& e) { say("bidding ended at " + time_text(e.closed_at)); }
  void operator()(QuoteAccepted const& e) {
    say("quoted");
    receipt(e.receipt);
  }
  void operator()(BidRefused const& e) {
    refused("refused ", *e.receipt.refusal);
    receipt(e.receipt);
  }
  void operator()(BidRepeated const& e) {
    if (e.original.refusal)
      refused("repeated ", *e.original.refusal);
    else
      say("repeated accepted");
    receipt(e.original);
  }
  void operator()(LotExtended const& e) {
    say("extended to " + time_text(e.ends_at));
    char const* const why[] = {"late bid", "too few quotes", "outage", "quiet period", "other lot"};
    say(std::string("because ") + why[static_cast<int>(e.because) - 1]);
  }
  void operator()(LotPaused const& e) {
    say("paused");
    say("by " + person_text(e.by));
    say("remaining " + span_text(e.remaining));
  }
  void operator()(LotResumed const& e) {
    say("resumed");
    say("end " + time_text(e.ends_at));
  }
  void operator()(LotAborted const&) { say("aborted"); }
  void operator()(BidderDisqualified const& e) {
    say("disqualified " + name_of(e.bidder));
    say("order " + list_text(e.order));
    say("best " + money_text(e.best));
  }
  void operator()(BidderReinstated const& e) {
    say("reinstated " + name_of(e.bidder));
    say("order " + list_text(e.order));
    say("best " + money_text(e.best));
  }
  void operator()(LotClosed const& e) {
    say("closed at " + time_text(e.closed_at));
    say("state " + state_text(e.state));
    std::string ranks;
    std::string prices;
    std::string history;
    for (auto const& standing : e.standings) {
      ranks += " " + name_of(standing.bidder);
      prices += " " + money_text(standing.price);
    }
    for (auto const& entry : e.history) history += " " + name_of(entry.bidder) + (entry.voided ? "(void)" : "");
    say("ranks" + ranks);
    say("prices" + prices);
    say("history" + history);
  }
  void operator()(SelectionOpened const& e) {
    say("selectable " + list_text(e.selectable));
    say("until " + time_text(e.until));
  }
  void operator()(QuoteChosen const& e) {
    say("chosen " + name_of(e.bidder));
    say("by " + person_text(e.by));
    say("rank " + std::to_string(e.rank));
  }
  void operator()(AwardAsked const& e) {
    say("asked " + name_of(e.bidder) + " at " + money_text(e.price));
    say("until " + time_text(e.until));
  }
  void operator()(AwardAnswered const& e) {
    char const* const outcomes[] = {"confirmed", "declined", "silent"};
    say(name_of(e.bidder) + " " + outcomes[static_cast<int>(e.outcome) - 1]);
    say("state " + state_text(e.state));
    say(e.next_available ? "next available" : "nobody left");
  }
  void operator()(LotCommandRefused const& e) { refused("denied ", e.refusal); }
  void operator()(ModuleAnswered const&) { say("module answered"); }
  void operator()(OutageNoted const& e) { say("outage " + time_text(e.from) + " " + time_text(e.until)); }
  void operator()(ClockStepNoted const& e) { say("clock stepped " + span_text(e.by)); }
};

// The lot an event is about, as the prefix that tells it apart.
std::string lot_prefix(Event const& event) {
  return std::visit(
      []<class E>(E const& e) -> std::string {
        if constexpr (requires { e.lot; })
          return name_of(e.lot) + ":";
        else if constexpr (requires { e.receipt; })
          return name_of(e.receipt.lot) + ":";
        else if constexpr (requires { e.original; })
          return name_of(e.original.lot) + ":";
        else
          return "";
      },
      event);
}

}  // namespace

std::string name_of(LotId lot) {
  return std::string(1, static_cast<char>('A' + place_of(lot) - 1));
}
std::string name_of(BidderId bidder) {
  return "S" + std::to_string(bidder.number());
}

std::string money_text(Money amount) {
  auto const fen = amount.in_fen();
  char text[40];
  std::snprintf(text, sizeof text, "%s%lld.%02lld", fen < 0 ? "-" : "", static_cast<long long>(std::llabs(fen / 100)),
                static_cast<long long>(std::llabs(fen % 100)));
  return text;
}

std::string state_text(LotState state) {
  char const* const names[] = {"SCHEDULED", "RUNNING",         "EXTENDED",        "PAUSED",        "SELECTING",
                               "AWARDED",   "WINNER_DECLINED", "ORDER_CONFIRMED", "FAILED_NO_BID", "FAILED_FEW",
                               "ABORTED",   "RESULT_PENDING",  "PRACTICE_ENDED"};
  return names[static_cast<int>(state) - 1];
}

std::vector<std::string> phrases(Event const& event) {
  Speaker speaker;
  std::visit(speaker, event);
  return std::move(speaker.said);
}

std::string mismatch(ScenarioStep const& step, Events const& events) {
  std::string heard;
  std::vector<std::vector<std::string>> spoken;
  for (auto const& event : events) {
    auto said = phrases(event);
    auto const prefix = lot_prefix(event);
    heard += "\n    " + prefix;
    for (auto const& phrase : said) heard += " [" + phrase + "]";
    for (std::size_t i = 0, plain = said.size(); i < plain; ++i) said.push_back(prefix + said[i]);
    spoken.push_back(std::move(said));
  }
  std::vector<int> mentioned(spoken.size());
  std::string wrong;
  auto const expects_nothing = step.expected == std::vector<std::string>{"nothing"};
  for (auto const& phrase : step.expected) {
    auto found = expects_nothing;
    for (std::size_t i = 0; i < spoken.size(); ++i) {
      if (std::ranges::find(spoken[i], phrase) == spoken[i].end()) continue;
      found = true;
      ++mentioned[i];
    }
    if (!found) wrong += "\n  nobody said: " + phrase;
  }
  for (std::size_t i = 0; i < spoken.size(); ++i) {
    if (mentioned[i] == 0) wrong += "\n  not expected: " + spoken[i].front();
  }
  if (wrong.empty()) return wrong;
  return "line " + std::to_string(step.line) + ": " + step.text + wrong + "\n  heard:" + heard;
}

}  // namespace support
