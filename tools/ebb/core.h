// What stands behind the gate, put together once for every sub-command that decides: the store, the modules in floor
// order, the Hall and the house. Wiring only: it reads as the bill of materials.
//
// Thread:  built by main; then the engine thread's.
// Failure: what opening the data directory can give.
#pragma once

#include <memory>

#include "engine/hall.h"
#include "modules/accounts/accounts_module.h"
#include "modules/house.h"
#include "modules/inquiry/inquiry_module.h"
#include "persistence/private_tables.h"
#include "persistence/recovery.h"
#include "tools/ebb/config.h"

namespace ebb {

class Core {
 public:
  static engine::Result<std::unique_ptr<Core>> open(Config const& config);

  persistence::Store store;
  persistence::PrivateTables tables;  // those of the store, as the modules see them
  modules::accounts::AccountsModule accounts;
  modules::inquiry::InquiryModule inquiry;
  modules::House house;
  engine::Hall hall;

 private:
  Core(persistence::Store opened, modules::inquiry::Limits limits);
};

}  // namespace ebb
