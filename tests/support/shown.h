// Everything that anybody can be shown of a picture, as text.
//
// Thread: any; pure. Failure: none.
#pragma once

#include <string>

#include "gateway/view.h"

namespace support {

inline std::string shown(gateway::Picture const& picture) {
  namespace changed = gateway::changed;
  std::string out;
  gateway::JsonText json{out};
  auto const all = changed::everything;
  json.open();
  gateway::append_public(json, picture, {"复印纸 A4", "供应商"}, gateway::public_part(picture, all),
                         gateway::Form::Whole);
  gateway::append_supervision(json, picture, gateway::supervision_part(picture, all), 0);
  for (auto const& bidder : picture.bidders()) {
    json.open(bidder.alias);
    gateway::append_own(json, picture, bidder, gateway::own_part(picture, all), 0, gateway::Form::Whole);
    for (auto const& attempt : bidder.kept) {
      json.open("attempt");
      gateway::append_attempt(json, attempt, &picture, &bidder);
      json.close();
    }
    json.close();
  }
  json.close();
  return out;
}

}  // namespace support
