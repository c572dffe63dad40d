// The one loop over a message. See wire.h, and json_reader.cpp for why it is a loop and not look-ups.
#include "gateway/wire.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/check.h"
#include "engine/limits.h"
#include "gateway/json_reader.h"
#include "gateway/live_refusals.h"
#include "modules/text.h"

namespace gateway {
namespace {

namespace limits = engine::limits;
namespace ondemand = simdjson::ondemand;
using modules::Malformed;

// Every member there is; a message is told by its set of them.
enum Member : std::uint16_t {
  Type = 1 << 0,
  Id = 1 << 1,
  Inquiries = 1 << 2,
  Resume = 1 << 3,
  LotName = 1 << 4,
  Price = 1 << 5,
  Key = 1 << 6,
  Confirm = 1 << 7,
  T0 = 1 << 8,
  Limit = 1 << 9,
  Step = 1 << 10,
  SignatureOf = 1 << 11,
};
constexpr std::array<std::pair<std::string_view, Member>, 12> members{{{"type", Type},
                                                                       {"id", Id},
                                                                       {"inquiries", Inquiries},
                                                                       {"resume", Resume},
                                                                       {"lot", LotName},
                                                                       {"price", Price},
                                                                       {"key", Key},
                                                                       {"confirm", Confirm},
                                                                       {"t0", T0},
                                                                       {"limit", Limit},
                                                                       {"step", Step},
                                                                       {"signature", SignatureOf}}};

struct Shape {
  std::string_view type;
  std::uint16_t needed;
  std::uint16_t allowed;
};
constexpr std::array<Shape, 8> shapes{
    {{"bid", Type | LotName | Price | Key, Type | LotName | Price | Key | Confirm | SignatureOf},
     {"time", Type | T0, Type | T0},
     {"ask", Type | LotName | Key, Type | LotName | Key},
     {"subscribe", Type | Id | Inquiries, Type | Id | Inquiries | Resume},
     {"unsubscribe", Type | Id | Inquiries, Type | Id | Inquiries},
     {"withdraw", Type | Id | LotName, Type | Id | LotName},
     {"set_proxy", Type | Id | LotName | Limit | Step, Type | Id | LotName | Limit | Step},
     {"cancel_proxy", Type | Id | LotName, Type | Id | LotName}}};

// What the loop found. Views point into the parser's own memory until its next message.
struct Found {
  std::uint16_t seen = 0;
  std::string_view type, id, price, key_text, t0, limit, step;
  engine::LotId lot;
  engine::BidKey key;
  engine::Consent consent = engine::Consent::NotGiven;
  std::optional<engine::Signature> signature;
  std::vector<engine::InquiryId> inquiries;
  std::vector<Position> resume;
};

// A fault's pointer and detail; empty detail: none.
struct Verdict {
  std::string pointer;
  std::string_view detail;
  explicit operator bool() const { return !detail.empty(); }
};
Verdict fine() {
  return {};
}
Verdict at(std::string_view member, std::string_view detail) {
  return {"/" + std::string(member), detail};
}

constexpr std::string_view not_json = "不是合法的 JSON / not JSON";
constexpr std::string_view want_text = "应为字符串 / expected a string";
constexpr std::string_view want_token = "应为 1-36 个 [A-Za-z0-9._-] 字符 / expected 1-36 characters of [A-Za-z0-9._-]";
constexpr std::string_view want_inquiry = "应为项目编号,如 \"12\" / expected the number of an inquiry, such as \"12\"";
constexpr std::string_view want_lot = "应为标段编号,如 \"12-1\" / expected a lot, such as \"12-1\"";
constexpr std::string_view want_price =
    "应为以元为单位的金额字符串,如 \"98000.00\" / expected yuan as a string, such as \"98000.00\"";
constexpr std::string_view price_too_large = "金额超出平台上限 / more than the platform handles";

std::optional<std::string_view> text_of(ondemand::value& value) {
  std::string_view text;
  if (value.get_string().get(text)) return std::nullopt;
  return text;
}

std::optional<std::string_view> number_of(ondemand::value& value) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && std::string_view{" \t\r\n"}.contains(token.back())) token.remove_suffix(1);
  if (!is_json_number(token)) return std::nullopt;
  return token;
}

// An offset starts at 0, ids do not.
std::optional<std::uint64_t> offset_of(std::string_view text) {
  if (text == "0") return 0;
  return modules::read_number(text);
}

Verdict read_inquiries(ondemand::value& value, Found& found) {
  ondemand::array list;
  if (value.get_array().get(list)) return at("inquiries", "应为数组 / expected an array");
  for (auto entry : list) {
    ondemand::value item;
    if (std::move(entry).get(item)) return at("inquiries", not_json);
    auto const text = text_of(item);
    auto const inquiry = text ? read_inquiry(*text) : std::nullopt;
    if (!inquiry) return at("inquiries/" + std::to_string(found.inquiries.size()), want_inquiry);
    found.inquiries.push_back(*inquiry);
  }
  if (found.inquiries.empty()) return at("inquiries", "至少一个 / at least one");
  return fine();
}

Verdict read_position(ondemand::object object, std::string const& where, Position& position) {
  unsigned seen = 0;
  for (auto entry : object) {
    ondemand::field field;
    std::string_view name;
    if (std::move(entry).get(field) || field.unescaped_key().get(name)) return at(where, not_json);
    auto const bit = name == "stream" ? 1U : name == "epoch" ? 2U : name == "offset" ? 4U : 0U;
    auto const here = where + "/" + std::string(name);
    if (bit == 0) return at(here, "未知的成员 / unknown member");
    if (seen & bit) return at(here, "重复的成员 / duplicate member");
    seen |= bit;
    if (bit == 4) {
      auto const token = number_of(field.value());
      auto const offset = token ? offset_of(*token) : std::nullopt;
      if (!offset) return at(here, "应为非负整数 / expected a whole number");
      position.offset = *offset;
    } else {
      auto const text = text_of(field.value());
      if (!text) return at(here, want_text);
      (bit == 1 ? position.stream : position.epoch) = *text;
    }
  }
  if (seen != 7) return at(where, "需要 stream、epoch 与 offset / needs stream, epoch and offset");
  return fine();
}

Verdict read_resume(ondemand::value& value, Found& found) {
  ondemand::array list;
  if (value.get_array().get(list)) return at("resume", "应为数组 / expected an array");
  for (auto entry : list) {
    auto const where = "resume/" + std::to_string(found.resume.size());
    ondemand::object object;
    if (entry.get_object().get(object)) return at(where, "应为对象 / expected an object");
    if (auto wrong = read_position(object, where, found.resume.emplace_back())) return wrong;
  }
  return fine();
}

Verdict read_token(std::string_view name, ondemand::value& value, std::string_view& into, engine::BidKey& key) {
  auto const text = text_of(value);
  auto const token = text ? read_key(*text) : std::nullopt;
  if (!token) return at(name, want_token);
  into = *text;
  key = *token;
  return fine();
}

Verdict read_amount(std::string_view name, ondemand::value& value, std::string_view& into) {
  auto const text = text_of(value);
  if (!text) return at(name, want_price);
  into = *text;
  return fine();
}

// {"key": "<number of the key>", "value": "<r and s, 64 bytes in hexadecimal>"}
Verdict read_signature(ondemand::value& value, Found& found) {
  ondemand::object object;
  if (value.get_object().get(object)) return at("signature", "应为对象 / expected an object");
  std::optional<std::string_view> key, value_text;
  for (auto entry : object) {
    ondemand::field field;
    std::string_view name;
    if (std::move(entry).get(field) || field.unescaped_key().get(name)) return at("signature", not_json);
    if (name != "key" && name != "value") return at("signature/" + std::string(name), "未知的成员 / unknown member");
    auto& into = name == "key" ? key : value_text;
    if (into) return at("signature/" + std::string(name), "重复的成员 / duplicate member");
    into = text_of(field.value());
    if (!into) return at("signature/" + std::string(name), want_text);
  }
  auto const number = modules::read_number(key.value_or(""));
  if (!number) return at("signature/key", "应为签名密钥编号 / expected the number of a signing key");
  auto& signature = found.signature.emplace();
  signature.key = engine::SigningKeyId{*number};
  auto const bytes = value_text.value_or("");
  auto const half = [](char digit) { return std::string_view{"0123456789abcdef"}.find(digit); };
  auto const is_hex = std::ranges::all_of(bytes, [&](char digit) { return half(digit) != std::string_view::npos; });
  if (bytes.size() != 2 * signature.bytes.size() || !is_hex) {
    return at("signature/value", "应为 64 字节的十六进制(小写)/ expected 64 bytes in hexadecimal, lower case");
  }
  for (std::size_t i = 0; i < signature.bytes.size(); ++i) {
    signature.bytes[i] = static_cast<char>(half(bytes[2 * i]) * 16 + half(bytes[2 * i + 1]));
  }
  return fine();
}

Verdict read_member(Member member, ondemand::value value, Found& found) {
  engine::BidKey unused;
  switch (member) {
    case Type: {
      auto const text = text_of(value);
      if (!text) return at("type", want_text);
      found.type = *text;
      return fine();
    }
    case Id:
      return read_token("id", value, found.id, unused);
    case Key:
      return read_token("key", value, found.key_text, found.key);
    case Inquiries:
      return read_inquiries(value, found);
    case Resume:
      return read_resume(value, found);
    case LotName: {
      auto const text = text_of(value);
      auto const lot = text ? modules::read_lot(*text) : std::nullopt;
      if (!lot) return at("lot", want_lot);
      found.lot = *lot;
      return fine();
    }
    case Price:
      return read_amount("price", value, found.price);
    case Limit:
      return read_amount("limit", value, found.limit);
    case Step:
      return read_amount("step", value, found.step);
    case Confirm: {
      bool truth = false;
      if (value.get_bool().get(truth)) return at("confirm", "应为 true 或 false / expected true or false");
      if (truth) found.consent = engine::Consent::Given;
      return fine();
    }
    case SignatureOf:
      return read_signature(value, found);
    case T0: {
      auto const token = number_of(value);
      if (!token || token->size() > 32) return at("t0", "应为数字 / expected a number");
      found.t0 = *token;
      return fine();
    }
  }
  UNREACHABLE();
}

Verdict read_members(ondemand::document& document, Found& found) {
  ondemand::object object;
  if (document.get_object().get(object)) return {"", "应为 JSON 对象 / expected a JSON object"};
  for (auto entry : object) {
    ondemand::field field;
    std::string_view name;
    if (std::move(entry).get(field) || field.unescaped_key().get(name)) return {"", not_json};
    auto const known = std::ranges::find(members, name, &std::pair<std::string_view, Member>::first);
    if (known == members.end()) return at(name, "未知的成员 / unknown member");
    if (found.seen & known->second) return at(name, "重复的成员 / duplicate member");
    found.seen = static_cast<std::uint16_t>(found.seen | known->second);
    if (auto wrong = read_member(known->second, field.value(), found)) return wrong;
  }
  // Out of bounds is what "nothing is left" looks like; anything else is a tail that would go unread.
  char const* rest = nullptr;
  if (document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS) return {"", not_json};
  return fine();
}

Verdict judge_shape(Found const& found) {
  if (!(found.seen & Type)) return at("type", "缺少成员 / missing");
  auto const shape = std::ranges::find(shapes, found.type, &Shape::type);
  if (shape == shapes.end()) {
    return at("type",
              "应为 subscribe、unsubscribe、bid、ask、withdraw、set_proxy、cancel_proxy 或 time / expected subscribe, "
              "unsubscribe, bid, ask, withdraw, set_proxy, cancel_proxy or time");
  }
  for (auto const& [name, bit] : members) {
    if ((shape->needed & bit) && !(found.seen & bit)) return at(name, "缺少成员 / missing");
    if ((found.seen & bit) && !(shape->allowed & bit))
      return at(name, "此类消息没有该成员 / not a member of this message");
  }
  return fine();
}

Rejected rejected(Found const& found, std::variant<Malformed, engine::Refusal> why) {
  return {std::string(found.id), std::string(found.key_text), std::move(why)};
}
Rejected rejected(Found const& found, Verdict const& verdict) {
  return rejected(found, Malformed{{{verdict.pointer, std::string(verdict.detail)}}});
}

std::expected<engine::Money, Rejected> amount(Found const& found, std::string_view member, std::string_view text) {
  auto const money = modules::read_money(text);
  if (money) return *money;
  switch (money.error()) {
    case modules::MoneyFault::NotAnAmount:
      return std::unexpected(rejected(found, at(member, want_price)));
    case modules::MoneyFault::OutOfRange:
      return std::unexpected(rejected(found, at(member, price_too_large)));
    case modules::MoneyFault::TooPrecise:
      break;
  }
  auto const decimals = static_cast<std::int64_t>(text.size() - text.find('.') - 1);
  using Unit = engine::Figure::Unit;
  return std::unexpected(
      rejected(found, engine::Refusal{&refusals::amount_precision, {Unit::Count, decimals}, {Unit::Count, 2}}));
}

std::expected<Incoming, Rejected> bid(Found const& found) {
  auto const price = amount(found, "price", found.price);
  if (!price) return std::unexpected(price.error());
  return Bid{found.lot, *price, found.key, found.consent, found.signature};
}

std::expected<Incoming, Rejected> proxy(Found const& found) {
  auto const limit = amount(found, "limit", found.limit);
  if (!limit) return std::unexpected(limit.error());
  auto const step = amount(found, "step", found.step);
  if (!step) return std::unexpected(step.error());
  return SetProxy{std::string(found.id), found.lot, *limit, *step};
}

}  // namespace

// The buffer keeps the padding that the parser reads beyond the end.
struct Decoder::Parser {
  ondemand::parser parser;
  std::array<char, limits::websocket_message_bytes_max + simdjson::SIMDJSON_PADDING> buffer{};
};

Decoder::Decoder() : parser_(std::make_unique<Parser>()) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;

std::expected<Incoming, Rejected> Decoder::decode(std::string_view text) {
  CHECK(text.size() <= limits::websocket_message_bytes_max);
  std::memcpy(parser_->buffer.data(), text.data(), text.size());
  Found found;
  ondemand::document document;
  if (parser_->parser.iterate(parser_->buffer.data(), text.size(), parser_->buffer.size()).get(document)) {
    return std::unexpected(rejected(found, Verdict{"", not_json}));
  }
  if (auto const wrong = read_members(document, found)) return std::unexpected(rejected(found, wrong));
  if (auto const wrong = judge_shape(found)) return std::unexpected(rejected(found, wrong));
  if (found.type == "bid") return bid(found);
  if (found.type == "set_proxy") return proxy(found);
  if (found.type == "cancel_proxy") return CancelProxy{std::string(found.id), found.lot};
  if (found.type == "withdraw") return Withdraw{std::string(found.id), found.lot};
  if (found.type == "time") return TimeProbe{std::string(found.t0)};
  if (found.type == "ask") return Ask{found.lot, found.key};
  if (found.type == "unsubscribe") return Unsubscribe{std::string(found.id), std::move(found.inquiries)};
  return Subscribe{std::string(found.id), std::move(found.inquiries), std::move(found.resume)};
}

std::optional<engine::InquiryId> read_inquiry(std::string_view text) {
  auto const number = modules::read_number(text);
  // The upper bound leaves room for the place of a lot behind it.
  if (!number || *number > (UINT64_MAX >> 8)) return std::nullopt;
  return engine::InquiryId{*number};
}

std::optional<engine::BidKey> read_key(std::string_view text) {
  if (text.empty() || text.size() > limits::bid_key_bytes) return std::nullopt;
  engine::BidKey key;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    auto const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') return std::nullopt;
    key.text[i] = c;
  }
  return key;
}

std::string_view text_of(engine::BidKey const& key) {
  auto const end = std::ranges::find(key.text, '\0');
  return {key.text.data(), static_cast<std::size_t>(end - key.text.begin())};
}

}  // namespace gateway
