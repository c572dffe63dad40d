// See the header.
#include "tools/demo/signing_hand.h"

namespace demo {

using engine::Result;

Result<SigningHand> SigningHand::make(Office& office, Player const& supplier) {
  auto signer = ebb_client::Signer::make(ebb_client::Signer::Algorithm::EcdsaP256);
  if (!signer) return std::unexpected(signer.error());
  auto registered = office.register_key(supplier, signer->public_key());
  if (!registered) return std::unexpected(registered.error());
  return SigningHand{std::move(*signer), std::move(*registered), supplier.org};
}

SigningHand::SigningHand(ebb_client::Signer signer, Office::Registered registered, std::string org)
    : signer_(std::move(signer)), registered_(std::move(registered)), org_(std::move(org)) {}

Result<ebb_client::BidSignature> SigningHand::sign(std::string const& lot, std::string const& price,
                                                   std::string const& key) const {
  auto const bytes = signer_.sign(ebb_client::signed_text(
      {.house = registered_.house, .lot = lot, .org = org_, .price = price, .key = key, .is_confirmed = false}));
  if (!bytes) return std::unexpected(bytes.error());
  return ebb_client::BidSignature{registered_.id, ebb_client::in_hexadecimal(*bytes)};
}

}  // namespace demo
