// See the header.
#include "tools/ebb/core.h"

#include <filesystem>
#include <utility>

#include "tools/ebb/erasures.h"

namespace ebb {
namespace {

modules::inquiry::Limits limits_of(Config const& config) {
  modules::inquiry::Limits limits;
  limits.notice_min = config.rules_notice_min_s;
  limits.duration_min = config.rules_duration_min_s;
  limits.duration_max = config.rules_duration_max_s;
  limits.extension_min = config.rules_extension_min_s;
  limits.extension_max = config.rules_extension_max_s;
  limits.quoting_min = config.rules_quoting_min_s;
  limits.confirm_min = config.rules_confirm_min_s;
  limits.confirm_max = config.rules_confirm_max_s;
  limits.resume_floor = config.rules_resume_floor_s;
  return limits;
}

// Tables of the layout that named people in the open go with the file they lie in: recovery makes them again.
engine::Result<void> renew_tables(persistence::Store& store, persistence::StoreOptions const& options) {
  if (modules::accounts::layout_of(*store.tables) == modules::accounts::Layout::Closed) return {};
  store.tables.reset();
  std::error_code error;
  std::filesystem::remove_all(options.directory / "tables", error);
  if (error) return std::unexpected(engine::Failure{"tables: remove: " + error.message()});
  auto tables = persistence::Tables::open(options.directory / "tables", options.tables);
  if (!tables) return std::unexpected(tables.error());
  store.tables = std::move(*tables);
  return {};
}

}  // namespace

Core::Core(persistence::Store opened, modules::inquiry::Limits limits)
    : store(std::move(opened)),
      tables(*store.tables, *store.tables, *store.keys),
      accounts(login_mark(*store.keys)),
      inquiry(limits),
      house(tables, {&accounts, &inquiry}) {}

engine::Result<std::unique_ptr<Core>> Core::open(Config const& config) {
  constexpr std::size_t mib = std::size_t{1} << 20;
  constexpr std::size_t gib = std::size_t{1} << 30;
  persistence::StoreOptions options;
  options.directory = config.data_directory;
  options.segment_bytes = static_cast<std::size_t>(config.data_segment_mib) * mib;
  options.filling.ahead_bytes = static_cast<std::size_t>(config.data_fill_ahead_mib) * mib;
  options.tables.map_bytes = static_cast<std::size_t>(config.data_tables_gib_max) * gib;
  auto store = persistence::open_store(options);
  if (!store) return std::unexpected(store.error());
  if (auto renewed = renew_tables(*store, options); !renewed) return std::unexpected(renewed.error());
  return std::unique_ptr<Core>(new Core(std::move(*store), limits_of(config)));
}

}  // namespace ebb
