// See the header. Boost.JSON ends here.
#include "tools/ebb/kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "engine/bytes.h"
#include "engine/codec.h"
#include "modules/text.h"
#include "persistence/failure.h"
#include "persistence/files.h"
#include "tools/ebb/signatures.h"

namespace ebb {
namespace {

namespace json = boost::json;
using persistence::Digest;
using persistence::failed;
using persistence::TreeHead;

// Members of one object. Like ByteReader it fails once and for good, and says which member it was.
class Members {
 public:
  Members(json::object const& object, std::string place, std::string& wrong)
      : object_(object), place_(std::move(place)), wrong_(wrong) {}

  json::value const* find(std::string_view name) const { return object_.if_contains(name); }
  std::optional<Members> object(std::string_view name) {
    auto const* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (auto const* inner = value->if_object()) return Members{*inner, place_ + std::string{name} + ".", wrong_};
    return fail(name), std::nullopt;
  }
  Members must(std::string_view name) {
    if (auto inner = object(name)) return *inner;
    fail(name);
    static json::object const nothing;
    return {nothing, place_ + std::string{name} + ".", wrong_};
  }
  std::string text(std::string_view name) {
    auto const* value = find(name);
    if (value != nullptr && value->is_string()) return std::string{value->get_string()};
    return fail(name), std::string{};
  }
  std::uint64_t number(std::string_view name) {
    auto const* value = find(name);
    if (value != nullptr && value->is_int64() && value->get_int64() >= 0) {
      return static_cast<std::uint64_t>(value->get_int64());
    }
    return fail(name), 0;
  }
  template <std::size_t Size>
  std::array<char, Size> bytes(std::string_view name) {
    std::array<char, Size> all{};
    auto const read = persistence::bytes_of_hex(text(name), Size);
    if (!read) return fail(name), all;
    std::ranges::copy(*read, all.begin());
    return all;
  }
  std::string bytes_of_any_length(std::string_view name) {
    auto const written = text(name);
    auto read = persistence::bytes_of_hex(written, written.size() / 2);
    if (!read) return fail(name), std::string{};
    return *read;
  }
  engine::Instant instant(std::string_view name) {
    auto const at = persistence::instant_of(text(name));
    if (!at) fail(name);
    return at.value_or(engine::Instant{});
  }
  persistence::merkle::Path path(std::string_view name) {
    persistence::merkle::Path steps;
    auto const* value = find(name);
    if (value == nullptr || !value->is_array()) return fail(name), steps;
    for (auto const& step : value->get_array()) {
      auto const read = step.is_string() ? persistence::bytes_of_hex(step.get_string(), 32) : std::nullopt;
      if (!read) return fail(name), steps;
      std::ranges::copy(*read, steps.emplace_back().begin());
    }
    return steps;
  }
  TreeHead head() {
    TreeHead head;
    head.size = number("size");
    head.root = bytes<32>("root");
    head.at = instant("at");
    head.signature = bytes<64>("signature");
    return head;
  }
  void fail(std::string_view name) {
    if (wrong_.empty()) wrong_ = place_ + std::string{name};
  }

 private:
  json::object const& object_;
  std::string place_;
  std::string& wrong_;
};

persistence::LeafParts parts_in(Members entry) {
  persistence::LeafParts parts;
  parts.shown = entry.bytes_of_any_length("public");
  parts.blinding = entry.bytes<32>("blinding");
  if (entry.find("salt") == nullptr) return parts;
  parts.salt = entry.bytes<32>("salt");
  if (entry.find("private") != nullptr) parts.private_part = entry.bytes_of_any_length("private");
  return parts;
}

// The record's beginning, as FORMAT.md gives it.
struct Shown {
  engine::Seq seq;
  engine::Instant at;
  std::string_view open;
};
std::optional<Shown> shown_in(std::string_view bytes) {
  engine::ByteReader reader{bytes};
  Shown shown{};
  shown.seq = reader.get<engine::Seq>();
  reader.get<engine::Seq>();  // of the command that caused it
  shown.at = reader.get_instant();
  reader.get<std::uint8_t>();  // flags
  shown.open = reader.get_text();
  return reader.ok() ? std::optional{shown} : std::nullopt;
}

std::string differs(std::string_view what, std::string_view in_receipt, std::string_view in_log) {
  return fmt::format("the receipt says {} {}; the log has {}", what, in_receipt, in_log);
}

std::optional<std::string> compare_bid(KeptReceipt const& receipt, engine::PlaceBid const& bid) {
  std::string key{bid.key.text.data(), bid.key.text.size()};
  key.resize(key.find_last_not_of('\0') + 1);
  if (auto const lot = modules::lot_text(bid.lot); lot != receipt.lot) return differs("lot", receipt.lot, lot);
  if (key != receipt.bid_key) return differs("key", receipt.bid_key, key);
  auto const price = modules::money_text(bid.price);
  if (receipt.price && price != *receipt.price) return differs("price", *receipt.price, price);
  return std::nullopt;
}

// What the message said against what the log has under its leaf.
std::optional<std::string> compare_words(KeptReceipt const& receipt) {
  auto const shown = shown_in(receipt.entry->shown);
  if (!shown) return "the entry is not a record of a log";
  if (shown->seq != receipt.seq) {
    return differs("seq", std::to_string(receipt.seq.number()), std::to_string(shown->seq.number()));
  }
  if (shown->at != receipt.at)
    return differs("time", persistence::text_of(receipt.at), persistence::text_of(shown->at));
  auto const& secret = receipt.entry->private_part;
  auto const command = engine::decode_command(shown->open, secret);
  if (!command) return std::nullopt;  // its private part is not in the file: nothing more to compare
  if (auto const* bid = std::get_if<engine::PlaceBid>(&*command)) return compare_bid(receipt, *bid);
  if (auto const* bid = std::get_if<engine::PlaceSurrogateBid>(&*command)) return compare_bid(receipt, bid->bid);
  if (auto const* bid = std::get_if<engine::PlaceSignedBid>(&*command)) return compare_bid(receipt, bid->bid);
  return std::nullopt;
}

KeptReceipt::SigningKey signing_key_in(Members shown) {
  KeptReceipt::SigningKey key;
  auto const id = modules::read_id<engine::SigningKeyId>(shown.text("id"));
  if (!id) shown.fail("id");
  key.id = id.value_or(engine::SigningKeyId{});
  auto const algorithm = shown.text("algorithm");
  if (algorithm == "SM2") {
    key.algorithm = gateway::SigningAlgorithm::Sm2;
  } else if (algorithm != "ECDSA_P256") {
    shown.fail("algorithm");
  }
  if (shown.find("public_key") != nullptr) key.public_key = shown.bytes_of_any_length("public_key");
  return key;
}

std::optional<engine::PlaceSignedBid> signed_bid_in(KeptReceipt const& receipt) {
  auto const shown = receipt.entry ? shown_in(receipt.entry->shown) : std::nullopt;
  if (!shown) return std::nullopt;
  auto const command = engine::decode_command(shown->open, receipt.entry->private_part);
  auto const* bid = command ? std::get_if<engine::PlaceSignedBid>(&*command) : nullptr;
  return bid == nullptr ? std::nullopt : std::optional{*bid};
}

// Which key it was, the supplier can tell by its fingerprint; that it was registered then, only the log.
std::string signature_told(KeptReceipt const& receipt, engine::PlaceSignedBid const& signed_bid,
                           persistence::PublicKey const& log_key) {
  auto const& [bid, signature] = signed_bid;
  auto text =
      fmt::format("it is signed with key {} in the name of org {}", signature.key.number(), bid.bidder.number());
  auto const& key = receipt.signing_key;
  if (!key || key->id != signature.key || key->public_key.empty()) {
    return text + "; the key is not in the file, so whether the signature holds was not checked\n";
  }
  auto const read = gateway::VerifyingKey::read(key->algorithm, key->public_key);
  auto const holds = read && read->holds(gateway::signed_text(house_of(log_key), bid), signature);
  return text + fmt::format(", and the signature {} by the key of fingerprint {}\n", holds ? "holds" : "does not hold",
                            persistence::hex(persistence::view(persistence::Hasher{}.of({key->public_key}))));
}

}  // namespace

engine::Result<std::vector<persistence::PublishedHead>> read_heads(std::filesystem::path const& file) {
  auto const text = persistence::read_file(file);
  if (!text) return std::unexpected(text.error());
  std::vector<persistence::PublishedHead> heads;
  std::string_view rest{*text};
  for (std::size_t line = 1; !rest.empty(); ++line) {
    auto const end = rest.find('\n');
    // A crash of who writes the file may have cut the last line off.
    if (end == std::string_view::npos) break;
    auto const head = persistence::head_of_line(rest.substr(0, end));
    if (!head) return failed(fmt::format("{}:{}: not a published head", file.string(), line));
    heads.push_back(*head);
    rest.remove_prefix(end + 1);
  }
  return heads;
}

engine::Result<KeptReceipt> read_receipt(std::filesystem::path const& file) {
  auto const text = persistence::read_file(file);
  if (!text) return std::unexpected(text.error());
  boost::system::error_code error;
  auto const document = json::parse(*text, error);
  if (error || !document.is_object()) return failed(file.string() + ": not a JSON object");
  std::string wrong;
  Members all{document.get_object(), "", wrong};
  if (all.text("format") != "ebb.receipt.v1") return failed(file.string() + ": its format is not ebb.receipt.v1");

  KeptReceipt kept;
  auto receipt = all.must("receipt");
  kept.seq = engine::Seq{receipt.number("seq")};
  kept.at = receipt.instant("at");
  kept.leaf = receipt.bytes<32>("leaf");
  kept.lot = receipt.text("lot");
  kept.bid_key = receipt.text("key");
  if (receipt.find("price") != nullptr) kept.price = receipt.text("price");
  kept.log_key = all.bytes<32>("key");
  auto inclusion = all.must("inclusion");
  kept.inclusion = {engine::Seq{inclusion.number("seq")}, inclusion.bytes<32>("leaf"), all.must("head").head(),
                    inclusion.path("path")};
  if (auto entry = all.object("entry")) kept.entry = parts_in(*entry);
  if (auto seen = all.object("seen")) {
    kept.grown = {seen->head(), kept.inclusion.head, all.must("consistency").path("path")};
  }
  if (auto shown = all.object("signing_key")) kept.signing_key = signing_key_in(*shown);
  if (!wrong.empty()) return failed(file.string() + ": " + wrong + ": missing, or not of its form");
  return kept;
}

std::optional<std::string> what_is_wrong(KeptReceipt const& receipt,
                                         std::optional<persistence::PublicKey> const& known) {
  auto const key = known.value_or(receipt.log_key);
  if (key != receipt.log_key) {
    return fmt::format("the file names the key {}; the log is known by {}",
                       persistence::hex({receipt.log_key.data(), receipt.log_key.size()}),
                       persistence::hex({key.data(), key.size()}));
  }
  if (receipt.inclusion.seq != receipt.seq || receipt.inclusion.leaf != receipt.leaf) {
    return "the inclusion proof is of another command than the receipt";
  }
  if (receipt.entry) {
    if (auto wrong = persistence::what_is_wrong(*receipt.entry, receipt.leaf)) return wrong;
    if (auto wrong = compare_words(receipt)) return wrong;
  }
  if (auto wrong = persistence::what_is_wrong(receipt.inclusion, key)) return wrong;
  return receipt.grown ? persistence::what_is_wrong(*receipt.grown, key) : std::nullopt;
}

std::string told(KeptReceipt const& receipt, std::optional<persistence::PublicKey> const& known) {
  auto const& head = receipt.inclusion.head;
  auto text = fmt::format("seq {} of lot {} is in the log of {} entries signed at {}\n", receipt.seq.number(),
                          receipt.lot, head.size, persistence::text_of(head.at));
  if (receipt.entry) {
    text += receipt.entry->salt ? "its leaf is made of what the receipt says\n"
                                : "its leaf is made of what the receipt says; its private part is not in the file\n";
  }
  if (auto const signed_bid = signed_bid_in(receipt)) {
    text += signature_told(receipt, *signed_bid, known.value_or(receipt.log_key));
  }
  if (receipt.grown) {
    text += fmt::format("it continues the log of {} entries signed at {}\n", receipt.grown->seen.size,
                        persistence::text_of(receipt.grown->seen.at));
  }
  if (!known) {
    text += fmt::format("the key {} came with the file: compare it with the one you know, or give it with --key\n",
                        persistence::hex({receipt.log_key.data(), receipt.log_key.size()}));
  }
  return text;
}

void add_to(persistence::Kept& kept, KeptReceipt const& receipt) {
  kept.receipts.push_back({receipt.seq, receipt.leaf});
  kept.heads.push_back({receipt.inclusion.head, receipt.log_key});
  if (receipt.grown) kept.heads.push_back({receipt.grown->seen, receipt.log_key});
}

}  // namespace ebb
