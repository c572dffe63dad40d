// Says what it hears. See echo.h.
#include "gateway/echo.h"

#include <utility>

#include "gateway/link.h"
#include "gateway/upgrade.h"

namespace gateway {
namespace {

constexpr std::size_t message_bytes_max = 16 << 20;
constexpr std::size_t backlog_bytes_max = 64 << 20;

class Echo final : public Link {
 public:
  Echo(Lobby& lobby, Connections& connections, Upgrade upgrade)
      : Link(lobby, connections, upgrade, {{}, message_bytes_max, backlog_bytes_max}) {}

 private:
  void begin() override {}
  void hear(Opcode kind, std::string_view message, net::Steady::time_point /*read_at*/) override {
    push(std::make_shared<std::string const>(message), kind);
  }
  bool is_welcome_still() const override { return true; }
  void leave() override {}
};

}  // namespace

void serve_echo(Lobby& lobby, Connections& connections, Upgrade upgrade) {
  std::make_shared<Echo>(lobby, connections, std::move(upgrade))->start();
}

}  // namespace gateway
