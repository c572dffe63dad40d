// Keys: lot:N the lot, rank:N its ranking, bids:N its bids.
#include "bench/peers/redis_peer.h"

#include <fmt/format.h>

#include <array>

#include "bench/peers/resp.h"

namespace bench::peers {
namespace {

using engine::Failure;
using engine::Result;
using Words = std::span<std::string_view const>;

std::unexpected<Failure> failed(std::string_view what) {
  return std::unexpected(Failure{fmt::format("Redis: {}", what)});
}

// Takes the first reply; nothing: it is not there yet.
Result<std::optional<Reply>> take(Pipe& pipe) {
  auto const first = first_reply(pipe.in());
  if (!first.reply) {
    if (first.why == ReplyFault::Broken) return failed("what came is no reply");
    return std::nullopt;
  }
  if (first.reply->kind == ReplyKind::Error) return failed(first.reply->text);
  pipe.consume(first.reply->bytes);
  return first.reply;
}

// Valid until the pipe reads again.
Result<Reply> await(Pipe& pipe) {
  for (;;) {
    auto reply = take(pipe);
    if (!reply) return std::unexpected(reply.error());
    if (*reply) return **reply;
    if (auto read = pipe.wait_and_receive(); !read) return std::unexpected(read.error());
  }
}

Result<Reply> ask(Pipe& pipe, Words words) {
  append_command(pipe.out(), words);
  if (auto sent = pipe.send(); !sent) return std::unexpected(sent.error());
  return await(pipe);
}

class RedisLine final : public Line {
 public:
  RedisLine(Pipe pipe, std::string_view digest, std::uint32_t client)
      : pipe_(std::move(pipe)), digest_(digest), bidder_(std::to_string(client)) {}
  int socket() const override { return pipe_.socket(); }
  void bid(Bid const& bid) override {
    auto const lot = fmt::format_int(bid.lot);
    auto const price = fmt::format_int(bid.fen);
    std::string_view const number{lot.data(), lot.size()};
    name_.assign("lot:").append(number);
    rank_.assign("rank:").append(number);
    bids_.assign("bids:").append(number);
    std::array<std::string_view, 9> const words{
        "EVALSHA", digest_, "3", name_, rank_, bids_, bidder_, {price.data(), price.size()}, number};
    append_command(pipe_.out(), words);
  }
  Result<void> send() override { return pipe_.send(); }
  Result<void> receive(std::vector<Outcome>& answers) override {
    if (auto read = pipe_.receive(); !read) return read;
    for (;;) {
      auto const reply = take(pipe_);
      if (!reply) return std::unexpected(reply.error());
      if (!*reply) return {};
      answers.push_back((*reply)->number == 1 ? Outcome::Accepted : Outcome::Refused);
    }
  }

 private:
  Pipe pipe_;
  std::string digest_, bidder_;
  std::string name_, rank_, bids_;
};

class RedisListener final : public Listener {
 public:
  explicit RedisListener(Pipe pipe) : pipe_(std::move(pipe)) {}
  int socket() const override { return pipe_.socket(); }
  Result<std::uint64_t> receive() override {
    if (auto read = pipe_.receive(); !read) return std::unexpected(read.error());
    for (std::uint64_t heard = 0;; ++heard) {
      auto const message = take(pipe_);
      if (!message) return std::unexpected(message.error());
      if (!*message) return heard;
    }
  }

 private:
  Pipe pipe_;
};

}  // namespace

Result<std::unique_ptr<RedisPeer>> RedisPeer::connect(std::string socket, std::string const& script) {
  auto pipe = Pipe::to_path(socket);
  if (!pipe) return std::unexpected(pipe.error());
  std::unique_ptr<RedisPeer> peer{new RedisPeer{std::move(socket), std::move(*pipe)}};
  auto const digest = ask(peer->pipe_, std::array<std::string_view, 3>{"SCRIPT", "LOAD", script});
  if (!digest) return std::unexpected(digest.error());
  peer->digest_ = digest->text;
  return peer;
}

Result<Lots> RedisPeer::open(std::uint32_t count, std::uint32_t, std::uint32_t) {
  Lots const lots{lots_, count};
  auto const ceiling = std::to_string(ceiling_fen);
  for (; lots_ < lots.first + count; ++lots_) {
    auto const name = fmt::format("lot:{}", lots_);
    auto const set = ask(pipe_, std::array<std::string_view, 6>{"HSET", name, "state", "running", "ceiling", ceiling});
    if (!set) return std::unexpected(set.error());
  }
  return lots;
}

Result<std::unique_ptr<Line>> RedisPeer::line(std::uint32_t client) {
  auto pipe = Pipe::to_path(socket_);
  if (!pipe) return std::unexpected(pipe.error());
  return std::make_unique<RedisLine>(std::move(*pipe), digest_, client);
}

Result<std::unique_ptr<Listener>> RedisPeer::listener(Lots) {
  auto pipe = Pipe::to_path(socket_);
  if (!pipe) return std::unexpected(pipe.error());
  if (auto const heard = ask(*pipe, std::array<std::string_view, 2>{"SUBSCRIBE", "bids"}); !heard)
    return std::unexpected(heard.error());
  return std::make_unique<RedisListener>(std::move(*pipe));
}

Result<std::uint64_t> RedisPeer::kept() {
  std::uint64_t kept = 0;
  for (std::uint32_t lot = 0; lot < lots_; ++lot) {
    auto const count = ask(pipe_, std::array<std::string_view, 2>{"XLEN", fmt::format("bids:{}", lot)});
    if (!count) return std::unexpected(count.error());
    kept += static_cast<std::uint64_t>(count->number);
  }
  return kept;
}

}  // namespace bench::peers
