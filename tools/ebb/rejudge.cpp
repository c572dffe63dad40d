// See the header.
#include "tools/ebb/rejudge.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "modules/accounts/commands.h"
#include "modules/text.h"
#include "persistence/key_store.h"
#include "persistence/tables.h"
#include "persistence/trimmed.h"
#include "persistence/verify.h"
#include "tools/ebb/redecide.h"
#include "tools/ebb/replay.h"
#include "tools/ebb/signatures.h"
#include "tools/ebb/temporary_place.h"

namespace ebb {
namespace {

namespace accounts = modules::accounts;
using engine::BidSigned;
using engine::Result;
using gateway::SignatureVerdict;

// What each signature is worth, against what was noted of it.
class Comparison {
 public:
  // Nothing: it cannot be told from what was seen.
  using Judge = std::function<std::optional<SignatureVerdict>(BidSigned const& bid)>;
  Comparison(Judge judge, engine::Seq asked) : judge_(std::move(judge)), asked_(asked) {}

  void hear(engine::Sequenced const& command, std::span<engine::Event const> events) {
    bool is_refused = false;
    for (auto const& event : events) {
      if (auto const* bid = std::get_if<BidSigned>(&event)) take(*bid);
      is_refused = is_refused || std::holds_alternative<engine::LotCommandRefused>(event);
    }
    auto const* note = std::get_if<engine::NoteSignatures>(&command.command);
    if (note != nullptr && !is_refused) compare(command.seq, *note);
  }

  Rejudged finish() {
    for (auto const& [lot, bids] : waiting_) found_.waiting += bids.size();
    return std::move(found_);
  }

 private:
  struct Judged {
    engine::Seq seq;
    SignatureVerdict verdict;
  };

  void take(BidSigned const& bid) {
    auto const verdict = judge_(bid);
    if (bid.seq == asked_) {
      found_.asked = fmt::format("bid {} is signed with key {} in the name of org {}: {}", bid.seq.number(),
                                 bid.signature.key.number(), bid.bid.bidder.number(),
                                 verdict ? gateway::words_of(*verdict) : "where that was registered was not seen");
    }
    if (verdict) {
      waiting_[bid.bid.lot].push_back({bid.seq, *verdict});
    } else {
      ++found_.unjudged;
    }
  }

  void compare(engine::Seq seq, engine::NoteSignatures const& note) {
    auto& bids = waiting_[note.lot];
    for (; !bids.empty() && bids.front().seq <= note.through; bids.pop_front()) {
      auto const& bid = bids.front();
      auto const holds = bid.verdict == SignatureVerdict::Holds;
      auto const is_noted_to_hold = std::ranges::find(note.invalid, bid.seq) == note.invalid.end();
      if (holds == is_noted_to_hold) {
        ++(holds ? found_.holding : found_.invalid);
        continue;
      }
      ++found_.otherwise;
      if (found_.damage) continue;
      found_.damage = fmt::format("seq {}: the signature of bid {} of lot {} was noted {}: {}", seq.number(),
                                  bid.seq.number(), modules::lot_text(note.lot),
                                  is_noted_to_hold ? "to hold" : "not to hold", gateway::words_of(bid.verdict));
    }
  }

  Judge const judge_;
  engine::Seq const asked_;
  std::map<engine::LotId, std::deque<Judged>> waiting_;  // by lot, in the order of their places
  Rejudged found_;
};

// From the first command on, by the registry that comes out of it.
class FromTheFirst final : public engine::Outlet {
 public:
  FromTheFirst(std::string const& house, engine::Seq asked, std::unique_ptr<persistence::Tables> tables,
               persistence::KeyStore const& keys)
      : redeciding_(std::move(tables), keys, *this),
        comparison_(
            [&house, this](BidSigned const& bid) {
              return gateway::judge(house, bid, registered_key(bid.signature.key, redeciding_.opened()));
            },
            asked) {}

  void see(persistence::FrameHeader const& header, engine::Sequenced const& command) {
    if (failure_) return;
    frame_.push_back(command);
    if (command.seq != header.last()) return;
    if (auto decided = redeciding_.frame(header, frame_); !decided) failure_ = decided.error();
    frame_.clear();
  }

  // Called by the loop with one frame, whose commands are in frame_.
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    std::span const events{turn->events};
    for (auto const& decided : turn->decided) {
      comparison_.hear(frame_[decided.seq.number() - frame_.front().seq.number()],
                       events.subspan(decided.first_event, decided.last_event - decided.first_event));
    }
  }

  Result<Rejudged> finish() {
    if (failure_) return std::unexpected(*failure_);
    return comparison_.finish();
  }

 private:
  Redeciding redeciding_;
  Comparison comparison_;
  std::vector<engine::Sequenced> frame_;
  std::optional<engine::Failure> failure_;
};

Result<Rejudged> rejudge_all(std::filesystem::path const& directory, std::string const& house, engine::Seq asked,
                             std::filesystem::path const& archive) {
  TemporaryPlace const place;
  auto tables = persistence::Tables::open(place.path());
  if (!tables) return std::unexpected(tables.error());
  auto const keys = persistence::KeyStore::open(directory / "keys", persistence::Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  FromTheFirst judging{house, asked, std::move(*tables), *keys};
  auto const visited = persistence::visit_commands(
      directory, [&](auto const& frame, auto const& command) { judging.see(frame, command); }, {{}, archive});
  if (!visited) return std::unexpected(visited.error());
  return judging.finish();
}

// Rows of tables that the commands which were seen bear out.
class KeysSeen {
 public:
  explicit KeysSeen(engine::TableReader const& tables) : tables_(tables) {}

  void hear(engine::Sequenced const& command) {
    auto const* act = std::get_if<engine::ModuleCommand>(&command.command);
    if (act == nullptr || act->module != accounts::module_number) return;
    auto const verb = static_cast<accounts::Verb>(act->verb);
    if (verb == accounts::Verb::AddSigningKey) {
      added_[command.seq] = modules::unpacked<accounts::AddSigningKey>(act->body);
    } else if (verb == accounts::Verb::RevokeSigningKey) {
      revoked_[command.seq] = modules::unpacked<accounts::RevokeSigningKey>(act->body).key;
    }
  }
  // Nothing: not as of that bid.
  std::optional<gateway::RegisteredKey> of(BidSigned const& bid) const {
    auto key = registered_key(bid.signature.key, tables_);
    if (!key) return std::nullopt;
    auto const added = added_.find(key->added);
    bool const is_seen = added != added_.end() && added->second.org == key->org &&
                         added->second.public_key == key->public_key &&
                         static_cast<int>(added->second.algorithm) == static_cast<int>(key->algorithm);
    if (!is_seen) return std::nullopt;
    if (!key->revoked.is_given() || key->revoked > bid.seq) return key;
    auto const revoked = revoked_.find(key->revoked);
    bool const is_revocation_seen = revoked != revoked_.end() && revoked->second == bid.signature.key;
    return is_revocation_seen ? key : std::nullopt;
  }

 private:
  engine::TableReader const& tables_;
  std::map<engine::Seq, accounts::AddSigningKey> added_;
  std::map<engine::Seq, engine::SigningKeyId> revoked_;
};

Result<Rejudged> rejudge_what_is_left(std::filesystem::path const& directory, std::string const& house,
                                      engine::Seq asked) {
  auto const tables = persistence::Tables::open(directory / "tables", {.access = persistence::Access::ReadOnly});
  if (!tables) return std::unexpected(tables.error());
  KeysSeen keys{**tables};
  Comparison comparison{[&](BidSigned const& bid) -> std::optional<SignatureVerdict> {
                          auto const key = keys.of(bid);
                          return key ? std::optional{gateway::judge(house, bid, key)} : std::nullopt;
                        },
                        asked};
  auto const seen = replay(
      directory, [](std::string_view) {},
      [&](auto const& command, auto const& events, auto const&) {
        keys.hear(command);
        comparison.hear(command, events);
      });
  if (!seen) return std::unexpected(seen.error());
  return comparison.finish();
}

}  // namespace

Result<Rejudged> rejudge(std::filesystem::path const& directory, std::string const& house, engine::Seq asked,
                         std::filesystem::path const& archive) {
  auto const trimmed = persistence::read_trimmed(directory / "journal");
  if (!trimmed) return std::unexpected(trimmed.error());
  if (trimmed->segments > 0 && archive.empty()) return rejudge_what_is_left(directory, house, asked);
  return rejudge_all(directory, house, asked, archive);
}

}  // namespace ebb
