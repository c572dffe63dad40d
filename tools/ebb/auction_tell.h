// An event of the engine as the members of a JSON object, with the names of whoever tells it.
//
// Thread: any. Failure: none; a new kind of event is a compile error here until it has its words.
#pragma once

#include "engine/event.h"
#include "modules/json.h"
#include "tools/ebb/auction_file.h"

namespace ebb::auction {

class Naming {
 public:
  virtual ~Naming() = default;
  virtual std::string name(engine::LotId lot) const = 0;
  virtual std::string name(engine::BidderId bidder) const = 0;
  virtual std::string name(engine::PersonId person) const = 0;
};
// As the file calls them. The file outlives it.
class NamesOfFile final : public Naming {
 public:
  explicit NamesOfFile(File const& file) : file_(file) {}
  std::string name(engine::LotId lot) const override { return file_.name(lot); }
  std::string name(engine::BidderId bidder) const override { return file_.name(bidder); }
  std::string name(engine::PersonId person) const override { return file_.name(person); }

 private:
  File const& file_;
};

// Adds `event` (its kind, such as "bid_accepted") and what it carries.
void tell(Naming const& names, engine::Event const& event, modules::Json& out);

modules::Json standing_json(Naming const& names, engine::Standing const& standing);
modules::Json history_json(Naming const& names, engine::HistoryEntry const& entry);
// Figures too, where there are any.
void tell(engine::Refusal const& refusal, modules::Json& out);

}  // namespace ebb::auction
