// How the market lives, dies and comes back. What people do in it is in market_suppliers.cpp and market_buyers.cpp.
#include "tests/simulation/market.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "tests/simulation/market_life.h"

namespace simulation {

using namespace engine;

namespace {
// Read by the signal handler of the thread that aborts.
thread_local std::uint64_t volatile seed_under_way = 0;

extern "C" void say_seed(int) {
  char text[64] = "EBB_SEED=";
  auto const end = std::to_chars(text + 9, text + 40, seed_under_way + 0).ptr;
  *end = '\n';
  auto const written = write(STDERR_FILENO, text, static_cast<std::size_t>(end + 1 - text));
  static_cast<void>(written);
}
}  // namespace

Market::Market(std::uint64_t seed) : dice_(seed), witness_(journal_) {
  life_ = std::make_unique<Life>(clock_, journal_, witness_);
  life_->tap.begin(life_->hall);
}
Market::~Market() = default;

void Market::live(std::size_t steps) {
  for (std::size_t i = 0; i < steps && broken().empty(); ++i) {
    step();
    if (dice_.chance(60)) turn();
  }
  turn();
}

void Market::step() {
  auto chance = dice_.between(0, 999);
  auto const happens = [&](int in_a_thousand) { return (chance -= in_a_thousand) < 0; };
  auto const& lots = witness_.picture().lots();
  auto const is_quiet = std::ranges::none_of(lots, [](auto const& known) { return is_live(known.second.state); });
  if (happens(chances_.new_inquiry) || (is_quiet && dice_.chance(8))) return new_inquiry();
  if (happens(chances_.buyer_acts)) return buyer_acts();
  if (happens(chances_.award_acts)) return award_acts();
  if (happens(chances_.regulator_acts)) return regulator_acts();
  if (happens(chances_.proxy)) return proxy();
  if (happens(chances_.surrogate)) return surrogate_bid();
  if (happens(chances_.notary)) return notary();
  if (happens(chances_.withdrawal)) return withdraw();
  if (happens(chances_.rude)) return rude();
  if (happens(chances_.stupid)) return stupid();
  if (happens(chances_.passing_time)) return time_passes();
  if (happens(chances_.clock_jump)) return clock_jumps();
  if (happens(chances_.other_command)) return other_command();
  if (happens(chances_.refused_commit)) {
    return life_->journal.fail_commit(life_->journal.commits() + static_cast<std::uint64_t>(dice_.between(1, 3)));
  }
  if (happens(chances_.unheard_commit)) return journal_.die_after_next_commit();
  if (happens(chances_.crash)) return crash();
  if (happens(chances_.snapshot)) return make_snapshot();
  bid();
}

void Market::offer(Command command) {
  if (life_->inbox.offer({}, command) == Offer::Taken) return;
  turn();  // it was full: whoever was told so comes again
  if (life_->inbox.offer({}, std::move(command)) != Offer::Taken) witness_.hold("an empty inbox takes nothing");
}

void Market::send(PlaceBid bid) {
  sent_.push_back(bid);
  offer(as_asked(bid));
}

// Of the first so many bids of the lot that wait. What gets lost with a crash is told again by the hall.
void Market::offer_note(LotId lot, std::size_t signatures) {
  if (life_->inbox.depth() >= Life::inbox_max) turn();  // first: it may be the end of this life
  auto& waiting = life_->tap.unverified()[lot];
  NoteSignatures note{lot, {}, {}};
  for (; signatures > 0 && !waiting.empty(); --signatures, waiting.pop_front()) {
    note.through = waiting.front().seq;
    if (!is_genuine(waiting.front().signature)) note.invalid.push_back(note.through);
  }
  if (note.through.is_given()) offer(std::move(note));
}

void Market::turn() {
  auto const before = journal_.size();
  if (life_->loop.turn()) {
    return witness_.hold(promises::nothing_due_waits(life_->hall.now(), life_->hall.next_due()));
  }
  ++(journal_.size() > before ? witness_.reached().unheard_commits : witness_.reached().refused_commits);
  crash();  // halted: only a restart helps
}

Hall Market::Snapshot::loaded() const {
  Hall hall;
  for (auto const& piece : pieces) CHECK(hall.load(piece));
  CHECK(pieces.empty() || hall.is_loaded());
  return hall;
}

// As a server makes one: decided again behind the one before, up to a frame that chance picks.
void Market::make_snapshot() {
  auto hall = snapshot_.loaded();
  Events events;
  auto const apply = [&](std::span<Sequenced const> frame) -> Result<std::string> {
    ByteWriter outcomes;
    events.clear();
    for (auto const& command : frame) hall.apply(command, events);
    for (auto const& event : events) encode(event, outcomes);
    return outcomes.take();
  };
  auto const begun = static_cast<std::int64_t>(snapshot_.mark.commands);
  auto const until = dice_.between(begun, static_cast<std::int64_t>(journal_.size()));
  auto const made = journal_.decide(snapshot_.mark, static_cast<std::size_t>(until), apply);
  if (!made) return witness_.hold("a snapshot: " + made.error().what);
  snapshot_ = {*made, {}};
  hall.save([this](std::string_view piece) { snapshot_.pieces.emplace_back(piece); });
  witness_.hold(promises::equal_journals_give_equal_digests(hall.digest(), snapshot_.loaded().digest()));
}

// Power loss, an outage, and everything again from the bytes of the journal: all of it, or what lies behind a snapshot.
void Market::crash() {
  ++witness_.reached().crashes;
  auto const digest = life_->hall.digest();
  auto const is_heard = witness_.last().number() == journal_.size();  // memory was as far as the disk
  auto const last_alive = clock_.now() - Duration{dice_.chance(80) ? 0 : dice_.between(-20, 1'000)};
  life_ = nullptr;
  clock_.advance(Duration{dice_.chance(50) ? dice_.between(0, 50) : dice_.between(0, 3'000)});
  life_ = std::make_unique<Life>(clock_, journal_, witness_);
  auto const begun_with = dice_.chance(50) ? snapshot_ : Snapshot{};
  Seq const behind{begun_with.mark.commands};
  if (behind.is_given()) {
    ++witness_.reached().snapshots;
    life_->hall = begun_with.loaded();
    life_->loop.continue_after(behind);
  }
  witness_.restarted(behind);
  auto const apply = [this](std::span<Sequenced const> frame) { return life_->loop.replay(frame); };
  auto const replayed = journal_.replay(apply, begun_with.mark);
  if (!replayed) return witness_.hold(replayed.error().what);
  witness_.replay_is_over();
  if (is_heard) witness_.hold(promises::equal_journals_give_equal_digests(digest, life_->hall.digest()));
  if (auto const resumed = life_->loop.resume(); !resumed) return witness_.hold(resumed.error().what);
  life_->tap.begin(life_->hall);
  offer(Started{last_alive});
  if (dice_.chance(70)) turn();
}

void Market::settle() {
  crash();  // a new life: no commit is about to fail
  turn();
  constexpr int dues_max = 100'000;
  auto const is_over = [this] { return life_->hall.next_due() == never && life_->tap.unverified().empty(); };
  for (int i = 0; i < dues_max && !is_over(); ++i) {
    while (!life_->tap.unverified().empty()) {
      auto const lot = life_->tap.unverified().begin()->first;
      offer_note(lot, SIZE_MAX);
      life_->tap.unverified().erase(lot);
    }
    if (life_->hall.next_due() != never) clock_.set(std::max(clock_.now(), life_->hall.next_due()));
    turn();
    if (!broken().empty()) return;
  }
  if (!is_over()) witness_.hold("something is due for ever");
  for (auto const& [id, lot] : witness_.picture().lots()) {
    if (!lot.unverified.empty()) witness_.hold("a signature was never noted");
  }
  send_everything_again();
  expect_the_same_from_the_journal_alone();
  if (!journal_.shown().empty()) witness_.hold("the journal shows what is private, " + journal_.shown());
}

// Every bid whose attempt was kept: the answers are held against the first ones, and nothing changes.
void Market::send_everything_again() {
  offer(Tick{});  // brings the time: that alone is a change
  turn();
  auto const before = life_->hall.digest();
  for (auto const& bid : sent_) {
    auto const* lot = witness_.picture().find(bid.lot);
    if (lot == nullptr) continue;
    auto const bidder = lot->bidders.find(bid.bidder);
    if (bidder != lot->bidders.end() && bidder->second.answers.contains(bid.key)) offer(bid);
  }
  while (life_->inbox.depth() > 0 && broken().empty()) turn();
  witness_.hold(promises::a_repeat_changes_nothing(before, life_->hall.digest()));
}

void Market::expect_the_same_from_the_journal_alone() {
  Hall hall;
  Events events;
  for (std::uint64_t seq = 1; seq <= journal_.size(); ++seq) {
    events.clear();
    hall.apply(journal_.read(Seq{seq}), events);
  }
  witness_.hold(promises::equal_journals_give_equal_digests(life_->hall.digest(), hall.digest()));
}

DayReport live_a_day(std::uint64_t seed, std::size_t steps) {
  seed_under_way = seed;
  Market market{seed};
  market.live(steps);
  if (market.broken().empty()) market.settle();
  return {market.broken(), market.reached()};
}

void say_the_seed_on_abort() {
  std::signal(SIGABRT, say_seed);
}

}  // namespace simulation
