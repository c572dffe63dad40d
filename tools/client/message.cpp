// Reading with simdjson's DOM: it validates the whole text before the first look, which On-Demand does not.
#include "tools/client/message.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

namespace ebb_client {
namespace {

namespace dom = simdjson::dom;

std::string text_of(dom::object const& object, std::string_view name) {
  std::string_view value;
  if (object[name].get(value) != simdjson::SUCCESS) return {};
  return std::string{value};
}

std::uint64_t count_of(dom::object const& object, std::string_view name) {
  std::uint64_t value = 0;
  if (object[name].get(value) == simdjson::SUCCESS) return value;
  // A count beyond 2^53 may come as text, as ids do.
  std::string_view digits;
  if (object[name].get(digits) != simdjson::SUCCESS) return 0;
  for (char const digit : digits) {
    if (digit < '0' || digit > '9') return 0;
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

bool is_true(dom::object const& object, std::string_view name) {
  bool value = false;
  return object[name].get(value) == simdjson::SUCCESS && value;
}

// Milliseconds, perhaps with decimals, as whole microseconds.
std::int64_t micros_of(dom::object const& object, std::string_view name) {
  double millis = 0;
  if (object[name].get(millis) != simdjson::SUCCESS) return 0;
  return std::llround(millis * 1000.0);
}

Members members_of(dom::object const& object, std::initializer_list<std::string_view> besides) {
  Members members;
  for (auto const field : object) {
    bool skipped = false;
    for (auto const name : besides) skipped = skipped || field.key == name;
    if (!skipped) members.emplace_back(std::string{field.key}, simdjson::minify(field.value));
  }
  return members;
}

Snapshot snapshot_of(dom::object const& object) {
  Snapshot snapshot{{text_of(object, "stream"), text_of(object, "epoch"), count_of(object, "offset")}, {}};
  dom::object lot;
  if (object["lot"].get(lot) == simdjson::SUCCESS) snapshot.lot = members_of(lot, {});
  return snapshot;
}

Update update_of(dom::object const& object) {
  Update update{text_of(object, "stream"), count_of(object, "offset"), text_of(object, "at"), {}};
  dom::object lot;
  if (object["lot"].get(lot) == simdjson::SUCCESS) {
    update.changed = members_of(lot, {});
  } else {
    update.changed = members_of(object, {"type", "stream", "epoch", "offset", "at"});
  }
  return update;
}

Receipt receipt_of(dom::object const& object) {
  Receipt receipt;
  receipt.lot = text_of(object, "lot");
  receipt.key = text_of(object, "key");
  receipt.outcome = text_of(object, "outcome") == "accepted" ? Outcome::Accepted : Outcome::Refused;
  receipt.repetition = is_true(object, "repeated") ? Repetition::Repeated : Repetition::First;
  receipt.seq = count_of(object, "seq");
  receipt.at = text_of(object, "at");
  receipt.attempt = static_cast<std::uint32_t>(count_of(object, "attempt"));
  std::uint64_t rank = 0;
  if (object["rank"].get(rank) == simdjson::SUCCESS) receipt.rank = static_cast<std::uint32_t>(rank);
  dom::object problem;
  if (object["problem"].get(problem) == simdjson::SUCCESS) receipt.code = text_of(problem, "code");
  return receipt;
}

Problem problem_of(dom::object const& object) {
  Problem problem{text_of(object, "id"), text_of(object, "key"), text_of(object, "lot"), {}, 0, {}};
  dom::object inner;
  dom::object const& detail = object["problem"].get(inner) == simdjson::SUCCESS ? inner : object;
  problem.code = text_of(detail, "code");
  problem.status = static_cast<int>(count_of(detail, "status"));
  problem.title = text_of(detail, "title");
  return problem;
}

Subscribed subscribed_of(dom::object const& object) {
  Subscribed subscribed{text_of(object, "id"), {}};
  dom::array streams;
  if (object["streams"].get(streams) != simdjson::SUCCESS) return subscribed;
  for (auto const stream : streams) {
    std::string_view name;
    if (stream.get(name) == simdjson::SUCCESS) subscribed.streams.emplace_back(name);
  }
  return subscribed;
}

Heard heard_of(dom::object const& object) {
  auto const type = text_of(object, "type");
  if (type == "update") return update_of(object);
  if (type == "receipt") return receipt_of(object);
  if (type == "snapshot") return snapshot_of(object);
  if (type == "subscribed") return subscribed_of(object);
  if (type == "unsubscribed") return Unsubscribed{text_of(object, "id")};
  if (type == "unknown_key") return UnknownKey{text_of(object, "lot"), text_of(object, "key")};
  if (type == "time") return TimeAnswer{micros_of(object, "t0"), micros_of(object, "t1"), micros_of(object, "t2")};
  if (type == "problem") return problem_of(object);
  if (type == "hello") return Hello{text_of(object, "server_time"), text_of(object, "session")};
  return Other{type};
}

}  // namespace

struct Decoder::Parser {
  dom::parser dom;
};

Decoder::Decoder() : parser_(std::make_unique<Parser>()) {}
Decoder::~Decoder() = default;

engine::Result<Heard> Decoder::decode(std::string_view text) {
  dom::object object;
  auto const error = parser_->dom.parse(text.data(), text.size()).get(object);
  if (error != simdjson::SUCCESS)
    return std::unexpected(engine::Failure{
        fmt::format("not a JSON object ({}): {}", simdjson::error_message(error), text.substr(0, 200))});
  return heard_of(object);
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::string subscribe_text(std::string_view id, std::vector<std::string> const& inquiries,
                           std::vector<Position> const& resume) {
  auto out = fmt::format(R"({{"type":"subscribe","id":{},"inquiries":[)", json_text(id));
  for (auto const& inquiry : inquiries) out += json_text(inquiry) + ",";
  if (!inquiries.empty()) out.pop_back();
  out += ']';
  if (!resume.empty()) {
    out += R"(,"resume":[)";
    for (auto const& at : resume)
      out += fmt::format(R"({{"stream":{},"epoch":{},"offset":{}}},)", json_text(at.stream), json_text(at.epoch),
                         at.offset);
    out.back() = ']';
  }
  return out += '}';
}

std::string unsubscribe_text(std::string_view id, std::string_view inquiry) {
  return fmt::format(R"({{"type":"unsubscribe","id":{},"inquiries":[{}]}})", json_text(id), json_text(inquiry));
}

std::string bid_text(std::string_view lot, std::string_view price, std::string_view key, Consent consent,
                     std::optional<BidSignature> const& signature) {
  auto out = fmt::format(R"({{"type":"bid","lot":"{}","price":"{}","key":"{}")", lot, price, key);
  if (consent == Consent::Given) out += R"(,"confirm":true)";
  if (signature) out += fmt::format(R"(,"signature":{{"key":"{}","value":"{}"}})", signature->key, signature->value);
  return out += '}';
}

std::string ask_text(std::string_view lot, std::string_view key) {
  return fmt::format(R"({{"type":"ask","lot":"{}","key":"{}"}})", lot, key);
}

std::string time_text(std::int64_t t0_us) {
  return fmt::format(R"({{"type":"time","t0":{}.{:03}}})", t0_us / 1000, t0_us % 1000);
}

}  // namespace ebb_client
