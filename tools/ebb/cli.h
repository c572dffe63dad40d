// The command line of `ebb`: which sub-command was asked for, with everything it needs, as a value.
//
// Nothing is done here. main() visits the Call; a wrong line, --help and a wrong configuration are an Exit with its
// code (0 after help, 2 after a mistake) and the text to print.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/ids.h"
#include "persistence/restore.h"
#include "tools/ebb/config.h"

namespace ebb {

struct ServeCall {
  Config config;
};
struct ReplayCall {
  std::filesystem::path directory;  // the data directory of a server that does not run
  std::filesystem::path archive{};  // where segments lie that were trimmed; empty: it does without
};
struct VerifyCall {
  std::filesystem::path directory;  // empty: only what was kept is checked
  std::filesystem::path receipt;    // what somebody outside kept; empty: nothing
  std::filesystem::path heads;
  std::string key;
  std::filesystem::path archive{};  // as above
};
struct UserCall {
  enum class Act : std::uint8_t { List, CreateAdministrator, ResetPassword };
  enum class Password : std::uint8_t { Generated, FromInput };
  Act act = Act::List;
  Password password = Password::Generated;
  std::filesystem::path directory;
  std::string login;
};
struct AuctionCall {
  enum class Act : std::uint8_t { Run, Check };
  enum class Events : std::uint8_t { All, None };
  Act act = Act::Run;
  Events events = Events::All;
  std::string file;  // "-": standard input
};
struct BackupCall {
  std::filesystem::path directory;
  std::filesystem::path to;
  std::optional<std::filesystem::path> keys_to;
  std::filesystem::path archive{};  // as above
};
struct RestoreCall {
  std::filesystem::path from;
  std::filesystem::path directory;
  std::optional<std::filesystem::path> keys_from;
  persistence::Until until;
};
// The segments that were trimmed, from their archive.
struct BringBackCall {
  std::filesystem::path archive;
  std::filesystem::path directory;
};
struct DoctorCall {
  enum class Act : std::uint8_t { Examine, Repair };
  Act act = Act::Examine;
  std::filesystem::path directory;
  std::filesystem::path archive{};  // as above
};
struct ArchiveCall {
  std::filesystem::path directory;
  std::filesystem::path to;
  std::variant<engine::InquiryId, engine::Instant> which;  // one inquiry, or all that had finished before
};
struct CheckArchiveCall {
  std::filesystem::path bundle;
};
struct TrimCall {
  std::filesystem::path directory;
  std::filesystem::path archive;
};
using Call = std::variant<ServeCall, ReplayCall, VerifyCall, UserCall, AuctionCall, BackupCall, RestoreCall,
                          BringBackCall, DoctorCall, ArchiveCall, CheckArchiveCall, TrimCall>;

struct Exit {
  int code = 0;
  std::string text;
};

// `words` are the arguments after the program's name.
std::expected<Call, Exit> parse(std::vector<std::string> words);

}  // namespace ebb
