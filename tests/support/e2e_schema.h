// A checker for the part of JSON Schema 2020-12 that our OpenAPI and AsyncAPI documents use.
//
// A keyword it does not know is a fault, not a shrug: otherwise a document could promise what nobody checks.
// Thread: one. Failure: faults as words, each with the place in the value.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace support {

class Schemas {
 public:
  explicit Schemas(boost::json::value document) : document_(std::move(document)) {}

  boost::json::value const& document() const { return document_; }
  // Follows {"$ref": "#/…"} until something else stands there.
  boost::json::value const& resolve(boost::json::value const& value) const;
  // What is wrong with `value`; empty: nothing.
  std::vector<std::string> faults(boost::json::value const& value, boost::json::value const& schema) const;

 private:
  boost::json::value document_;
};

// A member of an object; nullptr: not an object, or no such member.
boost::json::value const* member(boost::json::value const& object, std::string_view name);
std::string text_or(boost::json::value const* value, std::string_view otherwise);

}  // namespace support
