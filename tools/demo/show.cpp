// Shares are tenths of a per cent as whole numbers: a price never becomes a float.
#include "tools/demo/show.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>

#include "modules/text.h"

namespace demo {
namespace {

namespace json = boost::json;

constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view cyan = "\x1b[36m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string text_at(json::value const& value, std::string_view name) {
  auto const* object = value.if_object();
  auto const* member = object == nullptr ? nullptr : object->if_contains(name);
  if (member == nullptr) return {};
  return member->is_string() ? std::string{member->as_string()} : json::serialize(*member);
}

json::value parsed(std::string const* text) {
  boost::system::error_code wrong;
  return text == nullptr ? json::value{} : json::parse(*text, wrong);
}

// "09:30:01" of a moment in UTC, on the clock of Shanghai.
std::string clock_text(std::string_view utc) {
  auto const at = modules::read_instant(utc);
  if (!at) return "--:--:--";
  auto const shanghai = std::chrono::floor<std::chrono::seconds>(*at + std::chrono::hours{8});
  return fmt::format("{:%H:%M:%S}", shanghai.time_since_epoch() % std::chrono::days{1});
}

std::string now_text() {
  return modules::instant_text(std::chrono::floor<engine::Duration>(std::chrono::system_clock::now()));
}

}  // namespace

std::string drop(std::string_view ceiling, std::string_view price) {
  auto const from = modules::read_money(ceiling);
  auto const to = modules::read_money(price);
  if (!from || !to || from->in_fen() <= 0) return "";
  auto const tenths = (from->in_fen() - to->in_fen()) * 1'000 / from->in_fen();
  return fmt::format("-{}.{}%", tenths / 10, tenths % 10);
}

void Show::say(std::string_view text) {
  fmt::print("{}\n", text);
  std::fflush(stdout);
}

void Show::line(std::string_view at, std::string const& name, Lot const& lot, std::string_view paint,
                std::string_view text) {
  auto const is_plain = colour_ == Colour::Plain;
  say(fmt::format("{} {:>6} {} {}{}{}", clock_text(at), name, lot.title, is_plain ? "" : paint, text,
                  is_plain ? "" : plain));
}

void Show::take(std::string_view stream, ebb_client::Picture const& picture) {
  auto const slash = stream.find('/');
  auto const name = std::string{stream.substr(0, slash)};
  auto const view = stream.substr(slash + 1);
  if (view == "public") take_public(name, lots_[name], picture);
  if (view == "supervision") take_bids(name, lots_[name], picture);
}

void Show::take_bids(std::string const& name, Lot& lot, ebb_client::Picture const& picture) {
  auto const bids = parsed(picture.find("bids"));
  if (!bids.is_array()) return;
  auto const& list = bids.as_array();
  for (; lot.bids < list.size(); ++lot.bids) {
    auto const& bid = list[lot.bids];
    auto const price = text_at(bid, "price");
    auto const is_voided = text_at(bid, "voided") == "true";
    auto const leads = text_at(bid, "rank") == "1";
    auto const what_of_it = is_voided ? "  作废:" + text_at(bid, "reason") : std::string{leads ? "  领先" : ""};
    line(text_at(bid, "at"), name, lot,
         is_voided ? yellow
         : leads   ? green
                   : plain,
         fmt::format("{:<3} {:>12} {:>7}{}", text_at(bid, "alias"), price, drop(lot.ceiling, price), what_of_it));
  }
}

void Show::take_public(std::string const& name, Lot& lot, ebb_client::Picture const& picture) {
  lot.title = picture.text("title");
  lot.ceiling = picture.text("ceiling");
  auto const ends_at = picture.text("ends_at");
  auto const state = picture.text("state");
  auto const extensions = picture.text("extensions");
  if (state == "EXTENDED" && ends_at != lot.ends_at) {
    line(now_text(), name, lot, yellow, fmt::format("延时 {} 次,截止 {}", extensions, clock_text(ends_at)));
  }
  if (state == "RUNNING" && state != lot.state) {
    line(now_text(), name, lot, cyan,
         fmt::format("开始{},最高限价 {},截止 {}", picture.text("format") == "sealed" ? "报价" : "竞价", lot.ceiling,
                     clock_text(ends_at)));
  }
  lot.ends_at = ends_at;
  auto const result = parsed(picture.find("result"));
  auto const* winner = result.is_object() ? result.as_object().if_contains("winner") : nullptr;
  if (winner != nullptr && !lot.has_result) {
    lot.has_result = true;
    auto const price = text_at(*winner, "price");
    line(now_text(), name, lot, bold,
         fmt::format("截止:{} 以 {} 成交 {}", text_at(*winner, "name"), price, drop(lot.ceiling, price)));
  }
  if (state != lot.state && state == "SCHEDULED") {
    line(now_text(), name, lot, plain,
         fmt::format("公告,最高限价 {},{} 开始", lot.ceiling, clock_text(picture.text("opens_at"))));
  }
  if (state != lot.state && state == "PAUSED") line(now_text(), name, lot, yellow, "暂停:" + picture.text("reason"));
  if (state != lot.state && state == "ABORTED") line(now_text(), name, lot, yellow, "终止:" + picture.text("reason"));
  if (state != lot.state && state == "WINNER_DECLINED") line(now_text(), name, lot, yellow, "成交供应商放弃");
  if (state != lot.state && state == "SELECTING") line(now_text(), name, lot, yellow, "截止,开启报价,由采购人选择");
  if (state != lot.state && state == "ORDER_CONFIRMED") line(now_text(), name, lot, bold, "成交供应商已确认");
  if (state != lot.state && state.starts_with("FAILED")) line(now_text(), name, lot, yellow, "流标 " + state);
  lot.state = state;
}

}  // namespace demo
