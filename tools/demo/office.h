// The demo's REST side: accounts at first start, then an inquiry a minute, the buyer's choice, the winner's yes.
//
// Everything goes through the front door, as a newcomer would do it with curl.
//
// Thread: one; calls block for a request. Failure: the request and its answer.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "engine/ports.h"
#include "tools/client/rest.h"
#include "tools/demo/book.h"
#include "tools/demo/goods.h"

namespace demo {

struct Player {
  Cast const* cast;
  std::string org;  // id
  std::string token;
};

struct Pace {
  std::chrono::seconds duration{75};
  std::chrono::seconds window{15};  // trigger window and extension
};

class Office {
 public:
  Office(ebb_client::Address server, std::filesystem::path book_file);

  // Signs the administrator in (with the book's password, at first start with the one-time one, which is then
  // replaced), makes whoever is missing, and signs everybody in.
  engine::Result<void> open(std::string const& one_time_password);
  std::vector<Player> const& players() const { return players_; }
  Book const& book() const { return book_; }

  // A published inquiry of one lot that starts now; its id. `turn` chooses the buyer.
  engine::Result<std::string> start(Good const& good, Pace pace, std::size_t turn);
  // Every inquiry that runs now, the demo's own and others'.
  engine::Result<std::vector<std::string>> running() const;
  engine::Result<void> confirm(Player const& winner, std::string const& lot);
  // The buyer takes the first of the ranking.
  engine::Result<void> choose_first(std::string const& lot, std::size_t turn);

 private:
  engine::Result<void> sign_in_administrator(std::string const& one_time_password);
  engine::Result<void> find_everybody();
  engine::Result<std::string> org(Cast const& who);
  engine::Result<void> person(Cast const& who, std::string const& org);
  engine::Result<std::string> token_of(Cast const& who);
  engine::Result<std::string> password_for(std::string const& login);
  ebb_client::Rest as(Player const& player) const;
  Player const& buyer(std::size_t turn) const;
  Player const& regulator() const;

  ebb_client::Address server_;
  std::filesystem::path book_file_;
  Book book_;
  ebb_client::Rest admin_;
  std::map<std::string, std::string> orgs_;    // name -> id
  std::map<std::string, std::string> people_;  // login -> id
  std::vector<Player> players_;                // in order of cast()
};

inline constexpr char const* administrator = "admin";

}  // namespace demo
