// See the header.
#include "persistence/private_tables.h"

#include <utility>

#include "engine/bytes.h"
#include "engine/check.h"

namespace persistence {
namespace {

using Scan = engine::TableReader::Scan;
using Visit = std::function<Scan(std::string_view key, std::string_view value)>;

constexpr std::size_t owner_bytes = 8;

bool is_private(std::string_view table) {
  return table.ends_with(".private");
}

engine::SecretOf owner_of(std::string_view key) {
  CHECK(key.size() >= owner_bytes);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < owner_bytes; ++i) number = number << 8 | static_cast<unsigned char>(key[i]);
  return {engine::SecretOf::Kind::Person, number};
}

// A row cannot be moved to another place.
std::string place_of(std::string_view table, std::string_view key) {
  engine::ByteWriter place;
  place.put_text(table).put_raw(key);
  return place.take();
}

// What this room cannot read, it cannot go on with.
std::optional<std::string> opened(KeyStore const& keys, std::string_view table, std::string_view key,
                                  std::string_view value) {
  auto text = keys.open_row(owner_of(key), place_of(table, key), value);
  if (!text) engine::check_failed(text.error().what.c_str(), __FILE__, __LINE__);
  return *std::move(text);
}

std::optional<std::string> get_from(engine::TableReader const& rows, KeyStore const& keys, std::string_view table,
                                    std::string_view key) {
  auto value = rows.get(table, key);
  if (!value || !is_private(table)) return value;
  return opened(keys, table, key, *value);
}

Visit opening(KeyStore const& keys, std::string_view table, Visit const& visit) {
  return [&keys, table, &visit](std::string_view key, std::string_view value) {
    auto const text = opened(keys, table, key, value);
    return text ? visit(key, *text) : Scan::Continue;
  };
}

class Moment final : public engine::TableReader {
 public:
  Moment(std::unique_ptr<engine::TableReader const> rows, KeyStore const& keys) : rows_(std::move(rows)), keys_(keys) {}
  std::optional<std::string> get(std::string_view table, std::string_view key) const override {
    return get_from(*rows_, keys_, table, key);
  }
  void scan(std::string_view table, std::string_view from, Visit const& visit) const override {
    rows_->scan(table, from, is_private(table) ? opening(keys_, table, visit) : visit);
  }
  void scan_back(std::string_view table, std::string_view from, Visit const& visit) const override {
    rows_->scan_back(table, from, is_private(table) ? opening(keys_, table, visit) : visit);
  }

 private:
  std::unique_ptr<engine::TableReader const> rows_;
  KeyStore const& keys_;
};

}  // namespace

std::optional<std::string> PrivateTables::get(std::string_view table, std::string_view key) const {
  return get_from(rows_, keys_, table, key);
}

void PrivateTables::scan(std::string_view table, std::string_view from, Visit const& visit) const {
  rows_.scan(table, from, is_private(table) ? opening(keys_, table, visit) : visit);
}

void PrivateTables::scan_back(std::string_view table, std::string_view from, Visit const& visit) const {
  rows_.scan_back(table, from, is_private(table) ? opening(keys_, table, visit) : visit);
}

void PrivateTables::put(std::string_view table, std::string_view key, std::string_view value) {
  if (!is_private(table)) return rows_.put(table, key, value);
  auto const sealed = keys_.seal_row(owner_of(key), place_of(table, key), value);
  if (!sealed) {
    failure_ = sealed.error();
  } else if (*sealed) {
    rows_.put(table, key, **sealed);
  }
}

engine::Result<void> PrivateTables::commit(engine::Seq applied) {
  if (failure_) return std::unexpected(*failure_);
  return rows_.commit(applied);
}

std::unique_ptr<engine::TableReader const> PrivateTables::snapshot() const {
  return std::make_unique<Moment>(moments_.snapshot(), keys_);
}

}  // namespace persistence
