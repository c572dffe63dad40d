// What a client says over the socket: text to a value, or a precise fault.
//
// This is step 2 of a bid's path and the only place where a price is read from text: no number of JSON is ever taken
// for money. A message is walked once, member by member; unknown, duplicate and misplaced members are refused, every
// value is read to its end. What the rules must judge (zero, negative, above the ceiling) is decoded and left to them.
//
// Thread: one at a time; a decoder keeps its buffers, so give one to each io thread. Failure: `Rejected`.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/command.h"
#include "gateway/stream.h"
#include "modules/module.h"

namespace gateway {

struct Subscribe {
  std::string id;
  std::vector<engine::InquiryId> inquiries;
  std::vector<Position> resume;
};
struct Unsubscribe {
  std::string id;
  std::vector<engine::InquiryId> inquiries;
};
struct Bid {
  engine::LotId lot;
  engine::Money price;
  engine::BidKey key;
  engine::Consent consent = engine::Consent::NotGiven;
  std::optional<engine::Signature> signature;
};
struct Ask {
  engine::LotId lot;
  engine::BidKey key;
};
struct Withdraw {
  std::string id;
  engine::LotId lot;
};
struct SetProxy {
  std::string id;
  engine::LotId lot;
  engine::Money limit;
  engine::Money step;
};
struct CancelProxy {
  std::string id;
  engine::LotId lot;
};
struct TimeProbe {
  std::string t0;  // the JSON number as it was sent
};
using Incoming = std::variant<Subscribe, Unsubscribe, Bid, Ask, TimeProbe, Withdraw, SetProxy, CancelProxy>;

// Not understood, or against a rule that needs no engine to see. `id` and `key` are echoed where they could be read.
struct Rejected {
  std::string id;
  std::string key;
  std::variant<modules::Malformed, engine::Refusal> why;
};

class Decoder {
 public:
  Decoder();
  ~Decoder();
  Decoder(Decoder&&) noexcept;

  // `text` is one message of at most limits::websocket_message_bytes_max bytes.
  std::expected<Incoming, Rejected> decode(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// Texts of the protocol; nothing: not one.
std::optional<engine::InquiryId> read_inquiry(std::string_view text);  // "12"
std::optional<engine::BidKey> read_key(std::string_view text);         // 1-36 of [A-Za-z0-9._-]
std::string_view text_of(engine::BidKey const& key);

}  // namespace gateway
