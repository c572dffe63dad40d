// The book of open connections.
#include "gateway/connections.h"

#include <utility>
#include <vector>

namespace gateway {

void Connections::enter(std::uint64_t number, std::weak_ptr<Connection> connection) {
  std::lock_guard const guard(lock_);
  open_.emplace(number, std::move(connection));
}

void Connections::leave(std::uint64_t number) {
  std::lock_guard const guard(lock_);
  open_.erase(number);
}

void Connections::stop_all() {
  std::vector<std::shared_ptr<Connection>> open;
  {
    std::lock_guard const guard(lock_);
    for (auto const& [number, weak] : open_) {
      if (auto connection = weak.lock()) open.push_back(std::move(connection));
    }
  }
  for (auto const& connection : open) connection->stop();
}

std::size_t Connections::count() const {
  std::lock_guard const guard(lock_);
  return open_.size();
}

}  // namespace gateway
