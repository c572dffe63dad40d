// The canonical bytes of commands and events: the same values give the same bytes on every machine, for good.
//
// Commands go to the journal and into follow-up rows; events only into the outcome digest, so they need no decoder.
// A new field means a new number for the command, never a different meaning of old bytes (persistence/FORMAT.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/bytes.h"
#include "engine/command.h"
#include "engine/event.h"

namespace engine {

struct CommandBytes {
  std::string open;    // type number (u8), then the fields
  std::string secret;  // private part; empty when the command has none
};

enum class Privacy : std::uint8_t { Open = 0, Private = 1 };

// `privacy` says whether what can be private is: the price of a PlaceBid moves into `secret` for a sealed lot.
// A ModuleCommand's `secret` is always private.
CommandBytes encode(Command const&, Privacy);
// The same behind what is in the writers already: for whoever encodes many.
void encode(Command const&, Privacy, ByteWriter& open, ByteWriter& secret);
// Nothing for bytes that this code did not write: unknown type, short, left-overs.
std::optional<Command> decode_command(std::string_view open, std::string_view secret);

void encode(Event const&, ByteWriter&);

}  // namespace engine
