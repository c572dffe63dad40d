// The small vocabulary of the end-to-end tests: a server with people in it, inquiries with lots, seats at the live
// socket. A test built on it is a few sentences.
//
// Thread: one. Failure: throws Broken with what the server answered, where a preparation did not work.
#pragma once

#include <boost/json/object.hpp>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/e2e_caller.h"
#include "tests/support/e2e_seat.h"

namespace support {

struct Person {
  std::string id;
  std::string login;
  std::string password;
  std::string org;  // id
  std::string org_name;
  std::string token;
};

// What a lot is like; empty: the platform's default.
struct LotDraft {
  std::string title = "A4黑白打印机";
  std::string ceiling = "10000.00";
  std::string decrement = "50.00";
  std::string step_basis = "own";
  int min_bidders = 1;
  int duration_s = 600;
  int trigger_window_s = 0;
  int extension_s = 60;
  int hard_cap_s = 1200;
  int attempts = 200;
  bool signed_bids = false;
};

struct InquiryDraft {
  std::string title = "办公设备采购";
  std::string format = "reverse";
  std::vector<std::string> admitted;  // organisations
  std::vector<LotDraft> lots = {{}};
  boost::json::value json() const;
};

class Market {
 public:
  explicit Market(Settings settings = {});

  ServerProcess& server() { return server_; }
  Contract const& contract() const { return contract_; }

  // The administrator has a password of their own after the first call.
  Caller& administrator();
  // An organisation with one person who signed in.
  Person const& add_purchaser(std::string_view name);
  Person const& add_colleague(std::string_view name, Person const& of);  // of the same organisation
  Person const& add_supplier(std::string_view name);
  Person const& add_regulator(std::string_view name);
  Caller as(Person const& person, Tape tape = nullptr) const;
  Caller nobody(Tape tape = nullptr) const { return Caller{server_, contract_, {}, std::move(tape)}; }
  std::string sign_in(std::string_view login, std::string_view password);  // the token
  Seat seat(Person const& person, Tape tape = nullptr) const;
  Seat passer_by(Tape tape = nullptr) const { return Seat{server_, contract_, {}, std::move(tape)}; }

  std::string draft(Person const& buyer, InquiryDraft const& draft);      // the inquiry's id
  std::string start_now(Person const& buyer, InquiryDraft const& draft);  // published, and running
  HttpAnswer read(Person const& person, std::string_view target) { return as(person).get(target); }
  // Whether the lot has that state before patience ends, as the public sees it.
  bool comes_to(std::string_view lot, std::string_view state, Patience patience = long_enough);
  boost::json::object result(std::string_view lot);  // as anybody may read it, after the close

 private:
  struct Org {
    std::string id;
    std::string name;
  };
  Person const& add_person(std::string_view name, std::string_view role, Org const& org);
  Org add_org(std::string name, std::string_view kind);

  ServerProcess server_;
  Contract contract_;
  std::unique_ptr<Caller> administrator_;
  std::deque<Person> people_;
};

// "{"reason": …}" and the like, without quoting by hand.
std::string body(boost::json::object object);
// 09:00 of the next day in Shanghai, as the protocol writes it.
std::string tomorrow();
// A member of the answer's body that must be there.
std::string text_in(HttpAnswer const& answer, std::string_view member);

}  // namespace support
