// One line per command and per event. A new kind of either is a compile error here until it has its line.
#include "tools/ebb/narrate.h"

#include <fmt/format.h>

#include "engine/check.h"
#include "modules/rule_names.h"
#include "modules/text.h"

namespace ebb {
namespace {

using namespace engine;
using modules::figure_text;
using modules::instant_text;
using modules::lot_state_text;
using modules::lot_text;
using modules::money_text;

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

std::string who(PersonId person) {
  return person.is_given() ? fmt::format("person {}", person.number()) : "the house";
}
std::string bidder_text(BidderId bidder) {
  return fmt::format("org {}", bidder.number());
}
std::string key_text(BidKey const& key) {
  return {key.text.data(), std::string_view{key.text.data(), key.text.size()}.find_last_not_of('\0') + 1};
}
std::string span_text(Duration span) {
  return fmt::format("{}.{:03} s", span.count() / 1000, span.count() % 1000);
}

std::string refusal_text(Refusal const& refusal) {
  auto text = std::string{refusal.kind->code};
  if (refusal.actual.unit != Figure::Unit::None) text += " actual " + figure_text(refusal.actual);
  if (refusal.limit.unit != Figure::Unit::None) text += " limit " + figure_text(refusal.limit);
  return text;
}

std::string receipt_text(Receipt const& receipt) {
  auto const outcome = receipt.refusal ? "refused " + refusal_text(*receipt.refusal) : std::string{"accepted"};
  return fmt::format("{} {} key {} attempt {} {}", lot_text(receipt.lot), bidder_text(receipt.bidder),
                     key_text(receipt.key), receipt.attempt, outcome);
}

// "pause 12-1 by person 3: reason" and its like.
std::string act_text(std::string_view verb, LotId lot, PersonId by, std::string_view reason) {
  return fmt::format("{} {} by {}{}{}", verb, lot_text(lot), who(by), reason.empty() ? "" : ": ", reason);
}

std::string standings_text(std::vector<Standing> const& standings) {
  std::string text;
  for (auto const& standing : standings) {
    text += fmt::format(" {}:{}@{}", standing.rank, bidder_text(standing.bidder), money_text(standing.price));
  }
  return text;
}

template <class Price>
std::string bid_text(PlaceBid const& c, Price const& price) {
  return fmt::format("{} {} by {} price {} key {}{}", lot_text(c.lot), bidder_text(c.bidder), who(c.by), price(c.price),
                     key_text(c.key), c.consent == Consent::Given ? " confirmed" : "");
}

std::string command_text(Sequenced const& sequenced) {
  auto const price = [is_sealed = sequenced.secret_of.has_value()](Money money) {
    return is_sealed ? std::string{"(sealed)"} : money_text(money);
  };
  return std::visit(
      Match{
          [](OpenLot const& c) {
            return fmt::format("OpenLot {} ceiling {} opens {} admitted {}{}", lot_text(c.lot),
                               money_text(c.rules.ceiling), instant_text(c.opens_at), c.admitted.size(),
                               c.after.is_given() ? " after " + lot_text(c.after) : std::string{});
          },
          [&](PlaceBid const& c) { return "PlaceBid " + bid_text(c, price); },
          [&](PlaceSurrogateBid const& c) {
            return fmt::format("PlaceSurrogateBid {} approved by {}: {}", bid_text(c.bid, price), who(c.approved_by),
                               c.reason);
          },
          [&](PlaceSignedBid const& c) {
            return fmt::format("PlaceSignedBid {} signed with key {}", bid_text(c.bid, price),
                               c.signature.key.number());
          },
          [](NoteSignatures const& c) {
            std::string invalid;
            for (auto const seq : c.invalid) invalid += " " + std::to_string(seq.number());
            return fmt::format("NoteSignatures {} through {}{}", lot_text(c.lot), c.through.number(),
                               invalid.empty() ? "" : " invalid" + invalid);
          },
          [](WithdrawBid const& c) { return act_text("WithdrawBid " + bidder_text(c.bidder), c.lot, c.by, ""); },
          [&](SetProxy const& c) {
            return act_text(
                fmt::format("SetProxy {} limit {} step {}", bidder_text(c.bidder), price(c.limit), money_text(c.step)),
                c.lot, c.by, "");
          },
          [](CancelProxy const& c) { return act_text("CancelProxy " + bidder_text(c.bidder), c.lot, c.by, ""); },
          [](CancelBid const& c) {
            return act_text(fmt::format("CancelBid {} bid {}", bidder_text(c.bidder), c.bid.number()), c.lot, c.by,
                            c.reason);
          },
          [](PauseLot const& c) { return act_text("PauseLot", c.lot, c.by, c.reason); },
          [](ResumeLot const& c) { return act_text("ResumeLot", c.lot, c.by, c.reason); },
          [](AbortLot const& c) { return act_text("AbortLot", c.lot, c.by, c.reason); },
          [](DisqualifyBidder const& c) {
            return act_text("DisqualifyBidder " + bidder_text(c.bidder), c.lot, c.by, c.reason);
          },
          [](ReinstateBidder const& c) {
            return act_text("ReinstateBidder " + bidder_text(c.bidder), c.lot, c.by, c.reason);
          },
          [](ChooseQuote const& c) { return act_text("ChooseQuote " + bidder_text(c.bidder), c.lot, c.by, c.reason); },
          [](AnswerAward const& c) {
            return act_text(c.answer == AwardAnswer::Confirm ? "AnswerAward confirm" : "AnswerAward decline", c.lot,
                            c.by, "");
          },
          [](AskNext const& c) { return act_text("AskNext", c.lot, c.by, ""); },
          [](Tick const&) { return std::string{"Tick"}; },
          [](Started const& c) { return fmt::format("Started last alive {}", instant_text(c.last_alive)); },
          [](ClockStepped const& c) { return fmt::format("ClockStepped by {} ms", c.by.count()); },
          [&](ModuleCommand const& c) {
            auto const* const secret = !c.secret.empty()     ? ", and a secret"
                                       : sequenced.secret_of ? ", and a secret that was erased"
                                                             : "";
            return fmt::format("ModuleCommand module {} verb {} by {}, {} bytes{}", c.module, c.verb, who(c.actor),
                               c.body.size(), secret);
          },
      },
      sequenced.command);
}

std::string placed_text(Placed const& placed) {
  return fmt::format("price {} rank {} best {} leader {}", money_text(placed.price), placed.rank,
                     money_text(placed.best), bidder_text(placed.leader));
}

// "turn 2.3 of org 7" and its like.
std::string stage_text(Stage const& stage) {
  auto text = fmt::format("{} {}.{}", modules::name_of(stage.kind, modules::stage_kinds), stage.round, stage.turn);
  if (stage.bidder.is_given()) text += " of " + bidder_text(stage.bidder);
  if (stage.level > Money{}) text += " level " + money_text(stage.level);
  return text;
}

std::string quotes_text(std::vector<QuotesOpened::Quote> const& quotes) {
  std::string text;
  for (auto const& quote : quotes) text += fmt::format(" {}@{}", bidder_text(quote.bidder), money_text(quote.price));
  return text;
}

std::string bidders_text(std::vector<BidderId> const& bidders) {
  std::string text;
  for (auto const bidder : bidders) text += ' ' + bidder_text(bidder);
  return text;
}

std::string_view proxy_end_text(ProxyEnd because) {
  switch (because) {
    case ProxyEnd::Cancelled:
      return "cancelled";
    case ProxyEnd::Exhausted:
      return "exhausted";
    case ProxyEnd::Disqualified:
      return "disqualified";
  }
  UNREACHABLE();
}

std::string bid_event_text(BidAccepted const& e) {
  return fmt::format("BidAccepted {} {}", receipt_text(e.receipt), placed_text(e.placed));
}

std::string award_text(AwardAnswered const& e) {
  auto const* const outcome = e.outcome == AwardOutcome::Confirmed  ? "confirmed"
                              : e.outcome == AwardOutcome::Declined ? "declined"
                                                                    : "silent";
  return fmt::format("AwardAnswered {} {} {} {}", lot_text(e.lot), bidder_text(e.bidder), outcome,
                     lot_state_text(e.state));
}

std::string answer_text(ModuleAnswered const& e) {
  auto const outcome = e.refusal ? "refused " + refusal_text(*e.refusal) : fmt::format("id {}", e.id);
  return fmt::format("ModuleAnswered module {} verb {} {}{}", e.module, e.verb, outcome,
                     e.repeated ? " (repeated)" : "");
}

// What came with the formats of several stages.
std::string later_text(LotRescheduled const& e) {
  return fmt::format("LotRescheduled {} {} to {}", lot_text(e.lot), instant_text(e.opens_at), instant_text(e.ends_at));
}
std::string later_text(StageStarted const& e) {
  return fmt::format("StageStarted {} {} ends {}", lot_text(e.lot), stage_text(e.stage), instant_text(e.ends_at));
}
std::string later_text(TurnEnded const& e) {
  return fmt::format("TurnEnded {} {} price {} rank {}{}", lot_text(e.lot), stage_text(e.stage), money_text(e.price),
                     e.rank, e.changed ? "" : " (unchanged)");
}
std::string later_text(QuotesOpened const& e) {
  return fmt::format("QuotesOpened {} {}{}", lot_text(e.lot), stage_text(e.stage), quotes_text(e.quotes));
}
std::string later_text(BiddersEliminated const& e) {
  return fmt::format("BiddersEliminated {} {}{}", lot_text(e.lot), stage_text(e.stage), bidders_text(e.bidders));
}
std::string later_text(SurrogateNoted const& e) {
  return act_text("SurrogateNoted " + bidder_text(e.bidder) + " approved by " + who(e.approved_by), e.lot, e.by,
                  e.reason);
}
std::string later_text(BidSigned const& e) {
  return fmt::format("BidSigned {} bid {} with key {}", lot_text(e.bid.lot), e.seq.number(), e.signature.key.number());
}
std::string later_text(BidWithdrawn const& e) {
  return act_text("BidWithdrawn " + bidder_text(e.bidder), e.lot, e.by, "");
}
std::string later_text(BidCancelled const& e) {
  return act_text(fmt::format("BidCancelled {} bid {}", bidder_text(e.bidder), e.bid.number()), e.lot, e.by, e.reason);
}
std::string later_text(ProxySet const& e) {
  return act_text(fmt::format("ProxySet {} step {}", bidder_text(e.bidder), money_text(e.step)), e.lot, e.by, "");
}
std::string later_text(ProxyEnded const& e) {
  return act_text(fmt::format("ProxyEnded {} {}", bidder_text(e.bidder), proxy_end_text(e.because)), e.lot, e.by, "");
}
std::string later_text(ProxyBid const& e) {
  return fmt::format("ProxyBid {} {} cause {} {}", lot_text(e.lot), bidder_text(e.bidder), e.seq.number(),
                     placed_text(e.placed));
}
std::string later_text(BiddingEnded const& e) {
  return fmt::format("BiddingEnded {} at {}", lot_text(e.lot), instant_text(e.closed_at));
}

}  // namespace

std::string narrate(Sequenced const& command) {
  auto const cause = command.parent.is_given() ? fmt::format(" (follows {})", command.parent.number()) : "";
  return fmt::format("{:>8} {} {}{}", command.seq.number(), instant_text(command.at), command_text(command), cause);
}

std::string narrate(Event const& event) {
  return std::visit(Match{
                        [](LotScheduled const& e) {
                          return fmt::format("LotScheduled {} {} to {}", lot_text(e.lot), instant_text(e.opens_at),
                                             instant_text(e.ends_at));
                        },
                        [](LotStarted const& e) {
                          return fmt::format("LotStarted {} ends {}", lot_text(e.lot), instant_text(e.ends_at));
                        },
                        [](BidAccepted const& e) { return bid_event_text(e); },
                        [](QuoteAccepted const& e) { return "QuoteAccepted " + receipt_text(e.receipt); },
                        [](BidRefused const& e) { return "BidRefused " + receipt_text(e.receipt); },
                        [](BidRepeated const& e) { return "BidRepeated " + receipt_text(e.original); },
                        [](LotExtended const& e) {
                          return fmt::format("LotExtended {} {} -> {}", lot_text(e.lot),
                                             instant_text(e.previous_ends_at), instant_text(e.ends_at));
                        },
                        [](LotPaused const& e) {
                          return act_text("LotPaused", e.lot, e.by, e.reason) + ", remaining " + span_text(e.remaining);
                        },
                        [](LotResumed const& e) {
                          return act_text("LotResumed", e.lot, e.by, e.reason) + ", ends " + instant_text(e.ends_at);
                        },
                        [](LotAborted const& e) { return act_text("LotAborted", e.lot, e.by, e.reason); },
                        [](BidderDisqualified const& e) {
                          return act_text("BidderDisqualified " + bidder_text(e.bidder), e.lot, e.by, e.reason);
                        },
                        [](BidderReinstated const& e) {
                          return act_text("BidderReinstated " + bidder_text(e.bidder), e.lot, e.by, e.reason);
                        },
                        [](LotClosed const& e) {
                          return fmt::format("LotClosed {} at {} {}{}", lot_text(e.lot), instant_text(e.closed_at),
                                             lot_state_text(e.state), standings_text(e.standings));
                        },
                        [](SelectionOpened const& e) {
                          return fmt::format("SelectionOpened {} until {} selectable {}", lot_text(e.lot),
                                             instant_text(e.until), e.selectable.size());
                        },
                        [](QuoteChosen const& e) {
                          return act_text(fmt::format("QuoteChosen {} rank {}", bidder_text(e.bidder), e.rank), e.lot,
                                          e.by, e.reason);
                        },
                        [](AwardAsked const& e) {
                          return fmt::format("AwardAsked {} {} price {} until {}", lot_text(e.lot),
                                             bidder_text(e.bidder), money_text(e.price), instant_text(e.until));
                        },
                        [](AwardAnswered const& e) { return award_text(e); },
                        [](LotCommandRefused const& e) {
                          return fmt::format("LotCommandRefused {} {}", lot_text(e.lot), refusal_text(e.refusal));
                        },
                        [](ModuleAnswered const& e) { return answer_text(e); },
                        [](OutageNoted const& e) {
                          return fmt::format("OutageNoted {} to {}", instant_text(e.from), instant_text(e.until));
                        },
                        [](auto const& e) { return later_text(e); },
                        [](ClockStepNoted const& e) { return fmt::format("ClockStepNoted by {} ms", e.by.count()); },
                    },
                    event);
}

}  // namespace ebb
