// The head of the file, its lots and bidders; acts are read by auction_acts. At last every opening is tried in a hall
// of its own: what the engine would refuse there is a problem of the file too.
#include "tools/ebb/auction_file.h"

#include <algorithm>
#include <span>

#include "engine/hall.h"
#include "modules/text.h"
#include "tools/ebb/auction_acts.h"
#include "tools/ebb/auction_json.h"
#include "tools/ebb/auction_members.h"
#include "tools/ebb/auction_moment.h"
#include "tools/ebb/auction_rules.h"

namespace ebb::auction {
namespace {

using engine::Evaluation;
using modules::Json;

constexpr std::int64_t file_version = 1;

std::string quoted(std::string const& text) {
  return shown(Json::text(text));
}
std::string factor_text(std::int32_t ten_thousandths) {
  auto const decimals = std::to_string(10'000 + ten_thousandths % 10'000).substr(1);
  return std::to_string(ten_thousandths / 10'000) + '.' + decimals;
}

class Reader {
 public:
  explicit Reader(Problems& problems) : problems_(problems) {}

  File read(Json const& json) {
    Members whole(json, "", problems_);
    whole.count("ebb_auction", {file_version, file_version}, Presence::Required);
    read_title(whole);
    read_lots(whole);
    read_bidders(whole);
    read_acts(whole, first_opening_, file_);
    read_lot_expectations(whole);
    whole.finish();
    file_.announced_at = first_opening_;
    if (!file_.acts.empty()) file_.announced_at = std::min(first_opening_, file_.acts.front().at);
    if (problems_.is_empty()) try_openings();
    return std::move(file_);
  }

 private:
  void read_title(Members& whole) {
    constexpr std::size_t title_bytes_max = 4'000;
    auto const* const title = whole.text("title");
    if (title == nullptr || title->size() <= title_bytes_max) return;
    problems_.add("/title", problems::too_many, std::to_string(title->size()), std::to_string(title_bytes_max));
  }

  // Lots ----------------------------------------------------------------------------------------------------------

  void read_lots(Members& whole) {
    auto const* const list = whole.list("lots", engine::limits::lots_an_inquiry, Presence::Required);
    if (list == nullptr) return;
    if (list->empty()) problems_.add("/lots", problems::too_few, "0", "1");
    auto first = engine::never;
    for (std::size_t i = 0; i < list->size(); ++i) {
      Members members((*list)[i], "/lots/" + std::to_string(i), problems_);
      read_lot(members);
      first = std::min(first, file_.opening.back().opens_at);
    }
    first_opening_ = first == engine::never ? engine::Instant{} : first;
  }

  void read_lot(Members& members) {
    engine::OpenLot lot;
    auto const after = read_after(members);
    auto const date = read_date(members, "opens_at");
    if (!date && !after && !members.has("opens_at")) {
      problems_.add(members.at("opens_at"), problems::missing_member);
    }
    lot.opens_at = date.value_or(after ? file_.opening.at(*after - 1).opens_at : engine::Instant{});
    if (after) lot.after = file_.opening.at(*after - 1).lot;
    // A lot whose name is wrong keeps its place, so that the others keep theirs.
    auto const name = members.name("name", Presence::Required);
    if (!name || !file_.lots.add(*name)) {
      if (name) problems_.add(members.at("name"), problems::duplicate_name, quoted(*name));
      file_.lots.add('\n' + std::to_string(file_.opening.size()));
    }
    lot.lot = engine::lot_id(engine::InquiryId{1}, static_cast<std::uint8_t>(file_.opening.size() + 1));
    lot.rules = read_rules(members);
    members.any("expect");  // read last: it may name bidders
    members.finish();
    file_.opening.push_back(std::move(lot));
  }

  std::optional<std::uint64_t> read_after(Members& members) {
    auto const after = members.name("after");
    if (!after) return std::nullopt;
    auto const number = file_.lots.find(*after);
    if (!number) problems_.add(members.at("after"), problems::unknown_name, quoted(*after));
    return number;
  }

  void read_lot_expectations(Members& whole) {
    auto const* const list = whole.list("lots", engine::limits::lots_an_inquiry);
    file_.expected.resize(file_.opening.size());
    if (list == nullptr) return;
    for (std::size_t i = 0; i < file_.expected.size(); ++i) {
      auto const* const given = (*list)[i].find("expect");
      if (given == nullptr) continue;
      Members members(*given, "/lots/" + std::to_string(i) + "/expect", problems_);
      file_.expected[i] = read_expectation(members);
    }
  }

  engine::BidderId known_bidder(std::string const& name, std::string const& pointer) {
    auto const number = file_.bidders.find(name);
    if (!number) problems_.add(pointer, problems::unknown_name, quoted(name));
    return engine::BidderId{number.value_or(0)};
  }

  LotExpectation read_expectation(Members& members) {
    LotExpectation expected;
    if (auto const place = members.choice("state", states())) expected.state = states()[*place];
    if (auto const name = members.name("winner")) expected.winner = known_bidder(*name, members.at("winner"));
    expected.price = members.money("price");
    expected.closed_at = read_moment(members, "closed_at", first_opening_);
    if (auto const* const ranking = members.list("ranking", engine::limits::bidders_a_lot)) {
      expected.ranking.emplace();
      for (std::size_t i = 0; i < ranking->size(); ++i) {
        auto const at = members.at("ranking") + '/' + std::to_string(i);
        auto const* const name = (*ranking)[i].as_text();
        if (name == nullptr) problems_.add(at, problems::wrong_type, shown((*ranking)[i]), "a text");
        if (name != nullptr) expected.ranking->push_back(known_bidder(*name, at));
      }
    }
    members.finish();
    return expected;
  }

  static std::span<std::string_view const> states() {
    static std::vector<std::string_view> const texts = [] {
      std::vector<std::string_view> made;
      for (auto state = engine::LotState::Scheduled; state <= engine::LotState::PracticeEnded;
           state = static_cast<engine::LotState>(static_cast<std::uint8_t>(state) + 1)) {
        made.push_back(modules::lot_state_text(state));
      }
      return made;
    }();
    return texts;
  }

  // Bidders -------------------------------------------------------------------------------------------------------

  void read_bidders(Members& whole) {
    auto const* const list = whole.list("bidders", engine::limits::bidders_a_lot, Presence::Required);
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      Members members((*list)[i], "/bidders/" + std::to_string(i), problems_);
      read_bidder(members);
    }
    for (std::size_t i = 0; i < file_.opening.size(); ++i) hold_room(i);
  }

  // Admitted to every lot, or to those that are named, there with an evaluation of its own where one is said.
  void read_bidder(Members& members) {
    auto const evaluation = read_evaluation(members, {});
    auto const name = members.name("name", Presence::Required);
    auto const number = name ? file_.bidders.add(*name) : std::nullopt;
    if (name && !number) problems_.add(members.at("name"), problems::duplicate_name, quoted(*name));
    auto const* const lots = members.list("lots", engine::limits::lots_an_inquiry);
    auto const bidder = engine::BidderId{number.value_or(0)};
    if (!members.has("lots")) {
      for (auto& lot : file_.opening) lot.admitted.push_back({bidder, evaluation});
    } else if (lots != nullptr) {
      for (std::size_t i = 0; i < lots->size(); ++i) {
        Members admission((*lots)[i], members.at("lots") + '/' + std::to_string(i), problems_);
        admit(admission, bidder, evaluation);
      }
    }
    members.finish();
  }

  void admit(Members& members, engine::BidderId bidder, Evaluation const& usual) {
    auto const name = members.name("lot", Presence::Required);
    auto const number = name ? file_.lots.find(*name) : std::nullopt;
    auto const evaluation = read_evaluation(members, usual);
    members.finish();
    if (name && !number) problems_.add(members.at("lot"), problems::unknown_name, quoted(*name));
    if (!number) return;
    auto& admitted = file_.opening.at(*number - 1).admitted;
    if (!admitted.empty() && bidder.is_given() && admitted.back().bidder == bidder) {
      return problems_.add(members.at("lot"), problems::duplicate_name, quoted(*name));
    }
    admitted.push_back({bidder, evaluation});
  }

  Evaluation read_evaluation(Members& members, Evaluation evaluation) {
    auto const whole = engine::BasisPoints::whole;
    evaluation.deduction = members.percent("deduction").value_or(evaluation.deduction);
    if (evaluation.deduction.count() >= whole) {
      problems_.add(members.at("deduction"), problems::out_of_range, modules::percent_text(evaluation.deduction),
                    modules::percent_text(engine::BasisPoints{whole - 1}));
    }
    evaluation.coefficient = members.factor("coefficient").value_or(evaluation.coefficient);
    auto const coefficient = evaluation.coefficient.count();
    if (coefficient < Evaluation::coefficient_min || coefficient > Evaluation::coefficient_max) {
      problems_.add(members.at("coefficient"), problems::out_of_range, factor_text(coefficient),
                    factor_text(Evaluation::coefficient_min) + " to " + factor_text(Evaluation::coefficient_max));
    }
    evaluation.addition = members.money("addition").value_or(evaluation.addition);
    return evaluation;
  }

  // Lots reserve what their bidders may ever attempt; a file gets no more than one full lot may.
  void hold_room(std::size_t place) {
    auto const& lot = file_.opening[place];
    attempts_ += lot.admitted.size() * lot.rules.attempts_max;
    if (attempts_ <= engine::limits::attempts_a_lot) return;
    problems_.add("/lots/" + std::to_string(place) + "/attempts_max", problems::too_many, std::to_string(attempts_),
                  std::to_string(engine::limits::attempts_a_lot));
  }

  void try_openings() {
    engine::Hall hall;
    engine::Events events;
    std::uint64_t seq = 0;
    for (auto const& lot : file_.opening) {
      hall.apply({engine::Seq{++seq}, engine::Seq{}, file_.announced_at, std::nullopt, {}, lot}, events);
    }
    for (auto const& event : events) {
      auto const* const refused = std::get_if<engine::LotCommandRefused>(&event);
      if (refused == nullptr) continue;
      problems_.add(problem("/lots/" + std::to_string(engine::place_of(refused->lot) - 1), refused->refusal));
    }
  }

  Problems& problems_;
  File file_;
  engine::Instant first_opening_{};
  std::uint64_t attempts_ = 0;
};

}  // namespace

std::optional<std::uint64_t> Names::add(std::string const& name) {
  if (!numbers_.try_emplace(name, names_.size() + 1).second) return std::nullopt;
  names_.push_back(name);
  return names_.size();
}

std::optional<std::uint64_t> Names::find(std::string const& name) const {
  auto const found = numbers_.find(name);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::expected<File, Problems> read_file(std::string_view text) {
  Problems problems;
  auto const json = read_json(text, problems);
  if (!json) return std::unexpected(std::move(problems));
  auto file = Reader{problems}.read(*json);
  if (!problems.is_empty()) return std::unexpected(std::move(problems));
  return file;
}

}  // namespace ebb::auction
