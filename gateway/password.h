// Passwords and tokens: everything secret that a person brings, and nothing that stays.
//
// A password becomes an Argon2id PHC string, a session token becomes its SHA-256; only these reach a command. Hashing
// takes tens of milliseconds by design: only workers call hash() and verify().
//
// Thread: any. Failure: out of memory for the hash is the outside world, a Failure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace gateway::password {

// OWASP's second recommendation: two passes over 19 MiB. A change needs no migration: a PHC string carries its own.
inline constexpr unsigned long long argon2_passes = 2;
inline constexpr std::size_t argon2_bytes = 19 << 20;

inline constexpr std::size_t characters_min = 10;
inline constexpr std::size_t characters_max = 128;

// Whether a password may be chosen at all: 10-128 characters of valid UTF-8.
enum class Fit : std::uint8_t { Accepted, Refused };
Fit judge(std::string_view password);

engine::Result<std::string> hash(std::string_view password);
enum class Match : std::uint8_t { Same, Other };
Match verify(std::string_view password, std::string const& hash);
// A hash that no password matches, of the same cost: what an unknown login is verified against, so that the time of
// the answer does not say which logins exist.
std::string nobody_hash();

// Twenty characters without look-alikes, over 100 bits: the administrator's at first start.
std::string one_time();

// 32 random bytes in base64url.
std::string new_token();
// What a command and a table may know of a token.
std::string token_digest(std::string_view token);

}  // namespace gateway::password
