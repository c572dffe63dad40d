// See the header.
#include "tools/ebb/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "persistence/directory_lock.h"
#include "persistence/failure.h"
#include "persistence/snapshot_choice.h"
#include "persistence/verify.h"
#include "tools/ebb/kept.h"
#include "tools/ebb/rejudge.h"
#include "tools/ebb/replay.h"
#include "tools/ebb/signatures.h"

namespace ebb {
namespace {

using persistence::failed;
using persistence::PublicKey;
using persistence::Verified;

engine::Result<std::optional<PublicKey>> key_of(std::string const& text) {
  if (text.empty()) return std::nullopt;
  auto const bytes = persistence::bytes_of_hex(text, sizeof(PublicKey));
  if (!bytes) return failed("--key: expected 64 hexadecimal digits, found \"" + text + "\"");
  PublicKey key{};
  std::ranges::copy(*bytes, key.begin());
  return key;
}

std::string journal_text(Verified const& found) {
  auto text = fmt::format("{} frames, {} commands, seq {} to {}, {} sealed segments", found.frames, found.commands,
                          found.first.number(), found.last.number(), found.sealed_segments);
  if (found.archived_segments > 0) text += fmt::format(", {} more in the archive", found.archived_segments);
  text += fmt::format("\nhead {}\n", persistence::hex(persistence::view(found.head)));
  if (found.unseen_until.is_given()) {
    text += fmt::format("not seen: {}; with --archive they are read where they lie\n", found.unseen_where);
  }
  return text;
}

std::string log_text(persistence::VerifiedLog const& log) {
  auto text = fmt::format("transparency log: {} leaves computed again, {} signed heads", log.leaves, log.heads);
  if (log.newest) {
    text += fmt::format(", the newest of size {} at {}", log.newest->size, persistence::text_of(log.newest->at));
  }
  if (log.leaves_unseen > 0) {
    text += fmt::format("\n{} leaves of what was trimmed taken as the log has them, under the same heads",
                        log.leaves_unseen);
  }
  text += log.key ? fmt::format("\nkey {}\n", persistence::hex({log.key->data(), log.key->size()}))
                  : std::string{"\nno key of its own here: signatures of its heads were not checked\n"};
  if (log.kept_heads > 0) text += fmt::format("{} heads that others kept are its own\n", log.kept_heads);
  if (log.kept_receipts > 0) text += fmt::format("{} receipts that others kept are in it\n", log.kept_receipts);
  return text;
}

// Each snapshot's hall against the one that the journal gives. One that a start would not take harms nobody.
class SnapshotsHeld {
 public:
  explicit SnapshotsHeld(std::vector<persistence::SnapshotSeen> seen) : seen_(std::move(seen)) {}

  void see(engine::Seq seq, engine::Hall const& hall) {
    for (auto const& one : seen_) {
      if (one.seq != seq || !one.about) continue;
      auto const derived = hall.digest();
      text_ += fmt::format("snapshot of seq {}: its hall is {}\n", seq.number(),
                           derived == one.about->state ? "what the journal gives" : "another");
      if (derived == one.about->state || damage_) continue;
      damage_ = fmt::format("snapshot of seq {}: its hall has the digest {:016x}, and the journal gives {:016x}",
                            seq.number(), one.about->state, derived);
    }
  }
  void tell(VerifyTold& told) const {
    told.text += text_;
    for (auto const& one : seen_) {
      if (one.about) continue;
      told.text += fmt::format("snapshot of seq {}: a start does not use it: {}\n", one.seq.number(), one.why_not);
    }
    if (!told.damage) told.damage = damage_;
  }

 private:
  std::vector<persistence::SnapshotSeen> const seen_;
  std::string text_;
  std::optional<std::string> damage_;
};

engine::Result<std::vector<persistence::SnapshotSeen>> snapshots_of(std::filesystem::path const& directory) {
  auto const lock = persistence::DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  return persistence::look_at_snapshots(directory);
}

std::string signatures_text(Rejudged const& found) {
  auto text =
      fmt::format("signatures: {} of bids judged again: {} hold, {} do not, as was noted",
                  found.holding + found.invalid + found.otherwise + found.waiting, found.holding, found.invalid);
  if (found.otherwise > 0) text += fmt::format("; {} were noted otherwise", found.otherwise);
  if (found.waiting > 0) text += fmt::format("; {} are not noted", found.waiting);
  text += "\n";
  if (found.unjudged > 0) {
    text += fmt::format(
        "signatures: {} of bids not judged: their keys were registered in what was not seen; with --archive they are\n",
        found.unjudged);
  }
  if (!found.asked.empty()) text += found.asked + "\n";
  return text;
}

// `key`: of the log, which names the house in what is signed. `asked`: a bid of which is told by itself.
engine::Result<void> judge_signatures(VerifyCall const& call, std::optional<PublicKey> const& key, engine::Seq asked,
                                      VerifyTold& told) {
  if (!key) {
    told.text += "signatures: those of bids were not judged: the key of the log is not here; give it with --key\n";
    return {};
  }
  auto const found = rejudge(call.directory, house_of(*key), asked, call.archive);
  if (!found) return std::unexpected(found.error());
  told.text += signatures_text(*found);
  if (!told.damage) told.damage = found->damage;
  return {};
}

std::uint64_t signed_bids_in(engine::Events const& events) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      events, [](engine::Event const& event) { return std::holds_alternative<engine::BidSigned>(event); }));
}

// The data directory, with what others kept. `asked`: the bid of a receipt that was kept, or nothing.
engine::Result<VerifyTold> verify_directory(VerifyCall const& call, persistence::Kept kept, engine::Seq asked) {
  auto const& directory = call.directory;
  auto const known_key = kept.key;
  bool const is_asked_for_kept = !kept.heads.empty() || !kept.receipts.empty();
  auto const found = persistence::verify(directory, std::move(kept), call.archive);
  if (!found) return std::unexpected(found.error());
  VerifyTold told{journal_text(*found), found->damage};
  if (found->log) told.text += log_text(*found->log);
  if (told.damage) return told;
  told.text += found->unseen_until.is_given()
                   ? "whole as far as it was seen: checksum of every frame, chain, manifest and anchor\n"
                   : "whole: checksum of every frame, chain, manifest and anchor\n";
  if (!found->log) {
    told.text += "without keys/ neither the transparency log nor the decisions can be checked\n";
    if (is_asked_for_kept) told.damage = "what others kept was not checked: there are no keys here";
    return told;
  }
  auto seen = snapshots_of(directory);
  if (!seen) return std::unexpected(seen.error());
  SnapshotsHeld snapshots{std::move(*seen)};
  std::uint64_t signed_bids = 0;
  auto const replayed = replay(
      directory, [](std::string_view) {},
      [&](auto const& command, auto const& events, auto const& hall) {
        snapshots.see(command.seq, hall);
        signed_bids += signed_bids_in(events);
      },
      call.archive);
  if (!replayed) {
    told.damage = "decided again: " + replayed.error().what;
    return told;
  }
  if (replayed->begun_with.is_given()) {
    told.text += fmt::format("begun with the snapshot of seq {}: what lies before it was not decided again\n",
                             replayed->begun_with.number());
  }
  told.text +=
      fmt::format("decided again: {} events from {} commands, as before\n", replayed->events, replayed->commands);
  if (replayed->erased > 0) {
    told.text += fmt::format("{} private parts were erased with the people they named; their leaves are as they were\n",
                             replayed->erased);
  }
  snapshots.tell(told);
  if (signed_bids == 0) return told;
  auto const judged = judge_signatures(call, found->log->key ? found->log->key : known_key, asked, told);
  if (!judged && !told.damage) told.damage = "signatures: " + judged.error().what;
  return told;
}

}  // namespace

engine::Result<VerifyTold> verify(VerifyCall const& call) {
  persistence::Kept kept;
  auto const key = key_of(call.key);
  if (!key) return std::unexpected(key.error());
  kept.key = *key;
  if (!call.heads.empty()) {
    auto heads = read_heads(call.heads);
    if (!heads) return std::unexpected(heads.error());
    kept.heads = std::move(*heads);
  }
  VerifyTold told;
  engine::Seq asked;
  if (!call.receipt.empty()) {
    auto const receipt = read_receipt(call.receipt);
    if (!receipt) return std::unexpected(receipt.error());
    told.damage = what_is_wrong(*receipt, kept.key);
    if (told.damage) return told;
    told.text = ebb::told(*receipt, kept.key);
    add_to(kept, *receipt);
    asked = receipt->seq;
  }
  if (call.directory.empty()) {
    // Nothing but files: published heads must carry good signatures and one key, and one root for one size.
    if (auto const agreed = persistence::what_disagrees(kept.heads, kept.key)) told.damage = *agreed;
    if (!told.damage && !call.heads.empty()) {
      told.text +=
          fmt::format("{} heads are signed with one key and do not contradict each other\n", kept.heads.size());
    }
    return told;
  }
  auto whole = verify_directory(call, std::move(kept), asked);
  if (whole) whole->text = told.text + whole->text;
  return whole;
}

}  // namespace ebb
