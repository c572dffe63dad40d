// Work that may die: done in a child, its answer read from a pipe.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "engine/bytes.h"
#include "persistence/doctor.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

void write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(to, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ::_exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int from) {
  std::string bytes;
  std::array<char, 4096> piece{};
  for (;;) {
    auto const got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

engine::Result<std::string> in_a_child(std::function<std::string()> const& work) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return failed_with_errno("pipe");
  auto const child = ::fork();
  if (child < 0) return failed_with_errno("fork");
  if (child == 0) {
    ::close(pipe[0]);
    write_all(pipe[1], work());
    ::_exit(0);  // what the parent opened is the parent's to close
  }
  ::close(pipe[1]);
  auto answer = read_all(pipe[0]);
  ::close(pipe[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (WIFSIGNALED(status)) return failed(std::string{"reading it kills the reader: "} + ::strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0) return failed("reading it kills the reader");
  return answer;
}

std::string bytes_of(Findings const& findings) {
  engine::ByteWriter bytes;
  for (auto const& finding : findings) {
    bytes.put(finding.grade).put_text(finding.where).put_text(finding.what).put_text(finding.mend);
  }
  return bytes.take();
}

Findings findings_from(std::string_view bytes) {
  Findings findings;
  engine::ByteReader reader{bytes};
  while (reader.ok() && !reader.rest().empty()) {
    Finding finding;
    finding.grade = reader.get<Finding::Grade>();
    finding.where = reader.get_text();
    finding.what = reader.get_text();
    finding.mend = reader.get_text();
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace persistence
