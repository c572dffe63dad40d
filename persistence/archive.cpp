// See the header.
#include "persistence/archive.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/hash.h"

namespace persistence {
namespace {

constexpr std::size_t block = 512;
constexpr int level = 12;  // archives are written once
constexpr std::string_view sums_name = "SHA256SUMS";

// ---- tar: a header of 512 bytes, then the file filled up to a multiple of 512; two empty blocks end it.
// ---------------

constexpr std::size_t name_at = 0;
constexpr std::size_t name_bytes = 100;
constexpr std::size_t size_at = 124;
constexpr std::size_t sum_at = 148;
constexpr std::size_t sum_bytes = 8;
constexpr std::size_t type_at = 156;
constexpr std::size_t magic_at = 257;

using Header = std::array<char, block>;

void put(Header& header, std::size_t at, std::string_view text) {
  std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string octal(std::size_t value, std::size_t digits) {
  std::string text(digits, '0');
  for (auto at = digits; at-- > 0; value /= 8) text[at] = static_cast<char>('0' + value % 8);
  return text;
}

std::size_t sum_of(Header header) {
  put(header, sum_at, std::string(sum_bytes, ' '));
  return std::accumulate(header.begin(), header.end(), std::size_t{0},
                         [](std::size_t sum, char byte) { return sum + static_cast<unsigned char>(byte); });
}

// The same files give the same bytes: no time, no user.
Header header_of(std::string_view name, std::size_t size) {
  Header header{};
  put(header, name_at, name);
  put(header, 100, "0000644");
  put(header, 108, "0000000");
  put(header, 116, "0000000");
  put(header, size_at, octal(size, 11));
  put(header, 136, octal(0, 11));
  header[type_at] = '0';
  put(header, magic_at, "ustar");
  put(header, magic_at + 6, "00");
  put(header, sum_at, octal(sum_of(header), 6) + std::string{'\0', ' '});
  return header;
}

std::string tar_of(Bundle const& bundle) {
  std::string tar;
  for (auto const& file : bundle.files) {
    auto const header = header_of(bundle.folder + '/' + file.name, file.bytes.size());
    tar.append(header.data(), header.size());
    tar += file.bytes;
    tar.append((block - file.bytes.size() % block) % block, '\0');
  }
  return tar.append(2 * block, '\0');
}

std::optional<std::size_t> octal_in(std::string_view text) {
  std::size_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

std::string_view text_at(std::string_view header, std::size_t at, std::size_t bytes) {
  auto const field = header.substr(at, bytes);
  return field.substr(0, field.find('\0'));
}

// Only what write_bundle writes: plain files under one folder.
engine::Result<Bundle> untar(std::string_view tar) {
  Bundle bundle;
  while (tar.size() >= block && tar.front() != '\0') {
    Header header{};
    std::ranges::copy(tar.substr(0, block), header.begin());
    auto const size = octal_in(tar.substr(size_at, 11));
    auto const sum = octal_in(tar.substr(sum_at, 6));
    if (!size || !sum || *sum != sum_of(header)) return failed("a header of the tar is damaged");
    auto const path = text_at(tar, name_at, name_bytes);
    auto const slash = path.find('/');
    if (header[type_at] != '0' || slash == std::string_view::npos) return failed("it holds more than plain files");
    if (!bundle.files.empty() && path.substr(0, slash) != bundle.folder) return failed("it holds two folders");
    bundle.folder = path.substr(0, slash);
    tar.remove_prefix(block);
    if (tar.size() < *size) return failed("a file of the tar is cut short");
    bundle.files.push_back({std::string{path.substr(slash + 1)}, std::string{tar.substr(0, *size)}});
    tar.remove_prefix(std::min(tar.size(), (*size + block - 1) / block * block));
  }
  return bundle;
}

// ---- zstd
// ------------------------------------------------------------------------------------------------------------

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

engine::Result<std::string> compress(std::string_view bytes) {
  std::unique_ptr<ZSTD_CCtx, FreeContext> const context{ZSTD_createCCtx()};
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  auto const size = ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0) return failed(std::string{"zstd: "} + ZSTD_getErrorName(size));
  packed.resize(size);
  return packed;
}

engine::Result<std::string> decompress(std::string_view packed) {
  auto const size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR) return failed("not zstd");
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size > bundle_bytes_max) return failed("larger than a bundle may be");
  std::string bytes(size, '\0');
  auto const got = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0) return failed(std::string{"zstd: "} + ZSTD_getErrorName(got));
  if (got != size) return failed("shorter than it says");
  return bytes;
}

// ---- Checksums
// -------------------------------------------------------------------------------------------------------

std::string sums_of(std::vector<BundleFile> const& files) {
  Hasher hasher;
  std::string text;
  for (auto const& file : files) text += hex(view(hasher.of({file.bytes}))) + "  " + file.name + '\n';
  return text;
}

}  // namespace

std::string const* Bundle::find(std::string_view name) const {
  auto const file = std::ranges::find(files, name, &BundleFile::name);
  return file == files.end() ? nullptr : &file->bytes;
}

engine::Result<void> write_bundle(std::filesystem::path const& path, Bundle const& bundle) {
  auto whole = bundle;
  whole.files.push_back({std::string{sums_name}, sums_of(bundle.files)});
  std::size_t bytes = 0;
  for (auto const& file : whole.files) {
    bytes += file.bytes.size() + 2 * block;
    if (bundle.folder.size() + 1 + file.name.size() >= name_bytes) return failed(file.name + ": too long a name");
  }
  if (bytes > bundle_bytes_max) return failed(path.string() + ": larger than a bundle may be");
  auto const packed = compress(tar_of(whole));
  if (!packed) return std::unexpected(packed.error());
  return replace_file(path, *packed);
}

engine::Result<Bundle> read_bundle(std::filesystem::path const& path) {
  auto const packed = read_file(path);
  if (!packed) return std::unexpected(packed.error());
  auto const tar = decompress(*packed);
  if (!tar) return failed(path.string() + ": " + tar.error().what);
  auto bundle = untar(*tar);
  if (!bundle) return failed(path.string() + ": " + bundle.error().what);
  if (bundle->files.empty() || bundle->files.back().name != sums_name) {
    return failed(path.string() + ": it does not end with its checksums");
  }
  auto const sums = std::move(bundle->files.back().bytes);
  bundle->files.pop_back();
  if (sums != sums_of(bundle->files)) return failed(path.string() + ": a file is not as SHA256SUMS lists it");
  return bundle;
}

}  // namespace persistence
