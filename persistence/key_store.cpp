// See the header. A row: kind (u8), id (u64, big-endian, so that keys are in order) -> version (u8), key (32 bytes),
// CRC-32C of both (u32). The keys of the house itself lie there as if they had owners of kinds that no record names.
#include "persistence/key_store.h"

#include <sodium.h>

#include <algorithm>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

constexpr std::uint8_t key_version = 1;
constexpr std::size_t keys_known_max = 65'536;
constexpr std::size_t map_bytes = std::size_t{64} << 30;  // address space
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char const* raw(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}
std::string_view text_of(std::array<unsigned char, 32> const& key) {
  return {reinterpret_cast<char const*>(key.data()), key.size()};
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string row_key(engine::SecretOf owner) {
  std::string key{static_cast<char>(owner.kind)};
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>((owner.id >> shift) & 0xff);
  return key;
}

std::string row_value(std::string_view key) {
  engine::ByteWriter bytes;
  bytes.put(key_version).put_raw(key);
  bytes.put(crc32c(bytes.view()));
  return bytes.take();
}

// What is authenticated beside the secret: whose it is and in which record it stands.
std::string place_of(engine::SecretOf owner, engine::Seq seq) {
  engine::ByteWriter bytes;
  bytes.put(seq).put(owner.kind).put(owner.id);
  return bytes.take();
}

constexpr engine::SecretOf the_log{engine::SecretOf::Kind{3}, 0};
constexpr engine::SecretOf the_snapshots{engine::SecretOf::Kind{4}, 0};

std::string name_of(engine::SecretOf owner) {
  if (owner == the_log) return "the log";
  if (owner == the_snapshots) return "the snapshots";
  return (owner.kind == engine::SecretOf::Kind::Lot ? "lot " : "person ") + std::to_string(owner.id);
}

engine::Result<std::string> open_with(std::string_view key, engine::SecretOf owner, engine::Seq seq,
                                      std::string_view sealed) {
  auto const place = place_of(owner, seq);
  if (sealed.size() < nonce_bytes + tag_bytes) return failed("the private part of " + name_of(owner) + " is cut short");
  auto const closed = sealed.substr(nonce_bytes);
  std::string secret(closed.size() - tag_bytes, '\0');
  int const code = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(secret), nullptr, nullptr, raw(closed), closed.size(),
                                                              raw(place), place.size(), raw(sealed), raw(key));
  if (code != 0) return failed("the private part of " + name_of(owner) + " does not open with its key");
  return secret;
}

}  // namespace

engine::Result<KeyStore> KeyStore::open(std::filesystem::path const& directory, Access access) {
  CHECK(sodium_init() >= 0);
  static_assert(std::tuple_size_v<Key> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  Environment::Options const options{.map_bytes = map_bytes, .access = access};
  if (access == Access::ReadWrite) {
    if (auto made = Environment::make(directory, options); !made) return std::unexpected(made.error());
  }
  auto environment = Environment::open(directory, options);
  if (!environment) return std::unexpected(environment.error());
  KeyStore keys{std::move(*environment)};
  if (auto loaded = keys.load(the_log, access, keys.log_key_); !loaded) return std::unexpected(loaded.error());
  if (auto loaded = keys.load(the_snapshots, access, keys.snapshot_key_); !loaded) {
    return std::unexpected(loaded.error());
  }
  return keys;
}

engine::Result<void> KeyStore::load(engine::SecretOf owner, Access access, std::optional<Digest>& into) {
  auto found = find(owner);
  if (found && !*found && access == Access::ReadWrite) {
    if (auto made = make({owner}); !made) return made;
    found = find(owner);
  }
  if (!found) return std::unexpected(found.error());
  if (!*found) return {};
  std::ranges::copy(**found, into.emplace().begin());
  return {};
}

engine::Result<void> KeyStore::prepare(std::span<engine::Sequenced const> commands) {
  std::set<engine::SecretOf> missing;
  for (auto const& command : commands) {
    if (!command.secret_of || known_.contains(*command.secret_of)) continue;
    auto const found = find(*command.secret_of);
    if (!found) return std::unexpected(found.error());
    if (!*found) missing.insert(*command.secret_of);
  }
  return missing.empty() ? engine::Result<void>{} : make(missing);
}

engine::Result<void> KeyStore::make(std::set<engine::SecretOf> const& missing) {
  auto transaction = environment_.write();
  if (!transaction) return std::unexpected(transaction.error());
  std::map<engine::SecretOf, Key> fresh;
  for (auto const owner : missing) {
    auto& key = fresh[owner];
    randombytes_buf(key.data(), key.size());
    if (auto put = transaction->put(row_key(owner), row_value(text_of(key))); !put) return put;
  }
  if (auto committed = transaction->commit(); !committed) return committed;
  for (auto const& [owner, key] : fresh) remember(owner, key);
  return {};
}

engine::Result<std::string> KeyStore::seal(engine::SecretOf owner, engine::Seq seq, std::string_view secret) {
  auto const key = key_of(owner);
  if (!key) return std::unexpected(key.error());
  auto const place = place_of(owner, seq);
  std::string sealed(nonce_bytes + secret.size() + tag_bytes, '\0');
  randombytes_buf(sealed.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + nonce_bytes, nullptr, raw(secret), secret.size(), raw(place),
                                             place.size(), nullptr, raw(sealed), key->data());
  return sealed;
}

engine::Result<std::string> KeyStore::open(engine::SecretOf owner, engine::Seq seq, std::string_view sealed) {
  auto const key = key_of(owner);
  if (!key) return std::unexpected(key.error());
  return open_with(text_of(*key), owner, seq, sealed);
}

engine::Result<std::optional<std::string>> KeyStore::open_beside(engine::SecretOf owner, engine::Seq seq,
                                                                 std::string_view sealed) const {
  auto const key = read(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  return open_with(text_of(**key), owner, seq, sealed);
}

Digest KeyStore::salt() {
  Digest salt{};
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

engine::Result<KeyStore::Key> KeyStore::key_of(engine::SecretOf owner) {
  if (auto const known = known_.find(owner); known != known_.end()) return known->second;
  auto const found = find(owner);
  if (!found) return std::unexpected(found.error());
  if (!*found) return failed("the key of " + name_of(owner) + " is gone");
  return **found;
}

engine::Result<std::optional<KeyStore::Key>> KeyStore::find(engine::SecretOf owner) {
  auto const key = read(owner);
  if (key && *key) remember(owner, **key);
  return key;
}

engine::Result<std::optional<KeyStore::Key>> KeyStore::read(engine::SecretOf owner) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const row = transaction->get(row_key(owner));
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  engine::ByteReader reader{**row};
  auto const version = reader.get<std::uint8_t>();
  auto const bytes = reader.get_raw(std::tuple_size_v<Key>);
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || version != key_version || sum != crc32c((*row)->substr(0, 1 + bytes.size()))) {
    return failed(environment_.place() + ": the key of " + name_of(owner) + " is damaged");
  }
  Key key{};
  std::ranges::copy(bytes, key.begin());
  return key;
}

void KeyStore::remember(engine::SecretOf owner, Key const& key) {
  if (known_.size() >= keys_known_max) known_.clear();
  known_[owner] = key;
}

}  // namespace persistence
