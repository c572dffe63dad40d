// Where secrecy lives: what of a picture each audience may see. Nothing reaches a socket but through here.
//
//   field of the picture                     public        own            supervision
//   title, format, rules, opens_at           yes           -              -
//   state, ends_at, remaining_s, extensions  yes           -              -
//   stage: kind, round, turn, level, whose   yes (alias)   -              -
//   why it was extended, or paused by itself yes           -              -
//   reason (of a pause or abort)             yes           -              -
//   best price and its course                (1)           -              -
//   the lead, as `lead`                      -             (2)            -
//   result: standings under aliases          after close   -              -
//   result: winner's name                    when awarded  -              -
//   own alias, attempts left, receipts       -             its own        -
//   leaf in a receipt                        -             its own
//   price in a receipt                       -             accepted, where bids are open
//   rank in a receipt, own rank              -             visible::rank (3)
//   own best                                 -             once it is told (3)
//   next limit                               -             where it gives away no hidden lead
//   own colour, number of bidders            -             visible::colour, visible::count
//   own disqualification, elimination, award -             its own        -
//   own bids that were voided, and why       -             its own        -
//   that a proxy is active, and its step     -             its own        -
//   limit of a proxy                         never         never          never
//   single bids, bidders under aliases       -             -              (3)
//   who ordered a pause, names of losers     never         never          never
//   number of bids or bidders, while live    never         visible::count as the lists above
//
// (1) visible::lead without lead_after_bid, from `lead_from_bidders` valid bidders on.
// (2) visible::lead with lead_after_bid: to who has a valid bid, from `lead_from_bidders` on.
// (3) Not of a sealed lot before its close, nor of rounds before the first quotes are opened. What is bid in a turn, in
//     sealed bids or as a best bid is in no view before that stage has ended: no event carries it.
//
// After the close the result says everything, whatever the rules hid. A level is asked of everybody and so told to
// everybody; the price to beat in a best bid only where the lead is public: its bidder has the next limit.
//
// A refusal tells what would have been right, but not where that gives away a lead the bidder may not see.
//
// A client of a lot has `public` and at most one of the others. Where bids are hidden (3): no price, no count and no
// rank, in no view, for no role; even the receipt of a refused quote does not repeat the price it refused.
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

// A decided attempt for the one who made it. `picture` may be missing: there is no such lot; `bidder` too: not
// admitted.
void append_attempt(JsonText& json, Attempt const& attempt, Picture const* picture, Bidder const* bidder);

}  // namespace gateway
