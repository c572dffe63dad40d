// See the header. Amounts and times are read as whole numbers from their digits.
#include "tests/e2e/ebay_auctions.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace ebay {
namespace {

// "177.5" with two places is 17750.
std::int64_t scaled(std::string const& text, int places) {
  std::int64_t value = 0;
  int after = -1;
  for (char const c : text) {
    if (c == '.') {
      after = 0;
    } else if (c >= '0' && c <= '9') {
      if (after == places) continue;
      value = value * 10 + (c - '0');
      if (after >= 0) ++after;
    } else {
      throw std::runtime_error("not a number: " + text);
    }
  }
  for (int i = std::max(after, 0); i < places; ++i) value *= 10;
  return value;
}

std::vector<std::string> cells(std::string const& line) {
  std::vector<std::string> out;
  std::istringstream in{line};
  for (std::string cell; std::getline(in, cell, ',');) out.push_back(cell);
  return out;
}

// The rules of a reverse lot, as a person would apply them with a pencil (rules.md §4.4).
class Pencil {
 public:
  explicit Pencil(LotRules rules) : rules_(rules) {}

  std::string judge(PlannedBid const& bid) const {
    if (bid.fen <= 0) return "AMOUNT_NON_POSITIVE";
    if (bid.fen > rules_.ceiling) return "ABOVE_CEILING";
    auto const own = own_.find(bid.bidder);
    if (rules_.basis == Basis::Own && own != own_.end() && bid.fen > own->second.fen - rules_.decrement) {
      return "DECREMENT_TOO_SMALL";
    }
    if (rules_.basis == Basis::Best && !own_.empty() && bid.fen > best()->second.fen - rules_.decrement) {
      return "DECREMENT_TOO_SMALL";
    }
    auto const meant = bid.consent == PlannedBid::Consent::Given;
    if (!meant && !own_.empty() && 2 * bid.fen < best()->second.fen) return "CONFIRMATION_NEEDED";
    return "";
  }
  void accept(PlannedBid const& bid) { own_[bid.bidder] = {bid.fen, ++accepted_}; }

  Expected close() const {
    Expected expected{.state = "AWARDED", .winner = std::nullopt, .price = 0, .accepted = accepted_};
    if (own_.empty()) {
      expected.state = "FAILED_NO_BID";
    } else if (own_.size() < static_cast<std::size_t>(rules_.min_bidders)) {
      expected.state = "FAILED_FEW";
    } else {
      expected.winner = best()->first;
      expected.price = best()->second.fen;
    }
    return expected;
  }

 private:
  struct Last {
    std::int64_t fen;
    std::size_t when;  // of equal prices the earlier leads
  };
  std::map<std::size_t, Last>::const_iterator best() const {
    return std::ranges::min_element(own_, [](auto const& a, auto const& b) {
      return std::pair{a.second.fen, a.second.when} < std::pair{b.second.fen, b.second.when};
    });
  }

  LotRules rules_;
  std::map<std::size_t, Last> own_;
  std::size_t accepted_ = 0;
};

}  // namespace

std::optional<std::filesystem::path> fixture() {
  auto const* folder = std::getenv("EBB_FIXTURES");
  if (folder == nullptr) return std::nullopt;
  auto const file = std::filesystem::path{folder} / "bids-ebay" / "ebay-auctions-anonymised.csv";
  if (!std::filesystem::exists(file)) return std::nullopt;
  return file;
}

std::vector<Auction> read(std::filesystem::path const& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  if (!line.starts_with("auctionid,bid,bidtime_days,bidder,bidderrate,openbid")) {
    throw std::runtime_error("other columns than expected: " + line);
  }
  std::vector<Auction> auctions;
  std::map<std::string, std::size_t> bidders;
  while (std::getline(in, line)) {
    auto const row = cells(line);
    if (auctions.empty() || auctions.back().id != row.at(0)) {
      auctions.push_back({row[0], scaled(row.at(5), 2), {}});
      bidders.clear();
    }
    auto const bidder = bidders.try_emplace(row.at(3), bidders.size()).first->second;
    auctions.back().bids.push_back({bidder, scaled(row.at(1), 2), scaled(row.at(2), 6)});
  }
  for (auto& auction : auctions) std::ranges::stable_sort(auction.bids, {}, &Bid::micro_days);
  return auctions;
}

Lot mirror(Auction const& auction, std::size_t variety) {
  std::int64_t top = auction.opening_fen;
  for (auto const& bid : auction.bids) top = std::max(top, bid.fen);
  // Seen from twice the top the steps stay small; seen from just above it the last ones halve the price and more.
  auto const pivot = variety % 2 == 0 ? 2 * top : top + 100;
  Lot lot;
  lot.rules.ceiling = pivot - auction.opening_fen;
  lot.rules.decrement = std::max<std::int64_t>(1, lot.rules.ceiling / (variety % 3 == 0 ? 200 : 1000));
  lot.rules.basis = variety % 4 < 2 ? Basis::Own : Basis::Best;
  lot.rules.min_bidders = static_cast<int>(1 + variety % 3);
  Pencil pencil{lot.rules};
  for (auto const& bid : auction.bids) {
    PlannedBid planned{.bidder = bid.bidder, .fen = pivot - bid.fen, .micro_days = bid.micro_days, .expected = {}};
    planned.expected = pencil.judge(planned);
    lot.bids.push_back(planned);
    if (planned.expected == "CONFIRMATION_NEEDED") {  // they meant it
      planned.consent = PlannedBid::Consent::Given;
      planned.expected = pencil.judge(planned);
      lot.bids.push_back(planned);
    }
    if (planned.expected.empty()) pencil.accept(planned);
  }
  lot.expected = pencil.close();
  return lot;
}

std::string yuan(std::int64_t fen) {
  auto const hundredths = std::to_string(fen % 100);
  return std::to_string(fen / 100) + "." + (hundredths.size() < 2 ? "0" : "") + hundredths;
}

}  // namespace ebay
