// See the header. Writing: gather, choose what is over, tell, prove, bundle.
#include "tools/ebb/archive.h"

#include <fmt/format.h>

#include <set>

#include "modules/inquiry/rows.h"
#include "modules/inquiry/show.h"
#include "modules/text.h"
#include "persistence/archive.h"
#include "persistence/files.h"
#include "persistence/trimmed.h"
#include "tools/ebb/archive_lines.h"
#include "tools/ebb/archive_proof.h"
#include "tools/ebb/archive_story.h"
#include "tools/ebb/temporary_place.h"

namespace ebb {
namespace {

namespace fs = std::filesystem;
namespace inquiry = modules::inquiry;
using engine::Failure;
using engine::InquiryId;
using engine::Result;
using modules::Json;

constexpr std::string_view readme =
    R"(An inquiry of Ebb, as it happened. Everything here is text; nothing needs our software.

inquiry.json   what was asked for: title, buyer, lots, rules, who was admitted
names.json     the organisations in it, by number
results.json   how each lot ended: who stood where at which price, and every bid that counted
events.jsonl   what happened, a line each: "seq" and "at" are the command that caused it and its time
records.jsonl  every command, a line each, bytes in hexadecimal:
                 said       the command for people
                 shown      its record in the journal without what is private (persistence/FORMAT.md: Record)
                 private    what was private: the price of a sealed bid, once its lot was opened
                 salt       32 random bytes
                 blinding   SHA-256(salt, private)
                 leaf       SHA-256(00, shown, blinding)
head.json      a head of the transparency log (RFC 9162): its size, its root, its time, signed with Ed25519 by "key"
proofs.jsonl   for each command the path from its leaf, number seq - 1, to that root (RFC 9162 section 2.1.3.2)
SHA256SUMS     sha256sum -c SHA256SUMS

By hand: sha256sum -c SHA256SUMS; then leaf and path of a line as above, with any tool that has SHA-256; then the key of
head.json with the one the platform published, or the head with one that somebody kept.
With our software: ebb archive --verify BUNDLE, which also decides every bid again and compares.
Where there is no head.json the log had no signed head that covers this inquiry when it was archived.
)";

bool is_over(inquiry::InquiryRow const& row, engine::TableReader const& tables) {
  if (row.state == inquiry::State::Aborted) return true;
  if (row.state == inquiry::State::Draft) return false;
  for (std::size_t i = 0; i < row.draft.lots.size(); ++i) {
    auto const lot = inquiry::lot_row(inquiry::lot_at(row, i), tables);
    if (!lot || !inquiry::is_ended(*lot)) return false;
  }
  return true;
}

class Archiving {
 public:
  explicit Archiving(ArchiveCall const& call) : call_(call) {}

  Result<std::string> run() {
    if (auto chosen = choose(); !chosen) return std::unexpected(chosen.error());
    if (chosen_.empty()) return std::string{"nothing was over by then\n"};
    TemporaryPlace const place;
    auto const reader = StoryReader::read(call_.directory, archive_of_segments(), place.path(),
                                          [this](InquiryId id) { return chosen_.contains(id); });
    if (!reader) return std::unexpected(reader.error());
    if (auto made = persistence::make_directory(call_.to); !made) return std::unexpected(made.error());
    std::string told;
    for (auto const id : chosen_) {
      auto const written = write(id, **reader);
      if (!written) return std::unexpected(written.error());
      told += *written;
    }
    return told;
  }

 private:
  // Bundles and segments that were trimmed lie in one archive.
  fs::path archive_of_segments() const {
    return persistence::is_there(call_.directory / "journal" / persistence::trimmed_name) ? call_.to : fs::path{};
  }

  // All that were over by then: known only after the whole journal was decided, so that one is read twice.
  Result<void> choose() {
    if (auto const* id = std::get_if<InquiryId>(&call_.which)) {
      chosen_.insert(*id);
      return {};
    }
    auto const by = std::get<engine::Instant>(call_.which);
    TemporaryPlace const place;
    std::map<InquiryId, engine::Instant> last;  // event of each
    auto const reader =
        StoryReader::read(call_.directory, archive_of_segments(), place.path(), [](InquiryId) { return true; });
    if (!reader) return std::unexpected(reader.error());
    auto const& tables = (*reader)->tables();
    for (auto const& [id, story] : (*reader)->stories()) {
      auto const row = inquiry::inquiry_row(id, tables);
      bool const is_due = !story.events.empty() && story.events.back().at < by;
      if (row && is_due && is_over(*row, tables)) chosen_.insert(id);
    }
    return {};
  }

  Result<std::string> write(InquiryId id, StoryReader const& reader) {
    auto const path = call_.to / fmt::format("inquiry-{}.tar.zst", id.number());
    if (persistence::is_there(path)) return fmt::format("{}: is there already\n", path.string());
    auto const& tables = reader.tables();
    auto const row = inquiry::inquiry_row(id, tables);
    if (!row) return std::unexpected(Failure{fmt::format("inquiry {}: there is none", id.number())});
    if (!is_over(*row, tables)) return std::unexpected(Failure{fmt::format("inquiry {}: not over yet", id.number())});
    auto story = reader.stories().at(id);
    close_what_was_never_opened(story);
    persistence::Bundle bundle{fmt::format("inquiry-{}", id.number()), {}};
    tell(*row, story, tables, bundle);
    auto const proved = prove(story, call_.directory, bundle);
    if (!proved) return std::unexpected(proved.error());
    if (auto written = persistence::write_bundle(path, bundle); !written) return std::unexpected(written.error());
    return fmt::format("{}: {} commands, {} events, {}\n", path.string(), story.records.size(), story.events.size(),
                       *proved);
  }

  static void close_what_was_never_opened(InquiryStory& story) {
    std::set<engine::LotId> opened;
    for (auto const& each : story.events) {
      if (auto const* closed = std::get_if<engine::LotClosed>(&each.event)) opened.insert(closed->lot);
    }
    for (auto& record : story.records) {
      if (!record.secret_of.is_given() || opened.contains(record.secret_of)) continue;
      record.salt.reset();
      record.secret.clear();
    }
  }

  static void tell(inquiry::InquiryRow const& row, InquiryStory const& story, engine::TableReader const& tables,
                   persistence::Bundle& bundle) {
    modules::Actor const buyer{
        .person = {}, .session = {}, .org = row.buyer, .role = modules::Role::Purchaser, .division = {}};
    modules::Request const request{
        .path = {modules::id_text(row.id)}, .query = {}, .actor = &buyer, .body = nullptr, .if_match = {}, .now = {}};
    auto const shown = inquiry::show_inquiry(request, tables);
    std::string records;
    for (auto const& record : story.records) records += line_of(record);
    std::string events;
    for (auto const& event : story.events) events += line_of(event);
    bundle.files = {{"README.txt", std::string{readme}},
                    {"inquiry.json", shown ? shown->body.write() + '\n' : std::string{"{}\n"}},
                    {"names.json", names_of(row, tables)},
                    {"results.json", results_of(story.events)},
                    {"events.jsonl", std::move(events)},
                    {"records.jsonl", std::move(records)}};
  }

  static std::string names_of(inquiry::InquiryRow const& row, engine::TableReader const& tables) {
    inquiry::InquiryModule const module{inquiry::Limits{}};
    auto names = Json::object();
    auto add = [&](engine::OrgId org) { names.add(modules::id_text(org), Json::text(module.name(org, tables))); };
    add(row.buyer);
    for (auto const& admitted : row.draft.admitted) add(admitted.bidder);
    return names.write() + '\n';
  }

  ArchiveCall const& call_;
  std::set<InquiryId> chosen_;
};

}  // namespace

Result<std::string> archive(ArchiveCall const& call) {
  return Archiving{call}.run();
}

}  // namespace ebb
