// Is a command's encoding canonical, whatever bytes come out of a journal? What decodes must encode to the same bytes
// again, what is short or left over must not decode, and the hall must have an answer to it.
//
// One exception, by intent (engine/codec.cpp): a lot in the layout "OpenLotWithRules" that the first layout could say
// decodes, and encodes to the first layout, which then means the same.
//
// An input is the length of the private part (a byte), the private part, and the public part.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/bytes.h"
#include "engine/check.h"
#include "engine/codec.h"
#include "engine/hall.h"

namespace fuzz {
namespace {

using namespace engine;

constexpr Instant noon = at_millis(1'767'268'800'000);
constexpr std::size_t ticks_most = 40;
constexpr std::size_t attempts_most = 20'000;  // bidders times attempts: a lot reserves them all

constexpr char open_lot = 1;
constexpr char open_lot_with_rules = 15;

void hold_same_lot(Command const& command, Command const& again) {
  auto const& a = std::get<OpenLot>(command);
  auto const& b = std::get<OpenLot>(again);
  CHECK(a.lot == b.lot && a.rules == b.rules && a.opens_at == b.opens_at && a.after == b.after);
  CHECK(a.admitted == b.admitted);
}

void hold_round_trip(Command const& command, std::string_view open, std::string_view secret) {
  auto const bytes = encode(command, secret.empty() ? Privacy::Open : Privacy::Private);
  CHECK(bytes.secret == secret);
  if (bytes.open == open) return;
  CHECK(open.front() == open_lot_with_rules && bytes.open.front() == open_lot);
  auto const again = decode_command(bytes.open, bytes.secret);
  CHECK(again.has_value());
  hold_same_lot(command, *again);
  CHECK(encode(*again, Privacy::Open).open == bytes.open);
}

void hold_length(std::string_view open, std::string_view secret) {
  CHECK(!decode_command(open.substr(0, open.size() - 1), secret));
  CHECK(!decode_command(std::string{open} + '\0', secret));
}

// A lot of its own runs beside it, as long as it takes.
void hold_answer(Command command) {
  if (auto const* open = std::get_if<OpenLot>(&command)) {
    if (open->admitted.size() > attempts_most || open->admitted.size() * open->rules.attempts_max > attempts_most)
      return;
  }
  LotRules rules;
  rules.ceiling = Money::fen(100'000);
  rules.decrement = Money::fen(100);
  Hall hall;
  Events events;
  std::uint64_t seq = 0;
  auto const apply = [&](Instant at, Command next) {
    hall.apply({Seq{++seq}, Seq{}, at, std::nullopt, Ticket{}, std::move(next)}, events);
    CHECK(hall.next_due() > hall.now());
  };
  apply(noon, OpenLot{lot_id(InquiryId{1}, 1), rules, noon, {{BidderId{1}}, {BidderId{2}}, {BidderId{3}}}, LotId{}});
  apply(noon + Duration{1}, std::move(command));
  for (std::size_t i = 0; i < ticks_most && hall.next_due() != never; ++i) apply(hall.next_due(), Tick{});
}

void try_one(std::string_view input) {
  ByteReader reader{input};
  auto const secret = reader.get_raw(reader.get<std::uint8_t>());
  if (!reader.ok()) return;
  auto const open = reader.rest();
  auto command = decode_command(open, secret);
  if (!command) return;
  hold_round_trip(*command, open, secret);
  hold_length(open, secret);
  hold_answer(std::move(*command));
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::try_one({reinterpret_cast<char const*>(data), size});
  return 0;
}
