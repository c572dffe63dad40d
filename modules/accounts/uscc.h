// The unified social credit code of an organisation (统一社会信用代码, GB 32100-2015; rules.md §10).
//
// Pure. The organisation code inside has a check of its own (GB 11714), which some early codes break: it is not held
// against anybody here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace modules::accounts {

enum class UsccVerdict : std::uint8_t { Valid = 1, WrongLength = 2, WrongCharacter = 3, WrongCheck = 4 };

std::string normalised_uscc(std::string_view text);  // upper case, no spaces
UsccVerdict check_uscc(std::string_view normalised);

}  // namespace modules::accounts
