// Messages as text. See messages.h.
#include "gateway/messages.h"

#include "gateway/problem.h"
#include "modules/text.h"

namespace gateway {
namespace {

JsonText begin(std::string& out, std::string_view type) {
  JsonText json{out};
  json.open().text("type", type);
  return json;
}

template <class Why>
std::string problem_about(std::string_view id, std::string_view key, Why const& why) {
  std::string out;
  auto json = begin(out, "problem");
  if (!id.empty()) json.text("id", id);
  if (!key.empty()) json.text("key", key);
  json.open("problem");
  append_problem(json, why);
  json.close().close();
  return out;
}

}  // namespace

std::string hello(engine::Instant now, std::uint64_t session, modules::Actor const* you) {
  std::string out;
  auto json = begin(out, "hello");
  json.moment("server_time", now).id("session", session);
  if (you == nullptr) {
    json.nothing("you");
  } else {
    json.open("you").id("person", you->person.number()).id("org", you->org.number());
    json.text("role", modules::role_text(you->role)).text("division", you->division).close();
  }
  json.text("protocol", "ebb.v1").close();
  return out;
}

std::string time_answer(std::string_view t0, engine::Instant received, engine::Instant sent) {
  std::string out;
  auto json = begin(out, "time");
  json.literal("t0", t0).number("t1", engine::in_millis(received)).number("t2", engine::in_millis(sent)).close();
  return out;
}

std::string subscribed(std::string_view id, std::span<std::string const> streams) {
  std::string out;
  auto json = begin(out, "subscribed");
  json.text("id", id).open_list("streams");
  for (auto const& stream : streams) json.item(stream);
  json.close_list().close();
  return out;
}

std::string unsubscribed(std::string_view id) {
  std::string out;
  begin(out, "unsubscribed").text("id", id).close();
  return out;
}

std::string done(std::string_view id, engine::Seq seq, engine::Leaf const& leaf) {
  std::string out;
  auto json = begin(out, "done");
  json.text("id", id).number("seq", static_cast<std::int64_t>(seq.number()));
  if (leaf != engine::Leaf{}) json.hex("leaf", leaf);
  json.close();
  return out;
}

std::string receipt(engine::LotId lot, Attempt const& attempt, Picture const* picture, Bidder const* bidder,
                    Repeat repeat) {
  constexpr std::size_t usual_receipt_bytes = 320;
  std::string out;
  out.reserve(usual_receipt_bytes);
  auto json = begin(out, "receipt");
  json.lot("lot", lot);
  if (repeat == Repeat::Yes)
    json.yes("repeated");
  else
    json.no("repeated");
  append_attempt(json, attempt, picture, bidder);
  json.close();
  return out;
}

std::string unknown_key(engine::LotId lot, engine::BidKey const& key) {
  std::string out;
  begin(out, "unknown_key").lot("lot", lot).text("key", text_of(key)).close();
  return out;
}

std::string problem_message(Rejected const& rejected) {
  return std::visit([&](auto const& why) { return problem_about(rejected.id, rejected.key, why); }, rejected.why);
}

std::string problem_message(std::string_view id, std::string_view key, engine::Refusal const& refusal) {
  return problem_about(id, key, refusal);
}

JsonText begin_update(std::string& out, std::string_view stream, std::uint64_t offset, engine::Instant at) {
  auto json = begin(out, "update");
  json.text("stream", stream).number("offset", static_cast<std::int64_t>(offset)).moment("at", at);
  return json;
}
void finish_update(JsonText& json) {
  json.close();
}

JsonText begin_snapshot(std::string& out, std::string_view stream, std::string_view epoch, std::uint64_t offset) {
  auto json = begin(out, "snapshot");
  json.text("stream", stream).text("epoch", epoch).number("offset", static_cast<std::int64_t>(offset)).open("lot");
  return json;
}
void finish_snapshot(JsonText& json) {
  json.close().close();
}

}  // namespace gateway
