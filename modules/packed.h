// Values as bytes and back, for module commands and table rows: one list of fields serves both ways, so that the two
// can never disagree.
//
//   struct Org {
//     engine::OrgId id;
//     std::string name;
//     static auto fields(auto& org) { return std::tie(org.id, org.name); }
//   };
//   tables.put("accounts.orgs", key(org.id), pack(org));
//
// Old rows stay in tables and old commands in the journal for good: a field is never removed, moved or given another
// meaning; a new one needs a new verb or table. Where a struct stands inside of others, it may grow instead: `later`
// lists what came after `fields`; where it grew more than once, every group of fields that came together is an edition:
// 2, 3 … A value is written as the first edition that can say it. The first is written as it always was; any other
// begins with a mark that no earlier one can begin with (eight bytes: seven 0xff, then the edition).
//
// Thread: values, any. Failure: unpack() gives nothing for bytes that pack() did not write.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/bytes.h"
#include "engine/check.h"
#include "engine/command.h"
#include "engine/ids.h"

namespace modules {

// A struct lists its fields itself; for the engine's structs we list them here.
template <class T>
concept Listed = requires(T& value) { T::fields(value); };

template <class T, class As>
concept MaybeConst = std::same_as<std::remove_const_t<T>, As>;

auto fields_of(MaybeConst<engine::LotRules> auto& r) {
  return std::tie(r.version, r.format, r.ceiling, r.duration, r.decrement, r.step_basis, r.trigger_window, r.extension,
                  r.hard_cap, r.band_over, r.band_places, r.choose_for, r.min_bidders, r.min_bidders_approved,
                  r.slip_below, r.confirm_for, r.resume_floor, r.attempts_max);
}
auto editions_of(MaybeConst<engine::LotRules> auto& r) {
  return std::make_tuple(
      std::tie(r.step_kind, r.decrement_share, r.ladder, r.front_buffer, r.back_buffer, r.leader_waits, r.ending,
               r.extend_from, r.trigger_rank, r.extensions_max, r.extend_scope, r.rank_by, r.ties, r.visibility,
               r.lead_from_bidders, r.rounds, r.eliminate, r.first_pause, r.pause, r.turn, r.first_level, r.last_level,
               r.level_step, r.sealed_for, r.best_bid_for, r.proxies, r.surrogates, r.requotes, r.practice, r.release),
      std::tie(r.signed_bids));
}
auto fields_of(MaybeConst<engine::StepBand> auto& b) {
  return std::tie(b.above, b.decrement);
}
auto fields_of(MaybeConst<engine::Admitted> auto& a) {
  return std::tie(a.bidder, a.evaluation.deduction);
}
auto editions_of(MaybeConst<engine::Admitted> auto& a) {
  return std::make_tuple(std::tie(a.evaluation.coefficient, a.evaluation.addition));
}
template <class T>
  requires Listed<std::remove_const_t<T>>
auto fields_of(T& value) {
  return std::remove_const_t<T>::fields(value);
}

template <class T>
concept ListsLater = requires(T& value) { T::later(value); };
template <class T>
  requires ListsLater<std::remove_const_t<T>>
auto editions_of(T& value) {
  return std::make_tuple(std::remove_const_t<T>::later(value));
}

namespace packing {

inline constexpr std::string_view grown_mark{"\xff\xff\xff\xff\xff\xff\xff", 7};  // then the edition

// The editions after the first, each as a tuple of fields, in order: `visit` gets its number and its fields.
template <class T>
void for_each_edition(T& value, auto visit) {
  std::apply(
      [&](auto... fields) {
        std::uint8_t edition = 1;
        (visit(++edition, fields), ...);
      },
      editions_of(value));
}
// The first that can say it: behind it every field is at its default.
template <class T>
std::uint8_t edition_of(T const& value) {
  T const plain{};
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::uint8_t edition = 1;
    ((edition = std::get<I>(editions_of(value)) == std::get<I>(editions_of(plain)) ? edition : std::uint8_t{I + 2}),
     ...);
    return edition;
  }(std::make_index_sequence<std::tuple_size_v<decltype(editions_of(value))>>());
}

template <class T>
concept Simple = requires(engine::ByteWriter& out, T const& value) { out.put(value); };

void write(engine::ByteWriter& out, Simple auto const& value) {
  out.put(value);
}
inline void write(engine::ByteWriter& out, std::string const& value) {
  out.put_text(value);
}
void write(engine::ByteWriter& out, std::same_as<bool> auto const& value) {
  out.put(static_cast<std::uint8_t>(value ? 1 : 0));
}
template <class T>
void write(engine::ByteWriter& out, std::vector<T> const& values);
template <class T, std::size_t Size>
void write(engine::ByteWriter& out, std::array<T, Size> const& values);
template <class T>
void write(engine::ByteWriter& out, T const& value)
  requires requires { fields_of(value); }
{
  auto const write_all = [&out](auto const&... field) { (write(out, field), ...); };
  if constexpr (requires { editions_of(value); }) {
    auto const last = edition_of(value);
    if (last > 1) out.put_raw(grown_mark).put(std::uint8_t{last});
    std::apply(write_all, fields_of(value));
    for_each_edition(value, [&](std::uint8_t edition, auto const& fields) {
      if (edition <= last) std::apply(write_all, fields);
    });
  } else {
    std::apply(write_all, fields_of(value));
  }
}
template <class T, std::size_t Size>
void write(engine::ByteWriter& out, std::array<T, Size> const& values) {
  for (auto const& value : values) write(out, value);
}
template <class T>
void write(engine::ByteWriter& out, std::vector<T> const& values) {
  out.put(static_cast<std::uint32_t>(values.size()));
  for (auto const& value : values) write(out, value);
}

template <class T>
  requires requires(engine::ByteReader& in) { in.get<T>(); }
void read(engine::ByteReader& in, T& value) {
  value = in.get<T>();
}
inline void read(engine::ByteReader& in, engine::Money& value) {
  value = in.get_money();
}
inline void read(engine::ByteReader& in, engine::BasisPoints& value) {
  value = in.get_points();
}
inline void read(engine::ByteReader& in, engine::Instant& value) {
  value = in.get_instant();
}
inline void read(engine::ByteReader& in, engine::Duration& value) {
  value = in.get_span();
}
inline void read(engine::ByteReader& in, std::string& value) {
  value = in.get_text();
}
void read(engine::ByteReader& in, std::same_as<bool> auto& value) {
  auto const byte = in.get<std::uint8_t>();
  if (byte > 1) return in.fail();
  value = byte == 1;
}
template <class T>
void read(engine::ByteReader& in, std::vector<T>& values);
template <class T, std::size_t Size>
void read(engine::ByteReader& in, std::array<T, Size>& values);
template <class T>
void read(engine::ByteReader& in, T& value)
  requires requires { fields_of(value); }
{
  auto const read_all = [&in](auto&... field) { (read(in, field), ...); };
  if constexpr (requires { editions_of(value); }) {
    constexpr auto newest = 1 + std::tuple_size_v<decltype(editions_of(value))>;
    std::uint8_t last = 1;
    if (in.rest().starts_with(grown_mark)) {
      in.get_raw(grown_mark.size());
      last = in.get<std::uint8_t>();
      if (last < 2 || last > newest) return in.fail();
    }
    std::apply(read_all, fields_of(value));
    for_each_edition(value, [&](std::uint8_t edition, auto const& fields) {
      if (edition <= last) std::apply(read_all, fields);
    });
  } else {
    std::apply(read_all, fields_of(value));
  }
}
template <class T, std::size_t Size>
void read(engine::ByteReader& in, std::array<T, Size>& values) {
  for (auto& value : values) read(in, value);
}
template <class T>
void read(engine::ByteReader& in, std::vector<T>& values) {
  auto const size = in.get<std::uint32_t>();
  if (size > in.rest().size()) return in.fail();  // every value has at least a byte
  values.resize(size);
  for (auto& value : values) read(in, value);
}

}  // namespace packing

template <class T>
std::string pack(T const& value) {
  engine::ByteWriter out;
  packing::write(out, value);
  return out.take();
}

template <class T>
std::optional<T> unpack(std::string_view bytes) {
  engine::ByteReader in(bytes);
  T value{};
  packing::read(in, value);
  if (!in.finished()) return std::nullopt;
  return value;
}

// Of bytes that we wrote ourselves: anything else is a bug.
template <class T>
T unpacked(std::string_view bytes) {
  auto value = unpack<T>(bytes);
  CHECK(value.has_value());
  return *std::move(value);
}

// Keys of tables sort as bytes, so numbers go in with the most significant byte first.
template <class... Part>
std::string key(Part const&... parts) {
  std::string out;
  auto put = [&out](std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((number >> shift) & 0xff));
  };
  auto put_part = [&]<class T>(T const& part) {
    if constexpr (std::convertible_to<T, std::string_view>) {
      out.append(part);
    } else if constexpr (std::same_as<T, std::uint64_t>) {
      put(part);
    } else if constexpr (std::same_as<T, engine::Instant>) {
      put(static_cast<std::uint64_t>(engine::in_millis(part)));
    } else {
      put(part.number());
    }
  };
  (put_part(parts), ...);
  return out;
}
// The number at that place of a key, counted in numbers.
inline std::uint64_t number_at(std::string_view key, std::size_t place) {
  CHECK(key.size() >= (place + 1) * 8);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(key[place * 8 + i]);
  return number;
}

}  // namespace modules
