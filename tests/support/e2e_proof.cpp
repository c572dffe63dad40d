// RFC 9162 §2.1.3.2 and §2.1.4.2 on answers of the server. See the header.
#include "tests/support/e2e_proof.h"

#include <openssl/evp.h>

#include <bit>
#include <boost/json/array.hpp>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <vector>

#include "tests/support/e2e_schema.h"

namespace support {

namespace {
namespace json = boost::json;

std::string text(json::object const& object, std::string_view member) {
  return text_or(object.if_contains(member), "");
}
std::uint64_t number(json::object const& object, std::string_view member) {
  auto const* const found = object.if_contains(member);
  return found == nullptr || !found->is_int64() ? 0 : static_cast<std::uint64_t>(found->as_int64());
}
std::vector<std::string> path_of(json::object const& proof) {
  std::vector<std::string> path;
  for (auto const& hash : proof.at("path").as_array()) path.push_back(bytes_of(hash.as_string()));
  return path;
}
std::string node(std::string_view left, std::string_view right) {
  return sha256(std::string{'\x01'}.append(left).append(right));
}
void put(std::string& to, std::uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) to.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}
// RFC 3339 in UTC with milliseconds, as the door writes it.
std::optional<std::int64_t> millis_of(std::string const& moment) {
  std::tm parts{};
  auto const* const rest = strptime(moment.c_str(), "%Y-%m-%dT%H:%M:%S.", &parts);
  if (rest == nullptr || std::string_view(rest).size() != 4 || rest[3] != 'Z') return std::nullopt;
  return std::int64_t{timegm(&parts)} * 1'000 + std::atoi(rest);
}
unsigned digit(char c) {
  return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}
// Where a checker stands in the tree, and the last place of its level.
struct Place {
  std::uint64_t at;
  std::uint64_t last;
  bool is_right() const { return (at & 1) == 1 || at == last; }
  void up() {
    at >>= 1;
    last >>= 1;
  }
  void up_to_right_child() {
    while ((at & 1) == 0 && at != 0) up();
  }
};
}  // namespace

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1])));
  }
  return bytes;
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (auto const byte : bytes) {
    auto const value = static_cast<unsigned char>(byte);
    text.append({digits[value >> 4], digits[value & 15]});
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(),
             nullptr);
  return digest;
}

bool is_signed(json::object const& head, std::string_view key) {
  auto const raw = bytes_of(key), signature = bytes_of(text(head, "signature")), root = bytes_of(text(head, "root"));
  auto const at = millis_of(text(head, "at"));
  if (raw.size() != 32 || signature.size() != 64 || root.size() != 32 || !at) return false;
  std::string message = "ebb tree head 1\n";
  put(message, number(head, "size"));
  put(message, static_cast<std::uint64_t>(*at));
  message += root;
  auto const bytes = [](std::string const& of) { return reinterpret_cast<unsigned char const*>(of.data()); };
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const known{
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(raw), raw.size()), &EVP_PKEY_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  return known != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message), message.size()) == 1;
}

std::string leaf_of(json::object const& entry) {
  auto const blinding = bytes_of(text(entry, "blinding"));
  if (entry.contains("salt")) {
    if (sha256(bytes_of(text(entry, "salt")) + bytes_of(text(entry, "private"))) != blinding) return {};
  }
  return hex_of(sha256(std::string{'\0'} + bytes_of(text(entry, "public")) + blinding));
}

std::string root_of(json::object const& inclusion) {
  auto const seq = number(inclusion, "seq"), size = number(inclusion, "size");
  if (seq == 0 || seq > size) return {};
  Place place{seq - 1, size - 1};
  auto root = bytes_of(text(inclusion, "leaf"));
  for (auto const& other : path_of(inclusion)) {
    if (place.last == 0) return {};
    if (place.is_right()) {
      root = node(other, root);
      place.up_to_right_child();
    } else {
      root = node(root, other);
    }
    place.up();
  }
  return place.last == 0 ? hex_of(root) : std::string{};
}

bool is_consistent(json::object const& older, json::object const& newer, json::object const& consistency) {
  auto const from = number(older, "size"), to = number(newer, "size");
  auto const first = bytes_of(text(older, "root")), second = bytes_of(text(newer, "root"));
  auto path = path_of(consistency);
  if (from == to) return path.empty() && first == second;
  if (from == 0 || from > to || path.empty()) return false;
  if (std::has_single_bit(from)) path.insert(path.begin(), first);
  Place place{from - 1, to - 1};
  while ((place.at & 1) == 1) place.up();
  auto before = path.front(), after = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (place.last == 0) return false;
    if (place.is_right()) {
      before = node(path[i], before);
      after = node(path[i], after);
      place.up_to_right_child();
    } else {
      after = node(after, path[i]);
    }
    place.up();
  }
  return place.last == 0 && before == first && after == second;
}

}  // namespace support
