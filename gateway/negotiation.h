// What a client takes and what it already has: the request headers that choose between the forms of one file
// (RFC 9110 §8.8.3, §12.4, §13.1.2).
//
// Thread: any. Failure: none; what is malformed counts as not said.
#pragma once

#include <cstdint>
#include <string_view>

namespace gateway {

enum class Coding : std::uint8_t { Identity, Gzip, Brotli };

// Which forms of a file there are beside its bytes as they are.
struct Forms {
  bool gzip = false;
  bool brotli = false;
};

// The form the client weighs highest; of equals the smallest (br, gzip, identity). Identity for a client that says
// nothing, and for one that refuses all there is: bytes as they are serve it better than a 406.
Coding choose_coding(std::string_view accept_encoding, Forms forms);

// Whether a person seems to look: text/html is asked for by name.
bool asks_for_html(std::string_view accept);

// Whether If-None-Match names this ETag (with its quotes) or "*". A proxy that recodes makes ours weak: compared
// weakly.
bool has_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace gateway
