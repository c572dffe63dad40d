// What a lane knows when it is over: of every lot for the checker, and its measures.
#include "bench/load/lane_parts.h"

namespace bench::load {

std::map<std::uint32_t, SeenLot> Lane::seen() const {
  std::map<std::uint32_t, SeenLot> all;
  auto const end_of = [](std::string whose, Participant const& participant, ebb_client::Picture const& picture) {
    StreamEnd end{std::move(whose), picture.faults(), picture.members()};
    for (auto const& oddity : participant.oddities()) end.faults.push_back(oddity);
    return end;
  };
  for (auto const& lot : lots_) {
    auto& seen = all[lot->place];
    seen.lot = lot->name;
    seen.wrong_answers = lot->wrong_answers;
    for (auto const& supplier : work_.staged.suppliers) seen.suppliers.push_back(supplier.name);
    for (std::size_t i = slow_.for_good; i < lot->watchers.size(); ++i)
      for (auto const& [stream, picture] : lot->watchers[i]->participant().pictures())
        seen.watchers.push_back(end_of(fmt::format("watcher {}", i), lot->watchers[i]->participant(), picture));
    if (lot->newcomer)
      for (auto const& [stream, picture] : lot->newcomer->participant().pictures())
        seen.watchers.push_back(end_of("newcomer", lot->newcomer->participant(), picture));
    for (std::size_t i = 0; i < lot->bidders.size(); ++i)
      for (auto const& [stream, picture] : lot->bidders[i]->participant().pictures())
        seen.others.push_back(end_of(fmt::format("bidder {}", i), lot->bidders[i]->participant(), picture));
  }
  for (auto const& lot : lots_)
    for (auto const& fault : lot->guests_faults) all[lot->place].others.push_back(fault);
  for (auto const number : mine_) {
    auto const& bid = work_.plan.bids[number];
    auto const& record = work_.records[number];
    auto& seen = all[bid.lot];
    if (record.fate == Fate::Unanswered || record.fate == Fate::NotSent) ++seen.unanswered;
    bool const is_own = bid.key == number;  // a repeat is the bid it repeats
    if (record.fate == Fate::Accepted && is_own) seen.accepted.push_back({record.seq, bid.supplier, bid.price});
  }
  return all;
}

std::vector<Sample> Lane::last_watcher() const {
  std::vector<Sample> samples;
  for (auto const& lot : lots_) {
    if (lot->watchers.size() == slow_.ever) continue;
    for (auto const& lead : lot->leads) {
      auto const due = work_.plan.bids[lead.bid].due;
      if (lead.waiting != 0 || work_.records[lead.bid].fate != Fate::Accepted) continue;
      samples.push_back({due, lead.last_at - (start_ + due)});
    }
  }
  return samples;
}

std::uint64_t Lane::reconnects() const {
  std::uint64_t sum = 0;
  for (auto const& lot : lots_) {
    for (auto const& bidder : lot->bidders) sum += bidder->participant().reconnects();
    for (auto const& watcher : lot->watchers) sum += watcher->participant().reconnects();
  }
  return sum;
}

std::uint64_t Lane::resends() const {
  std::uint64_t sum = 0;
  for (auto const& lot : lots_)
    for (auto const& bidder : lot->bidders) sum += bidder->participant().resends();
  return sum;
}

}  // namespace bench::load
