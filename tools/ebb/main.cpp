// ebb: what was asked for is parsed (cli.h) and done; nothing is decided here.
//
// This is the one place where an exception ends: whatever start-up throws is said in one line, exit code 1.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "tools/ebb/archive.h"
#include "tools/ebb/auction.h"
#include "tools/ebb/backup.h"
#include "tools/ebb/cli.h"
#include "tools/ebb/doctor.h"
#include "tools/ebb/replay.h"
#include "tools/ebb/serve.h"
#include "tools/ebb/trim.h"
#include "tools/ebb/user.h"
#include "tools/ebb/verify.h"

namespace {

int complain(std::string const& what) {
  std::fprintf(stderr, "ebb: %s\n", what.c_str());
  return 1;
}

int run(ebb::ServeCall const& call) {
  return ebb::serve(call.config);
}

int run(ebb::ReplayCall const& call) {
  auto const tell = [](std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
  };
  auto const replayed = ebb::replay(call.directory, tell, {}, call.archive);
  if (!replayed) return complain(replayed.error().what);
  if (replayed->begun_with.is_given()) {
    std::printf(
        "begun with the snapshot of seq %lu: what lies before it was trimmed; --archive ARCHIVE reads that, too\n",
        replayed->begun_with.number());
  }
  std::printf("%lu frames, %lu commands, %lu events, all decided as before; digest of the hall %016lx\n",
              replayed->frames, replayed->commands, replayed->events, replayed->digest);
  return 0;
}

int run(ebb::VerifyCall const& call) {
  auto const told = ebb::verify(call);
  if (!told) return complain(told.error().what);
  std::fputs(told->text.c_str(), stdout);
  return told->damage ? complain("damaged: " + *told->damage) : 0;
}

int say(engine::Result<std::string> const& said) {
  if (!said) return complain(said.error().what);
  std::fputs(said->c_str(), stdout);
  return 0;
}

int run(ebb::UserCall const& call) {
  return say(ebb::user(call));
}
int run(ebb::BackupCall const& call) {
  return say(ebb::backup(call));
}
int run(ebb::RestoreCall const& call) {
  return say(ebb::restore(call));
}
int run(ebb::BringBackCall const& call) {
  return say(ebb::bring_back(call));
}
int run(ebb::TrimCall const& call) {
  return say(ebb::trim(call));
}
int run(ebb::ArchiveCall const& call) {
  return say(ebb::archive(call));
}
int run(ebb::CheckArchiveCall const& call) {
  return say(ebb::check_archive(call));
}

int run(ebb::DoctorCall const& call) {
  auto const told = ebb::doctor(call);
  if (!told) return complain(told.error().what);
  std::fputs(told->text.c_str(), stdout);
  return told->exit_code;
}

int run(ebb::AuctionCall const& call) {
  auto const text = ebb::auction::input(call.file);
  if (!text) {
    complain(text.error().what);
    return 2;
  }
  auto const tell =
      call.events == ebb::AuctionCall::Events::None ? ebb::auction::Tell::NoEvents : ebb::auction::Tell::All;
  auto const told =
      call.act == ebb::AuctionCall::Act::Check ? ebb::auction::check(*text) : ebb::auction::run(*text, tell);
  std::fwrite(told.json.data(), 1, told.json.size(), stdout);
  return told.exit_code;
}

}  // namespace

int main(int count, char** words) {
  try {
    auto const call = ebb::parse({words + 1, words + count});
    if (call) return std::visit([](auto const& asked) { return run(asked); }, *call);
    std::fputs(call.error().text.c_str(), call.error().code == 0 ? stdout : stderr);
    return call.error().code;
  } catch (std::exception const& error) {
    return complain(error.what());
  }
}
