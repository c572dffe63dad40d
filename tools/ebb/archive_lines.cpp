// See the header.
#include "tools/ebb/archive_lines.h"

#include "modules/text.h"
#include "persistence/head.h"
#include "tools/ebb/auction_json.h"
#include "tools/ebb/auction_tell.h"

namespace ebb {
namespace {

using engine::Failure;
using engine::Result;
using modules::Json;

// By their numbers: the names of organisations stand in names.json.
class Numbers final : public auction::Naming {
 public:
  std::string name(engine::LotId lot) const override { return modules::lot_text(lot); }
  std::string name(engine::BidderId bidder) const override { return modules::id_text(bidder); }
  std::string name(engine::PersonId person) const override { return modules::id_text(person); }
};

std::string hex(std::string_view bytes) {
  return persistence::hex(bytes);
}
std::string hex(engine::Hash const& hash) {
  return persistence::hex(persistence::view(hash));
}

// The members of one line, with the first thing that is wrong with it.
class Members {
 public:
  explicit Members(std::string_view line) {
    auction::Problems problems;
    auto read = auction::read_json(line, problems);
    if (read && read->as_object() != nullptr) json_ = std::move(*read);
    if (json_.as_object() == nullptr) wrong_ = "not an object of JSON";
  }
  bool has(std::string_view name) const { return json_.find(name) != nullptr; }
  std::string text(std::string_view name) {
    auto const* member = json_.find(name);
    auto const* found = member == nullptr ? nullptr : member->as_text();
    return found == nullptr ? miss(name) : *found;
  }
  std::uint64_t number(std::string_view name) {
    auto const* member = json_.find(name);
    auto const* found = member == nullptr ? nullptr : member->as_number();
    auto const read = found == nullptr ? std::nullopt : modules::read_number(found->text);
    return read ? *read : (miss(name), 0);
  }
  engine::Instant instant(std::string_view name) {
    auto const read = modules::read_instant(text(name));
    return read ? *read : (miss(name), engine::Instant{});
  }
  std::string bytes(std::string_view name) {
    auto const found = text(name);
    auto read = persistence::bytes_of_hex(found, found.size() / 2);
    return read ? std::move(*read) : miss(name);
  }
  engine::Hash hash(std::string_view name) { return as_hash(bytes(name), name); }
  engine::Path path(std::string_view name) {
    engine::Path path;
    auto const* member = json_.find(name);
    auto const* found = member == nullptr ? nullptr : member->as_array();
    if (found == nullptr) miss(name);
    for (auto const& each : found == nullptr ? Json::Array{} : *found) {
      auto const* one = each.as_text();
      auto const read = one == nullptr ? std::nullopt : persistence::bytes_of_hex(*one, sizeof(engine::Hash));
      path.push_back(as_hash(read.value_or(""), name));
    }
    return path;
  }
  template <class T>
  Result<T> or_wrong(T value) const {
    if (!wrong_.empty()) return std::unexpected(Failure{wrong_});
    return value;
  }

 private:
  std::string miss(std::string_view name) {
    if (wrong_.empty()) wrong_ = "\"" + std::string{name} + "\" is missing or is not what it should be";
    return {};
  }
  engine::Hash as_hash(std::string_view bytes, std::string_view name) {
    engine::Hash hash{};
    if (bytes.size() != hash.size()) {
      miss(name);
    } else {
      std::ranges::copy(bytes, hash.begin());
    }
    return hash;
  }

  Json json_;
  std::string wrong_;
};

Json at_seq(engine::Seq seq) {
  auto json = Json::object();
  json.add("seq", Json::number(static_cast<std::int64_t>(seq.number())));
  return json;
}

}  // namespace

engine::Hash leaf_of(ArchivedRecord const& record) {
  return persistence::leaf_of(record.shown, record.blinding);
}

std::string line_of(ArchivedRecord const& record) {
  auto json = at_seq(record.seq);
  json.add("at", Json::text(modules::instant_text(record.at))).add("said", Json::text(record.said));
  json.add("shown", Json::text(hex(record.shown))).add("blinding", Json::text(hex(record.blinding)));
  if (record.salt) {
    json.add("salt", Json::text(hex(*record.salt))).add("private", Json::text(hex(record.secret)));
  }
  json.add("leaf", Json::text(hex(leaf_of(record))));
  return json.write() + '\n';
}

Result<RecordLine> record_of_line(std::string_view line) {
  Members members{line};
  RecordLine read;
  auto& record = read.record;
  record.seq = engine::Seq{members.number("seq")};
  record.at = members.instant("at");
  record.said = members.text("said");
  record.shown = members.bytes("shown");
  record.blinding = members.hash("blinding");
  if (members.has("salt")) {
    record.salt = members.hash("salt");
    record.secret = members.bytes("private");
  }
  read.leaf = members.hash("leaf");
  return members.or_wrong(std::move(read));
}

std::string line_of(ArchivedEvent const& event) {
  auto json = at_seq(event.cause);
  json.add("at", Json::text(modules::instant_text(event.at)));
  auction::tell(Numbers{}, event.event, json);
  return json.write() + '\n';
}

Result<EventPlace> place_of_line(std::string_view line) {
  Members members{line};
  EventPlace const place{engine::Seq{members.number("seq")}, members.instant("at")};
  return members.or_wrong(place);
}

std::string line_of(LeafProof const& proof) {
  auto json = at_seq(proof.seq);
  auto path = Json::array();
  for (auto const& hash : proof.path) path.push(Json::text(hex(hash)));
  json.add("path", std::move(path));
  return json.write() + '\n';
}

Result<LeafProof> proof_of_line(std::string_view line) {
  Members members{line};
  LeafProof proof{engine::Seq{members.number("seq")}, members.path("path")};
  return members.or_wrong(std::move(proof));
}

std::string results_of(std::span<ArchivedEvent const> events) {
  auto lots = Json::array();
  Numbers const names;
  for (auto const& each : events) {
    auto const* closed = std::get_if<engine::LotClosed>(&each.event);
    if (closed == nullptr) continue;
    auto json = Json::object();
    json.add("lot", Json::text(modules::lot_text(closed->lot)));
    json.add("state", Json::text(modules::lot_state_text(closed->state)));
    json.add("closed_at", Json::text(modules::instant_text(closed->closed_at)));
    auto standings = Json::array();
    for (auto const& standing : closed->standings) standings.push(auction::standing_json(names, standing));
    auto history = Json::array();
    for (auto const& entry : closed->history) history.push(auction::history_json(names, entry));
    json.add("standings", std::move(standings)).add("history", std::move(history));
    lots.push(std::move(json));
  }
  return lots.write() + '\n';
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace ebb
