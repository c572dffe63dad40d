// See the header.
#include "tests/support/e2e_seat.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tests/support/e2e_caller.h"

namespace support {
namespace {

namespace json = boost::json;

std::uint64_t number(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<std::uint64_t>() : 0;
}
std::string text_of(json::object const& object, std::string_view name) {
  return text_or(object.if_contains(name), "");
}

// Lists of what happened grow; everything else is replaced, and null takes it away.
void merge(json::object& picture, std::string_view name, json::value const& value) {
  bool const grows = name == "bids" || name == "receipts";
  auto* known = picture.if_contains(name);
  if (grows && known != nullptr && known->is_array() && value.is_array()) {
    for (auto const& entry : value.as_array()) known->as_array().push_back(entry);
  } else if (value.is_null()) {
    picture.erase(name);
  } else {
    picture[name] = value;
  }
}

// Each new best is a point in the course of the price; a full course loses every second point of its older half.
void lead(json::object& picture, json::object const& update) {
  auto* const course = picture.if_contains("leads");
  auto const* const best = update.if_contains("best");
  if (course == nullptr || best == nullptr) return;
  auto& points = course->as_array();
  if (points.size() == 256) {
    for (int i = 1; i <= 64; ++i) points.erase(points.begin() + i);
  }
  json::object point{{"at", update.at("at")}};
  if (!best->is_null()) point["price"] = *best;
  points.push_back(point);
}

}  // namespace

Seat::Seat(ServerProcess const& server, Contract const& contract, std::string authorization, Tape tape)
    : server_(&server), contract_(&contract), authorization_(std::move(authorization)), tape_(std::move(tape)) {
  reconnect();
}

void Seat::reconnect() {
  live_ = std::make_unique<Live>(server_->port(), authorization_, tape_);
  await([](json::object const& message) { return text_of(message, "type") == "hello"; });
}

void Seat::cut() {
  live_->wire().cut();
}

bool Seat::hear_one(Patience patience) {
  auto const text = live_->next(patience);
  if (!text) return false;
  for (auto const& fault : contract_->faults(*text)) ADD_FAILURE() << "asyncapi: " << fault;
  last_ = json::parse(*text).as_object();
  hear(last_);
  return true;
}

void Seat::hear(json::object const& message) {
  auto const type = text_of(message, "type");
  if (type == "snapshot") return take_snapshot(message);
  if (type == "update") return take_update(message);
  auto const key = text_of(message, "key");
  auto const* problem = message.if_contains("problem");
  auto const code = problem != nullptr ? text_or(member(*problem, "code"), "") : "";
  if (type == "receipt") {
    answers_[key] = {text_of(message, "outcome"), code, message};
  } else if (type == "problem" && !key.empty()) {
    answers_[key] = {"problem", code, message};
  } else if (type == "subscribed") {
    streams_.clear();
    for (auto const& stream : message.at("streams").as_array()) streams_.emplace_back(stream.as_string());
  }
}

void Seat::take_snapshot(json::object const& message) {
  auto& stream = pictures_[text_of(message, "stream")];
  stream.epoch = text_of(message, "epoch");
  stream.offset = number(message, "offset");
  stream.picture = message.at("lot").as_object();
  ++stream.snapshots;
}

void Seat::take_update(json::object const& message) {
  auto const name = text_of(message, "stream");
  auto const found = pictures_.find(name);
  if (found == pictures_.end()) {
    faults_.push_back(name + ": an update before any picture");
    return;
  }
  auto& stream = found->second;
  auto const offset = number(message, "offset");
  if (offset != stream.offset + 1) {
    faults_.push_back(name + ": " + std::to_string(offset) + " came after " + std::to_string(stream.offset));
  }
  stream.offset = offset;
  ++stream.updates;
  for (auto const& [member, value] : message) {
    if (member == "type" || member == "stream" || member == "offset" || member == "at") continue;
    merge(stream.picture, member, value);
  }
  lead(stream.picture, message);
}

void Seat::subscribe(std::vector<std::string> inquiries, Rejoin rejoin) {
  json::object wish{{"type", "subscribe"}, {"id", fresh_key()}};
  auto& list = wish["inquiries"].emplace_array();
  for (auto const& inquiry : inquiries) list.emplace_back(inquiry);
  if (rejoin == Rejoin::ByPosition) {
    auto& positions = wish["resume"].emplace_array();
    for (auto const& [name, stream] : pictures_) {
      positions.push_back(json::object{{"stream", name}, {"epoch", stream.epoch}, {"offset", stream.offset}});
    }
  } else {
    pictures_.clear();
  }
  streams_.clear();
  live_->say(json::serialize(wish));
  bool const is_seated = until([&] {
    if (streams_.empty()) return false;
    return std::ranges::all_of(streams_, [&](std::string const& name) { return pictures_.contains(name); });
  });
  if (!is_seated) throw Broken("seat: no answer to subscribe, but " + json::serialize(last_));
}

void Seat::send_bid(std::string_view lot, std::string_view price, std::string_view key, Consent consent) {
  answers_.erase(std::string{key});
  json::object bid{{"type", "bid"}, {"key", key}, {"lot", lot}, {"price", price}};
  if (consent == Consent::Given) bid["confirm"] = true;
  live_->say(json::serialize(bid));
}

BidAnswer Seat::answer(std::string_view key, Patience patience) {
  until([&] { return answers_.contains(key); }, patience);
  auto const found = answers_.find(key);
  return found == answers_.end() ? BidAnswer{} : found->second;
}

BidAnswer Seat::bid(std::string_view lot, std::string_view price, std::string_view key, Consent consent) {
  send_bid(lot, price, key, consent);
  return answer(key);
}

json::object Seat::ask(std::string_view lot, std::string_view key) {
  live_->say(json::serialize(json::object{{"type", "ask"}, {"lot", lot}, {"key", key}}));
  return await([&](json::object const& message) {
    auto const type = text_of(message, "type");
    return (type == "receipt" || type == "unknown_key" || type == "problem") && text_of(message, "key") == key;
  });
}

json::object Seat::await(std::function<bool(json::object const&)> const& wanted, Patience patience) {
  Deadline const deadline{patience};
  while (!live_->is_over() && hear_one(Patience{deadline.left_ms()})) {
    if (wanted(last_)) return last_;
  }
  return {};
}

bool Seat::until(std::function<bool()> const& condition, Patience patience) {
  Deadline const deadline{patience};
  while (!condition()) {
    if (live_->is_over() || !hear_one(Patience{deadline.left_ms()})) return condition();
  }
  return true;
}

json::object const& Seat::picture(std::string const& stream) const {
  static json::object const nothing;
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? nothing : found->second.picture;
}

std::string Seat::text(std::string const& stream, std::string_view member) const {
  return text_of(picture(stream), member);
}

std::string Seat::epoch(std::string const& stream) const {
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? std::string{} : found->second.epoch;
}
std::uint64_t Seat::offset(std::string const& stream) const {
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? 0 : found->second.offset;
}
std::uint64_t Seat::snapshots(std::string const& stream) const {
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? 0 : found->second.snapshots;
}
std::uint64_t Seat::updates(std::string const& stream) const {
  auto const found = pictures_.find(stream);
  return found == pictures_.end() ? 0 : found->second.updates;
}

}  // namespace support
