// Notes, people and sessions in three tables: note id -> version, text; token digest -> session, person; person ->
// hash.
#include "tests/unit/gateway/notes_module.h"

#include <array>
#include <functional>
#include <string>
#include <thread>

#include "engine/bytes.h"

namespace gateway::test {
namespace {

enum Verb : std::uint16_t { Write = 1, Edit, Freeze, Open, Close, Lock, Password, Drop, Expel };

struct Known {
  std::string_view login;
  modules::Actor actor;
};
std::array<Known, 4> people() {
  using modules::Role;
  return {Known{"anna", {anna, {}, {}, Role::Administrator, ""}},
          Known{"bai", {bai, {}, {}, Role::Purchaser, "330000"}}, Known{"chen", {chen, {}, chens, Role::Supplier, ""}},
          Known{"dora", {dora, {}, doras, Role::Supplier, ""}}};
}

std::string key(std::uint64_t number) {
  return engine::ByteWriter{}.put(number).take();
}

struct Note {
  std::uint64_t version = 0;
  std::string text;
};
std::optional<Note> note(std::string_view id, engine::TableReader const& tables) {
  auto const row = tables.get("notes.texts", id);
  if (!row) return std::nullopt;
  engine::ByteReader in(*row);
  auto const version = in.get<std::uint64_t>();
  return Note{version, std::string(in.rest())};
}
void put(engine::Tables& tables, std::string_view id, Note const& note) {
  tables.put("notes.texts", id, engine::ByteWriter{}.put(note.version).put_raw(note.text).view());
}

std::string id_of(std::string const& text) {
  return key(std::strtoull(text.c_str(), nullptr, 10));
}

modules::Answer show(modules::Request const& request, engine::TableReader const& tables) {
  for (auto const& [name, value] : request.query) {
    if (name == "colour") return std::unexpected(modules::Denied{modules::Malformed{{{"/colour", "no note has one"}}}});
  }
  auto const found = note(id_of(request.path[0]), tables);
  if (!found) return std::unexpected(engine::Refusal{&no_such_note});
  auto body = modules::Json::object();
  body.add("id", modules::Json::text(request.path[0])).add("text", modules::Json::text(found->text));
  return modules::Response{200, body, std::to_string(found->version)};
}

engine::ModuleCommand command(Verb verb, std::string body) {
  engine::ModuleCommand made;
  made.module = 90;
  made.verb = verb;
  made.body = std::move(body);
  return made;
}

modules::Decoded write(modules::Request const& request, engine::TableReader const&) {
  auto const* text = request.body == nullptr ? nullptr : request.body->find("text");
  if (text == nullptr || text->as_text() == nullptr) {
    return std::unexpected(modules::Denied{modules::Malformed{{{"/text", "a text is expected"}}}});
  }
  return command(Write, *text->as_text());
}

modules::Decoded edit(modules::Request const& request, engine::TableReader const& tables) {
  auto const found = note(id_of(request.path[0]), tables);
  if (!found) return std::unexpected(modules::Denied{engine::Refusal{&no_such_note}});
  if (request.if_match.empty()) return std::unexpected(modules::Denied{engine::Refusal{&unpinned}});
  if (request.if_match != std::to_string(found->version))
    return std::unexpected(modules::Denied{engine::Refusal{&stale_note}});
  return command(Edit, id_of(request.path[0]) + *request.body->find("text")->as_text());
}

// Gives the id of the note that was dropped, whether the body is missing or empty.
modules::Decoded drop(modules::Request const& request, engine::TableReader const&) {
  if (request.body != nullptr && !request.body->as_object()->empty()) {
    return std::unexpected(modules::Denied{modules::Malformed{{{"", "nothing is asked for"}}}});
  }
  return command(Drop, id_of(request.path[0]));
}

// Writes the members of the body it was given, so that a test sees what reaches a module.
modules::Decoded hire(modules::Request const& request, engine::TableReader const&) {
  return command(Write, request.body->write());
}

}  // namespace

std::optional<engine::Refusal> Notes::judge(engine::ModuleCommand const& c, engine::Instant,
                                            engine::TableReader const&) const {
  if (c.verb == Freeze) return engine::Refusal{&frozen};
  return std::nullopt;
}

std::uint64_t Notes::enter(engine::ModuleCommand const& c, engine::Seq seq, engine::Instant, engine::Tables& tables,
                           modules::FollowUps&) {
  switch (c.verb) {
    case Write:
      put(tables, key(seq.number()), {1, c.body});
      return seq.number();
    case Edit: {
      auto const id = c.body.substr(0, 8);
      put(tables, id, {note(id, tables)->version + 1, c.body.substr(8)});
      return engine::ByteReader(id).get<std::uint64_t>();
    }
    case Drop:
      tables.erase("notes.texts", c.body);
      return 0;
    case Open: {
      engine::ByteReader in(c.body);
      auto const person = in.get<std::uint64_t>();
      tables.put("notes.sessions", in.rest(), engine::ByteWriter{}.put(seq).put(person).view());
      return seq.number();
    }
    case Close: {
      std::string gone;
      tables.scan("notes.sessions", "", [&](std::string_view digest, std::string_view row) {
        if (row.substr(0, 8) == c.body) gone = digest;
        return engine::TableReader::Scan::Continue;
      });
      tables.erase("notes.sessions", gone);
      return 0;
    }
    case Lock:
      tables.put("notes.locked", c.body, "1");
      return 0;
    case Password:  // as in the real module: all other sessions of the person end
    case Expel: {
      auto const person = c.body.substr(0, 8), session = c.body.substr(8);
      if (c.verb == Password) tables.put("notes.hashes", person, c.secret);
      std::vector<std::string> gone;
      tables.scan("notes.sessions", "", [&](std::string_view digest, std::string_view row) {
        if (row.substr(8) == person && row.substr(0, 8) != session) gone.emplace_back(digest);
        return engine::TableReader::Scan::Continue;
      });
      for (auto const& digest : gone) tables.erase("notes.sessions", digest);
      return 0;
    }
    default:
      return 0;
  }
}

void Notes::routes(modules::Routes& routes) const {
  using modules::Method;
  using modules::Role;
  routes.add({Method::Get, "/notes/{note}", {}, show, {}, 200, {}});
  routes.add({Method::Get, "/archive/{note}", {}, show, {}, 200, {}, {}, false, true});
  // On which thread it was read.
  auto const where = [](auto const&, auto const&) -> modules::Answer {
    auto const thread = std::hash<std::thread::id>{}(std::this_thread::get_id());
    return modules::Response{200, modules::Json::text(std::to_string(thread)), {}};
  };
  routes.add({Method::Get, "/here", {}, where, {}, 200, {}});
  routes.add({Method::Get, "/aside", {}, where, {}, 200, {}, {}, false, true});
  routes.add({Method::Post, "/notes", {Role::Purchaser}, {}, write, 201, "/notes/{id}"});
  routes.add({Method::Post, "/notebooks", {Role::Purchaser}, {}, write, 201, "/notes/{id}", {}, true});
  routes.add({Method::Put, "/notes/{note}", {Role::Purchaser}, {}, edit, 200, "/notes/{note}"});
  routes.add({Method::Post,
              "/notes/{note}/freeze",
              {Role::Purchaser},
              {},
              [](auto const&, auto const&) -> modules::Decoded { return command(Freeze, {}); },
              200,
              "/notes/{note}"});
  routes.add({Method::Delete, "/notes/{note}", {Role::Purchaser}, {}, drop, 204, {}});
  routes.add({Method::Post,
              "/people/{person}/expel",
              {Role::Administrator},
              {},
              [](modules::Request const& request, auto const&) -> modules::Decoded {
                return command(Expel, id_of(request.path[0]) + key(0));
              },
              204,
              {}});
  routes.add({Method::Post, "/people", {Role::Administrator}, {}, hire, 201, "/notes/{id}"});
}

engine::RefusalKind const* Notes::refusal(std::uint16_t number) const {
  for (auto const* kind : {&no_such_note, &stale_note, &unpinned, &frozen}) {
    if (kind->number == number) return kind;
  }
  return nullptr;
}

std::optional<Notes::Credential> Notes::credential(std::string_view login, engine::TableReader const& tables) const {
  for (auto const& known : people()) {
    if (known.login == login) return credential_of(known.actor.person, tables);
  }
  return std::nullopt;
}

std::optional<Notes::Credential> Notes::credential_of(engine::PersonId person,
                                                      engine::TableReader const& tables) const {
  auto const row = key(person.number());
  std::uint8_t const locked = tables.get("notes.locked", row) ? 1 : 0;
  return Credential{person, tables.get("notes.hashes", row).value_or(password_hash_), locked};
}

std::optional<modules::Actor> Notes::actor(std::string_view digest, engine::Instant,
                                           engine::TableReader const& tables) const {
  auto const row = tables.get("notes.sessions", digest);
  if (!row) return std::nullopt;
  engine::ByteReader in(*row);
  auto const session = in.get<engine::SessionId>();
  auto const person = in.get<engine::PersonId>();
  for (auto const& known : people()) {
    if (known.actor.person != person) continue;
    auto actor = known.actor;
    actor.session = session;
    return actor;
  }
  return std::nullopt;
}

engine::ModuleCommand Notes::open_session(engine::PersonId person, std::string_view digest, std::string_view) const {
  return command(Open, key(person.number()) + std::string(digest));
}
engine::ModuleCommand Notes::close_session(modules::Actor const& actor) const {
  auto made = command(Close, key(actor.session.number()));
  made.actor = actor.person;
  return made;
}
engine::ModuleCommand Notes::lock(engine::PersonId person, std::string_view) const {
  return command(Lock, key(person.number()));
}
engine::ModuleCommand Notes::set_password(modules::Actor const& actor, engine::PersonId person,
                                          std::string_view hash) const {
  auto made = command(Password, key(person.number()) + key(actor.session.number()));
  made.secret = hash;
  made.secret_of = person;
  return made;
}

std::optional<engine::PersonId> Notes::whose_sessions(engine::ModuleCommand const& c) const {
  if (c.verb == Close) return c.actor;
  if (c.verb == Password || c.verb == Expel) return engine::PersonId{engine::ByteReader(c.body).get<std::uint64_t>()};
  return std::nullopt;
}

std::vector<engine::SessionId> Notes::sessions_of(engine::PersonId person, engine::TableReader const& tables) const {
  std::vector<engine::SessionId> found;
  tables.scan("notes.sessions", "", [&](std::string_view, std::string_view row) {
    engine::ByteReader in(row);
    auto const session = in.get<engine::SessionId>();
    if (in.get<engine::PersonId>() == person) found.push_back(session);
    return engine::TableReader::Scan::Continue;
  });
  return found;
}

Notes::Side Notes::side(engine::InquiryId, modules::Actor const* actor, engine::TableReader const&) const {
  if (actor == nullptr) return Side::Public;
  return actor->role == modules::Role::Supplier ? Side::Bidder : Side::Supervision;
}

std::vector<engine::LotId> Notes::lots(engine::InquiryId inquiry, engine::TableReader const&) const {
  if (inquiry != watched) return {};
  return {engine::lot_id(watched, 1)};
}

}  // namespace gateway::test
