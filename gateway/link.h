// The life of one WebSocket connection, whatever is said over it: accept, read, write, ping, close.
//
// Beast shakes hands; from then on the socket is ours, and one system call reads everything that is there or writes
// everything that waits. Reading and writing begin when the socket has something or somebody has something to say, and
// never wait. Every exit names its close code. A kill timer cuts the socket when the peer does not answer a close.
// What a message means is said by who derives from this.
//
// Thread: the connection's strand, but for stop() and arrived(); it keeps itself alive until it has ended.
// Failure: the connection closes with a code, or is cut. Memory: a message that comes in pieces, and the outbox.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/arrivals.h"
#include "gateway/connections.h"
#include "gateway/deadline.h"
#include "gateway/departures.h"
#include "gateway/frames.h"
#include "gateway/lobby.h"
#include "gateway/net.h"
#include "gateway/outbox.h"

namespace gateway {

struct Upgrade;

class Link : public Connection, public Watcher, public Departing, public std::enable_shared_from_this<Link> {
 public:
  struct Terms {
    std::string_view subprotocol;  // chosen where it was offered; empty: none
    std::size_t message_bytes_max;
    std::size_t backlog_bytes_max;
  };
  // Takes the socket and the request out of `upgrade`. The lobby and the connections outlive this.
  Link(Lobby& lobby, Connections& connections, Upgrade& upgrade, Terms terms);
  ~Link() override;

  void start();
  void stop() override;              // any thread
  void arrived(What what) override;  // from the look
  void depart() override;            // from the departures

 protected:
  // What is said over it. All on the strand.
  virtual void begin() = 0;  // hands are shaken, nothing is read yet
  virtual void hear(Opcode kind, std::string_view message, net::Steady::time_point read_at) = 0;
  virtual bool is_welcome_still() const = 0;  // asked with every ping; no longer: SessionEnded
  virtual void leave() = 0;                   // behind begin(), whatever happened since

  void push(Message message, Opcode as = Opcode::Text);  // what is pushed goes over with the next flush()
  void flush();
  // Or, on the thread of the departures, which is no strand's: soon, with whatever else is pushed until then.
  bool is_at_departures() const { return departures_->is_here(); }
  void flush_soon(Departures::Line line);
  void finish(CloseCode code);

  Lobby& lobby_;
  std::uint64_t const number_;
  net::Executor const strand_;

 private:
  struct Handshake;
  net::Task<void> live();
  net::Task<bool> accept();
  void move(What what);
  void read(What what);
  void hear_all(std::span<char> bytes, net::Steady::time_point read_at);
  void hear_frame(FrameReader::Heard const& frame, net::Steady::time_point read_at);
  void go_on_writing();
  std::size_t pack(std::span<char> piece);
  std::size_t pack_goodbye(std::span<char> piece, std::size_t size);
  void note_ping_out();
  std::optional<std::size_t> send(std::string_view bytes) const;
  net::Task<void> ping_loop();
  void cut();
  void close_socket();
  void end();

  Connections& connections_;
  Terms const terms_;
  std::unique_ptr<Handshake> handshake_;  // until accepted: it has the socket
  int socket_ = -1;                       // from then on, while it is open
  std::shared_ptr<Arrivals> const arrivals_;
  std::optional<Arrivals::Place> place_;
  std::shared_ptr<Departures> const departures_;
  bool is_departing_ = false;  // stands in one of their lines
  FrameReader frames_;
  Outbox outbox_;
  net::Timer over_;  // never expires: cancelling it ends live()
  net::Timer ping_;
  Deadline kill_;
  std::string rest_;                     // of a piece that the kernel took only in part
  bool is_blocked_ = false;              // by that: the kernel tells when it has room
  net::Steady::time_point write_began_;  // of the rest
  bool is_ping_out_ = false;
  bool pong_seen_ = false;
  std::optional<CloseCode> closing_;  // the goodbye was asked for
  bool said_goodbye_ = false;         // and is written, or with what is being written
  bool is_answered_ = false;          // the peer has said its own
  bool is_deaf_ = false;              // what comes is thrown away: behind a goodbye or a fault
  bool is_over_ = false;              // the connection is gone
};

}  // namespace gateway
