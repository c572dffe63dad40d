// The one file that includes CLI11: it costs seven seconds to compile.
#include "tools/ebb/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <sstream>

#include "modules/text.h"

namespace ebb {
namespace {

// What CLI11 collects before it is judged.
struct Words {
  std::string config_file;
  std::map<std::string_view, std::string> flags;  // key name -> text as given
  std::filesystem::path directory;
  std::string login;
  std::map<UserCall::Act, CLI::App*> acts;
  std::string auction_file;
  std::string events = "all";
  VerifyCall verify;
  std::filesystem::path from;
  std::filesystem::path to;
  std::filesystem::path keys;
  std::string until;
  std::string inquiry;
  std::string finished_before;
  std::filesystem::path bundle;
  std::filesystem::path archive;  // of segments that were trimmed
};

Exit mistake(std::string text) {
  return {2, std::move(text) + "\n"};
}

void describe_serve(CLI::App& serve, Words& words) {
  serve.add_option("--config", words.config_file, "TOML file; tools/ebb/ebb.example.toml shows every key")
      ->type_name("FILE");
  Config const defaults;
  for (auto const& key : keys()) {
    auto const help = fmt::format("{}: {} (default {})", key.help, expectation(key), written(defaults, key));
    serve.add_option("--" + std::string{key.name}, words.flags[key.name], help)
        ->type_name("VALUE")
        ->group(fmt::format("[{}]", key.name.substr(0, key.name.find('.'))));
  }
}

void describe_directory(CLI::App& command, std::filesystem::path& directory) {
  command.add_option("directory", directory, "data directory of the server")->required()->type_name("DIR");
}

void describe_archived(CLI::App& command, Words& words) {
  command
      .add_option("--archive", words.archive, "where segments lie that `ebb archive --trim` took out of the journal")
      ->type_name("ARCHIVE");
}

void describe_verify(CLI::App& verify, VerifyCall& call) {
  verify.add_option("directory", call.directory, "data directory of a server that does not run")->type_name("DIR");
  verify.add_option("--heads", call.heads, "heads that were published (tree.heads_file): the log must still have them")
      ->type_name("FILE");
  verify.add_option("--receipt", call.receipt, "a receipt that was kept; without DIR it is checked by itself")
      ->type_name("FILE");
  verify.add_option("--key", call.key, "the key that the log is known by, where it is known from elsewhere")
      ->type_name("HEX");
}

void describe_user(CLI::App& user, Words& words) {
  using Act = UserCall::Act;
  user.require_subcommand(1);
  auto describe = [&](Act act, char const* name, char const* help) {
    auto* const command = user.add_subcommand(name, help);
    words.acts[act] = command;
    describe_directory(*command, words.directory);
    if (act == Act::List) return;
    command->add_option("login", words.login, "the administrator's login")->required()->type_name("LOGIN");
    std::string const input_help = "read the password from standard input instead of making one";
    command->add_flag("--password-from-input", input_help);
  };
  describe(Act::List, "list", "people, their roles and whether they are locked");
  describe(Act::CreateAdministrator, "create-admin", "a new administrator");
  describe(Act::ResetPassword, "reset-password", "a new password for an administrator; ends their sessions");
}

void describe_auction(CLI::App& auction, Words& words) {
  auction.add_option("file", words.auction_file, "the auction (tools/ebb/auctions); - reads standard input")
      ->required()
      ->type_name("FILE");
  std::string const check_help = "only say what is wrong with the file";
  auction.add_flag("--check", check_help);
  auction.add_option("--events", words.events, "all: tell every event; none: only how the lots ended")
      ->check(CLI::IsMember({"all", "none"}))
      ->type_name("all|none");
}

AuctionCall auction_call(CLI::App const& auction, Words const& words) {
  return {.act = auction.count("--check") > 0 ? AuctionCall::Act::Check : AuctionCall::Act::Run,
          .events = words.events == "none" ? AuctionCall::Events::None : AuctionCall::Events::All,
          .file = words.auction_file};
}

void describe_backup(CLI::App& backup, Words& words) {
  describe_directory(backup, words.directory);
  backup.add_option("to", words.to, "the backup: empty, or made by an earlier call: then only what is new is copied")
      ->required()
      ->type_name("TO");
  backup
      .add_option("--with-keys", words.keys,
                  "also copy the keys of sealed prices and credentials, to a place of their own: a backup without\n"
                  "them tells nobody a secret; whoever has both has everything")
      ->type_name("TO2");
}

void describe_restore(CLI::App& restore, Words& words) {
  restore.add_option("from", words.from, "a backup; with --segments an archive")->required()->type_name("FROM");
  restore.add_option("directory", words.directory, "the data directory to make; it must be empty")
      ->required()
      ->type_name("DIR");
  std::string const segments_help =
      "put the segments that were trimmed back into DIR, a data directory of a server that does not run";
  auto* const segments = restore.add_flag("--segments", segments_help);
  auto* const keys =
      restore.add_option("--keys", words.keys, "keys of `ebb backup --with-keys`; without them it does not serve")
          ->type_name("FROM2");
  auto* const until =
      restore
          .add_option(
              "--until", words.until,
              "end with the last frame wholly at or before this command or time; a frame is never cut, the one\n"
              "it lies in is left out")
          ->type_name("SEQ|TIME");
  segments->excludes(keys)->excludes(until);
}

void describe_doctor(CLI::App& doctor, Words& words) {
  describe_directory(doctor, words.directory);
  std::string const repair_help = "mend what can be made again from the journal, and nothing else";
  doctor.add_flag("--repair", repair_help);
  doctor.footer("exit: 0 nothing is wrong, 1 could not look, 3 --repair mends it, 4 it needs a person");
}

void describe_archive(CLI::App& archive, Words& words) {
  archive.add_option("directory", words.directory, "data directory, of a running server or not")->type_name("DIR");
  archive.add_option("to", words.to, "where the bundles go: inquiry-<id>.tar.zst; and the segments")->type_name("TO");
  auto* const inquiry = archive.add_option("--inquiry", words.inquiry, "this one")->type_name("ID");
  auto* const before =
      archive.add_option("--finished-before", words.finished_before, "every one that was over by then")
          ->type_name("TIME");
  auto* const verify = archive.add_option("--verify", words.bundle, "check a bundle alone, without server and data")
                           ->type_name("BUNDLE");
  std::string const trim_help = "move the segments of the journal that no start needs any more to TO";
  auto* const trim = archive.add_flag("--trim", trim_help);
  inquiry->excludes(before);
  verify->excludes(inquiry)->excludes(before);
  trim->excludes(inquiry)->excludes(before)->excludes(verify);
}

std::expected<Call, Exit> restore_call(Words const& words) {
  RestoreCall call{.from = words.from, .directory = words.directory, .keys_from = {}, .until = {}};
  if (!words.keys.empty()) call.keys_from = words.keys;
  if (words.until.empty()) return call;
  if (auto const seq = modules::read_number(words.until)) {
    call.until = engine::Seq{*seq};
  } else if (auto const at = modules::read_instant(words.until)) {
    call.until = *at;
  } else {
    return std::unexpected{mistake(fmt::format(
        "--until: expected the seq of a command or a time such as 2026-05-01T08:00:00Z, found \"{}\"", words.until))};
  }
  return call;
}

std::expected<Call, Exit> archive_call(CLI::App const& archive, Words const& words) {
  if (!words.bundle.empty()) return CheckArchiveCall{words.bundle};
  if (words.directory.empty() || words.to.empty()) return std::unexpected{mistake("archive: expected DIR and TO")};
  if (archive.count("--trim") > 0) return TrimCall{words.directory, words.to};
  ArchiveCall call{.directory = words.directory, .to = words.to, .which = {}};
  if (auto const id = modules::read_number(words.inquiry)) {
    call.which = engine::InquiryId{*id};
  } else if (auto const at = modules::read_instant(words.finished_before)) {
    call.which = *at;
  } else {
    return std::unexpected{
        mistake("archive: expected --inquiry ID, --finished-before TIME (2026-05-01T08:00:00Z) or --trim")};
  }
  return call;
}

std::expected<Config, Exit> configure(CLI::App const& serve, Words const& words) {
  Config config;
  std::string const where = "command line";
  if (!words.config_file.empty()) {
    auto read = read_config(words.config_file);
    if (!read) return std::unexpected{mistake(read.error().text())};
    config = *read;
  }
  for (auto const& key : keys()) {
    auto const flag = "--" + std::string{key.name};
    if (serve.count(flag) == 0) continue;
    if (auto wrong = set(config, key, words.flags.at(key.name))) {
      wrong->where = where;
      wrong->key = flag;
      return std::unexpected{mistake(wrong->text())};
    }
  }
  if (auto wrong = judge(config, where)) return std::unexpected{mistake(wrong->text())};
  return config;
}

UserCall user_call(Words const& words) {
  UserCall call{.directory = words.directory, .login = words.login};
  for (auto const& [act, command] : words.acts) {
    if (!command->parsed()) continue;
    call.act = act;
    auto const given = act != UserCall::Act::List && command->count("--password-from-input") > 0;
    call.password = given ? UserCall::Password::FromInput : UserCall::Password::Generated;
  }
  return call;
}

}  // namespace

std::expected<Call, Exit> parse(std::vector<std::string> words) {
  CLI::App app{"Ebb (退潮): reverse auctions, live and provable", "ebb"};
  app.require_subcommand(1);
  app.get_formatter()->column_width(36);
  Words given;
  auto* const serve = app.add_subcommand("serve", "run the server");
  auto* const replay = app.add_subcommand("replay", "print every command and what it did; exit 1 if history differs");
  auto* const verify = app.add_subcommand("verify", "check a data directory, or what was kept of its log");
  auto* const user = app.add_subcommand("user", "administrators, while the server is stopped");
  auto* const auction = app.add_subcommand("auction", "run an auction given as a file; exit 1: other than it expects");
  describe_serve(*serve, given);
  describe_directory(*replay, given.directory);
  describe_verify(*verify, given.verify);
  describe_user(*user, given);
  describe_auction(*auction, given);
  auto* const backup =
      app.add_subcommand("backup", "copy the journal to another place, beside the server that writes it");
  auto* const restore = app.add_subcommand("restore", "make a data directory from a backup, up to a command or a time");
  auto* const doctor = app.add_subcommand("doctor", "say what is wrong with a data directory and what can be done");
  auto* const archive = app.add_subcommand("archive", "finished inquiries as bundles that prove themselves for years");
  describe_backup(*backup, given);
  describe_restore(*restore, given);
  describe_doctor(*doctor, given);
  describe_archive(*archive, given);
  for (auto* const reading : {replay, verify, backup, doctor}) describe_archived(*reading, given);

  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (CLI::ParseError const& error) {
    std::ostringstream out;
    std::ostringstream err;
    auto const code = app.exit(error, out, err);
    return std::unexpected{code == 0 ? Exit{0, out.str()} : Exit{2, err.str()}};
  }
  if (replay->parsed()) return ReplayCall{given.directory, given.archive};
  if (verify->parsed()) {
    auto& call = given.verify;
    call.archive = given.archive;
    bool const has_something = !call.directory.empty() || !call.receipt.empty() || !call.heads.empty();
    if (!has_something) return std::unexpected{mistake("verify: expected DIR, --receipt FILE or --heads FILE")};
    return call;
  }
  if (user->parsed()) return user_call(given);
  if (auction->parsed()) return auction_call(*auction, given);
  if (backup->parsed()) {
    auto const keys_to = given.keys.empty() ? std::nullopt : std::optional{given.keys};
    return BackupCall{given.directory, given.to, keys_to, given.archive};
  }
  if (restore->parsed()) {
    if (restore->count("--segments") > 0) return BringBackCall{given.from, given.directory};
    return restore_call(given);
  }
  if (doctor->parsed()) {
    using Act = DoctorCall::Act;
    return DoctorCall{doctor->count("--repair") > 0 ? Act::Repair : Act::Examine, given.directory, given.archive};
  }
  if (archive->parsed()) return archive_call(*archive, given);
  auto config = configure(*serve, given);
  if (!config) return std::unexpected{config.error()};
  return ServeCall{*config};
}

}  // namespace ebb
