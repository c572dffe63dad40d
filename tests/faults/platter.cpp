// See the header.
#include "tests/faults/platter.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>

#include "engine/check.h"

namespace faults {
namespace fs = std::filesystem;
using simulation::Dice;

namespace {

void mix(std::uint64_t& identity, std::uint64_t more) {
  identity = (identity ^ more) * 0x9e3779b97f4a7c15ULL;
  identity ^= identity >> 29;
}

bool is_left(Loss::Of of, int percent, Dice& dice) {
  if (of == Loss::Of::Some) return dice.chance(percent);
  return of == Loss::Of::Nothing;
}

void put_sector(std::string& bytes, std::size_t sector, std::string_view version) {
  auto const at = sector * Platter::sector_bytes;
  if (bytes.size() < at + version.size()) bytes.resize(at + version.size());
  std::memcpy(bytes.data() + at, version.data(), version.size());
}

}  // namespace

// ---- Names -------------------------------------------------------------------------------------------------------

Platter::Name Platter::name_of(std::string const& path) const {
  Name name;
  auto rest = std::string_view{path};
  for (auto slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    auto const found = newest_names_.find({name.directory, std::string{rest.substr(0, slash)}});
    CHECK(found != newest_names_.end() && found->second.is_directory);
    name.directory = found->second.number;
    rest.remove_prefix(slash + 1);
  }
  name.text = rest;
  return name;
}

void Platter::apply(NameChange const& change, Names& names) {
  if (change.from) {
    auto const old = names.find(*change.from);
    if (old != names.end() && old->second == change.node) names.erase(old);
  }
  if (change.to) names[*change.to] = change.node;
}

void Platter::change(NameChange change) {
  apply(change, newest_names_);
  open_names_.push_back(std::move(change));
}

void Platter::settle_names(std::size_t directory) {
  std::erase_if(open_names_, [&](NameChange const& change) {
    bool const is_here =
        (change.from && change.from->directory == directory) || (change.to && change.to->directory == directory);
    if (is_here) apply(change, certain_names_);
    return is_here;
  });
}

// The log of such a file system is written in order: what was named before is certain, too.
void Platter::settle_name_of(std::size_t file) {
  auto const is_its = [&](NameChange const& change) { return change.node == Node{false, file}; };
  auto const last = std::find_if(open_names_.rbegin(), open_names_.rend(), is_its);
  for (auto change = open_names_.begin(); change != last.base(); ++change) apply(*change, certain_names_);
  open_names_.erase(open_names_.begin(), last.base());
}

Platter::Names Platter::names_left(Loss const& loss, Dice& dice) const {
  auto names = certain_names_;
  bool is_on = true;
  for (auto const& change : open_names_) {
    auto const left = is_left(loss.names, loss.percent_left, dice);
    is_on = is_on && left;
    if (promise_ == Promise::Posix ? left : is_on) apply(change, names);
  }
  return names;
}

// ---- Bytes -------------------------------------------------------------------------------------------------------

void Platter::make(Call const& call) {
  files_.emplace_back();
  auto const number = files_.size() - 1;
  by_number_[call.file] = number;
  change({std::nullopt, name_of(call.path), {false, number}});
}

void Platter::write(File& file, Call const& call) {
  auto const end = call.offset + call.bytes.size();
  if (file.newest.size() < end) file.newest.resize(end);
  std::memcpy(file.newest.data() + call.offset, call.bytes.data(), call.bytes.size());
  auto const first = call.offset / sector_bytes;
  auto const behind = (end + sector_bytes - 1) / sector_bytes;
  for (auto sector = first; sector < behind; ++sector) {
    auto const at = sector * sector_bytes;
    auto const size = std::min(sector_bytes, file.newest.size() - at);
    if (call.is_through) {
      put_sector(file.certain, sector, std::string_view{file.newest}.substr(at, size));
      file.open.erase(sector);
      continue;
    }
    Sector version{};
    std::memcpy(version.data(), file.newest.data() + at, size);
    file.open[sector].push_back(version);
  }
  if (call.is_through) ++file.generation;
}

void Platter::settle(File& file) {
  file.certain = file.newest;
  file.open.clear();
  ++file.generation;
}

std::string Platter::bytes_left(File const& file, Loss const& loss, Dice& dice, std::uint64_t& identity) const {
  mix(identity, file.generation);
  auto bytes = file.certain;
  std::size_t piece = ~std::size_t{0};
  bool left = false;
  for (auto const& [sector, versions] : file.open) {
    auto const here = sector * sector_bytes / loss.piece;
    if (here != piece) left = is_left(loss.bytes, loss.percent_left, dice);
    piece = here;
    if (!left) continue;
    auto version = versions.size() - 1;
    if (loss.bytes == Loss::Of::Some && version > 0 && dice.chance(30)) version = dice.bits() % versions.size();
    put_sector(bytes, sector, {versions[version].data(), sector_bytes});
    mix(identity, sector * 8'191 + version);
  }
  // Nothing that was written lies behind the end; a new end may be there before the bytes are.
  auto const longest = std::max(file.certain.size(), file.newest.size());
  if (bytes.size() > longest) bytes.resize(longest);
  if (bytes.size() < file.newest.size() && is_left(loss.bytes, loss.percent_left, dice)) {
    bytes.resize(file.newest.size());
  }
  mix(identity, bytes.size());
  return bytes;
}

// ---- All of it ---------------------------------------------------------------------------------------------------

void Platter::take(Call const& call) {
  auto const file = by_number_.find(call.file);
  switch (call.kind) {
    case Call::Kind::Make:
      return make(call);
    case Call::Kind::Write:
      CHECK(file != by_number_.end());
      return write(files_[file->second], call);
    case Call::Kind::Resize: {
      CHECK(file != by_number_.end());
      auto& resized = files_[file->second];
      auto const behind = (call.size + sector_bytes - 1) / sector_bytes;
      resized.open.erase(resized.open.lower_bound(behind), resized.open.end());
      return resized.newest.resize(call.size);
    }
    case Call::Kind::Sync:
      CHECK(file != by_number_.end());
      settle(files_[file->second]);
      if (promise_ == Promise::Ordinary) settle_name_of(file->second);
      return;
    case Call::Kind::SyncDirectory:
      return settle_names(call.path.empty() ? 0 : newest_names_.at(name_of(call.path)).number);
    case Call::Kind::Rename: {
      auto const from = name_of(call.path);
      return change({from, name_of(call.to), newest_names_.at(from)});
    }
    case Call::Kind::Remove: {
      auto const name = name_of(call.path);
      return change({name, std::nullopt, newest_names_.at(name)});
    }
    case Call::Kind::MakeDirectory:
      if (!call.path.empty()) change({std::nullopt, name_of(call.path), {true, directories_++}});
      return;
    case Call::Kind::Open:
      return;
  }
}

bool Platter::is_certain() const {
  return open_names_.empty() && std::ranges::all_of(files_, [](File const& file) {
           return file.open.empty() && file.certain.size() == file.newest.size();
         });
}

Image Platter::cut(Loss const& loss, Dice& dice) const {
  Image image;
  auto const names = names_left(loss, dice);
  std::function<void(std::size_t, std::string const&)> const walk = [&](std::size_t directory, std::string const& at) {
    for (auto entry = names.lower_bound({directory, ""}); entry != names.end(); ++entry) {
      auto const& [name, node] = *entry;
      if (name.directory != directory) break;
      auto const path = at + name.text;
      mix(image.identity, std::hash<std::string>{}(path));
      image.entries.push_back({path, node.is_directory, {}});
      if (node.is_directory) {
        walk(node.number, path + "/");
      } else {
        mix(image.identity, node.number);
        image.entries.back().bytes = bytes_left(files_[node.number], loss, dice, image.identity);
      }
    }
  };
  walk(0, "");
  return image;
}

// ---- On a real file system ---------------------------------------------------------------------------------------

Image Image::of(fs::path const& directory) {
  Image image;
  for (auto const& found : fs::recursive_directory_iterator{directory}) {
    Entry entry{found.path().lexically_relative(directory).string(), found.is_directory(), {}};
    if (!entry.is_directory) {
      std::ifstream file{found.path(), std::ios::binary};
      entry.bytes.assign(std::istreambuf_iterator<char>{file}, {});
    }
    image.entries.push_back(std::move(entry));
  }
  std::ranges::sort(image.entries, {}, &Entry::path);
  return image;
}

void Image::put_into(fs::path const& directory) const {
  std::error_code ignored;
  fs::remove_all(directory, ignored);
  fs::create_directories(directory);
  for (auto const& entry : entries) {
    if (entry.is_directory) {
      fs::create_directory(directory / entry.path);
    } else {
      std::ofstream{directory / entry.path, std::ios::binary}.write(entry.bytes.data(),
                                                                    static_cast<std::streamsize>(entry.bytes.size()));
    }
  }
}

}  // namespace faults
