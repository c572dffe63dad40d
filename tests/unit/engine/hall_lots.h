// Lots of one inquiry as the tests of the hall open them: two bidders, a minute, from a time after noon.
#pragma once

#include <string>

#include "tests/unit/engine/told.h"

namespace engine::test {

inline Instant after(std::int64_t millis) {
  return noon + Duration{millis};
}
inline LotId lot(std::uint8_t place) {
  return lot_id(InquiryId{7}, place);
}
inline OpenLot opening(std::uint8_t place, std::int64_t opens_after) {
  return {lot(place), reverse_rules(), after(opens_after), {{anna, {}}, {bert, {}}}};
}
inline PlaceBid bid_in(std::uint8_t place, BidderId bidder, std::int64_t fen, std::string const& key) {
  return {lot(place), bidder, buyer, Money::fen(fen), key_of(key), Consent::Given};
}

}  // namespace engine::test
