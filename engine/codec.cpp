// The canonical bytes, command by command: encode and decode are mirror images in the same order.
//
// Layout: a type number (u8), then the fields in the order of command.h, little-endian, texts and lists with a u32
// length in front. Numbers are given once and never reused. The decoder takes its lengths from hostile bytes: a list
// is reserved only as far as the bytes that are really there.
#include "engine/codec.h"

#include <algorithm>
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
  OpenLotWithRules = 15,
  PlaceSurrogateBid = 16,
  WithdrawBid = 17,
  SetProxy = 18,
  CancelProxy = 19,
  CancelBid = 20,
  OpenLotWithSigning = 21,
  PlaceSignedBid = 22,
  NoteSignatures = 23,
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

// The plain auction of the first layout, which knows no other rule than those above.
bool is_plain(OpenLot const& open) {
  LotRules rules;
  auto const& asked = open.rules;
  rules.version = asked.version;
  rules.format = asked.format;
  rules.ceiling = asked.ceiling;
  rules.duration = asked.duration;
  rules.decrement = asked.decrement;
  rules.step_basis = asked.step_basis;
  rules.trigger_window = asked.trigger_window;
  rules.extension = asked.extension;
  rules.hard_cap = asked.hard_cap;
  rules.band_over = asked.band_over;
  rules.band_places = asked.band_places;
  rules.choose_for = asked.choose_for;
  rules.min_bidders = asked.min_bidders;
  rules.min_bidders_approved = asked.min_bidders_approved;
  rules.slip_below = asked.slip_below;
  rules.confirm_for = asked.confirm_for;
  rules.resume_floor = asked.resume_floor;
  rules.attempts_max = asked.attempts_max;
  auto const is_deduction_only = [](Admitted const& admitted) {
    return admitted.evaluation == Evaluation{.deduction = admitted.evaluation.deduction};
  };
  return rules == asked && !open.after.is_given() && std::ranges::all_of(open.admitted, is_deduction_only);
}

// What came after the first layout, in the order of rules.h.
void put_more_rules(ByteWriter& to, LotRules const& rules) {
  to.put(rules.step_kind).put(rules.decrement_share);
  for (auto const& band : rules.ladder) to.put(band.above).put(band.decrement);
  to.put(rules.front_buffer).put(rules.back_buffer).put(std::uint8_t{rules.leader_waits});
  to.put(rules.ending).put(rules.extend_from).put(rules.trigger_rank).put(rules.extensions_max).put(rules.extend_scope);
  to.put(rules.rank_by).put(rules.ties).put(rules.visibility).put(rules.lead_from_bidders);
  to.put(rules.rounds).put(rules.eliminate).put(rules.first_pause).put(rules.pause).put(rules.turn);
  to.put(rules.first_level).put(rules.last_level).put(rules.level_step).put(rules.sealed_for).put(rules.best_bid_for);
  to.put(std::uint8_t{rules.proxies}).put(std::uint8_t{rules.surrogates});
  to.put(std::uint8_t{rules.requotes}).put(std::uint8_t{rules.practice}).put(rules.release);
}
bool get_bool(ByteReader& from) {
  auto const value = from.get<std::uint8_t>();
  if (value > 1) from.fail();
  return value == 1;
}
void get_more_rules(ByteReader& from, LotRules& rules) {
  rules.step_kind = from.get<StepKind>();
  rules.decrement_share = from.get_points();
  for (auto& band : rules.ladder) {
    band.above = from.get_money();
    band.decrement = from.get_money();
  }
  rules.front_buffer = from.get_money();
  rules.back_buffer = from.get_money();
  rules.leader_waits = get_bool(from);
  rules.ending = from.get<Ending>();
  rules.extend_from = from.get<ExtendFrom>();
  rules.trigger_rank = from.get<std::uint16_t>();
  rules.extensions_max = from.get<std::uint16_t>();
  rules.extend_scope = from.get<ExtendScope>();
  rules.rank_by = from.get<RankBy>();
  rules.ties = from.get<Ties>();
  rules.visibility = from.get<std::uint8_t>();
  rules.lead_from_bidders = from.get<std::uint8_t>();
  rules.rounds = from.get<std::uint8_t>();
  rules.eliminate = from.get<std::uint16_t>();
  rules.first_pause = from.get_span();
  rules.pause = from.get_span();
  rules.turn = from.get_span();
  rules.first_level = from.get_money();
  rules.last_level = from.get_money();
  rules.level_step = from.get_money();
  rules.sealed_for = from.get_span();
  rules.best_bid_for = from.get_span();
  rules.proxies = get_bool(from);
  rules.surrogates = get_bool(from);
  rules.requotes = get_bool(from);
  rules.practice = get_bool(from);
  rules.release = from.get<Release>();
}

enum class Layout : std::uint8_t { Plain, WithRules, WithSigning };

Layout layout_of(OpenLot const& open) {
  if (open.rules.signed_bids) return Layout::WithSigning;
  return is_plain(open) ? Layout::Plain : Layout::WithRules;
}
CommandType type_of(Layout layout) {
  switch (layout) {
    case Layout::Plain:
      return CommandType::OpenLot;
    case Layout::WithRules:
      return CommandType::OpenLotWithRules;
    case Layout::WithSigning:
      return CommandType::OpenLotWithSigning;
  }
  UNREACHABLE();
}

void put_admitted(ByteWriter& to, std::vector<Admitted> const& admitted, Layout layout) {
  to.put(static_cast<std::uint32_t>(admitted.size()));
  for (auto const& [bidder, evaluation] : admitted) {
    to.put(bidder).put(evaluation.deduction);
    if (layout != Layout::Plain) to.put(evaluation.coefficient).put(evaluation.addition);
  }
}
std::vector<Admitted> get_admitted(ByteReader& from, Layout layout) {
  auto const bytes_each = layout == Layout::Plain ? std::size_t{12} : std::size_t{24};
  auto const count = from.get<std::uint32_t>();
  if (count > from.rest().size() / bytes_each) return from.fail(), std::vector<Admitted>{};
  std::vector<Admitted> admitted;
  admitted.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& [bidder, evaluation] = admitted.emplace_back();
    bidder = from.get<BidderId>();
    evaluation.deduction = from.get_points();
    if (layout == Layout::Plain) continue;
    evaluation.coefficient = from.get_points();
    evaluation.addition = from.get_money();
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
  ByteWriter& open;
  ByteWriter& secret;

  // A lot that the first layout can say keeps its bytes, and the digests of old journals with them.
  void operator()(OpenLot const& c) {
    auto const layout = layout_of(c);
    open.put(type_of(layout)).put(c.lot);
    put_rules(open, c.rules);
    if (layout != Layout::Plain) put_more_rules(open, c.rules);
    if (layout == Layout::WithSigning) open.put(std::uint8_t{c.rules.signed_bids});
    open.put(c.opens_at);
    put_admitted(open, c.admitted, layout);
    if (layout != Layout::Plain) open.put(c.after);
  }
  void put_bid(PlaceBid const& c) {
    open.put(c.lot).put(c.bidder).put(c.by);
    put_key(open, c.key);
    open.put(c.consent).put(privacy);
    (privacy == Privacy::Private ? secret : open).put(c.price);
  }
  void operator()(PlaceBid const& c) {
    open.put(CommandType::PlaceBid);
    put_bid(c);
  }
  void operator()(PlaceSurrogateBid const& c) {
    open.put(CommandType::PlaceSurrogateBid);
    put_bid(c.bid);
    open.put(c.approved_by).put_text(c.reason);
  }
  // A signature says the price to whoever tries all prices, so it is as private as the price.
  void operator()(PlaceSignedBid const& c) {
    open.put(CommandType::PlaceSignedBid);
    put_bid(c.bid);
    open.put(c.signature.key);
    (privacy == Privacy::Private ? secret : open).put_raw({c.signature.bytes.data(), c.signature.bytes.size()});
  }
  void operator()(NoteSignatures const& c) {
    open.put(CommandType::NoteSignatures).put(c.lot).put(c.through).put(static_cast<std::uint32_t>(c.invalid.size()));
    for (auto const seq : c.invalid) open.put(seq);
  }
  void operator()(WithdrawBid const& c) { open.put(CommandType::WithdrawBid).put(c.lot).put(c.bidder).put(c.by); }
  void operator()(SetProxy const& c) {
    open.put(CommandType::SetProxy).put(c.lot).put(c.bidder).put(c.by).put(c.step).put(privacy);
    (privacy == Privacy::Private ? secret : open).put(c.limit);
  }
  void operator()(CancelProxy const& c) { open.put(CommandType::CancelProxy).put(c.lot).put(c.bidder).put(c.by); }
  void operator()(CancelBid const& c) {
    open.put(CommandType::CancelBid).put(c.lot).put(c.bidder).put(c.bid).put(c.by).put_text(c.reason);
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

OpenLot get_open_lot(ByteReader& from, Layout layout) {
  OpenLot c;
  c.lot = from.get<LotId>();
  c.rules = get_rules(from);
  if (layout != Layout::Plain) get_more_rules(from, c.rules);
  if (layout == Layout::WithSigning) {
    c.rules.signed_bids = get_bool(from);
    if (!c.rules.signed_bids) from.fail();  // never written so: such a lot has one of the other layouts
  }
  c.opens_at = from.get_instant();
  c.admitted = get_admitted(from, layout);
  if (layout != Layout::Plain) c.after = from.get<LotId>();
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

PlaceSignedBid get_signed_bid(ByteReader& from, ByteReader& secret) {
  PlaceSignedBid c;
  auto const is_private = !secret.rest().empty();
  c.bid = get_place_bid(from, secret);
  c.signature.key = from.get<SigningKeyId>();
  auto& bytes = c.signature.bytes;
  (is_private ? secret : from).get_raw(bytes.size()).copy(bytes.data(), bytes.size());
  return c;
}

NoteSignatures get_note_signatures(ByteReader& from) {
  NoteSignatures c;
  c.lot = from.get<LotId>();
  c.through = from.get<Seq>();
  auto const count = from.get<std::uint32_t>();
  if (count > from.rest().size() / sizeof(std::uint64_t)) return from.fail(), c;
  c.invalid.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) c.invalid.push_back(from.get<Seq>());
  return c;
}

PlaceSurrogateBid get_surrogate_bid(ByteReader& from, ByteReader& secret) {
  PlaceSurrogateBid c;
  c.bid = get_place_bid(from, secret);
  c.approved_by = from.get<PersonId>();
  c.reason = from.get_text();
  return c;
}

template <class C>
C get_of_bidder(ByteReader& from) {
  C c;
  c.lot = from.get<LotId>();
  c.bidder = from.get<BidderId>();
  c.by = from.get<PersonId>();
  return c;
}

SetProxy get_set_proxy(ByteReader& from, ByteReader& secret) {
  auto c = get_of_bidder<SetProxy>(from);
  c.step = from.get_money();
  auto const privacy = get_known(from, Privacy::Open, Privacy::Private);
  c.limit = (privacy == Privacy::Private ? secret : from).get_money();
  return c;
}

CancelBid get_cancel_bid(ByteReader& from) {
  CancelBid c;
  c.lot = from.get<LotId>();
  c.bidder = from.get<BidderId>();
  c.bid = from.get<Seq>();
  c.by = from.get<PersonId>();
  c.reason = from.get_text();
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
      return get_open_lot(from, Layout::Plain);
    case CommandType::OpenLotWithRules:
      return get_open_lot(from, Layout::WithRules);
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
    case CommandType::PlaceSurrogateBid:
      return get_surrogate_bid(from, secret);
    case CommandType::WithdrawBid:
      return get_of_bidder<WithdrawBid>(from);
    case CommandType::SetProxy:
      return get_set_proxy(from, secret);
    case CommandType::CancelProxy:
      return get_of_bidder<CancelProxy>(from);
    case CommandType::CancelBid:
      return get_cancel_bid(from);
    case CommandType::OpenLotWithSigning:
      return get_open_lot(from, Layout::WithSigning);
    case CommandType::PlaceSignedBid:
      return get_signed_bid(from, secret);
    case CommandType::NoteSignatures:
      return get_note_signatures(from);
  }
  return std::nullopt;
}

}  // namespace

CommandBytes encode(Command const& command, Privacy privacy) {
  ByteWriter open;
  ByteWriter secret;
  encode(command, privacy, open, secret);
  return {open.take(), secret.take()};
}

void encode(Command const& command, Privacy privacy, ByteWriter& open, ByteWriter& secret) {
  std::visit(Encoder{privacy, open, secret}, command);
}

std::optional<Command> decode_command(std::string_view open, std::string_view secret) {
  ByteReader open_reader{open};
  ByteReader secret_reader{secret};
  auto command = get_command(open_reader, secret_reader);
  if (!open_reader.finished() || !secret_reader.finished()) return std::nullopt;
  return command;
}

}  // namespace engine
