// A client that kept one receipt and one signed head catches a server that rewrites, drops, reorders or forks history,
// though the server has the keys and signs whatever it likes. In each story the lie holds together in itself: a
// newcomer who kept nothing sees nothing wrong.
#include "persistence/proof_check.h"

#include <gtest/gtest.h>

#include "tests/unit/persistence/logged_disk.h"

namespace tests {
namespace {

using persistence::Digest;
using persistence::PublicKey;
using persistence::TreeHead;
using testing::HasSubstr;
namespace merkle = persistence::merkle;

using History = std::vector<engine::Sequenced>;

History honest_history() {
  return {tick(1), bid(2, 98'000'00), bid(3, 97'500'00), bid(4, 97'000'00), tick(5), bid(6, 96'500'00), tick(7)};
}
// The same commands one behind the other, numbered anew.
History numbered_anew(History history) {
  for (std::size_t at = 0; at < history.size(); ++at) history[at].seq = engine::Seq{at + 1};
  return history;
}

// A server that has lived through one history. Each command is a frame.
class Server {
 public:
  // With the keys of another one: whoever has taken over a server has them.
  explicit Server(History const& history, Server const* keys_of = nullptr) : log_(directory_.path()) {
    if (keys_of != nullptr) {
      std::filesystem::create_directory(directory_ / "keys");
      for (std::string_view const name : {std::string_view{"data.mdb"}, persistence::head_key_name}) {
        std::filesystem::copy(keys_of->directory_ / "keys" / name, directory_ / "keys" / name);
      }
    }
    log_.start();
    live(history);
  }
  void live(History const& history) {
    for (auto const& command : history) {
      log_.commit({command});
      leaves_.push_back(log_.disk.journal().leaves().front());
    }
    log_.head_of(leaves_.size());
  }
  engine::TransparencyLog const& log() const { return *log_.tree; }
  Digest const& leaf(std::uint64_t seq) const { return leaves_.at(seq - 1); }

 private:
  Directory directory_;
  LoggedDisk log_;
  std::vector<Digest> leaves_;
};

// What a supplier's browser keeps: the key, its receipt and the newest head it has seen.
class Client {
 public:
  Client(Server const& server, std::uint64_t seq)
      : key_(server.log().key()), seq_(seq), leaf_(server.leaf(seq)), seen_(server.log().head().value()) {}

  // Everything that does not fit, in words; empty: all is well.
  std::string ask(Server const& server) const {
    auto const head = server.log().head().value();
    persistence::ConsistencyProof grown{seen_, head, {}};
    if (head.size >= seen_.size) grown.path = good(server.log().consistency(seen_.size, head.size));
    return what_is_wrong(grown, key_).value_or("") + what_is_wrong(inclusion(server, leaf_), key_).value_or("");
  }
  // As somebody would who has only the receipt that this server itself has given for the same seq.
  std::string ask_as_a_newcomer(Server const& server) const {
    return what_is_wrong(inclusion(server, server.leaf(seq_)), server.log().key()).value_or("");
  }

 private:
  persistence::InclusionProof inclusion(Server const& server, Digest const& leaf) const {
    auto const head = server.log().head().value();
    if (head.size < seq_) return {engine::Seq{seq_}, leaf, head, {}};
    return {engine::Seq{seq_}, leaf, head, good(server.log().inclusion(engine::Seq{seq_}, head.size))};
  }

  PublicKey key_;
  std::uint64_t seq_;
  Digest leaf_;
  TreeHead seen_;
};

TEST(ProofCheckTest, an_honest_server_passes_however_long_it_lives) {
  Server server{honest_history()};
  Client const client{server, 3};
  EXPECT_EQ(client.ask(server), "");
  server.live({bid(8, 96'000'00)});
  EXPECT_EQ(client.ask(server), "");
  server.live(ticks(9, 300));
  EXPECT_EQ(client.ask(server), "");
}

TEST(ProofCheckTest, a_server_with_another_history_but_the_same_words_passes) {
  // The leaf depends on nothing but the log's keys and what was said, so an honest rebuild is no forgery.
  Server const server{honest_history()};
  Client const client{server, 3};
  Server const rebuilt{honest_history(), &server};
  EXPECT_EQ(client.ask(rebuilt), "");
}

TEST(ProofCheckTest, a_rewritten_price_is_caught) {
  Server const server{honest_history()};
  Client const client{server, 3};
  auto rewritten = honest_history();
  rewritten[2] = bid(3, 99'999'00);
  Server const liar{rewritten, &server};
  EXPECT_THAT(client.ask(liar), HasSubstr("history was rewritten"));
  EXPECT_THAT(client.ask(liar), HasSubstr("leads to the root"));
  EXPECT_EQ(client.ask_as_a_newcomer(liar), "");
}

TEST(ProofCheckTest, a_rewritten_bid_of_somebody_else_is_caught_too) {
  Server const server{honest_history()};
  Client const client{server, 3};
  auto rewritten = honest_history();
  rewritten[5] = bid(6, 91'000'00);
  Server const liar{rewritten, &server};
  EXPECT_THAT(client.ask(liar), HasSubstr("history was rewritten"));
  EXPECT_EQ(client.ask_as_a_newcomer(liar), "");
}

TEST(ProofCheckTest, a_dropped_bid_is_caught_though_the_rest_closes_up) {
  Server const server{honest_history()};
  Client const client{server, 3};
  auto shorter = honest_history();
  shorter.erase(shorter.begin() + 2);
  shorter.push_back(tick(8));
  Server const liar{numbered_anew(shorter), &server};
  EXPECT_THAT(client.ask(liar), HasSubstr("history was rewritten"));
  EXPECT_THAT(client.ask(liar), HasSubstr("leads to the root"));
  EXPECT_EQ(client.ask_as_a_newcomer(liar), "");
}

TEST(ProofCheckTest, a_dropped_end_is_caught_at_once_and_after_it_was_covered_with_other_commands) {
  Server const server{honest_history()};
  Client const client{server, 3};
  auto shorter = honest_history();
  shorter.resize(5);
  Server liar{shorter, &server};
  EXPECT_THAT(client.ask(liar), HasSubstr("the log had 7 entries, and now shows 5: history was dropped"));
  liar.live(ticks(6, 10));
  EXPECT_THAT(client.ask(liar), HasSubstr("history was rewritten"));
  EXPECT_EQ(client.ask_as_a_newcomer(liar), "");
}

TEST(ProofCheckTest, exchanged_bids_are_caught) {
  Server const server{honest_history()};
  Client const client{server, 3};
  auto reordered = honest_history();
  std::swap(reordered[2], reordered[3]);
  Server const liar{numbered_anew(reordered), &server};
  EXPECT_THAT(client.ask(liar), HasSubstr("history was rewritten"));
  EXPECT_THAT(client.ask(liar), HasSubstr("leads to the root"));
  EXPECT_EQ(client.ask_as_a_newcomer(liar), "");
}

TEST(ProofCheckTest, a_fork_that_shows_each_client_a_branch_of_its_own_is_caught_when_branches_meet) {
  auto trunk = honest_history();
  trunk.resize(4);
  Server left{trunk};
  Server right{trunk, &left};
  left.live({bid(5, 95'000'00), tick(6)});
  right.live({tick(5), bid(6, 94'000'00)});
  Client const of_left{left, 5};
  Client const of_right{right, 6};
  EXPECT_EQ(of_left.ask(left), "");
  EXPECT_EQ(of_right.ask(right), "");
  EXPECT_THAT(of_left.ask(right), HasSubstr("history was rewritten"));
  EXPECT_THAT(of_right.ask(left), HasSubstr("history was rewritten"));
}

TEST(ProofCheckTest, a_server_that_changes_its_key_is_caught) {
  Server const server{honest_history()};
  Client const client{server, 3};
  Server const other{honest_history()};
  EXPECT_THAT(client.ask(other), HasSubstr("is not signed with the key"));
}

TEST(ProofCheckTest, a_receipt_behind_the_head_is_no_proof) {
  Server const server{honest_history()};
  auto const head = server.log().head().value();
  EXPECT_THAT(*what_is_wrong(persistence::InclusionProof{engine::Seq{8}, server.leaf(7), head, {}}, server.log().key()),
              HasSubstr("too small to hold seq 8"));
  EXPECT_THAT(*what_is_wrong(persistence::InclusionProof{engine::Seq{}, server.leaf(7), head, {}}, server.log().key()),
              HasSubstr("too small to hold seq 0"));
  EXPECT_THAT(*what_is_wrong(persistence::InclusionProof{engine::Seq{3}, server.leaf(3), head, {}}, server.log().key()),
              HasSubstr("no path"));
}

TEST(ProofCheckTest, published_heads_contradict_each_other_where_a_size_has_two_roots) {
  Server const server{honest_history()};
  auto rewritten = honest_history();
  rewritten[2] = bid(3, 99'999'00);
  Server const liar{rewritten, &server};
  auto const published = [](Server const& by) {
    return persistence::PublishedHead{by.log().head().value(), by.log().key()};
  };
  EXPECT_EQ(persistence::what_disagrees({published(server), published(server)}, std::nullopt), std::nullopt);
  EXPECT_THAT(*persistence::what_disagrees({published(server), published(liar)}, std::nullopt),
              HasSubstr("two histories"));
  EXPECT_THAT(*persistence::what_disagrees({published(server)}, PublicKey{}), HasSubstr("another one"));
  auto changed = published(server);
  changed.head.root = published(liar).head.root;
  EXPECT_THAT(*persistence::what_disagrees({changed}, std::nullopt), HasSubstr("is not signed with the key"));
}

// ---- Sealed quotes -----------------------------------------------------------------------------------------------

persistence::LeafParts parts_of(engine::LogEntry const& entry) {
  return {entry.public_bytes, entry.blinding, entry.salt, entry.private_bytes};
}

TEST(ProofCheckTest, a_sealed_quote_is_opened_against_its_leaf) {
  Server const server{{sealed_quote(1, 88'000'00), sealed_quote(2, 87'000'00)}};
  auto const entry = good(server.log().entry(engine::Seq{2})).value();
  EXPECT_EQ(what_is_wrong(parts_of(entry), server.leaf(2)), std::nullopt);
  EXPECT_THAT(*what_is_wrong(parts_of(entry), server.leaf(1)), HasSubstr("the receipt says"));
}

TEST(ProofCheckTest, a_quote_that_is_opened_as_another_price_is_caught) {
  Server const server{{sealed_quote(1, 88'000'00)}};
  auto const entry = good(server.log().entry(engine::Seq{1})).value();
  auto parts = parts_of(entry);
  parts.private_part = encode(sealed_quote(1, 80'000'00).command, engine::Privacy::Private).secret;
  EXPECT_THAT(*what_is_wrong(parts, server.leaf(1)), HasSubstr("salt and private part give the blinding"));
  // Not even with a blinding made to fit: the leaf was given away when the quote was taken.
  parts.blinding = persistence::blinding_of(*parts.salt, parts.private_part);
  EXPECT_THAT(*what_is_wrong(parts, server.leaf(1)), HasSubstr("the receipt says"));
}

}  // namespace
}  // namespace tests
