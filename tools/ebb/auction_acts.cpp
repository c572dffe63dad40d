// One function per verb; see the header. Names must have been defined, so that a misspelt one is a problem and not an
// act of nobody.
#include "tools/ebb/auction_acts.h"

#include <algorithm>
#include <array>

#include "modules/text.h"
#include "tools/ebb/auction_moment.h"

namespace ebb::auction {
namespace {

using engine::BidKey;
using engine::Command;

// What all verbs need of one act under reading.
class Script {
 public:
  Script(Members& own, File& file, Names const& earlier, engine::Instant first_opening, Act& act)
      : members(own), file_(file), earlier_(earlier), first_opening_(first_opening), act_(act) {}

  Members& members;

  engine::LotId lot() {
    auto const number = known("lot", file_.lots);
    return number ? engine::lot_id(engine::InquiryId{1}, static_cast<std::uint8_t>(*number)) : engine::LotId{};
  }
  engine::BidderId bidder() { return engine::BidderId{known("bidder", file_.bidders).value_or(0)}; }
  // Nobody, where it is not said.
  engine::PersonId person(std::string_view member) {
    auto const name = members.name(member);
    if (!name) return {};
    auto const number = file_.persons.find(*name);
    return engine::PersonId{number ? *number : *file_.persons.add(*name)};
  }
  std::string reason() {
    auto const* const given = members.text("reason");
    return given != nullptr ? *given : std::string{};
  }
  engine::Money money(std::string_view member) {
    return members.money(member, Presence::Required).value_or(engine::Money{});
  }
  // By default one of its own, so that no act repeats another unless the file says so.
  BidKey key() {
    auto const* const given = members.text("key");
    auto const text = given != nullptr ? *given : "act-" + std::to_string(file_.acts.size() + 1);
    auto const is_fitting = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
             c == '-';
    };
    BidKey key;
    if (text.empty() || text.size() > key.text.size() || !std::ranges::all_of(text, is_fitting)) {
      members.problems().add(members.at("key"), problems::bad_key, shown(modules::Json::text(text)));
    } else {
      std::ranges::copy(text, key.text.begin());
    }
    return key;
  }
  engine::PlaceBid bid() {
    auto const lot_named = lot();
    auto const bidder_named = bidder();
    auto const by = person("by");
    auto const price = money("price");
    auto const bid_key = key();
    auto const is_confirmed = members.yes_or_no("confirmed").value_or(false);
    return {lot_named, bidder_named, by,
            price,     bid_key,      is_confirmed ? engine::Consent::Given : engine::Consent::NotGiven};
  }
  // Of an earlier act, by its name.
  engine::Seq bid_of_act() {
    if (auto const number = known("bid", earlier_)) act_.bid_of = *number - 1;
    return {};
  }
  engine::Instant moment(std::string_view member) {
    return read_moment(members, member, first_opening_, Presence::Required).value_or(engine::Instant{});
  }

 private:
  std::optional<std::uint64_t> known(std::string_view member, Names const& names) {
    auto const name = members.name(member, Presence::Required);
    if (!name) return std::nullopt;
    auto const number = names.find(*name);
    if (!number) members.problems().add(members.at(member), problems::unknown_name, shown(modules::Json::text(*name)));
    return number;
  }

  File& file_;
  Names const& earlier_;
  engine::Instant first_opening_;
  Act& act_;
};

// Braces are read from left to right, so problems stand in the order of the members.
template <class LotAct>
Command by_reason(Script& act) {
  return LotAct{act.lot(), act.person("by"), act.reason()};
}
template <class BidderAct>
Command to_bidder(Script& act) {
  return BidderAct{act.lot(), act.bidder(), act.person("by"), act.reason()};
}
template <class BidderAct>
Command of_bidder(Script& act) {
  return BidderAct{act.lot(), act.bidder(), act.person("by")};
}
template <engine::AwardAnswer Answer>
Command answer(Script& act) {
  return engine::AnswerAward{act.lot(), act.bidder(), act.person("by"), Answer};
}
Command bid(Script& act) {
  return act.bid();
}
Command surrogate_bid(Script& act) {
  return engine::PlaceSurrogateBid{act.bid(), act.person("approved_by"), act.reason()};
}
Command set_proxy(Script& act) {
  return engine::SetProxy{act.lot(), act.bidder(), act.person("by"), act.money("limit"), act.money("step")};
}
Command cancel_bid(Script& act) {
  return engine::CancelBid{act.lot(), act.bidder(), act.bid_of_act(), act.person("by"), act.reason()};
}
Command choose(Script& act) {
  return engine::ChooseQuote{act.lot(), act.bidder(), act.person("by"), act.person("approved_by"), act.reason()};
}
Command ask_next(Script& act) {
  return engine::AskNext{act.lot(), act.person("by")};
}
Command tick(Script&) {
  return engine::Tick{};
}
Command clock_step(Script& act) {
  return engine::ClockStepped{act.members.seconds("by_s", Presence::Required).value_or(engine::Duration{})};
}
Command outage(Script& act) {
  return engine::Started{act.moment("from")};
}

struct Verb {
  std::string_view name;
  Command (*read)(Script&);
  enum class Answered : std::uint8_t { Yes, No } answered = Answered::Yes;  // can be refused, so it may be expected
};
constexpr std::array verbs{
    Verb{"bid", bid},
    Verb{"surrogate_bid", surrogate_bid},
    Verb{"withdraw", of_bidder<engine::WithdrawBid>},
    Verb{"set_proxy", set_proxy},
    Verb{"cancel_proxy", of_bidder<engine::CancelProxy>},
    Verb{"cancel_bid", cancel_bid},
    Verb{"pause", by_reason<engine::PauseLot>},
    Verb{"resume", by_reason<engine::ResumeLot>},
    Verb{"abort", by_reason<engine::AbortLot>},
    Verb{"disqualify", to_bidder<engine::DisqualifyBidder>},
    Verb{"reinstate", to_bidder<engine::ReinstateBidder>},
    Verb{"choose", choose},
    Verb{"confirm", answer<engine::AwardAnswer::Confirm>},
    Verb{"decline", answer<engine::AwardAnswer::Decline>},
    Verb{"ask_next", ask_next},
    Verb{"tick", tick, Verb::Answered::No},
    Verb{"clock_step", clock_step, Verb::Answered::No},
    Verb{"outage", outage, Verb::Answered::No},
};

bool is_outcome(std::string_view text) {
  if (text == "accepted" || text == "repeated") return true;
  constexpr std::uint16_t engine_numbers_end = 1'000;
  for (std::uint16_t number = 1; number < engine_numbers_end; ++number) {
    auto const* const kind = engine::engine_refusal(number);
    if (kind != nullptr && kind->code == text) return true;
  }
  return false;
}

void read_expectation(Members& members, Act& act) {
  auto const* const given = members.text("expect");
  if (given == nullptr) return;
  act.expected = *given;
  if (is_outcome(*given)) return;
  members.problems().add(members.at("expect"), problems::not_a_choice, shown(modules::Json::text(*given)),
                         "accepted, repeated, or the code of a refusal of the engine");
}

class Acts {
 public:
  Acts(File& file, engine::Instant first_opening) : file_(file), first_opening_(first_opening) {}

  void read(Members& members) {
    Act act;
    act.at = read_moment(members, "at", first_opening_, Presence::Required).value_or(last_);
    if (act.at < last_) {
      members.problems().add(members.at("at"), problems::out_of_order, modules::instant_text(act.at),
                             modules::instant_text(last_));
    }
    last_ = std::max(last_, act.at);
    auto const names = act_verbs();
    if (auto const place = members.choice("do", names, Presence::Required)) read(members, verbs[*place], act);
    file_.acts.push_back(std::move(act));
  }

 private:
  void read(Members& members, Verb const& verb, Act& act) {
    act.verb = verb.name;
    Script script{members, file_, earlier_, first_opening_, act};
    act.command = verb.read(script);
    if (verb.answered == Verb::Answered::Yes) read_expectation(members, act);
    remember(members.name("name"), members);
    members.finish();
  }
  // Every act has a place among the names, so that a name's number is its act's.
  void remember(std::optional<std::string> const& name, Members& members) {
    auto const unnamed = '\n' + std::to_string(file_.acts.size());  // what no name can be
    if (earlier_.add(name.value_or(unnamed))) return;
    earlier_.add(unnamed);
    members.problems().add(members.at("name"), problems::duplicate_name, shown(modules::Json::text(*name)));
  }

  File& file_;
  engine::Instant first_opening_;
  engine::Instant last_{};
  Names earlier_;
};

}  // namespace

std::vector<std::string_view> act_verbs() {
  std::vector<std::string_view> names;
  for (auto const& verb : verbs) names.push_back(verb.name);
  return names;
}

void read_acts(Members& whole, engine::Instant first_opening, File& file) {
  auto const* const list = whole.list("acts", acts_max);
  if (list == nullptr) return;
  file.acts.reserve(list->size());
  Acts acts{file, first_opening};
  for (std::size_t i = 0; i < list->size(); ++i) {
    Members members((*list)[i], "/acts/" + std::to_string(i), whole.problems());
    acts.read(members);
  }
}

}  // namespace ebb::auction
