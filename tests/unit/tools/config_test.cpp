// Wrong configuration is answered with file, line, key and what was expected; table, file and example say the same.
#include "tools/ebb/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace {

using namespace std::chrono_literals;

class ConfigTest : public testing::Test {
 protected:
  ~ConfigTest() override { std::filesystem::remove(file_); }

  std::expected<ebb::Config, ebb::ConfigFault> read(std::string_view text) const {
    std::ofstream{file_} << text;
    return ebb::read_config(file_);
  }
  // "12: key: expected …, found …" of a text that is wrong.
  std::string fault_of(std::string_view text) const {
    auto const config = read(text);
    if (config) return "nothing wrong";
    EXPECT_EQ(config.error().where, file_.string());
    return config.error().text().substr(file_.string().size() + 1);
  }

 private:
  std::filesystem::path const file_ =
      std::filesystem::temp_directory_path() / ("ebb_config_test_" + std::to_string(::getpid()) + ".toml");
};

std::filesystem::path example() {
  return std::filesystem::path{std::getenv("EBB_SOURCE_DIR")} / "tools/ebb/ebb.example.toml";
}

TEST_F(ConfigTest, an_empty_file_gives_the_defaults) {
  EXPECT_EQ(read("").value(), ebb::Config{});
}

TEST_F(ConfigTest, a_file_overrides_the_defaults) {
  auto const config = read("[server]\naddress = \"0.0.0.0\"\nport = 9090\n[rules]\nnotice_min_s = 5\n").value();
  EXPECT_EQ(config.server_address, "0.0.0.0");
  EXPECT_EQ(config.server_port, 9090);
  EXPECT_EQ(config.rules_notice_min_s, 5s);
  EXPECT_EQ(config.data_directory, ebb::Config{}.data_directory);
}

TEST_F(ConfigTest, an_unknown_key_is_refused_with_its_line) {
  EXPECT_EQ(fault_of("[server]\nport = 1\nprot = 2\n"),
            "3: server.prot: expected a key that exists (ebb serve --help lists them), found an unknown key");
  EXPECT_TRUE(fault_of("\n[sever]\nport = 1\n").starts_with("3: sever.port: expected a key that exists"));
  EXPECT_TRUE(fault_of("port = 1\n").starts_with("1: port: expected a key that exists"));
}

TEST_F(ConfigTest, a_value_of_the_wrong_type_is_refused_with_what_was_found) {
  EXPECT_EQ(fault_of("[server]\nport = \"8080\"\n"),
            "2: server.port: expected a whole number from 0 to 65535, found a text");
  EXPECT_EQ(fault_of("[server]\naddress = 1\n"), "2: server.address: expected a text, found a whole number");
  EXPECT_EQ(fault_of("[rules]\nnotice_min_s = 1.5\n"),
            "2: rules.notice_min_s: expected whole seconds from 0 to 7776000, found a number with a point");
  EXPECT_EQ(fault_of("[log]\nlevel = true\n"),
            "2: log.level: expected one of: debug info warn error, found true or false");
}

TEST_F(ConfigTest, a_value_out_of_range_is_refused_with_the_range) {
  EXPECT_EQ(fault_of("[server]\nport = 65536\n"),
            "2: server.port: expected a whole number from 0 to 65535, found 65536");
  EXPECT_EQ(fault_of("[server]\nio_threads = 0\n"),
            "2: server.io_threads: expected a whole number from 1 to 64, found 0");
  EXPECT_EQ(fault_of("[log]\nlevel = \"loud\"\n"),
            "2: log.level: expected one of: debug info warn error, found \"loud\"");
}

TEST_F(ConfigTest, keys_that_contradict_each_other_are_refused) {
  EXPECT_EQ(fault_of("[rules]\nduration_min_s = 100\nduration_max_s = 99\n"),
            " rules.duration_max_s: expected at least rules.duration_min_s (100), found 99");
  EXPECT_EQ(fault_of("[data]\ndirectory = \"\"\n"), " data.directory: expected a folder, found \"\"");
}

TEST_F(ConfigTest, a_broken_file_is_refused_with_its_line) {
  EXPECT_TRUE(fault_of("[server]\nport = \n").starts_with("2: expected a readable file in TOML, found"));
  EXPECT_TRUE(fault_of("[server]\nport = 1\nport = 2\n").starts_with("3: expected a readable file in TOML"));
}

TEST_F(ConfigTest, an_absent_file_is_refused) {
  auto const config = ebb::read_config("/nowhere/ebb.toml");
  ASSERT_FALSE(config);
  EXPECT_TRUE(config.error().text().starts_with("/nowhere/ebb.toml: expected a readable file"));
}

TEST_F(ConfigTest, the_table_has_every_field_once) {
  // No padding in Config: so the sizes of the fields of the table add up to it, unless one is missing or twice there.
  std::size_t bytes = 0;
  for (auto const& key : ebb::keys()) {
    if (std::holds_alternative<std::string ebb::Config::*>(key.field)) bytes += sizeof(std::string);
    if (std::holds_alternative<std::int64_t ebb::Config::*>(key.field)) bytes += sizeof(std::int64_t);
    if (std::holds_alternative<std::chrono::seconds ebb::Config::*>(key.field)) bytes += sizeof(std::chrono::seconds);
  }
  EXPECT_EQ(bytes, sizeof(ebb::Config));
}

TEST_F(ConfigTest, every_default_is_one_that_could_be_given) {
  for (auto const& key : ebb::keys()) {
    ebb::Config config;
    auto const value = ebb::written(config, key);
    auto const bare = value.starts_with('"') ? value.substr(1, value.size() - 2) : value;
    EXPECT_FALSE(ebb::set(config, key, bare)) << key.name;
    EXPECT_EQ(config, ebb::Config{}) << key.name;
  }
}

TEST_F(ConfigTest, the_example_is_the_defaults) {
  auto const config = ebb::read_config(example());
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(*config, ebb::Config{});
}

TEST_F(ConfigTest, the_example_has_every_key_with_a_comment) {
  std::ifstream file{example()};
  std::string section;
  std::vector<std::string> found;
  auto commented = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1);
    if (line.starts_with('#')) commented = true;
    auto const equals = line.find(" = ");
    if (!line.starts_with('#') && equals != std::string::npos) {
      EXPECT_TRUE(commented) << line;
      found.push_back(section + "." + line.substr(0, equals));
    }
    if (line.empty()) commented = false;
  }
  std::vector<std::string> wanted;
  for (auto const& key : ebb::keys()) wanted.emplace_back(key.name);
  EXPECT_EQ(found, wanted);
}

}  // namespace
