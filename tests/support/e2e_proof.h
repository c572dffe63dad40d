// The transparency log as a stranger checks it: with what PROTOCOL.md says, OpenSSL and nothing of the server's.
//
// Thread: any. Failure: what is malformed does not hold; nothing throws.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace support {

std::string bytes_of(std::string_view hex);
std::string hex_of(std::string_view bytes);
std::string sha256(std::string_view bytes);

// Each takes answers of /api/v1/log as they came.
bool is_signed(boost::json::object const& head, std::string_view key);
std::string leaf_of(boost::json::object const& entry);  // in hexadecimal; empty: the blinding is not of its salt
// The root that the path leads to; empty: it is no path of that place in a tree of that size.
std::string root_of(boost::json::object const& inclusion);
bool is_consistent(boost::json::object const& older, boost::json::object const& newer,
                   boost::json::object const& consistency);

}  // namespace support
