// See the header.
#include "tests/simulation/client.h"

#include <gtest/gtest.h>

#include "gateway/json_reader.h"

namespace simulation {
namespace {

bool is_frame(std::string_view name) {
  return name == "type" || name == "stream" || name == "offset" || name == "at" || name == "epoch";
}
bool grows(std::string_view name) {
  return name == "bids" || name == "receipts";
}

// Each update with `best` is one more point of the course that a snapshot has as `leads` (PROTOCOL.md, view `public`).
std::string lengthened(std::string const& leads, modules::Json const& update) {
  auto point = "{\"at\":" + update.find("at")->write();
  if (auto const& best = *update.find("best"); !best.is_null()) point += ",\"price\":" + best.write();
  auto const is_first = leads.size() <= 2;
  return (is_first ? "[" : leads.substr(0, leads.size() - 1) + ",") + point + "}]";
}

}  // namespace

void Memory::take(modules::Json const& message, std::string_view type) {
  auto& stream = streams[*message.find("stream")->as_text()];
  auto const offset = std::stoull(message.find("offset")->as_number()->text);
  if (type == "snapshot") {
    stream = {*message.find("epoch")->as_text(), offset, {}};
    for (auto const& [name, value] : *message.find("lot")->as_object()) stream.picture[name] = value.write();
    return;
  }
  EXPECT_FALSE(stream.epoch.empty()) << "an update before any picture: " << message.write();
  EXPECT_EQ(offset, stream.offset + 1) << "a gap or a repeat: " << message.write();
  stream.offset = offset;
  for (auto const& [name, value] : *message.as_object()) {
    if (is_frame(name)) continue;
    auto& known = stream.picture[name];
    auto const text = value.write();
    if (grows(name) && known.size() > 2 && text.size() > 2) {
      known = known.substr(0, known.size() - 1) + "," + text.substr(1);
    } else if (value.is_null()) {
      stream.picture.erase(name);
    } else if (!grows(name) || text.size() > 2) {
      known = text;
    }
  }
  if (message.find("best") != nullptr) {
    auto& leads = stream.picture["leads"];
    leads = lengthened(leads, message);
  }
}

std::vector<gateway::Position> Memory::positions() const {
  std::vector<gateway::Position> all;
  for (auto const& [name, stream] : streams) all.push_back({name, stream.epoch, stream.offset});
  return all;
}

Client::Client(std::uint64_t number, std::optional<modules::Actor> actor, std::size_t backlog_max, Memory memory,
               Heard heard)
    : number_(number),
      actor_(std::move(actor)),
      backlog_max_(backlog_max),
      memory_(std::move(memory)),
      heard_(std::move(heard)) {}

void Client::deliver(gateway::Message message) {
  if (overwhelmed_) return;
  backlog_.push_back(std::move(message));
  if (backlog_.size() <= backlog_max_) return;
  overwhelmed_ = true;
  backlog_.clear();  // unread is unheard: the position says so
}

void Client::read(std::size_t messages) {
  for (; messages > 0 && !backlog_.empty(); --messages) {
    auto const text = backlog_.front();
    backlog_.pop_front();
    auto const message = gateway::parse(*text);
    ASSERT_TRUE(message) << *text;
    auto const type = *message->find("type")->as_text();
    if (type == "snapshot" || type == "update") memory_.take(*message, type);
    heard_(*this, *text, *message);
  }
}

}  // namespace simulation
