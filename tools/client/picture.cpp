// Merging an update: a member replaces the one before, `null` takes it away, and the two growing lists grow.
#include "tools/client/picture.h"

#include <fmt/format.h>

namespace ebb_client {
namespace {

constexpr std::size_t faults_kept = 20;  // the first ones tell the story

bool is_growing_list(std::string_view name) {
  return name == "bids" || name == "receipts";
}

// Two JSON arrays as text, one behind the other.
std::string joined(std::string const& head, std::string const& tail) {
  if (head.size() <= 2) return tail;
  if (tail.size() <= 2) return head;
  return head.substr(0, head.size() - 1) + "," + tail.substr(1);
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
  kept = is_growing_list(name) ? joined(kept, value) : value;
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
