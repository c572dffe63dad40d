// See the header.
#include "persistence/head.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {
namespace {

constexpr std::string_view what_is_signed = "ebb tree head 1\n";
constexpr std::string_view file_magic = "EBBTKEY1";
constexpr std::size_t seed_bytes = crypto_sign_SEEDBYTES;

unsigned char const* raw(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

std::string file_of(std::string_view seed) {
  engine::ByteWriter bytes;
  bytes.put_raw(file_magic).put_raw(seed);
  bytes.put(crc32c(bytes.view()));
  return bytes.take();
}

engine::Result<std::string> seed_in(std::filesystem::path const& file) {
  auto const bytes = read_file(file);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  auto const magic = reader.get_raw(file_magic.size());
  auto const seed = reader.get_raw(seed_bytes);
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || magic != file_magic || sum != crc32c(bytes->substr(0, bytes->size() - sizeof sum))) {
    return failed(file.string() + ": not the key of a tree, or damaged");
  }
  return std::string{seed};
}

// Reads a text from its beginning, piece by piece; like ByteReader it fails once and for good.
class TextReader {
 public:
  explicit TextReader(std::string_view text) : rest_(text) {}

  TextReader& skip(std::string_view expected) {
    if (rest_.starts_with(expected)) {
      rest_.remove_prefix(expected.size());
    } else {
      failed_ = true;
    }
    return *this;
  }
  std::uint64_t number() {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc{}) failed_ = true;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return number;
  }
  // Exactly so many digits.
  unsigned digits(std::size_t count) {
    unsigned number = 0;
    for (char const digit : taken(count)) {
      if (digit < '0' || digit > '9') failed_ = true;
      number = number * 10 + static_cast<unsigned>(digit - '0');
    }
    return number;
  }
  std::string_view taken(std::size_t count) {
    if (rest_.size() < count) failed_ = true;
    auto const part = rest_.substr(0, count);
    rest_.remove_prefix(part.size());
    return part;
  }
  template <std::size_t Size>
  std::array<char, Size> bytes() {
    std::array<char, Size> all{};
    auto const read = bytes_of_hex(taken(2 * Size), Size);
    if (read) {
      std::ranges::copy(*read, all.begin());
    } else {
      failed_ = true;
    }
    return all;
  }
  bool finished() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

constexpr std::size_t instant_text_bytes = 24;  // 2026-01-31T23:59:59.999Z

}  // namespace

std::string signed_bytes(TreeHead const& head) {
  engine::ByteWriter bytes;
  bytes.put_raw(what_is_signed).put(head.size).put(head.at).put_raw(view(head.root));
  return bytes.take();
}

bool is_signed_by(PublicKey const& key, TreeHead const& head) {
  auto const bytes = signed_bytes(head);
  return crypto_sign_verify_detached(raw({head.signature.data(), head.signature.size()}), raw(bytes), bytes.size(),
                                     raw({key.data(), key.size()})) == 0;
}

engine::Result<HeadSigner> HeadSigner::open(std::filesystem::path const& file, Missing missing) {
  CHECK(sodium_init() >= 0);
  if (!is_there(file)) {
    if (missing == Missing::Refuse) {
      return failed(file.string() + ": missing, though heads were signed with it; restore it with the other keys");
    }
    std::string seed(seed_bytes, '\0');
    randombytes_buf(seed.data(), seed.size());
    if (auto made = replace_file(file, file_of(seed)); !made) return std::unexpected(made.error());
  }
  auto const seed = seed_in(file);
  if (!seed) return std::unexpected(seed.error());
  return HeadSigner{*seed};
}

HeadSigner::HeadSigner(std::string_view seed) {
  static_assert(std::tuple_size_v<Secret> == crypto_sign_SECRETKEYBYTES);
  static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(key_.data()), secret_.data(), raw(seed));
}

TreeHead HeadSigner::sign(std::uint64_t size, Digest const& root, engine::Instant at) const {
  TreeHead head{size, root, at, {}};
  auto const bytes = signed_bytes(head);
  crypto_sign_detached(reinterpret_cast<unsigned char*>(head.signature.data()), nullptr, raw(bytes), bytes.size(),
                       secret_.data());
  return head;
}

// ---- The published line ------------------------------------------------------------------------------------------

std::string line_of(PublishedHead const& published) {
  auto const& head = published.head;
  return "{\"size\":" + std::to_string(head.size) + ",\"root\":\"" + hex(view(head.root)) + "\",\"at\":\"" +
         text_of(head.at) + "\",\"signature\":\"" + hex({head.signature.data(), head.signature.size()}) +
         "\",\"key\":\"" + hex({published.key.data(), published.key.size()}) + "\"}";
}

std::optional<PublishedHead> head_of_line(std::string_view line) {
  PublishedHead published;
  auto& head = published.head;
  TextReader reader{line};
  head.size = reader.skip("{\"size\":").number();
  head.root = reader.skip(",\"root\":\"").bytes<32>();
  auto const at = instant_of(reader.skip("\",\"at\":\"").taken(instant_text_bytes));
  head.signature = reader.skip("\",\"signature\":\"").bytes<64>();
  published.key = reader.skip("\",\"key\":\"").bytes<32>();
  if (!reader.skip("\"}").finished() || !at) return std::nullopt;
  head.at = *at;
  return published;
}

std::string text_of(engine::Instant at) {
  namespace time = std::chrono;
  auto const since = time::sys_time<time::milliseconds>{time::milliseconds{engine::in_millis(at)}};
  auto const day = time::floor<time::days>(since);
  time::year_month_day const date{day};
  time::hh_mm_ss const clock{since - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

std::optional<engine::Instant> instant_of(std::string_view text) {
  namespace time = std::chrono;
  TextReader reader{text};
  auto const year = reader.digits(4);
  auto const month = reader.skip("-").digits(2);
  auto const day = reader.skip("-").digits(2);
  auto const hours = reader.skip("T").digits(2);
  auto const minutes = reader.skip(":").digits(2);
  auto const seconds = reader.skip(":").digits(2);
  auto const millis = reader.skip(".").digits(3);
  time::year_month_day const date{time::year{static_cast<int>(year)}, time::month{month}, time::day{day}};
  if (!reader.skip("Z").finished() || !date.ok() || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  auto const since = time::sys_days{date} + time::hours{hours} + time::minutes{minutes} + time::seconds{seconds} +
                     time::milliseconds{millis};
  return engine::at_millis(since.time_since_epoch().count());
}

std::optional<std::string> bytes_of_hex(std::string_view text, std::size_t size) {
  if (text.size() != 2 * size) return std::nullopt;
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, value, 16);
    if (error != std::errc{} || end != text.data() + at + 2) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return bytes;
}

}  // namespace persistence
