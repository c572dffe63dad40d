// Section 6: text is UTF-8, across frames and octets, and one that has gone wrong is not waited for (RFC 3629).
#include <gtest/gtest.h>

#include <set>

#include "tests/conformance/peer.h"

namespace conformance {
namespace {

using namespace std::string_literals;

// Greek, of two octets and of three: a word that every prefix cuts somewhere else.
std::string const word = "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5";
std::string const above_the_last = "\xf4\x90\x80\x80";

Case fragmented(std::string id, std::string const& text, std::size_t bytes_each) {
  return clean(std::move(id), {Say{in_fragments(Opcode::Text, text, bytes_each)}, Hear{Opcode::Text, text}});
}
Case refused(std::string id, std::string const& bytes) {
  return failed(std::move(id), {Say{frame(Opcode::Text, bytes)}}, not_utf8);
}

TEST(Conformance, section_6_1_to_6_3_texts_whole_and_in_fragments) {
  auto const bad = word + "\xed\xa0\x80" + "edited";
  auto const empty = frame(Opcode::Text, "", Final::No) + frame(Opcode::Continuation, "", Final::No);
  play_all({echoed("6.1.1", Opcode::Text, ""),
            clean("6.1.2", {Say{empty + frame(Opcode::Continuation, "")}, Hear{Opcode::Text, ""}}),
            clean("6.1.3", {Say{frame(Opcode::Text, "", Final::No) + frame(Opcode::Continuation, "middle", Final::No) +
                                frame(Opcode::Continuation, "")},
                            Hear{Opcode::Text, "middle"}}),
            echoed("6.2.1", Opcode::Text, "Hello-" + word + "!!"), fragmented("6.2.2", word + word, word.size()),
            fragmented("6.2.3", "Hello-" + word + "!!", 1), fragmented("6.2.4", word, 1), refused("6.3.1", bad),
            failed("6.3.2", {Say{in_fragments(Opcode::Text, bad, 1)}}, not_utf8)});
}

// What would follow is never sent: who waits for it before judging says nothing, and fails.
TEST(Conformance, section_6_4_failing_fast) {
  auto const begun = frame(Opcode::Text, word, Final::No);
  auto const in_one = frame(Opcode::Text, word + above_the_last + "edited");
  auto const up_to = [&](std::size_t payload) { return in_one.substr(0, 6 + word.size() + payload); };
  play_all({failed("6.4.1", {Say{begun}, Say{frame(Opcode::Continuation, above_the_last, Final::No)}}, not_utf8),
            failed("6.4.2", {Say{begun}, Say{frame(Opcode::Continuation, above_the_last.substr(0, 2), Final::No)}},
                   not_utf8),
            failed("6.4.3", {Say{up_to(0)}, Say{up_to(4).substr(up_to(0).size())}}, not_utf8),
            failed("6.4.4", {Say{up_to(1)}, Say{up_to(2).substr(up_to(1).size())}}, not_utf8)});
}

struct Group {
  std::string section;
  enum class Is : std::uint8_t { Text, NoText } is;
  std::vector<std::string> texts;
};

// From the first byte of a range of lonely first octets to its last, each before a space.
std::string lonely(unsigned from, unsigned to) {
  std::string text;
  for (auto octet = from; octet <= to; ++octet) (text += static_cast<char>(octet)) += ' ';
  return text;
}

std::vector<std::string> prefixes(std::string const& text) {
  std::vector<std::string> all;
  for (std::size_t size = 1; size <= text.size(); ++size) all.push_back(text.substr(0, size));
  return all;
}

std::string utf8(unsigned character) {
  auto const next = [&](unsigned shift) { return static_cast<char>(0x80 | (character >> shift & 0x3f)); };
  if (character < 0x10000) return {static_cast<char>(0xe0 | character >> 12), next(6), next(0)};
  return {static_cast<char>(0xf0 | character >> 18), next(12), next(6), next(0)};
}

// The last two of every plane: no characters, and still text.
std::vector<std::string> noncharacters() {
  std::vector<std::string> all;
  for (unsigned plane = 1; plane <= 16; ++plane) {
    all.push_back(utf8(plane << 16 | 0xfffe));
    all.push_back(utf8(plane << 16 | 0xffff));
  }
  all.push_back(utf8(0xfffe));
  all.push_back(utf8(0xffff));
  return all;
}

std::vector<Group> groups() {
  using enum Group::Is;
  std::vector<std::string> const cut{"\xc0", "\xe0\x80", "\xf0\x80\x80", "\xf8\x80\x80\x80", "\xfc\x80\x80\x80\x80",
                                     "\xdf", "\xef\xbf", "\xf7\xbf\xbf", "\xfb\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf"};
  std::string all_cut, all_middle;
  for (auto const& each : cut) all_cut += each;
  for (unsigned octet = 0x80; octet <= 0xbe; ++octet) all_middle += static_cast<char>(octet);
  std::vector<std::string> middles;
  std::string middle;
  for (int i = 0; i < 7; ++i) middles.push_back(middle += i % 2 == 0 ? '\x80' : '\xbf');
  middles.insert(middles.begin() + 1, "\xbf");
  middles.back() = all_middle;
  return {
      {"6.5",
       Text,
       {"hello$world", "hello\xc2\xa2world", "hello\xe2\x82\xacworld", "hello\xf0\xa4\xad\xa2world", word}},
      {"6.7", Text, {"\0"s, "\xc2\x80", "\xe0\xa0\x80", "\xf0\x90\x80\x80"}},
      {"6.8", NoText, {"\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80"}},
      {"6.9", Text, {"\x7f", "\xdf\xbf", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"}},
      {"6.10", NoText, {"\xf7\xbf\xbf\xbf", "\xfb\xbf\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf"}},
      {"6.12", NoText, middles},
      {"6.13", NoText, {lonely(0xc0, 0xdf), lonely(0xe0, 0xef), lonely(0xf0, 0xf7), lonely(0xf8, 0xfb), "\xfc \xfd "}},
      {"6.14", NoText, cut},
      {"6.15", NoText, {all_cut}},
      {"6.16", NoText, {"\xfe", "\xff", "\xfe\xfe\xff\xff"}},
      {"6.17",
       NoText,
       {"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf", "\xfc\x80\x80\x80\x80\xaf"}},
      {"6.18",
       NoText,
       {"\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf8\x87\xbf\xbf\xbf", "\xfc\x83\xbf\xbf\xbf\xbf"}},
      {"6.19",
       NoText,
       {"\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xf8\x80\x80\x80\x80", "\xfc\x80\x80\x80\x80\x80"}},
      {"6.20",
       NoText,
       {"\xed\xa0\x80", "\xed\xad\xbf", "\xed\xae\x80", "\xed\xaf\xbf", "\xed\xb0\x80", "\xed\xbe\x80",
        "\xed\xbf\xbf"}},
      {"6.21",
       NoText,
       {"\xed\xa0\x80\xed\xb0\x80", "\xed\xa0\x80\xed\xbf\xbf", "\xed\xad\xbf\xed\xb0\x80", "\xed\xad\xbf\xed\xbf\xbf",
        "\xed\xae\x80\xed\xb0\x80", "\xed\xae\x80\xed\xbf\xbf", "\xed\xaf\xbf\xed\xb0\x80",
        "\xed\xaf\xbf\xed\xbf\xbf"}},
      {"6.22", Text, noncharacters()},
      {"6.23",
       Text,
       {utf8(0xfff9), utf8(0xfffa), utf8(0xfffb), utf8(0xfffc), utf8(0xfffd), utf8(0xfffe), utf8(0xffff)}},
  };
}

TEST(Conformance, section_6_5_to_6_23_octets) {
  Cases cases;
  for (auto const& group : groups()) {
    for (std::size_t i = 0; i < group.texts.size(); ++i) {
      auto const id = group.section + "." + std::to_string(i + 1);
      cases.push_back(group.is == Group::Is::Text ? echoed(id, Opcode::Text, group.texts[i])
                                                  : refused(id, group.texts[i]));
    }
  }
  std::size_t number = 0;
  for (auto const& prefix : prefixes(word)) {
    // Whole where a character ends.
    bool const is_text = std::set<std::size_t>{2, 5, 7, 9, 11}.contains(prefix.size());
    auto const id = "6.6." + std::to_string(++number);
    cases.push_back(is_text ? echoed(id, Opcode::Text, prefix) : refused(id, prefix));
  }
  number = 0;
  for (auto const& edge : {"\xed\x9f\xbf"s, "\xee\x80\x80"s, "\xef\xbf\xbd"s, "\xf4\x8f\xbf\xbf"s}) {
    cases.push_back(echoed("6.11." + std::to_string(++number), Opcode::Text, edge));
  }
  cases.push_back(refused("6.11.5", above_the_last));
  play_all(cases);
}

}  // namespace
}  // namespace conformance
