// A journal decided again without a door: every frame's digest is compared with what is decided now, and what the
// modules keep in tables comes out of it.
//
// Thread:  one.
// Failure: the directory is in use or damaged, or this program decides otherwise than the one that wrote the journal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "engine/hall.h"
#include "engine/loop.h"
#include "modules/accounts/accounts_module.h"
#include "modules/house.h"
#include "modules/inquiry/inquiry_module.h"
#include "persistence/private_tables.h"
#include "persistence/recovery.h"
#include "tools/ebb/quiet.h"

namespace ebb {

// A data directory, in place: into the tables that are there, from what they have applied on; all of it where there are
// none. Takes its lock. Nothing is added to the journal: what its last command had caused and a crash or a cut left
// undone stays a row, and the next start does it.
engine::Result<persistence::Progress> redecide(std::filesystem::path const& directory);

// Frame by frame beside a data directory, into tables of its own. What is decided goes to `outlet`.
class Redeciding {
 public:
  // `outlet` and `keys` outlive this.
  Redeciding(std::unique_ptr<persistence::Tables> tables, persistence::KeyStore const& keys, engine::Outlet& outlet);
  engine::Result<void> frame(persistence::FrameHeader const& header, std::span<engine::Sequenced const> commands);
  persistence::Tables const& tables() const { return *tables_; }  // as they lie on a disk
  engine::TableReader const& opened() const { return private_; }  // as the modules see them
  modules::House const& house() const { return house_; }

 private:
  // The loop wants one; a replay commits nothing.
  class ClosedJournal final : public engine::Journal {
   public:
    engine::Result<void> commit(std::span<engine::Sequenced const>, std::string_view) override;
  };

  std::unique_ptr<persistence::Tables> tables_;
  persistence::PrivateTables private_;
  NoTime clock_;
  ClosedJournal journal_;
  engine::Inbox inbox_{clock_, 1};
  engine::Hall hall_;
  modules::accounts::AccountsModule accounts_;
  modules::inquiry::InquiryModule inquiry_{modules::inquiry::Limits{}};
  modules::House house_;
  engine::Loop loop_;
  persistence::Digest outcomes_{};
  persistence::Hasher hasher_;
};

}  // namespace ebb
