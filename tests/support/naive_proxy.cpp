// Automatic bids of a naive lot: who outbids whom, one after the other, until nobody can or need.
//
// Thread: none of its own. Failure: none. Memory: the lot's.
#include <algorithm>

#include "tests/support/naive_lot.h"

namespace support {

using namespace engine;

NaiveProxy* NaiveLot::active_proxy(BidderId bidder) {
  for (auto& proxy : proxies) {
    if (proxy.bidder == bidder && proxy.active) return &proxy;
  }
  return nullptr;
}
bool NaiveLot::has_proxy(BidderId bidder) const {
  return std::ranges::any_of(proxies, [&](auto const& proxy) { return proxy.bidder == bidder && proxy.active; });
}

bool NaiveLot::is_better(NaiveProxy const& a, NaiveProxy const& b) const {
  auto const of_a = key(a.bidder, a.limit), of_b = key(b.bidder, b.limit);
  if (of_a != of_b) return of_a < of_b;
  return a.place < b.place;
}

bool NaiveLot::can_beat(NaiveProxy const& proxy, Evaluated const& other) const {
  auto const level = reference(other, proxy.bidder);
  auto gap = std::max(rules().front_buffer, Money::fen(1));
  if (rules().step_basis == StepBasis::Best) gap = std::max(gap, decrement(level));
  return proxy.limit <= level - gap;
}

void NaiveLot::end_proxy(BidderId bidder, ProxyEnd because, PersonId by, Events& out) {
  auto* const proxy = active_proxy(bidder);
  if (proxy == nullptr) return;
  proxy->active = false;
  out.push_back(ProxyEnded{opened.lot, bidder, by, because});
}

void NaiveLot::place_automatic(NaiveProxy const& proxy, Money price, NaiveCause cause, Events& out) {
  NaiveTry bid{.bid = {.lot = opened.lot, .bidder = proxy.bidder, .by = {}, .price = price, .key = {}},
               .receipt = {opened.lot, proxy.bidder, {}, cause.seq, cause.at, 0, {}}};
  bid.automatic = true;
  auto const previous_rank = shown_rank(proxy.bidder);
  tries.push_back(bid);
  auto const where = placed(bid, previous_rank);
  out.push_back(ProxyBid{opened.lot, proxy.bidder, cause.seq, cause.at, where});
  extend_late(cause.at, where.rank, out);
}

// The last word of a proxy that cannot win.
void NaiveLot::try_limit(NaiveProxy const& proxy, NaiveCause cause, Events& out) {
  if (!judge_reverse(proxy.bidder, proxy.limit, false)) place_automatic(proxy, proxy.limit, cause, out);
  end_proxy(proxy.bidder, ProxyEnd::Exhausted, PersonId{}, out);
}

// The leader bids by hand: take the lead by the proxy's step, or with what is left of it.
void NaiveLot::outbid(NaiveProxy const& proxy, NaiveCause cause, Events& out) {
  auto const& r = rules();
  auto const level = reference(key(*ranking().front()), proxy.bidder);
  auto highest = std::min(top(proxy.bidder), level - std::max(Money::fen(1), r.front_buffer));
  auto const* own = last_valid(proxy.bidder);
  if (r.step_basis == StepBasis::Best) highest = std::min(highest, level - decrement(level));
  if (r.step_basis == StepBasis::Own && own != nullptr) {
    highest = std::min(highest, own->bid.price - decrement(own->bid.price));
  }
  auto wanted = std::min(highest, level - proxy.step);
  if (r.step_kind == StepKind::Multiple) {
    auto const to_grid = [&](Money price) {
      auto grid = r.ceiling;
      while (grid > price) grid = grid - r.decrement;
      return grid;
    };
    highest = to_grid(highest);
    wanted = to_grid(wanted);
  }
  auto const is_last = wanted <= proxy.limit;
  auto const bidder = proxy.bidder;
  if (wanted >= proxy.limit)
    place_automatic(proxy, wanted, cause, out);
  else if (highest >= proxy.limit)
    place_automatic(proxy, proxy.limit, cause, out);
  if (is_last) end_proxy(bidder, ProxyEnd::Exhausted, PersonId{}, out);
}

void NaiveLot::let_proxies_act(NaiveCause cause, Events& out) {
  while (live() && takes_open_bids() && !ranking().empty()) {
    auto const leader = ranking().front()->bid.bidder;
    std::optional<NaiveProxy> challenger;
    for (auto const& proxy : proxies) {
      if (!proxy.active || proxy.bidder == leader) continue;
      if (!challenger || is_better(proxy, *challenger)) challenger = proxy;
    }
    if (!challenger) return;
    auto const* const defence = active_proxy(leader);
    if (defence == nullptr) {
      outbid(*challenger, cause, out);
      continue;
    }
    auto const defended = is_better(*defence, *challenger);
    auto const better = defended ? *defence : *challenger;
    auto const worse = defended ? *challenger : *defence;
    auto const ends = can_beat(better, key(worse.bidder, worse.limit)) ? worse : better;
    try_limit(ends, cause, out);
  }
}

}  // namespace support
