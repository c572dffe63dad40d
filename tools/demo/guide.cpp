// A text with names in angle brackets; what they stand for is put in as it is.
#include "tools/demo/guide.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace demo {
namespace {

using RoleText = std::pair<std::string_view, std::string_view>;
constexpr std::array role_texts{RoleText{"supplier", "供应商 supplier"}, RoleText{"purchaser", "采购人 purchaser"},
                                RoleText{"regulator", "监管 regulator"},
                                RoleText{"administrator", "管理员 administrator"}};

// Filled up with blanks; what is written in three bytes is wide.
std::string column(std::string_view text, std::size_t places) {
  std::size_t taken = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x80) ++taken;
    if (byte >= 0xE0) taken += 2;
  }
  return std::string{text} + std::string(std::max(places, taken + 1) - taken, ' ');
}

std::string line(std::string_view role, std::string_view login, std::string_view password, std::string_view org) {
  return "  " + column(role, 23) + column(login, 16) + column(password, 18) + std::string{org} + "\n";
}

constexpr std::string_view text = R"guide(
程序接口 / for programs, in a second terminal (wscat: npm install -g wscat). 12 stands for an inquiry that runs: the number before the dash below.
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
  # where a lot says "signed_bids", a bid bears a signature: gateway/PROTOCOL.md, Signed bids; the page makes a key by itself

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

std::vector<Account> accounts(Office const& office) {
  std::vector<Account> found;
  auto const& passwords = office.book().passwords;
  for (auto const& player : office.players()) {
    if (player.cast->played != Played::ByPeople) continue;
    auto const login = std::string{player.cast->login};
    found.push_back({player.cast->role, login, passwords.at(login), std::string{player.cast->org}});
  }
  found.push_back({"administrator", administrator, passwords.at(administrator), {}});
  return found;
}

std::string welcome(std::string_view server, std::vector<Account> const& accounts) {
  auto text = fmt::format("\n  打开浏览器 / open in a browser:  http://{}/\n\n", server);
  text += line("角色 role", "账号 login", "密码 password", "单位 organisation");
  for (auto const& account : accounts) {
    auto const role = std::ranges::find(role_texts, account.role, &RoleText::first);
    text += line(role == role_texts.end() ? account.role : role->second, account.login, account.password, account.org);
  }
  return text +
         "\n  账号仅在本机有效;其余账号由演示程序操作,密码在 var/demo.json。\n"
         "  These work on this machine only; the demo plays all others (passwords in var/demo.json).\n";
}

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
