// See the header.
#include "persistence/tree.h"

#include <utility>

#include "engine/check.h"
#include "engine/codec.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

// Read from the journal, a tree grows in commits of this size, so that what is not yet on the disk stays small.
constexpr std::uint64_t leaves_a_commit = 65'536;

std::string hexed(Digest const& digest) {
  return hex(view(digest));
}

// The record of one command in a frame that was checked.
engine::Result<RecordParts> record_in(FrameHeader const& header, std::string_view frame, engine::Seq seq) {
  engine::ByteReader records{frame.substr(frame_header_bytes)};
  std::string_view record;
  for (auto at = header.first; at <= seq; at = engine::next(at)) record = records.get_text();
  auto parts = split_record(record);
  if (!parts || parts->seq != seq) {
    return failed("record " + std::to_string(seq.number()) + " is not where its frame says");
  }
  return *parts;
}

}  // namespace

engine::Result<std::unique_ptr<Tree>> Tree::open(TreeOptions options, Journal const& journal, KeyStore const& keys) {
  auto store = TreeStore::open(options.directory, Access::ReadWrite);
  if (!store) return std::unexpected(store.error());
  auto const newest = store->newest_head();
  if (!newest) return std::unexpected(newest.error());
  auto signer = HeadSigner::open(options.key_file, *newest ? HeadSigner::Missing::Refuse : HeadSigner::Missing::Make);
  if (!signer) return std::unexpected(signer.error());
  if (*newest && !is_signed_by(signer->key(), **newest)) {
    return failed(options.directory.string() + ": the head of size " + std::to_string((*newest)->size) +
                  " is not signed with the key " + hexed(signer->key()) + " of " + options.key_file.string());
  }
  std::unique_ptr<Tree> tree{new Tree{std::move(options), std::move(*store), std::move(*signer), journal, keys}};
  tree->head_ = *newest;
  return tree;
}

Tree::Tree(TreeOptions options, TreeStore store, HeadSigner signer, Journal const& journal, KeyStore const& keys)
    : options_(std::move(options)),
      store_(std::move(store)),
      signer_(std::move(signer)),
      frames_(journal.frames()),
      keys_(keys),
      salts_(*keys.log_key()) {}

Tree::~Tree() {
  stop();
}

// ---- Growing -----------------------------------------------------------------------------------------------------

engine::Result<void> Tree::catch_up() {
  place_ = store_.committed();
  if (auto fits = check_place(); !fits) return fits;
  if (auto fits = check_head(); !fits) return fits;
  if (auto read = read_frames(~std::uint64_t{0}); !read) return read;
  return place_ == store_.committed() ? engine::Result<void>{} : store_.commit(place_, std::nullopt);
}

// The frame at which the tree stands must be the journal's own: through the chain, so is everything before it.
engine::Result<void> Tree::check_place() const {
  if (place_.size == 0) return {};
  auto const name = options_.directory.string();
  auto const frame = frames_->frame_of(engine::Seq{place_.size});
  if (!frame) return std::unexpected(frame.error());
  if (!*frame) {
    return failed(name + ": the tree has " + std::to_string(place_.size) +
                  " leaves, and the journal ends before: it lost what was signed, or is another journal");
  }
  auto const header = decode_header(**frame);
  if (!header) return std::unexpected(header.error());
  auto const hash = Sha256{}.add(**frame).digest();
  if (header->last().number() != place_.size || hash != place_.frame) {
    return failed(name + ": the tree grew up to seq " + std::to_string(place_.size) + " from a frame with the hash " +
                  hexed(place_.frame) + "; the journal's ends at " + std::to_string(header->last().number()) +
                  " and has " + hexed(hash) + ": this is another journal");
  }
  std::vector<Leaf> leaves;
  find_leaves(std::string_view{**frame}.substr(frame_header_bytes), salts_, leaves);
  auto const kept = store_.leaf(place_.size - 1);
  if (!kept) return std::unexpected(kept.error());
  if (!*kept || leaves.empty() || **kept != leaves.back()) {
    return failed(name + ": leaf " + std::to_string(place_.size - 1) + " is " +
                  (*kept ? hexed(**kept) : std::string{"missing"}) + ", and the journal gives " +
                  (leaves.empty() ? std::string{"none"} : hexed(leaves.back())) +
                  ": the key of the log is another one than it grew with");
  }
  return {};
}

// A damaged tree is found before it gives a proof away.
engine::Result<void> Tree::check_head() const {
  if (!head_) return {};
  auto const name = options_.directory.string();
  auto const root = store_.root_of(head_->size);
  if (!root) return std::unexpected(root.error());
  if (*root == head_->root) return {};
  return failed(name + ": its " + std::to_string(head_->size) + " leaves have the root " + hexed(*root) +
                ", and the signed head says " + hexed(head_->root) + ": the tree is damaged");
}

// Whole frames from where the tree ends until it holds `up_to` leaves, or the journal ends.
engine::Result<void> Tree::read_frames(std::uint64_t up_to) {
  std::vector<Leaf> leaves;
  while (place_.size < up_to) {
    auto const frame = frames_->frame_of(engine::Seq{place_.size + 1});
    if (!frame) return std::unexpected(frame.error());
    if (!*frame) return {};
    auto const header = decode_header(**frame);
    if (!header) return std::unexpected(header.error());
    CHECK(header->first.number() == place_.size + 1);
    find_leaves(std::string_view{**frame}.substr(frame_header_bytes), salts_, leaves);
    if (leaves.size() != header->count)
      return failed("frame " + std::to_string(place_.size + 1) + ": not of its count");
    for (auto const& leaf : leaves) store_.append(leaf);
    place_ = {store_.size(), Sha256{}.add(**frame).digest()};
    if (place_.size - store_.committed().size < leaves_a_commit) continue;
    if (auto kept = store_.commit(place_, std::nullopt); !kept) return kept;
  }
  return {};
}

void Tree::committed(engine::Seq first, std::span<Leaf const> leaves, Digest const& frame) {
  std::scoped_lock const held{mutex_};
  durable_ = first.number() + leaves.size() - 1;
  bool const has_room = waiting_.leaves.size() + leaves.size() <= leaves_waiting_max;
  bool const follows = waiting_.leaves.empty() || waiting_.first + waiting_.leaves.size() == first.number();
  if (!has_room || !follows) return;  // the tree's thread reads it from the journal
  if (waiting_.leaves.empty()) waiting_.first = first.number();
  waiting_.leaves.insert(waiting_.leaves.end(), leaves.begin(), leaves.end());
  waiting_.frame = frame;
}

engine::Result<void> Tree::grow(engine::Clock& clock) {
  Waiting taken;
  std::uint64_t durable = 0;
  {
    std::scoped_lock const held{mutex_};
    std::swap(taken, waiting_);
    durable = durable_;
  }
  if (!taken.leaves.empty()) {
    if (auto read = read_frames(taken.first - 1); !read) return read;
    CHECK(place_.size + 1 == taken.first);
    for (auto const& leaf : taken.leaves) store_.append(leaf);
    place_ = {store_.size(), taken.frame};
  }
  if (auto read = read_frames(durable); !read) return read;
  bool const has_grown = place_.size > (head_ ? head_->size : 0);
  return has_grown ? sign(clock.now()) : engine::Result<void>{};
}

engine::Result<void> Tree::sign(engine::Instant at) {
  auto const head = signer_.sign(place_.size, store_.root(), at);
  if (auto kept = store_.commit(place_, head); !kept) return kept;
  // From here on the head may be shown.
  std::scoped_lock const held{mutex_};
  head_ = head;
  return {};
}

// ---- The thread --------------------------------------------------------------------------------------------------

void Tree::start(engine::Clock& clock, std::function<void(engine::Failure const&)> on_failure) {
  CHECK(!thread_.joinable());
  thread_ = std::thread{[this, &clock, told = std::move(on_failure)] { run(clock, told); }};
}

void Tree::stop() {
  if (!thread_.joinable()) return;
  {
    std::scoped_lock const held{mutex_};
    is_stopping_ = true;
  }
  stopped_.notify_one();
  thread_.join();
}

void Tree::run(engine::Clock& clock, std::function<void(engine::Failure const&)> const& on_failure) {
  auto is_last = false;
  while (!is_last) {
    {
      std::unique_lock held{mutex_};
      is_last = stopped_.wait_for(held, options_.interval, [this] { return is_stopping_; });
    }
    if (auto grown = grow(clock); !grown) return on_failure(grown.error());
    frames_->let_go_of_trimmed();
  }
}

// ---- Asked by anyone ---------------------------------------------------------------------------------------------

std::optional<TreeHead> Tree::head() const {
  std::scoped_lock const held{mutex_};
  return head_;
}

engine::Result<std::optional<TreeHead>> Tree::head_from(std::uint64_t size) const {
  return store_.head_from(size);
}

engine::Result<std::optional<Digest>> Tree::leaf(engine::Seq seq) const {
  if (!seq.is_given()) return std::nullopt;
  return store_.leaf(seq.number() - 1);
}

engine::Result<engine::Path> Tree::inclusion(engine::Seq seq, std::uint64_t size) const {
  return store_.inclusion(seq.number() - 1, size);
}

engine::Result<engine::Path> Tree::consistency(std::uint64_t from, std::uint64_t to) const {
  return store_.consistency(from, to);
}

engine::Result<std::optional<engine::LogEntry>> Tree::entry(engine::Seq seq) const {
  if (!seq.is_given()) return std::nullopt;
  auto const frame = frames_->frame_of(seq);
  if (!frame && frames_->is_trimmed(seq)) return std::nullopt;
  if (!frame) return std::unexpected(frame.error());
  if (!*frame) return std::nullopt;
  auto const header = decode_header(**frame);
  if (!header) return std::unexpected(header.error());
  auto const parts = record_in(*header, **frame, seq);
  if (!parts) return std::unexpected(parts.error());

  engine::LogEntry entry;
  entry.public_bytes = parts->shown;
  entry.blinding = parts->blinding.value_or(salts_.blinding_of(seq));
  if (!parts->blinding) entry.salt = salts_.salt_of(seq);
  auto const secret = open_secret(*parts);
  if (!secret) return std::unexpected(secret.error());
  if (*secret && parts->blinding) {
    entry.salt = (*secret)->salt;
    entry.private_bytes = (*secret)->text;
  }
  auto command = engine::decode_command(parts->open, *secret ? (*secret)->text : std::string{});
  if (!command) return failed("record " + std::to_string(seq.number()) + ": cannot be told without its private part");
  entry.command = {parts->seq, parts->parent, parts->at, parts->owner, {}, std::move(*command)};
  return entry;
}

// Nothing: there is none, or its key is gone.
engine::Result<std::optional<Secret>> Tree::open_secret(RecordParts const& parts) const {
  if (!parts.owner) return std::nullopt;
  auto opened = keys_.open_beside(*parts.owner, parts.seq, parts.sealed);
  if (!opened) return std::unexpected(opened.error());
  if (!*opened) return std::nullopt;
  auto secret = secret_of(parts, std::move(**opened));
  if (!secret) return std::unexpected(secret.error());
  return std::move(*secret);
}

}  // namespace persistence
