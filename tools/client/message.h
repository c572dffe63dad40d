// What the server says over the live socket, as values, and what we say to it, as text (gateway/PROTOCOL.md).
//
// The client reads leniently where the server writes strictly: members it does not know are kept in the picture or
// ignored, so that an older client survives a newer server.
//
// Thread: a Decoder belongs to one thread. Failure: as engine::Result; nothing is thrown.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/ports.h"

namespace ebb_client {

// Members of a picture by name, each value as compact JSON text.
using Members = std::vector<std::pair<std::string, std::string>>;

// Where a client stands in a stream.
struct Position {
  std::string stream;  // "12-1/public"
  std::string epoch;
  std::uint64_t offset = 0;
};

struct Hello {
  std::string server_time;
  std::string session;
};
struct Subscribed {
  std::string id;
  std::vector<std::string> streams;
};
struct Unsubscribed {
  std::string id;
};
struct Snapshot {
  Position position;
  Members lot;
};
struct Update {
  std::string stream;
  std::uint64_t offset = 0;
  std::string at;
  Members changed;
};

enum class Outcome : std::uint8_t { Accepted = 1, Refused = 2 };
enum class Repetition : std::uint8_t { First = 0, Repeated = 1 };
struct Receipt {
  std::string lot;
  std::string key;
  Outcome outcome = Outcome::Refused;
  Repetition repetition = Repetition::First;
  std::uint64_t seq = 0;
  std::string at;
  std::uint32_t attempt = 0;
  std::optional<std::uint32_t> rank;
  std::string code;  // of the refusal: "DECREMENT_TOO_SMALL"
};
struct UnknownKey {
  std::string lot;
  std::string key;
};
struct TimeAnswer {
  std::int64_t t0_us = 0;
  std::int64_t t1_us = 0;
  std::int64_t t2_us = 0;
};
struct Problem {
  std::string id;
  std::string key;
  std::string lot;
  std::string code;
  int status = 0;
  std::string title;
};
struct Other {
  std::string type;
};

using Heard =
    std::variant<Hello, Subscribed, Unsubscribed, Snapshot, Update, Receipt, UnknownKey, TimeAnswer, Problem, Other>;

class Decoder {
 public:
  Decoder();
  ~Decoder();
  Decoder(Decoder const&) = delete;
  Decoder& operator=(Decoder const&) = delete;
  engine::Result<Heard> decode(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// Whether the bidder says "yes, I mean it" to an implausibly low price.
enum class Consent : std::uint8_t { NotGiven = 0, Given = 1 };
// The supplier's own signature over a bid, where the rules ask for one.
struct BidSignature {
  std::string key;    // number of the signing key
  std::string value;  // r and s in hexadecimal
};

std::string subscribe_text(std::string_view id, std::vector<std::string> const& inquiries,
                           std::vector<Position> const& resume);
std::string unsubscribe_text(std::string_view id, std::string_view inquiry);
std::string bid_text(std::string_view lot, std::string_view price, std::string_view key, Consent consent,
                     std::optional<BidSignature> const& signature = {});
std::string ask_text(std::string_view lot, std::string_view key);
std::string time_text(std::int64_t t0_us);
// A JSON string with its quotes.
std::string json_text(std::string_view text);

}  // namespace ebb_client
