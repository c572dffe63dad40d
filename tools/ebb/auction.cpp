// Acts become commands with the next seq, ticks stand between them, and every event is told as it comes.
#include "tools/ebb/auction.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "engine/hall.h"
#include "modules/text.h"
#include "tools/ebb/auction_file.h"
#include "tools/ebb/auction_json.h"
#include "tools/ebb/auction_story.h"
#include "tools/ebb/auction_tell.h"

namespace ebb::auction {
namespace {

using engine::Instant;
using engine::Seq;
using modules::Json;

constexpr std::size_t events_told_max = 1'000'000;
constexpr std::size_t no_act = ~std::size_t{0};

std::string hex(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[(value >> shift) & 0xf];
  return text;
}

// What an act says and its events may not carry.
struct Unsaid {
  std::string_view name;
  engine::Money amount;
};
std::optional<Unsaid> unsaid(engine::Command const& command, engine::Event const& event) {
  if (std::holds_alternative<engine::ProxySet>(event)) {
    auto const* const proxy = std::get_if<engine::SetProxy>(&command);
    if (proxy != nullptr) return Unsaid{"limit", proxy->limit};
  }
  bool const is_receipt = std::holds_alternative<engine::QuoteAccepted>(event) ||
                          std::holds_alternative<engine::BidRefused>(event) ||
                          std::holds_alternative<engine::BidRepeated>(event);
  if (!is_receipt) return std::nullopt;
  if (auto const* const bid = std::get_if<engine::PlaceBid>(&command)) return Unsaid{"price", bid->price};
  if (auto const* const asked = std::get_if<engine::PlaceSignedBid>(&command)) return Unsaid{"price", asked->bid.price};
  if (auto const* const surrogate = std::get_if<engine::PlaceSurrogateBid>(&command)) {
    return Unsaid{"price", surrogate->bid.price};
  }
  return std::nullopt;
}

class Run {
 public:
  Run(File const& file, Tell tell) : file_(file), tell_(tell), story_(file) { seqs_.reserve(file.acts.size()); }

  Told finish() {
    for (auto const& lot : file_.opening) apply(file_.announced_at, lot, no_act);
    for (std::size_t i = 0; i < file_.acts.size(); ++i) play(i);
    while (story_.goes_on() && hall_.next_due() != engine::never) {
      if (!tick()) break;
    }
    for (std::size_t i = 0; i < file_.expected.size(); ++i) compare(i);
    return {differences_.as_array()->empty() ? 0 : 1, json()};
  }

 private:
  // An outage is decided by its own command: nothing that falls into it may have happened before.
  void play(std::size_t place) {
    auto const& act = file_.acts[place];
    auto const* const outage = std::get_if<engine::Started>(&act.command);
    auto const until = outage != nullptr ? std::min(outage->last_alive, act.at) : act.at;
    while (hall_.next_due() <= until) {
      if (!tick()) break;
    }
    auto command = act.command;
    if (auto* const cancel = std::get_if<engine::CancelBid>(&command)) cancel->bid = seqs_.at(*act.bid_of);
    outcome_ = "accepted";
    apply(act.at, command, place);
    seqs_.push_back(seq_);
    if (act.expected && *act.expected != outcome_) {
      differ("/acts/" + std::to_string(place) + "/expect", Json::text(*act.expected), Json::text(outcome_));
    }
  }

  // What is due next, at its time. False: it is due still, so that waiting for it would never end.
  bool tick() {
    auto const due = hall_.next_due();
    apply(std::max(due, hall_.now()), engine::Tick{}, no_act);
    return hall_.next_due() != due;
  }

  void apply(Instant at, engine::Command const& command, std::size_t act) {
    seq_ = next(seq_);
    events_.clear();
    hall_.apply({seq_, Seq{}, at, std::nullopt, {}, command}, events_);
    for (auto const& event : events_) {
      story_.hear(event, hall_.now());
      judge(event);
      if (tell_ == Tell::All) write(event, command, act);
    }
  }

  void judge(engine::Event const& event) {
    if (auto const* const refused = std::get_if<engine::BidRefused>(&event)) {
      outcome_ = refused->receipt.refusal->kind->code;
    } else if (auto const* const other = std::get_if<engine::LotCommandRefused>(&event)) {
      outcome_ = other->refusal.kind->code;
    } else if (std::holds_alternative<engine::BidRepeated>(event)) {
      outcome_ = "repeated";
    }
  }

  // Straight to text: a long auction has more events than should stand in memory as a tree.
  void write(engine::Event const& event, engine::Command const& command, std::size_t act) {
    if (++told_ > events_told_max) return;
    auto json = Json::object();
    json.add("seq", Json::number(static_cast<std::int64_t>(seq_.number())));
    json.add("at", Json::text(modules::instant_text(hall_.now())));
    if (act != no_act) json.add("act", Json::number(static_cast<std::int64_t>(act)));
    tell(NamesOfFile{file_}, event, json);
    if (auto const secret = unsaid(command, event)) {
      auto names = Json::array();
      names.push(Json::text(secret->name));
      json.add(secret->name, Json::text(modules::money_text(secret->amount))).add("hidden", std::move(names));
    }
    text_ += (text_.empty() ? "\n  " : ",\n  ") + json.write();
  }

  void compare(std::size_t place) {
    auto const& expected = file_.expected[place];
    auto const& lot = story_.lots()[place];
    auto const at = "/lots/" + std::to_string(place) + "/expect/";
    auto const state = modules::lot_state_text(lot.state);
    auto const nothing = [](bool is_there, std::string text) { return is_there ? Json::text(text) : Json{}; };
    auto const name_of = [&](engine::BidderId bidder) { return Json::text(file_.name(bidder)); };
    if (expected.state && *expected.state != state) {
      differ(at + "state", Json::text(*expected.state), Json::text(state));
    }
    if (expected.winner && expected.winner != lot.winner) {
      differ(at + "winner", name_of(*expected.winner), lot.winner ? name_of(*lot.winner) : Json{});
    }
    if (expected.price && (!lot.winner || *expected.price != lot.price)) {
      differ(at + "price", Json::text(modules::money_text(*expected.price)),
             nothing(lot.winner.has_value(), modules::money_text(lot.price)));
    }
    if (expected.closed_at && expected.closed_at != lot.closed_at) {
      differ(at + "closed_at", Json::text(modules::instant_text(*expected.closed_at)),
             nothing(lot.closed_at.has_value(), modules::instant_text(lot.closed_at.value_or(Instant{}))));
    }
    if (!expected.ranking) return;
    std::vector<engine::BidderId> ranking;
    for (auto const& standing : lot.standings) ranking.push_back(standing.bidder);
    if (ranking == *expected.ranking) return;
    auto const names = [&](std::vector<engine::BidderId> const& bidders) {
      auto list = Json::array();
      for (auto const bidder : bidders) list.push(name_of(bidder));
      return list;
    };
    differ(at + "ranking", names(*expected.ranking), names(ranking));
  }

  void differ(std::string pointer, Json expected, Json actual) {
    auto difference = Json::object();
    difference.add("pointer", Json::text(pointer)).add("expected", std::move(expected));
    differences_.push(std::move(difference.add("actual", std::move(actual))));
  }

  Json lot_json(std::size_t place) const {
    auto const& lot = story_.lots()[place];
    auto json = Json::object();
    json.add("lot", Json::text(file_.name(file_.opening[place].lot)));
    json.add("state", Json::text(modules::lot_state_text(lot.state)));
    if (lot.closed_at) json.add("closed_at", Json::text(modules::instant_text(*lot.closed_at)));
    if (lot.winner) {
      json.add("winner", Json::text(file_.name(*lot.winner))).add("price", Json::text(modules::money_text(lot.price)));
    }
    auto ranking = Json::array();
    for (auto const& standing : lot.standings) ranking.push(standing_json(NamesOfFile{file_}, standing));
    auto history = Json::array();
    for (auto const& entry : lot.history) history.push(history_json(NamesOfFile{file_}, entry));
    json.add("ranking", std::move(ranking)).add("history", std::move(history));
    return json;
  }

  std::string json() const {
    std::string out = R"({"ebb_auction":1,"differences":)" + differences_.write();
    if (tell_ == Tell::All) {
      out += ",\n \"events\":[" + text_ + ']';
      if (told_ > events_told_max) out += ",\"events_left_out\":" + std::to_string(told_ - events_told_max);
    }
    out += ",\n \"lots\":[";
    for (std::size_t i = 0; i < file_.opening.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + lot_json(i).write();
    return out + "],\n \"commands\":" + std::to_string(seq_.number()) + ",\"digest\":\"" + hex(hall_.digest()) +
           "\"}\n";
  }

  File const& file_;
  Tell tell_;
  engine::Hall hall_;
  Story story_;
  Seq seq_;
  std::vector<Seq> seqs_;  // by act
  engine::Events events_;
  std::string_view outcome_;  // of the act under way
  Json differences_ = Json::array();
  std::string text_;  // events, written
  std::size_t told_ = 0;
};

Told wrong(Problems const& problems) {
  auto list = Json::array();
  for (auto const& problem : problems.list()) {
    auto json = Json::object();
    json.add("pointer", Json::text(problem.pointer)).add("code", Json::text(problem.code));
    if (!problem.actual.empty()) json.add("actual", Json::text(problem.actual));
    if (!problem.limit.empty()) json.add("limit", Json::text(problem.limit));
    list.push(std::move(json.add("zh", Json::text(problem.zh)).add("en", Json::text(problem.en))));
  }
  auto all = Json::object();
  all.add("ebb_auction", Json::number(1)).add("problems", std::move(list));
  all.add("problem_count", Json::number(static_cast<std::int64_t>(problems.count())));
  return {problems.is_empty() ? 0 : 2, all.write() + '\n'};
}

}  // namespace

Told check(std::string_view text) {
  auto const file = read_file(text);
  return wrong(file ? Problems{} : file.error());
}

Told run(std::string_view text, Tell tell) {
  auto const file = read_file(text);
  if (!file) return wrong(file.error());
  return Run{*file, tell}.finish();
}

engine::Result<std::string> input(std::string const& path) {
  auto const close = [](std::FILE* file) {
    if (file != stdin) std::fclose(file);
  };
  std::unique_ptr<std::FILE, decltype(close)> const file{path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close};
  if (!file) return std::unexpected(engine::Failure{path + ": " + std::strerror(errno)});
  std::string text;
  std::array<char, 65'536> piece;
  while (text.size() <= file_bytes_max) {
    auto const read = std::fread(piece.data(), 1, piece.size(), file.get());
    text.append(piece.data(), read);
    if (read < piece.size()) break;
  }
  if (std::ferror(file.get()) != 0) return std::unexpected(engine::Failure{path + ": " + std::strerror(errno)});
  return text;
}

}  // namespace ebb::auction
