// The registry of signing keys: read, judge, enter; see signing_keys.h and signing.h.
#include "modules/accounts/signing_keys.h"

#include <algorithm>

#include "engine/figure.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/accounts/signing.h"
#include "modules/refusals.h"

namespace modules::accounts {

namespace {

using Verdict = std::optional<engine::Refusal>;

Verdict no(engine::RefusalKind const& kind) {
  return engine::Refusal{&kind};
}

std::vector<SigningKeyRow> in_force(engine::OrgId org, engine::TableReader const& tables) {
  std::vector<SigningKeyRow> rows;
  tables.scan(table::signing_keys_in_force, key(org), [&](std::string_view row, std::string_view) {
    if (number_at(row, 0) != org.number()) return Scan::Stop;
    rows.push_back(judged(signing_key(engine::SigningKeyId{number_at(row, 1)}, tables)));
    return Scan::Continue;
  });
  return rows;
}

}  // namespace

std::optional<SigningKeyRow> signing_key(engine::SigningKeyId id, engine::TableReader const& tables) {
  return get_row<SigningKeyRow>(tables, table::signing_keys, key(id));
}

Verdict judge_signing(AddSigningKey const& command, Actor const& actor, engine::TableReader const& tables) {
  if (actor.role != Role::Supplier || command.org != actor.org) return no(modules::refusals::wrong_role);
  auto const kept = in_force(command.org, tables);
  if (std::ranges::find(kept, command.public_key, &SigningKeyRow::public_key) != kept.end()) return std::nullopt;
  if (kept.size() < signing_keys_an_org) return std::nullopt;
  return engine::Refusal{&engine::refusals::too_many, engine::figure::count(kept.size() + 1),
                         engine::figure::count(signing_keys_an_org)};
}

// Another supplier's is as good as none.
Verdict judge_signing(RevokeSigningKey const& command, Actor const& actor, engine::TableReader const& tables) {
  if (actor.role != Role::Supplier && actor.role != Role::Administrator) return no(modules::refusals::wrong_role);
  auto const row = signing_key(command.key, tables);
  bool const is_theirs = row && (actor.role == Role::Administrator || row->org == actor.org);
  if (!is_theirs) return no(refusals::no_such_signing_key);
  return row->is_in_force() ? std::nullopt : no(engine::refusals::state_conflict);
}

// The same key again, while it is in force, is the one that is there.
std::uint64_t enter_signing(AddSigningKey const& command, engine::PersonId by, engine::Seq seq, engine::Instant at,
                            engine::Tables& tables) {
  auto const kept = in_force(command.org, tables);
  auto const same = std::ranges::find(kept, command.public_key, &SigningKeyRow::public_key);
  if (same != kept.end()) return same->id.number();
  engine::SigningKeyId const id{next_id(tables, table::next, "signing_key")};
  put_row(tables, table::signing_keys, key(id),
          SigningKeyRow{.id = id,
                        .org = command.org,
                        .added_by = by,
                        .algorithm = command.algorithm,
                        .public_key = command.public_key,
                        .added_seq = seq,
                        .added_at = at,
                        .revoked_by = {},
                        .revoked_seq = {},
                        .revoked_at = {}});
  tables.put(table::signing_keys_by_org, key(command.org, id), {});
  tables.put(table::signing_keys_in_force, key(command.org, id), {});
  return id.number();
}

std::uint64_t enter_signing(RevokeSigningKey const& command, engine::PersonId by, engine::Seq seq, engine::Instant at,
                            engine::Tables& tables) {
  auto row = judged(signing_key(command.key, tables));
  row.revoked_by = by;
  row.revoked_seq = seq;
  row.revoked_at = at;
  put_row(tables, table::signing_keys, key(row.id), row);
  tables.erase(table::signing_keys_in_force, key(row.org, row.id));
  return row.id.number();
}

}  // namespace modules::accounts
