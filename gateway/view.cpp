// The table of view.h as code.
#include "gateway/view.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/limits.h"
#include "gateway/next_limit.h"
#include "gateway/problem.h"
#include "gateway/wire.h"
#include "modules/rule_names.h"
#include "modules/rules_json.h"
#include "modules/text.h"

namespace gateway {
namespace {

using engine::Format;

bool shows(Picture const& picture, std::uint8_t bit) {
  return (picture.rules().visibility & bit) != 0;
}

// A long list goes out as its newest part: a picture must fit a client's backlog.
std::size_t newest(std::size_t size) {
  return size - std::min(size, engine::limits::rows_a_page);
}

void append_rules(JsonText& json, Picture const& picture, Names const& names) {
  auto const& rules = picture.rules();
  json.text("title", names.title).text("format", modules::format_text(rules.format));
  json.money("ceiling", rules.ceiling);
  auto const members = modules::shown_bidding_rules(rules);
  for (auto const& [name, value] : *members.as_object()) json.literal(name, value.write());
}

std::string_view because_text(engine::ExtendedBecause because) {
  switch (because) {
    case engine::ExtendedBecause::LateBid:
      return "late_bid";
    case engine::ExtendedBecause::TooFewQuotes:
      return "too_few_quotes";
    case engine::ExtendedBecause::Outage:
      return "outage";
    case engine::ExtendedBecause::QuietPeriod:
      return "quiet_period";
    case engine::ExtendedBecause::OtherLot:
      return "other_lot";
  }
  UNREACHABLE();
}

std::string_view colour_text(Colour colour) {
  switch (colour) {
    case Colour::Green:
      return "green";
    case Colour::Yellow:
      return "yellow";
    case Colour::Red:
      return "red";
    case Colour::None:
      break;
  }
  UNREACHABLE();
}

void append_stage(JsonText& json, Picture const& picture) {
  auto const& stage = *picture.stage();
  json.open("stage").text("kind", modules::name_of(stage.kind, modules::stage_kinds)).number("round", stage.round);
  if (stage.turn != 0) json.number("turn", stage.turn);
  if (stage.bidder.is_given()) json.text("alias", picture.bidders()[picture.index_of(stage.bidder)].alias);
  bool const is_told = stage.kind != engine::StageKind::BestBid || picture.public_best().has_value();
  if (stage.level > engine::Money{} && is_told) json.money("level", stage.level);
  json.moment("ends_at", picture.ends_at()).close();
}

// A figure that follows from a lead which the bidder may not see. The first three say what the price is measured
// against; a quote's attempt is not repeated where quotes are hidden.
engine::Refusal told(Picture const& picture, Bidder const* bidder, engine::Refusal refusal) {
  namespace why = engine::refusals;
  auto const& rules = picture.rules();
  if (picture.hides_bids()) refusal.actual = {};
  if (bidder != nullptr && picture.shows_lead_to(*bidder)) return refusal;
  bool const is_of_the_lead =
      (refusal.kind == &why::decrement_too_small && rules.step_basis == engine::StepBasis::Best) ||
      refusal.kind == &why::inside_buffer || (refusal.kind == &why::above_ceiling && picture.round_top()) ||
      (refusal.kind == &why::confirmation_needed && rules.format == Format::Reverse);
  if (is_of_the_lead) refusal.limit = {};
  return refusal;
}

void append_leads(JsonText& json, Picture const& picture) {
  json.open_list("leads");
  for (auto const& lead : picture.leads()) {
    json.open().moment("at", lead.at);
    if (lead.price) json.money("price", *lead.price);
    json.close();
  }
  json.close_list();
}

// A picture from before reasons were kept has none.
void append_voided(JsonText& json, Bidder const& bidder, engine::Seq bid) {
  json.yes("voided");
  auto const found = std::ranges::find(bidder.voided, bid, &Voided::seq);
  if (found != bidder.voided.end()) json.text("reason", found->reason);
}

void append_standing(JsonText& json, Picture const& picture, engine::Standing const& standing) {
  json.open().number("rank", standing.rank);
  json.text("alias", picture.bidders()[picture.index_of(standing.bidder)].alias);
  json.money("price", standing.price).moment("at", standing.at);
  if (standing.selectable) json.yes("selectable");
  json.close();
}

void append_result(JsonText& json, Picture const& picture, Names const& names) {
  auto const& closed = *picture.closed();
  json.open("result").moment("closed_at", closed.closed_at).open_list("standings");
  for (auto const& standing : closed.standings) append_standing(json, picture, standing);
  json.close_list();
  if (auto const& award = picture.award()) {
    json.open("winner").text("alias", picture.bidders()[award->bidder].alias).text("name", names.winner);
    json.money("price", award->price).moment("confirm_until", award->until).close();
  }
  if (auto const until = picture.choose_until()) json.moment("choose_until", *until);
  json.close();
}

}  // namespace

std::uint32_t public_part(Picture const& picture, std::uint32_t what) {
  using namespace changed;
  what &= state | ends_at | remaining | extensions | best | reason | result | opens_at | stage;
  if (picture.rules().format == Format::Sealed) what &= ~best;
  return what;
}

std::uint32_t own_part(Picture const& picture, std::uint32_t what) {
  using namespace changed;
  what &= rank | best_own | changed::next_limit | attempts_left | disqualified | receipts | award | lead | colour |
          count | eliminated | proxy | voided;
  if (picture.rules().format == Format::Sealed) what &= ~changed::next_limit;
  if (picture.hides_bids()) what &= ~(rank | best_own | lead | colour | count);
  if (!shows(picture, engine::visible::rank) && !picture.closed()) what &= ~rank;
  return what;
}

std::uint32_t supervision_part(Picture const& picture, std::uint32_t what) {
  return picture.hides_bids() ? 0 : what & (changed::bids | changed::bidders);
}

void append_public(JsonText& json, Picture const& picture, Names const& names, std::uint32_t what, Form form) {
  auto const gone = [&](std::string_view name) {
    if (form == Form::Update) json.nothing(name);
  };
  if (form == Form::Whole) append_rules(json, picture, names);
  if (what & changed::opens_at) json.moment("opens_at", picture.opens_at());
  if (what & changed::state) json.text("state", modules::lot_state_text(picture.state()));
  if (what & changed::ends_at) json.moment("ends_at", picture.ends_at());
  if (what & changed::extensions) {
    json.number("extensions", picture.extensions());
    if (picture.extended_because())
      json.text("extended_because", because_text(*picture.extended_because()));
    else
      gone("extended_because");
  }
  if (what & changed::stage) {
    if (picture.stage())
      append_stage(json, picture);
    else
      gone("stage");
  }
  if (what & changed::remaining) {
    if (picture.remaining())
      json.seconds("remaining_s", *picture.remaining());
    else
      gone("remaining_s");
  }
  if (what & changed::reason) {
    if (!picture.reason().empty())
      json.text("reason", picture.reason());
    else
      gone("reason");
    if (picture.is_paused_by_server())
      json.text("paused_because", "clock_step");
    else
      gone("paused_because");
  }
  if (what & changed::best) {
    if (picture.public_best())
      json.money("best", *picture.public_best());
    else
      gone("best");
    if (form == Form::Whole && !picture.is_shed()) append_leads(json, picture);
  }
  if ((what & changed::result) && picture.closed()) append_result(json, picture, names);
}

void append_own(JsonText& json, Picture const& picture, Bidder const& bidder, std::uint32_t what,
                std::size_t receipts_from, Form form) {
  auto const gone = [&](std::string_view name) {
    if (form == Form::Update) json.nothing(name);
  };
  if (form == Form::Whole) json.text("alias", bidder.alias);
  if (what & changed::rank) {
    if (bidder.rank != 0)
      json.number("rank", bidder.rank);
    else
      gone("rank");
  }
  if (what & changed::best_own) {
    if (bidder.last && !bidder.disqualified)
      json.money("best_own", *bidder.last);
    else
      gone("best_own");
  }
  if (what & changed::lead) {
    if (bidder.lead)
      json.money("lead", *bidder.lead);
    else
      gone("lead");
  }
  if (what & changed::colour) {
    if (bidder.colour != Colour::None)
      json.text("colour", colour_text(bidder.colour));
    else
      gone("colour");
  }
  if ((what & changed::count) && shows(picture, engine::visible::count)) json.number("bidders", bidder.count);
  if (what & changed::eliminated) {
    if (bidder.is_eliminated)
      json.yes("eliminated");
    else
      gone("eliminated");
  }
  if (what & changed::proxy) {
    if (bidder.proxy_step)
      json.open("proxy").money("step", *bidder.proxy_step).close();
    else
      gone("proxy");
  }
  if (what & changed::next_limit) {
    if (auto const limit = next_limit(picture, bidder))
      json.money("next_limit", *limit);
    else
      gone("next_limit");
  }
  if (what & changed::attempts_left) {
    auto const most = picture.rules().attempts_max;
    json.number("attempts_left", most - std::min(most, bidder.attempts));
  }
  if (what & changed::disqualified) {
    if (bidder.disqualified)
      json.text("disqualified", *bidder.disqualified);
    else
      gone("disqualified");
  }
  if (what & changed::award) {
    auto const& award = picture.award();
    if (award && &picture.bidders()[award->bidder] == &bidder) {
      json.open("award").money("price", award->price).moment("until", award->until).close();
    } else {
      gone("award");
    }
  }
  if ((what & changed::voided) && !bidder.voided.empty()) {
    json.open_list("voided");
    for (auto const& [seq, reason] : bidder.voided) {
      json.open().number("seq", static_cast<std::int64_t>(seq.number())).text("reason", reason).close();
    }
    json.close_list();
  }
  if (what & changed::receipts) {
    json.open_list("receipts");
    for (auto i = std::max(receipts_from, newest(bidder.kept.size())); i < bidder.kept.size(); ++i) {
      json.open();
      append_attempt(json, bidder.kept[i], &picture, &bidder);
      json.close();
    }
    json.close_list();
  }
}

void append_supervision(JsonText& json, Picture const& picture, std::uint32_t what, std::size_t bids_from) {
  if (what & changed::bidders) {
    json.open_list("bidders");
    for (auto const& bidder : picture.bidders()) {
      json.open().text("alias", bidder.alias);
      if (bidder.rank != 0) json.number("rank", bidder.rank);
      if (bidder.last) json.money("price", *bidder.last);
      if (bidder.disqualified) json.text("disqualified", *bidder.disqualified);
      if (bidder.is_eliminated) json.yes("eliminated");
      json.close();
    }
    json.close_list();
  }
  if (what & changed::bids) {
    json.open_list("bids");
    auto const& bids = picture.bids();
    for (auto i = std::max(bids_from, newest(bids.size())); i < bids.size(); ++i) {
      auto const& bid = bids[i];
      json.open().number("seq", static_cast<std::int64_t>(bid.seq.number())).moment("at", bid.at);
      json.text("alias", picture.bidders()[bid.bidder].alias).money("price", bid.price);
      if (bid.rank != 0) json.number("rank", bid.rank);
      if (bid.is_automatic) json.yes("automatic");
      if (bid.is_surrogate) json.yes("surrogate");
      if (bid.is_voided) append_voided(json, picture.bidders()[bid.bidder], bid.seq);
      json.close();
    }
    json.close_list();
  }
}

void append_attempt(JsonText& json, Attempt const& attempt, Picture const* picture, Bidder const* bidder) {
  json.text("key", text_of(attempt.key)).text("outcome", attempt.refusal ? "refused" : "accepted");
  json.number("seq", static_cast<std::int64_t>(attempt.seq.number())).moment("at", attempt.at);
  json.number("attempt", attempt.number);
  bool const has_rank = attempt.rank != 0 && picture != nullptr && shows(*picture, engine::visible::rank);
  if (has_rank) json.number("rank", attempt.rank);
  if (attempt.price > engine::Money{}) json.money("price", attempt.price);
  if (attempt.is_surrogate) json.yes("surrogate");
  if (attempt.leaf != engine::Leaf{}) json.hex("leaf", attempt.leaf);
  if (!attempt.refusal) return;
  json.open("problem");
  append_problem(json, picture == nullptr ? *attempt.refusal : told(*picture, bidder, *attempt.refusal));
  json.close();
}

}  // namespace gateway
