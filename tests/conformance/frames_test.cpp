// Sections 1 to 5: lengths, pings, reserved bits, opcodes, fragments (RFC 6455 §5).
#include <gtest/gtest.h>

#include <array>
#include <tuple>

#include "tests/conformance/peer.h"

namespace conformance {
namespace {

std::string id(std::string_view section, std::size_t number) {
  return std::string{section} + "." + std::to_string(number);
}

TEST(Conformance, section_1_lengths) {
  Cases cases;
  std::array<std::size_t, 8> const sizes{0, 125, 126, 127, 128, 65'535, 65'536, 65'536};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::size_t const chop = i == 7 ? 997 : 0;
    cases.push_back(echoed(id("1.1", i + 1), Opcode::Text, std::string(sizes[i], '*'), chop));
    cases.push_back(echoed(id("1.2", i + 1), Opcode::Binary, std::string(sizes[i], '\xfe'), chop));
  }
  play_all(cases);
}

TEST(Conformance, section_2_pings_and_pongs) {
  using namespace std::string_literals;
  auto const ping = [](std::string id, std::string const& payload, std::size_t chop = 0) {
    return clean(std::move(id), {Say{frame(Opcode::Ping, payload), chop}, Hear{Opcode::Pong, payload}});
  };
  auto const ten = [](std::string id, std::size_t chop) {
    Steps steps;
    for (int i = 0; i < 10; ++i) steps.emplace_back(Say{frame(Opcode::Ping, "payload " + std::to_string(i)), chop});
    for (int i = 0; i < 10; ++i) steps.emplace_back(Hear{Opcode::Pong, "payload " + std::to_string(i)});
    return clean(std::move(id), std::move(steps));
  };
  std::string const longest(125, '\xfe');
  play_all({ping("2.1", ""), ping("2.2", "Hello, world!"), ping("2.3", "\x00\xff\xfe\xfd\xfc\xfb\x00\xff"s),
            ping("2.4", longest), failed("2.5", {Say{frame(Opcode::Ping, longest + "\xfe")}}), ping("2.6", longest, 1),
            clean("2.7", {Say{frame(Opcode::Pong, "")}}), clean("2.8", {Say{frame(Opcode::Pong, "unasked")}}),
            clean("2.9", {Say{frame(Opcode::Pong, "unasked")}, Say{frame(Opcode::Ping, "asked")},
                          Hear{Opcode::Pong, "asked"}}),
            ten("2.10", 0), ten("2.11", 1)});
}

// A text that is given back, then what is wrong, then a ping that is not answered.
Case wrong_between(std::string id, std::string const& wrong, std::size_t chop) {
  return failed(std::move(id), {Say{frame(Opcode::Text, "first"), chop}, Say{wrong, chop},
                                Say{frame(Opcode::Ping, ""), chop}, Hear{Opcode::Text, "first"}});
}

TEST(Conformance, section_3_reserved_bits) {
  auto const wrong = [](Opcode opcode, unsigned bits) { return frame(opcode, "reserved", Final::Yes, bits); };
  play_all({failed("3.1", {Say{wrong(Opcode::Text, 1)}}), wrong_between("3.2", wrong(Opcode::Text, 2), 0),
            wrong_between("3.3", wrong(Opcode::Text, 3), 0), wrong_between("3.4", wrong(Opcode::Text, 4), 1),
            failed("3.5", {Say{wrong(Opcode::Binary, 5)}}), failed("3.6", {Say{wrong(Opcode::Ping, 6)}}),
            failed("3.7", {Say{wrong(Opcode::Close, 7)}})});
}

TEST(Conformance, section_4_opcodes) {
  Cases cases;
  for (auto const& [section, first] : {std::pair{"4.1", 3U}, std::pair{"4.2", 11U}}) {
    cases.push_back(failed(id(section, 1), {Say{frame(first, "")}}));
    cases.push_back(failed(id(section, 2), {Say{frame(first + 1, "reserved")}}));
    cases.push_back(wrong_between(id(section, 3), frame(first + 2, ""), 0));
    cases.push_back(wrong_between(id(section, 4), frame(first + 3, "reserved"), 0));
    cases.push_back(wrong_between(id(section, 5), frame(first + 4, "reserved"), 1));
  }
  play_all(cases);
}

// Sent in one write, frame by frame, octet by octet.
enum class Writes : std::uint8_t { One, Frames, Octets };
Steps said(std::vector<std::string> const& frames, Writes writes) {
  if (writes == Writes::Frames) {
    Steps steps;
    for (auto const& each : frames) steps.emplace_back(Say{each});
    return steps;
  }
  std::string all;
  for (auto const& each : frames) all += each;
  return {Say{all, writes == Writes::Octets ? std::size_t{1} : std::size_t{0}}};
}
Steps operator+(Steps steps, Steps const& more) {
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

TEST(Conformance, section_5_fragments) {
  auto const first = frame(Opcode::Text, "one,", Final::No), last = frame(Opcode::Continuation, "two");
  auto const middle = frame(Opcode::Continuation, "more", Final::No), ping = frame(Opcode::Ping, "ping");
  auto const text = frame(Opcode::Text, "whole");
  Hear const both{Opcode::Text, "one,two"}, pong{Opcode::Pong, "ping"};
  Cases cases{failed("5.1", {Say{frame(Opcode::Ping, "a", Final::No) + frame(Opcode::Continuation, "b")}}),
              failed("5.2", {Say{frame(Opcode::Pong, "a", Final::No) + frame(Opcode::Continuation, "b")}})};
  std::size_t place = 0;
  for (auto const writes : {Writes::One, Writes::Frames, Writes::Octets}) {
    cases.push_back(clean(id("5", 3 + place), said({first, last}, writes) + Steps{both}));
    cases.push_back(clean(id("5", 6 + place), said({first, ping, last}, writes) + Steps{pong, both}));
    cases.push_back(failed(id("5", 9 + place), said({last, text}, writes)));
    cases.push_back(failed(id("5", 12 + place), said({middle, text}, writes)));
    ++place;
  }
  cases.push_back(failed("5.15", {Say{first + last + middle + text}, both}));
  cases.push_back(failed("5.16", said({middle, text, middle, text}, Writes::One)));
  cases.push_back(failed("5.17", said({last, text, last, text}, Writes::One)));
  cases.push_back(failed("5.18", {Say{first + text}}));
  Hear const five{Opcode::Text, "one,moremoremoretwo"};
  for (auto const& [number, writes] : {std::pair{19UL, Writes::One}, std::pair{20UL, Writes::Frames}}) {
    cases.push_back(clean(id("5", number), said({first, middle, ping}, writes) + Steps{pong} +
                                               said({middle, middle, ping, last}, writes) + Steps{pong, five}));
  }
  play_all(cases);
}

}  // namespace
}  // namespace conformance
