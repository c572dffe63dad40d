// One function per promise; each adds its sentences.
#include "bench/load/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace bench::load {
namespace {

using Words = std::vector<std::string>;

void check_order(SeenLot const& seen, ToldLot const& told, Words& out) {
  for (std::size_t i = 1; i < told.history.size(); ++i) {
    auto const before = told.history[i - 1].seq;
    auto const here = told.history[i].seq;
    if (here == before) out.push_back(fmt::format("lot {}: seq {} is in the history twice", seen.lot, here));
    if (here < before)
      out.push_back(fmt::format("lot {}: history out of order, seq {} after {}", seen.lot, here, before));
  }
}

void check_every_bid(SeenLot const& seen, ToldLot const& told, Words& out) {
  std::map<std::uint64_t, HistoryLine const*> lines;
  for (auto const& line : told.history) {
    if (!lines.emplace(line.seq, &line).second)
      out.push_back(fmt::format("lot {}: seq {} was counted more than once", seen.lot, line.seq));
  }
  std::set<std::uint64_t> acknowledged;
  std::map<std::uint32_t, std::string> alias_of;
  std::map<std::string, std::uint32_t> supplier_of;
  for (auto const& bid : seen.accepted) {
    if (!acknowledged.insert(bid.seq).second)
      out.push_back(fmt::format("lot {}: seq {} was acknowledged for two bids", seen.lot, bid.seq));
    auto const found = lines.find(bid.seq);
    if (found == lines.end()) {
      out.push_back(fmt::format("lot {}: lost: seq {} at {} was acknowledged and is not in the history", seen.lot,
                                bid.seq, in_yuan(bid.price)));
      continue;
    }
    auto const& line = *found->second;
    if (line.price != bid.price)
      out.push_back(fmt::format("lot {}: seq {} was bid at {} and stands at {}", seen.lot, bid.seq, in_yuan(bid.price),
                                in_yuan(line.price)));
    auto const& alias = alias_of.emplace(bid.supplier, line.alias).first->second;
    auto const supplier = supplier_of.emplace(line.alias, bid.supplier).first->second;
    if (alias != line.alias || supplier != bid.supplier)
      out.push_back(
          fmt::format("lot {}: seq {} stands under {}, which is somebody else", seen.lot, bid.seq, line.alias));
  }
  for (auto const& line : told.history)
    if (!acknowledged.contains(line.seq))
      out.push_back(fmt::format("lot {}: seq {} at {} is in the history and nobody was told", seen.lot, line.seq,
                                in_yuan(line.price)));
}

void check_winner(SeenLot const& seen, ToldLot const& told, Words& out) {
  auto const right = winner_of(seen.accepted);
  if (told.state != "AWARDED" && told.state != "ORDER_CONFIRMED") {
    if (told.winner) out.push_back(fmt::format("lot {}: {} and yet {} has won", seen.lot, told.state, *told.winner));
    return;
  }
  if (!right || !told.winner || !told.winning_price) {
    out.push_back(fmt::format("lot {}: {} without a winner or without a bid", seen.lot, told.state));
    return;
  }
  auto const& name = seen.suppliers.at(right->supplier);
  if (*told.winner != name)
    out.push_back(fmt::format("lot {}: wrong winner: {} instead of {} (seq {} at {})", seen.lot, *told.winner, name,
                              right->seq, in_yuan(right->price)));
  if (*told.winning_price != right->price)
    out.push_back(
        fmt::format("lot {}: won at {} instead of {}", seen.lot, in_yuan(*told.winning_price), in_yuan(right->price)));
}

void check_streams(SeenLot const& seen, Words& out) {
  for (auto const* streams : {&seen.watchers, &seen.others})
    for (auto const& stream : *streams)
      for (auto const& fault : stream.faults)
        out.push_back(fmt::format("lot {}: {}: {}", seen.lot, stream.whose, fault));
  for (auto const& stream : seen.watchers) {
    auto const& first = seen.watchers.front();
    if (stream.picture == first.picture) continue;
    out.push_back(fmt::format("lot {}: {} and {} ended with different pictures", seen.lot, first.whose, stream.whose));
    for (auto const& [name, value] : first.picture) {
      auto const other = stream.picture.find(name);
      if (other == stream.picture.end() || other->second != value)
        out.back() += fmt::format("; {} {} / {}", name, value, other == stream.picture.end() ? "-" : other->second);
    }
  }
}

void check_best(SeenLot const& seen, Words& out) {
  auto const right = winner_of(seen.accepted);
  if (!right || seen.watchers.empty()) return;
  auto const best = seen.watchers.front().picture.find("best");
  if (best == seen.watchers.front().picture.end()) return;
  if (best->second != '"' + in_yuan(right->price) + '"')
    out.push_back(fmt::format("lot {}: watchers ended at {} and the best bid is {}", seen.lot, best->second,
                              in_yuan(right->price)));
}

}  // namespace

std::optional<Acknowledged> winner_of(std::vector<Acknowledged> const& accepted) {
  std::map<std::uint32_t, Acknowledged> last;
  for (auto const& bid : accepted) {
    auto& mine = last.try_emplace(bid.supplier, bid).first->second;
    if (bid.seq > mine.seq) mine = bid;
  }
  std::optional<Acknowledged> best;
  for (auto const& [supplier, bid] : last)
    if (!best || bid.price < best->price || (bid.price == best->price && bid.seq < best->seq)) best = bid;
  return best;
}

std::vector<std::string> differences(SeenLot const& seen, ToldLot const& told) {
  Words out;
  if (seen.unanswered != 0)
    out.push_back(fmt::format("lot {}: {} bids were never answered", seen.lot, seen.unanswered));
  for (auto const& words : seen.wrong_answers) out.push_back(fmt::format("lot {}: {}", seen.lot, words));
  check_order(seen, told, out);
  check_every_bid(seen, told, out);
  check_winner(seen, told, out);
  check_best(seen, out);
  check_streams(seen, out);
  return out;
}

std::string in_yuan(engine::Money money) {
  return fmt::format("{}.{:02}", money.in_fen() / 100, std::abs(money.in_fen() % 100));
}

std::optional<engine::Money> from_yuan(std::string_view text) {
  std::int64_t fen = 0;
  std::size_t decimals = 0;
  bool is_behind_point = false;
  if (text.empty() || text.size() > 16) return std::nullopt;
  for (char const c : text) {
    if (c == '.' && !is_behind_point) {
      is_behind_point = true;
      continue;
    }
    if (c < '0' || c > '9' || decimals == 2) return std::nullopt;
    fen = fen * 10 + (c - '0');
    if (is_behind_point) ++decimals;
  }
  for (; decimals < 2; ++decimals) fen *= 10;
  return engine::Money::fen(fen);
}

}  // namespace bench::load
