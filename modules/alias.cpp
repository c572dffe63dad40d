// The drawing of aliases; see alias.h. Pure.
#include "modules/alias.h"

#include <algorithm>

#include "modules/hash.h"

namespace modules {

std::vector<engine::Admitted> drawn(engine::LotId lot, std::uint64_t entropy, std::vector<engine::Admitted> admitted) {
  auto const lottery = [&](engine::Admitted const& bidder) {
    return std::pair{mixed(mixed(entropy ^ mixed(lot.number())) ^ mixed(~bidder.bidder.number())), bidder.bidder};
  };
  std::ranges::sort(admitted, {}, lottery);
  return admitted;
}

std::string alias_text(std::size_t index) {
  return 'S' + std::to_string(index + 1);
}

}  // namespace modules
