// One line of a scenario file, word by word: what the readers of scenario.cpp and scenario_commands.cpp share.
//
// Thread: any. Failure: whatever cannot be understood stops the test program with its line. Memory: its words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/scenario.h"

namespace support {

inline constexpr std::int64_t first_day = 20'500;  // days since 1970: every scenario begins on the same day

class Line {
 public:
  Line(std::string const& path, int number, std::string text);

  int at() const { return number_; }
  bool is_done() const { return next_ == words_.size(); }
  std::string const& peek() const;
  std::string word(char const* what);
  std::string rest();
  [[noreturn]] void stop(std::string const& why) const;

  std::int64_t number(std::string const& digits) const;
  std::uint64_t numbered(char letter, std::string const& name) const;
  engine::Money money() { return money(word("money")); }
  engine::Money money(std::string text) const;
  engine::Duration span();
  engine::Instant time();
  engine::LotId lot();
  engine::BidderId bidder() { return engine::BidderId{numbered('S', word("a bidder"))}; }
  engine::PersonId person() { return engine::PersonId{numbered('P', word("a person"))}; }

 private:
  std::string path_;
  int number_;
  std::string text_;
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

// What a file has told so far.
struct Told {
  std::map<engine::LotId, engine::OpenLot> lots;
  std::map<std::string, engine::Seq> bids;  // by key: which command it was
  std::uint64_t commands = 0;
};

// A line `lot ...` or `admit ...`.
void read_rules(Line& line, Told& told);
// What follows the time. A bid without a key gets one of its own, from the number of the line.
engine::Command read_command(Line& line, Told& told);

}  // namespace support
