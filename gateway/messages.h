// The messages of the live protocol, server to client, each as one function: the only place where `type` is written.
//
// Updates and snapshots are made by the hub from a view; everything else is complete here. PROTOCOL.md says what each
// means, asyncapi.json says it to machines, a test holds the three together.
//
// Thread: any. Failure: none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/refusal.h"
#include "gateway/client.h"
#include "gateway/view.h"
#include "gateway/wire.h"

namespace gateway {

std::string hello(engine::Instant now, std::uint64_t session, modules::Actor const* you);
// `t0` as it was sent, then when it was received and when this was sent.
std::string time_answer(std::string_view t0, engine::Instant received, engine::Instant sent);
std::string subscribed(std::string_view id, std::span<std::string const> streams);
std::string unsubscribed(std::string_view id);
enum class Repeat : std::uint8_t { No, Yes };  // the key was decided before: this is the original outcome
std::string receipt(engine::LotId lot, Attempt const& attempt, Picture const* picture, Bidder const* bidder,
                    Repeat repeat);
// What was asked under that id happened, and where in the journal.
std::string done(std::string_view id, engine::Seq seq, engine::Leaf const& leaf = {});
std::string unknown_key(engine::LotId lot, engine::BidKey const& key);

std::string problem_message(Rejected const& rejected);
std::string problem_message(std::string_view id, std::string_view key, engine::Refusal const& refusal);

// An update or a snapshot up to where the fields of the view go, and its end.
JsonText begin_update(std::string& out, std::string_view stream, std::uint64_t offset, engine::Instant at);
JsonText begin_snapshot(std::string& out, std::string_view stream, std::string_view epoch, std::uint64_t offset);
void finish_update(JsonText& json);
void finish_snapshot(JsonText& json);

}  // namespace gateway
