// A folder of the page for tests: made when constructed, gone with the object, and beside it something that no request
// may ever reach.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace gateway::test {

class WebFolder {
 public:
  WebFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "ebb_web_XXXXXX";
    place_ = ::mkdtemp(pattern.data());
    write("index.html", "the index");
    write("assets/app.js", "the script");
    std::ofstream(place_ / "secret") << "secret";
  }
  ~WebFolder() { std::filesystem::remove_all(place_); }
  WebFolder(WebFolder const&) = delete;
  WebFolder& operator=(WebFolder const&) = delete;

  std::filesystem::path root() const { return place_ / "web"; }
  std::filesystem::path secret() const { return place_ / "secret"; }
  void write(std::string_view path, std::string_view text) const {
    std::filesystem::create_directories((root() / path).parent_path());
    std::ofstream(root() / path, std::ios::binary) << text;
  }

 private:
  std::filesystem::path place_;
};

}  // namespace gateway::test
