// Who hears what: folds the engine's events into pictures of the lots, and gives every audience its own stream.
//
// The hub stands behind the gate: a turn arrives here only when its frame is durable. One turn makes at most one
// message per (lot, view), encoded once and shared by all who have that view, however many bids the turn held; receipts
// go to their bidders one by one. Turns that gather while the hub is busy are told as one, so a hub that is behind
// makes fewer messages and catches up. Snapshot and joining happen in one turn of the hub, so there is no gap and no
// repeat.
//
// During recovery every turn is published too, or those behind a snapshot, with tickets of nobody: pictures are folded,
// and nothing is encoded for a stream that nobody has listened to yet.
//
// Thread: every public function may be called from any thread; the work happens on the hub's own strand, in short steps
// between which waiting reads get their turn.
// Memory: the gallery, and the last updates per stream that was ever listened to.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports.h"
#include "engine/transparency.h"
#include "gateway/client.h"
#include "gateway/gallery.h"
#include "gateway/stream.h"
#include "modules/module.h"

namespace gateway {

class Hub final : public engine::Outlet {
 public:
  // Runs a piece of work later, one after the other (an Asio strand in the server, a plain queue in tests).
  using Later = std::function<void(std::function<void()>)>;
  // All outlive the hub. `epoch` is the random name of this process's life. Without a log receipts have no leaf after a
  // restart.
  Hub(Later later, std::string epoch, modules::Sight const& sight, engine::Snapshots const& snapshots,
      engine::TransparencyLog const* log = nullptr);
  ~Hub() override;

  // The pictures as a snapshot has them, instead of the turns up to there. Before anything is published.
  void begin_with(Gallery pictures);

  // engine::Outlet; thread: engine. Never blocks.
  void publish(std::unique_ptr<engine::Turn const> turn) override;

  void join(std::shared_ptr<Client> client);
  void leave(std::uint64_t client);
  // Answers with `subscribed` and then snapshots or the missing updates; with `problem` for what the client may not
  // see.
  void subscribe(std::uint64_t client, std::string id, std::vector<engine::InquiryId> inquiries,
                 std::vector<Position> resume);
  void unsubscribe(std::uint64_t client, std::string id, std::vector<engine::InquiryId> inquiries);
  // "What happened to key X?": answers with `receipt` or `unknown_key`.
  void ask(std::uint64_t client, engine::LotId lot, engine::BidKey key);

  // REST: what was decided for that ticket (its own events and those of its follow-ups), once, on the hub's strand.
  // A bid's ticket needs none: the receipt goes to the client with the ticket's session number.
  using Decision = std::function<void(engine::Decided const& command, std::vector<engine::Event> events)>;
  void expect(engine::Ticket ticket, Decision decision);
  // The inbox did not take the command, or nobody waits any more: its decision is not called (if it was not yet).
  void forget(engine::Ticket ticket);

  // Sessions that ended by a command (sign-out, password change, removal): their sockets close with 3501.
  void drop_sessions(std::vector<engine::SessionId> sessions);
  // Staged shutdown: everybody is closed with `code`.
  void close_all(CloseCode code);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace gateway
