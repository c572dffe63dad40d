// Merging an update: a member replaces the one before, `null` takes it away, and the two growing lists grow.
#include "tools/client/picture.h"

#include <fmt/format.h>

namespace ebb_client {
namespace {

constexpr std::size_t faults_kept = 20;  // the first ones tell the story

bool is_growing_list(std::string_view name) {
  return name == "bids" || name == "receipts";
}

// Puts the entries of one JSON array behind those of another, in place: such a list grows with every bid.
void append(std::string& list, std::string const& more) {
  if (more.size() <= 2) return;
  if (list.size() <= 2) {
    list = more;
    return;
  }
  list.back() = ',';
  list.append(more, 1);
}

}  // namespace

void Picture::take(Snapshot const& snapshot) {
  // Within one life of the server a snapshot may jump ahead (a gap too long to fill), never back.
  if (position_ && position_->epoch == snapshot.position.epoch && snapshot.position.offset < position_->offset &&
      faults_.size() < faults_kept)
    faults_.push_back(fmt::format("{}: snapshot at {} after {}", snapshot.position.stream, snapshot.position.offset,
                                  position_->offset));
  position_ = snapshot.position;
  members_.clear();
  for (auto const& [name, value] : snapshot.lot) members_[name] = value;
  members_.erase("leads");
  ++snapshots_;
}

void Picture::take(Update const& update) {
  ++updates_;
  if (!position_) {
    if (faults_.size() < faults_kept) faults_.push_back(fmt::format("{}: update before a snapshot", update.stream));
    return;
  }
  if (update.offset != position_->offset + 1 && faults_.size() < faults_kept)
    faults_.push_back(fmt::format("{}: {} at {} after {}", update.stream,
                                  update.offset <= position_->offset ? "repeat" : "gap", update.offset,
                                  position_->offset));
  position_->offset = update.offset;
  for (auto const& [name, value] : update.changed) merge(name, value);
}

void Picture::merge(std::string const& name, std::string const& value) {
  if (value == "null") {
    members_.erase(name);
    return;
  }
  auto& kept = members_[name];
  if (is_growing_list(name)) {
    append(kept, value);
  } else {
    kept = value;
  }
}

std::string const* Picture::find(std::string_view name) const {
  auto const found = members_.find(name);
  return found == members_.end() ? nullptr : &found->second;
}

std::string Picture::text(std::string_view name) const {
  auto const* value = find(name);
  if (value == nullptr) return {};
  if (value->size() >= 2 && value->front() == '"') return value->substr(1, value->size() - 2);
  return *value;
}

}  // namespace ebb_client
