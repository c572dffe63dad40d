// See the header. A row: kind (u8), id (u64, big-endian, so that keys are in order) -> version (u8), key (32 bytes;
// none in version 2, which says that it was destroyed), CRC-32C of both (u32). The keys of the house itself lie there
// as if they had owners of kinds that no record names.
#include "persistence/key_store.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/overwrite.h"

namespace persistence {
namespace {

constexpr std::uint8_t key_version = 1;
constexpr std::uint8_t destroyed_version = 2;
constexpr std::string_view destroying_name = "destroying";  // with a number behind it
constexpr std::size_t places_a_lock = 64;                   // so long others wait while bytes are overwritten
constexpr std::string_view destroying_magic = "EBBDSTR1";
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

std::string row_value(std::uint8_t version, std::string_view key) {
  engine::ByteWriter bytes;
  bytes.put(version).put_raw(key);
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

engine::Result<std::string> open_with(std::string_view key, engine::SecretOf owner, std::string_view place,
                                      std::string_view sealed) {
  if (sealed.size() < nonce_bytes + tag_bytes) return failed("the private part of " + name_of(owner) + " is cut short");
  auto const closed = sealed.substr(nonce_bytes);
  std::string secret(closed.size() - tag_bytes, '\0');
  int const code = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(secret), nullptr, nullptr, raw(closed), closed.size(),
                                                              raw(place), place.size(), raw(sealed), raw(key));
  if (code != 0) return failed("the private part of " + name_of(owner) + " does not open with its key");
  return secret;
}

// `sealed` begins with its nonce.
std::string seal_with(std::string_view key, std::string_view nonce, std::string_view place, std::string_view secret) {
  std::string sealed(nonce_bytes + secret.size() + tag_bytes, '\0');
  nonce.copy(sealed.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + nonce_bytes, nullptr, raw(secret), secret.size(), raw(place),
                                             place.size(), nullptr, raw(sealed), raw(key));
  return sealed;
}

std::string random_nonce() {
  std::string nonce(nonce_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

// BLAKE2b under a key, of 32 bytes.
Digest keyed_hash(std::string_view key, std::initializer_list<std::string_view> parts) {
  crypto_generichash_state state{};
  Digest digest{};
  crypto_generichash_init(&state, raw(key), key.size(), digest.size());
  for (auto const part : parts) crypto_generichash_update(&state, raw(part), part.size());
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  return digest;
}

engine::Result<void> remove_overwritten(std::filesystem::path const& path) {
  {
    auto const bytes = read_file(path);
    if (!bytes) return std::unexpected(bytes.error());
    auto file = File::open(path, O_WRONLY);
    if (!file) return std::unexpected(file.error());
    if (auto written = file->write_at(0, std::string(bytes->size(), '\0')); !written) return written;
    if (auto synced = file->sync(); !synced) return synced;
  }
  if (::unlink(path.c_str()) != 0) return failed_with_errno(path.string() + ": unlink");
  return sync_directory(path.parent_path());
}

}  // namespace

struct KeyStore::Going {
  struct List {
    std::filesystem::path file;
    std::vector<std::string> texts;
  };
  std::mutex overwriting;  // one at a time
  std::mutex mutex;        // of what follows
  std::vector<List> lists;
  std::uint64_t lists_made = 0;
};
void KeyStore::Forget::operator()(Going* going) const {
  delete going;
}

engine::Result<KeyStore> KeyStore::open(std::filesystem::path const& directory, Access access) {
  CHECK(sodium_init() >= 0);
  static_assert(std::tuple_size_v<Key> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  Environment::Options const options{.map_bytes = map_bytes, .access = access};
  if (access == Access::ReadWrite) {
    if (auto made = Environment::make(directory, options); !made) return std::unexpected(made.error());
  }
  auto environment = Environment::open(directory, options);
  if (!environment) return std::unexpected(environment.error());
  KeyStore keys{directory, std::move(*environment)};
  if (access == Access::ReadWrite) {
    if (auto finished = keys.finish_destroying(); !finished) return std::unexpected(finished.error());
  }
  if (auto loaded = keys.load(the_log, access, keys.log_key_); !loaded) return std::unexpected(loaded.error());
  if (auto loaded = keys.load(the_snapshots, access, keys.snapshot_key_); !loaded) {
    return std::unexpected(loaded.error());
  }
  return keys;
}

KeyStore::KeyStore(std::filesystem::path directory, Environment environment)
    : directory_(std::move(directory)),
      environment_(std::move(environment)),
      whole_(std::make_unique<std::shared_mutex>()),
      going_(new Going) {}

engine::Result<void> KeyStore::load(engine::SecretOf owner, Access access, std::optional<Digest>& into) {
  auto found = find(owner);
  if (found && found->state == State::Missing && access == Access::ReadWrite) {
    if (auto made = make({owner}); !made) return made;
    found = find(owner);
  }
  if (!found) return std::unexpected(found.error());
  if (found->state != State::Held) return {};
  std::ranges::copy(found->key, into.emplace().begin());
  return {};
}

engine::Result<void> KeyStore::prepare(std::span<engine::Sequenced const> commands) {
  std::set<engine::SecretOf> missing;
  for (auto const& command : commands) {
    if (!command.secret_of || known_.contains(*command.secret_of)) continue;
    auto const found = find(*command.secret_of);
    if (!found) return std::unexpected(found.error());
    if (found->state == State::Missing) missing.insert(*command.secret_of);
  }
  return missing.empty() ? engine::Result<void>{} : make(missing);
}

engine::Result<void> KeyStore::make(std::set<engine::SecretOf> const& missing) {
  std::shared_lock const held{*whole_};
  if (!environment_) return failed(directory_.string() + ": could not be opened again");
  auto transaction = environment_->write();
  if (!transaction) return std::unexpected(transaction.error());
  std::map<engine::SecretOf, Key> fresh;
  for (auto const owner : missing) {
    auto& key = fresh[owner];
    randombytes_buf(key.data(), key.size());
    if (auto put = transaction->put(row_key(owner), row_value(key_version, text_of(key))); !put) return put;
  }
  if (auto committed = transaction->commit(); !committed) return committed;
  for (auto const& [owner, key] : fresh) remember(owner, key);
  return {};
}

engine::Result<std::string> KeyStore::seal(engine::SecretOf owner, engine::Seq seq, std::string_view secret) {
  auto key = key_of(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) randombytes_buf(key->emplace().data(), std::tuple_size_v<Key>);  // nobody keeps it
  return seal_with(text_of(**key), random_nonce(), place_of(owner, seq), secret);
}

engine::Result<std::optional<std::string>> KeyStore::open(engine::SecretOf owner, engine::Seq seq,
                                                          std::string_view sealed) {
  auto const key = key_of(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  return open_with(text_of(**key), owner, place_of(owner, seq), sealed);
}

engine::Result<std::optional<std::string>> KeyStore::open_beside(engine::SecretOf owner, engine::Seq seq,
                                                                 std::string_view sealed) const {
  auto const key = key_beside(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  return open_with(text_of(**key), owner, place_of(owner, seq), sealed);
}

// The nonce is a keyed hash of what is closed, so that the same row is closed to the same bytes in every rebuild, and
// two that differ never share one.
engine::Result<std::optional<std::string>> KeyStore::seal_row(engine::SecretOf owner, std::string_view place,
                                                              std::string_view text) const {
  auto const key = key_beside(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  engine::ByteWriter sized;
  sized.put_text(place).put_raw(text);
  auto const nonce = keyed_hash(text_of(**key), {"ebb row nonce 1", sized.view()});
  auto const cipher = keyed_hash(text_of(**key), {"ebb row key 1"});
  return seal_with(view(cipher), view(nonce), place, text);
}

engine::Result<std::optional<std::string>> KeyStore::open_row(engine::SecretOf owner, std::string_view place,
                                                              std::string_view sealed) const {
  auto const key = key_beside(owner);
  if (!key) return std::unexpected(key.error());
  if (!*key) return std::nullopt;
  return open_with(view(keyed_hash(text_of(**key), {"ebb row key 1"})), owner, place, sealed);
}

// A store that only reads what was written before there was a key of the log marks with zeros: no such mark is written.
Digest KeyStore::mark_of(std::string_view text) const {
  auto const key = log_key_.value_or(Digest{});
  return keyed_hash(view(key), {"ebb mark 1", text});
}

Digest KeyStore::salt() {
  Digest salt{};
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

engine::Result<std::optional<KeyStore::Key>> KeyStore::key_of(engine::SecretOf owner) {
  if (auto const known = known_.find(owner); known != known_.end()) return known->second;
  auto const found = key_beside(owner);
  if (found && *found) remember(owner, **found);
  return found;
}

engine::Result<std::optional<KeyStore::Key>> KeyStore::key_beside(engine::SecretOf owner) const {
  auto const found = read(owner);
  if (!found) return std::unexpected(found.error());
  if (found->state == State::Missing) return failed("the key of " + name_of(owner) + " is gone");
  if (found->state == State::Destroyed) return std::nullopt;
  return found->key;
}

engine::Result<KeyStore::Found> KeyStore::find(engine::SecretOf owner) {
  auto const found = read(owner);
  if (found && found->state == State::Held) remember(owner, found->key);
  return found;
}

engine::Result<KeyStore::Found> KeyStore::read(engine::SecretOf owner) const {
  std::shared_lock const held{*whole_};
  if (!environment_) return failed(directory_.string() + ": could not be opened again");
  auto const transaction = environment_->read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const row = transaction->get(row_key(owner));
  if (!row) return std::unexpected(row.error());
  if (!*row) return Found{};
  engine::ByteReader reader{**row};
  auto const version = reader.get<std::uint8_t>();
  auto const bytes = reader.get_raw(version == destroyed_version ? 0 : std::tuple_size_v<Key>);
  auto const sum = reader.get<std::uint32_t>();
  // A backup that read while the key was overwritten.
  bool const is_overwritten = bytes.size() == std::tuple_size_v<Key> && bytes == std::string(bytes.size(), '\0');
  if (reader.finished() && version == key_version && is_overwritten) return Found{State::Destroyed, {}};
  bool const is_known = version == key_version || version == destroyed_version;
  if (!reader.finished() || !is_known || sum != crc32c((*row)->substr(0, 1 + bytes.size()))) {
    return failed(environment_->place() + ": the key of " + name_of(owner) + " is damaged");
  }
  if (version == destroyed_version) return Found{State::Destroyed, {}};
  Found found{State::Held, {}};
  std::ranges::copy(bytes, found.key.begin());
  return found;
}

engine::Result<bool> KeyStore::is_destroyed(engine::SecretOf owner) const {
  auto const found = read(owner);
  if (!found) return std::unexpected(found.error());
  return found->state == State::Destroyed;
}

// ---- Destroying ------------------------------------------------------------------------------------------------
//
//   gone here, the next open finds
//   `destroying.n` written         the keys, and the list of those that go: it begins again
//   rows say so, committed         the same
//   overwritten, durably           the same: nothing is left to overwrite
//   `destroying.n` overwritten     a list that does not fit its checksum: it is removed

engine::Result<std::size_t> KeyStore::destroy(std::span<engine::SecretOf const> owners) {
  auto const begun = begin_destroying(owners);
  if (!begun) return begun;
  if (auto gone = overwrite_destroyed(); !gone) return std::unexpected(gone.error());
  return begun;
}

engine::Result<std::size_t> KeyStore::begin_destroying(std::span<engine::SecretOf const> owners) {
  Keys keys;
  engine::ByteWriter list;
  list.put_raw(destroying_magic);
  for (auto const owner : owners) {
    auto const found = read(owner);
    if (!found) return std::unexpected(found.error());
    if (found->state == State::Destroyed) continue;
    keys.emplace_back(owner, found->key);
    list.put(owner.kind).put(owner.id).put_raw(text_of(found->key));
  }
  if (keys.empty()) return 0;
  list.put(crc32c(list.view()));
  auto const file = [this] {
    std::scoped_lock const held{going_->mutex};
    return directory_ / (std::string{destroying_name} + "." + std::to_string(++going_->lists_made));
  }();
  if (auto kept = replace_file(file, list.view()); !kept) return std::unexpected(kept.error());
  if (auto marked = mark_destroyed(keys, file); !marked) return std::unexpected(marked.error());
  return keys.size();
}

KeyStore::Keys KeyStore::keys_in(std::string_view list) {
  auto const body = list.substr(0, list.size() - std::min<std::size_t>(list.size(), 4));
  engine::ByteReader sum{list.substr(body.size())};
  if (sum.get<std::uint32_t>() != crc32c(body) || !body.starts_with(destroying_magic)) return {};
  Keys keys;
  engine::ByteReader reader{body.substr(destroying_magic.size())};
  while (!reader.rest().empty()) {
    auto const kind = reader.get<engine::SecretOf::Kind>();
    auto& [owner, key] = keys.emplace_back(engine::SecretOf{kind, reader.get<std::uint64_t>()}, Key{});
    std::ranges::copy(reader.get_raw(key.size()), key.begin());
  }
  return keys;
}

engine::Result<void> KeyStore::finish_destroying() {
  std::error_code error;
  std::vector<std::filesystem::path> lists;
  for (auto const& entry : std::filesystem::directory_iterator{directory_, error}) {
    if (entry.path().filename().string().starts_with(destroying_name)) lists.push_back(entry.path());
  }
  if (error) return failed(directory_.string() + ": " + error.message());
  for (auto const& list : lists) {
    auto const bytes = read_file(list);
    if (!bytes) return std::unexpected(bytes.error());
    if (auto marked = mark_destroyed(keys_in(*bytes), list); !marked) return marked;
  }
  return overwrite_destroyed();
}

// Closed and opened again, because LMDB keeps pages that it has written and may write their remains again. Behind it no
// page in memory has one of the keys, and none of those that LMDB reads, so only what lies in the file now has to go.
engine::Result<void> KeyStore::mark_destroyed(Keys const& keys, std::filesystem::path list) {
  Going::List going{std::move(list), {}};
  if (!keys.empty()) {
    std::unique_lock const alone{*whole_};
    if (!environment_) return failed(directory_.string() + ": could not be opened again");
    auto transaction = environment_->write();
    if (!transaction) return std::unexpected(transaction.error());
    for (auto const& [owner, key] : keys) {
      if (auto put = transaction->put(row_key(owner), row_value(destroyed_version, {})); !put) return put;
      if (key != Key{}) going.texts.emplace_back(text_of(key));
      known_.erase(owner);
    }
    if (auto committed = transaction->commit(); !committed) return committed;
    environment_.reset();
    auto environment = Environment::open(directory_, {.map_bytes = map_bytes});
    if (!environment) return std::unexpected(environment.error());
    environment_ = std::move(*environment);
  }
  std::scoped_lock const held{going_->mutex};
  going_->lists.push_back(std::move(going));
  return {};
}

engine::Result<void> KeyStore::overwrite_destroyed() {
  std::scoped_lock const one_at_a_time{going_->overwriting};
  std::vector<Going::List> lists;
  {
    std::scoped_lock const held{going_->mutex};
    lists = going_->lists;
  }
  if (lists.empty()) return {};
  std::vector<std::string> texts;
  for (auto const& list : lists) texts.insert(texts.end(), list.texts.begin(), list.texts.end());
  auto const data = directory_ / "data.mdb";
  auto const places = places_of(data, texts);
  if (!places) return std::unexpected(places.error());
  auto file = File::open(data, O_RDWR);
  if (!file) return std::unexpected(file.error());
  for (std::span<Place const> left{*places}; !left.empty();) {
    auto const now = left.first(std::min(left.size(), places_a_lock));
    left = left.subspan(now.size());
    // Alone, so that LMDB does not write a page between the look at it and the zeros.
    std::unique_lock const alone{*whole_};
    if (auto gone = overwrite(*file, texts, now); !gone) return gone;
  }
  if (auto synced = file->sync(); !synced) return synced;
  for (auto const& list : lists) {
    if (auto removed = remove_overwritten(list.file); !removed) return removed;
  }
  std::scoped_lock const held{going_->mutex};
  going_->lists.erase(going_->lists.begin(), going_->lists.begin() + static_cast<std::ptrdiff_t>(lists.size()));
  return {};
}

void KeyStore::remember(engine::SecretOf owner, Key const& key) {
  if (known_.size() >= keys_known_max) known_.clear();
  known_[owner] = key;
}

}  // namespace persistence
