// Remarks: one verb, one table, one read; see example_module.h.
#include "tests/unit/modules/example_module.h"

#include "modules/accounts/accounts.h"
#include "modules/fields.h"
#include "modules/rows.h"

namespace example {

namespace {

constexpr engine::RefusalKind said_already{
    900, "SAID_ALREADY", 409, "modules/README.md", "", "该意见已提出", "this remark was made before"};

// The command as it stands in the journal, and the row: one list of fields for writing and reading.
struct Say {
  std::string text;
  static auto fields(auto& c) { return std::tie(c.text); }
};
struct Remark {
  engine::PersonId by;
  engine::Instant at;
  static auto fields(auto& r) { return std::tie(r.by, r.at); }
};

}  // namespace

// const, and without effect: may it happen, given the tables as they are?
std::optional<engine::Refusal> Remarks::judge(engine::ModuleCommand const& command, engine::Instant at,
                                              engine::TableReader const& tables) const {
  auto const actor = modules::accounts::current_actor(command, at, tables);
  if (!actor) return actor.error();
  if (tables.get("remarks.said", modules::unpacked<Say>(command.body).text)) return engine::Refusal{&said_already};
  return std::nullopt;
}

// It happens. Time and person came in with the command: replayed, it writes the same bytes.
std::uint64_t Remarks::enter(engine::ModuleCommand const& command, engine::Seq, engine::Instant at,
                             engine::Tables& tables, modules::FollowUps&) {
  modules::put_row(tables, "remarks.said", modules::unpacked<Say>(command.body).text, Remark{command.actor, at});
  return modules::next_id(tables, "remarks.next", "remark");
}

void Remarks::routes(modules::Routes& routes) const {
  auto const who = std::vector{modules::Role::Purchaser, modules::Role::Supplier};
  routes.add({modules::Method::Get,
              "/remarks",
              who,
              [](modules::Request const&, engine::TableReader const& tables) -> modules::Answer {
                auto items = modules::Json::array();
                tables.scan("remarks.said", {}, [&](std::string_view text, std::string_view) {
                  items.push(modules::Json::text(text));
                  return modules::Scan::Continue;
                });
                return modules::Response{200, std::move(items), {}};
              },
              {},
              200,
              {}});
  routes.add({modules::Method::Post,
              "/remarks",
              who,
              {},
              [this](modules::Request const& request, engine::TableReader const&) -> modules::Decoded {
                modules::Faults faults;
                modules::Fields body(request.body, faults);
                Say const say{body.text("text", {1, 200})};
                body.finish();
                if (!faults.empty()) return modules::malformed(faults);
                engine::ModuleCommand command;
                command.module = number();
                command.actor = request.actor->person;
                command.session = request.actor->session;
                command.body = modules::pack(say);
                return command;
              },
              201,
              {}});
}

engine::RefusalKind const* Remarks::refusal(std::uint16_t number) const {
  return number == said_already.number ? &said_already : nullptr;
}

}  // namespace example
