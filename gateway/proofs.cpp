// Routes of the transparency log. See the header.
#include "gateway/proofs.h"

#include <concepts>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>

#include "gateway/json_text.h"
#include "gateway/refusals.h"
#include "modules/query.h"
#include "modules/text.h"

namespace gateway {
namespace {

using engine::Seq;
using modules::Answer;
using modules::Json;

Json hex(std::span<char const> bytes) {
  std::string text;
  append_hex(text, bytes);
  return Json::text(text);
}

Json count(std::uint64_t number) {
  return Json::number(static_cast<std::int64_t>(number));
}

Json hashes(engine::Path const& path) {
  auto list = Json::array();
  for (auto const& hash : path) list.push(hex(hash));
  return list;
}

Json shown_head(engine::TreeHead const& head) {
  auto json = Json::object();
  return json.add("size", count(head.size))
      .add("root", hex(head.root))
      .add("at", Json::text(modules::instant_text(head.at)))
      .add("signature", hex(head.signature));
}

std::unexpected<modules::Denied> no(engine::RefusalKind const& kind) {
  return modules::denied({&kind, {}, {}});
}

// Its bidder's organisation, or nobody's.
template <class C>
engine::BidderId bidder_of(C const& command) {
  if constexpr (std::same_as<C, engine::PlaceSurrogateBid> || std::same_as<C, engine::PlaceSignedBid>)
    return command.bid.bidder;
  else if constexpr (std::same_as<C, engine::PlaceBid> || std::same_as<C, engine::WithdrawBid> ||
                     std::same_as<C, engine::SetProxy> || std::same_as<C, engine::CancelProxy>)
    return command.bidder;
  else
    return {};
}

// Who acted on a lot, or nobody.
template <class C>
engine::PersonId person_of(C const& command) {
  if constexpr (std::same_as<C, engine::PlaceSurrogateBid> || std::same_as<C, engine::PlaceSignedBid>)
    return command.bid.by;
  else if constexpr (requires { requires std::same_as<std::remove_cvref_t<decltype(command.by)>, engine::PersonId>; })
    return command.by;
  else
    return {};
}

engine::PlaceBid const* bid_of(engine::Command const& command) {
  if (auto const* bid = std::get_if<engine::PlaceBid>(&command)) return bid;
  if (auto const* asked = std::get_if<engine::PlaceSignedBid>(&command)) return &asked->bid;
  auto const* const surrogate = std::get_if<engine::PlaceSurrogateBid>(&command);
  return surrogate == nullptr ? nullptr : &surrogate->bid;
}

}  // namespace

Proofs::Proofs(engine::TransparencyLog const& transparency, modules::Sight const& sight, Log& log)
    : transparency_(transparency), sight_(sight), log_(log) {}

void Proofs::routes(modules::Routes& routes) const {
  using enum modules::Role;
  auto const read = [&](std::string pattern, std::vector<modules::Role> roles, modules::ReadHandler handler) {
    routes.add({modules::Method::Get, std::move(pattern), std::move(roles), std::move(handler), {}, 200, {}});
  };
  read("/log/key", {}, [this](auto const&, auto const&) { return show_key(); });
  read("/log/head", {}, [this](auto const& request, auto const&) { return show_head(request); });
  read("/log/inclusion", {}, [this](auto const& request, auto const&) { return show_inclusion(request); });
  read("/log/consistency", {}, [this](auto const& request, auto const&) { return show_consistency(request); });
  // A worker's: a whole frame is read and checked for the one entry.
  routes.add({.method = modules::Method::Get,
              .pattern = "/log/entries/{seq}",
              .roles = {Administrator, Purchaser, Supplier, Regulator},
              .read = [this](auto const& request, auto const& tables) { return show_entry(request, tables); },
              .decode = {},
              .show = {},
              .takes_long = true});
}

Answer Proofs::show_key() const {
  auto body = Json::object();
  body.add("key", hex(transparency_.key()));
  return modules::Response{200, std::move(body), {}};
}

Answer Proofs::show_head(Request const& request) const {
  modules::Faults faults;
  modules::Query query(request.query, faults);
  auto const size = query.number("size");
  query.finish();
  if (!faults.empty()) return modules::malformed(std::move(faults));
  if (!size) {
    auto const newest = transparency_.head();
    if (!newest) return no(refusals::no_head_yet);
    return modules::Response{200, shown_head(*newest), {}};
  }
  auto const head = transparency_.head_from(*size);
  if (!head) return unreadable(head.error());
  if (!*head) return no(refusals::not_in_log);
  return modules::Response{200, shown_head(**head), {}};
}

Answer Proofs::show_inclusion(Request const& request) const {
  modules::Faults faults;
  modules::Query query(request.query, faults);
  auto const seq = query.number("seq");
  auto const asked = query.number("size");
  query.finish();
  if (!seq && faults.empty()) query.fault("seq", "is required");
  if (!faults.empty()) return modules::malformed(std::move(faults));
  auto const newest = transparency_.head();
  if (!newest) return no(refusals::no_head_yet);
  auto const size = asked.value_or(newest->size);
  if (*seq == 0 || *seq > size || size > newest->size) return no(refusals::not_in_log);
  auto const leaf = transparency_.leaf(Seq{*seq});
  if (!leaf) return unreadable(leaf.error());
  if (!*leaf) return no(refusals::not_in_log);
  auto const path = transparency_.inclusion(Seq{*seq}, size);
  if (!path) return unreadable(path.error());
  auto body = Json::object();
  body.add("seq", count(*seq)).add("size", count(size)).add("leaf", hex(**leaf)).add("path", hashes(*path));
  return modules::Response{200, std::move(body), {}};
}

Answer Proofs::show_consistency(Request const& request) const {
  modules::Faults faults;
  modules::Query query(request.query, faults);
  auto const from = query.number("from");
  auto const asked = query.number("to");
  query.finish();
  if (!from && faults.empty()) query.fault("from", "is required");
  if (!faults.empty()) return modules::malformed(std::move(faults));
  auto const newest = transparency_.head();
  if (!newest) return no(refusals::no_head_yet);
  auto const to = asked.value_or(newest->size);
  if (*from == 0 || *from > to || to > newest->size) return no(refusals::not_in_log);
  auto const path = transparency_.consistency(*from, to);
  if (!path) return unreadable(path.error());
  auto body = Json::object();
  body.add("from", count(*from)).add("to", count(to)).add("path", hashes(*path));
  return modules::Response{200, std::move(body), {}};
}

Answer Proofs::show_entry(Request const& request, engine::TableReader const& tables) const {
  auto const seq = modules::read_id<Seq>(request.path.at(0));
  if (!seq) return no(refusals::not_in_log);
  auto const entry = transparency_.entry(*seq);
  if (!entry) return unreadable(entry.error());
  if (!*entry) return show_absence(*seq);
  auto const& found = **entry;
  if (!may_read(found.command, *request.actor, tables)) return no(refusals::entry_not_yours);
  auto body = Json::object();
  body.add("seq", count(seq->number())).add("public", hex(found.public_bytes)).add("blinding", hex(found.blinding));
  if (found.salt) body.add("salt", hex(*found.salt)).add("private", hex(found.private_bytes));
  return modules::Response{200, std::move(body), {}};
}

// An entry with a leaf was in the journal, unless it came just now.
Answer Proofs::show_absence(Seq seq) const {
  auto const leaf = transparency_.leaf(seq);
  if (!leaf) return unreadable(leaf.error());
  if (!*leaf) return no(refusals::not_in_log);
  auto const again = transparency_.entry(seq);
  if (!again) return unreadable(again.error());
  return no(*again ? refusals::not_in_log : refusals::entry_archived);
}

bool Proofs::may_read(engine::Sequenced const& command, modules::Actor const& actor,
                      engine::TableReader const& tables) const {
  auto const bidder = std::visit([](auto const& what) { return bidder_of(what); }, command.command);
  if (bidder.is_given() && bidder == actor.org) return true;
  auto const person = std::visit([](auto const& what) { return person_of(what); }, command.command);
  if (person.is_given() && person == actor.person) return true;
  auto const* const bid = bid_of(command.command);
  return bid != nullptr && sight_.shows_bid(bid->lot, bid->bidder, command.seq, actor, tables);
}

std::unexpected<modules::Denied> Proofs::unreadable(engine::Failure const& why) const {
  log_.say(Log::Level::Error, "transparency log not readable", {{"why", why.what}});
  return no(refusals::log_unreadable);
}

}  // namespace gateway
