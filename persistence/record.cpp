// See the header.
#include "persistence/record.h"

#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/limits.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

enum class Flags : std::uint8_t { Open = 0, HasPrivatePart = 1 };

std::string name_of(engine::Seq seq) {
  return "record " + std::to_string(seq.number());
}

struct Parts {
  engine::Seq seq;
  engine::Seq parent;
  engine::Instant at;
  std::string_view open;
  std::optional<engine::SecretOf> owner;
  std::string_view sealed;
};

std::optional<Parts> split(std::string_view bytes) {
  engine::ByteReader reader{bytes};
  Parts parts{};
  parts.seq = reader.get<engine::Seq>();
  parts.parent = reader.get<engine::Seq>();
  parts.at = reader.get_instant();
  auto const flags = reader.get<Flags>();
  parts.open = reader.get_text();
  if (flags == Flags::HasPrivatePart) {
    auto const kind = reader.get<engine::SecretOf::Kind>();
    if (kind != engine::SecretOf::Kind::Lot && kind != engine::SecretOf::Kind::Person) return std::nullopt;
    parts.owner = engine::SecretOf{kind, reader.get<std::uint64_t>()};
    parts.sealed = reader.get_text();
  } else if (flags != Flags::Open) {
    return std::nullopt;
  }
  if (!reader.finished()) return std::nullopt;
  return parts;
}

}  // namespace

engine::Result<void> encode_record(engine::Sequenced const& command, Vault& vault, engine::ByteWriter& record) {
  bool const is_private = command.secret_of.has_value();
  auto const bytes = encode(command.command, is_private ? engine::Privacy::Private : engine::Privacy::Open);
  CHECK(is_private || bytes.secret.empty());

  record.clear();
  record.put(command.seq).put(command.parent).put(command.at);
  record.put(is_private ? Flags::HasPrivatePart : Flags::Open).put_text(bytes.open);
  if (is_private) {
    auto const sealed = vault.seal(*command.secret_of, command.seq, bytes.secret);
    if (!sealed) return std::unexpected(sealed.error());
    record.put(command.secret_of->kind).put(command.secret_of->id).put_text(*sealed);
  }
  if (record.size() > engine::limits::record_bytes_max) {
    return failed(name_of(command.seq) + ": " + std::to_string(record.size()) + " bytes, more than a record may have");
  }
  return {};
}

engine::Result<engine::Sequenced> decode_record(engine::ByteReader& in, Vault& vault) {
  auto const bytes = in.get_text();
  if (!in.ok()) return failed("a record is cut short");
  auto const parts = split(bytes);
  if (!parts) return failed("a record is not as FORMAT.md says");
  std::string secret;
  if (parts->owner) {
    auto opened = vault.open(*parts->owner, parts->seq, parts->sealed);
    if (!opened) return failed(name_of(parts->seq) + ": " + opened.error().what);
    secret = std::move(*opened);
  }
  auto command = engine::decode_command(parts->open, secret);
  if (!command) return failed(name_of(parts->seq) + ": a command that this version does not know");
  return engine::Sequenced{parts->seq, parts->parent, parts->at, parts->owner, {}, std::move(*command)};
}

}  // namespace persistence
