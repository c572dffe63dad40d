// The keys of private parts, outside the journal: one per lot (sealed prices) or person (credentials).
//
// The journal is for ever, and a secret in it must not be: whoever destroys the key has destroyed every copy of what it
// closed, backups of the journal included. Searching the data directory for a live sealed quote finds nothing.
//
// XChaCha20-Poly1305 (libsodium), a random nonce for each sealing; seq and owner are authenticated, so that a sealed
// part cannot be moved to another record.
//
// Thread:  engine; open_beside: any.
// Failure: the disk, or a key that is gone. A key is durable before any frame that needs it.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "persistence/lmdb_env.h"
#include "persistence/vault.h"

namespace persistence {

class KeyStore final : public Vault {
 public:
  static engine::Result<KeyStore> open(std::filesystem::path const& directory, Access access);

  // Makes, in one durable commit, the keys that these commands need and that are not there yet.
  engine::Result<void> prepare(std::span<engine::Sequenced const> commands);

  engine::Result<std::string> seal(engine::SecretOf owner, engine::Seq seq, std::string_view secret) override;
  engine::Result<std::string> open(engine::SecretOf owner, engine::Seq seq, std::string_view sealed) override;
  Digest salt() override;
  // The same for threads beside the engine's, which pass by what it remembers; nothing: the key is gone.
  engine::Result<std::optional<std::string>> open_beside(engine::SecretOf owner, engine::Seq seq,
                                                         std::string_view sealed) const;

  // The key from which the salts of records without a private part come. Nothing: a store that was written before there
  // was one, opened to be read.
  std::optional<Digest> const& log_key() const { return log_key_; }
  // The key that closes snapshots. Nothing: as above.
  std::optional<Digest> const& snapshot_key() const { return snapshot_key_; }

 private:
  using Key = std::array<unsigned char, 32>;
  explicit KeyStore(Environment environment) : environment_(std::move(environment)) {}
  // A key of the house itself, made where there is none yet.
  engine::Result<void> load(engine::SecretOf owner, Access access, std::optional<Digest>& into);
  engine::Result<void> make(std::set<engine::SecretOf> const& missing);
  engine::Result<std::optional<Key>> read(engine::SecretOf owner) const;
  engine::Result<std::optional<Key>> find(engine::SecretOf owner);
  engine::Result<Key> key_of(engine::SecretOf owner);
  void remember(engine::SecretOf owner, Key const& key);

  Environment environment_;
  std::map<engine::SecretOf, Key> known_;  // at most keys_known_max, then forgotten and read again
  std::optional<Digest> log_key_;
  std::optional<Digest> snapshot_key_;
};

}  // namespace persistence
