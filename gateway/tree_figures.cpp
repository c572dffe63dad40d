// See the header.
#include "gateway/tree_figures.h"

#include <algorithm>

namespace gateway {

TreeFigures::TreeFigures(Metrics& metrics, engine::TransparencyLog const& transparency, engine::Clock& clock)
    : transparency_(transparency),
      clock_(clock),
      not_signed_(metrics.counter("ebb_tree_failures_total", "Ends of the transparency log until the next start")),
      not_published_(
          metrics.counter("ebb_tree_publish_failures_total", "Rows of failures to bring a head to its second place")) {
  metrics.gauge("ebb_tree_head_size", "Commands that the newest signed head covers; 0: there is none",
                [this] { return size(); });
  metrics.gauge("ebb_tree_head_age_ms", "Since the newest head was signed; 0: there is none",
                [this] { return age_ms(); });
  metrics.gauge("ebb_tree_commands_without_head", "Durable commands that no signed head covers yet",
                [this] { return without_head(); });
}

std::int64_t TreeFigures::size() const {
  auto const head = transparency_.head();
  return head ? static_cast<std::int64_t>(head->size) : 0;
}

std::int64_t TreeFigures::age_ms() const {
  auto const head = transparency_.head();
  return head ? std::max<std::int64_t>(0, engine::in_millis(clock_.now()) - engine::in_millis(head->at)) : 0;
}

// A head may cover what was committed before this was told of its first command.
std::int64_t TreeFigures::without_head() const {
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(committed_.load(std::memory_order_relaxed)) - size());
}

}  // namespace gateway
