// What belongs to an inquiry, gathered from the whole journal as it is decided again.
//
// Thread:  one.
// Failure: the journal cannot be read, a key is gone, or this program decides otherwise.
// Memory:  the records and events of the inquiries that are wanted.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/event.h"
#include "engine/transparency.h"
#include "modules/json.h"
#include "persistence/leaf.h"
#include "persistence/tables.h"
#include "tools/ebb/redecide.h"

namespace ebb {

// A command of the inquiry, or of nobody (a tick, a start) where it mattered to it.
struct ArchivedRecord {
  engine::Seq seq;
  engine::Instant at;
  std::string said;   // for people
  std::string shown;  // the record without its private part
  engine::Hash blinding{};
  std::optional<engine::Hash> salt;  // with it the private part can be held against the leaf
  std::string secret;                // the private part, where the salt is given
  engine::LotId secret_of{};         // whose opening decides whether it may stand in an archive
};
struct ArchivedEvent {
  engine::Seq cause;
  engine::Instant at;
  engine::Event event;
};
struct InquiryStory {
  std::vector<ArchivedRecord> records;
  std::vector<ArchivedEvent> events;
};
using Stories = std::map<engine::InquiryId, InquiryStory>;

// The inquiry that a lot event is about; nothing: none.
std::optional<engine::InquiryId> inquiry_of(engine::Event const& event);

class StoryReader {
 public:
  using Wanted = std::function<bool(engine::InquiryId inquiry)>;
  // Beside a server. `archive`: where segments lie that were trimmed; empty: nowhere. `place` is for tables that are
  // thrown away.
  static engine::Result<std::unique_ptr<StoryReader>> read(std::filesystem::path const& data_directory,
                                                           std::filesystem::path const& archive,
                                                           std::filesystem::path const& place, Wanted const& wanted);
  virtual ~StoryReader() = default;
  virtual Stories const& stories() const = 0;
  virtual engine::TableReader const& tables() const = 0;  // at the end of the journal
};

}  // namespace ebb
