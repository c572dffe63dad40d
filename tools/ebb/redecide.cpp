// See the header.
#include "tools/ebb/redecide.h"

#include <fmt/format.h>

#include "tools/ebb/core.h"
#include "tools/ebb/erasures.h"

namespace ebb {

engine::Result<persistence::Progress> redecide(std::filesystem::path const& directory) {
  Config config;
  config.data_directory = directory.string();
  auto const core = Core::open(config);
  if (!core) return std::unexpected(core.error());
  auto& [store, tables, accounts, inquiry, house, hall] = **core;
  NoTime clock;
  NobodyListens outlet;
  engine::Inbox inbox{clock, 1};
  engine::Loop loop{inbox, *store.journal, hall, house, outlet};
  auto decided = persistence::recover(
      *store.journal, [&](auto frame) { return loop.replay(frame); }, [](persistence::Progress const&) {});
  if (!decided) return decided;
  if (house.applied() > loop.last_seq()) {
    return std::unexpected(engine::Failure{fmt::format("the tables have applied seq {}, and the journal ends at {}",
                                                       house.applied().number(), loop.last_seq().number())});
  }
  if (auto kept = house.commit(loop.last_seq()); !kept) return std::unexpected(kept.error());
  if (auto synced = store.tables->sync(); !synced) return std::unexpected(synced.error());
  return decided;
}

Redeciding::Redeciding(std::unique_ptr<persistence::Tables> tables, persistence::KeyStore const& keys,
                       engine::Outlet& outlet)
    : tables_(std::move(tables)),
      private_(*tables_, *tables_, keys),
      accounts_(login_mark(keys)),
      house_(private_, {&accounts_, &inquiry_}),
      loop_(inbox_, journal_, hall_, house_, outlet) {}

engine::Result<void> Redeciding::frame(persistence::FrameHeader const& header,
                                       std::span<engine::Sequenced const> commands) {
  if (header.outcomes != outcomes_) {
    return std::unexpected(engine::Failure{fmt::format(
        "everything before seq {} was decided differently than now: {} in the journal, {} now", header.first.number(),
        persistence::hex(persistence::view(header.outcomes)), persistence::hex(persistence::view(outcomes_)))});
  }
  auto const decided = loop_.replay(commands);
  if (!decided) return std::unexpected(decided.error());
  outcomes_ = hasher_.of({persistence::view(outcomes_), *decided});
  return {};
}

engine::Result<void> Redeciding::ClosedJournal::commit(std::span<engine::Sequenced const>, std::string_view) {
  return std::unexpected(engine::Failure{"this journal is only read"});
}

}  // namespace ebb
