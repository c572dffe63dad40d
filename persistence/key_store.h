// The keys of private parts, outside the journal: one per lot (sealed prices) or person (credentials).
//
// The journal is for ever, and a secret in it must not be: whoever destroys the key has destroyed every copy of what it
// closed, backups of the journal included. Searching the data directory for a live sealed quote finds nothing.
//
// XChaCha20-Poly1305 (libsodium), a random nonce for each sealing; seq and owner are authenticated, so that a sealed
// part cannot be moved to another record.
//
// A key that was destroyed leaves a row that says so, for good: none is made again for that owner, and what comes for
// it later is sealed under a key that nobody keeps. A key that is merely missing is a Failure. Rows of tables that name
// people are closed here, too (private_tables.h), so that destroying the key is all there is to do.
//
// Thread:  engine; open_beside, seal_row, open_row, mark_of, overwrite_destroyed: any.
// Failure: the disk, or a key that is missing. A key is durable before any frame that needs it.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <vector>

#include "persistence/lmdb_env.h"
#include "persistence/vault.h"

namespace persistence {

class KeyStore final : public Vault {
 public:
  static engine::Result<KeyStore> open(std::filesystem::path const& directory, Access access);

  // Makes, in one durable commit, the keys that these commands need and that are not there yet.
  engine::Result<void> prepare(std::span<engine::Sequenced const> commands);

  engine::Result<std::string> seal(engine::SecretOf owner, engine::Seq seq, std::string_view secret) override;
  engine::Result<std::optional<std::string>> open(engine::SecretOf owner, engine::Seq seq,
                                                  std::string_view sealed) override;
  Digest salt() override;
  // The same for threads beside the engine's, which pass by what it remembers.
  engine::Result<std::optional<std::string>> open_beside(engine::SecretOf owner, engine::Seq seq,
                                                         std::string_view sealed) const;

  // A row of a table, closed: the same row always gives the same bytes. Nothing: the owner's key was destroyed.
  engine::Result<std::optional<std::string>> seal_row(engine::SecretOf owner, std::string_view place,
                                                      std::string_view text) const;
  engine::Result<std::optional<std::string>> open_row(engine::SecretOf owner, std::string_view place,
                                                      std::string_view sealed) const;
  // 32 bytes by which a text is recognised and not read, without the keys not even by whoever guesses it.
  Digest mark_of(std::string_view text) const;

  // Durably, and from every byte of the store's own files. How many were not destroyed before. A crash in between is
  // finished by the next open.
  engine::Result<std::size_t> destroy(std::span<engine::SecretOf const> owners);
  // The same in two steps, for whoever must not wait for the whole file to be read. Behind the first, in a bounded
  // time, nothing opens with those keys any more, here or after any start; the second takes their bytes out of the
  // file, while others use the store. Thread of the second: any.
  engine::Result<std::size_t> begin_destroying(std::span<engine::SecretOf const> owners);
  engine::Result<void> overwrite_destroyed();
  engine::Result<bool> is_destroyed(engine::SecretOf owner) const;

  // The key from which the salts of records without a private part come. Nothing: a store that was written before there
  // was one, opened to be read.
  std::optional<Digest> const& log_key() const { return log_key_; }
  // The key that closes snapshots. Nothing: as above.
  std::optional<Digest> const& snapshot_key() const { return snapshot_key_; }

 private:
  using Key = std::array<unsigned char, 32>;
  enum class State : std::uint8_t { Missing, Held, Destroyed };
  struct Found {
    State state = State::Missing;
    Key key{};
  };
  using Keys = std::vector<std::pair<engine::SecretOf, Key>>;
  KeyStore(std::filesystem::path directory, Environment environment);
  // A key of the house itself, made where there is none yet.
  engine::Result<void> load(engine::SecretOf owner, Access access, std::optional<Digest>& into);
  engine::Result<void> make(std::set<engine::SecretOf> const& missing);
  engine::Result<Found> read(engine::SecretOf owner) const;
  engine::Result<Found> find(engine::SecretOf owner);
  // Nothing: destroyed.
  engine::Result<std::optional<Key>> key_of(engine::SecretOf owner);
  engine::Result<std::optional<Key>> key_beside(engine::SecretOf owner) const;
  void remember(engine::SecretOf owner, Key const& key);
  static Keys keys_in(std::string_view list);  // none: it was overwritten
  engine::Result<void> finish_destroying();
  engine::Result<void> mark_destroyed(Keys const& keys, std::filesystem::path list);

  std::filesystem::path directory_;
  std::optional<Environment> environment_;    // nothing: it could not be opened again
  std::unique_ptr<std::shared_mutex> whole_;  // held alone while the environment is exchanged, or its file overwritten
  struct Going;                               // keys that are destroyed, and whose bytes are still there
  struct Forget {
    void operator()(Going* going) const;
  };
  std::unique_ptr<Going, Forget> going_;
  std::map<engine::SecretOf, Key> known_;  // at most keys_known_max, then forgotten and read again
  std::optional<Digest> log_key_;
  std::optional<Digest> snapshot_key_;
};

}  // namespace persistence
