// The hand with which a demo supplier signs: a key of its own, registered through the front door as a program of a
// supplier would do it (gateway/PROTOCOL.md, "Signed bids").
//
// The private half is nowhere but in memory: a demo that begins again registers another.
//
// Thread: one; making it blocks for requests. Failure: the request and its answer, or OpenSSL's.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/client/message.h"
#include "tools/client/signer.h"
#include "tools/demo/office.h"

namespace demo {

class SigningHand {
 public:
  static engine::Result<SigningHand> make(Office& office, Player const& supplier);
  SigningHand(ebb_client::Signer signer, Office::Registered registered, std::string org);

  // `price` with two decimals; `key` of the bid.
  engine::Result<ebb_client::BidSignature> sign(std::string const& lot, std::string const& price,
                                                std::string const& key) const;

 private:
  ebb_client::Signer signer_;
  Office::Registered registered_;
  std::string org_;
};

}  // namespace demo
