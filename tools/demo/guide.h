// What the demo tells a newcomer: where to look, who to be, and what to copy into a second terminal.
//
// Thread: any. Failure: none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/demo/office.h"

namespace demo {

struct Account {
  std::string_view role;  // as the protocol writes it
  std::string login;
  std::string password;
  std::string org;
};
// The accounts that the demo leaves to people.
std::vector<Account> accounts(Office const& office);

// The address for a browser and a table of the accounts, in both languages; columns stand straight in a terminal that
// gives a Chinese character two places.
std::string welcome(std::string_view server, std::vector<Account> const& accounts);

// For programs: watch, bid, start an auction of one's own.
std::string guide(Office const& office, std::string const& server);

}  // namespace demo
