// What a load run needs before and after it, over REST: organisations, people, inquiries; then history and results.
//
// Accounts are made once and found again by the next run; inquiries are new each time. The password of a load account
// is a digest of its login and the administrator's password, so that it need not be kept anywhere; where it does not
// fit any more (the administrator's has changed), it is set anew.
//
// Thread: one. Failure: as engine::Result, with the request and the answer.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "bench/load/checker.h"
#include "bench/load/options.h"
#include "bench/load/plan.h"
#include "tools/client/rest.h"

namespace bench::load {

struct Supplier {
  std::string org;   // id
  std::string name;  // of the organisation, as a result names the winner
  std::string token;
};
struct StagedLot {
  std::string inquiry;
  std::string lot;
};
struct Staged {
  std::vector<Supplier> suppliers;
  std::vector<StagedLot> lots;
};

class Stage {
 public:
  explicit Stage(Options const& options);

  // Signs the administrator in, finds or makes the buyer and the suppliers, and signs them in.
  engine::Result<void> people();
  // Drafts one inquiry an auction and publishes all of them to open at `opens_at` and run for `duration`.
  engine::Result<void> auctions(Plan const& plan, std::chrono::sys_seconds opens_at, std::chrono::seconds duration);
  Staged const& staged() const { return staged_; }

  engine::Result<ToldLot> told(StagedLot const& lot);

 private:
  engine::Result<std::string> org(std::string const& name, std::string const& kind);
  // Makes the person if missing, and signs in.
  engine::Result<void> person(ebb_client::Rest& as, std::string const& login, std::string const& role,
                              std::string const& org);
  std::string password_of(std::string const& login) const;

  std::string own(std::string const& name) const;  // of this process, where several share a run

  Options const& options_;
  ebb_client::Rest admin_;
  ebb_client::Rest buyer_;
  std::map<std::string, std::string> orgs_;    // name -> id
  std::map<std::string, std::string> people_;  // login -> id
  Staged staged_;
};

}  // namespace bench::load
