// A client that survives: one person or program at the live socket, through lost connections and restarted servers.
//
// After a loss it reconnects with jitter, takes its streams up again by position, and asks what happened to every bid
// that had no answer. Only a key the server does not know is sent again, in the order of bidding and before anything
// newer; the key makes even a wrong guess harmless.
//
//   bid k1, bid k2, connection lost (k1 was durable, its receipt was not read)
//   reconnect: subscribe with positions, ask k1, ask k2 -> receipt k1, unknown_key k2 -> bid k2 again -> receipt k2
//
// Thread: the reactor's. Failure: on_lost in words; with Loyalty::Leave it stays lost.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tools/client/clock_offset.h"
#include "tools/client/message.h"
#include "tools/client/picture.h"
#include "tools/client/socket.h"

namespace ebb_client {

class Participant final : private Socket::Listener {
 public:
  // What its owner hears. Each has an empty body: most owners want one or two.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void on_ready(Participant&) {}                                       // connected, and the server said hello
    virtual void on_subscribed(Participant&, Steady::time_point /*read_at*/) {}  // its streams are taken up
    virtual void on_receipt(Participant&, Receipt const&, Steady::time_point /*read_at*/) {}
    virtual void on_picture(Participant&, std::string const& /*stream*/, Picture const&,
                            Steady::time_point /*read_at*/) {}
    virtual void on_problem(Participant&, Problem const&) {}
    virtual void on_lost(Participant&, std::uint16_t /*code*/, std::string const& /*why*/) {}
  };
  enum class Loyalty : std::uint8_t { Leave = 0, Return = 1 };

  // `decoder` is shared by the participants of one thread. All references outlive the participant.
  Participant(Reactor& reactor, Decoder& decoder, Address address, std::string token, Loyalty loyalty,
              std::uint64_t seed, Listener& listener);
  ~Participant() override;

  void connect();
  void follow(std::string inquiry);           // also what is followed after a reconnect
  void unfollow(std::string const& inquiry);  // its pictures go when the server has agreed
  // A signature stays with its bid: what is sent again is the same to the last byte.
  void bid(std::string lot, std::string price, std::string key, Consent consent = Consent::NotGiven,
           std::optional<BidSignature> signature = {});
  void ask(std::string_view lot, std::string_view key);
  void probe_time();                 // one probe; clock() gets better with each
  void send_text(std::string text);  // as it is, for what the protocol should refuse
  void leave();                      // closes politely and does not return
  void drop();                       // loses its connection now; what follows is as with any loss
  void stop_reading();               // until it goes on, or its connection is made again
  void go_on_reading();

  bool is_ready() const { return ready_; }
  std::size_t unanswered() const { return bids_.size(); }
  std::uint32_t reconnects() const { return reconnects_; }
  std::uint32_t resends() const { return resends_; }
  ClockOffset const& clock() const { return clock_; }
  Picture const* picture(std::string_view stream) const;
  std::map<std::string, Picture, std::less<>> const& pictures() const { return pictures_; }
  std::vector<std::string> const& oddities() const { return oddities_; }  // what could not be understood

 private:
  // What is known of a bid without an answer.
  enum class Stage : std::uint8_t { Waiting, Sent, Asked, Unknown };
  struct Bid {
    std::string lot;
    std::string price;
    std::string key;
    Consent consent;
    std::optional<BidSignature> signature;
    Stage stage;
  };

  void on_open() override;
  void on_message(std::string_view text, Steady::time_point read_at) override;
  void on_closed(std::uint16_t code, std::string why) override;

  void hear(Hello const&, Steady::time_point);
  void hear(Subscribed const&, Steady::time_point);
  void hear(Unsubscribed const&, Steady::time_point);
  void hear(Snapshot const&, Steady::time_point);
  void hear(Update const&, Steady::time_point);
  void hear(Receipt const&, Steady::time_point);
  void hear(UnknownKey const&, Steady::time_point);
  void hear(TimeAnswer const&, Steady::time_point);
  void hear(Problem const&, Steady::time_point);
  void hear(Other const&, Steady::time_point);
  void send(Bid const& bid);
  void take_up_streams();
  void forget(std::string const& inquiry);
  void note(std::string oddity);
  void send_what_waits();
  void try_again(std::string const& key);
  void settle(std::string_view lot, std::string_view key);

  Reactor& reactor_;
  Decoder& decoder_;
  Address address_;
  std::string token_;
  Loyalty loyalty_;
  std::minstd_rand random_;
  Listener& listener_;
  std::unique_ptr<Socket> socket_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // timers hold it weakly
  std::vector<std::string> followed_;
  std::map<std::string, Picture, std::less<>> pictures_;
  std::deque<Bid> bids_;   // without an answer, in order of bidding
  std::size_t asked_ = 0;  // of those, how many wait for `ask`: nothing newer is sent before
  ClockOffset clock_;
  std::vector<std::string> oddities_;
  std::uint32_t reconnects_ = 0;
  std::uint32_t resends_ = 0;
  std::uint32_t tries_ = 0;  // since the last hello
  bool ready_ = false;
};

}  // namespace ebb_client
