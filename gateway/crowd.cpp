// Seats, and serving them slice by slice. See crowd.h.
#include "gateway/crowd.h"

#include <algorithm>

#include "engine/check.h"

namespace gateway {

void Crowd::seat(Listener& listener, std::uint64_t next) {
  auto const chair = std::ranges::find(listener.chairs, this, &Listener::Chair::crowd);
  if (chair != listener.chairs.end()) {
    seats_[chair->seat].next = next;
    return;
  }
  seats_.push_back({&listener, static_cast<std::uint32_t>(listener.chairs.size()), next});
  listener.chairs.push_back({this, static_cast<std::uint32_t>(seats_.size() - 1)});
}

void Crowd::unseat(Listener& listener) {
  auto const chair = std::ranges::find(listener.chairs, this, &Listener::Chair::crowd);
  if (chair != listener.chairs.end()) remove(chair->seat);
}

void Crowd::unseat_everywhere(Listener& listener) {
  while (!listener.chairs.empty()) listener.chairs.back().crowd->remove(listener.chairs.back().seat);
}

void Crowd::remove(std::uint32_t seat) {
  auto const leaving = seats_[seat];
  auto& chairs = leaving.listener->chairs;
  CHECK(chairs[leaving.chair].crowd == this && chairs[leaving.chair].seat == seat);
  // The last of each list takes the free place, and its other half is told.
  chairs[leaving.chair] = chairs.back();
  chairs.pop_back();
  if (leaving.chair < chairs.size()) {
    auto const& moved = chairs[leaving.chair];
    moved.crowd->seats_[moved.seat].chair = leaving.chair;
  }
  seats_[seat] = seats_.back();
  seats_.pop_back();
  if (seat < seats_.size()) {
    seats_[seat].listener->chairs[seats_[seat].chair].seat = seat;
    // It may have come from behind the cursor to before it.
    if (seat < cursor_) again_ = true;
  }
}

void Crowd::serve_again() {
  if (cursor_ >= seats_.size())
    cursor_ = 0;
  else if (cursor_ > 0)
    again_ = true;
}

std::size_t Crowd::pump(std::size_t deliveries, std::vector<std::uint64_t>& lost) {
  while (deliveries > 0 && !is_served()) {
    if (cursor_ >= seats_.size()) {
      cursor_ = 0;
      again_ = false;
    }
    for (; cursor_ < seats_.size() && deliveries > 0; ++cursor_) {
      auto& seat = seats_[cursor_];
      --deliveries;  // looking costs as well
      if (seat.next < stream_.oldest_kept()) {
        lost.push_back(seat.listener->client->number());
        seat.next = stream_.head() + 1;
      }
      for (; seat.next <= stream_.head(); ++seat.next) seat.listener->client->deliver(stream_.find(seat.next));
    }
  }
  return deliveries;
}

}  // namespace gateway
