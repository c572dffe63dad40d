// House, hall and loop over fakes of the disk; see module_world.h.
#include "tests/support/module_world.h"

#include <gtest/gtest.h>

#include <utility>

namespace support {

namespace {

using modules::Json;

// A JSON text that a test wrote: no more care than that needs.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  Json value() {
    skip();
    if (take('{')) return object();
    if (take('[')) return array();
    if (take('"')) return Json::text(text());
    if (word("true")) return Json::yes_or_no(1);
    if (word("false")) return Json::yes_or_no(0);
    if (word("null")) return {};
    auto const size = rest_.find_first_not_of("+-0123456789.eE");
    auto const number = rest_.substr(0, size);
    EXPECT_FALSE(number.empty()) << "json: " << rest_;
    rest_.remove_prefix(number.empty() ? rest_.size() : number.size());
    return Json::number(std::string(number));
  }

 private:
  void skip() {
    while (!rest_.empty() &&
           (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == ',' || rest_.front() == ':')) {
      rest_.remove_prefix(1);
    }
  }
  bool take(char c) {
    skip();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool word(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  std::string text() {
    std::string out;
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\') {
        rest_.remove_prefix(1);
        out += rest_.front() == 'n' ? '\n' : rest_.front();
      } else {
        out += rest_.front();
      }
      rest_.remove_prefix(1);
    }
    take('"');
    return out;
  }
  Json object() {
    auto out = Json::object();
    while (!rest_.empty() && !take('}')) {
      EXPECT_TRUE(take('"')) << "json: " << rest_;
      auto const name = text();
      out.add(name, value());
    }
    return out;
  }
  Json array() {
    auto out = Json::array();
    while (!rest_.empty() && !take(']')) out.push(value());
    return out;
  }
  std::string_view rest_;
};

std::vector<std::string> parts(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    path.remove_prefix(1);
    auto const size = std::min(path.find('/'), path.size());
    out.emplace_back(path.substr(0, size));
    path.remove_prefix(size);
  }
  return out;
}

Told denied(modules::Denied const& why) {
  Told told;
  if (auto const* bad = std::get_if<modules::Malformed>(&why.why)) {
    told.code = "MALFORMED";
    told.status = 400;
    told.faults = bad->faults;
  } else {
    told.refusal = std::get<engine::Refusal>(why.why);
    told.code = told.refusal->kind->code;
    told.status = told.refusal->kind->status;
  }
  return told;
}

class KeepingOutlet final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    events_.insert(events_.end(), turn->events.begin(), turn->events.end());
  }
  engine::Events const& events() const { return events_; }

 private:
  engine::Events events_;
};

}  // namespace

Json json(std::string_view text) {
  return Reader(text).value();
}

RouteBook::Match RouteBook::find(modules::Method method, std::string_view path) const {
  auto const given = parts(path);
  for (auto const& route : routes_) {
    auto const wanted = parts(route.pattern);
    if (route.method != method || wanted.size() != given.size()) continue;
    Match match{&route, {}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].starts_with('{')) {
        match.path.push_back(given[i]);
      } else if (wanted[i] != given[i]) {
        match.route = nullptr;
      }
    }
    if (match.route != nullptr) return match;
  }
  return {};
}

// What a crash takes away.
struct ModuleWorld::Life {
  Life(engine::Clock& clock, engine::Journal& good, engine::TableStore& tables, std::vector<modules::Module*> modules)
      : journal(good),
        inbox(clock, engine::limits::inbox_commands_max),
        house(tables, std::move(modules)),
        loop(inbox, journal, hall, house, outlet) {}
  FaultyJournal journal;
  engine::Inbox inbox;
  engine::Hall hall;
  modules::House house;
  KeepingOutlet outlet;
  engine::Loop loop;
};

ModuleWorld::ModuleWorld(std::vector<modules::Module*> modules)
    : modules_(std::move(modules)), life_(std::make_unique<Life>(clock_, journal_, tables_, modules_)) {
  life_->house.routes(routes_);
}

ModuleWorld::~ModuleWorld() = default;

engine::Instant ModuleWorld::now() const {
  return const_cast<ManualClock&>(clock_).now();
}
modules::House& ModuleWorld::house() {
  return life_->house;
}
void ModuleWorld::fail_commit(std::uint64_t number) {
  life_->journal.fail_commit(life_->journal.commits() + number);
}

void ModuleWorld::advance(engine::Duration by) {
  clock_.advance(by);
  EXPECT_TRUE(life_->loop.turn().has_value());
}

Told ModuleWorld::told(std::size_t first_event) const {
  Told told;
  auto const& events = life_->outlet.events();
  told.events.assign(events.begin() + static_cast<std::ptrdiff_t>(first_event), events.end());
  for (auto const& event : told.events) {
    std::optional<engine::Refusal> refusal;
    if (auto const* answered = std::get_if<engine::ModuleAnswered>(&event)) {
      told.id = answered->id;
      told.repeated = answered->repeated;
      refusal = answered->refusal;
    } else if (auto const* refused = std::get_if<engine::LotCommandRefused>(&event)) {
      refusal = refused->refusal;
    } else if (auto const* bid = std::get_if<engine::BidRefused>(&event)) {
      refusal = bid->receipt.refusal;
    }
    if (!refusal) continue;
    told.refusal = refusal;
    told.code = refusal->kind->code;
    told.status = refusal->kind->status;
  }
  return told;
}

Told ModuleWorld::send(engine::Command command) {
  auto const first = life_->outlet.events().size();
  EXPECT_EQ(life_->inbox.offer({}, std::move(command)), engine::Offer::Taken);
  if (auto const did = life_->loop.turn(); !did) {
    Told halted;
    halted.code = "HALTED";
    return halted;
  }
  return told(first);
}

Told ModuleWorld::write(modules::Method method, modules::Actor const* actor, std::string_view path,
                        std::string_view body) {
  auto const [route, placeholders] = routes_.find(method, path);
  Told told;
  if (route == nullptr) {
    ADD_FAILURE() << "no route for " << path;
    return told;
  }
  auto const parsed = json(body);
  auto const if_match = std::exchange(if_match_, {});
  auto const request_key = std::exchange(request_key_, {});
  modules::Request const request{.path = placeholders,
                                 .query = {},
                                 .actor = actor,
                                 .body = &parsed,
                                 .if_match = if_match,
                                 .request_key = request_key,
                                 .now = now()};
  auto const snapshot = tables_.snapshot();
  if (route->act) {
    auto acted = route->act(request, *snapshot);
    return acted ? send(*std::move(acted)) : denied(acted.error());
  }
  auto decoded = route->decode(request, *snapshot);
  if (decoded) {
    decoded->request_key = request_key;
    return send(*std::move(decoded));
  }
  return denied(decoded.error());
}

Told ModuleWorld::read(modules::Actor const* actor, std::string_view path) {
  modules::Request request{.path = {}, .query = {}, .actor = actor, .body = nullptr, .if_match = {}, .now = now()};
  if (auto const mark = path.find('?'); mark != std::string_view::npos) {
    auto rest = path.substr(mark + 1);
    while (!rest.empty()) {
      auto const one = rest.substr(0, rest.find('&'));
      auto const is = one.find('=');
      request.query.emplace_back(one.substr(0, is), one.substr(is + 1));
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
    path = path.substr(0, mark);
  }
  auto [route, placeholders] = routes_.find(modules::Method::Get, path);
  Told told;
  if (route == nullptr) {
    ADD_FAILURE() << "no route for " << path;
    return told;
  }
  request.path = std::move(placeholders);
  auto const snapshot = tables_.snapshot();
  auto answer = route->read(request, *snapshot);
  if (answer) {
    told.status = answer->status;
    told.body = std::move(answer->body);
    told.etag = std::move(answer->etag);
    return told;
  }
  return denied(answer.error());
}

void ModuleWorld::restart() {
  tables_.crash();
  life_ = std::make_unique<Life>(clock_, journal_, tables_, modules_);
  auto const replayed =
      journal_.replay([this](std::span<engine::Sequenced const> frame) { return life_->loop.replay(frame); });
  EXPECT_TRUE(replayed.has_value()) << replayed.error().what;
  auto const resumed = life_->loop.resume();
  EXPECT_TRUE(resumed.has_value()) << resumed.error().what;
}

MemoryTables::Rows ModuleWorld::rebuilt() {
  ManualClock clock(now());
  MemoryJournal unused;
  MemoryTables tables;
  Life life(clock, unused, tables, modules_);
  auto const replayed =
      journal_.replay([&](std::span<engine::Sequenced const> frame) { return life.loop.replay(frame); });
  EXPECT_TRUE(replayed.has_value()) << replayed.error().what;
  return tables.rows();
}

}  // namespace support
