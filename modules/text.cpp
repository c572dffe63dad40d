// Text of money, time, ids and states; see text.h. Pure.
#include "modules/text.h"

#include <algorithm>
#include <chrono>

#include "engine/check.h"
#include "engine/limits.h"

namespace modules {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

// Of at most 18 digits, so that it cannot overflow.
std::int64_t value_of(std::string_view digits) {
  std::int64_t value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

// "123.4" as hundredths: what money and percent have in common.
std::expected<std::int64_t, MoneyFault> read_hundredths(std::string_view text) {
  bool const is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  auto const point = text.find('.');
  auto const whole = text.substr(0, point);
  if (!are_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return std::unexpected(MoneyFault::NotAnAmount);
  std::string decimals;
  if (point != std::string_view::npos) {
    decimals = text.substr(point + 1);
    if (!are_digits(decimals)) return std::unexpected(MoneyFault::NotAnAmount);
  }
  if (decimals.size() > 2) return std::unexpected(MoneyFault::TooPrecise);
  if (whole.size() > 15) return std::unexpected(MoneyFault::OutOfRange);
  decimals.resize(2, '0');
  auto const hundredths = value_of(whole) * 100 + value_of(decimals);
  return is_negative ? -hundredths : hundredths;
}

std::string hundredths_text(std::int64_t value) {
  auto const bits = static_cast<std::uint64_t>(value);
  auto const size = value < 0 ? 0 - bits : bits;  // the lowest number has no counterpart of its own
  auto const cents = std::to_string(size % 100);
  return (value < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

std::string padded(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// "+08:00" or "Z" as minutes east of Greenwich.
std::optional<int> read_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  if (!are_digits(text.substr(1, 2)) || !are_digits(text.substr(4, 2))) return std::nullopt;
  auto const hours = static_cast<int>(value_of(text.substr(1, 2)));
  auto const minutes = static_cast<int>(value_of(text.substr(4, 2)));
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::string money_text(engine::Money money) {
  return hundredths_text(money.in_fen());
}

std::expected<engine::Money, MoneyFault> read_money(std::string_view text) {
  auto const fen = read_hundredths(text);
  if (!fen) return std::unexpected(fen.error());
  if (*fen > engine::limits::money_fen_max || *fen < -engine::limits::money_fen_max) {
    return std::unexpected(MoneyFault::OutOfRange);
  }
  return engine::Money::fen(*fen);
}

std::string percent_text(engine::BasisPoints points) {
  return hundredths_text(points.count());
}

std::optional<engine::BasisPoints> read_percent(std::string_view text) {
  auto const points = read_hundredths(text);
  if (!points || *points < 0 || *points > engine::BasisPoints::whole) return std::nullopt;
  return engine::BasisPoints{static_cast<std::int32_t>(*points)};
}

std::string coefficient_text(engine::BasisPoints points) {
  auto const whole = engine::BasisPoints::whole;
  return std::to_string(points.count() / whole) + '.' + padded(points.count() % whole, 4);
}

std::optional<engine::BasisPoints> read_coefficient(std::string_view text) {
  auto const point = text.find('.');
  auto const whole = text.substr(0, point);
  std::string decimals{point == std::string_view::npos ? "0" : text.substr(point + 1)};
  if (!are_digits(whole) || whole.size() > 2 || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  if (!are_digits(decimals) || decimals.size() > 4) return std::nullopt;
  decimals.resize(4, '0');
  auto const points = value_of(whole) * engine::BasisPoints::whole + value_of(decimals);
  return engine::BasisPoints{static_cast<std::int32_t>(points)};
}

std::string instant_text(engine::Instant at) {
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{at - day};
  return padded(int{date.year()}, 4) + '-' + padded(unsigned{date.month()}, 2) + '-' + padded(unsigned{date.day()}, 2) +
         'T' + padded(time.hours().count(), 2) + ':' + padded(time.minutes().count(), 2) + ':' +
         padded(time.seconds().count(), 2) + '.' + padded(time.subseconds().count(), 3) + 'Z';
}

std::optional<engine::Instant> read_instant(std::string_view text) {
  // 2026-11-22T09:30:00[.123](Z|+08:00)
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  for (auto const part : {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2), text.substr(11, 2),
                          text.substr(14, 2), text.substr(17, 2)}) {
    if (!are_digits(part)) return std::nullopt;
  }
  auto number = [&](std::size_t from, std::size_t size) { return static_cast<int>(value_of(text.substr(from, size))); };
  std::chrono::year_month_day const date{std::chrono::year{number(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  if (!date.ok() || number(0, 4) < 1970 || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) {
    return std::nullopt;
  }
  auto rest = text.substr(19);
  int millis = 0;
  if (rest.starts_with('.')) {
    auto const end = rest.find_first_not_of("0123456789", 1);
    auto const decimals = rest.substr(1, end == std::string_view::npos ? end : end - 1);
    if (decimals.empty() || decimals.size() > 3) return std::nullopt;
    std::string thousandths(decimals);
    thousandths.resize(3, '0');
    millis = static_cast<int>(value_of(thousandths));
    rest.remove_prefix(1 + decimals.size());
  }
  auto const offset = read_offset(rest);
  if (!offset) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{number(11, 2)} + std::chrono::minutes{number(14, 2)} +
         std::chrono::seconds{number(17, 2)} + std::chrono::milliseconds{millis} - std::chrono::minutes{*offset};
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  if (!are_digits(text) || text.front() == '0' || text.size() > 18) return std::nullopt;
  return static_cast<std::uint64_t>(value_of(text));
}

std::string lot_text(engine::LotId lot) {
  return id_text(engine::inquiry_of(lot)) + '-' + std::to_string(engine::place_of(lot));
}

std::optional<engine::LotId> read_lot(std::string_view text) {
  auto const dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  auto const inquiry = read_number(text.substr(0, dash));
  auto const place = read_number(text.substr(dash + 1));
  if (!inquiry || *inquiry >> 56 != 0 || !place || *place > engine::limits::lots_an_inquiry) return std::nullopt;
  return engine::lot_id(engine::InquiryId{*inquiry}, static_cast<std::uint8_t>(*place));
}

std::string_view role_text(Role role) {
  switch (role) {
    case Role::Administrator:
      return "administrator";
    case Role::Purchaser:
      return "purchaser";
    case Role::Supplier:
      return "supplier";
    case Role::Regulator:
      return "regulator";
  }
  UNREACHABLE();
}

std::string_view format_text(engine::Format format) {
  switch (format) {
    case engine::Format::Reverse:
      return "reverse";
    case engine::Format::Sealed:
      return "sealed";
    case engine::Format::Rounds:
      return "rounds";
    case engine::Format::Dutch:
      return "dutch";
    case engine::Format::Japanese:
      return "japanese";
  }
  UNREACHABLE();
}

std::string_view basis_text(engine::StepBasis basis) {
  switch (basis) {
    case engine::StepBasis::Own:
      return "own";
    case engine::StepBasis::Best:
      return "best";
  }
  UNREACHABLE();
}

std::string_view lot_state_text(engine::LotState state) {
  switch (state) {
    case engine::LotState::Scheduled:
      return "SCHEDULED";
    case engine::LotState::Running:
      return "RUNNING";
    case engine::LotState::Extended:
      return "EXTENDED";
    case engine::LotState::Paused:
      return "PAUSED";
    case engine::LotState::Selecting:
      return "SELECTING";
    case engine::LotState::Awarded:
      return "AWARDED";
    case engine::LotState::WinnerDeclined:
      return "WINNER_DECLINED";
    case engine::LotState::OrderConfirmed:
      return "ORDER_CONFIRMED";
    case engine::LotState::FailedNoBid:
      return "FAILED_NO_BID";
    case engine::LotState::FailedFew:
      return "FAILED_FEW";
    case engine::LotState::Aborted:
      return "ABORTED";
    // Whoever looks from outside waits for a result, whatever it waits for.
    case engine::LotState::Verifying:
    case engine::LotState::ResultPending:
      return "RESULT_PENDING";
    case engine::LotState::PracticeEnded:
      return "PRACTICE_ENDED";
  }
  UNREACHABLE();
}

std::string figure_text(engine::Figure figure) {
  using Unit = engine::Figure::Unit;
  switch (figure.unit) {
    case Unit::None:
      return {};
    case Unit::Fen:
      return hundredths_text(figure.value);
    case Unit::Moment:
      return instant_text(engine::at_millis(figure.value));
    case Unit::Count:
      return std::to_string(figure.value);
    case Unit::Span:
      return std::to_string(figure.value / 1000);
  }
  UNREACHABLE();
}

std::optional<std::size_t> characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const size = lead < 0x80                   ? 1
                             : lead >= 0xc2 && lead < 0xe0 ? 2
                             : lead >= 0xe0 && lead < 0xf0 ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                                                           : 0;
    if (size == 0 || i + size > text.size()) return std::nullopt;
    for (std::size_t k = 1; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return std::nullopt;
    }
    i += size;
  }
  return count;
}

}  // namespace modules
