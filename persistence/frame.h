// One frame: what one commit makes durable. A header that binds the frame to all before it, then the records.
//
// The header carries the hash of the frame before (so nothing can be taken out or put in), the digest of every outcome
// before (so replay proves that it decides as the first run did), and a checksum over everything. FORMAT.md gives
// every byte.
//
// Thread:  any.
// Failure: bytes that this code did not write are refused; a version that is not ours is named.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytes.h"
#include "engine/ports.h"
#include "persistence/hash.h"
#include "persistence/leaf.h"
#include "persistence/vault.h"

namespace persistence {

inline constexpr std::uint16_t frame_version = 1;
inline constexpr std::size_t frame_header_bytes = 112;

struct FrameHeader {
  std::uint32_t partition = 0;
  std::uint32_t epoch = 0;  // of the leader that wrote it
  std::uint32_t count = 0;  // records
  engine::Seq first;        // seq of the first record; those behind it are dense
  engine::Instant at;       // time of the last record
  std::uint64_t records_bytes = 0;
  Digest previous{};  // hash of the frame before; zeros for the first
  Digest outcomes{};  // of everything decided before this frame; zeros for the first
  friend bool operator==(FrameHeader const&, FrameHeader const&) = default;

  engine::Seq last() const { return engine::Seq{first.number() + count - 1}; }
};

// The header's bytes, with the checksum of header and records in it. Frame = header, then records.
std::string encode_header(FrameHeader const& header, std::string_view records);
// Puts the records into `records`, whose memory is reused from one frame to the next.
engine::Result<void> encode_records(std::span<engine::Sequenced const> commands, Vault& vault,
                                    engine::ByteWriter& records);

// The leaves of all records of a frame, in order, into `leaves`, whose memory is reused from one frame to the next.
// `records` were encoded here or their frame was checked.
void find_leaves(std::string_view records, LogSalts const& salts, std::vector<Leaf>& leaves);
// The same of as many records as there are leaves.
void find_leaves(std::string_view records, LogSalts const& salts, std::span<Leaf> leaves);

// Format, version, lengths and checksum are right; what the chain and the records say is not looked at.
engine::Result<FrameHeader> decode_header(std::string_view frame);
// Of a frame whose header was decoded.
engine::Result<std::vector<engine::Sequenced>> decode_records(FrameHeader const& header, std::string_view frame,
                                                              Vault& vault);

}  // namespace persistence
