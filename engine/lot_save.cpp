// A lot as bytes, and a lot from bytes.
//
// write() is what the digest of a hall is made of; its bytes stay as they are for good. save() is the same, with what
// the digest does without and with attempts in fewer bytes. What follows from the rest is not saved but made again: the
// roster, the book, what ordinary bids are judged by, the award.
//
// load() believes nothing. It holds what no later step looks at again (places, states, stages, times, prices), so that
// a lot that was loaded can do nothing that another cannot. The bytes are those of save() to the last: attempts, nearly
// all of them, can be read from no others; what stands before and behind is saved again and compared. Layout:
// persistence/FORMAT.md.
#include <algorithm>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/lot.h"

namespace engine {

// Out -----------------------------------------------------------------------------------------------------------------

void Lot::write_opening(ByteWriter& bytes) const {
  std::vector<Admitted> admitted;
  admitted.reserve(bidders_.size());
  for (auto const& bidder : bidders_) admitted.push_back({bidder.id, evaluations_[admitted.size()]});
  bytes.put_raw(encode(OpenLot{id_, rules_, opens_at_, admitted, after_}, Privacy::Open).open);
}

void Lot::write_course(ByteWriter& bytes) const {
  bytes.put(state_).put(resume_to_).put(outcome_).put(window_).put(static_cast<std::uint8_t>(waits_)).put(next_);
  auto const& [kind, round, turn, bidder_of_stage, level] = stage_;
  bytes.put(kind).put(round).put(turn).put(bidder_of_stage).put(level);
  bytes.put(ends_at_).put(cap_at_).put(paused_at_).put(until_);
  bytes.put(extensions_).put(pending_).put(taker_).put(taken_).put(std::uint8_t{top_.has_value()});
  if (top_) bytes.put(top_->whole).put(top_->rest).put(top_->over);
  for (auto const slot : turn_order_) bytes.put(slot);
  // The id is in the opening; the attempts count themselves.
  for (auto const& [id, price, last, standing, is_eliminated, attempts] : bidders_) {
    bytes.put(standing).put(std::uint8_t{is_eliminated}).put(price).put(last);
  }
  for (auto const& [limit, step, order, times_set] : proxies_) {
    bytes.put(limit).put(step).put(order).put(times_set);
  }
}

void Lot::write_award(ByteWriter& bytes) const {
  // Only where bids are signed, so that the digests of lots before there were such keep their bytes.
  if (rules_.signed_bids) {
    bytes.put(static_cast<std::uint32_t>(unverified_.size()));
    for (auto const& [bid, by, signature] : unverified_) {
      bytes.put(bid).put(by).put(signature.key).put_raw({signature.bytes.data(), signature.bytes.size()});
    }
  }
  bytes.put(asked_).put(award_.choice());
  for (auto const& standing : award_.left()) bytes.put(standing.bidder).put(standing.rank);
}

void Lot::write(ByteWriter& bytes) const {
  write_opening(bytes);
  write_course(bytes);
  bytes.put(attempts_.size());
  for (AttemptPlace place = 0; place < attempts_.size(); ++place) {
    auto const& attempt = attempts_.at(place);
    auto const [kind, actual, limit] = attempts_.refusal_at(place);
    bytes.put_raw({attempt.key.text.data(), attempt.key.text.size()});
    bytes.put(attempt.slot()).put(attempt.consent()).put(std::uint8_t{attempt.is_voided()}).put(attempt.number());
    bytes.put(attempt.price).put(attempt.seq).put(attempt.at);
    bytes.put(kind == nullptr ? std::uint16_t{0} : kind->number);
    bytes.put(actual.unit).put(actual.value).put(limit.unit).put(limit.value);
  }
  write_award(bytes);
}

void Lot::save(ByteWriter& bytes) const {
  // Every member by name, so that one that is added does not compile until it is saved, or follows from what is.
  [[maybe_unused]] auto const& [ends_at, state, resume_to, outcome, window, extensions, ordinary, stage, roster,
                                bidders, book, attempts, id, rules, evaluations, proxies, proxies_set, waits, after,
                                earliest, next, opens_at, cap_at, paused_at, until, late_extension, top, turn_order,
                                unverified, pending, taker, taken, award, asked] = *this;
  CHECK(late_extension == Duration::zero());  // lives within a command
  save_before_attempts(bytes);
  attempts.save(bytes);
  write_award(bytes);
}

void Lot::save_before_attempts(ByteWriter& bytes) const {
  auto const begun = bytes.begin_text();
  write_opening(bytes);
  bytes.end_text(begun);
  bytes.put(earliest_).put(static_cast<std::uint16_t>(turn_order_.size()));
  bytes.put(static_cast<std::uint16_t>(award_.left().size()));
  write_course(bytes);
}

// In ------------------------------------------------------------------------------------------------------------------

class Lot::Loader {
 public:
  Loader(Lot& lot, ByteReader& from, Moment now) : lot_(lot), from_(from), now_(now) {}

  bool load() {
    lot_.earliest_ = from_.get_instant();
    auto const turns = from_.get<std::uint16_t>();
    auto const left = from_.get<std::uint16_t>();
    if (std::max(turns, left) > lot_.bidders_.size()) return false;
    load_course(turns);
    before_attempts_ = from_.rest().size();
    if (!from_.ok() || !load_attempts()) return false;
    behind_attempts_ = from_.rest().size();
    return is_course_sound() && count_again() && load_unverified() && load_award(left) && from_.finished() &&
           is_state_sound();
  }
  // Behind load(): what is not an attempt is what save() gives of the lot now.
  bool is_saved_as(std::string_view piece, ByteWriter& again) const {
    again.clear();
    lot_.save_before_attempts(again);
    if (again.view() != piece.substr(0, piece.size() - before_attempts_)) return false;
    again.clear();
    lot_.write_award(again);
    return again.view() == piece.substr(piece.size() - behind_attempts_);
  }

 private:
  void load_course(std::size_t turns);
  bool load_attempts();
  bool load_unverified();
  bool load_award(std::size_t left);
  bool count_again();

  bool is_course_sound() const;
  bool is_stage_sound() const;
  bool is_in_levels_end() const;
  bool is_pending_sound() const;
  bool are_proxies_sound() const;
  bool is_state_sound() const;

  bool is_slot(Slot slot) const { return slot < lot_.bidders_.size(); }
  bool is_price(Money price) const { return price >= Money::fen(1) && price <= lot_.rules_.ceiling; }

  Lot& lot_;
  ByteReader& from_;
  Moment now_;
  // Bytes that were left of the piece.
  std::size_t before_attempts_ = 0;
  std::size_t behind_attempts_ = 0;
};

bool Lot::load(std::string_view piece, ByteReader& from, Moment now, ByteWriter& again) {
  Loader loader{*this, from, now};
  return loader.load() && loader.is_saved_as(piece, again);
}

// As write_course() wrote it.
void Lot::Loader::load_course(std::size_t turns) {
  auto& from = from_;
  lot_.state_ = from.get<LotState>();
  lot_.resume_to_ = from.get<LotState>();
  lot_.outcome_ = from.get<LotState>();
  lot_.window_ = from.get<Window>();
  lot_.waits_ = from.get<std::uint8_t>() != 0 ? Waits::ForAnother : Waits::No;
  lot_.next_ = from.get<StageKind>();
  lot_.stage_.kind = from.get<StageKind>();
  lot_.stage_.round = from.get<std::uint16_t>();
  lot_.stage_.turn = from.get<std::uint16_t>();
  lot_.stage_.bidder = from.get<BidderId>();
  lot_.stage_.level = from.get_money();
  lot_.ends_at_ = from.get_instant();
  lot_.cap_at_ = from.get_instant();
  lot_.paused_at_ = from.get_instant();
  lot_.until_ = from.get_instant();
  lot_.extensions_ = from.get<std::uint16_t>();
  lot_.pending_ = from.get<AttemptPlace>();
  lot_.taker_ = from.get<Slot>();
  lot_.taken_ = from.get_money();
  if (from.get<std::uint8_t>() != 0) {
    auto& top = lot_.top_.emplace();
    top.whole = from.get<std::int64_t>();
    top.rest = from.get<std::uint32_t>();
    top.over = from.get<std::uint32_t>();
    lot_.ordinary_.highest = std::min(lot_.rules_.ceiling, Money::fen(top.whole));
  }
  lot_.turn_order_.resize(turns);
  for (auto& slot : lot_.turn_order_) slot = from.get<Slot>();
  for (auto& bidder : lot_.bidders_) {
    bidder.standing = from.get<Bidder::Standing>();
    bidder.is_eliminated = from.get<std::uint8_t>() != 0;
    bidder.price = from.get_money();
    bidder.last = from.get<AttemptPlace>();
  }
  for (auto& proxy : lot_.proxies_) {
    proxy.limit = from.get_money();
    proxy.step = from.get_money();
    proxy.order = from.get<std::uint32_t>();
    proxy.times_set = from.get<std::uint32_t>();
    lot_.proxies_set_ += proxy.times_set;
  }
}

bool Lot::Loader::load_attempts() {
  std::vector<std::uint16_t> used(lot_.bidders_.size());
  if (!lot_.attempts_.load(from_, lot_.rules_.attempts_max, used)) return false;
  for (Slot slot = 0; slot < used.size(); ++slot) lot_.bidders_[slot].attempts = used[slot];
  for (AttemptPlace place = 0; place < lot_.attempts_.size(); ++place) {
    auto const& attempt = lot_.attempts_.at(place);
    if (attempt.seq > now_.seq || attempt.at < Instant{} || attempt.at > now_.at) return false;
    if (attempt.is_accepted() && !is_price(attempt.price)) return false;
  }
  return true;
}

// The book holds the last bid of each who was not disqualified.
bool Lot::Loader::count_again() {
  for (Slot slot = 0; is_slot(slot); ++slot) {
    auto const& bidder = lot_.bidders_[slot];
    if (bidder.standing > Bidder::Standing::Disqualified) return false;
    if (!bidder.has_bid()) {
      if (bidder.price != Money{}) return false;
      continue;
    }
    if (bidder.last >= lot_.attempts_.size()) return false;
    auto const& bid = lot_.attempts_.at(bidder.last);
    if (bid.slot() != slot || !bid.is_valid() || bid.price != bidder.price) return false;
    if (!bidder.is_disqualified()) lot_.count(slot, bidder.last);
  }
  return true;
}

bool Lot::Loader::load_unverified() {
  if (!lot_.rules_.signed_bids) return true;
  auto const count = from_.get<std::uint32_t>();
  if (count > lot_.attempts_.size()) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& [bid, by, signature] = lot_.unverified_.emplace_back();
    bid = from_.get<AttemptPlace>();
    by = from_.get<PersonId>();
    signature.key = from_.get<SigningKeyId>();
    from_.get_raw(signature.bytes.size()).copy(signature.bytes.data(), signature.bytes.size());
    auto const follows = i == 0 || bid > lot_.unverified_[i - 1].bid;
    if (!follows || bid >= lot_.attempts_.size() || !lot_.attempts_.at(bid).is_accepted()) return false;
  }
  return true;
}

// From the close on nothing moves the book, so the award comes out of it again, less those who were asked in vain.
bool Lot::Loader::load_award(std::size_t left) {
  lot_.asked_ = from_.get<BidderId>();
  from_.get<Choice>();  // follows from the book
  std::vector<BidderId> still;
  for (std::size_t i = 0; i < left; ++i) {
    still.push_back(from_.get<BidderId>());
    from_.get<std::uint16_t>();  // follows from the order
  }
  if (lot_.outcome_ == LotState::Scheduled) return still.empty();
  auto& award = lot_.award_;
  award = Award(lot_.counted(), lot_.rules_, lot_.choice_at_close());
  for (auto const& standing : std::vector(award.at_close().begin(), award.at_close().end())) {
    if (std::ranges::find(still, standing.bidder) == still.end()) award.drop(standing.bidder);
  }
  return true;
}

// What is looked at before it is used --------------------------------------------------------------------------------

bool Lot::Loader::is_course_sound() const {
  auto const are_times = std::ranges::all_of(
      std::initializer_list<Instant>{lot_.ends_at_, lot_.cap_at_, lot_.paused_at_, lot_.until_}, is_far_from_never);
  auto const are_slots = std::ranges::all_of(lot_.turn_order_, [&](Slot slot) { return is_slot(slot); });
  auto const& top = lot_.top_;
  auto const is_top = !top || (top->over >= 1 && top->over <= Evaluation::coefficient_max && top->rest < top->over);
  auto const is_money = [](Money amount) { return amount >= Money{} && amount.in_fen() <= limits::money_fen_max; };
  return are_times && are_slots && is_top && is_money(lot_.taken_) && is_money(lot_.stage_.level) &&
         lot_.earliest_ <= lot_.opens_at_ && is_stage_sound() && is_pending_sound() && are_proxies_sound();
}

// What each format goes through (stage.h).
bool Lot::Loader::is_stage_sound() const {
  auto const& rules = lot_.rules_;
  auto const& stage = lot_.stage_;
  auto const format = rules.format;
  if (stage.kind < StageKind::Bidding || stage.kind > StageKind::BestBid) return false;
  if (lot_.outcome_ != LotState::Scheduled) return true;  // closed: where it was then, and of no use any more
  auto const has_rounds = format == Format::Reverse || format == Format::Rounds;
  if (stage.round < 1 || stage.round > (has_rounds ? rules.rounds : 1)) return false;
  auto const is_best_bid = [&] { return is_in_levels_end() && rules.best_bid_for > Duration::zero(); };
  switch (stage.kind) {
    case StageKind::Bidding:
      return format != Format::Dutch && format != Format::Japanese;
    case StageKind::Quiet:
      return format == Format::Reverse;
    case StageKind::Break:
      if (format == Format::Reverse) return lot_.next_ == StageKind::Bidding;
      if (format == Format::Rounds) return lot_.next_ == StageKind::Turn;
      return lot_.next_ == StageKind::BestBid ? is_best_bid()
                                              : lot_.next_ == StageKind::SealedBids && is_in_levels_end();
    case StageKind::Turn:
      return format == Format::Rounds && stage.turn >= 1 && stage.turn <= lot_.turn_order_.size() &&
             stage.bidder == lot_.bidders_[lot_.turn_order_[stage.turn - 1u]].id;
    case StageKind::Level:
      return (format == Format::Dutch || format == Format::Japanese) && stage.turn >= 1 &&
             stage.turn <= levels(rules) && stage.level == level_price(rules, stage.turn);
    case StageKind::SealedBids:
      return is_in_levels_end();
    case StageKind::BestBid:
      return is_best_bid() && stage.bidder == lot_.bidders_[lot_.taker_].id;
  }
  return false;
}

// After the taking of a level: there is a taker, and sealed bids follow.
bool Lot::Loader::is_in_levels_end() const {
  return lot_.rules_.format == Format::Dutch && lot_.rules_.sealed_for > Duration::zero() && is_slot(lot_.taker_) &&
         is_price(lot_.taken_);
}

bool Lot::Loader::is_pending_sound() const {
  auto const kind = lot_.stage_.kind;
  if (lot_.pending_ == no_attempt) return true;
  if (kind != StageKind::Turn && kind != StageKind::BestBid) return false;
  if (lot_.pending_ >= lot_.attempts_.size()) return false;
  auto const& bid = lot_.attempts_.at(lot_.pending_);
  return bid.is_valid() && lot_.bidders_[bid.slot()].id == lot_.stage_.bidder;
}

bool Lot::Loader::are_proxies_sound() const {
  return std::ranges::all_of(lot_.proxies_, [&](Proxy const& proxy) {
    auto const is_new = proxy.times_set == 0 && proxy.limit == Money{} && proxy.step == Money{};
    auto const is_set = is_price(proxy.limit) && is_price(proxy.step) && proxy.times_set <= lot_.rules_.attempts_max;
    return proxy.order <= lot_.proxies_set_ && (is_set || (is_new && !proxy.is_active()));
  });
}

bool Lot::Loader::is_state_sound() const {
  auto const state = lot_.state_;
  auto const outcome = lot_.outcome_;
  auto const is_outcome = outcome == LotState::Selecting || outcome == LotState::Awarded ||
                          outcome == LotState::FailedNoBid || outcome == LotState::FailedFew ||
                          outcome == LotState::PracticeEnded;
  auto const is_known = state >= LotState::Scheduled && state <= LotState::Verifying && is_live(lot_.resume_to_) &&
                        lot_.window_ >= Window::First && lot_.window_ <= Window::Second &&
                        (is_outcome || outcome == LotState::Scheduled);
  if (!is_known) return false;
  // An aborted lot may have been closed before or not; of all others the state tells.
  if (state != LotState::Aborted && is_before_close(state) == is_outcome) return false;
  if (state == LotState::Verifying && lot_.unverified_.empty()) return false;
  auto const asks = state == LotState::ResultPending ? outcome : state;
  if ((asks == LotState::Selecting || asks == LotState::Awarded) && !lot_.award_.has_anyone()) return false;
  if (state == LotState::Awarded && lot_.award_.find(lot_.asked_) == nullptr) return false;
  if (state == LotState::Paused && (lot_.paused_at_ >= lot_.ends_at_ || lot_.paused_at_ > now_.at)) return false;
  return lot_.due() > now_.at;  // nothing is due that is not later
}

}  // namespace engine
