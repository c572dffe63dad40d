// Headers, forms and the two sources.
#include "gateway/pages.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "gateway/refusals.h"
#include "gateway/web_root.h"

namespace gateway {
namespace {

using Header = std::pair<std::string_view, std::string_view>;

// On every answer here, in the place of what the door says by default. 'self' of connect-src covers the WebSocket at
// the same host. Referrer-Policy: with no-referrer the Fetch standard turns the Origin of a write into "null" unless
// its mode is "cors" (not every browser does it), and no write with a cookie would survive that.
constexpr std::array safety{
    Header{"Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
           "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; manifest-src 'self'"},
    Header{"Cross-Origin-Opener-Policy", "same-origin"},
    Header{"Cross-Origin-Resource-Policy", "same-origin"},
    Header{"Permissions-Policy",
           "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), "
           "microphone=(), midi=(), payment=(), serial=(), usb=()"},
    Header{"Referrer-Policy", "same-origin"},
};

constexpr std::array content_types{
    Header{"html", "text/html; charset=utf-8"},
    Header{"js", "text/javascript; charset=utf-8"},
    Header{"css", "text/css; charset=utf-8"},
    Header{"svg", "image/svg+xml; charset=utf-8"},
    Header{"json", "application/json"},
    Header{"map", "application/json"},
    Header{"webmanifest", "application/manifest+json"},
    Header{"txt", "text/plain; charset=utf-8"},
    Header{"png", "image/png"},
    Header{"jpg", "image/jpeg"},
    Header{"webp", "image/webp"},
    Header{"ico", "image/x-icon"},
    Header{"woff2", "font/woff2"},
};
constexpr std::string_view any_bytes = "application/octet-stream";

constexpr std::string_view index = "index.html";
constexpr std::string_view assets = "assets";
constexpr std::string_view for_good = "public, max-age=31536000, immutable";
constexpr std::string_view ask_again = "no-cache";
constexpr std::string_view keep_nothing = "no-store";

std::string_view type_of(std::string_view path) {
  auto const dot = path.rfind('.');
  auto const ending = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  auto const* const known = std::ranges::find(content_types, ending, &Header::first);
  return known == content_types.end() ? any_bytes : known->second;
}

// A name that changes with the content, as the bundler writes it: '-' and eight characters of base64url before the
// first dot. Eight small letters may be a word, so they do not count: such a file is only asked for again.
bool has_hash(std::string_view path) {
  constexpr std::size_t hash_size = 8;
  auto const name = path.substr(path.rfind('/') + 1);
  auto const stem = name.substr(0, name.find('.'));
  if (stem.size() <= hash_size + 1) return false;
  auto const hash = stem.substr(stem.size() - hash_size);
  auto const is_of_hash = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  auto const is_small = [](unsigned char c) { return std::islower(c) != 0; };
  return stem[stem.size() - hash_size - 1] == '-' && std::ranges::all_of(hash, is_of_hash) &&
         !std::ranges::all_of(hash, is_small);
}

bool is_asset(Target const& target) {
  return target.segments.front() == assets;
}

std::string_view cache_control(std::string_view path) {
  return path.starts_with("assets/") && has_hash(path) ? for_good : ask_again;
}

// Strong: the same tag means the same bytes, so every form of a file has its own.
std::string etag_of(std::string_view bytes) {
  constexpr std::size_t prefix = 16;
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
  std::array<char, 2 * prefix + 1> hex;
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), prefix);
  return '"' + std::string(hex.data()) + '"';
}

// Status and headers; the bytes are the caller's. A 304 has neither type nor bytes.
HttpAnswer answer_for(HttpRequest const& request, std::string_view path, std::string const& etag,
                      std::string_view caching) {
  HttpAnswer answer;
  answer.headers = {{"ETag", etag}, {"Cache-Control", std::string(caching)}, {"Vary", "Accept-Encoding"}};
  if (has_etag(request.header("if-none-match"), etag)) {
    answer.status = 304;
  } else {
    answer.type = type_of(path);
  }
  return answer;
}

// The way back is relative: behind a proxy the page may live under a prefix that we never see.
std::string page_not_found(std::size_t depth) {
  std::string home = "./";
  for (std::size_t i = 0; i < depth; ++i) home += "../";
  return "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n<title>页面不存在 Not found</title>\n"
         "<h1>页面不存在</h1>\n<p lang=\"en\">There is no page at this address.</p>\n<p><a href=\"" +
         home + "\">返回首页 <span lang=\"en\">Home</span></a></p>\n</html>\n";
}

HttpAnswer nowhere(HttpRequest const& request, Target const& target) {
  if (is_asset(target) || !asks_for_html(request.header("accept"))) return refuse(refusals::no_such_route);
  return {404, std::string(type_of(index)), page_not_found(target.segments.size() - 1), {}};
}

HttpAnswer wrong_method() {
  auto answer = refuse(refusals::method_not_allowed);
  answer.headers.emplace_back("Allow", "GET, HEAD");
  return answer;
}

// The names on the way to the file; "/" is the index.
std::vector<std::string> segments_of(Target const& target) {
  if (target.segments.size() == 1 && target.segments.front().empty()) return {std::string(index)};
  return target.segments;
}

// As the table names it. Nothing: a segment is empty or holds a '/' that was written %2F, which names no file.
std::optional<std::string> joined(std::vector<std::string> const& segments) {
  std::string path;
  for (auto const& segment : segments) {
    if (segment.empty() || segment.find('/') != std::string::npos) return std::nullopt;
    path.append(path.empty() ? "" : "/").append(segment);
  }
  return path;
}

}  // namespace

Pages::Pages(std::span<PageFile const> embedded, std::filesystem::path root) : root_(std::move(root)) {
  if (!root_.empty()) return;
  for (auto const& file : embedded) {
    files_.emplace(file.path, File{form_of(file.identity), form_of(file.gzip), form_of(file.brotli)});
  }
}

Pages::Form Pages::form_of(std::string_view bytes) {
  return {bytes, etag_of(bytes)};
}

HttpAnswer Pages::answer(HttpRequest const& request, Target const& target) const {
  auto const segments = segments_of(target);
  auto const path = joined(segments);
  std::optional<HttpAnswer> found;
  if (path) found = root_.empty() ? from_memory(request, *path) : from_folder(request, segments);
  if (found && request.method != "GET" && request.method != "HEAD") found = wrong_method();
  auto answer = found ? std::move(*found) : nowhere(request, target);
  for (auto const& [name, value] : safety) answer.headers.emplace_back(name, value);
  return answer;
}

std::optional<HttpAnswer> Pages::from_memory(HttpRequest const& request, std::string const& path) const {
  auto const found = files_.find(path);
  if (found == files_.end()) return std::nullopt;
  auto const& file = found->second;
  auto const coding = choose_coding(request.header("accept-encoding"),
                                    {.gzip = !file.gzip.bytes.empty(), .brotli = !file.brotli.bytes.empty()});
  auto const& form = coding == Coding::Brotli ? file.brotli : coding == Coding::Gzip ? file.gzip : file.identity;
  auto answer = answer_for(request, path, form.etag, cache_control(path));
  if (answer.status == 304) return answer;
  answer.lasting = form.bytes;
  if (coding != Coding::Identity) {
    answer.headers.emplace_back("Content-Encoding", coding == Coding::Brotli ? "br" : "gzip");
  }
  return answer;
}

std::optional<HttpAnswer> Pages::from_folder(HttpRequest const& request,
                                             std::vector<std::string> const& segments) const {
  auto bytes = read_beneath(root_, segments);
  if (!bytes) return std::nullopt;
  auto answer = answer_for(request, segments.back(), etag_of(*bytes), keep_nothing);
  if (answer.status != 304) answer.body = std::move(*bytes);
  return answer;
}

}  // namespace gateway
