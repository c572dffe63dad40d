// Plays both sides of one list, and looks for a shorter one.
#include "tests/support/difference.h"

#include <rapidcheck.h>

#include <set>

#include "engine/codec.h"
#include "engine/hall.h"
#include "tests/support/naive_lot.h"
#include "tests/support/scenario.h"

namespace support {
namespace {

using namespace engine;

std::string spoken(Events const& events) {
  std::string text;
  for (auto const& event : events) {
    text += "\n   ";
    for (auto const& phrase : phrases(event)) text += " [" + phrase + "]";
  }
  return text;
}

bool are_same(Events const& hall, Events const& naive) {
  if (hall.size() != naive.size()) return false;
  for (std::size_t i = 0; i < hall.size(); ++i) {
    if (bytes_of(hall[i]) != bytes_of(naive[i])) return false;
  }
  return true;
}

// Nothing where a command concerns no lot.
LotId lot_of(Command const& command) {
  return std::visit(
      []<class C>(C const& c) {
        if constexpr (requires { c.lot; })
          return c.lot;
        else if constexpr (requires { c.bid.lot; })
          return c.bid.lot;
        else
          return LotId{};
      },
      command);
}

}  // namespace

std::string bytes_of(Event const& event) {
  ByteWriter bytes;
  encode(event, bytes);
  return bytes.take();
}

std::optional<Difference> first_difference(Commands const& commands, Fault const& fault) {
  Hall hall;
  NaiveHall naive;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    Events decided, expected;
    hall.apply(commands[i], decided);
    naive.apply(commands[i], expected);
    if (fault) fault(decided);
    if (!are_same(decided, expected)) {
      return Difference{i, "hall:" + spoken(decided) + "\n naive:" + spoken(expected)};
    }
    if (hall.next_due() != naive.next_due() || hall.now() != naive.now()) {
      return Difference{i, "due next: hall " + std::to_string(in_millis(hall.next_due())) + ", naive " +
                               std::to_string(in_millis(naive.next_due()))};
    }
  }
  return std::nullopt;
}

Commands shortest(Commands commands, Fault const& fault, int tries) {
  auto const differs = [&](Commands const& fewer) { return tries-- > 0 && first_difference(fewer, fault).has_value(); };
  auto const found = first_difference(commands, fault);
  if (!found) return commands;
  commands.resize(found->place + 1);
  // Whole lots first, then one by one from the end: the search below begins anew after every success, and would take
  // long over a list that is mostly about something else.
  std::set<LotId> lots;
  for (auto const& command : commands) lots.insert(lot_of(command.command));
  for (auto const lot : lots) {
    auto fewer = commands;
    std::erase_if(fewer, [&](Sequenced const& command) { return lot_of(command.command) == lot; });
    if (differs(fewer)) commands = fewer;
  }
  for (auto place = commands.size(); place-- > 0;) {
    auto fewer = commands;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(place));
    if (differs(fewer)) commands = fewer;
  }
  auto const without_some = [](Commands const& all) { return rc::shrink::removeChunks(all); };
  return rc::shrinkable::findLocalMin(rc::shrinkable::shrinkRecur(commands, without_some), differs).first;
}

std::string report(Commands const& commands, Fault const& fault) {
  std::string text;
  for (auto const& command : commands) text += "\n  " + line_of(command.at, command.command);
  auto const found = first_difference(commands, fault);
  return text + "\n" + (found ? found->text : "no difference");
}

}  // namespace support
