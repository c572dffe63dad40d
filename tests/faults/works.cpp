// The wiring, and what writes down what the run believes: a journal in front of the journal, a house in front of the
// house, an outlet.
#include "tests/faults/works.h"

#include <utility>

#include "engine/codec.h"

namespace faults {
namespace {

constexpr std::size_t segment_bytes = std::size_t{48} << 10;     // a handful of segments in a short run
constexpr std::size_t segment_bytes_filled = 4 * segment_bytes;  // with room for zeros behind what is used
constexpr std::size_t tables_bytes = std::size_t{256} << 20;

modules::inquiry::Limits quick_limits() {
  modules::inquiry::Limits limits;
  limits.notice_min = engine::Duration::zero();
  limits.duration_min = std::chrono::minutes{1};
  limits.quoting_min = std::chrono::minutes{1};
  limits.confirm_min = std::chrono::minutes{1};
  return limits;
}

}  // namespace

std::string said(engine::Sequenced const& command) {
  engine::ByteWriter bytes;
  bytes.put(command.seq).put(command.parent).put(command.at);
  auto const parts = encode(command.command, engine::Privacy::Private);
  bytes.put_text(parts.open).put_text(parts.secret);
  if (command.secret_of) bytes.put(command.secret_of->kind).put(command.secret_of->id);
  return bytes.take();
}

// Who is told: remembers the answer to the last request, and says to the tape what clients may know by now.
class Works::Telling final : public engine::Outlet {
 public:
  explicit Telling(Tape* tape) : tape_(tape) {}
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    for (auto const& event : turn->events) {
      if (auto const* told = std::get_if<engine::ModuleAnswered>(&event)) answered_ = told->id;
    }
    if (!turn->decided.empty()) tell(turn->decided.back().seq.number());
  }
  void tell(std::uint64_t seq) {
    if (tape_ != nullptr) tape_->told(seq);
  }
  std::uint64_t answered() const { return answered_; }

 private:
  Tape* const tape_;
  std::uint64_t answered_ = 0;
};

class Works::Writing final : public engine::Journal {
 public:
  Writing(engine::Journal& good, Scribes scribes) : good_(good), scribes_(scribes) {}
  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override {
    auto const last = frame.back().seq.number();
    if (scribes_.truth != nullptr) {
      for (auto const& command : frame) {
        scribes_.truth->commands.push_back(said(command));
        if (command.parent.is_given()) scribes_.truth->parents.insert(command.parent.number());
      }
    }
    if (scribes_.tape != nullptr) scribes_.tape->begun(last);
    auto committed = good_.commit(frame, outcomes);
    if (committed && scribes_.tape != nullptr) scribes_.tape->durable(last);
    return committed;
  }
  std::span<engine::Leaf const> leaves() const override { return good_.leaves(); }

 private:
  engine::Journal& good_;
  Scribes const scribes_;
};

class Works::Hearing final : public engine::Participants {
 public:
  Hearing(engine::Participants& good, Works const& works, Scribes scribes)
      : good_(good), works_(works), scribes_(scribes) {}
  void decide(engine::Sequenced const& command, engine::Events& outcome) override { good_.decide(command, outcome); }
  void hear(engine::Sequenced const& cause, engine::Event const& event) override { good_.hear(cause, event); }
  std::vector<engine::FollowUp> take_follow_ups() override { return good_.take_follow_ups(); }
  void settle(engine::Seq parent) override { good_.settle(parent); }
  std::vector<engine::FollowUp> pending() const override { return good_.pending(); }
  engine::Result<void> commit(engine::Seq applied) override {
    auto committed = good_.commit(applied);
    if (!committed) return committed;
    if (scribes_.tape != nullptr) scribes_.tape->tabled(applied.number());
    if (scribes_.truth != nullptr) {
      scribes_.truth->rest[applied.number()] = {works_.hall_digest(), works_.rows_digest()};
    }
    return committed;
  }
  engine::Seq applied() const override { return good_.applied(); }

 private:
  engine::Participants& good_;
  Works const& works_;
  Scribes const scribes_;
};

// The hall alone, decided again.
class Works::Deciding final : public persistence::Fold {
 public:
  bool load(std::string_view section, std::string_view piece) override {
    return section == persistence::hall_section && hall.load(piece);
  }
  bool is_whole() const override { return hall.is_loaded(); }
  void apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) override {
    engine::Events events;
    for (auto const& command : frame) hall.apply(command, events);
    for (auto const& event : events) encode(event, outcomes);
  }
  std::uint64_t state() const override { return hall.digest(); }
  void save(TakePiece const& take) const override {
    hall.save([&](std::string_view piece) { take(persistence::hall_section, piece); });
  }

  engine::Hall hall;
};

engine::Result<std::unique_ptr<Works>> Works::open(std::filesystem::path const& directory, engine::Clock& clock,
                                                   Plant const& plant, Scribes scribes, Log log, Ahead ahead) {
  persistence::StoreOptions options;
  options.directory = directory;
  options.segment_bytes = segment_bytes;
  options.tables.map_bytes = tables_bytes;
  if (ahead == Ahead::Filled) {
    options.segment_bytes = segment_bytes_filled;
    options.filling = {.ahead_bytes = 96 << 10, .least_bytes = 96 << 10, .beside_bytes = 48 << 10};
  }
  auto store = persistence::open_store(options);
  if (!store) return std::unexpected(store.error());
  std::unique_ptr<Works> works{new Works{std::move(*store), clock, plant, scribes}};
  if (log == Log::Grown || std::filesystem::exists(directory / "tree")) {
    if (auto opened = works->open_log(directory); !opened) return std::unexpected(opened.error());
  }
  return works;
}

Works::Works(persistence::Store store, engine::Clock& clock, Plant const& plant, Scribes scribes)
    : store_(std::move(store)),
      clock_(clock),
      plant_(plant),
      scribes_(scribes),
      inquiry_(quick_limits()),
      house_(*store_.tables, {&accounts_, &inquiry_}),
      outlet_(std::make_unique<Telling>(scribes.tape)),
      planted_journal_(plant.journal ? plant.journal(*store_.journal, [this](std::uint64_t seq) { outlet_->tell(seq); })
                                     : nullptr),
      planted_house_(plant.participants ? plant.participants(house_) : nullptr),
      journal_(std::make_unique<Writing>(planted_journal_ ? *planted_journal_ : *store_.journal, scribes)),
      participants_(std::make_unique<Hearing>(
          planted_house_ ? *planted_house_ : static_cast<engine::Participants&>(house_), *this, scribes)),
      inbox_(clock, engine::limits::inbox_commands_max),
      loop_(inbox_, *journal_, hall_, *participants_, *outlet_) {
  house_.routes(routes_);
}

Works::~Works() = default;

engine::Result<void> Works::recover(SeeCommand const& see) {
  persistence::ApplyFrame apply = [&](std::span<engine::Sequenced const> frame) {
    for (auto const& command : frame) see(command);
    return loop_.replay(frame);
  };
  if (plant_.replay) apply = plant_.replay(std::move(apply));
  auto const begun_with = load_snapshot();
  auto const recovered = persistence::recover(*store_.journal, apply, [](persistence::Progress const&) {}, begun_with);
  if (!recovered) return std::unexpected(recovered.error());
  return {};
}

std::optional<persistence::SnapshotAbout> Works::load_snapshot() {
  Deciding loaded;
  auto const about =
      persistence::begin_with_snapshot(store_,
                                       {[&](auto section, auto piece) { return loaded.load(section, piece); },
                                        [&] { return loaded.is_whole(); }, [&] { loaded.hall = engine::Hall{}; }},
                                       [](std::string const&) {});
  if (!about) return std::nullopt;
  hall_ = std::move(loaded.hall);
  begun_with_ = about->seq;
  loop_.continue_after(begun_with_);
  return about;
}

std::optional<engine::Failure> Works::checkpoint() {
  std::optional<engine::Failure> failure;
  persistence::CheckpointOptions options;
  options.directory = store_.directory / persistence::snapshots_folder;
  options.at_stop_from = 1;
  persistence::Checkpointer checkpointer{
      options,
      *store_.journal,
      *store_.keys,
      *store_.tables,
      [] { return std::make_unique<Deciding>(); },
      {[](persistence::Checkpointed const&) {}, [&failure](engine::Failure const& why) { failure = why; }}};
  checkpointer.finish();
  return failure;
}

engine::Result<void> Works::open_log(std::filesystem::path const& directory) {
  persistence::TreeOptions const options{.directory = directory / "tree",
                                         .key_file = directory / "keys" / persistence::head_key_name,
                                         .interval = std::chrono::milliseconds{1}};
  auto tree = persistence::Tree::open(options, *store_.journal, *store_.keys);
  if (!tree) return std::unexpected(tree.error());
  tree_ = std::move(*tree);
  return {};
}

// As the server: the log has caught up before anything is decided.
engine::Result<void> Works::resume() {
  if (tree_) {
    if (auto caught_up = tree_->catch_up(); !caught_up) return caught_up;
    store_.journal->tell(*tree_);
    tree_->start(clock_, [](engine::Failure const&) {});
  }
  return loop_.resume();
}

engine::Result<void> Works::turn() {
  auto const did = loop_.turn();
  if (!did) return std::unexpected(did.error());
  take_down_head();
  return {};
}

void Works::close_log() {
  if (!tree_) return;
  tree_->stop();
  take_down_head();
}

// What may be shown from here on.
void Works::take_down_head() {
  auto const head = tree_ ? tree_->head() : std::nullopt;
  if (!head) return;
  if (scribes_.truth != nullptr) scribes_.truth->roots[head->size] = head->root;
  if (scribes_.tape != nullptr) scribes_.tape->signed_up_to(head->size);
}

engine::Result<std::uint64_t> Works::post(modules::Actor const* actor, std::string_view path, std::string_view body) {
  auto const [route, placeholders] = routes_.find(modules::Method::Post, path);
  if (route == nullptr) return std::unexpected(engine::Failure{"no route for " + std::string{path}});
  auto const parsed = support::json(body);
  modules::Request const request{
      .path = placeholders, .query = {}, .actor = actor, .body = &parsed, .if_match = {}, .now = clock_.now()};
  auto decoded = route->decode(request, *store_.tables->snapshot());
  if (!decoded) return std::unexpected(engine::Failure{"not taken: " + std::string{path}});
  offer(*std::move(decoded));
  if (auto turned = turn(); !turned) return std::unexpected(turned.error());
  return outlet_->answered();
}

engine::Result<modules::Actor> Works::sign_in(engine::PersonId person) {
  auto const digest = std::to_string(10'000'000 + ++sessions_) + std::string(24, 'd');
  offer(accounts_.open_session(person, digest, "a browser"));
  if (auto turned = turn(); !turned) return std::unexpected(turned.error());
  auto const actor = accounts_.actor(digest, clock_.now(), *store_.tables->snapshot());
  if (!actor) return std::unexpected(engine::Failure{"nobody signed in"});
  return *actor;
}

std::uint64_t Works::rows_digest() const {
  std::uint64_t digest = 0;
  store_.tables->for_each_row([&](std::string_view table, std::string_view key, std::string_view value) {
    for (auto const part : {table, key, value}) {
      digest = (digest ^ std::hash<std::string_view>{}(part)) * 0x9e3779b97f4a7c15ULL;
    }
  });
  return digest;
}

}  // namespace faults
