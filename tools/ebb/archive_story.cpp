// See the header.
#include "tools/ebb/archive_story.h"

#include "modules/inquiry/commands.h"
#include "persistence/backup_chain.h"
#include "persistence/backup_source.h"
#include "persistence/key_store.h"
#include "persistence/record.h"
#include "tools/ebb/narrate.h"

namespace ebb {
namespace {

using engine::InquiryId;
using engine::Result;
using persistence::RecordParts;

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

// Whom a command is addressed to: an inquiry, nobody (it only brings time, or is the house's own), or others.
struct Address {
  enum class To : std::uint8_t { Inquiry, Nobody, Others };
  To to = To::Others;
  InquiryId inquiry;
};

Address address_of(engine::ModuleCommand const& command) {
  using modules::inquiry::Verb;
  if (command.module != modules::inquiry::module_number) return {};
  switch (static_cast<Verb>(command.verb)) {
    case Verb::Create:  // the answer says which it made
    case Verb::SaveTemplate:
    case Verb::DropTemplate:
      return {};
    case Verb::Edit:
    case Verb::Publish:
    case Verb::Pause:
    case Verb::Resume:
    case Verb::Abort:
    case Verb::Relaunch:
      return {Address::To::Inquiry, engine::ByteReader{command.body}.get<InquiryId>()};
    default:
      return {Address::To::Inquiry, engine::inquiry_of(engine::ByteReader{command.body}.get<engine::LotId>())};
  }
}

Address address_of(engine::Command const& command) {
  return std::visit(Match{[](engine::ModuleCommand const& c) { return address_of(c); },
                          [](engine::PlaceSurrogateBid const& c) {
                            return Address{Address::To::Inquiry, engine::inquiry_of(c.bid.lot)};
                          },
                          [](auto const& c) {
                            if constexpr (requires { c.lot; }) {
                              return Address{Address::To::Inquiry, engine::inquiry_of(c.lot)};
                            } else {
                              return Address{Address::To::Nobody, {}};
                            }
                          }},
                    command);
}

// The one that a Create made.
std::optional<InquiryId> made_by(engine::ModuleCommand const& command, engine::Event const& event) {
  auto const* answered = std::get_if<engine::ModuleAnswered>(&event);
  bool const is_create = command.module == modules::inquiry::module_number &&
                         static_cast<modules::inquiry::Verb>(command.verb) == modules::inquiry::Verb::Create;
  if (answered == nullptr || !is_create || answered->refusal || answered->id == 0) return std::nullopt;
  return InquiryId{answered->id};
}

// Keeps the turn until the reader has looked at it.
class LastTurn final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const> turn) override { turn_ = std::move(turn); }
  engine::Turn const& turn() const { return *turn_; }

 private:
  std::unique_ptr<engine::Turn const> turn_;
};

class Reading final : public StoryReader {
 public:
  Reading(std::unique_ptr<persistence::Tables> tables, persistence::KeyStore keys, Wanted wanted)
      : keys_(std::move(keys)), wanted_(std::move(wanted)), redeciding_(std::move(tables), keys_, last_) {
    if (keys_.log_key()) salts_.emplace(*keys_.log_key());
  }

  Result<void> all(persistence::BackupSource const& source) {
    persistence::BackupChain chain;
    auto const segments = std::max<std::size_t>(source.sealed().size(), source.last());
    for (std::uint32_t number = 1; number <= segments; ++number) {
      chain.begin(number);
      auto const read = source.read(number, {}, [&](std::string_view frame) -> Result<void> {
        auto const header = chain.follow(frame);
        if (!header) return std::unexpected(header.error());
        return see(*header, frame);
      });
      if (!read) return read;
    }
    return {};
  }

  Stories const& stories() const override { return stories_; }
  engine::TableReader const& tables() const override { return redeciding_.opened(); }

 private:
  Result<void> see(persistence::FrameHeader const& header, std::string_view frame) {
    auto const commands = persistence::decode_records(header, frame, keys_);
    if (!commands) return std::unexpected(commands.error());
    if (auto decided = redeciding_.frame(header, *commands); !decided) return decided;
    engine::ByteReader records{frame.substr(persistence::frame_header_bytes)};
    auto const& turn = last_.turn();
    for (std::size_t at = 0; at < commands->size(); ++at) {
      auto const parts = persistence::split_record(records.get_text());
      if (!parts) return std::unexpected(engine::Failure{"a record is not as FORMAT.md says"});
      auto const& decided = turn.decided.at(at);
      auto const events = std::span(turn.events).subspan(decided.first_event, decided.last_event - decided.first_event);
      if (auto kept = keep((*commands)[at], *parts, events); !kept) return kept;
    }
    return {};
  }

  Result<void> keep(engine::Sequenced const& command, RecordParts const& parts, std::span<engine::Event const> events) {
    auto const address = address_of(command.command);
    std::set<InquiryId> own;
    if (address.to == Address::To::Inquiry && wanted_(address.inquiry)) own.insert(address.inquiry);
    for (auto const& event : events) {
      auto const* act = std::get_if<engine::ModuleCommand>(&command.command);
      auto const made = act == nullptr ? std::nullopt : made_by(*act, event);
      if (made && wanted_(*made)) own.insert(*made);
      auto const about = ebb::inquiry_of(event);
      if (!about || !wanted_(*about)) continue;
      if (address.to == Address::To::Nobody) own.insert(*about);
      stories_[*about].events.push_back({command.seq, command.at, event});
    }
    for (auto const inquiry : own) {
      auto record = record_of(command, parts);
      if (!record) return std::unexpected(record.error());
      stories_[inquiry].records.push_back(std::move(*record));
    }
    return {};
  }

  Result<ArchivedRecord> record_of(engine::Sequenced const& command, RecordParts const& parts) {
    ArchivedRecord record{.seq = command.seq,
                          .at = command.at,
                          .said = narrate(command),
                          .shown = std::string{parts.shown},
                          .blinding = {},
                          .salt = {},
                          .secret = {},
                          .secret_of = {}};
    if (!parts.blinding) {
      if (!salts_) return std::unexpected(engine::Failure{"the key of the log is missing among the keys"});
      record.salt = salts_->salt_of(command.seq);
      record.blinding = salts_->blinding_of(command.seq);
      return record;
    }
    record.blinding = *parts.blinding;
    if (parts.owner->kind != engine::SecretOf::Kind::Lot) return record;
    auto opened = persistence::open_secret(parts, keys_);
    if (!opened) return std::unexpected(opened.error());
    if (!*opened) return record;
    record.salt = (*opened)->salt;
    record.secret = std::move((*opened)->text);
    record.secret_of = engine::LotId{parts.owner->id};
    return record;
  }

  persistence::KeyStore keys_;
  std::optional<persistence::LogSalts> salts_;
  Wanted const wanted_;
  LastTurn last_;
  Redeciding redeciding_;
  Stories stories_;
};

}  // namespace

std::optional<InquiryId> inquiry_of(engine::Event const& event) {
  return std::visit(
      [](auto const& e) -> std::optional<InquiryId> {
        if constexpr (requires { e.receipt.lot; }) {
          return engine::inquiry_of(e.receipt.lot);
        } else if constexpr (requires { e.original.lot; }) {
          return engine::inquiry_of(e.original.lot);
        } else if constexpr (requires { e.lot; }) {
          return engine::inquiry_of(e.lot);
        } else {
          return std::nullopt;
        }
      },
      event);
}

Result<std::unique_ptr<StoryReader>> StoryReader::read(std::filesystem::path const& data_directory,
                                                       std::filesystem::path const& archive,
                                                       std::filesystem::path const& place, Wanted const& wanted) {
  auto const source = persistence::BackupSource::open(data_directory, archive);
  if (!source) return std::unexpected(source.error());
  auto tables = persistence::Tables::open(place);
  if (!tables) return std::unexpected(tables.error());
  auto keys = persistence::KeyStore::open(data_directory / "keys", persistence::Access::ReadBeside);
  if (!keys) return std::unexpected(keys.error());
  auto reading = std::make_unique<Reading>(std::move(*tables), std::move(*keys), wanted);
  if (auto read = reading->all(*source); !read) return std::unexpected(read.error());
  return reading;
}

}  // namespace ebb
