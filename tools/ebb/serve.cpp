// Construction order, heartbeat, clock steps, signals, staged shutdown. No business.
#include "tools/ebb/serve.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/loop.h"
#include "gateway/hub.h"
#include "gateway/password.h"
#include "gateway/proofs.h"
#include "gateway/server.h"
#include "gateway/server_clock.h"
#include "persistence/checkpointer.h"
#include "persistence/tree.h"
#include "tools/ebb/core.h"
#include "tools/ebb/erasures.h"
#include "tools/ebb/folded.h"
#include "tools/ebb/heads_out.h"
#include "tools/ebb/notary.h"
#include "tools/ebb/signatures.h"
#include "tools/ebb/vitals.h"
#include "web/assets.h"

namespace ebb {
namespace {

using namespace std::chrono_literals;

constexpr int exit_not_started = 1;
constexpr int exit_halted = 70;
constexpr std::string_view first_login = "admin";

// SIGTERM and SIGINT are taken by main alone, between two beats; no thread is ever interrupted.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  enum class Heard : std::uint8_t { Nothing, Stop };
  Heard wait(std::chrono::milliseconds patience) const {
    timespec const limit{patience.count() / 1000, (patience.count() % 1000) * 1'000'000};
    return sigtimedwait(&set_, nullptr, &limit) > 0 ? Heard::Stop : Heard::Nothing;
  }

 private:
  sigset_t set_{};
};

gateway::Options options_of(Config const& config) {
  gateway::Options options;
  options.address = config.server_address;
  options.port = static_cast<std::uint16_t>(config.server_port);
  options.io_threads = static_cast<std::size_t>(config.server_io_threads);
  options.web_root = config.server_web_root;
  options.is_echoing = config.server_echo == "on";
  options.worker_threads = static_cast<std::size_t>(config.server_workers);
  options.sessions_max = static_cast<std::size_t>(config.limits_sessions_max);
  options.backlog_bytes_max = static_cast<std::size_t>(config.limits_backlog_bytes_a_session);
  options.requests_a_second = static_cast<std::uint32_t>(config.limits_requests_a_second);
  options.attempts.slow_after = static_cast<std::uint32_t>(config.sign_in_failures_max);
  options.attempts.lock_after = 2 * options.attempts.slow_after;
  options.attempts.within = config.sign_in_window_s;
  return options;
}

std::chrono::milliseconds head_every(Config const& config) {
  return std::chrono::milliseconds{config.tree_head_every_ms};
}

persistence::CheckpointOptions checkpoints_of(Config const& config) {
  persistence::CheckpointOptions options;
  options.directory = std::filesystem::path{config.data_directory} / persistence::snapshots_folder;
  options.every = static_cast<std::uint64_t>(config.snapshots_every_commands);
  options.at_stop_from = std::min(options.at_stop_from, options.every);
  options.free_bytes_min = static_cast<std::uint64_t>(config.data_free_new_mib) << 20;
  return options;
}

void say(std::string const& line) {
  std::fputs(fmt::format("ebb: {}\n", line).c_str(), stderr);
}

std::string_view text(std::span<std::byte const> bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

std::vector<gateway::PageFile> page() {
  std::vector<gateway::PageFile> files;
  for (auto const& asset : web::assets()) {
    files.push_back({asset.path, text(asset.identity), text(asset.gzip), text(asset.brotli)});
  }
  return files;
}

gateway::Log::Level level_of(std::string_view name) {
  if (name == "debug") return gateway::Log::Level::Debug;
  if (name == "warn") return gateway::Log::Level::Warning;
  if (name == "error") return gateway::Log::Level::Error;
  return gateway::Log::Level::Info;
}

class Serving {
 public:
  Serving(Config const& config, std::unique_ptr<Core> core, std::unique_ptr<persistence::Tree> tree)
      : config_(config),
        log_(level_of(config.log_level)),
        clock_(gateway::ServerClock::machine_monotonic(), gateway::ServerClock::machine_wall()),
        core_(std::move(core)),
        tree_(std::move(tree)),
        proofs_(*tree_, core_->inquiry, log_),
        inbox_(clock_, static_cast<std::size_t>(config.limits_inbox_commands_max)),
        server_(options_of(config)),
        hub_(server_.strand(), gateway::password::new_token().substr(0, 12), core_->inquiry, core_->tables,
             tree_.get()),
        notary_(house_of(tree_->key()), registered_key, {core_->tables, inbox_, metrics_, log_, hub_}),
        erasures_(*core_, notary_,
                  [this](engine::Failure const& failure) {
                    log_.say(gateway::Log::Level::Error,
                             "keys of people who were erased are left: restart destroys them", {{"why", failure.what}});
                  }),
        loop_(inbox_, *core_->store.journal, core_->hall, core_->house, erasures_),
        inbox_depth_(metrics_.gauge("ebb_inbox_depth", "Commands waiting for the engine.")),
        tree_figures_(metrics_, *tree_, clock_),
        vitals_(config, core_->store, metrics_, tree_figures_, log_, server_),
        checkpointer_(
            checkpoints_of(config), *core_->store.journal, *core_->store.keys, *core_->store.tables,
            [] { return std::make_unique<Folded>(); }, vitals_.of_snapshots()) {}

  int run() {
    auto const started = start();
    if (!started) {
      std::fputs(fmt::format("ebb: cannot start: {}\n", started.error().what).c_str(), stderr);
      server_.stop();
      return exit_not_started;
    }
    vitals_.look();
    std::thread engine([this] { decide(); });
    grow_tree();
    checkpointer_.start(begun_with_);
    server_.serve();
    fmt::print("ebb: listening on {}:{}\n", config_.server_address, *started);
    std::fflush(stdout);
    log_.say(gateway::Log::Level::Info, "ready");

    while (signals_.wait(100ms) == Signals::Heard::Nothing && !halted_) beat();
    return stop(engine);
  }

 private:
  // Alive first, then recovered, then the first commands, then ready.
  engine::Result<std::uint16_t> start() {
    core_->accounts.read_keys_with(key_reader(tree_->key()));
    auto const port = server_.open({inbox_,
                                    hub_,
                                    core_->tables,
                                    core_->accounts,
                                    {&core_->accounts, &core_->inquiry},
                                    clock_,
                                    metrics_,
                                    log_,
                                    page(),
                                    &proofs_});
    if (!port) return port;
    if (auto recovered = recover(); !recovered) return std::unexpected(recovered.error());
    if (auto greeted = first_commands(); !greeted) return std::unexpected(greeted.error());
    notary_.begin(core_->hall);  // by now the tables are as far as the hall
    return port;
  }

  engine::Result<void> recover() {
    if (auto const& why = core_->store.tables->dropped_because()) {
      std::fputs(fmt::format("ebb: {}: they are built again from the journal\n", *why).c_str(), stderr);
    }
    auto const begun_with = begin_with_snapshot();
    auto const behind = begun_with ? fmt::format(", behind the snapshot of seq {}", begun_with->seq.number()) : "";
    auto const replayed = persistence::recover(
        *core_->store.journal, [this](auto frame) { return loop_.replay(frame); },
        [&behind](persistence::Progress const& progress) {
          say(fmt::format("replayed {} commands in {} frames, up to seq {}{}", progress.commands, progress.frames,
                          progress.seq.number(), behind));
        },
        begun_with);
    if (!replayed) return std::unexpected(replayed.error());
    begun_with_ = begun_with ? begun_with->seq : engine::Seq{};
    vitals_.began_with(begun_with_);
    if (auto caught_up = tree_->catch_up(); !caught_up) return caught_up;
    core_->store.journal->tell(*tree_);
    auto out = HeadsOut::open(*tree_, {config_.tree_heads_file, config_.tree_heads_url, head_every(config_)});
    if (!out) return std::unexpected(out.error());
    heads_out_ = std::move(*out);
    if (auto resumed = loop_.resume(); !resumed) return resumed;
    return erasures_.begin();
  }

  // Hall and pictures as the newest snapshot has them; what the modules decided is in the tables.
  std::optional<persistence::SnapshotAbout> begin_with_snapshot() {
    Folded folded;
    auto const begun_with = load_snapshot(core_->store, folded, say);
    if (!begun_with) return std::nullopt;
    core_->hall = folded.take_hall();
    hub_.begin_with(folded.take_gallery());
    loop_.continue_after(begun_with->seq);
    return begun_with;
  }

  // Behind the commits and never in their way: without a tree bids go on, and an operator hears of it.
  void grow_tree() {
    tree_->start(clock_, [this](engine::Failure const& failure) {
      tree_figures_.not_signed();
      log_.say(gateway::Log::Level::Error, "transparency log: no further head is signed", {{"why", failure.what}});
    });
    heads_out_->start([this](engine::Failure const& failure) {
      tree_figures_.not_published();
      log_.say(gateway::Log::Level::Error, "transparency log: heads do not reach a second place",
               {{"why", failure.what}});
    });
  }

  // The outage comes before anything else is decided (design: the first command after a start), then, in a new house,
  // its administrator.
  engine::Result<void> first_commands() {
    auto const last_alive = core_->store.alive.last();
    auto const decided_until = core_->hall.now();
    if (last_alive || loop_.last_seq().is_given()) {
      inbox_.offer({}, engine::Started{std::max(last_alive.value_or(decided_until), decided_until)});
    }
    std::optional<std::string> password;
    if (!core_->accounts.credential(first_login, *core_->tables.snapshot())) {
      password = gateway::password::one_time();
      auto const hash = gateway::password::hash(*password);
      if (!hash) return std::unexpected(hash.error());
      inbox_.offer(
          {}, modules::accounts::first_administrator(first_login, "管理员", *hash, login_mark(*core_->store.keys)));
    }
    if (auto decided = loop_.turn(); !decided) return std::unexpected(decided.error());
    if (password) {
      fmt::print("administrator one-time password: {}\n", *password);
      std::fflush(stdout);
    }
    return core_->store.alive.beat(clock_.now());
  }

  // Thread: engine.
  void decide() {
    if (auto ran = loop_.run(); !ran) {
      std::fputs(fmt::format("ebb: halted: {}\n", ran.error().what).c_str(), stderr);
      halted_ = true;
    }
  }

  // Ten times a second: a stepped wall clock pauses live lots before the server's clock follows it. Once a second: the
  // heartbeat, and a look at the disk.
  void beat() {
    if (auto const by = clock_.pending_step()) {
      if (inbox_.offer({}, engine::ClockStepped{*by}) == engine::Offer::Taken) {
        clock_.accept_step();
        log_.say(gateway::Log::Level::Warning, "wall clock stepped: live lots are paused",
                 {{"by_ms", std::to_string(by->count())}});
      }
    }
    inbox_depth_.set(static_cast<std::int64_t>(inbox_.depth()));
    auto const now = clock_.now();
    if (now - beat_at_ < 1s) return;
    beat_at_ = now;
    vitals_.look();
    if (auto beaten = core_->store.alive.beat(now); !beaten) {
      log_.say(gateway::Log::Level::Error, "heartbeat not written", {{"why", beaten.error().what}});
    }
  }

  // In stages: no new commands, what was taken is decided and told, everybody is asked to come back, the rest is cut.
  int stop(std::thread& engine) {
    log_.say(gateway::Log::Level::Info, halted_ ? "halting" : "stopping");
    server_.refuse_commands();
    inbox_.close();
    engine.join();
    erasures_.finish();
    notary_.stop();
    if (!halted_) {
      if (auto beaten = core_->store.alive.beat(clock_.now()); !beaten) {
        log_.say(gateway::Log::Level::Error, "heartbeat not written", {{"why", beaten.error().what}});
      }
    }
    tree_->stop();  // with a head over the last command
    heads_out_->stop();
    server_.close_sessions(config_.server_stop_within_s);
    server_.stop();
    checkpointer_.stop();
    if (!halted_) leave_snapshot();
    return halted_ ? exit_halted : 0;
  }

  // The next start need not replay what this life decided. A snapshot counts as far as the tables have come.
  void leave_snapshot() {
    if (auto kept = core_->store.tables->commit(loop_.last_seq()); !kept)
      return vitals_.of_snapshots().failed(kept.error());
    checkpointer_.finish();
  }

  Config const& config_;
  Signals signals_;
  gateway::Log log_;
  gateway::Metrics metrics_;
  gateway::ServerClock clock_;
  std::unique_ptr<Core> core_;
  std::unique_ptr<persistence::Tree> tree_;
  std::unique_ptr<HeadsOut> heads_out_;
  gateway::Proofs proofs_;
  engine::Inbox inbox_;
  gateway::Server server_;
  gateway::Hub hub_;
  Notary notary_;
  Erasures erasures_;
  engine::Loop loop_;
  gateway::Gauge& inbox_depth_;
  gateway::TreeFigures tree_figures_;
  Vitals vitals_;
  persistence::Checkpointer checkpointer_;
  engine::Seq begun_with_;  // the snapshot; nothing: none
  engine::Instant beat_at_;
  std::atomic<bool> halted_{false};
};

}  // namespace

int serve(Config const& config) {
  auto core = Core::open(config);
  if (!core) {
    std::fputs(fmt::format("ebb: cannot start: {}\n", core.error().what).c_str(), stderr);
    return exit_not_started;
  }
  std::filesystem::path const directory{config.data_directory};
  auto tree =
      persistence::Tree::open({directory / "tree", directory / "keys" / persistence::head_key_name, head_every(config)},
                              *(*core)->store.journal, *(*core)->store.keys);
  if (!tree) {
    std::fputs(fmt::format("ebb: cannot start: {}\n", tree.error().what).c_str(), stderr);
    return exit_not_started;
  }
  return Serving(config, std::move(*core), std::move(*tree)).run();
}

}  // namespace ebb
