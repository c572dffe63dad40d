// Where secrecy lives: what of a picture each audience may see. Nothing reaches a socket but through here.
//
//   field of the picture                     public        own            supervision
//   title, format, rules, opens_at           yes           -              -
//   state, ends_at, remaining_s, extensions  yes           -              -
//   why it was extended, or paused by itself yes           -              -
//   reason (of a pause or abort)             yes           -              -
//   best price and its course                reverse       -              -
//   result: standings under aliases          after close   -              -
//   result: winner's name                    when awarded  -              -
//   own alias, attempts left, receipts       -             its own        -
//   price in a receipt                       -             reverse, accepted ones
//   own rank, best, next limit               -             reverse; rank and best of a sealed lot after close
//   own disqualification, own award          -             its own        -
//   single bids, bidders under aliases       -             -              reverse; of a sealed lot after close
//   who ordered a pause, names of losers     never         never          never
//   number of bids or bidders, while live    never         never          reverse (as the lists above)
//
// A client of a lot has `public` and at most one of the others. A sealed lot before its close: no price, no count and
// no rank, in no view, for no role; even the receipt of a refused quote does not repeat the price it refused.
//
// Thread: any; pure. Failure: none.
#pragma once

#include <cstdint>
#include <string>

#include "engine/refusal.h"
#include "gateway/json_text.h"
#include "gateway/picture.h"

namespace gateway {

// What tables know and events do not.
struct Names {
  std::string title;
  std::string winner;  // of whom the award names
};

// A whole picture leaves out what is not there; an update says null for what is there no longer.
enum class Form : std::uint8_t { Whole, Update };

// What of the changes each view has; 0: nothing to tell.
std::uint32_t public_part(Picture const& picture, std::uint32_t what);
std::uint32_t own_part(Picture const& picture, std::uint32_t what);
std::uint32_t supervision_part(Picture const& picture, std::uint32_t what);

// The members of those fields, into an open object. `what` has gone through the part of its view.
void append_public(JsonText& json, Picture const& picture, Names const& names, std::uint32_t what, Form form);
void append_own(JsonText& json, Picture const& picture, Bidder const& bidder, std::uint32_t what,
                std::size_t receipts_from, Form form);
void append_supervision(JsonText& json, Picture const& picture, std::uint32_t what, std::size_t bids_from);

// A decided attempt for the one who made it. `picture` may be missing: there is no such lot.
void append_attempt(JsonText& json, Attempt const& attempt, Picture const* picture);

}  // namespace gateway
