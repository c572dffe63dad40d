// See the header.
#include "tools/ebb/doctor_tree.h"

#include <fmt/format.h>

#include "persistence/tree_regrow.h"
#include "persistence/trimmed.h"
#include "persistence/verify.h"
#include "tools/ebb/temporary_place.h"

namespace ebb {
namespace {

namespace fs = std::filesystem;
using persistence::Finding;
using persistence::Findings;
using Grade = Finding::Grade;

Finding finding(Grade grade, std::string what, std::string mend) {
  return {grade, std::string{tree_place}, std::move(what), std::move(mend)};
}

// Empty: the log is what the journal gives, or the journal is what is wrong.
engine::Result<std::string> damage_of(fs::path const& directory, fs::path const& archive) {
  auto const found = persistence::verify(directory, {}, archive);
  if (!found) return std::unexpected(found.error());
  return found->is_log_damaged ? *found->damage : std::string{};
}

// Grown once for a trial, where nobody is harmed.
Finding mending(fs::path const& directory, fs::path const& archive, std::string damage) {
  auto const again = "ebb doctor " + directory.string() + " --repair";
  auto const trimmed = persistence::read_trimmed(directory / "journal");
  if (archive.empty() && trimmed && trimmed->segments > 0) {
    return finding(
        Grade::Person, std::move(damage),
        "`ebb restore ARCHIVE " + directory.string() + " --segments` brings back what was trimmed; then " + again);
  }
  TemporaryPlace const place;
  auto const grown = persistence::regrow_tree(directory, archive, place.path() / "tree");
  if (!grown) return finding(Grade::Person, std::move(damage), "it does not grow again: " + grown.error().what);
  if (grown->contradicts) {
    return finding(Grade::Person, damage + "; " + *grown->contradicts,
                   "keep everything as it is: a head was signed over another history than this journal");
  }
  return finding(
      Grade::Mendable, std::move(damage),
      fmt::format("{}: grows it again from the journal, {} leaves, and keeps {}{} signed heads", again, grown->leaves,
                  grown->are_heads_lost ? "the " : "all ", grown->heads) +
          (grown->are_heads_lost ? " that can still be read; the others are only where they were published" : ""));
}

Findings examine_in_a_child(fs::path const& directory, fs::path const& archive) {
  auto const damage = damage_of(directory, archive);
  if (!damage) return {finding(Grade::Note, damage.error().what, "look again")};
  if (damage->empty()) return {};
  return {mending(directory, archive, *damage)};
}

}  // namespace

Findings examine_tree(fs::path const& directory, fs::path const& archive) {
  if (!fs::exists(directory / "tree")) {
    return {finding(Grade::Note, "none: the next start grows it from the journal", "nothing")};
  }
  auto const answer =
      persistence::in_a_child([&] { return persistence::bytes_of(examine_in_a_child(directory, archive)); });
  if (answer) return persistence::findings_from(*answer);
  return {mending(directory, archive, answer.error().what)};
}

}  // namespace ebb
