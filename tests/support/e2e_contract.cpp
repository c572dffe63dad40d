// See the header.
#include "tests/support/e2e_contract.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace support {
namespace {

namespace json = boost::json;

json::value read_document(std::string_view name) {
  auto const* source = std::getenv("EBB_SOURCE_DIR");
  auto const file = std::filesystem::path{source != nullptr ? source : EBB_SOURCE} / "gateway" / name;
  std::ifstream in{file, std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  boost::system::error_code wrong;
  auto value = json::parse(text, wrong);
  if (wrong) throw Broken(file.string() + ": not there, or not JSON");
  return value;
}

std::string lowered(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::vector<std::string_view> segments(std::string_view path) {
  path = path.substr(0, path.find('?'));
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    auto const end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

// A literal segment beats a placeholder: /me/password is not /people/{person}.
int likeness(std::string_view pattern, std::string_view target) {
  auto const wanted = segments(pattern);
  auto const given = segments(target);
  if (wanted.size() != given.size()) return -1;
  int literal = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) continue;
    if (wanted[i] != given[i]) return -1;
    ++literal;
  }
  return literal;
}

bool is_method(std::string_view name) {
  return name == "get" || name == "post" || name == "put" || name == "patch" || name == "delete";
}

json::value const* response_for(json::value const& operation, int status) {
  auto const* responses = member(operation, "responses");
  if (responses == nullptr) return nullptr;
  auto const exact = std::to_string(status);
  for (auto const& name : {exact, exact.substr(0, 1) + "XX", std::string{"default"}}) {
    if (auto const* found = member(*responses, name)) return found;
  }
  return nullptr;
}

// The schema of a message; AsyncAPI allows a format to stand around it.
json::value const* payload_of(Schemas const& schemas, json::value const& message) {
  auto const* payload = member(schemas.resolve(message), "payload");
  if (payload == nullptr) return nullptr;
  auto const& resolved = schemas.resolve(*payload);
  auto const* inner = member(resolved, "schema");
  return member(resolved, "schemaFormat") != nullptr && inner != nullptr ? inner : payload;
}

std::string type_of(Schemas const& schemas, json::value const& payload) {
  auto const* properties = member(schemas.resolve(payload), "properties");
  auto const* type = properties != nullptr ? member(*properties, "type") : nullptr;
  return type != nullptr ? text_or(member(schemas.resolve(*type), "const"), "") : "";
}

}  // namespace

Contract::Contract() : rest_(read_document("openapi.json")), live_(read_document("asyncapi.json")) {
  auto const* paths = member(rest_.document(), "paths");
  if (paths == nullptr) throw Broken("openapi.json has no paths");
  for (auto const& [path, item] : paths->as_object()) {
    for (auto const& [method, operation] : rest_.resolve(item).as_object()) {
      if (!is_method(method)) continue;
      std::string upper{method};
      std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      operations_.push_back({upper, path});
    }
  }
}

json::value const* Contract::operation(std::string_view method, std::string_view target) const {
  json::value const* best = nullptr;
  int best_likeness = -1;
  for (auto const& [path, item] : member(rest_.document(), "paths")->as_object()) {
    auto const like = likeness(path, target);
    auto const* found = member(rest_.resolve(item), lowered(method));
    if (found == nullptr || like <= best_likeness) continue;
    best = found;
    best_likeness = like;
  }
  return best;
}

std::vector<std::string> Contract::faults(std::string_view method, std::string_view target,
                                          HttpAnswer const& answer) const {
  auto const what = std::string{method} + " " + std::string{target} + " -> " + std::to_string(answer.status);
  auto const* found = operation(method, target);
  if (found == nullptr) return {what + ": no such operation in openapi.json"};
  auto const* given = response_for(*found, answer.status);
  if (given == nullptr) return {what + ": no such status in openapi.json"};
  auto const& response = rest_.resolve(*given);
  auto const* content = member(response, "content");
  if (answer.body.empty()) return {};
  auto const type = answer.header("Content-Type");
  auto const plain = type.substr(0, type.find(';'));
  auto const* medium = content != nullptr ? member(*content, plain) : nullptr;
  if (medium == nullptr) return {what + ": no content of type " + plain + " in openapi.json"};
  auto const* schema = member(*medium, "schema");
  if (schema == nullptr || !plain.ends_with("json")) return {};
  auto faults = rest_.faults(answer.json(), *schema);
  for (auto& fault : faults) fault = what + " " + fault + " in " + answer.body;
  return faults;
}

std::vector<std::string> Contract::faults(std::string_view message) const {
  boost::system::error_code wrong;
  auto const value = json::parse(message, wrong);
  if (wrong) return {"not JSON: " + std::string{message}};
  auto const type = text_or(member(value, "type"), "");
  std::vector<std::string> faults{"no message of type '" + type + "' in asyncapi.json: " + std::string{message}};
  auto const* components = member(live_.document(), "components");
  auto const* messages = components != nullptr ? member(*components, "messages") : nullptr;
  if (messages == nullptr) throw Broken("asyncapi.json has no components.messages");
  for (auto const& [name, described] : messages->as_object()) {
    auto const* payload = payload_of(live_, described);
    if (payload == nullptr || type_of(live_, *payload) != type) continue;
    auto found = live_.faults(value, *payload);
    if (found.empty()) return {};
    for (auto const& fault : found) faults.push_back(std::string{name} + " " + fault + " in " + std::string{message});
  }
  return faults;
}

}  // namespace support
