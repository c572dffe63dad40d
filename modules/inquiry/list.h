// The list of inquiries that one may see, newest first, filtered and paged. Inside of the module.
//
//   ?state=RUNNING,CLOSED   any of these; also said more than once
//   ?format=reverse         with a lot of that format
//   ?q=打印                 in the title, a lot's title or the buyer's name; ASCII letters in any case
//   ?division=330000        of that division or below it
//   ?mine=1                 a purchaser's own buyer's, those a supplier is admitted to, those in a regulator's scope
//   ?before=12              the page after the one that said "next":"12"
//   ?after=12               oldest first instead, for programs that follow; "next" is then the next `after`
//
// A page examines a bounded number of rows: with a rare filter it may be short, or empty, and still have a `next`.
#pragma once

#include "modules/module.h"

namespace modules::inquiry {

Answer list_inquiries(Request const& request, engine::TableReader const& tables);

}  // namespace modules::inquiry
