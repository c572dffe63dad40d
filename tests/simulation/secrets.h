// What nobody may see yet, and the search for it: hidden prices until their stage ends, limits of proxies for ever.
//
// The day draws such numbers with a face: so large and so random that none of them turns up by chance, and far from
// any time. An event is searched in its canonical bytes, which hold everything it says, figures included; numbers near
// a hidden price count as it, so that a price less a step is recognised too.
//
// Thread: one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/ids.h"
#include "engine/money.h"

namespace simulation {

// Hidden prices are kept farther than this from every public number that they follow from.
inline constexpr std::int64_t near_fen = 999;
// Large enough to be recognised, and no time in milliseconds of this century.
constexpr bool has_face(engine::Money price) {
  constexpr std::int64_t least = 30'000'000'000;
  constexpr std::int64_t times_from = 1'700'000'000'000;
  constexpr std::int64_t times_to = 2'000'000'000'000;
  auto const fen = price.in_fen();
  return fen >= least && (fen < times_from || fen > times_to);
}

class Secrets {
 public:
  // A number was drawn in secret; only such ones are hunted, and only if they have a face.
  void drew(engine::Money secret);
  void forget(engine::Money secret) { drawn_.erase(secret.in_fen()); }
  bool is_drawn(engine::Money price) const { return drawn_.contains(price.in_fen()); }

  void hide_price(engine::LotId lot, engine::Money price);
  void reveal_prices(engine::LotId lot);  // the stage is over
  void hide_limit(engine::LotId lot, engine::BidderId bidder, engine::Money limit);
  void reveal_limit(engine::LotId lot, engine::BidderId bidder, engine::Money price);  // bid at exactly this

  // The secret that shows in these bytes; none, as it should be.
  std::optional<engine::Money> shown_in(std::string_view bytes) const;
  // Whether the bytes hold exactly this number, at whatever place.
  static bool shows(std::string_view bytes, engine::Money secret);

 private:
  struct Limit {
    engine::BidderId bidder;
    std::int64_t fen;
  };
  std::unordered_set<std::int64_t> drawn_;
  std::map<engine::LotId, std::vector<std::int64_t>> prices_;
  std::map<engine::LotId, std::vector<Limit>> limits_;
};

}  // namespace simulation
