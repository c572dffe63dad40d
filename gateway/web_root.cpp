// openat() from folder to folder.
#include "gateway/web_root.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

namespace gateway {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

bool is_plain_name(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         segment.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

Descriptor open_at(Descriptor const& folder, std::string const& name, int what) {
  // Not blocking: a pipe must not hold the thread before it is seen to be one.
  return Descriptor(::openat(folder.number(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | what));
}

std::optional<std::string> contents(Descriptor const& file) {
  struct stat what{};
  if (::fstat(file.number(), &what) != 0 || !S_ISREG(what.st_mode)) return std::nullopt;
  std::string text;
  std::array<char, 64 << 10> block;
  while (true) {
    auto const got = ::read(file.number(), block.data(), block.size());
    if (got < 0) return std::nullopt;
    if (got == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > web_file_bytes_max) return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> read_beneath(std::filesystem::path const& root, std::vector<std::string> const& segments) {
  Descriptor at(::open(root.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  for (std::size_t i = 0; i < segments.size() && at.is_open(); ++i) {
    if (!is_plain_name(segments[i])) return std::nullopt;
    at = open_at(at, segments[i], i + 1 < segments.size() ? O_DIRECTORY : 0);
  }
  if (!at.is_open()) return std::nullopt;
  return contents(at);
}

}  // namespace gateway
