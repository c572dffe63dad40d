// One command as it lies in a frame: seq, parent, time, public part, blinding, sealed private part. FORMAT.md gives
// every byte.
//
// The ticket is not kept: who waits for an answer is nobody's business after a restart.
//
// Thread:  any.
// Failure: bytes that this code did not write are refused, never guessed at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/bytes.h"
#include "engine/ports.h"
#include "persistence/hash.h"
#include "persistence/leaf.h"
#include "persistence/vault.h"

namespace persistence {

inline constexpr std::size_t record_bytes_min = 4 + 8 + 8 + 8 + 1 + 4;  // its length included

// A record as it lies there, nothing decoded and nothing opened. The bytes belong to the frame.
struct RecordParts {
  engine::Seq seq;
  engine::Seq parent;
  engine::Instant at;
  std::string_view shown;                 // what its leaf shows: the record up to where the private part begins
  std::string_view open;                  // the command without what is private
  std::optional<engine::SecretOf> owner;  // of the private part, if there is one
  std::optional<Digest> blinding;         // stands for the private part in the leaf; the first layout had none
  std::string_view sealed;
};
// Nothing for what is not a record. `bytes` are without their length.
std::optional<RecordParts> split_record(std::string_view bytes);

// Its leaf in the transparency log.
Leaf leaf_of(RecordParts const& parts, LogSalts const& salts);

// What is sealed in one record, opened.
struct Secret {
  std::optional<Digest> salt;  // the first layout had none
  std::string text;
};
// What was opened of such parts, taken apart.
engine::Result<Secret> secret_of(RecordParts const& parts, std::string opened);
// Of parts that have an owner. Nothing: it was erased.
engine::Result<std::optional<Secret>> open_secret(RecordParts const& parts, Vault& vault);

// Puts the record behind its length (u32) at the end of `records`. `secret` is memory for what is private in it.
engine::Result<void> encode_record(engine::Sequenced const& command, Vault& vault, engine::ByteWriter& records,
                                   engine::ByteWriter& secret);
// The next record of `in`, where each stands behind its length (u32). What was private of somebody who was erased is
// empty: a module's command says all that its outcome depends on in the open.
engine::Result<engine::Sequenced> decode_record(engine::ByteReader& in, Vault& vault);

}  // namespace persistence
