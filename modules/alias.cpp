// The drawing of aliases; see alias.h. Pure.
#include "modules/alias.h"

#include <algorithm>

#include "engine/limits.h"
#include "modules/hash.h"
#include "modules/text.h"

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

std::optional<std::uint16_t> read_alias(std::string_view text) {
  if (!text.starts_with('S')) return std::nullopt;
  auto const place = read_number(text.substr(1));
  if (!place || *place > engine::limits::bidders_a_lot) return std::nullopt;
  return static_cast<std::uint16_t>(*place);
}

}  // namespace modules
