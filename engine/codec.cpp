// The canonical bytes, command by command: encode and decode are mirror images in the same order.
//
// Layout: a type number (u8), then the fields in the order of command.h, little-endian, texts and lists with a u32
// length in front. Numbers are given once and never reused. The decoder takes its lengths from hostile bytes: a list
// is reserved only as far as the bytes that are really there.
#include "engine/codec.h"

#include <array>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/check.h"

namespace engine {
namespace {

enum class CommandType : std::uint8_t {
  OpenLot = 1,
  PlaceBid = 2,
  PauseLot = 3,
  ResumeLot = 4,
  AbortLot = 5,
  DisqualifyBidder = 6,
  ReinstateBidder = 7,
  ChooseQuote = 8,
  AnswerAward = 9,
  AskNext = 10,
  Tick = 11,
  Started = 12,
  ClockStepped = 13,
  ModuleCommand = 14,
};

// Fields shared by several ------------------------------------------------------------------------------------------

void put_rules(ByteWriter& to, LotRules const& rules) {
  to.put(rules.version).put(rules.format).put(rules.ceiling).put(rules.duration);
  to.put(rules.decrement).put(rules.step_basis).put(rules.trigger_window).put(rules.extension).put(rules.hard_cap);
  to.put(rules.band_over).put(rules.band_places).put(rules.choose_for);
  to.put(rules.min_bidders).put(rules.min_bidders_approved).put(rules.slip_below);
  to.put(rules.confirm_for).put(rules.resume_floor).put(rules.attempts_max);
}
LotRules get_rules(ByteReader& from) {
  LotRules rules;
  rules.version = from.get<std::uint16_t>();
  rules.format = from.get<Format>();
  rules.ceiling = from.get_money();
  rules.duration = from.get_span();
  rules.decrement = from.get_money();
  rules.step_basis = from.get<StepBasis>();
  rules.trigger_window = from.get_span();
  rules.extension = from.get_span();
  rules.hard_cap = from.get_span();
  rules.band_over = from.get_points();
  rules.band_places = from.get<std::uint8_t>();
  rules.choose_for = from.get_span();
  rules.min_bidders = from.get<std::uint8_t>();
  rules.min_bidders_approved = from.get<std::uint8_t>();
  rules.slip_below = from.get_points();
  rules.confirm_for = from.get_span();
  rules.resume_floor = from.get_span();
  rules.attempts_max = from.get<std::uint32_t>();
  return rules;
}

void put_admitted(ByteWriter& to, std::vector<Admitted> const& admitted) {
  to.put(static_cast<std::uint32_t>(admitted.size()));
  for (auto const& bidder : admitted) to.put(bidder.bidder).put(bidder.deduction);
}
std::vector<Admitted> get_admitted(ByteReader& from) {
  constexpr std::size_t bytes_each = 12;
  auto const count = from.get<std::uint32_t>();
  if (count > from.rest().size() / bytes_each) return from.fail(), std::vector<Admitted>{};
  std::vector<Admitted> admitted;
  admitted.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto const bidder = from.get<BidderId>();
    admitted.push_back({bidder, from.get_points()});
  }
  return admitted;
}

void put_key(ByteWriter& to, BidKey const& key) {
  to.put_raw({key.text.data(), key.text.size()});
}
BidKey get_key(ByteReader& from) {
  BidKey key;
  auto const text = from.get_raw(key.text.size());
  text.copy(key.text.data(), key.text.size());
  return key;
}

// An enumerator that only our own typed code can have written: another number is not from us.
template <class E>
E get_known(ByteReader& from, E lowest, E highest) {
  auto const value = from.get<E>();
  if (value < lowest || value > highest) from.fail();
  return value;
}

// Commands to a lot by a person with a reason have the same three fields.
template <class C>
void put_reasoned(CommandType type, C const& command, ByteWriter& to) {
  to.put(type).put(command.lot).put(command.by).put_text(command.reason);
}
template <class C>
C get_reasoned(ByteReader& from) {
  C command;
  command.lot = from.get<LotId>();
  command.by = from.get<PersonId>();
  command.reason = from.get_text();
  return command;
}
template <class C>
void put_about_bidder(CommandType type, C const& command, ByteWriter& to) {
  to.put(type).put(command.lot).put(command.bidder).put(command.by).put_text(command.reason);
}
template <class C>
C get_about_bidder(ByteReader& from) {
  C command;
  command.lot = from.get<LotId>();
  command.bidder = from.get<BidderId>();
  command.by = from.get<PersonId>();
  command.reason = from.get_text();
  return command;
}

// Encode --------------------------------------------------------------------------------------------------------------

struct Encoder {
  Privacy privacy;
  ByteWriter open;
  ByteWriter secret;

  void operator()(OpenLot const& c) {
    open.put(CommandType::OpenLot).put(c.lot);
    put_rules(open, c.rules);
    open.put(c.opens_at);
    put_admitted(open, c.admitted);
  }
  void operator()(PlaceBid const& c) {
    open.put(CommandType::PlaceBid).put(c.lot).put(c.bidder).put(c.by);
    put_key(open, c.key);
    open.put(c.consent).put(privacy);
    (privacy == Privacy::Private ? secret : open).put(c.price);
  }
  void operator()(PauseLot const& c) { put_reasoned(CommandType::PauseLot, c, open); }
  void operator()(ResumeLot const& c) { put_reasoned(CommandType::ResumeLot, c, open); }
  void operator()(AbortLot const& c) { put_reasoned(CommandType::AbortLot, c, open); }
  void operator()(DisqualifyBidder const& c) { put_about_bidder(CommandType::DisqualifyBidder, c, open); }
  void operator()(ReinstateBidder const& c) { put_about_bidder(CommandType::ReinstateBidder, c, open); }
  void operator()(ChooseQuote const& c) {
    open.put(CommandType::ChooseQuote).put(c.lot).put(c.bidder).put(c.by).put(c.approved_by).put_text(c.reason);
  }
  void operator()(AnswerAward const& c) {
    open.put(CommandType::AnswerAward).put(c.lot).put(c.bidder).put(c.by).put(c.answer);
  }
  void operator()(AskNext const& c) { open.put(CommandType::AskNext).put(c.lot).put(c.by); }
  void operator()(Tick const&) { open.put(CommandType::Tick); }
  void operator()(Started const& c) { open.put(CommandType::Started).put(c.last_alive); }
  void operator()(ClockStepped const& c) { open.put(CommandType::ClockStepped).put(c.by); }
  void operator()(ModuleCommand const& c) {
    open.put(CommandType::ModuleCommand).put(c.module).put(c.verb).put(c.actor).put(c.session).put(c.entropy);
    open.put_text(c.request_key).put_text(c.body).put(c.secret_of);
    secret.put_raw(c.secret);
  }
};

// Decode --------------------------------------------------------------------------------------------------------------

OpenLot get_open_lot(ByteReader& from) {
  OpenLot c;
  c.lot = from.get<LotId>();
  c.rules = get_rules(from);
  c.opens_at = from.get_instant();
  c.admitted = get_admitted(from);
  return c;
}

PlaceBid get_place_bid(ByteReader& from, ByteReader& secret) {
  PlaceBid c;
  c.lot = from.get<LotId>();
  c.bidder = from.get<BidderId>();
  c.by = from.get<PersonId>();
  c.key = get_key(from);
  c.consent = get_known(from, Consent::NotGiven, Consent::Given);
  auto const privacy = get_known(from, Privacy::Open, Privacy::Private);
  c.price = (privacy == Privacy::Private ? secret : from).get_money();
  return c;
}

ChooseQuote get_choose_quote(ByteReader& from) {
  ChooseQuote c;
  c.lot = from.get<LotId>();
  c.bidder = from.get<BidderId>();
  c.by = from.get<PersonId>();
  c.approved_by = from.get<PersonId>();
  c.reason = from.get_text();
  return c;
}

AnswerAward get_answer_award(ByteReader& from) {
  AnswerAward c;
  c.lot = from.get<LotId>();
  c.bidder = from.get<BidderId>();
  c.by = from.get<PersonId>();
  c.answer = get_known(from, AwardAnswer::Confirm, AwardAnswer::Decline);
  return c;
}

AskNext get_ask_next(ByteReader& from) {
  AskNext c;
  c.lot = from.get<LotId>();
  c.by = from.get<PersonId>();
  return c;
}

ModuleCommand get_module_command(ByteReader& from, ByteReader& secret) {
  ModuleCommand c;
  c.module = from.get<std::uint16_t>();
  c.verb = from.get<std::uint16_t>();
  c.actor = from.get<PersonId>();
  c.session = from.get<SessionId>();
  c.entropy = from.get<std::uint64_t>();
  c.request_key = from.get_text();
  c.body = from.get_text();
  c.secret_of = from.get<PersonId>();
  c.secret = secret.get_raw(secret.rest().size());
  return c;
}

std::optional<Command> get_command(ByteReader& from, ByteReader& secret) {
  switch (from.get<CommandType>()) {
    case CommandType::OpenLot:
      return get_open_lot(from);
    case CommandType::PlaceBid:
      return get_place_bid(from, secret);
    case CommandType::PauseLot:
      return get_reasoned<PauseLot>(from);
    case CommandType::ResumeLot:
      return get_reasoned<ResumeLot>(from);
    case CommandType::AbortLot:
      return get_reasoned<AbortLot>(from);
    case CommandType::DisqualifyBidder:
      return get_about_bidder<DisqualifyBidder>(from);
    case CommandType::ReinstateBidder:
      return get_about_bidder<ReinstateBidder>(from);
    case CommandType::ChooseQuote:
      return get_choose_quote(from);
    case CommandType::AnswerAward:
      return get_answer_award(from);
    case CommandType::AskNext:
      return get_ask_next(from);
    case CommandType::Tick:
      return Tick{};
    case CommandType::Started:
      return Started{from.get_instant()};
    case CommandType::ClockStepped:
      return ClockStepped{from.get_span()};
    case CommandType::ModuleCommand:
      return get_module_command(from, secret);
  }
  return std::nullopt;
}

}  // namespace

CommandBytes encode(Command const& command, Privacy privacy) {
  Encoder encoder{privacy, {}, {}};
  std::visit(encoder, command);
  return {encoder.open.take(), encoder.secret.take()};
}

std::optional<Command> decode_command(std::string_view open, std::string_view secret) {
  ByteReader open_reader{open};
  ByteReader secret_reader{secret};
  auto command = get_command(open_reader, secret_reader);
  if (!open_reader.finished() || !secret_reader.finished()) return std::nullopt;
  return command;
}

}  // namespace engine
