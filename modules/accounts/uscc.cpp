// GB 32100-2015: seventeen weighted characters and a check; see uscc.h.
#include "modules/accounts/uscc.h"

namespace modules::accounts {

namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // no I O Z S V
constexpr std::size_t code_size = 18;
constexpr std::size_t division_first = 2;
constexpr std::size_t division_last = 7;
}  // namespace

std::string normalised_uscc(std::string_view text) {
  std::string code;
  for (char const c : text) {
    if (c != ' ') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return code;
}

UsccVerdict check_uscc(std::string_view normalised) {
  if (normalised.size() != code_size) return UsccVerdict::WrongLength;
  for (std::size_t i = 0; i < code_size; ++i) {
    bool const is_division = i >= division_first && i <= division_last;
    if (alphabet.substr(0, is_division ? 10 : alphabet.size()).find(normalised[i]) == std::string_view::npos) {
      return UsccVerdict::WrongCharacter;
    }
  }
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (std::size_t i = 0; i + 1 < code_size; ++i) {
    sum += alphabet.find(normalised[i]) * weight;
    weight = weight * 3 % alphabet.size();
  }
  // The outer remainder matters: a sum that divides evenly has the check "0".
  auto const check = (alphabet.size() - sum % alphabet.size()) % alphabet.size();
  return normalised.back() == alphabet[check] ? UsccVerdict::Valid : UsccVerdict::WrongCheck;
}

}  // namespace modules::accounts
