// Aliases of bidders in a lot; see alias.h. Pure.
#include "modules/alias.h"

#include <algorithm>
#include <numeric>

#include "modules/hash.h"

namespace modules {

std::vector<std::uint16_t> aliases(engine::LotId lot, std::span<engine::Admitted const> admitted) {
  auto lottery = [&](std::size_t i) { return mixed(mixed(lot.number() + 1) ^ mixed(~admitted[i].bidder.number())); };
  std::vector<std::size_t> order(admitted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair{lottery(a), admitted[a].bidder} < std::pair{lottery(b), admitted[b].bidder};
  });
  std::vector<std::uint16_t> numbers(admitted.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    numbers[order[place]] = static_cast<std::uint16_t>(place + 1);
  }
  return numbers;
}

std::string alias_text(std::uint16_t number) {
  return 'S' + std::to_string(number);
}

}  // namespace modules
