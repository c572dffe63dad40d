// A thin business beside the auction: a deterministic participant of the log.
//
// A module sees the commands addressed to it and the events of others, writes its own tables inside the command's
// transaction, and may cause follow-up commands. It cannot see the Hall, a socket or LMDB. Writes go through the log:
// a write route only decodes a request into a command. Reads are handlers on a snapshot of the tables.
// How to add one: modules/README.md.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"
#include "modules/json.h"

namespace modules {

enum class Role : std::uint8_t { Administrator = 1, Purchaser = 2, Supplier = 3, Regulator = 4 };

// Who acts, as signed in. `division` is a GB/T 2260 code such as "330000".
struct Actor {
  engine::PersonId person;
  engine::SessionId session;
  engine::OrgId org;
  Role role = Role::Supplier;
  std::string division;
};

// ---- The participant -------------------------------------------------------------------------------------------

class FollowUps {
 public:
  virtual ~FollowUps() = default;
  virtual void then(engine::Command command) = 0;
};

class Module {
 public:
  virtual ~Module() = default;

  virtual std::string_view name() const = 0;  // its tables are "<name>.<table>"
  virtual std::uint16_t number() const = 0;   // in the journal, never reused
  // May this command happen, given the tables as they are? Const and without effect; the first rule broken, or none.
  // Checks the actor again: between request and turn a session may have ended.
  virtual std::optional<engine::Refusal> judge(engine::ModuleCommand const&, engine::Instant at,
                                               engine::TableReader const&) const = 0;
  // It happens. Cannot refuse. Returns the id of what was made or changed (0 where there is none).
  virtual std::uint64_t enter(engine::ModuleCommand const&, engine::Seq, engine::Instant at, engine::Tables&,
                              FollowUps&) = 0;
  // Something happened elsewhere: in the engine or in another module.
  virtual void hear(engine::Event const&, engine::Seq, engine::Instant at, engine::Tables&, FollowUps&) = 0;
  virtual void routes(class Routes&) const = 0;
  // Its refusal with that number, or nullptr: so that a kept answer can be given again.
  virtual engine::RefusalKind const* refusal(std::uint16_t number) const = 0;
};

// ---- Requests and answers --------------------------------------------------------------------------------------

struct Request {
  std::vector<std::string> path;                           // the {placeholders} of the pattern, in order
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  Actor const* actor = nullptr;                            // nullptr: not signed in
  Json const* body = nullptr;                              // nullptr: none
  std::string_view if_match;                               // value of If-Match, empty: absent
  std::string_view request_key = {};                       // value of Idempotency-Key, empty: absent
  engine::Instant now;                                     // server time; for reading only
};

// One thing wrong with a request, with a JSON Pointer to it (RFC 9457 `errors`).
struct Fault {
  std::string pointer;
  std::string detail;
};
struct Malformed {
  std::vector<Fault> faults;  // 400
};

struct Response {
  int status = 200;
  Json body;
  std::string etag;  // without quotes; empty: none
};

// Bad input (400), or a refusal known without the log (403, 404, 412, 428).
struct Denied {
  Denied(Malformed malformed) : why(std::move(malformed)) {}
  Denied(engine::Refusal refusal) : why(refusal) {}
  std::variant<Malformed, engine::Refusal> why;
};
using Answer = std::expected<Response, Denied>;
using Decoded = std::expected<engine::ModuleCommand, Denied>;

using ReadHandler = std::function<Answer(Request const&, engine::TableReader const&)>;
using WriteDecoder = std::function<Decoded(Request const&, engine::TableReader const&)>;
// For what must never stand in a row, a price among them: a follow-up is one, so these go to the engine as they are.
// The engine judges and answers; the request key is not kept, so the command itself must bear being sent twice.
using Acted = std::expected<engine::Command, Denied>;
using ActDecoder = std::function<Acted(Request const&, engine::TableReader const&)>;

enum class Method : std::uint8_t { Get, Post, Put, Patch, Delete };

struct Route {
  Method method;
  std::string pattern;      // "/inquiries/{inquiry}/publish", under /api/v1
  std::vector<Role> roles;  // who may; empty: anyone, signed in or not
  ReadHandler read;         // Get
  WriteDecoder decode;      // the others
  int success = 200;        // 201 for what makes a thing
  // The read route that shows what was made or changed: "{id}" is the outcome's id. Empty: 204, nothing to show.
  std::string show;
  ActDecoder act = {};      // in the place of `decode`
  bool begins = false;      // begins what will need room for long: the first to be refused when the disk gets full
  bool takes_long = false;  // a read for a worker: it looks at more than a few rows
};

class Routes {
 public:
  virtual ~Routes() = default;
  virtual void add(Route route) = 0;
};

// Sign-in as the gateway needs it, implemented by modules/accounts. Thread: any, on a snapshot.
class SignIn {
 public:
  virtual ~SignIn() = default;
  struct Credential {
    engine::PersonId person;
    std::string password_hash;  // PHC string of Argon2id
    std::uint8_t locked = 0;    // 1: sign-in refused whatever the password
  };
  virtual std::optional<Credential> credential(std::string_view login, engine::TableReader const&) const = 0;
  // Of somebody signed in, who changes the password. Nothing: there is none.
  virtual std::optional<Credential> credential_of(engine::PersonId, engine::TableReader const&) const = 0;
  // The session behind a token's SHA-256, if it is alive at `now`.
  virtual std::optional<Actor> actor(std::string_view token_digest, engine::Instant now,
                                     engine::TableReader const&) const = 0;
  // Commands of the session's life.
  virtual engine::ModuleCommand open_session(engine::PersonId person, std::string_view token_digest,
                                             std::string_view user_agent) const = 0;
  virtual engine::ModuleCommand close_session(Actor const& actor) const = 0;
  virtual engine::ModuleCommand lock(engine::PersonId person, std::string_view reason) const = 0;
  virtual engine::ModuleCommand set_password(Actor const& actor, engine::PersonId person,
                                             std::string_view password_hash) const = 0;
  // Whose sessions a command, of whatever module, may end: the gateway then closes their sockets. Nothing: nobody's.
  virtual std::optional<engine::PersonId> whose_sessions(engine::ModuleCommand const&) const = 0;
  virtual std::vector<engine::SessionId> sessions_of(engine::PersonId person, engine::TableReader const&) const = 0;
};

// Who may see which inquiry, as hub and view need it, implemented by modules/inquiry. Thread: any, on a snapshot.
class Sight {
 public:
  virtual ~Sight() = default;
  enum class Side : std::uint8_t {
    Public = 1,       // anybody: best price, clock, state
    Bidder = 2,       // admitted supplier: also its own rank and receipts
    Supervision = 3,  // the buyer's people and regulators in scope: every bid under its alias
  };
  virtual Side side(engine::InquiryId inquiry, Actor const* actor, engine::TableReader const&) const = 0;
  // Published lots of an inquiry; empty: unknown or still a draft.
  virtual std::vector<engine::LotId> lots(engine::InquiryId inquiry, engine::TableReader const&) const = 0;
  virtual std::string title(engine::LotId lot, engine::TableReader const&) const = 0;
  // Whether that bid stands in the history of a lot that has ended, where this actor sees whose it is.
  virtual bool shows_bid(engine::LotId lot, engine::BidderId bidder, engine::Seq seq, Actor const& actor,
                         engine::TableReader const&) const = 0;
  // An organisation's name as it is published: of a winner, after the close.
  virtual std::string name(engine::OrgId org, engine::TableReader const&) const = 0;
};

}  // namespace modules
