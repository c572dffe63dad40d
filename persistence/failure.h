// How this room says that the outside world said no: what it was doing, then what happened.
//
// Thread: any.
#pragma once

#include <cerrno>
#include <expected>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/ports.h"

namespace persistence {

inline std::unexpected<engine::Failure> failed(std::string what) {
  return std::unexpected(engine::Failure{std::move(what)});
}

// With the operating system's reason; call it before anything else can change errno.
inline std::unexpected<engine::Failure> failed_with_errno(std::string const& doing) {
  return failed(doing + ": " + std::generic_category().message(errno));
}

}  // namespace persistence
