// The fold over all lots, and the gallery as bytes (persistence/FORMAT.md, "Pictures"). See gallery.h.
#include "gateway/gallery.h"

#include <algorithm>
#include <utility>

#include "engine/bytes.h"
#include "engine/check.h"

namespace gateway {
namespace {

// Raised when the bytes of a picture change, and when a picture folds the same events into something else: what was
// saved before is then not read, and the journal is folded again.

}  // namespace

void Gallery::publish(std::unique_ptr<engine::Turn const> turn) {
  begin();
  for (auto const& one : turn->decided) {
    for (auto i = one.first_event; i < one.last_event; ++i) fold(turn->events[i], one.leaf);
  }
  for (auto* const picture : changed_) settle(*picture, turn->decided.back().at);
}

void Gallery::begin() {
  changed_.clear();
  hung_.clear();
}

Picture* Gallery::fold(engine::Event const& event, engine::Leaf const& leaf) {
  if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event)) {
    auto const [at, is_new] = pictures_.try_emplace(scheduled->lot, Picture{*scheduled});
    auto& picture = at->second.picture;
    if (!is_new) return &picture;
    number(at->second);
    hung_.push_back(&picture);
    return &picture;
  }
  auto const found = pictures_.find(lot_of(event));
  if (found == pictures_.end()) return nullptr;
  auto& [picture, is_changed, is_counted_over] = found->second;
  picture.fold(event, leaf);
  if (!std::exchange(is_changed, true)) changed_.push_back(&picture);
  return &picture;
}

Picture* Gallery::settle(Picture& changed, engine::Instant at) {
  auto& it = *by_number_[changed.number()];
  it.picture.settle(at);
  it.is_changed = false;
  if (!it.picture.is_over() || std::exchange(it.is_counted_over, true)) return nullptr;
  over_.push_back(it.picture.lot());
  if (over_.size() <= kept_whole) return nullptr;
  auto& oldest = pictures_.at(over_.front()).picture;
  over_.pop_front();
  oldest.shed();
  return &oldest;
}

void Gallery::number(Hung& newest) {
  newest.picture.hang(by_number_.size());
  by_number_.push_back(&newest);
}

Picture* Gallery::find(engine::LotId lot) {
  auto const found = pictures_.find(lot);
  return found == pictures_.end() ? nullptr : &found->second.picture;
}

// ---- As bytes -------------------------------------------------------------------------------------------------------

void Gallery::save(TakePiece const& take) const {
  std::vector<engine::LotId> lots;
  lots.reserve(pictures_.size());
  for (auto const& [lot, it] : pictures_) lots.push_back(lot);
  std::ranges::sort(lots);

  engine::ByteWriter bytes;
  bytes.put(Picture::bytes_version)
      .put(static_cast<std::uint32_t>(lots.size()))
      .put(static_cast<std::uint32_t>(over_.size()));
  for (auto const lot : over_) bytes.put(lot);
  take(bytes.view());
  for (auto const lot : lots) {
    auto const& it = pictures_.at(lot);
    CHECK(!it.is_changed);
    bytes.clear();
    it.picture.save(bytes);
    take(bytes.view());
  }
}

bool Gallery::load(std::string_view piece) {
  switch (loaded_) {
    case Loaded::Nothing:
      return load_list(piece);
    case Loaded::List:
      return load_picture(piece);
  }
  UNREACHABLE();
}

bool Gallery::is_whole() const {
  return loaded_ == Loaded::List && pictures_.size() == announced_;
}

bool Gallery::load_list(std::string_view piece) {
  engine::ByteReader from{piece};
  version_ = from.get<std::uint16_t>();
  if (!pictures_.empty() || version_ == 0 || version_ > Picture::bytes_version) return false;
  announced_ = from.get<std::uint32_t>();
  auto const over = from.get<std::uint32_t>();
  if (over > kept_whole || over > announced_) return false;
  for (std::uint32_t i = 0; i < over; ++i) over_.push_back(from.get<engine::LotId>());
  loaded_ = Loaded::List;
  return from.finished() && (announced_ > 0 || count_over());
}

bool Gallery::load_picture(std::string_view piece) {
  engine::ByteReader from{piece};
  auto picture = Picture::load(from, version_);
  if (!picture || !from.finished() || picture->lot() <= last_loaded_ || pictures_.size() == announced_) return false;
  last_loaded_ = picture->lot();
  number(pictures_.try_emplace(last_loaded_, std::move(*picture)).first->second);
  return pictures_.size() < announced_ || count_over();
}

// With all of them there: the line of those that are over names each of them that is whole, once.
bool Gallery::count_over() {
  for (auto const lot : over_) {
    auto const found = pictures_.find(lot);
    if (found == pictures_.end() || std::exchange(found->second.is_counted_over, true)) return false;
    if (!found->second.picture.is_over() || found->second.picture.is_shed()) return false;
  }
  for (auto& [lot, it] : pictures_) {
    if (it.picture.is_shed()) it.is_counted_over = true;
    if (it.picture.is_over() != it.is_counted_over) return false;
  }
  return true;
}

}  // namespace gateway
