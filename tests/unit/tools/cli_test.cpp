// The command line as a value: what was asked for, or the text and the exit code of a mistake.
#include "tools/ebb/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace {

using testing::HasSubstr;

template <class Wanted>
Wanted call_of(std::vector<std::string> words) {
  auto const call = ebb::parse(std::move(words));
  if (!call) ADD_FAILURE() << call.error().text;
  return call ? std::get<Wanted>(*call) : Wanted{};
}

ebb::Exit exit_of(std::vector<std::string> words) {
  auto const call = ebb::parse(std::move(words));
  EXPECT_FALSE(call);
  return call ? ebb::Exit{} : call.error();
}

std::filesystem::path file_with(std::string_view text) {
  auto const file = std::filesystem::temp_directory_path() / ("ebb_cli_test_" + std::to_string(::getpid()) + ".toml");
  std::ofstream{file} << text;
  return file;
}

TEST(Cli, serve_alone_takes_the_defaults) {
  EXPECT_EQ(call_of<ebb::ServeCall>({"serve"}).config, ebb::Config{});
}

TEST(Cli, a_flag_overrides_the_file_and_the_file_the_default) {
  auto const file = file_with("[server]\nport = 9000\nio_threads = 3\n");
  auto const config = call_of<ebb::ServeCall>({"serve", "--config", file.string(), "--server.port", "9100"}).config;
  EXPECT_EQ(config.server_port, 9100);
  EXPECT_EQ(config.server_io_threads, 3);
  std::filesystem::remove(file);
}

TEST(Cli, help_of_serve_names_every_key_with_its_meaning) {
  auto const help = exit_of({"serve", "--help"});
  EXPECT_EQ(help.code, 0);
  for (auto const& key : ebb::keys()) {
    EXPECT_THAT(help.text, HasSubstr("--" + std::string{key.name} + " "));
    EXPECT_THAT(help.text, HasSubstr(key.help));
    EXPECT_THAT(help.text, HasSubstr(ebb::expectation(key)));
  }
}

TEST(Cli, a_wrong_flag_says_what_was_expected_and_exits_with_2) {
  auto const wrong = exit_of({"serve", "--server.port", "many"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_EQ(wrong.text, "command line: --server.port: expected a whole number from 0 to 65535, found \"many\"\n");
}

TEST(Cli, a_wrong_file_says_file_line_and_key_and_exits_with_2) {
  auto const file = file_with("[server]\nport = true\n");
  auto const wrong = exit_of({"serve", "--config", file.string()});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_EQ(wrong.text,
            file.string() + ":2: server.port: expected a whole number from 0 to 65535, found true or false\n");
  std::filesystem::remove(file);
}

TEST(Cli, flags_are_held_against_each_other_too) {
  auto const wrong = exit_of({"serve", "--rules.duration_min_s", "90", "--rules.duration_max_s", "60"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.text, HasSubstr("rules.duration_max_s: expected at least rules.duration_min_s (90)"));
}

TEST(Cli, unknown_flags_commands_and_an_empty_line_exit_with_2) {
  EXPECT_EQ(exit_of({"serve", "--prot", "1"}).code, 2);
  EXPECT_EQ(exit_of({"sell"}).code, 2);
  EXPECT_EQ(exit_of({}).code, 2);
  EXPECT_EQ(exit_of({"replay"}).code, 2);
}

TEST(Cli, replay_and_verify_take_a_directory) {
  EXPECT_EQ(call_of<ebb::ReplayCall>({"replay", "d"}).directory, "d");
  EXPECT_EQ(call_of<ebb::VerifyCall>({"verify", "d"}).directory, "d");
}

TEST(Cli, verify_takes_what_was_kept_with_a_directory_or_without) {
  auto const all = call_of<ebb::VerifyCall>({"verify", "d", "--heads", "h", "--receipt", "r", "--key", "ab"});
  EXPECT_EQ(all.directory, "d");
  EXPECT_EQ(all.heads, "h");
  EXPECT_EQ(all.receipt, "r");
  EXPECT_EQ(all.key, "ab");
  EXPECT_TRUE(call_of<ebb::VerifyCall>({"verify", "--receipt", "r"}).directory.empty());
  EXPECT_EQ(exit_of({"verify"}).code, 2);
}

TEST(Cli, auction_runs_a_file_and_tells_everything_unless_asked_otherwise) {
  auto const plain = call_of<ebb::AuctionCall>({"auction", "a.json"});
  EXPECT_EQ(plain.file, "a.json");
  EXPECT_EQ(plain.act, ebb::AuctionCall::Act::Run);
  EXPECT_EQ(plain.events, ebb::AuctionCall::Events::All);
  auto const other = call_of<ebb::AuctionCall>({"auction", "--check", "--events", "none", "-"});
  EXPECT_EQ(other.file, "-");
  EXPECT_EQ(other.act, ebb::AuctionCall::Act::Check);
  EXPECT_EQ(other.events, ebb::AuctionCall::Events::None);
  EXPECT_EQ(exit_of({"auction"}).code, 2);
  EXPECT_EQ(exit_of({"auction", "--events", "some", "a.json"}).code, 2);
}

TEST(Cli, user_makes_the_password_unless_told_to_read_it) {
  auto const made = call_of<ebb::UserCall>({"user", "create-admin", "d", "root"});
  EXPECT_EQ(made.act, ebb::UserCall::Act::CreateAdministrator);
  EXPECT_EQ(made.password, ebb::UserCall::Password::Generated);
  EXPECT_EQ(made.login, "root");
  auto const read = call_of<ebb::UserCall>({"user", "reset-password", "d", "root", "--password-from-input"});
  EXPECT_EQ(read.act, ebb::UserCall::Act::ResetPassword);
  EXPECT_EQ(read.password, ebb::UserCall::Password::FromInput);
  EXPECT_EQ(call_of<ebb::UserCall>({"user", "list", "d"}).act, ebb::UserCall::Act::List);
}

TEST(Cli, backup_and_restore_keep_keys_apart) {
  auto const backup = call_of<ebb::BackupCall>({"backup", "var", "/mnt/b", "--with-keys", "/mnt/k"});
  EXPECT_EQ(backup.to, "/mnt/b");
  EXPECT_EQ(backup.keys_to, "/mnt/k");
  EXPECT_EQ(call_of<ebb::BackupCall>({"backup", "var", "/mnt/b"}).keys_to, std::nullopt);
  auto const restore = call_of<ebb::RestoreCall>({"restore", "/mnt/b", "again", "--keys", "/mnt/k"});
  EXPECT_EQ(restore.directory, "again");
  EXPECT_EQ(restore.keys_from, "/mnt/k");
  EXPECT_EQ(restore.until, persistence::Until{});
}

TEST(Cli, until_is_a_command_or_a_time) {
  EXPECT_EQ(call_of<ebb::RestoreCall>({"restore", "b", "d", "--until", "42"}).until,
            persistence::Until{engine::Seq{42}});
  EXPECT_EQ(call_of<ebb::RestoreCall>({"restore", "b", "d", "--until", "1970-01-01T00:00:01Z"}).until,
            persistence::Until{engine::at_millis(1'000)});
  auto const wrong = exit_of({"restore", "b", "d", "--until", "yesterday"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.text, HasSubstr("--until: expected the seq of a command or a time"));
}

TEST(Cli, doctor_changes_nothing_unless_it_is_asked_to) {
  EXPECT_EQ(call_of<ebb::DoctorCall>({"doctor", "var"}).act, ebb::DoctorCall::Act::Examine);
  EXPECT_EQ(call_of<ebb::DoctorCall>({"doctor", "var", "--repair"}).act, ebb::DoctorCall::Act::Repair);
  EXPECT_THAT(exit_of({"doctor", "--help"}).text, HasSubstr("3 --repair mends it"));
}

TEST(Cli, segments_go_to_an_archive_come_back_and_are_read_there) {
  auto const trim = call_of<ebb::TrimCall>({"archive", "var", "/mnt/a", "--trim"});
  EXPECT_EQ(trim.directory, "var");
  EXPECT_EQ(trim.archive, "/mnt/a");
  auto const back = call_of<ebb::BringBackCall>({"restore", "/mnt/a", "var", "--segments"});
  EXPECT_EQ(back.archive, "/mnt/a");
  EXPECT_EQ(back.directory, "var");
  EXPECT_EQ(exit_of({"restore", "/mnt/a", "var", "--segments", "--until", "7"}).code, 2);
  EXPECT_EQ(call_of<ebb::VerifyCall>({"verify", "var", "--archive", "/mnt/a"}).archive, "/mnt/a");
  EXPECT_EQ(call_of<ebb::ReplayCall>({"replay", "var", "--archive", "/mnt/a"}).archive, "/mnt/a");
  EXPECT_EQ(call_of<ebb::DoctorCall>({"doctor", "var", "--archive", "/mnt/a"}).archive, "/mnt/a");
  EXPECT_EQ(call_of<ebb::BackupCall>({"backup", "var", "to", "--archive", "/mnt/a"}).archive, "/mnt/a");
}

TEST(Cli, archive_writes_what_is_named_or_checks_a_bundle) {
  auto const one = call_of<ebb::ArchiveCall>({"archive", "var", "/mnt/a", "--inquiry", "12"});
  EXPECT_EQ(std::get<engine::InquiryId>(one.which), engine::InquiryId{12});
  auto const all = call_of<ebb::ArchiveCall>({"archive", "var", "/mnt/a", "--finished-before", "1970-01-01T00:00:01Z"});
  EXPECT_EQ(std::get<engine::Instant>(all.which), engine::at_millis(1'000));
  EXPECT_EQ(call_of<ebb::CheckArchiveCall>({"archive", "--verify", "x.tar.zst"}).bundle, "x.tar.zst");
  EXPECT_EQ(exit_of({"archive", "var", "/mnt/a"}).code, 2);
  EXPECT_EQ(exit_of({"archive", "var", "/mnt/a", "--trim", "--inquiry", "12"}).code, 2);
  EXPECT_EQ(exit_of({"archive", "--inquiry", "12"}).code, 2);
}

}  // namespace
