// See the header. Rows: T level number -> tile, H size -> head, S -> place in the journal; numbers in keys are
// big-endian, so that the rows of a kind lie in order.
#include "persistence/tree_store.h"

#include <algorithm>
#include <span>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

constexpr unsigned tile_height = 8;
constexpr std::size_t tile_hashes = TreeStore::tile_hashes;
static_assert(tile_hashes == std::size_t{1} << tile_height);
constexpr std::size_t map_bytes = std::size_t{32} << 30;  // address space; about 700 million leaves
constexpr std::uint8_t row_version = 1;
constexpr char tile_rows = 'T';
constexpr char head_rows = 'H';
constexpr std::string_view place_row = "S";

// ---- Keys --------------------------------------------------------------------------------------------------------

std::string big_endian(std::uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xff);
  return bytes;
}
std::string tile_key(std::size_t level, std::uint64_t number) {
  return std::string{tile_rows} + static_cast<char>(level) + big_endian(number);
}
std::string head_key(std::uint64_t size) {
  return std::string{head_rows} + big_endian(size);
}
std::uint64_t size_of_key(std::string_view key) {
  std::uint64_t size = 0;
  for (char const byte : key.substr(1)) size = size << 8 | static_cast<unsigned char>(byte);
  return size;
}

// ---- Values: version, content, checksum over key and both ----------------------------------------------------------

std::string sealed_row(std::string_view key, std::string_view content) {
  engine::ByteWriter bytes;
  bytes.put(row_version).put_raw(content);
  bytes.put(crc32c(bytes.view(), crc32c(key)));
  return bytes.take();
}

engine::Result<std::string_view> content_of(std::string_view place, std::string_view key, std::string_view value) {
  constexpr std::size_t around = sizeof(row_version) + sizeof(std::uint32_t);
  auto const name = std::string{place} + ": row " + hex(key) + ": ";
  if (value.size() < around) return failed(name + "cut short");
  engine::ByteReader reader{value};
  auto const version = reader.get<std::uint8_t>();
  auto const content = reader.get_raw(value.size() - around);
  if (reader.get<std::uint32_t>() != crc32c(value.substr(0, value.size() - sizeof(std::uint32_t)), crc32c(key))) {
    return failed(name + "damaged");
  }
  if (version != row_version) return failed(name + "version " + std::to_string(version));
  return content;
}

template <std::size_t Size>
std::array<char, Size> array_from(engine::ByteReader& reader) {
  std::array<char, Size> array{};
  std::ranges::copy(reader.get_raw(Size), array.begin());
  return array;
}

std::string content_of(TreeHead const& head) {
  engine::ByteWriter bytes;
  bytes.put(head.at).put_raw(view(head.root)).put_raw({head.signature.data(), head.signature.size()});
  return bytes.take();
}

engine::Result<TreeHead> head_in(std::string_view place, Row const& row) {
  auto const content = content_of(place, row.key, row.value);
  if (!content) return std::unexpected(content.error());
  engine::ByteReader reader{*content};
  TreeHead head;
  head.size = size_of_key(row.key);
  head.at = reader.get_instant();
  head.root = array_from<32>(reader);
  head.signature = array_from<64>(reader);
  if (!reader.finished()) return failed(std::string{place} + ": a head is not as FORMAT.md says");
  return head;
}

std::string content_of(TreePlace const& place) {
  engine::ByteWriter bytes;
  bytes.put(place.size).put_raw(view(place.frame));
  return bytes.take();
}

std::string content_of(std::span<Digest const> hashes) {
  std::string content;
  content.reserve(hashes.size() * sizeof(Digest));
  for (auto const& hash : hashes) content += view(hash);
  return content;
}

// ---- Hashes ------------------------------------------------------------------------------------------------------

// Which hashes of which tile make up a subtree.
struct Spot {
  std::size_t level;
  std::uint64_t tile;
  std::size_t first;
  std::size_t count;
};
Spot spot_of(unsigned height, std::uint64_t number) {
  auto const within = height % tile_height;
  auto const first = number << within;
  return {height / tile_height, first >> tile_height, static_cast<std::size_t>(first % tile_hashes),
          std::size_t{1} << within};
}

// Tiles as one moment of the disk has them. A path asks for several subtrees of the same tile in a row.
class TileReader {
 public:
  TileReader(Transaction const& transaction, std::string_view place) : transaction_(transaction), place_(place) {}

  engine::Result<Digest> subtree(unsigned height, std::uint64_t number) {
    auto const spot = spot_of(height, number);
    auto const key = tile_key(spot.level, spot.tile);
    if (key != key_) {
      auto read = hashes_of(key);
      if (!read) return std::unexpected(read.error());
      key_ = key;
      hashes_ = std::move(*read);
    }
    if (hashes_.size() < spot.first + spot.count)
      return failed(std::string{place_} + ": row " + hex(key) + ": too short");
    return merkle::root_over(std::span{hashes_}.subspan(spot.first, spot.count));
  }
  merkle::Subtree source() {
    return [this](unsigned height, std::uint64_t number) { return subtree(height, number); };
  }
  engine::Result<std::vector<Digest>> hashes_of(std::string const& key) const {
    auto const row = transaction_.get(key);
    if (!row) return std::unexpected(row.error());
    if (!*row) return failed(std::string{place_} + ": row " + hex(key) + ": missing");
    auto const content = content_of(place_, key, **row);
    if (!content) return std::unexpected(content.error());
    if (content->size() % sizeof(Digest) != 0) return failed(std::string{place_} + ": row " + hex(key) + ": uneven");
    std::vector<Digest> hashes(content->size() / sizeof(Digest));
    engine::ByteReader reader{*content};
    for (auto& hash : hashes) hash = array_from<sizeof(Digest)>(reader);
    return hashes;
  }

 private:
  Transaction const& transaction_;
  std::string_view place_;
  std::string key_;
  std::vector<Digest> hashes_;
};

engine::Result<std::optional<TreeHead>> head_at_or_behind(Transaction const& transaction, std::string_view place,
                                                          std::uint64_t size) {
  auto cursor = transaction.cursor();
  if (!cursor) return std::unexpected(cursor.error());
  auto const row = cursor->from(head_key(size));
  if (!row) return std::unexpected(row.error());
  if (!*row || !(*row)->key.starts_with(head_rows)) return std::nullopt;
  return head_in(place, **row);
}

}  // namespace

engine::Result<TreeStore> TreeStore::open(std::filesystem::path const& directory, Access access) {
  Environment::Options const options{.map_bytes = map_bytes, .access = access};
  if (access == Access::ReadWrite) {
    if (auto made = Environment::make(directory, options); !made) return std::unexpected(made.error());
  }
  auto environment = Environment::open(directory, options);
  if (!environment) return std::unexpected(environment.error());
  TreeStore store{std::move(*environment)};
  if (auto loaded = store.load(); !loaded) return std::unexpected(loaded.error());
  return store;
}

StoredHeads TreeStore::heads_in(std::filesystem::path const& directory) {
  StoredHeads stored;
  auto const environment = Environment::open(directory, {.map_bytes = map_bytes, .access = Access::ReadOnly});
  if (!environment) return stored;
  auto const transaction = environment->read();
  if (!transaction) return stored;
  auto cursor = transaction->cursor();
  if (!cursor) return stored;
  stored.is_whole = true;
  auto row = cursor->from(head_key(0));
  for (; row && *row && (*row)->key.starts_with(head_rows); row = cursor->next()) {
    auto const head = head_in(environment->place(), **row);
    if (head) stored.heads.push_back(*head);
    stored.is_whole = stored.is_whole && head.has_value();
  }
  stored.is_whole = stored.is_whole && row.has_value();
  return stored;
}

engine::Result<void> TreeStore::load() {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const row = transaction->get(place_row);
  if (!row) return std::unexpected(row.error());
  if (!*row) return {};
  auto const content = content_of(environment_.place(), place_row, **row);
  if (!content) return std::unexpected(content.error());
  engine::ByteReader reader{*content};
  place_.size = reader.get<std::uint64_t>();
  place_.frame = array_from<32>(reader);
  if (!reader.finished()) return failed(environment_.place() + ": its place is not as FORMAT.md says");
  size_ = place_.size;

  TileReader const tiles{*transaction, environment_.place()};
  for (auto hashes = size_; hashes > 0; hashes >>= tile_height) {
    auto& level = levels_.emplace_back();
    level.number = hashes >> tile_height;
    auto const open_hashes = static_cast<std::size_t>(hashes % tile_hashes);
    if (open_hashes == 0) continue;
    auto read = tiles.hashes_of(tile_key(levels_.size() - 1, level.number));
    if (!read) return std::unexpected(read.error());
    if (read->size() != open_hashes) return failed(environment_.place() + ": the last tile is not of its size");
    level.hashes = std::move(*read);
  }
  return {};
}

void TreeStore::append(Digest const& leaf) {
  push(0, leaf);
  ++size_;
}

void TreeStore::keep(TreeHead const& head) {
  CHECK(head.size == size_);
  auto key = head_key(head.size);
  auto value = sealed_row(key, content_of(head));
  filled_.push_back({std::move(key), std::move(value)});
}

void TreeStore::push(std::size_t level, Digest const& hash) {
  if (level == levels_.size()) levels_.emplace_back();
  levels_[level].hashes.push_back(hash);
  if (levels_[level].hashes.size() < tile_hashes) return;
  auto const full = levels_[level];
  levels_[level] = {full.number + 1, {}};
  auto key = tile_key(level, full.number);
  auto value = sealed_row(key, content_of(full.hashes));
  filled_.push_back({std::move(key), std::move(value)});
  push(level + 1, merkle::root_over(full.hashes));
}

// The whole subtrees that a root is made of are the binary digits of the size, and all of them end in the tiles that
// are being filled.
Digest TreeStore::root() const {
  auto const root = merkle::root(size_, [this](unsigned height, std::uint64_t number) -> engine::Result<Digest> {
    auto const spot = spot_of(height, number);
    auto const& level = levels_.at(spot.level);
    CHECK(level.number == spot.tile);
    return merkle::root_over(std::span{level.hashes}.subspan(spot.first, spot.count));
  });
  CHECK(root.has_value());
  return *root;
}

engine::Result<void> TreeStore::commit(TreePlace const& place, std::optional<TreeHead> const& head) {
  CHECK(place.size == size_);
  auto transaction = environment_.write();
  if (!transaction) return std::unexpected(transaction.error());
  for (auto const& [key, value] : filled_) {
    if (auto put = transaction->put(key, value); !put) return put;
  }
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    if (levels_[level].hashes.empty()) continue;
    auto const key = tile_key(level, levels_[level].number);
    if (auto put = transaction->put(key, sealed_row(key, content_of(levels_[level].hashes))); !put) return put;
  }
  if (head) {
    CHECK(head->size == size_);
    auto const key = head_key(head->size);
    if (auto put = transaction->put(key, sealed_row(key, content_of(*head))); !put) return put;
  }
  if (auto put = transaction->put(place_row, sealed_row(place_row, content_of(place))); !put) return put;
  if (auto committed = transaction->commit(); !committed) return committed;
  filled_.clear();
  place_ = place;
  return {};
}

engine::Result<std::optional<TreeHead>> TreeStore::newest_head() const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto cursor = transaction->cursor();
  if (!cursor) return std::unexpected(cursor.error());
  auto const row = cursor->up_to(head_key(~std::uint64_t{0}));
  if (!row) return std::unexpected(row.error());
  if (!*row || !(*row)->key.starts_with(head_rows)) return std::nullopt;
  return head_in(environment_.place(), **row);
}

engine::Result<std::optional<TreeHead>> TreeStore::head_from(std::uint64_t size) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  return head_at_or_behind(*transaction, environment_.place(), size);
}

engine::Result<std::optional<Digest>> TreeStore::leaf(std::uint64_t index) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  auto const spot = spot_of(0, index);
  auto const key = tile_key(spot.level, spot.tile);
  auto const row = transaction->get(key);
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto const hashes = TileReader{*transaction, environment_.place()}.hashes_of(key);
  if (!hashes) return std::unexpected(hashes.error());
  if (spot.first >= hashes->size()) return std::nullopt;
  return (*hashes)[spot.first];
}

engine::Result<std::vector<Digest>> TreeStore::tile(std::size_t level, std::uint64_t number) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  return TileReader{*transaction, environment_.place()}.hashes_of(tile_key(level, number));
}

engine::Result<Digest> TreeStore::root_of(std::uint64_t size) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  TileReader tiles{*transaction, environment_.place()};
  return merkle::root(size, tiles.source());
}

engine::Result<engine::Path> TreeStore::inclusion(std::uint64_t index, std::uint64_t size) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  TileReader tiles{*transaction, environment_.place()};
  auto path = merkle::inclusion(index, size, tiles.source());
  if (!path) return path;
  auto const head = head_at_or_behind(*transaction, environment_.place(), size);
  if (!head) return std::unexpected(head.error());
  if (*head && (*head)->size == size) {
    auto const leaf = tiles.subtree(0, index);
    if (!leaf) return std::unexpected(leaf.error());
    auto const root = merkle::root_by_inclusion(index, size, *leaf, *path);
    if (root != (*head)->root) {
      return failed(environment_.place() + ": leaf " + std::to_string(index) + " does not lead to the head of size " +
                    std::to_string(size) + ": the tree is damaged");
    }
  }
  return path;
}

engine::Result<engine::Path> TreeStore::consistency(std::uint64_t from, std::uint64_t to) const {
  auto const transaction = environment_.read();
  if (!transaction) return std::unexpected(transaction.error());
  TileReader tiles{*transaction, environment_.place()};
  return merkle::consistency(from, to, tiles.source());
}

}  // namespace persistence
