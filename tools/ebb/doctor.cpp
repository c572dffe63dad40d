// See the header.
#include "tools/ebb/doctor.h"

#include <fmt/format.h>

#include <algorithm>

#include "persistence/doctor.h"
#include "persistence/files.h"
#include "persistence/tree_regrow.h"
#include "tools/ebb/doctor_tables.h"
#include "tools/ebb/doctor_tree.h"
#include "tools/ebb/redecide.h"

namespace ebb {
namespace {

using persistence::Examined;
using persistence::Finding;
using Grade = Finding::Grade;

std::string_view grade_text(Grade grade) {
  switch (grade) {
    case Grade::Note:
      return "note";
    case Grade::Mendable:
      return "mendable";
    case Grade::Person:
      return "a person is needed";
  }
  return "?";
}

template <class Value, class Member>
bool is_any(Examined const& examined, Value const& value, Member member) {
  return std::ranges::find(examined.findings, value, member) != examined.findings.end();
}

engine::Result<Examined> examine(DoctorCall const& call) {
  auto examined = persistence::examine(call.directory, call.archive);
  if (!examined || !examined->is_journal_whole) return examined;
  for (auto& finding : examine_tables(call.directory, call.archive)) examined->findings.push_back(std::move(finding));
  for (auto& finding : examine_tree(call.directory, call.archive)) examined->findings.push_back(std::move(finding));
  return examined;
}

int code_of(Examined const& examined) {
  if (is_any(examined, Grade::Person, &Finding::grade)) return 4;
  return is_any(examined, Grade::Mendable, &Finding::grade) ? 3 : 0;
}

std::string told(Examined const& examined) {
  std::string text;
  for (auto const& finding : examined.findings) {
    text +=
        fmt::format("{}: {}\n  {}\n  do: {}\n", grade_text(finding.grade), finding.where, finding.what, finding.mend);
  }
  text += fmt::format("{} frames, {} commands{}\n", examined.frames, examined.commands,
                      examined.is_journal_whole ? ", all whole: checksums, chain, manifest, anchor, keys" : "");
  if (!examined.trimmed.empty()) text += "of those that are here: others were trimmed\n";
  return text;
}

bool is_mendable(Examined const& examined, std::string_view where) {
  return std::ranges::any_of(examined.findings,
                             [&](Finding const& one) { return one.where == where && one.grade == Grade::Mendable; });
}

// Tables first go as a whole: what cannot be opened cannot be emptied.
engine::Result<void> repair(DoctorCall const& call, Examined const& examined) {
  auto const& directory = call.directory;
  if (auto removed = persistence::remove_half_made(directory); !removed) return removed;
  if (is_mendable(examined, tree_place)) {
    if (auto mended = persistence::mend_tree(directory, call.archive); !mended) return std::unexpected(mended.error());
  }
  if (!is_mendable(examined, "tables")) return {};
  std::error_code error;
  std::filesystem::remove_all(directory / "tables", error);
  if (error) return std::unexpected(engine::Failure{(directory / "tables").string() + ": remove: " + error.message()});
  if (auto decided = redecide(directory); !decided) return std::unexpected(decided.error());
  return {};
}

}  // namespace

engine::Result<Diagnosis> doctor(DoctorCall const& call) {
  auto examined = examine(call);
  if (!examined) return std::unexpected(examined.error());
  Diagnosis diagnosis{code_of(*examined), told(*examined)};
  bool const can_mend = is_any(*examined, Grade::Mendable, &Finding::grade);
  if (call.act == DoctorCall::Act::Examine || !can_mend) return diagnosis;
  if (auto repaired = repair(call, *examined); !repaired) return std::unexpected(repaired.error());
  examined = examine(call);
  if (!examined) return std::unexpected(examined.error());
  diagnosis.exit_code = code_of(*examined);
  diagnosis.text += "repaired; looked again:\n" + told(*examined);
  return diagnosis;
}

}  // namespace ebb
