// The yardstick of fan-out: what the kernel alone takes to give one message to many sockets.
//
// A bare epoll loop sends one ready-made WebSocket frame to N sockets on loopback with plain send(), a second thread
// reads them. No protocol, no queue, no encoding: whatever the server's fan-out costs above this is the server's own.
//
//   push_floor [watchers] [rounds] [payload bytes]
//
// Failure: a system call that fails ends the program with its name and code 2.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "bench/hdr_histogram.h"

namespace {

using Steady = std::chrono::steady_clock;

int must(int result, char const* what) {
  if (result >= 0) return result;
  fmt::print(stderr, "push_floor: {}: {}\n", what, std::strerror(errno));
  std::exit(2);
}

// An unmasked text frame, as a server sends it.
std::string frame_of(std::size_t payload) {
  std::string frame = "\x81";
  if (payload < 126) {
    frame += static_cast<char>(payload);
  } else {
    frame += '\x7e';
    frame += static_cast<char>(payload >> 8);
    frame += static_cast<char>(payload & 0xff);
  }
  return frame + std::string(payload, 'x');
}

struct Pairs {
  std::vector<int> near;  // written by the loop
  std::vector<int> far;   // read by the watchers' thread
};

Pairs connected(std::size_t watchers) {
  Pairs pairs;
  auto const listener = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  must(bind(listener, reinterpret_cast<sockaddr*>(&address), size), "bind");
  must(listen(listener, 128), "listen");
  must(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  for (std::size_t i = 0; i < watchers; ++i) {
    auto const far = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    must(connect(far, reinterpret_cast<sockaddr*>(&address), size), "connect");
    auto const near = must(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK), "accept");
    int const yes = 1;
    must(setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "TCP_NODELAY");
    pairs.near.push_back(near);
    pairs.far.push_back(far);
  }
  close(listener);
  return pairs;
}

// Reads until every watcher has had `bytes`; tells the moment at which each round was complete.
void read_all(std::vector<int> const& sockets, std::size_t bytes, std::atomic<std::uint64_t>& rounds) {
  auto const poll = must(epoll_create1(0), "epoll_create1");
  std::vector<std::size_t> had(sockets.size(), 0);
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    must(epoll_ctl(poll, EPOLL_CTL_ADD, sockets[i], &event), "epoll_ctl");
  }
  std::vector<epoll_event> events(256);
  std::vector<char> buffer(1 << 16);
  std::size_t complete = 0;
  for (;;) {
    auto const count = must(epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1), "epoll_wait");
    for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
      auto const i = static_cast<std::size_t>(events[k].data.u64);
      auto const got = recv(sockets[i], buffer.data(), buffer.size(), 0);
      if (got <= 0) {
        close(poll);
        return;
      }
      had[i] += static_cast<std::size_t>(got);
      if (had[i] % bytes != 0 || ++complete < sockets.size()) continue;
      complete = 0;
      rounds.fetch_add(1, std::memory_order_release);
      rounds.notify_one();
    }
  }
}

double cpu_of_this_thread() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  auto const seconds = [](timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  auto const argument = [&](int place, std::size_t otherwise) {
    return argc > place ? static_cast<std::size_t>(std::strtoull(argv[place], nullptr, 10)) : otherwise;
  };
  auto const watchers = argument(1, 1'000), rounds = argument(2, 500), payload = argument(3, 128);
  if (watchers == 0 || rounds == 0 || payload == 0 || payload > 65'535) {
    fmt::print(stderr, "push_floor [watchers >= 1] [rounds >= 1] [payload 1-65535]\n");
    return 2;
  }
  rlimit files{};
  must(getrlimit(RLIMIT_NOFILE, &files), "getrlimit");
  files.rlim_cur = files.rlim_max;
  must(setrlimit(RLIMIT_NOFILE, &files), "setrlimit");
  auto const pairs = connected(watchers);
  auto const frame = frame_of(payload);
  std::atomic<std::uint64_t> seen{0};
  std::thread reader([&] { read_all(pairs.far, frame.size(), seen); });

  bench::HdrHistogram last{60'000'000'000};
  double cpu = 0;
  auto const begin = Steady::now();
  for (std::uint64_t round = 0; round < rounds; ++round) {
    auto const from = Steady::now();
    auto const cpu_from = cpu_of_this_thread();
    for (auto const socket : pairs.near)
      if (send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(frame.size()))
        must(-1, "send");
    cpu += cpu_of_this_thread() - cpu_from;
    // The next round starts when the last watcher has this one: the latency of a lone message, no queue behind it.
    for (auto now = seen.load(); now <= round; now = seen.load()) seen.wait(now);
    last.record(std::chrono::nanoseconds{Steady::now() - from}.count());
  }
  auto const took = std::chrono::duration<double>{Steady::now() - begin}.count();
  for (auto const socket : pairs.near) close(socket);
  reader.join();
  auto const deliveries = static_cast<double>(watchers) * static_cast<double>(rounds);
  fmt::print(
      "{} watchers, {} rounds, {} bytes: {:.0f} deliveries/s, sender CPU {:.2f} us a delivery, "
      "last watcher p50 {:.2f} ms p99 {:.2f} ms max {:.2f} ms\n",
      watchers, rounds, payload, deliveries / took, cpu * 1e6 / deliveries,
      static_cast<double>(last.percentile(50)) / 1e6, static_cast<double>(last.percentile(99)) / 1e6,
      static_cast<double>(last.max()) / 1e6);
  for (auto const socket : pairs.far) close(socket);
}
