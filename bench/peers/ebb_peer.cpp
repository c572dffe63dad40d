// Accounts and auctions by REST; then nothing but frames.
#include "bench/peers/ebb_peer.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "bench/peers/frames.h"
#include "bench/peers/pipe.h"

namespace bench::peers {
namespace {

namespace json = boost::json;
using ebb_client::Answer;
using ebb_client::Rest;
using engine::Failure;
using engine::Result;

constexpr std::uint32_t lots_an_inquiry = 32;
constexpr std::uint32_t mask = 0x5eb0b17d;
constexpr std::chrono::seconds to_introduce{30};

std::unexpected<Failure> failed(std::string_view what) {
  return std::unexpected(Failure{fmt::format("Ebb: {}", what.substr(0, 600))});
}

std::string yuan(std::int64_t fen) {
  return fmt::format("{}.{:02}", fen / 100, fen % 100);
}

Result<json::value> value_of(std::string_view request, Result<Answer> const& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (!answer->is_success()) return failed(fmt::format("{}: {} {}", request, answer->status, answer->body));
  if (answer->body.empty()) return json::value{};
  boost::system::error_code wrong;
  auto value = json::parse(answer->body, wrong);
  if (wrong) return failed(fmt::format("{}: not JSON: {}", request, answer->body));
  return value;
}

Result<std::string> id_of(std::string_view request, Result<Answer> const& answer) {
  auto const value = value_of(request, answer);
  if (!value) return std::unexpected(value.error());
  auto const* id = value->is_object() ? value->as_object().if_contains("id") : nullptr;
  if (id == nullptr || !id->is_string())
    return failed(fmt::format("{}: no id in {}", request, json::serialize(*value)));
  return std::string{id->as_string()};
}

// An account and who is signed in with it.
Result<void> enroll(Rest& administrator, std::string const& login, std::string_view role, std::string const& org,
                    Rest& as) {
  constexpr std::string_view password = "peers-side-by-side";
  auto const made =
      value_of("POST people",
               administrator.post(
                   "/api/v1/people",
                   json::serialize(json::object{
                       {"login", login}, {"display", login}, {"role", role}, {"org", org}, {"password", password}})));
  if (!made) return std::unexpected(made.error());
  if (auto const in = value_of("sign-in", as.sign_in(login, password)); !in) return std::unexpected(in.error());
  return {};
}

Result<std::string> found(Rest& administrator, std::string const& name, std::string_view kind) {
  return id_of("POST orgs", administrator.post(
                                "/api/v1/orgs",
                                json::serialize(json::object{{"name", name}, {"kind", kind}, {"division", "330000"}})));
}

// The text of a string member, in a message that the server wrote: no spaces, nothing escaped in these members.
std::string_view member(std::string_view message, std::string_view quoted_name) {
  auto const at = message.find(quoted_name);
  if (at == std::string_view::npos) return {};
  auto const begin = at + quoted_name.size();
  return message.substr(begin, message.find('"', begin) - begin);
}

// What a close frame says: its code, as gateway/PROTOCOL.md has them.
std::string goodbye(std::string_view payload) {
  if (payload.size() < 2) return "closed by the server";
  auto const code = static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
  return fmt::format("closed by the server with {} {}", code, payload.substr(2));
}

// A live connection that has said what it has to before anything is measured.
class LiveSocket {
 public:
  static Result<LiveSocket> open(ebb_client::Address const& server, std::string_view token) {
    auto pipe = Pipe::to_loopback(server.port());
    if (!pipe) return std::unexpected(pipe.error());
    LiveSocket live{std::move(*pipe)};
    auto const authorization = token.empty() ? std::string{} : fmt::format("Authorization: Bearer {}\r\n", token);
    live.pipe_.out() = fmt::format(
        "GET /api/v1/live HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZWJiLXBlZXJzLWJlc2lkZQ==\r\n"
        "Sec-WebSocket-Protocol: ebb.v1.json\r\n{}\r\n",
        server.text(), authorization);
    if (auto sent = live.pipe_.send(); !sent) return std::unexpected(sent.error());
    constexpr std::string_view end_of_head = "\r\n\r\n";
    while (!live.pipe_.in().contains(end_of_head))
      if (auto read = live.pipe_.wait_and_receive(); !read) return std::unexpected(read.error());
    if (!live.pipe_.in().starts_with("HTTP/1.1 101 ")) return failed(live.pipe_.in());
    live.pipe_.consume(live.pipe_.in().find(end_of_head) + end_of_head.size());
    return live;
  }

  int socket() const { return pipe_.socket(); }
  void say(std::string_view message) { append_frame(pipe_.out(), Opcode::Text, message, mask); }
  Result<void> send() { return pipe_.send(); }
  Result<void> wait_and_receive() { return pipe_.wait_and_receive(); }
  Result<void> receive() { return pipe_.receive(); }

  // Every message that is there whole.
  template <class Hear>
  Result<void> hear(Hear hear) {
    for (;;) {
      auto const first = first_frame(pipe_.in());
      if (!first.frame) {
        if (first.why == Framing::Broken) return failed("what came is no frame");
        return {};
      }
      auto const& frame = *first.frame;
      if (frame.opcode == static_cast<std::uint8_t>(Opcode::Close)) return failed(goodbye(frame.payload));
      if (frame.opcode == static_cast<std::uint8_t>(Opcode::Ping)) {
        append_frame(pipe_.out(), Opcode::Pong, frame.payload, mask);
        if (auto sent = pipe_.send(); !sent) return sent;
      } else if (auto heard = hear(frame.payload); !heard) {
        return heard;
      }
      pipe_.consume(frame.bytes);
    }
  }

 private:
  explicit LiveSocket(Pipe pipe) : pipe_(std::move(pipe)) {}
  Pipe pipe_;
};

class EbbLine final : public Line {
 public:
  EbbLine(LiveSocket live, std::vector<std::string> const& lots) : live_(std::move(live)), lots_(lots) {}
  int socket() const override { return live_.socket(); }
  void bid(Bid const& bid) override {
    text_.clear();
    fmt::format_to(std::back_inserter(text_), R"({{"type":"bid","lot":"{}","price":"{}.{:02}","key":"{}"}})",
                   lots_[bid.lot], bid.fen / 100, bid.fen % 100, bid.number);
    live_.say(text_);
  }
  Result<void> send() override { return live_.send(); }
  Result<void> receive(std::vector<Outcome>& answers) override {
    if (auto read = live_.receive(); !read) return read;
    return live_.hear([&](std::string_view message) -> Result<void> {
      if (message.starts_with(R"({"type":"problem")")) return failed(message);
      if (!message.starts_with(R"({"type":"receipt")")) return {};
      std::uint32_t number = 0;
      auto const key = member(message, R"("key":")");
      std::from_chars(key.data(), key.data() + key.size(), number);
      if (number < next_) return failed(fmt::format("an answer out of order: {}", message));
      next_ = number + 1;
      answers.push_back(member(message, R"("outcome":")") == "accepted" ? Outcome::Accepted : Outcome::Refused);
      return {};
    });
  }

 private:
  LiveSocket live_;
  std::vector<std::string> const& lots_;
  std::string text_;
  std::uint32_t next_ = 0;  // no key below is still open
};

class EbbListener final : public Listener {
 public:
  explicit EbbListener(LiveSocket live) : live_(std::move(live)) {}
  int socket() const override { return live_.socket(); }
  Result<std::uint64_t> receive() override {
    if (auto read = live_.receive(); !read) return std::unexpected(read.error());
    std::uint64_t heard = 0;
    auto const all = live_.hear([&](std::string_view) -> Result<void> {
      ++heard;
      return {};
    });
    if (!all) return std::unexpected(all.error());
    return heard;
  }
  // Waits for a picture of each of so many lots.
  Result<void> follow(std::vector<std::string> const& inquiries, std::uint32_t lots) {
    json::array all;
    for (auto const& inquiry : inquiries) all.emplace_back(inquiry);
    live_.say(json::serialize(json::object{{"type", "subscribe"}, {"id", "peers"}, {"inquiries", all}}));
    if (auto sent = live_.send(); !sent) return sent;
    std::uint32_t pictures = 0;
    auto const until = std::chrono::steady_clock::now() + to_introduce;
    while (pictures < lots) {
      if (std::chrono::steady_clock::now() > until) return failed("the pictures did not come in time");
      if (auto read = live_.wait_and_receive(); !read) return read;
      auto const heard = live_.hear([&](std::string_view message) -> Result<void> {
        if (message.starts_with(R"({"type":"problem")")) return failed(message);
        if (message.starts_with(R"({"type":"snapshot")")) ++pictures;
        return {};
      });
      if (!heard) return heard;
    }
    return {};
  }

 private:
  LiveSocket live_;
};

}  // namespace

Result<std::unique_ptr<EbbPeer>> EbbPeer::connect(ebb_client::Address server, Administrator const& administrator,
                                                  std::uint32_t suppliers) {
  std::unique_ptr<EbbPeer> peer{new EbbPeer{std::move(server)}};
  if (auto made = peer->make_people(administrator, suppliers); !made) return std::unexpected(made.error());
  return peer;
}

Result<void> EbbPeer::make_people(Administrator const& administrator, std::uint32_t suppliers) {
  Rest admin{server_};
  if (auto const in = value_of("sign-in", admin.sign_in(administrator.login, administrator.password)); !in)
    return std::unexpected(in.error());
  auto const buyer = found(admin, "采购单位", "buyer");
  if (!buyer) return std::unexpected(buyer.error());
  if (auto in = enroll(admin, "peers-buyer", "purchaser", *buyer, buyer_); !in) return in;
  for (std::uint32_t i = 0; i < suppliers; ++i) {
    auto const org = found(admin, fmt::format("供应商 {}", i + 1), "supplier");
    if (!org) return std::unexpected(org.error());
    Rest own{server_};
    if (auto in = enroll(admin, fmt::format("peers-supplier-{}", i + 1), "supplier", *org, own); !in) return in;
    suppliers_.push_back({*org, own.token()});
  }
  return {};
}

Result<Lots> EbbPeer::open(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) {
  Lots const lots{static_cast<std::uint32_t>(lots_.size()), count};
  for (auto left = count; left > 0;) {
    auto const these = std::min(left, lots_an_inquiry);
    if (auto opened = open_inquiry(these, bidders, attempts_each); !opened) return std::unexpected(opened.error());
    left -= these;
  }
  return lots;
}

// A hard close far away: nothing prolongs a lot, and every bid falls in its main time.
Result<void> EbbPeer::open_inquiry(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) {
  constexpr std::int64_t duration_s = 6 * 3600;
  json::object const rules{{"format", "reverse"},          {"ceiling", yuan(ceiling_fen)},
                           {"decrement", yuan(step_fen)},  {"step_basis", "own"},
                           {"duration_s", duration_s},     {"trigger_window_s", 0},
                           {"hard_cap_s", duration_s},     {"min_bidders", 1},
                           {"attempts_max", attempts_each}};
  json::array lots, admitted;
  for (std::uint32_t i = 0; i < count; ++i) lots.push_back(json::object{{"title", "标段"}, {"rules", rules}});
  for (std::uint32_t i = 0; i < bidders; ++i) admitted.push_back(json::object{{"org", suppliers_[i].org}});
  auto const id =
      id_of("POST inquiries",
            buyer_.post("/api/v1/inquiries",
                        json::serialize(json::object{{"title", "并排比较"}, {"lots", lots}, {"admitted", admitted}})));
  if (!id) return std::unexpected(id.error());
  auto const published =
      value_of("POST publish", buyer_.post(fmt::format("/api/v1/inquiries/{}/publish", *id), R"({"start":"now"})"));
  if (!published) return std::unexpected(published.error());
  for (std::uint32_t i = 0; i < count; ++i) lots_.push_back(fmt::format("{}-{}", *id, i + 1));
  return {};
}

Result<std::unique_ptr<Line>> EbbPeer::line(std::uint32_t client) {
  auto live = LiveSocket::open(server_, suppliers_[client].token);
  if (!live) return std::unexpected(live.error());
  return std::make_unique<EbbLine>(std::move(*live), lots_);
}

Result<std::unique_ptr<Listener>> EbbPeer::listener(Lots lots) {
  auto live = LiveSocket::open(server_, {});
  if (!live) return std::unexpected(live.error());
  std::vector<std::string> inquiries;
  for (auto lot = lots.first; lot < lots.first + lots.count; ++lot) {
    auto inquiry = lots_[lot].substr(0, lots_[lot].find('-'));
    if (inquiries.empty() || inquiries.back() != inquiry) inquiries.push_back(std::move(inquiry));
  }
  auto listener = std::make_unique<EbbListener>(std::move(*live));
  if (auto follows = listener->follow(inquiries, lots.count); !follows) return std::unexpected(follows.error());
  return listener;
}

// What was offered to the engine was journaled, and its counter has no other source than bids.
Result<std::uint64_t> EbbPeer::kept() {
  auto const page = buyer_.get("/metrics");
  if (!page) return std::unexpected(page.error());
  constexpr std::string_view line = "\nebb_bids_total{result=\"taken\"} ";
  auto const at = page->body.find(line);
  if (at == std::string::npos) return failed("no count of bids in /metrics");
  std::uint64_t kept = 0;
  auto const begin = page->body.data() + at + line.size();
  std::from_chars(begin, page->body.data() + page->body.size(), kept);
  return kept;
}

}  // namespace bench::peers
