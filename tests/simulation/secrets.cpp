// See the header.
#include "tests/simulation/secrets.h"

#include <algorithm>
#include <cstring>

namespace simulation {
namespace {

using engine::Money;

// Little-endian, as engine/bytes.h writes it.
std::int64_t number_at(std::string_view bytes, std::size_t place) {
  std::uint64_t bits = 0;
  for (std::size_t i = 8; i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(bytes[place + i]);
  return static_cast<std::int64_t>(bits);
}

}  // namespace

void Secrets::drew(Money secret) {
  if (has_face(secret)) drawn_.insert(secret.in_fen());
}

void Secrets::hide_price(engine::LotId lot, Money price) {
  prices_[lot].push_back(price.in_fen());
}
// Public numbers come back: repeated, bid by others, counted again.
void Secrets::reveal_prices(engine::LotId lot) {
  auto const found = prices_.find(lot);
  if (found == prices_.end()) return;
  for (auto const price : found->second) drawn_.erase(price);
  prices_.erase(found);
}

void Secrets::hide_limit(engine::LotId lot, engine::BidderId bidder, Money limit) {
  limits_[lot].push_back({bidder, limit.in_fen()});
}
void Secrets::reveal_limit(engine::LotId lot, engine::BidderId bidder, Money price) {
  auto const found = limits_.find(lot);
  if (found == limits_.end()) return;
  std::erase_if(found->second,
                [&](Limit const& limit) { return limit.bidder == bidder && limit.fen == price.in_fen(); });
}

std::optional<Money> Secrets::shown_in(std::string_view bytes) const {
  if (prices_.empty() && limits_.empty()) return std::nullopt;
  for (std::size_t place = 0; place + 8 <= bytes.size(); ++place) {
    auto const number = number_at(bytes, place);
    if (!has_face(Money::fen(number))) continue;
    for (auto const& [lot, prices] : prices_) {
      for (auto const price : prices) {
        if (number - near_fen <= price && price <= number + near_fen) return Money::fen(price);
      }
    }
    for (auto const& [lot, limits] : limits_) {
      for (auto const& limit : limits) {
        if (limit.fen == number) return Money::fen(number);
      }
    }
  }
  return std::nullopt;
}

bool Secrets::shows(std::string_view bytes, Money secret) {
  for (std::size_t place = 0; place + 8 <= bytes.size(); ++place) {
    if (number_at(bytes, place) == secret.in_fen()) return true;
  }
  return false;
}

}  // namespace simulation
