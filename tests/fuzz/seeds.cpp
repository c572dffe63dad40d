// The first inputs of the targets, made from auction files: what an input means changes with the targets, an auction
// does not.
//
//   fuzz_seeds FOLDER FILE...    writes FOLDER/hall/NAME (a day), FOLDER/command/NAME-<n> (each command of it)
//
// A day keeps the lots as they are, the times and the prices; names, keys and reasons become those of day.h.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "engine/codec.h"
#include "tests/fuzz/day.h"
#include "tools/ebb/auction_file.h"

namespace fuzz {
namespace {

namespace fs = std::filesystem;
using namespace engine;
using ebb::auction::Act;
using ebb::auction::File;

constexpr Instant morning = at_millis(1'767'225'600'000);
constexpr std::uint8_t consent = 0x80;

class Writer {
 public:
  explicit Writer(File const& file) : file_(file), now_(file.announced_at) {}

  std::string day() {
    for (auto const& open : file_.opening) put_opening(open);
    for (auto const& act : file_.acts) {
      wait_until(act.at);
      put_act(act);
    }
    return bytes_.take();
  }

 private:
  void put(Step const& step) {
    bytes_.put(step.verb).put(step.wait).put(step.lot).put(step.who).put(step.how).put(step.more);
    bytes_.put(step.small).put(step.amount);
  }
  void wait_until(Instant at) {
    while (at > now_) {
      auto const wait = std::min<std::int64_t>((at - now_).count(), std::numeric_limits<std::uint32_t>::max());
      put({.verb = Verb::Wait, .amount = static_cast<std::uint32_t>(wait)});
      now_ += Duration{wait};
    }
  }
  void put_opening(OpenLot open) {
    open.opens_at += morning - file_.announced_at;
    put({.verb = Verb::OpenAsEncoded});
    auto const encoded = encode(open, Privacy::Open).open;
    bytes_.put(static_cast<std::uint16_t>(encoded.size())).put_raw(encoded);
  }

  Step about(Verb verb, LotId lot, BidderId bidder = {}) const {
    Step step{.verb = verb};
    auto const found = std::ranges::find(file_.opening, lot, &OpenLot::lot);
    step.lot = static_cast<std::uint8_t>(found - file_.opening.begin());
    auto const& admitted = found->admitted;
    auto const who = std::ranges::find(admitted, bidder, &Admitted::bidder) - admitted.begin();
    step.who = who == std::ssize(admitted) ? nobody : static_cast<std::uint8_t>(who);
    return step;
  }
  static Step at_price(Step step, Money price) {
    step.amount = static_cast<std::uint32_t>(price.in_fen());
    return step;
  }
  Step bid(Verb verb, PlaceBid const& bid) const {
    auto step = at_price(about(verb, bid.lot, bid.bidder), bid.price);
    if (bid.consent == Consent::Given) step.how |= consent;
    return step;
  }

  void put_act(Act const& act) {
    std::visit([this](auto const& command) { put_command(command); }, act.command);
  }
  void put_command(PlaceBid const& c) { put(bid(Verb::Bid, c)); }
  void put_command(PlaceSurrogateBid const& c) { put(bid(Verb::SurrogateBid, c.bid)); }
  void put_command(WithdrawBid const& c) { put(about(Verb::Withdraw, c.lot, c.bidder)); }
  void put_command(SetProxy const& c) {
    auto step = at_price(about(Verb::SetProxy, c.lot, c.bidder), c.limit);
    step.small = static_cast<std::uint16_t>(std::min<std::int64_t>(c.step.in_fen(), 0xffff));
    put(step);
  }
  void put_command(CancelProxy const& c) { put(about(Verb::CancelProxy, c.lot, c.bidder)); }
  void put_command(CancelBid const& c) { put(about(Verb::CancelBid, c.lot, c.bidder)); }
  void put_command(PauseLot const& c) { put(about(Verb::Pause, c.lot)); }
  void put_command(ResumeLot const& c) { put(about(Verb::Resume, c.lot)); }
  void put_command(AbortLot const& c) { put(about(Verb::Abort, c.lot)); }
  void put_command(DisqualifyBidder const& c) { put(about(Verb::Disqualify, c.lot, c.bidder)); }
  void put_command(ReinstateBidder const& c) { put(about(Verb::Reinstate, c.lot, c.bidder)); }
  void put_command(ChooseQuote const& c) { put(about(Verb::Choose, c.lot, c.bidder)); }
  void put_command(AnswerAward const& c) {
    auto step = about(Verb::Answer, c.lot, c.bidder);
    step.how = c.answer == AwardAnswer::Confirm ? 0 : 1;
    put(step);
  }
  void put_command(AskNext const& c) { put(about(Verb::AskNext, c.lot)); }
  void put_command(Started const& c) {
    put({.verb = Verb::Outage, .amount = static_cast<std::uint32_t>((now_ - c.last_alive).count())});
  }
  void put_command(ClockStepped const& c) {
    put({.verb = Verb::ClockStep, .amount = static_cast<std::uint32_t>(c.by.count())});
  }
  void put_command(OpenLot const& c) { put_opening(c); }
  void put_command(Tick const&) {}
  void put_command(ModuleCommand const&) {}

  File const& file_;
  ByteWriter bytes_;
  Instant now_;
};

std::string read_whole(fs::path const& path) {
  std::ifstream from{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{from}, {}};
}

void write_whole(fs::path const& path, std::string const& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary}.write(bytes.data(), std::ssize(bytes));
}

std::string command_input(Command const& command) {
  auto const is_bid = std::holds_alternative<PlaceBid>(command) || std::holds_alternative<SetProxy>(command);
  auto const bytes = encode(command, is_bid ? Privacy::Private : Privacy::Open);
  return static_cast<char>(bytes.secret.size()) + bytes.secret + bytes.open;
}

}  // namespace
}  // namespace fuzz

int main(int count, char** arguments) {
  using namespace fuzz;
  if (count < 3) return std::fputs("fuzz_seeds FOLDER FILE...\n", stderr), 2;
  fs::path const folder = arguments[1];
  for (auto i = 2; i < count; ++i) {
    fs::path const path = arguments[i];
    auto const file = ebb::auction::read_file(read_whole(path));
    if (!file) return std::fprintf(stderr, "%s: not an auction\n", arguments[i]), 1;
    auto const name = path.stem().string();
    write_whole(folder / "hall" / name, Writer{*file}.day());
    std::vector<Command> commands(file->opening.begin(), file->opening.end());
    for (auto const& act : file->acts) commands.push_back(act.command);
    for (std::size_t n = 0; n < commands.size(); ++n) {
      write_whole(folder / "command" / (name + "-" + std::to_string(n)), command_input(commands[n]));
    }
  }
  return 0;
}
