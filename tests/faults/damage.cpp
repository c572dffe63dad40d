// See the header.
#include "tests/faults/damage.h"

#include <unistd.h>

#include <algorithm>

#include "engine/check.h"
#include "persistence/manifest.h"
#include "persistence/verify.h"

namespace faults {
namespace fs = std::filesystem;
using simulation::Dice;

namespace {

constexpr std::size_t page_bytes = 4'096;

// A lock holds nothing that is remembered: whoever opens makes it anew.
bool is_remembered(Image::Entry const& entry) {
  return !entry.is_directory && !entry.bytes.empty() && !entry.path.ends_with("lock.mdb") && entry.path != "LOCK";
}

Harm draw(Image const& image, std::string const& below, Dice& dice) {
  std::vector<Image::Entry const*> files;
  for (auto const& entry : image.entries) {
    if (is_remembered(entry) && entry.path.starts_with(below)) files.push_back(&entry);
  }
  CHECK(!files.empty());
  auto const& file = *dice.any_of(files);
  auto const below_size = [&](std::size_t size) { return static_cast<std::size_t>(dice.bits() % size); };
  auto const kind = dice.between(1, 10);
  if (kind == 1) return {Harm::Kind::CutShort, file.path, below_size(file.bytes.size())};
  if (kind == 2) return {Harm::Kind::EmptiedPage, file.path, below_size((file.bytes.size() - 1) / page_bytes + 1)};
  return {Harm::Kind::FlippedBit, file.path, below_size(file.bytes.size() * 8)};
}

// "journal/00000003/data.mdb" is 3; 0 for what is no segment.
std::size_t segment_of(std::string const& path) {
  constexpr std::string_view journal = "journal/0";
  return path.starts_with(journal) ? std::stoul(path.substr(journal.size() - 1)) : 0;
}

// Somebody who reads it knows where to look.
bool names_a_place(std::string const& reason, fs::path const& directory) {
  if (reason.find('\n') != std::string::npos) return false;
  return reason.find(directory.string()) != std::string::npos || reason.find("seq ") != std::string::npos ||
         reason.find("segment ") != std::string::npos || reason.find("the manifest ") != std::string::npos ||
         reason.find("the key of ") != std::string::npos;
}

class Harmer {
 public:
  Harmer(Kept const& kept, fs::path directory, Harming const& harming, Report& report)
      : kept_(kept), directory_(std::move(directory)), harming_(harming), report_(report) {}

  void run(std::size_t from, std::size_t to, std::function<void(std::size_t)> const& at) {
    for (auto trial = from; trial < to; ++trial) {
      at(trial);
      Dice dice{harming_.seed * 1'000'003 + trial};
      harm_ = draw(kept_.image, harming_.below, dice);
      auto image = kept_.image;
      apply(harm_, image);
      report_.begin("trial " + std::to_string(trial) + ", " + text(harm_));
      image.put_into(directory_);
      read_as_the_tool_does();
      image.put_into(directory_);
      open_as_the_server_does();
    }
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }

 private:
  void read_as_the_tool_does() {
    auto const verified = persistence::verify(directory_);
    auto const segment = segment_of(harm_.path);
    if (segment == 0 || !verified) return;
    auto const before = kept_.segment_begins[segment - 1] - 1;
    if (verified->last.number() >= before) return count(Came::KeptBefore);
    report_.wrong("the tool reads up to seq " + std::to_string(verified->last.number()) + ", though nothing before " +
                  std::to_string(before) + " was harmed");
  }

  void open_as_the_server_does() {
    auto const found = examine(directory_, kept_.truth, kept_.belief);
    if (!found.wrong.empty()) return report_.wrong(found.wrong);
    if (found.refused.empty()) return count(Came::Harmless);
    if (!names_a_place(found.refused, directory_)) return report_.wrong("names no place: " + found.refused);
    count(Came::Named);
  }

  void count(Came what) { report_.count(static_cast<std::size_t>(what)); }

  Kept const& kept_;
  fs::path const directory_;
  Harming const& harming_;
  Report& report_;
  Harm harm_;
};

}  // namespace

std::string text(Harm const& harm) {
  auto const at = std::to_string(harm.at);
  switch (harm.kind) {
    case Harm::Kind::FlippedBit:
      return harm.path + ": bit " + std::to_string(harm.at % 8) + " of byte " + std::to_string(harm.at / 8) +
             " (page " + std::to_string(harm.at / 8 / page_bytes) + ") flipped";
    case Harm::Kind::CutShort:
      return harm.path + ": cut to " + at + " bytes";
    case Harm::Kind::EmptiedPage:
      return harm.path + ": page " + at + " emptied";
  }
  return {};
}

void apply(Harm const& harm, Image& image) {
  auto& bytes = std::ranges::find(image.entries, harm.path, &Image::Entry::path)->bytes;
  switch (harm.kind) {
    case Harm::Kind::FlippedBit:
      bytes[harm.at / 8] = static_cast<char>(bytes[harm.at / 8] ^ (1 << (harm.at % 8)));
      return;
    case Harm::Kind::CutShort:
      return bytes.resize(harm.at);
    case Harm::Kind::EmptiedPage: {
      auto const begin = harm.at * page_bytes;
      auto const end = std::min(begin + page_bytes, bytes.size());
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.begin() + static_cast<std::ptrdiff_t>(end),
                '\0');
      return;
    }
  }
}

engine::Result<Kept> keep(fs::path const& scratch, Morning const& morning) {
  Kept kept;
  auto const directory = scratch / "kept";
  auto truth = learn(directory, morning, {}, nullptr);
  if (!truth) return std::unexpected(truth.error());
  kept.truth = *std::move(truth);
  auto const last = kept.truth.commands.size();
  kept.belief = {last, last, last, last, 0};
  auto const manifest = persistence::read_manifest(directory / "journal" / "MANIFEST");
  if (!manifest) return std::unexpected(manifest.error());
  for (auto const& segment : *manifest) kept.segment_begins.push_back(segment.first.number());
  kept.segment_begins.push_back(manifest->empty() ? 1 : manifest->back().last.number() + 1);
  kept.image = Image::of(directory);
  return kept;
}

Score harm(Kept const& kept, fs::path const& scratch, Harming const& harming) {
  return Trials::run(harming.count, harming.children, [&](auto from, auto to, Report& report, auto const& at) {
    Harmer{kept, scratch / ("harmed" + std::to_string(::getpid())), harming, report}.run(from, to, at);
  });
}

std::uint64_t counted(Score const& score, Came what) {
  return score.counts[static_cast<std::size_t>(what)];
}

}  // namespace faults
