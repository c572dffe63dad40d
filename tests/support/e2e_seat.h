// One client at the live socket: what it was told, stream by stream, and whether the streams kept their promise.
//
// The promise is density: after a snapshot at offset n comes n+1, then n+2. What breaks it is remembered as a fault,
// and every message is held against gateway/asyncapi.json. Thread: one. Failure: a wait that ended gives nothing;
// throws Broken where there is no connection to be had.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/e2e_contract.h"
#include "tests/support/e2e_live.h"
#include "tests/support/server_process.h"

namespace support {

enum class Consent : std::uint8_t { NotGiven, Given };
enum class Rejoin : std::uint8_t { Anew, ByPosition };

// What answered a bid: the receipt, or the problem that came instead of one.
struct BidAnswer {
  std::string outcome;  // "accepted", "refused", "problem"; empty: none in time
  std::string code;     // of the refusal or problem
  boost::json::object message;
  bool is_accepted() const { return outcome == "accepted"; }
};

class Seat {
 public:
  // Server and contract outlive the seat. `authorization` empty: a passer-by.
  Seat(ServerProcess const& server, Contract const& contract, std::string authorization = {}, Tape tape = nullptr);

  // Joins and waits until every stream named in the answer has a picture.
  void subscribe(std::vector<std::string> inquiries, Rejoin rejoin = Rejoin::Anew);
  BidAnswer bid(std::string_view lot, std::string_view price, std::string_view key,
                Consent consent = Consent::NotGiven);
  void send_bid(std::string_view lot, std::string_view price, std::string_view key,
                Consent consent = Consent::NotGiven);
  BidAnswer answer(std::string_view key, Patience patience = long_enough);  // to a bid that was sent
  // "receipt" or "unknown_key", as the whole message.
  boost::json::object ask(std::string_view lot, std::string_view key);
  void say(std::string_view text) { live_->say(text); }
  // The first message that `wanted` likes, from now on; empty: none in time.
  boost::json::object await(std::function<bool(boost::json::object const&)> const& wanted,
                            Patience patience = long_enough);
  // Whether `condition` came true while messages were read.
  bool until(std::function<bool()> const& condition, Patience patience = long_enough);
  void read_what_came() {
    while (hear_one(Patience{0})) {}
  }

  void reconnect();  // as after a lost connection; nothing is subscribed yet
  void cut();        // the connection breaks without a word
  Live& live() { return *live_; }

  // "12-1/public" -> what it shows; empty where nothing was told.
  boost::json::object const& picture(std::string const& stream) const;
  std::string text(std::string const& stream, std::string_view member) const;
  std::string epoch(std::string const& stream) const;
  std::uint64_t offset(std::string const& stream) const;
  std::uint64_t snapshots(std::string const& stream) const;
  std::uint64_t updates(std::string const& stream) const;
  std::vector<std::string> const& streams() const { return streams_; }  // of the last `subscribed`
  std::vector<std::string> const& faults() const { return faults_; }    // broken promises

 private:
  struct Stream {
    std::string epoch;
    std::uint64_t offset = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t updates = 0;
    boost::json::object picture;
  };
  bool hear_one(Patience patience);
  void hear(boost::json::object const& message);
  void take_snapshot(boost::json::object const& message);
  void take_update(boost::json::object const& message);

  ServerProcess const* server_;
  Contract const* contract_;
  std::string authorization_;
  Tape tape_;
  std::unique_ptr<Live> live_;
  std::map<std::string, Stream> pictures_;
  std::map<std::string, BidAnswer, std::less<>> answers_;  // by key
  std::vector<std::string> streams_;
  std::vector<std::string> faults_;
  boost::json::object last_;
};

}  // namespace support
