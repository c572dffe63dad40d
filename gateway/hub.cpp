// The hub at work: one queue of things to do, in order, worked off in short steps.
//
// A step folds some decisions, hands over some messages and comes back later: in between, waiting reads get their turn
// (the fairness rule). Turns, subscriptions and departures stand in one queue and are finished one after the other, so
// whoever asks sees the picture between two turns, never inside one. Only the handing over runs beside it: a crowd's
// seats know what they still need.
#include "gateway/hub.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <variant>

#include "engine/check.h"
#include "engine/limits.h"
#include "gateway/board.h"
#include "gateway/fan_out.h"
#include "gateway/live_refusals.h"
#include "gateway/messages.h"
#include "gateway/refusals.h"

namespace gateway {
namespace {

namespace limits = engine::limits;
using Side = modules::Sight::Side;

// How much one step may do; a decision is about a microsecond, a delivery (into an outbox) a tenth of that.
constexpr std::size_t decisions_a_step = 64;
constexpr std::size_t boards_a_step = 16;
// Turns that have gathered while the hub was busy are told together, at most so many: a hub that is behind makes fewer
// messages, and so catches up.
constexpr std::size_t turns_together = 256;
constexpr std::size_t deliveries_a_step = 2'048;
// The pictures of a whole hall come in portions: some are written while the next are made, never all in one backlog.
constexpr std::size_t pictures_a_step = 16;

struct ByTicket {
  bool operator()(engine::Ticket a, engine::Ticket b) const {
    return a.session != b.session ? a.session < b.session : a.request < b.request;
  }
};

// A lot that somebody listened to, with what the tables say of it.
struct Place {
  explicit Place(Picture const& picture) : board(picture) {}
  Board board;
  Names names;
  engine::BidderId named;  // whose name names.winner is
};

}  // namespace

struct Hub::State : std::enable_shared_from_this<State> {
  using Chore = std::function<void(State&)>;
  using Task = std::variant<std::unique_ptr<engine::Turn const>, Chore>;

  State(Later run_later, std::string name, modules::Sight const& who_sees, engine::Snapshots const& tables,
        engine::TransparencyLog const* leaves)
      : later(std::move(run_later)), epoch(std::move(name)), sight(who_sees), snapshots(tables), log(leaves) {}

  // ---- The queue; thread: any -------------------------------------------------------------------------------
  void post(Task task);
  void schedule() {
    later([self = shared_from_this()] { self->step(); });
  }

  // ---- Everything below: the hub's strand -------------------------------------------------------------------
  void step();
  bool work();  // one slice of the first task; false: there is none
  void begin_turn(std::unique_ptr<engine::Turn const> next);
  bool join_next_turn();  // false: what comes next is no turn
  bool continue_turn();   // false: it is finished
  void fold(engine::Decided const& decided);
  void answer(engine::Decided const& one, engine::Event const& event, Picture* picture);
  void tell(Picture& picture);
  void greet_new_lots();
  void pump();

  void subscribe(std::uint64_t number, std::string const& id, std::vector<engine::InquiryId> const& inquiries,
                 std::vector<Position> const& resume);
  struct Wanted {
    Place* place;
    Topic* topic;
    Side side;
    std::optional<Position> from;
  };
  // A portion of what the listener's subscriptions promised.
  void give(std::uint64_t number);
  void unsubscribe(std::uint64_t number, std::string const& id, std::vector<engine::InquiryId> const& inquiries);
  void ask(std::uint64_t number, engine::LotId lot, engine::BidKey const& key);
  void leave(std::uint64_t number);
  void dismiss(std::vector<std::uint64_t> const& numbers, CloseCode code);
  // The streams of a lot that the listener may have.
  std::vector<Topic*> topics(Place& place, Listener const& listener, Side side);
  void seat(Place& place, Topic& topic, Listener& listener, Side side, Position const* from);
  Names const& names(Place& place);
  Listener* find(std::uint64_t number);
  Place* find(Picture const& picture);      // nullptr: nobody ever listened to it
  Place* find(engine::LotId lot);           // the same, or there is no such lot
  Place& place_of(Picture const& picture);  // which is made where it is not there yet

  Later const later;
  std::string const epoch;
  modules::Sight const& sight;
  engine::Snapshots const& snapshots;
  engine::TransparencyLog const* const log;

  std::mutex lock;  // guards `tasks` and `is_scheduled`
  std::deque<Task> tasks;
  bool is_scheduled = false;

  Gallery gallery;
  std::vector<std::unique_ptr<Place>> places;  // of those in it, by number
  std::unordered_map<std::uint64_t, std::unique_ptr<Listener>> listeners;
  std::map<engine::InquiryId, std::set<std::uint64_t>> audiences;  // who subscribed, for lots that come later
  std::map<engine::Ticket, Decision, ByTicket> expected;
  std::unordered_map<std::uint64_t, std::deque<Wanted>> promised;  // by listener; as long as there is something left
  std::optional<CloseCode> closing;

  // The turn under way, and those before it that are told together with it.
  std::unique_ptr<engine::Turn const> turn;
  std::size_t joined = 0;   // turns, this one included
  std::size_t folded = 0;   // of its decisions
  engine::Instant told_at;  // of the last decision folded
  std::size_t told = 0;     // of the pictures it changed
  std::map<engine::Ticket, std::pair<engine::Decided, std::vector<engine::Event>>, ByTicket> decided;

  FanOut fan_out;
  std::vector<Topic*> news;
};

// ---- The queue ------------------------------------------------------------------------------------------------

void Hub::State::post(Task task) {
  {
    std::lock_guard const hold{lock};
    tasks.push_back(std::move(task));
    if (std::exchange(is_scheduled, true)) return;
  }
  schedule();
}

void Hub::State::step() {
  for (int slice = 0; slice < 4 && work(); ++slice) {}
  pump();
  auto const is_idle = !turn && fan_out.is_done();
  {
    std::lock_guard const hold{lock};
    if (is_idle && tasks.empty()) {
      is_scheduled = false;
      return;
    }
  }
  schedule();
}

bool Hub::State::work() {
  if (turn) {
    if (!continue_turn()) turn = nullptr;
    return true;
  }
  std::optional<Task> task;
  {
    std::lock_guard const hold{lock};
    if (tasks.empty()) return false;
    task = std::move(tasks.front());
    tasks.pop_front();
  }
  if (auto* chore = std::get_if<Chore>(&*task))
    (*chore)(*this);
  else
    begin_turn(std::get<std::unique_ptr<engine::Turn const>>(std::move(*task)));
  return true;
}

// ---- A turn ---------------------------------------------------------------------------------------------------

void Hub::State::begin_turn(std::unique_ptr<engine::Turn const> next) {
  turn = std::move(next);
  joined = 1;
  folded = 0;
  told = 0;
  gallery.begin();
  decided.clear();
}

// Receipts are given while folding; only what is latest-wins waits for the turns behind. While nobody is there, as
// during recovery, joining would save nothing, and the course of a price would come back coarser than it was.
bool Hub::State::join_next_turn() {
  if (joined == turns_together || listeners.empty()) return false;
  std::lock_guard const hold{lock};
  if (tasks.empty()) return false;
  auto* const next = std::get_if<std::unique_ptr<engine::Turn const>>(&tasks.front());
  if (next == nullptr) return false;
  turn = std::move(*next);
  tasks.pop_front();
  ++joined;
  folded = 0;
  return true;
}

bool Hub::State::continue_turn() {
  if (folded < turn->decided.size()) {
    auto const end = std::min(turn->decided.size(), folded + decisions_a_step);
    for (; folded < end; ++folded) fold(turn->decided[folded]);
    return true;
  }
  if (told == 0 && join_next_turn()) return true;
  auto const& changed = gallery.changed();
  if (told < changed.size()) {
    auto const end = std::min(changed.size(), told + boards_a_step);
    for (; told < end; ++told) tell(*changed[told]);
    return true;
  }
  greet_new_lots();
  for (auto& [ticket, outcome] : decided) {
    auto const waiting = expected.extract(ticket);
    if (!waiting.empty()) waiting.mapped()(outcome.first, std::move(outcome.second));
  }
  return false;
}

void Hub::State::fold(engine::Decided const& one) {
  told_at = one.at;
  for (auto i = one.first_event; i < one.last_event; ++i) {
    auto const& event = turn->events[i];
    auto* const picture = gallery.fold(event, one.leaf);
    if (one.ticket.session != 0) answer(one, event, picture);
  }
  if (one.ticket.session == 0 || !expected.contains(one.ticket)) return;
  auto& outcome = decided[one.ticket];
  if (!outcome.first.seq.is_given()) outcome.first = one;
  auto const first = turn->events.begin();
  outcome.second.insert(outcome.second.end(), first + one.first_event, first + one.last_event);
}

// A receipt goes to the connection that asked, at once; everything else about a bid is a stream's business.
void Hub::State::answer(engine::Decided const& one, engine::Event const& event, Picture* picture) {
  auto const* const given = receipt_of(event);
  auto* const listener = given == nullptr ? nullptr : find(one.ticket.session);
  if (listener == nullptr) return;
  auto attempt = attempt_of(event, one.leaf);
  auto const repeat = std::holds_alternative<engine::BidRepeated>(event) ? Repeat::Yes : Repeat::No;
  if (repeat == Repeat::Yes && picture != nullptr) {
    picture->look_up_leaves(given->bidder, log);
    if (auto const* const kept = picture->attempt(given->bidder, given->key)) attempt = *kept;
  }
  auto const* const bidder = picture == nullptr ? nullptr : picture->bidder(given->bidder);
  listener->client->deliver(std::make_shared<std::string const>(receipt(given->lot, attempt, picture, bidder, repeat)));
}

void Hub::State::tell(Picture& picture) {
  if (auto* const place = find(picture)) {
    news.clear();
    if (place->board.find(Topic::View::Public) != nullptr) names(*place);
    place->board.tell(told_at, place->names, news);
    for (auto* const topic : news) fan_out.queue({picture.lot(), topic});
  }
  auto const* const shed = gallery.settle(picture, told_at);
  if (auto* const place = shed == nullptr ? nullptr : find(*shed)) place->board.shed();
}

// A lot scheduled while its inquiry is being watched: its watchers get its pictures.
void Hub::State::greet_new_lots() {
  for (auto* const picture : gallery.hung()) {
    auto const inquiry = engine::inquiry_of(picture->lot());
    auto const audience = audiences.find(inquiry);
    if (audience == audiences.end()) continue;
    auto const reader = snapshots.snapshot();
    for (auto const number : audience->second) {
      auto& listener = *listeners.at(number);
      auto const& actor = listener.client->actor();
      auto const side = sight.side(inquiry, actor ? &*actor : nullptr, *reader);
      auto& place = place_of(*picture);
      for (auto* const topic : topics(place, listener, side)) seat(place, *topic, listener, side, nullptr);
    }
  }
}

// ---- Handing over ---------------------------------------------------------------------------------------------

// A snapshot is taken between turns only, so that it is exactly as of its offset.
void Hub::State::pump() {
  for (auto const& [number, home] : fan_out.pump(deliveries_a_step)) {
    post(Chore{[number, home](State& state) {
      auto* const listener = state.find(number);
      if (listener == nullptr) return;
      auto& topic = *home.topic;
      auto const seated = std::ranges::any_of(listener->chairs, [&](auto const& chair) {
        return chair.crowd == &topic.bidders || chair.crowd == &topic.watchers;
      });
      if (seated) state.seat(*state.find(home.lot), topic, *listener, Side::Public, nullptr);
    }});
  }
}

// ---- Clients --------------------------------------------------------------------------------------------------

Listener* Hub::State::find(std::uint64_t number) {
  auto const found = listeners.find(number);
  return found == listeners.end() ? nullptr : found->second.get();
}

Place* Hub::State::find(Picture const& picture) {
  return picture.number() < places.size() ? places[picture.number()].get() : nullptr;
}

Place* Hub::State::find(engine::LotId lot) {
  auto const* const picture = gallery.find(lot);
  return picture == nullptr ? nullptr : find(*picture);
}

Place& Hub::State::place_of(Picture const& picture) {
  if (places.size() <= picture.number()) places.resize(picture.number() + 1);
  auto& place = places[picture.number()];
  if (!place) place = std::make_unique<Place>(picture);
  return *place;
}

Names const& Hub::State::names(Place& place) {
  auto const& picture = place.board.picture;
  auto const winner = picture.award() ? picture.bidders()[picture.award()->bidder].id : engine::BidderId{};
  if (!place.names.title.empty() && winner == place.named) return place.names;
  auto const reader = snapshots.snapshot();
  place.names.title = sight.title(picture.lot(), *reader);
  place.names.winner = winner.is_given() ? sight.name(winner, *reader) : std::string{};
  place.named = winner;
  return place.names;
}

std::vector<Topic*> Hub::State::topics(Place& place, Listener const& listener, Side side) {
  auto& board = place.board;
  std::vector<Topic*> open{&board.open(Topic::View::Public)};
  auto const& actor = listener.client->actor();
  switch (side) {
    case Side::Public:
      break;
    case Side::Bidder:
      if (auto const index = actor ? board.picture.find(actor->org) : std::nullopt) {
        gallery.find(board.picture.lot())->look_up_leaves(actor->org, log);
        open.push_back(&board.open(Topic::View::Own, *index));
      }
      break;
    case Side::Supervision:
      open.push_back(&board.open(Topic::View::Supervision));
      break;
  }
  return open;
}

// Snapshot and joining in one go: everything up to the head is in the listener's hands, its seat waits for the next.
void Hub::State::seat(Place& place, Topic& topic, Listener& listener, Side side, Position const* from) {
  auto& stream = topic.stream;
  if (from != nullptr && from->epoch == epoch && stream.can_resume(from->offset)) {
    for (auto next = from->offset + 1; next <= stream.head(); ++next) listener.client->deliver(stream.find(next));
  } else {
    listener.client->deliver(place.board.snapshot(topic, epoch, names(place)));
  }
  auto const has_seat = [&](Crowd& crowd) {
    return std::ranges::find(listener.chairs, &crowd, &Listener::Chair::crowd) != listener.chairs.end();
  };
  auto const is_bidder = has_seat(topic.bidders) || (side == Side::Bidder && !has_seat(topic.watchers));
  (is_bidder ? topic.bidders : topic.watchers).seat(listener, stream.head() + 1);
}

void Hub::State::subscribe(std::uint64_t number, std::string const& id, std::vector<engine::InquiryId> const& inquiries,
                           std::vector<Position> const& resume) {
  auto* const listener = find(number);
  if (listener == nullptr) return;
  auto& client = *listener->client;
  auto const refuse = [&](engine::RefusalKind const& kind, engine::Figure limit) {
    client.deliver(std::make_shared<std::string const>(problem_message(id, {}, engine::Refusal{&kind, {}, limit})));
  };
  std::set<engine::InquiryId> all{listener->inquiries.begin(), listener->inquiries.end()};
  all.insert(inquiries.begin(), inquiries.end());
  if (all.size() > limits::subscriptions_a_session) {
    auto const most = static_cast<std::int64_t>(limits::subscriptions_a_session);
    return refuse(refusals::too_many_subscriptions, {engine::Figure::Unit::Count, most});
  }

  std::vector<Wanted> wanted;
  std::vector<std::string> streams;
  auto const reader = snapshots.snapshot();
  auto const* const actor = client.actor() ? &*client.actor() : nullptr;
  for (auto const inquiry : std::set<engine::InquiryId>{inquiries.begin(), inquiries.end()}) {
    auto const lots = sight.lots(inquiry, *reader);
    if (lots.empty()) return refuse(refusals::no_such_inquiry, {});
    auto const side = sight.side(inquiry, actor, *reader);
    for (auto const lot : lots) {
      auto const* const picture = gallery.find(lot);
      if (picture == nullptr) continue;  // it is on its way: greet_new_lots()
      auto& place = place_of(*picture);
      for (auto* const topic : topics(place, *listener, side)) {
        auto const from = std::ranges::find(resume, topic->name, &Position::stream);
        wanted.push_back({&place, topic, side, from == resume.end() ? std::nullopt : std::optional{*from}});
        streams.push_back(topic->name);
      }
    }
  }
  // From here on the subscription stands.
  listener->inquiries.assign(all.begin(), all.end());
  for (auto const inquiry : inquiries) audiences[inquiry].insert(number);
  client.deliver(std::make_shared<std::string const>(subscribed(id, streams)));
  auto const [mine, is_first] = promised.try_emplace(number);
  std::set<Topic const*> again;
  for (auto const& one : wanted) again.insert(one.topic);
  std::erase_if(mine->second, [&](auto const& one) { return again.contains(one.topic); });
  mine->second.insert(mine->second.end(), wanted.begin(), wanted.end());
  if (is_first) give(number);  // otherwise that is on its way
}

void Hub::State::give(std::uint64_t number) {
  auto const found = promised.find(number);
  if (found == promised.end()) return;
  auto& wanted = found->second;
  auto& listener = *listeners.at(number);
  for (std::size_t i = 0; i < pictures_a_step && !wanted.empty(); ++i) {
    auto const& [place, topic, side, from] = wanted.front();
    seat(*place, *topic, listener, side, from ? &*from : nullptr);
    wanted.pop_front();
  }
  if (wanted.empty())
    promised.erase(found);
  else
    post(Chore{[number](State& state) { state.give(number); }});
}

void Hub::State::unsubscribe(std::uint64_t number, std::string const& id,
                             std::vector<engine::InquiryId> const& inquiries) {
  auto* const listener = find(number);
  if (listener == nullptr) return;
  std::set<engine::InquiryId> const gone{inquiries.begin(), inquiries.end()};
  std::erase_if(listener->inquiries, [&](auto inquiry) { return gone.contains(inquiry); });
  if (auto const left = promised.find(number); left != promised.end()) {
    std::erase_if(left->second,
                  [&](auto const& one) { return gone.contains(engine::inquiry_of(one.place->board.picture.lot())); });
  }
  for (auto const inquiry : gone) {
    if (auto const audience = audiences.find(inquiry); audience != audiences.end()) {
      audience->second.erase(number);
      if (audience->second.empty()) audiences.erase(audience);
    }
    for (unsigned at = 1; at <= limits::lots_an_inquiry; ++at) {
      auto* const place = find(engine::lot_id(inquiry, static_cast<std::uint8_t>(at)));
      if (place == nullptr) continue;
      place->board.unseat(*listener);
    }
  }
  listener->client->deliver(std::make_shared<std::string const>(unsubscribed(id)));
}

void Hub::State::ask(std::uint64_t number, engine::LotId lot, engine::BidKey const& key) {
  auto* const listener = find(number);
  if (listener == nullptr) return;
  auto& client = *listener->client;
  auto const say = [&](std::string text) { client.deliver(std::make_shared<std::string const>(std::move(text))); };
  auto const refuse = [&](engine::RefusalKind const& kind) { say(problem_message({}, text_of(key), {&kind, {}, {}})); };
  if (!client.actor()) return refuse(refusals::sign_in_required);
  auto* const picture = gallery.find(lot);
  if (picture == nullptr) return refuse(engine::refusals::no_such_lot);
  picture->look_up_leaves(client.actor()->org, log);
  if (auto const* const kept = picture->attempt(client.actor()->org, key)) {
    return say(receipt(lot, *kept, picture, picture->bidder(client.actor()->org), Repeat::Yes));
  }
  if (picture->is_shed()) return refuse(refusals::archived);
  say(unknown_key(lot, key));
}

void Hub::State::leave(std::uint64_t number) {
  auto const found = listeners.find(number);
  if (found == listeners.end()) return;
  auto& listener = *found->second;
  promised.erase(number);
  Crowd::unseat_everywhere(listener);
  for (auto const inquiry : listener.inquiries) {
    auto const audience = audiences.find(inquiry);
    audience->second.erase(number);
    if (audience->second.empty()) audiences.erase(audience);
  }
  listeners.erase(found);
}

void Hub::State::dismiss(std::vector<std::uint64_t> const& numbers, CloseCode code) {
  for (auto const number : numbers) {
    auto const client = listeners.at(number)->client;
    leave(number);
    client->close(code);
  }
}

// ---- The door: everything becomes a task ----------------------------------------------------------------------

Hub::Hub(Later later, std::string epoch, modules::Sight const& sight, engine::Snapshots const& snapshots,
         engine::TransparencyLog const* log)
    : state_(std::make_shared<State>(std::move(later), std::move(epoch), sight, snapshots, log)) {}
Hub::~Hub() = default;

void Hub::begin_with(Gallery pictures) {
  auto const all = std::make_shared<Gallery>(std::move(pictures));
  state_->post(State::Chore{[all](State& state) { state.gallery = std::move(*all); }});
}

void Hub::publish(std::unique_ptr<engine::Turn const> turn) {
  state_->post(std::move(turn));
}

void Hub::join(std::shared_ptr<Client> client) {
  state_->post(State::Chore{[client = std::move(client)](State& state) {
    if (state.closing) return client->close(*state.closing);
    auto listener = std::make_unique<Listener>();
    listener->client = client;
    auto const is_new = state.listeners.try_emplace(client->number(), std::move(listener)).second;
    CHECK(is_new);
  }});
}

void Hub::leave(std::uint64_t client) {
  state_->post(State::Chore{[client](State& state) { state.leave(client); }});
}

void Hub::subscribe(std::uint64_t client, std::string id, std::vector<engine::InquiryId> inquiries,
                    std::vector<Position> resume) {
  state_->post(State::Chore{[client, id = std::move(id), inquiries = std::move(inquiries), resume = std::move(resume)](
                                State& state) { state.subscribe(client, id, inquiries, resume); }});
}

void Hub::unsubscribe(std::uint64_t client, std::string id, std::vector<engine::InquiryId> inquiries) {
  state_->post(State::Chore{[client, id = std::move(id), inquiries = std::move(inquiries)](State& state) {
    state.unsubscribe(client, id, inquiries);
  }});
}

void Hub::ask(std::uint64_t client, engine::LotId lot, engine::BidKey key) {
  state_->post(State::Chore{[client, lot, key](State& state) { state.ask(client, lot, key); }});
}

void Hub::expect(engine::Ticket ticket, Decision decision) {
  state_->post(State::Chore{
      [ticket, decision = std::move(decision)](State& state) { state.expected.insert_or_assign(ticket, decision); }});
}

void Hub::forget(engine::Ticket ticket) {
  state_->post(State::Chore{[ticket](State& state) { state.expected.erase(ticket); }});
}

void Hub::drop_sessions(std::vector<engine::SessionId> sessions) {
  state_->post(State::Chore{[sessions = std::move(sessions)](State& state) {
    std::vector<std::uint64_t> ended;
    for (auto const& [number, listener] : state.listeners) {
      auto const& actor = listener->client->actor();
      if (actor && std::ranges::find(sessions, actor->session) != sessions.end()) ended.push_back(number);
    }
    state.dismiss(ended, CloseCode::SessionEnded);
  }});
}

void Hub::close_all(CloseCode code) {
  state_->post(State::Chore{[code](State& state) {
    state.closing = code;
    std::vector<std::uint64_t> everybody;
    for (auto const& [number, listener] : state.listeners) everybody.push_back(number);
    state.dismiss(everybody, code);
  }});
}

}  // namespace gateway
