// Two writers, one socket: each piece whole, in order, and nothing of the session's behind a close.
#include "gateway/layer.h"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using gateway::Layer;
using tcp = asio::ip::tcp;

class LayerTest : public testing::Test {
 protected:
  LayerTest() {
    tcp::acceptor door(io, {asio::ip::address_v4::loopback(), 0});
    peer.connect(door.local_endpoint());
    gateway::net::Socket socket(asio::make_strand(io));
    door.accept(socket);
    layer.emplace(std::move(socket));
  }
  // Large enough that the socket takes it in many turns.
  static std::string piece(char letter) { return std::string(3'000'000, letter); }
  void expect_next(std::string const& expected) {
    std::string got(expected.size(), '\0');
    asio::read(peer, asio::buffer(got));
    EXPECT_TRUE(got == expected) << "another piece, or a mixed one, begins with " << got.front();
  }

  asio::io_context io;
  tcp::socket peer{io};
  std::optional<Layer> layer;
};

TEST_F(LayerTest, what_two_write_at_once_goes_over_piece_by_piece_in_the_order_asked) {
  std::vector<std::string> const pieces{piece('a'), piece('b'), piece('c'), piece('d')};
  std::vector<std::size_t> told;
  auto const tell = [&](error_code error, std::size_t bytes) {
    EXPECT_FALSE(error);
    told.push_back(bytes);
  };
  layer->async_write_frames(asio::buffer(pieces[0]), tell);
  layer->async_write_some(asio::buffer(pieces[1]), tell);
  layer->async_write_frames(asio::buffer(pieces[2]), tell);
  layer->async_write_some(asio::buffer(pieces[3]), tell);
  std::thread running([&] { io.run(); });
  for (auto const& each : pieces) expect_next(each);
  running.join();
  EXPECT_EQ(told, (std::vector<std::size_t>(4, pieces[0].size())));
}

TEST_F(LayerTest, nothing_of_the_session_follows_a_close) {
  std::string const before = piece('a');
  std::string const goodbye("\x88\x02\x03\xe8", 4);
  std::string const after = piece('b');
  std::optional<error_code> told;
  layer->async_write_frames(asio::buffer(before), [](error_code error, std::size_t) { EXPECT_FALSE(error); });
  layer->async_write_some(asio::buffer(goodbye), [](error_code error, std::size_t) { EXPECT_FALSE(error); });
  layer->async_write_frames(asio::buffer(after), [&](error_code error, std::size_t) { told = error; });
  std::thread running([&] { io.run(); });
  expect_next(before);
  expect_next(goodbye);
  running.join();
  EXPECT_EQ(told, asio::error::operation_aborted);
  error_code ignored;
  layer->close(ignored);
  std::string rest(1, '\0');
  error_code end;
  EXPECT_EQ(asio::read(peer, asio::buffer(rest), end), 0u);
}

}  // namespace
