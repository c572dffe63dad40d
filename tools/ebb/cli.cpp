// The one file that includes CLI11: it costs seven seconds to compile.
#include "tools/ebb/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <sstream>

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
  auto* const verify = app.add_subcommand("verify", "check journal, chain and tables without a server");
  auto* const user = app.add_subcommand("user", "administrators, while the server is stopped");
  auto* const auction = app.add_subcommand("auction", "run an auction given as a file; exit 1: other than it expects");
  describe_serve(*serve, given);
  describe_directory(*replay, given.directory);
  describe_directory(*verify, given.directory);
  describe_user(*user, given);
  describe_auction(*auction, given);

  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (CLI::ParseError const& error) {
    std::ostringstream out;
    std::ostringstream err;
    auto const code = app.exit(error, out, err);
    return std::unexpected{code == 0 ? Exit{0, out.str()} : Exit{2, err.str()}};
  }
  if (replay->parsed()) return ReplayCall{given.directory};
  if (verify->parsed()) return VerifyCall{given.directory};
  if (user->parsed()) return user_call(given);
  if (auction->parsed()) return auction_call(*auction, given);
  auto config = configure(*serve, given);
  if (!config) return std::unexpected{config.error()};
  return ServeCall{*config};
}

}  // namespace ebb
