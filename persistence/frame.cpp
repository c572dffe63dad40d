// See the header.
#include "persistence/frame.h"

#include <algorithm>

#include "engine/bytes.h"
#include "engine/check.h"
#include "engine/limits.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/record.h"

namespace persistence {
namespace {

constexpr std::string_view magic = "EBBF";
constexpr std::size_t sum_at = frame_header_bytes - 4;  // the checksum is the header's last field

Digest digest_from(engine::ByteReader& reader) {
  Digest digest{};
  std::ranges::copy(reader.get_raw(digest.size()), digest.begin());
  return digest;
}

std::uint32_t sum_of(std::string_view header, std::string_view records) {
  return crc32c(records, crc32c(header.substr(0, sum_at)));
}

}  // namespace

std::string encode_header(FrameHeader const& header, std::string_view records) {
  CHECK(header.records_bytes == records.size());
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(frame_version).put(static_cast<std::uint16_t>(frame_header_bytes));
  bytes.put(header.partition).put(header.epoch).put(header.count);
  bytes.put(header.first).put(header.at).put(header.records_bytes);
  bytes.put_raw(view(header.previous)).put_raw(view(header.outcomes));
  CHECK(bytes.size() == sum_at);
  bytes.put(sum_of(bytes.view(), records));
  return bytes.take();
}

engine::Result<void> encode_records(std::span<engine::Sequenced const> commands, Vault& vault,
                                    engine::ByteWriter& records) {
  records.clear();
  engine::ByteWriter secret;
  for (auto const& command : commands) {
    if (auto written = encode_record(command, vault, records, secret); !written) return written;
  }
  if (records.size() + frame_header_bytes > engine::limits::frame_bytes_max) {
    return failed("frame of " + std::to_string(records.size()) + " bytes, more than a frame may have");
  }
  return {};
}

void find_leaves(std::string_view records, LogSalts const& salts, std::vector<Leaf>& leaves) {
  std::size_t count = 0;
  for (engine::ByteReader reader{records}; !reader.finished(); ++count) {
    reader.get_text();
    CHECK(reader.ok());
  }
  leaves.resize(count);
  find_leaves(records, salts, std::span{leaves});
}

void find_leaves(std::string_view records, LogSalts const& salts, std::span<Leaf> leaves) {
  engine::ByteReader reader{records};
  auto const next = [&reader] {
    auto const parts = split_record(reader.get_text());
    CHECK(parts.has_value());
    return LeafSource{parts->shown, parts->seq, parts->blinding};
  };
  for (std::size_t at = 0; at < leaves.size(); at += 2) {
    bool const is_last = at + 1 == leaves.size();
    auto const one = next();
    auto const found = leaves_of(one, is_last ? one : next(), salts);
    leaves[at] = found[0];
    if (!is_last) leaves[at + 1] = found[1];
  }
  CHECK(reader.finished());
}

engine::Result<FrameHeader> decode_header(std::string_view frame) {
  engine::ByteReader reader{frame};
  if (reader.get_raw(magic.size()) != magic) return failed("not a frame: it does not begin with EBBF");
  auto const version = reader.get<std::uint16_t>();
  if (reader.ok() && version != frame_version) {
    return failed("frame version " + std::to_string(version) + "; this program knows " + std::to_string(frame_version));
  }
  auto const header_bytes = reader.get<std::uint16_t>();
  FrameHeader header;
  header.partition = reader.get<std::uint32_t>();
  header.epoch = reader.get<std::uint32_t>();
  header.count = reader.get<std::uint32_t>();
  header.first = reader.get<engine::Seq>();
  header.at = reader.get_instant();
  header.records_bytes = reader.get<std::uint64_t>();
  header.previous = digest_from(reader);
  header.outcomes = digest_from(reader);
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.ok() || header_bytes != frame_header_bytes) return failed("a frame header is cut short");
  if (header.records_bytes != reader.rest().size()) return failed("a frame is not as long as its header says");
  if (sum != sum_of(frame, reader.rest())) return failed("the checksum of a frame is wrong");
  if (header.count == 0 || header.count > header.records_bytes / record_bytes_min)
    return failed("a frame without its records");
  return header;
}

engine::Result<std::vector<engine::Sequenced>> decode_records(FrameHeader const& header, std::string_view frame,
                                                              Vault& vault) {
  std::vector<engine::Sequenced> commands;
  commands.reserve(header.count);
  engine::ByteReader reader{frame.substr(frame_header_bytes)};
  for (auto expected = header.first; expected <= header.last(); expected = engine::next(expected)) {
    auto command = decode_record(reader, vault);
    if (!command) return std::unexpected(command.error());
    if (command->seq != expected) {
      return failed("record " + std::to_string(command->seq.number()) + " where " + std::to_string(expected.number()) +
                    " belongs");
    }
    commands.push_back(std::move(*command));
  }
  if (!reader.finished()) return failed("bytes behind the last record of a frame");
  return commands;
}

}  // namespace persistence
