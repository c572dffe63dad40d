// One command as it lies in a frame: seq, parent, time, public part, sealed private part. FORMAT.md gives every byte.
//
// The ticket is not kept: who waits for an answer is nobody's business after a restart.
//
// Thread:  any.
// Failure: bytes that this code did not write are refused, never guessed at.
#pragma once

#include "engine/bytes.h"
#include "engine/ports.h"
#include "persistence/vault.h"

namespace persistence {

inline constexpr std::size_t record_bytes_min = 4 + 8 + 8 + 8 + 1 + 4;  // its length included

// Puts the record into `record`, whose memory is reused from one to the next.
engine::Result<void> encode_record(engine::Sequenced const& command, Vault& vault, engine::ByteWriter& record);
// The next record of `in`, where each stands behind its length (u32).
engine::Result<engine::Sequenced> decode_record(engine::ByteReader& in, Vault& vault);

}  // namespace persistence
