// The demo's REST side: accounts at first start, then inquiries, the buyer's choice, the winner's answer.
//
// Everything goes through the front door, as a newcomer would do it with curl.
//
// Thread: one; calls block for a request. Failure: the request and its answer.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
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

class Office {
 public:
  Office(ebb_client::Address server, std::filesystem::path book_file);

  // Signs the administrator in (with the book's password, at first start with the one-time one, which is then
  // replaced), makes whoever is missing, and signs everybody in. Whoever changed their password gets the book's again.
  engine::Result<void> open(std::string const& one_time_password);
  std::vector<Player> const& players() const { return players_; }
  Book const& book() const { return book_; }

  // A published inquiry; its id. It opens after `ahead`, with zero now. `turn` chooses among the demo's suppliers;
  // those whom people play are always admitted.
  engine::Result<std::string> publish(Auction const& auction, Player const& buyer, std::chrono::seconds ahead,
                                      std::size_t turn);
  // Every inquiry that runs now, the demo's own and others'.
  engine::Result<std::vector<std::string>> running() const;
  enum class Answer : std::uint8_t { Confirm, Decline };
  engine::Result<void> answer_award(Player const& winner, std::string const& lot, Answer answer);
  // The public half of a key in DER, instead of every key that is in force: a demo that was killed took its own with
  // it.
  struct Registered {
    std::string id;
    std::string house;  // for whom is signed
  };
  engine::Result<Registered> register_key(Player const& supplier, std::string_view public_key);
  // The buyer takes the first of the ranking.
  engine::Result<void> choose_first(Player const& buyer, std::string const& lot);
  enum class Hold : std::uint8_t { Pause, Resume, Abort };
  engine::Result<void> hold(Player const& buyer, std::string const& inquiry, Hold hold, std::string_view reason);

 private:
  engine::Result<void> sign_in_administrator(std::string const& one_time_password);
  engine::Result<void> find_everybody();
  engine::Result<std::string> org(Cast const& who);
  engine::Result<void> person(Cast const& who, std::string const& org);
  engine::Result<std::string> token_of(Cast const& who);
  engine::Result<std::string> password_for(std::string const& login);
  engine::Result<void> set_password(std::string const& login, std::string const& password);
  ebb_client::Rest as(Player const& player) const;
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
