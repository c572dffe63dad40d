// `ebb archive --verify`: a bundle held against itself, with nothing else at hand.
#include <fmt/format.h>

#include "engine/codec.h"
#include "engine/hall.h"
#include "persistence/archive.h"
#include "persistence/record.h"
#include "tools/ebb/archive.h"
#include "tools/ebb/archive_proof.h"

namespace ebb {
namespace {

using engine::Failure;
using engine::Result;

std::string hex(engine::Hash const& hash) {
  return persistence::hex(persistence::view(hash));
}

class Checking {
 public:
  explicit Checking(persistence::Bundle const& bundle) : bundle_(bundle) {}

  Result<std::string> run() {
    auto text = fmt::format("{}: every file is as SHA256SUMS lists it\n", bundle_.folder);
    if (auto read = read_records(); !read) return std::unexpected(read.error());
    text += fmt::format("{} commands, each with the leaf that its record gives\n", records_.size());
    auto const proved = check_proofs(records_, bundle_);
    if (!proved) return std::unexpected(proved.error());
    text +=
        *proved ? fmt::format("each in the log of {}\n", **proved) : std::string{"without a signed head: not proved\n"};
    if (!closed_.empty()) {
      return text + fmt::format("not decided again: {} never opened prices are not in it\n", closed_.size());
    }
    if (auto same = decide_again(); !same) return std::unexpected(same.error());
    return text + "decided again: every event and every result is as it is told\n";
  }

 private:
  Result<std::string const*> file(std::string_view name) const {
    auto const* found = bundle_.find(name);
    if (found == nullptr) return std::unexpected(Failure{std::string{name} + ": missing"});
    return found;
  }
  static std::unexpected<Failure> wrong(engine::Seq seq, std::string const& what) {
    return std::unexpected(Failure{fmt::format("command {}: {}", seq.number(), what)});
  }

  Result<void> read_records() {
    auto const text = file("records.jsonl");
    if (!text) return std::unexpected(text.error());
    for (auto const line : lines_of(**text)) {
      auto record = record_of_line(line);
      if (!record) {
        return std::unexpected(
            Failure{fmt::format("records.jsonl: line {}: {}", records_.size() + 1, record.error().what)});
      }
      if (auto fits = check(*record); !fits) return fits;
      records_.push_back(std::move(*record));
    }
    return {};
  }

  Result<void> check(RecordLine const& line) {
    auto const& record = line.record;
    if (!records_.empty() && record.seq <= records_.back().record.seq) return wrong(record.seq, "not in order");
    if (record.salt) {
      auto const blinding = persistence::blinding_of(*record.salt, record.secret);
      if (blinding != record.blinding) return wrong(record.seq, "what is private is not what was bound");
    }
    if (auto const leaf = leaf_of(record); leaf != line.leaf) {
      return wrong(record.seq,
                   fmt::format("its record gives the leaf {}, and it claims {}", hex(leaf), hex(line.leaf)));
    }
    engine::ByteReader shown{record.shown};
    if (shown.get<engine::Seq>() != record.seq) return wrong(record.seq, "its record is of another command");
    shown.get<engine::Seq>();
    if (shown.get_instant() != record.at) return wrong(record.seq, "its record has another time");
    auto const flags = shown.get<std::uint8_t>();
    if (flags != 0 && !record.salt) closed_.push_back(record.seq);
    return {};
  }

  // A Hall of its own hears the commands of this inquiry alone; where another's command brought the time, a tick does.
  Result<void> decide_again() {
    auto const told = file("events.jsonl");
    auto const results = file("results.json");
    if (!told || !results) return std::unexpected(Failure{"events.jsonl or results.json: missing"});
    auto next = records_.begin();
    auto const decide_up_to = [&](engine::Seq seq) -> Result<void> {
      for (; next != records_.end() && next->record.seq <= seq; ++next) {
        if (auto decided = decide(next->record); !decided) return decided;
      }
      return {};
    };
    engine::Seq last;
    for (auto const line : lines_of(**told)) {
      auto const place = place_of_line(line);
      if (!place) return std::unexpected(Failure{"events.jsonl: " + place.error().what});
      if (place->cause == last) continue;
      last = place->cause;
      if (auto decided = decide_up_to(engine::Seq{last.number() - 1}); !decided) return decided;
      bool const is_ours = next != records_.end() && next->record.seq == last;
      if (!is_ours) apply({last, {}, place->at, {}, {}, engine::Tick{}});
      if (auto decided = decide_up_to(last); !decided) return decided;
    }
    if (auto decided = decide_up_to(engine::Seq{~std::uint64_t{0}}); !decided) return decided;
    return compare(**told, **results);
  }

  Result<void> decide(ArchivedRecord const& record) {
    // Behind seq, parent, time and flags.
    engine::ByteReader shown{std::string_view{record.shown}.substr(25)};
    auto const open = shown.get_text();
    auto command = engine::decode_command(open, record.secret);
    if (!shown.ok() || !command) return wrong(record.seq, "a command that this version does not know");
    apply({record.seq, {}, record.at, {}, {}, std::move(*command)});
    return {};
  }

  void apply(engine::Sequenced const& command) {
    engine::Events events;
    hall_.apply(command, events);
    for (auto& event : events) {
      if (ebb::inquiry_of(event)) events_.push_back({command.seq, command.at, std::move(event)});
    }
  }

  Result<void> compare(std::string_view told, std::string_view results) const {
    auto const lines = lines_of(told);
    std::size_t at = 0;
    for (; at < events_.size() && at < lines.size(); ++at) {
      auto const decided = line_of(events_[at]);
      if (decided.substr(0, decided.size() - 1) != lines[at]) {
        return std::unexpected(Failure{
            fmt::format("events.jsonl: line {} tells\n  {}\nand now it is decided\n  {}", at + 1, lines[at], decided)});
      }
    }
    if (events_.size() != lines.size()) {
      return std::unexpected(
          Failure{fmt::format("events.jsonl: {} events are told, {} are decided now", lines.size(), events_.size())});
    }
    if (results != results_of(events_)) return std::unexpected(Failure{"results.json: not what the events give"});
    return {};
  }

  persistence::Bundle const& bundle_;
  std::vector<RecordLine> records_;
  std::vector<engine::Seq> closed_;  // records whose private part is not in the bundle
  engine::Hall hall_;
  std::vector<ArchivedEvent> events_;
};

}  // namespace

Result<std::string> check_archive(CheckArchiveCall const& call) {
  auto const bundle = persistence::read_bundle(call.bundle);
  if (!bundle) return std::unexpected(bundle.error());
  return Checking{*bundle}.run();
}

}  // namespace ebb
