// What people ask of the registry of signing keys over REST (gateway/PROTOCOL.md); see signing.h.
//
// Who takes part is secret among suppliers: another supplier is shown a key, for verifying, and not whose it is.
#include "engine/check.h"
#include "engine/limits.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/accounts/signing.h"
#include "modules/fields.h"
#include "modules/query.h"

namespace modules::accounts {

namespace {

using engine::TableReader;

constexpr Named<SigningAlgorithm> algorithms[] = {{"ECDSA_P256", SigningAlgorithm::EcdsaP256},
                                                  {"SM2", SigningAlgorithm::Sm2}};

// ---- Hexadecimal, lower case -----------------------------------------------------------------------------------

constexpr std::string_view digits = "0123456789abcdef";

std::string hex(std::string_view bytes) {
  std::string text;
  for (auto const byte : bytes) {
    auto const value = static_cast<unsigned char>(byte);
    text.push_back(digits[value >> 4U]);
    text.push_back(digits[value & 15U]);
  }
  return text;
}

std::optional<std::string> bytes_of(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    auto const high = digits.find(text[i]);
    auto const low = digits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4U | low));
  }
  return bytes;
}

// ---- Reads -----------------------------------------------------------------------------------------------------

Json shown_person(engine::PersonId id, TableReader const& tables) {
  auto json = Json::object();
  json.add("id", Json::text(id_text(id)));
  auto const person = person_of(id, tables);
  if (auto const name = person ? name_of(*person, tables) : std::nullopt)
    json.add("display", Json::text(name->display));
  return json;
}

enum class Names : std::uint8_t { Shown, Hidden };
Json shown(SigningKeyRow const& row, KeyReader const& keys, Names names, TableReader const& tables) {
  auto json = Json::object();
  json.add("id", Json::text(id_text(row.id)))
      .add("algorithm", Json::text(modules::name_of(row.algorithm, algorithms)))
      .add("fingerprint", Json::text(keys.fingerprint(row.public_key)))
      .add("added_at", Json::text(instant_text(row.added_at)));
  if (names == Names::Shown) json.add("added_by", shown_person(row.added_by, tables));
  if (row.is_in_force()) return json;
  json.add("revoked_at", Json::text(instant_text(row.revoked_at)));
  if (names == Names::Shown) json.add("revoked_by", shown_person(row.revoked_by, tables));
  return json;
}

// {"house":"…","items":[…],"next":"12"}: oldest first, revoked ones too.
Answer my_keys(Request const& request, KeyReader const& keys, TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  Faults faults;
  Query query(request.query, faults);
  auto const after = query.number("after").value_or(0);
  query.finish();
  if (!faults.empty()) return malformed(std::move(faults));
  auto const org = request.actor->org;
  std::vector<engine::SigningKeyId> ids;
  bool is_cut = false;
  tables.scan(table::signing_keys_by_org, key(org, std::uint64_t{after + 1}), [&](std::string_view row, auto) {
    if (number_at(row, 0) != org.number()) return Scan::Stop;
    is_cut = ids.size() == engine::limits::rows_a_page;
    if (is_cut) return Scan::Stop;
    ids.emplace_back(number_at(row, 1));
    return Scan::Continue;
  });
  auto items = Json::array();
  for (auto const id : ids) items.push(shown(judged(signing_key(id, tables)), keys, Names::Shown, tables));
  auto body = Json::object();
  body.add("house", Json::text(keys.house)).add("items", std::move(items));
  if (is_cut) body.add("next", Json::text(id_text(ids.back())));
  return Response{200, std::move(body), {}};
}

Answer one_key(Request const& request, KeyReader const& keys, TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const id = read_id<engine::SigningKeyId>(request.path.at(0));
  auto const row = id ? signing_key(*id, tables) : std::nullopt;
  if (!row) return std::unexpected(engine::Refusal{&refusals::no_such_signing_key});
  auto const& actor = *request.actor;
  bool const is_theirs = actor.org == row->org || actor.role == Role::Administrator;
  auto body = shown(*row, keys, is_theirs ? Names::Shown : Names::Hidden, tables);
  body.add("public_key", Json::text(hex(row->public_key)));
  if (is_theirs || actor.role != Role::Supplier) body.add("org", Json::text(id_text(row->org)));
  return Response{200, std::move(body), {}};
}

// ---- Decoders --------------------------------------------------------------------------------------------------

// {"algorithm","public_key"}
Decoded add_key(Request const& request, KeyReader const& keys) {
  CHECK(request.actor != nullptr);  // the route names roles
  Faults faults;
  Fields body(request.body, faults);
  auto const algorithm = body.one_of<SigningAlgorithm>("algorithm", algorithms);
  auto const public_key = bytes_of(body.text("public_key", {2, 2 * public_key_bytes_max}));
  body.finish();
  if (faults.empty() && (!public_key || !keys.is_key(algorithm, *public_key))) {
    body.fault("public_key",
               "应为该算法的公钥:SubjectPublicKeyInfo(DER)的小写十六进制 / a public key of that algorithm is expected: "
               "SubjectPublicKeyInfo in DER, as lower-case hexadecimal");
  }
  if (!faults.empty()) return malformed(faults);
  return by(request.actor->person, request.actor->session, AddSigningKey{request.actor->org, algorithm, *public_key});
}

Decoded revoke_key(Request const& request, TableReader const&) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const id = read_id<engine::SigningKeyId>(request.path.at(0));
  if (!id) return denied({&refusals::no_such_signing_key});
  Faults faults;
  read_nothing(request.body, faults);
  if (!faults.empty()) return malformed(faults);
  return by(request.actor->person, request.actor->session, RevokeSigningKey{*id});
}

}  // namespace

void add_signing_routes(Routes& routes, KeyReader const& keys) {
  auto const suppliers = std::vector{Role::Supplier};
  auto const anybody = std::vector{Role::Administrator, Role::Purchaser, Role::Supplier, Role::Regulator};
  auto const shown_as = "/signing-keys/{id}";
  auto read = [&](std::string pattern, std::vector<Role> who,
                  Answer (*handler)(Request const&, KeyReader const&, TableReader const&)) {
    routes.add(
        {Method::Get,
         std::move(pattern),
         std::move(who),
         [keys, handler](Request const& request, TableReader const& tables) { return handler(request, keys, tables); },
         {},
         200,
         {}});
  };
  read("/me/signing-keys", suppliers, my_keys);
  read("/signing-keys/{key}", anybody, one_key);
  routes.add({Method::Post,
              "/me/signing-keys",
              suppliers,
              {},
              [keys](Request const& request, TableReader const&) { return add_key(request, keys); },
              201,
              shown_as});
  routes.add({Method::Post,
              "/signing-keys/{key}/revoke",
              {Role::Supplier, Role::Administrator},
              {},
              revoke_key,
              200,
              shown_as});
}

}  // namespace modules::accounts
