// Who looks at an inquiry, and what everybody who may see it sees first: the head of an item and of a page. Inside of
// the module.
#pragma once

#include <string>
#include <string_view>

#include "modules/fields.h"
#include "modules/inquiry/rows.h"

namespace modules::inquiry {

inline constexpr Named<State> states[] = {{"DRAFT", State::Draft},
                                          {"PUBLISHED", State::Published},
                                          {"RUNNING", State::Running},
                                          {"CLOSED", State::Closed},
                                          {"ABORTED", State::Aborted}};

enum class Eye : std::uint8_t {
  Blind,        // there is no such inquiry
  OutOfScope,   // a regulator of another division
  Public,       // anybody
  Bidder,       // an admitted supplier
  Supervision,  // a regulator in scope
  Buyer,        // the buyer's own people
};
Eye eye(InquiryRow const& inquiry, Actor const* actor);
constexpr bool may_see(Eye eye) {
  return eye != Eye::Blind && eye != Eye::OutOfScope;
}
// Sees who is admitted and, from the close on, everybody's name.
constexpr bool is_insider(Eye eye) {
  return eye == Eye::Buyer || eye == Eye::Supervision;
}

std::string name_of_org(engine::OrgId id, engine::TableReader const& tables);

// `eye` may see it.
Json shown_head(InquiryRow const& inquiry, Eye eye, engine::TableReader const& tables);

}  // namespace modules::inquiry
