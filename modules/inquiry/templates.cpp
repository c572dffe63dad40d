// Reads of templates; see templates.h.
#include "modules/inquiry/templates.h"

#include "engine/check.h"
#include "modules/accounts/accounts.h"
#include "modules/inquiry/draft_json.h"
#include "modules/inquiry/refusals.h"
#include "modules/inquiry/rows.h"

namespace modules::inquiry {

namespace {

// `by` is a name: whoever reads it cannot look people up.
Json shown(TemplateRow const& row, engine::TableReader const& tables) {
  auto json = Json::object();
  json.add("id", Json::text(id_text(row.id))).add("name", Json::text(row.name));
  auto const person = accounts::person_of(row.by, tables);
  if (auto const name = person ? accounts::name_of(*person, tables) : std::nullopt) {
    json.add("by", Json::text(name->display));
  }
  return json.add("at", Json::text(instant_text(row.at))).add("draft", inquiry::shown(row.draft));
}

}  // namespace

Answer list_templates(Request const& request, engine::TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto items = Json::array();
  for (auto const& row : templates_of(request.actor->org, tables)) items.push(shown(row, tables));
  return Response{200, Json::object().add("items", std::move(items)), {}};
}

Answer show_template(Request const& request, engine::TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const id = read_id<TemplateId>(request.path.at(0));
  auto const row = id ? get_row<TemplateRow>(tables, table::templates, key(request.actor->org, *id)) : std::nullopt;
  if (!row) return std::unexpected(engine::Refusal{&refusals::no_such_template});
  return Response{200, shown(*row, tables), {}};
}

}  // namespace modules::inquiry
