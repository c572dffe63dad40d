// Reads scenario files. How events speak is in scenario_phrases.cpp.
#include "tests/support/scenario.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

namespace support {
namespace {

using namespace engine;

constexpr std::int64_t first_day = 20'500;  // days since 1970: every scenario begins on the same day

// One line, word by word; whatever cannot be understood stops the program.
class Line {
 public:
  Line(std::string const& path, int number, std::string text) : path_(path), number_(number), text_(std::move(text)) {
    std::istringstream in(text_);
    for (std::string word; in >> word;) words_.push_back(word);
  }

  bool is_done() const { return next_ == words_.size(); }
  std::string const& peek() const { return words_[next_]; }
  std::string word(char const* what) {
    if (is_done()) stop(std::string("expected ") + what);
    return words_[next_++];
  }
  std::string rest() {
    std::string text;
    while (!is_done()) text += (text.empty() ? "" : " ") + words_[next_++];
    return text;
  }
  [[noreturn]] void stop(std::string const& why) const {
    std::cerr << path_ << ':' << number_ << ": " << why << ": " << text_ << '\n';
    std::exit(2);
  }

  std::int64_t number(std::string const& digits) const {
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) stop("not a number: " + digits);
    return std::stoll(digits);
  }
  std::uint64_t numbered(char letter, std::string const& name) const {
    if (name.size() < 2 || name[0] != letter) stop(std::string("expected ") + letter + "<number>, not " + name);
    return static_cast<std::uint64_t>(number(name.substr(1)));
  }
  Money money() {
    auto text = word("money");
    auto const negative = text.starts_with('-');
    if (negative) text.erase(0, 1);
    auto const dot = text.find('.');
    if (dot == std::string::npos || text.size() != dot + 3) stop("money has two decimals: " + text);
    auto const fen = number(text.substr(0, dot)) * 100 + number(text.substr(dot + 1));
    return Money::fen(negative ? -fen : fen);
  }
  Duration span() {
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
  Instant time() {
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
  LotId lot() {
    auto const name = word("a lot");
    if (name.size() != 1 || name[0] < 'A' || name[0] > 'Z') stop("a lot is A-Z: " + name);
    return lot_id(InquiryId{1}, static_cast<std::uint8_t>(name[0] - 'A' + 1));
  }
  BidderId bidder() { return BidderId{numbered('S', word("a bidder"))}; }
  PersonId person() { return PersonId{numbered('P', word("a person"))}; }

 private:
  std::string path_;
  int number_;
  std::string text_;
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

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

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  std::vector<ScenarioStep> read() {
    std::ifstream in(path_);
    if (!in) {
      std::cerr << path_ << ": cannot be read\n";
      std::exit(2);
    }
    int number = 0;
    for (std::string text; std::getline(in, text);) read_line(++number, text.substr(0, text.find('#')));
    return std::move(steps_);
  }

 private:
  void read_line(int number, std::string const& text) {
    auto const arrow = text.find("->");
    Line line(path_, number, text.substr(0, arrow));
    if (line.is_done()) return;
    if (line.peek() == "lot") return read_lot(line);
    if (line.peek() == "admit") return read_admitted(line);
    ScenarioStep step{.line = number, .text = text, .at = at_, .command = {}, .expected = {}};
    if (line.peek() != "restart") {
      step.at = at_ = line.time();
      step.command = read_command(line, number);
    }
    if (arrow != std::string::npos) step.expected = read_expected(text.substr(arrow + 2));
    steps_.push_back(std::move(step));
  }

  static std::vector<std::string> read_expected(std::string const& text) {
    std::vector<std::string> expected;
    std::istringstream in(text);
    for (std::string phrase; std::getline(in, phrase, ',');) {
      auto const first = phrase.find_first_not_of(' ');
      if (first == std::string::npos) continue;
      expected.push_back(phrase.substr(first, phrase.find_last_not_of(' ') - first + 1));
    }
    return expected;
  }

  void read_lot(Line& line) {
    line.word("lot");
    auto const lot = line.lot();
    auto& open = lots_[lot];
    open.lot = lot;
    while (!line.is_done()) read_parameter(line, open);
  }

  static void read_parameter(Line& line, OpenLot& open) {
    auto& rules = open.rules;
    auto const name = line.word("a parameter");
    auto const count = [&] { return line.number(line.word("a number")); };
    auto const small = [&] { return static_cast<std::uint8_t>(count()); };
    auto const points = [&] { return BasisPoints{static_cast<std::int32_t>(count())}; };
    if (name == "reverse")
      rules.format = Format::Reverse;
    else if (name == "sealed")
      rules.format = Format::Sealed;
    else if (name == "ceiling")
      rules.ceiling = line.money();
    else if (name == "opens")
      open.opens_at = line.time();
    else if (name == "for")
      rules.duration = line.span();
    else if (name == "step")
      rules.decrement = line.money();
    else if (name == "best")
      rules.step_basis = StepBasis::Best;
    else if (name == "trigger")
      rules.trigger_window = line.span();
    else if (name == "extension")
      rules.extension = line.span();
    else if (name == "cap")
      rules.hard_cap = line.span();
    else if (name == "band")
      rules.band_over = points();
    else if (name == "places")
      rules.band_places = small();
    else if (name == "choose-for")
      rules.choose_for = line.span();
    else if (name == "bidders")
      rules.min_bidders = small();
    else if (name == "approvable")
      rules.min_bidders_approved = small();
    else if (name == "slip")
      rules.slip_below = points();
    else if (name == "confirm-for")
      rules.confirm_for = line.span();
    else if (name == "floor")
      rules.resume_floor = line.span();
    else if (name == "attempts")
      rules.attempts_max = static_cast<std::uint32_t>(count());
    else
      line.stop("unknown parameter " + name);
  }

  void read_admitted(Line& line) {
    line.word("admit");
    auto& open = lots_[line.lot()];
    while (!line.is_done()) {
      auto const name = line.word("a bidder");
      auto const slash = name.find('/');
      auto const deduction = slash == std::string::npos ? 0 : line.number(name.substr(slash + 1));
      open.admitted.push_back(
          {BidderId{line.numbered('S', name.substr(0, slash))}, BasisPoints{static_cast<std::int32_t>(deduction)}});
    }
  }

  Command read_command(Line& line, int number) {
    auto const verb = line.word("a verb");
    if (verb == "tick") return Tick{};
    if (verb == "started") return Started{line.time()};
    if (verb == "clock-step") return ClockStepped{line.span()};
    auto const lot = line.lot();
    if (verb == "open") return lots_[lot];
    if (verb == "bid") return read_bid(line, lot, number);
    if (verb == "pause" || verb == "resume" || verb == "abort" || verb == "ask-next") {
      auto const given = options(line);
      if (verb == "pause") return PauseLot{lot, given.by, given.reason};
      if (verb == "resume") return ResumeLot{lot, given.by, given.reason};
      if (verb == "abort") return AbortLot{lot, given.by, given.reason};
      return AskNext{lot, given.by};
    }
    auto const bidder = line.bidder();
    auto const given = options(line);
    if (verb == "disqualify") return DisqualifyBidder{lot, bidder, given.by, given.reason};
    if (verb == "reinstate") return ReinstateBidder{lot, bidder, given.by, given.reason};
    if (verb == "choose") return ChooseQuote{lot, bidder, given.by, given.approved_by, given.reason};
    if (verb == "confirm") return AnswerAward{lot, bidder, given.by, AwardAnswer::Confirm};
    if (verb == "decline") return AnswerAward{lot, bidder, given.by, AwardAnswer::Decline};
    line.stop("unknown verb " + verb);
  }

  // A bid without a key gets one of its own.
  static PlaceBid read_bid(Line& line, LotId lot, int number) {
    PlaceBid bid{.lot = lot, .bidder = line.bidder(), .by = PersonId{1}, .price = line.money(), .key = {}};
    auto const given = options(line);
    auto const key = given.key.empty() ? "line-" + std::to_string(number) : given.key;
    key.copy(bid.key.text.data(), bid.key.text.size());
    bid.by = given.by;
    bid.consent = given.consent;
    return bid;
  }

  std::string path_;
  Instant at_ = at_millis(first_day * 86'400'000);
  std::map<LotId, OpenLot> lots_;
  std::vector<ScenarioStep> steps_;
};

}  // namespace

std::vector<ScenarioStep> read_scenario(std::string const& path) {
  return Reader(path).read();
}

std::string time_text(Instant at) {
  auto millis = in_millis(at) - first_day * 86'400'000;
  auto const day = millis / 86'400'000;
  millis %= 86'400'000;
  char text[48];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(millis / 3'600'000),
                static_cast<int>(millis / 60'000 % 60), static_cast<int>(millis / 1'000 % 60));
  std::string shown = text;
  if (day != 0) shown = std::to_string(day) + "+" + shown;
  if (millis % 1'000 != 0) {
    std::snprintf(text, sizeof text, ".%03d", static_cast<int>(millis % 1'000));
    shown += text;
  }
  return shown;
}

}  // namespace support
