// See the header.
#include "tools/ebb/heads_out.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "persistence/failure.h"
#include "persistence/files.h"

namespace ebb {
namespace {

using persistence::failed;
using persistence::File;
using persistence::PublishedHead;
using persistence::Tree;
namespace fs = std::filesystem;

constexpr std::chrono::seconds post_patience{2};

// What a file ends with. A line that was cut off by a crash is written again.
struct Ending {
  std::uint64_t bytes = 0;  // of whole lines
  std::optional<PublishedHead> last;
};
engine::Result<Ending> ending_of(fs::path const& file) {
  if (!persistence::is_there(file)) return Ending{};
  auto const text = persistence::read_file(file);
  if (!text) return std::unexpected(text.error());
  auto const end = text->rfind('\n');
  if (end == std::string::npos) return Ending{};
  auto const before = end == 0 ? std::string::npos : text->rfind('\n', end - 1);
  auto const begin = before == std::string::npos ? 0 : before + 1;
  auto const last = persistence::head_of_line(std::string_view{*text}.substr(begin, end - begin));
  if (!last) return failed(file.string() + ": its last line is not a head");
  return Ending{end + 1, last};
}

engine::Result<void> check(fs::path const& file, PublishedHead const& last, Tree const& tree) {
  auto const key = tree.key();
  if (last.key != key) {
    return failed(fmt::format("{}: its last head is signed with the key {}, and this server has {}", file.string(),
                              persistence::hex({last.key.data(), last.key.size()}),
                              persistence::hex({key.data(), key.size()})));
  }
  auto const head = tree.head();
  auto const size = last.head.size;
  if (!head || head->size < size) {
    return failed(fmt::format("{}: a head of size {} was published, and this log has {} leaves: it lost history",
                              file.string(), size, head ? head->size : 0));
  }
  auto const root = tree.root_of(size);
  if (!root) return std::unexpected(root.error());
  if (*root == last.head.root) return {};
  return failed(fmt::format("{}: the published head of size {} has the root {}, and this log has {}: another history",
                            file.string(), size, persistence::hex(persistence::view(last.head.root)),
                            persistence::hex(persistence::view(*root))));
}

// Every head, one line each, flushed before the next is looked for.
class HeadsFile {
 public:
  static engine::Result<std::shared_ptr<HeadsFile>> open(fs::path const& path, Tree const& tree) {
    auto const ending = ending_of(path);
    if (!ending) return std::unexpected(ending.error());
    if (ending->last) {
      if (auto fits = check(path, *ending->last, tree); !fits) return std::unexpected(fits.error());
    }
    auto file = File::open(path, O_CREAT | O_WRONLY);
    if (!file) return std::unexpected(file.error());
    return std::make_shared<HeadsFile>(HeadsFile{tree, std::move(*file), *ending});
  }

  engine::Result<void> catch_up() {
    std::string lines;
    auto size = size_;
    for (;;) {
      auto const head = tree_.head_from(size + 1);
      if (!head) return std::unexpected(head.error());
      if (!*head) break;
      lines += persistence::line_of({**head, tree_.key()}) + "\n";
      size = (*head)->size;
    }
    if (lines.empty()) return {};
    if (auto written = file_.write_at(bytes_, lines); !written) return written;
    if (auto synced = file_.sync(); !synced) return synced;
    bytes_ += lines.size();
    size_ = size;
    return {};
  }

 private:
  HeadsFile(Tree const& tree, File file, Ending const& ending)
      : tree_(tree), file_(std::move(file)), bytes_(ending.bytes), size_(ending.last ? ending.last->head.size : 0) {}

  Tree const& tree_;
  File file_;
  std::uint64_t bytes_;
  std::uint64_t size_;  // of the last head in it
};

// The newest head, when it is another than the last that was taken.
class HeadsPost {
 public:
  HeadsPost(Tree const& tree, Url url) : tree_(tree), url_(std::move(url)) {}

  engine::Result<void> catch_up() {
    auto const head = tree_.head();
    if (!head || head->size == size_) return {};
    auto posted = post_json(url_, persistence::line_of({*head, tree_.key()}), post_patience);
    if (posted) size_ = head->size;
    return posted;
  }

 private:
  Tree const& tree_;
  Url const url_;
  std::uint64_t size_ = 0;
};

}  // namespace

engine::Result<std::unique_ptr<HeadsOut>> HeadsOut::open(Tree const& tree, Places const& places) {
  std::unique_ptr<HeadsOut> out{new HeadsOut{places.interval}};
  if (!places.file.empty()) {
    auto file = HeadsFile::open(places.file, tree);
    if (!file) return std::unexpected(file.error());
    out->places_.emplace_back([kept = std::move(*file)] { return kept->catch_up(); });
  }
  if (!places.url.empty()) {
    auto const url = parse_url(places.url);
    if (!url) return failed("tree.heads_url: expected http://HOST[:PORT]/PATH, found " + places.url);
    auto post = std::make_shared<HeadsPost>(tree, *url);
    out->places_.emplace_back([post] { return post->catch_up(); });
  }
  return out;
}

HeadsOut::~HeadsOut() {
  stop();
}

void HeadsOut::start(Tell const& tell) {
  for (auto const& place : places_) threads_.emplace_back([this, &place, tell] { run(place, tell); });
}

void HeadsOut::stop() {
  {
    std::scoped_lock const held{mutex_};
    is_stopping_ = true;
  }
  stopped_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void HeadsOut::run(Catch const& catch_up, Tell const& tell) {
  bool is_well = true;
  for (bool is_last = false; !is_last;) {
    {
      std::unique_lock held{mutex_};
      is_last = stopped_.wait_for(held, interval_, [this] { return is_stopping_; });
    }
    auto const done = catch_up();
    if (!done && is_well) tell(done.error());
    is_well = done.has_value();
  }
}

}  // namespace ebb
