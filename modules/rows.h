// Rows of tables as structs: get, put, the next id. What every module does to its tables, in one word each.
//
// Thread: as the tables given. Failure: a row that does not unpack is a bug of ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/check.h"
#include "engine/ports.h"
#include "modules/packed.h"

namespace modules {

using Scan = engine::TableReader::Scan;

template <class Row>
std::optional<Row> get_row(engine::TableReader const& tables, std::string_view table, std::string_view row_key) {
  auto const bytes = tables.get(table, row_key);
  if (!bytes) return std::nullopt;
  return unpacked<Row>(*bytes);
}

// What judge() has found is still there when enter() asks for it: anything else is a bug of ours.
template <class Row>
Row judged(std::optional<Row> found) {
  CHECK(found.has_value());
  return *std::move(found);
}

template <class Row>
void put_row(engine::Tables& tables, std::string_view table, std::string_view row_key, Row const& row) {
  tables.put(table, row_key, pack(row));
}

// 1, 2, 3 … per table and name; the last one given is a row, so that replay gives the same.
inline std::uint64_t next_id(engine::Tables& tables, std::string_view table, std::string_view name) {
  auto const last = tables.get(table, name);
  auto const id = (last ? number_at(*last, 0) : 0) + 1;
  tables.put(table, name, key(std::uint64_t{id}));
  return id;
}

}  // namespace modules
