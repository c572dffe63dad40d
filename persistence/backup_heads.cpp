// See the header.
#include "persistence/backup_heads.h"

#include <fcntl.h>

#include "persistence/failure.h"
#include "persistence/files.h"
#include "persistence/record.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t leaves_a_commit = 65'536;

struct Lines {
  std::vector<PublishedHead> heads;
  std::uint64_t bytes = 0;  // of whole lines
};

engine::Result<Lines> read_lines(fs::path const& path) {
  Lines lines;
  if (!is_there(path)) return lines;
  auto const text = read_file(path);
  if (!text) return std::unexpected(text.error());
  std::string_view rest = *text;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    auto const head = head_of_line(rest.substr(0, end));
    bool const is_good = head && is_signed_by(head->key, head->head) &&
                         (lines.heads.empty() || lines.heads.back().head.size < head->head.size);
    if (!is_good) return failed(path.string() + ": line " + std::to_string(lines.heads.size() + 1) + " is not a head");
    lines.heads.push_back(*head);
    rest.remove_prefix(end + 1);
    lines.bytes += end + 1;
  }
  return lines;
}

engine::Result<void> is_same_tree(TreeStore const& tree, TreeHead const& newest, fs::path const& to) {
  auto const same = tree.head_from(newest.size);
  if (!same) return std::unexpected(same.error());
  if (*same == newest) return {};
  return failed(to.string() + ": its head of " + std::to_string(newest.size) +
                " commands was not signed by this server: it lost it, or this is another one");
}

}  // namespace

engine::Result<std::size_t> back_up_heads(fs::path const& data_directory, fs::path const& to, std::uint64_t size) {
  if (!is_there(data_directory / "tree" / "data.mdb")) return 0;
  auto const tree = TreeStore::open(data_directory / "tree", Access::ReadBeside);
  if (!tree) return std::unexpected(tree.error());
  auto const had = read_lines(to / "heads");
  if (!had) return std::unexpected(had.error());
  std::uint64_t from = 1;
  if (!had->heads.empty()) {
    auto const& newest = had->heads.back().head;
    if (auto same = is_same_tree(*tree, newest, to); !same) return std::unexpected(same.error());
    from = newest.size + 1;
  }
  auto const key_file = data_directory / "keys" / head_key_name;
  if (!is_there(key_file)) return 0;  // nothing was ever signed
  auto const signer = HeadSigner::open(key_file, HeadSigner::Missing::Refuse);
  if (!signer) return std::unexpected(signer.error());
  std::string text;
  std::size_t copied = 0;
  for (;; ++copied) {
    auto const head = tree->head_from(from);
    if (!head) return std::unexpected(head.error());
    if (!*head || (*head)->size > size) break;
    text += line_of({**head, signer->key()}) + '\n';
    from = (*head)->size + 1;
  }
  auto file = File::open(to / "heads", O_CREAT | O_WRONLY);
  if (!file) return std::unexpected(file.error());
  if (auto written = file->write_at(had->bytes, text); !written) return std::unexpected(written.error());
  if (auto synced = file->sync(); !synced) return std::unexpected(synced.error());
  if (auto synced = sync_directory(to); !synced) return std::unexpected(synced.error());
  return copied;
}

engine::Result<std::vector<TreeHead>> heads_of_backup(fs::path const& directory) {
  auto const lines = read_lines(directory / "heads");
  if (!lines) return std::unexpected(lines.error());
  std::vector<TreeHead> heads;
  for (auto const& published : lines->heads) heads.push_back(published.head);
  return heads;
}

TreeAgain::TreeAgain(TreeStore store, LogSalts salts, std::vector<TreeHead> heads)
    : store_(std::move(store)), salts_(std::move(salts)), heads_(std::move(heads)) {}

engine::Result<TreeAgain> TreeAgain::begin(fs::path const& directory, KeyStore const& keys,
                                           std::vector<TreeHead> heads) {
  if (!keys.log_key()) return failed("the key of the log is not among the keys");
  auto store = TreeStore::open(directory, Access::ReadWrite);
  if (!store) return std::unexpected(store.error());
  return TreeAgain{std::move(*store), LogSalts{*keys.log_key()}, std::move(heads)};
}

engine::Result<void> TreeAgain::grow(FrameHeader const& header, std::string_view frame, Digest const& hash) {
  find_leaves(frame.substr(frame_header_bytes), salts_, leaves_);
  if (leaves_.size() != header.count) return failed("a frame without its records");
  for (auto const& leaf : leaves_) store_.append(leaf);
  place_ = {store_.size(), hash};
  bool const is_signed = next_ < heads_.size() && heads_[next_].size <= place_.size;
  if (!is_signed) {
    bool const is_much = place_.size - store_.committed().size >= leaves_a_commit;
    return is_much ? store_.commit(place_, std::nullopt) : engine::Result<void>{};
  }
  auto const& head = heads_[next_++];
  if (head.size != place_.size || head.root != store_.root()) {
    return failed("the signed head of " + std::to_string(head.size) + " commands has the root " + hex(view(head.root)) +
                  ", and these have " + hex(view(store_.root())) +
                  ": this journal was rewritten, or its keys are others");
  }
  return store_.commit(place_, head);
}

engine::Result<void> TreeAgain::finish() {
  return place_ == store_.committed() ? engine::Result<void>{} : store_.commit(place_, std::nullopt);
}

}  // namespace persistence
