// A text with names in angle brackets; what they stand for is put in as it is.
#include "tools/demo/guide.h"

#include <algorithm>

namespace demo {
namespace {

constexpr std::string_view text = R"guide(
In a second terminal (wscat: npm install -g wscat). 12 stands for an inquiry that runs: the number before the dash below.
  B=http://<server>/api/v1
  sign_in() { curl -s $B/sign-in -H 'Content-Type: application/json' \
    -d "{\"login\":\"$1\",\"password\":\"$2\",\"as\":\"program\"}" | sed 's/.*"token":"\([^"]*\)".*/\1/'; }

  # watch: no account needed
  wscat -s ebb.v1.json -c ws://<server>/api/v1/live
  > {"type":"subscribe","id":"a","inquiries":["12"]}

  # bid as a supplier
  TOKEN=$(sign_in <supplier>)
  wscat -s ebb.v1.json -H "Authorization: Bearer $TOKEN" -c ws://<server>/api/v1/live
  > {"type":"bid","lot":"12-1","price":"98000.00","key":"my-first-bid"}

  # start an auction of your own as a purchaser: the demo's suppliers will bid
  TOKEN=$(sign_in <purchaser>)
  post() { curl -s $B/$1 -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $RANDOM-$RANDOM" \
    -H 'Content-Type: application/json' -d "$2"; }
  post inquiries '{"title":"扫描仪 5台","admitted":[<admitted>],
    "lots":[{"title":"扫描仪 5台","rules":{"format":"reverse","ceiling":"20000.00","duration_s":60}}]}'
  post inquiries/<the id in the answer>/publish '{"start":"now"}'
)guide";

void put_in(std::string& into, std::string_view name, std::string_view value) {
  for (auto at = into.find(name); at != std::string::npos; at = into.find(name, at + value.size())) {
    into.replace(at, name.size(), value);
  }
}

// "login password" of the first with that role.
std::string account(Office const& office, std::string_view role) {
  auto const player = std::ranges::find(office.players(), role, [](Player const& one) { return one.cast->role; });
  auto const login = std::string{player->cast->login};
  return login + " " + office.book().passwords.at(login);
}

}  // namespace

std::string guide(Office const& office, std::string const& server) {
  std::string admitted;
  for (auto const& player : office.players()) {
    if (player.cast->role != "supplier") continue;
    admitted += (admitted.empty() ? "{\"org\":\"" : ",{\"org\":\"") + player.org + "\"}";
  }
  std::string written{text};
  put_in(written, "<server>", server);
  put_in(written, "<supplier>", account(office, "supplier"));
  put_in(written, "<purchaser>", account(office, "purchaser"));
  put_in(written, "<admitted>", admitted);
  return written;
}

}  // namespace demo
