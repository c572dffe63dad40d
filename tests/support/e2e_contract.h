// gateway/openapi.json and gateway/asyncapi.json, held against everything the end-to-end tests exchange with the
// server.
//
// Every answer and every message of every test passes through here, so that the documents cannot promise less or more
// than what is spoken. Thread: one. Failure: faults as words; throws Broken where a document is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/e2e_http.h"
#include "tests/support/e2e_schema.h"

namespace support {

class Contract {
 public:
  // Reads both documents from the source tree (EBB_SOURCE_DIR).
  Contract();

  struct Operation {
    std::string method;  // "POST"
    std::string path;    // "/api/v1/inquiries/{inquiry}/publish"
  };
  std::vector<Operation> const& operations() const { return operations_; }

  // What of the answer is not as documented.
  std::vector<std::string> faults(std::string_view method, std::string_view target, HttpAnswer const& answer) const;
  // What of a message from the server is not as documented.
  std::vector<std::string> faults(std::string_view message) const;

 private:
  boost::json::value const* operation(std::string_view method, std::string_view target) const;

  Schemas rest_;
  Schemas live_;
  std::vector<Operation> operations_;
};

}  // namespace support
