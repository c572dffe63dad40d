// Ids that cannot be mixed: a lot is not a bidder, and neither is a number.
//
// Zero is never given out: it means "nobody" or "nothing", as in a seq before the first.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace engine {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::uint64_t number) : number_(number) {}
  constexpr std::uint64_t number() const { return number_; }
  constexpr bool is_given() const { return number_ != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint64_t number_ = 0;
};

using InquiryId = Id<struct InquiryTag>;
using LotId = Id<struct LotTag>;     // (inquiry << 8) | place in the inquiry, from 1: see lot_id()
using BidderId = Id<struct OrgTag>;  // the supplier's organisation: two people of one supplier are one bidder
using OrgId = BidderId;              // every bidder is an organisation; not every organisation is a bidder
using PersonId = Id<struct PersonTag>;
using SessionId = Id<struct SessionTag>;
using SigningKeyId = Id<struct SigningKeyTag>;  // a public key that a supplier registered
using Seq = Id<struct SeqTag>;                  // the place of a command in the journal: dense, from 1

constexpr Seq next(Seq seq) {
  return Seq{seq.number() + 1};
}

constexpr LotId lot_id(InquiryId inquiry, std::uint8_t place) {
  return LotId{(inquiry.number() << 8) | place};
}
constexpr InquiryId inquiry_of(LotId lot) {
  return InquiryId{lot.number() >> 8};
}
constexpr std::uint8_t place_of(LotId lot) {
  return static_cast<std::uint8_t>(lot.number() & 0xff);
}

}  // namespace engine

template <class Tag>
struct std::hash<engine::Id<Tag>> {
  std::size_t operator()(engine::Id<Tag> id) const noexcept { return std::hash<std::uint64_t>{}(id.number()); }
};
