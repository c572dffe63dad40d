// Lists with weights, as HTTP writes them: "br;q=0.9, gzip, *;q=0".
#include "gateway/negotiation.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <vector>

namespace gateway {
namespace {

constexpr int full_weight = 1'000;  // weights are thousandths: three digits is all that q= may have

struct Choice {
  std::string_view name;
  int weight;
};

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What stands before the next `at`, trimmed; it is taken off `text`.
std::string_view take_until(std::string_view& text, char at) {
  auto const end = std::min(text.find(at), text.size());
  auto const piece = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return piece;
}

// "0", "0.25", "1.000" in thousandths; what is no weight is none: 0.
int weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int value = (text[0] - '0') * full_weight;
  int place = full_weight / 10;
  for (auto const c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return 0;
    value += (c - '0') * place;
    place /= 10;
  }
  return value > full_weight ? 0 : value;
}

std::vector<Choice> choices(std::string_view list) {
  std::vector<Choice> found;
  while (!list.empty()) {
    auto element = take_until(list, ',');
    Choice choice{take_until(element, ';'), full_weight};
    if (choice.name.empty()) continue;
    while (!element.empty()) {
      auto const parameter = take_until(element, ';');
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) choice.weight = weight(parameter.substr(2));
    }
    found.push_back(choice);
  }
  return found;
}

// Nothing: not among them.
std::optional<int> weight_of(std::initializer_list<std::string_view> names, std::vector<Choice> const& among) {
  auto const found = std::ranges::find_if(among, [&](Choice const& choice) {
    return std::ranges::any_of(names, [&](std::string_view name) { return equal_without_case(name, choice.name); });
  });
  return found == among.end() ? std::nullopt : std::optional{found->weight};
}

}  // namespace

Coding choose_coding(std::string_view accept_encoding, Forms forms) {
  auto const said = choices(accept_encoding);
  auto const others = weight_of({"*"}, said).value_or(0);
  auto chosen = Coding::Identity;
  int highest = 0;
  auto const consider = [&](Coding coding, int weighed) {
    if (weighed <= highest) return;
    chosen = coding;
    highest = weighed;
  };
  if (forms.brotli) consider(Coding::Brotli, weight_of({"br"}, said).value_or(others));
  if (forms.gzip) consider(Coding::Gzip, weight_of({"gzip", "x-gzip"}, said).value_or(others));
  consider(Coding::Identity, weight_of({"identity"}, said).value_or(others));
  return chosen;
}

bool asks_for_html(std::string_view accept) {
  return weight_of({"text/html"}, choices(accept)).value_or(0) > 0;
}

bool has_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    auto known = take_until(if_none_match, ',');
    if (known == "*") return true;
    if (known.starts_with("W/")) known.remove_prefix(2);
    if (known == etag) return true;
  }
  return false;
}

}  // namespace gateway
