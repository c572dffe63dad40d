// Words of a scenario line into values, and lines into rules and commands.
//
// Thread: any. Failure: whatever cannot be understood stops the test program with its line. Memory: none kept.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>

#include "tests/support/scenario_line.h"

namespace support {

using namespace engine;

Line::Line(std::string const& path, int number, std::string text)
    : path_(path), number_(number), text_(std::move(text)) {
  std::istringstream in(text_);
  for (std::string word; in >> word;) words_.push_back(word);
}

std::string const& Line::peek() const {
  if (is_done()) stop("expected more");
  return words_[next_];
}
std::string Line::word(char const* what) {
  if (is_done()) stop(std::string("expected ") + what);
  return words_[next_++];
}
std::string Line::rest() {
  std::string text;
  while (!is_done()) text += (text.empty() ? "" : " ") + words_[next_++];
  return text;
}
void Line::stop(std::string const& why) const {
  std::cerr << path_ << ':' << number_ << ": " << why << ": " << text_ << '\n';
  std::exit(2);
}

std::int64_t Line::number(std::string const& digits) const {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) stop("not a number: " + digits);
  return std::stoll(digits);
}
std::uint64_t Line::numbered(char letter, std::string const& name) const {
  if (name.size() < 2 || name[0] != letter) stop(std::string("expected ") + letter + "<number>, not " + name);
  return static_cast<std::uint64_t>(number(name.substr(1)));
}
Money Line::money(std::string text) const {
  auto const negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  auto const dot = text.find('.');
  if (dot == std::string::npos || text.size() != dot + 3) stop("money has two decimals: " + text);
  auto const fen = number(text.substr(0, dot)) * 100 + number(text.substr(dot + 1));
  return Money::fen(negative ? -fen : fen);
}
Duration Line::span() {
  auto const text = word("a span");
  auto const unit = text.find_first_not_of("0123456789");
  if (unit == std::string::npos) stop("a span has a unit: " + text);
  auto const count = number(text.substr(0, unit));
  static std::map<std::string, std::int64_t> const millis{
      {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  auto const found = millis.find(text.substr(unit));
  if (found == millis.end()) stop("unknown unit: " + text);
  return Duration{count * found->second};
}
Instant Line::time() {
  auto text = word("a time");
  std::int64_t day = first_day;
  if (auto const plus = text.find('+'); plus != std::string::npos) {
    day += number(text.substr(0, plus));
    text.erase(0, plus + 1);
  }
  std::int64_t millis = 0;
  if (auto const dot = text.find('.'); dot != std::string::npos) {
    millis = number(text.substr(dot + 1));
    text.erase(dot);
  }
  std::replace(text.begin(), text.end(), ':', ' ');
  std::istringstream parts(text);
  std::int64_t hours = -1, minutes = -1, seconds = 0;
  parts >> hours >> minutes >> seconds;
  if (hours < 0 || minutes < 0) stop("not a time: " + text);
  return at_millis((((day * 24 + hours) * 60 + minutes) * 60 + seconds) * 1'000 + millis);
}
LotId Line::lot() {
  auto const name = word("a lot");
  if (name.size() != 1 || name[0] < 'A' || name[0] > 'Z') stop("a lot is A-Z: " + name);
  return lot_id(InquiryId{1}, static_cast<std::uint8_t>(name[0] - 'A' + 1));
}

namespace {

// What a person may add to a verb.
struct Options {
  PersonId by{1};
  PersonId approved_by;
  std::string reason = "because the scenario says so";
  std::string key;
  Consent consent = Consent::NotGiven;
};

Options options(Line& line) {
  Options given;
  while (!line.is_done()) {
    auto const word = line.word("an option");
    if (word == "by") {
      if (line.peek() == "nobody")
        given.by = PersonId{}, line.word("nobody");
      else
        given.by = line.person();
    } else if (word == "approved")
      given.approved_by = line.person();
    else if (word == "because")
      given.reason = line.rest();
    else if (word == "key")
      given.key = line.word("a key");
    else if (word == "confirmed")
      given.consent = Consent::Given;
    else
      line.stop("unknown option " + word);
  }
  return given;
}

// A word of its own, or one of a few.
template <class E>
E one_of(Line& line, std::map<std::string, E> const& known) {
  auto const word = line.word("a choice");
  auto const found = known.find(word);
  if (found == known.end()) line.stop("unknown choice " + word);
  return found->second;
}

std::int64_t count(Line& line) {
  return line.number(line.word("a number"));
}
BasisPoints points(Line& line) {
  return BasisPoints{static_cast<std::int32_t>(count(line))};
}

void read_band(Line& line, LotRules& rules) {
  auto const text = line.word("<above>/<decrement>");
  auto const slash = text.find('/');
  if (slash == std::string::npos) line.stop("a band is <above>/<decrement>");
  auto const free = std::ranges::find(rules.ladder, StepBand{});
  if (free == rules.ladder.end()) line.stop("no more bands");
  *free = {line.money(text.substr(0, slash)), line.money(text.substr(slash + 1))};
  rules.step_kind = StepKind::Ladder;
  rules.decrement = free->decrement;
}

using Read = std::function<void(Line&, OpenLot&)>;
using Parameters = std::map<std::string, Read>;

Read sets(auto LotRules::* field, auto value) {
  return [=](Line&, OpenLot& open) { open.rules.*field = value; };
}
Read money(Money LotRules::* field) {
  return [=](Line& line, OpenLot& open) { open.rules.*field = line.money(); };
}
Read span(Duration LotRules::* field) {
  return [=](Line& line, OpenLot& open) { open.rules.*field = line.span(); };
}
template <class T>
Read number(T LotRules::* field) {
  return [=](Line& line, OpenLot& open) { open.rules.*field = static_cast<T>(count(line)); };
}
Read share(BasisPoints LotRules::* field) {
  return [=](Line& line, OpenLot& open) { open.rules.*field = points(line); };
}
template <class E>
Read choice(E LotRules::* field, std::map<std::string, E> known) {
  return [=](Line& line, OpenLot& open) { open.rules.*field = one_of(line, known); };
}

Parameters const& parameters() {
  using R = LotRules;
  static Parameters const all{
      {"reverse", sets(&R::format, Format::Reverse)},
      {"sealed", sets(&R::format, Format::Sealed)},
      {"rounds", sets(&R::format, Format::Rounds)},
      {"dutch", sets(&R::format, Format::Dutch)},
      {"japanese", sets(&R::format, Format::Japanese)},
      {"ceiling", money(&R::ceiling)},
      {"opens", [](Line& line, OpenLot& open) { open.opens_at = line.time(); }},
      {"after", [](Line& line, OpenLot& open) { open.after = line.lot(); }},
      {"for", span(&R::duration)},
      {"step", money(&R::decrement)},
      {"best", sets(&R::step_basis, StepBasis::Best)},
      {"percent",
       [](Line& line, OpenLot& open) {
         open.rules.step_kind = StepKind::Percent;
         open.rules.decrement_share = points(line);
       }},
      {"grid", sets(&R::step_kind, StepKind::Multiple)},
      {"ladder", [](Line& line, OpenLot& open) { read_band(line, open.rules); }},
      {"front", money(&R::front_buffer)},
      {"back", money(&R::back_buffer)},
      {"leader-waits", sets(&R::leader_waits, true)},
      {"quiet", sets(&R::ending, Ending::Quiet)},
      {"trigger", span(&R::trigger_window)},
      {"extension", span(&R::extension)},
      {"cap", span(&R::hard_cap)},
      {"from-end", sets(&R::extend_from, ExtendFrom::End)},
      {"trigger-rank", number(&R::trigger_rank)},
      {"extensions", number(&R::extensions_max)},
      {"inquiry-wide", sets(&R::extend_scope, ExtendScope::Inquiry)},
      {"by-evaluation", sets(&R::rank_by, RankBy::Evaluated)},
      {"ties", choice(&R::ties, {{"earliest", Ties::Earliest},
                                 {"best", Ties::EqualBest},
                                 {"worst", Ties::EqualWorst},
                                 {"refused", Ties::Refused},
                                 {"refused-at-lead", Ties::RefusedAtLead}})},
      {"times", number(&R::rounds)},
      {"eliminate", number(&R::eliminate)},
      {"first-pause", span(&R::first_pause)},
      {"pause", span(&R::pause)},
      {"turn", span(&R::turn)},
      {"levels",
       [](Line& line, OpenLot& open) {
         open.rules.first_level = line.money();
         open.rules.last_level = line.money();
         open.rules.level_step = line.money();
       }},
      {"sealed-for", span(&R::sealed_for)},
      {"best-bid-for", span(&R::best_bid_for)},
      {"proxies", sets(&R::proxies, true)},
      {"surrogates", sets(&R::surrogates, true)},
      {"once", sets(&R::requotes, false)},
      {"practice", sets(&R::practice, true)},
      {"signed",
       [](Line&, OpenLot& open) {
         open.rules.signed_bids = true;
         open.rules.version = version_of(open.rules);
       }},
      {"band", share(&R::band_over)},
      {"places", number(&R::band_places)},
      {"choose-for", span(&R::choose_for)},
      {"bidders", number(&R::min_bidders)},
      {"approvable", number(&R::min_bidders_approved)},
      {"slip", share(&R::slip_below)},
      {"confirm-for", span(&R::confirm_for)},
      {"floor", span(&R::resume_floor)},
      {"attempts", number(&R::attempts_max)},
      {"release", choice(&R::release, {{"each", Release::Each},
                                       {"awards-together", Release::AwardsTogether},
                                       {"results-together", Release::ResultsTogether}})},
  };
  return all;
}

// S3, S3/<deduction>, S3/<deduction>/<coefficient>, S3/<deduction>/<coefficient>/<addition>
Admitted read_admitted(Line& line) {
  std::istringstream parts(line.word("a bidder"));
  std::string name, text;
  std::getline(parts, name, '/');
  Admitted admitted{.bidder = BidderId{line.numbered('S', name)}};
  auto& evaluation = admitted.evaluation;
  if (std::getline(parts, text, '/')) evaluation.deduction = BasisPoints{static_cast<std::int32_t>(line.number(text))};
  if (std::getline(parts, text, '/'))
    evaluation.coefficient = BasisPoints{static_cast<std::int32_t>(line.number(text))};
  if (std::getline(parts, text, '/')) evaluation.addition = line.money(text);
  return admitted;
}

PlaceBid read_bid(Line& line, LotId lot, Options& given, Told& told) {
  PlaceBid bid{.lot = lot, .bidder = line.bidder(), .by = {}, .price = line.money(), .key = {}};
  given = options(line);
  auto const key = given.key.empty() ? "line-" + std::to_string(line.at()) : given.key;
  key.copy(bid.key.text.data(), bid.key.text.size());
  bid.by = given.by;
  bid.consent = given.consent;
  told.bids.emplace(key, Seq{told.commands});
  return bid;
}

Seq seq_of_bid(Line& line, Told const& told) {
  auto const key = line.word("the key of a bid");
  auto const found = told.bids.find(key);
  if (found == told.bids.end()) line.stop("no bid with the key " + key);
  return found->second;
}

// signatures L1 <key of the last one looked at> [<key of one that does not hold> ...]
NoteSignatures read_signatures(Line& line, LotId lot, Told const& told) {
  NoteSignatures note{lot, seq_of_bid(line, told), {}};
  while (!line.is_done()) note.invalid.push_back(seq_of_bid(line, told));
  return note;
}

Command read_to_bidder(Line& line, std::string const& verb, LotId lot, Told const& told) {
  auto const bidder = line.bidder();
  if (verb == "proxy") {
    SetProxy proxy{lot, bidder, {}, line.money(), line.money()};
    proxy.by = options(line).by;
    return proxy;
  }
  auto const given = options(line);
  if (verb == "disqualify") return DisqualifyBidder{lot, bidder, given.by, given.reason};
  if (verb == "reinstate") return ReinstateBidder{lot, bidder, given.by, given.reason};
  if (verb == "choose") return ChooseQuote{lot, bidder, given.by, given.approved_by, given.reason};
  if (verb == "confirm") return AnswerAward{lot, bidder, given.by, AwardAnswer::Confirm};
  if (verb == "decline") return AnswerAward{lot, bidder, given.by, AwardAnswer::Decline};
  if (verb == "withdraw") return WithdrawBid{lot, bidder, given.by};
  if (verb == "cancel-proxy") return CancelProxy{lot, bidder, given.by};
  if (verb == "cancel") {
    auto const found = told.bids.find(given.key);
    if (found == told.bids.end()) line.stop("no bid with the key " + given.key);
    return CancelBid{lot, bidder, found->second, given.by, given.reason};
  }
  line.stop("unknown verb " + verb);
}

}  // namespace

void read_rules(Line& line, Told& told) {
  auto const is_admission = line.word("lot or admit") == "admit";
  auto const lot = line.lot();
  auto& open = told.lots[lot];
  open.lot = lot;
  while (!line.is_done()) {
    if (is_admission) {
      open.admitted.push_back(read_admitted(line));
      continue;
    }
    auto const name = line.word("a parameter");
    auto const found = parameters().find(name);
    if (found == parameters().end()) line.stop("unknown parameter " + name);
    found->second(line, open);
  }
}

Command read_command(Line& line, Told& told) {
  ++told.commands;
  auto const verb = line.word("a verb");
  if (verb == "tick") return Tick{};
  if (verb == "started") return Started{line.time()};
  if (verb == "clock-step") return ClockStepped{line.span()};
  auto const lot = line.lot();
  if (verb == "open") return told.lots[lot];
  Options given;
  if (verb == "bid") return read_bid(line, lot, given, told);
  if (verb == "surrogate") {
    auto const bid = read_bid(line, lot, given, told);
    return PlaceSurrogateBid{bid, given.approved_by, given.reason};
  }
  if (verb == "signed-bid") return PlaceSignedBid{read_bid(line, lot, given, told), {SigningKeyId{1}, {}}};
  if (verb == "signatures") return read_signatures(line, lot, told);
  if (verb == "pause" || verb == "resume" || verb == "abort" || verb == "ask-next") {
    given = options(line);
    if (verb == "pause") return PauseLot{lot, given.by, given.reason};
    if (verb == "resume") return ResumeLot{lot, given.by, given.reason};
    if (verb == "abort") return AbortLot{lot, given.by, given.reason};
    return AskNext{lot, given.by};
  }
  return read_to_bidder(line, verb, lot, told);
}

}  // namespace support
