// See the header.
#include "persistence/record.h"

#include <algorithm>
#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/limits.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

// Two layouts of a private part: the second has a blinding in the open, and its salt sealed before the secret.
enum class Flags : std::uint8_t { Open = 0, Private = 1, PrivateBlinded = 2 };

std::string name_of(engine::Seq seq) {
  return "record " + std::to_string(seq.number());
}

Digest digest_from(std::string_view bytes) {
  Digest digest{};
  if (bytes.size() == digest.size()) std::ranges::copy(bytes, digest.begin());
  return digest;
}

}  // namespace

std::optional<RecordParts> split_record(std::string_view bytes) {
  engine::ByteReader reader{bytes};
  RecordParts parts{};
  parts.seq = reader.get<engine::Seq>();
  parts.parent = reader.get<engine::Seq>();
  parts.at = reader.get_instant();
  auto const flags = reader.get<Flags>();
  parts.open = reader.get_text();
  if (flags == Flags::Private || flags == Flags::PrivateBlinded) {
    auto const kind = reader.get<engine::SecretOf::Kind>();
    if (kind != engine::SecretOf::Kind::Lot && kind != engine::SecretOf::Kind::Person) return std::nullopt;
    parts.owner = engine::SecretOf{kind, reader.get<std::uint64_t>()};
  } else if (flags != Flags::Open) {
    return std::nullopt;
  }
  parts.shown = bytes.substr(0, bytes.size() - reader.rest().size());
  if (flags == Flags::PrivateBlinded) parts.blinding = digest_from(reader.get_raw(std::tuple_size_v<Digest>));
  if (flags != Flags::Open) parts.sealed = reader.get_text();
  if (!reader.finished()) return std::nullopt;
  return parts;
}

Leaf leaf_of(RecordParts const& parts, LogSalts const& salts) {
  return leaf_of(parts.shown, parts.blinding ? *parts.blinding : salts.blinding_of(parts.seq));
}

engine::Result<Secret> secret_of(RecordParts const& parts, std::string opened) {
  if (!parts.blinding) return Secret{std::nullopt, std::move(opened)};
  constexpr auto salt_bytes = std::tuple_size_v<Digest>;
  if (opened.size() < salt_bytes) return failed(name_of(parts.seq) + ": a private part without its salt");
  return Secret{digest_from(std::string_view{opened}.substr(0, salt_bytes)), opened.substr(salt_bytes)};
}

engine::Result<std::optional<Secret>> open_secret(RecordParts const& parts, Vault& vault) {
  CHECK(parts.owner.has_value());
  auto opened = vault.open(*parts.owner, parts.seq, parts.sealed);
  if (!opened) return failed(name_of(parts.seq) + ": " + opened.error().what);
  if (!*opened) return std::nullopt;
  auto secret = secret_of(parts, std::move(**opened));
  if (!secret) return std::unexpected(secret.error());
  return *std::move(secret);
}

engine::Result<void> encode_record(engine::Sequenced const& command, Vault& vault, engine::ByteWriter& records,
                                   engine::ByteWriter& secret) {
  bool const is_private = command.secret_of.has_value();
  auto const record = records.begin_text();
  records.put(command.seq).put(command.parent).put(command.at);
  records.put(is_private ? Flags::PrivateBlinded : Flags::Open);
  secret.clear();
  auto const salt = is_private ? vault.salt() : Digest{};
  if (is_private) secret.put_raw(view(salt));
  auto const open = records.begin_text();
  encode(command.command, is_private ? engine::Privacy::Private : engine::Privacy::Open, records, secret);
  records.end_text(open);
  CHECK(is_private || secret.size() == 0);
  if (is_private) {
    auto const sealed = vault.seal(*command.secret_of, command.seq, secret.view());
    if (!sealed) return std::unexpected(sealed.error());
    records.put(command.secret_of->kind).put(command.secret_of->id);
    records.put_raw(view(blinding_of(salt, secret.view().substr(salt.size())))).put_text(*sealed);
  }
  records.end_text(record);
  if (auto const bytes = records.size() - record; bytes > engine::limits::record_bytes_max) {
    return failed(name_of(command.seq) + ": " + std::to_string(bytes) + " bytes, more than a record may have");
  }
  return {};
}

engine::Result<engine::Sequenced> decode_record(engine::ByteReader& in, Vault& vault) {
  auto const bytes = in.get_text();
  if (!in.ok()) return failed("a record is cut short");
  auto const parts = split_record(bytes);
  if (!parts) return failed("a record is not as FORMAT.md says");
  Secret secret;
  if (parts->owner) {
    auto opened = open_secret(*parts, vault);
    if (!opened) return std::unexpected(opened.error());
    secret = opened->value_or(Secret{});
    // The leaf binds what was sealed, so what is opened must be what the leaf was made of.
    if (*opened && parts->blinding && *parts->blinding != blinding_of(*secret.salt, secret.text)) {
      return failed(name_of(parts->seq) + ": its blinding is not of what was sealed");
    }
  }
  auto command = engine::decode_command(parts->open, secret.text);
  if (!command) return failed(name_of(parts->seq) + ": a command that this version does not know");
  return engine::Sequenced{parts->seq, parts->parent, parts->at, parts->owner, {}, std::move(*command)};
}

}  // namespace persistence
