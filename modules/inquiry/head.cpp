// Who sees an inquiry, and its head; see head.h.
#include "modules/inquiry/head.h"

#include <algorithm>

#include "engine/check.h"
#include "modules/accounts/accounts.h"

namespace modules::inquiry {

namespace {

std::string_view side_text(Eye eye) {
  switch (eye) {
    case Eye::Public:
      return "public";
    case Eye::Bidder:
      return "bidder";
    case Eye::Supervision:
      return "supervision";
    case Eye::Buyer:
      return "buyer";
    case Eye::Blind:
    case Eye::OutOfScope:
      break;
  }
  UNREACHABLE();
}

}  // namespace

Eye eye(InquiryRow const& inquiry, Actor const* actor) {
  bool const is_own = actor != nullptr && actor->role == Role::Purchaser && actor->org == inquiry.buyer;
  if (is_own) return Eye::Buyer;
  if (inquiry.state == State::Draft) return Eye::Blind;
  if (actor == nullptr) return Eye::Public;
  switch (actor->role) {
    case Role::Administrator:  // no business of theirs (rules.md §4.19)
    case Role::Purchaser:
      return Eye::Public;
    case Role::Regulator:
      return accounts::scope(actor->division, inquiry.division) == accounts::Scope::Inside ? Eye::Supervision
                                                                                           : Eye::OutOfScope;
    case Role::Supplier:
      break;
  }
  auto const& admitted = inquiry.draft.admitted;
  bool const is_admitted = std::ranges::find(admitted, actor->org, &engine::Admitted::bidder) != admitted.end();
  return is_admitted ? Eye::Bidder : Eye::Public;
}

std::string name_of_org(engine::OrgId id, engine::TableReader const& tables) {
  auto const org = accounts::org_of(id, tables);
  return org ? org->name : std::string{};
}

Json shown_head(InquiryRow const& inquiry, Eye eye, engine::TableReader const& tables) {
  auto buyer = Json::object();
  buyer.add("org", Json::text(id_text(inquiry.buyer))).add("name", Json::text(name_of_org(inquiry.buyer, tables)));
  auto json = Json::object();
  json.add("id", Json::text(id_text(inquiry.id)))
      .add("title", Json::text(inquiry.draft.title))
      .add("state", Json::text(name_of(inquiry.state, states)))
      .add("side", Json::text(side_text(eye)))
      .add("buyer", std::move(buyer))
      .add("division", Json::text(inquiry.division));
  if (is_practice(inquiry.draft)) json.add("practice", Json::yes_or_no(1));
  if (inquiry.state != State::Draft) json.add("published_at", Json::text(instant_text(inquiry.published_at)));
  if (inquiry.relaunch_of.is_given()) {
    json.add("relaunch_of", Json::text(id_text(inquiry.relaunch_of)))
        .add("relaunch_no", Json::number(inquiry.relaunch_no));
  }
  if (inquiry.relaunched_as.is_given()) json.add("relaunched_as", Json::text(id_text(inquiry.relaunched_as)));
  return json;
}

}  // namespace modules::inquiry
