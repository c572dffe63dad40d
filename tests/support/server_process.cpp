// See the header. Output goes to files: nothing to drain, and nothing is lost when a test fails.
#include "tests/support/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

extern char** environ;

namespace support {
namespace {

constexpr Patience to_come_up{30'000};
constexpr Patience to_go_down{30'000};

std::string read_all(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

// The rest of the line behind `mark`, once that line is whole.
std::optional<std::string> line_after(std::string const& text, std::string_view mark) {
  auto const at = text.find(mark);
  if (at == std::string::npos) return std::nullopt;
  auto const end = text.find('\n', at);
  if (end == std::string::npos) return std::nullopt;
  return text.substr(at + mark.size(), end - at - mark.size());
}

pid_t spawn(std::vector<std::string> words, std::filesystem::path const& out, std::filesystem::path const& err) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  auto const flags = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), flags, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), flags, 0600);
  pid_t process = -1;
  auto const wrong = ::posix_spawn(&process, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (wrong != 0) throw Broken(words[0] + ": " + std::strerror(wrong));
  return process;
}

// The exit code, if the process has ended.
std::optional<int> reap(pid_t process) {
  int status = 0;
  pid_t done = 0;
  do {
    done = ::waitpid(process, &status, WNOHANG);
  } while (done < 0 && errno == EINTR);
  if (done == 0) return std::nullopt;
  if (done < 0) throw Broken("waitpid: " + std::string{std::strerror(errno)});
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The rules that a test day needs: an auction of a second is too short for the law but long enough for a proof.
std::map<std::string, std::map<std::string, std::string>> test_settings(std::filesystem::path const& data) {
  return {{"server", {{"address", "\"127.0.0.1\""}, {"port", "0"}, {"stop_within_s", "5"}}},
          {"data", {{"directory", "\"" + data.string() + "\""}, {"segment_mib", "64"}, {"tables_gib_max", "1"}}},
          {"rules",
           {{"notice_min_s", "0"},
            {"duration_min_s", "1"},
            {"extension_min_s", "1"},
            {"quoting_min_s", "1"},
            {"confirm_min_s", "1"},
            {"resume_floor_s", "1"}}}};
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  auto name = (std::filesystem::temp_directory_path() / "ebb-e2e-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw Broken("mkdtemp: " + std::string{std::strerror(errno)});
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

ServerProcess::ServerProcess(Settings settings) {
  write_config(settings);
}

ServerProcess::~ServerProcess() {
  if (process_ > 0) kill();
}

void ServerProcess::write_config(Settings const& settings) const {
  auto sections = test_settings(data());
  for (auto const& [key, value] : settings) {
    auto const dot = key.find('.');
    sections[key.substr(0, dot)][key.substr(dot + 1)] = value;
  }
  std::ofstream file{place_.path() / "ebb.toml"};
  for (auto const& [section, keys] : sections) {
    file << '[' << section << "]\n";
    for (auto const& [key, value] : keys) file << key << " = " << value << '\n';
  }
}

void ServerProcess::start() {
  std::filesystem::remove(place_.path() / "out");  // the port of an earlier life is not ours
  process_ = spawn({EBB_BINARY, "serve", "--config", (place_.path() / "ebb.toml").string()}, place_.path() / "out",
                   place_.path() / "err");
  std::optional<std::string> where;
  bool const is_up = eventually(
      [&] {
        where = line_after(output(), "ebb: listening on 127.0.0.1:");
        return where.has_value() || !is_running();
      },
      to_come_up);
  if (!is_up || !where) throw Broken("the server did not come up\n" + output() + log());
  port_ = static_cast<std::uint16_t>(std::stoul(*where));
  if (auto const password = line_after(output(), "administrator one-time password: ")) one_time_password_ = *password;
}

bool ServerProcess::is_running() {
  if (process_ <= 0) return false;
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == 0;
}

void ServerProcess::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

void ServerProcess::ask_to_stop() {
  ::kill(process_, SIGTERM);
}

int ServerProcess::wait() {
  std::optional<int> code;
  if (!eventually([&] { return (code = reap(process_)).has_value(); }, to_go_down)) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
    throw Broken("the server did not end in time\n" + log());
  }
  process_ = -1;
  return *code;
}

int ServerProcess::stop() {
  ask_to_stop();
  return wait();
}

std::string ServerProcess::output() const {
  return read_all(place_.path() / "out");
}
std::string ServerProcess::log() const {
  return read_all(place_.path() / "err");
}

Finished ServerProcess::run(std::vector<std::string> words) const {
  words.insert(words.begin(), EBB_BINARY);
  return run_program(words, place_.path());
}

Finished run_program(std::vector<std::string> const& words, std::filesystem::path const& place) {
  auto const out = place / "program.out";
  auto const err = place / "program.err";
  std::filesystem::remove(out);
  std::filesystem::remove(err);
  auto const process = spawn(words, out, err);
  std::optional<int> code;
  if (!eventually([&] { return (code = reap(process)).has_value(); }, to_go_down)) {
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    throw Broken(words[0] + " did not end in time");
  }
  return {*code, read_all(out), read_all(err)};
}

}  // namespace support
