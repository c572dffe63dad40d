// The demo in the terminal: one line for everything that happens to a lot, coloured where a person looks.
//
// Thread: one. Failure: none.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tools/client/picture.h"

namespace demo {

enum class Colour : std::uint8_t { Plain, Ansi };

class Show {
 public:
  explicit Show(Colour colour) : colour_(colour) {}

  void say(std::string_view text);
  // What is new in a picture of "12-1/public" or "12-1/supervision".
  void take(std::string_view stream, ebb_client::Picture const& picture);

 private:
  struct Lot {
    std::string title;
    std::string ceiling;
    std::string state;
    std::string ends_at;
    std::size_t bids = 0;
    bool has_result = false;
  };
  void take_public(std::string const& name, Lot& lot, ebb_client::Picture const& picture);
  void take_bids(std::string const& name, Lot& lot, ebb_client::Picture const& picture);
  void line(std::string_view at, std::string const& name, Lot const& lot, std::string_view paint,
            std::string_view text);

  Colour colour_;
  std::map<std::string, Lot, std::less<>> lots_;
};

// By how much `price` is below `ceiling`: "-12.3%". Both as the protocol writes money.
std::string drop(std::string_view ceiling, std::string_view price);

}  // namespace demo
