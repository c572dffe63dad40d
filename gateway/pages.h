// The page: index.html and what it loads, at every address that no route takes and that is not below /api.
//
// Two sources. The files embedded in the program are served from memory, in the smallest form the client takes, with
// ETags; a folder (`server.web_root`, for development) is read at each request and never cached. The server knows no
// path of the page's own: it finds its way behind '#', so every unknown address is a 404.
//
// Thread: any. Failure: every request gets one answer.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange.h"
#include "gateway/negotiation.h"
#include "gateway/router.h"

namespace gateway {

// A file of the page as it is embedded. The bytes outlive everything that serves them.
struct PageFile {
  std::string_view path;  // from the root, without its '/': "assets/index-D3qBx9_a.js"
  std::string_view identity;
  std::string_view gzip{};  // empty: not kept in this form
  std::string_view brotli{};
};

class Pages {
 public:
  // With a root, the embedded files are not looked at.
  Pages(std::span<PageFile const> embedded, std::filesystem::path root);

  // To any method; GET and HEAD get the same, whoever writes it leaves the body of HEAD out.
  HttpAnswer answer(HttpRequest const& request, Target const& target) const;

 private:
  struct Form {
    std::string_view bytes;  // empty: not kept
    std::string etag;
  };
  struct File {
    Form identity, gzip, brotli;
  };
  static Form form_of(std::string_view bytes);
  std::optional<HttpAnswer> from_memory(HttpRequest const& request, std::string const& path) const;
  std::optional<HttpAnswer> from_folder(HttpRequest const& request, std::vector<std::string> const& segments) const;

  std::map<std::string, File, std::less<>> files_;  // by path
  std::filesystem::path const root_;
};

}  // namespace gateway
