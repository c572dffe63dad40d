// Every rule of tidy fires on a sample that breaks it, at its line, and stays silent on one that does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "tools/tidy/rules.h"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct File {
  std::string path;
  std::string text;
};

tidy::Tree tree_of(std::vector<File> files) {
  tidy::Tree tree;
  for (auto& file : files) tree.files.push_back(tidy::make_source(std::move(file.path), file.text));
  std::ranges::sort(tree.files, {}, &tidy::Source::path);
  return tree;
}

std::vector<std::string> texts(tidy::Findings const& findings) {
  std::vector<std::string> texts;
  for (auto const& finding : findings) texts.push_back(tidy::text(finding));
  return texts;
}

using Rule = void (*)(tidy::Tree const&, tidy::Findings&);

std::vector<std::string> held(Rule rule, std::vector<File> files) {
  tidy::Findings findings;
  rule(tree_of(std::move(files)), findings);
  return texts(findings);
}

// ---- Arrows ----------------------------------------------------------------------------------------------------

// What one include in one file is told; the included file exists.
std::vector<std::string> including(std::string const& path, std::string const& include) {
  std::vector<File> files{{path, "// x\n#include " + include + "\n"}};
  if (include.front() == '"') files.push_back({include.substr(1, include.size() - 2), "// y\n"});
  return held(tidy::hold_arrows, std::move(files));
}

TEST(Arrows, the_engine_includes_only_itself_and_the_standard_library) {
  EXPECT_THAT(including("engine/lot.cpp", "\"engine/money.h\""), IsEmpty());
  EXPECT_THAT(including("engine/lot.cpp", "<vector>"), IsEmpty());
  EXPECT_THAT(including("engine/lot.cpp", "\"modules/json.h\""),
              ElementsAre(HasSubstr("engine/lot.cpp:2: modules/json.h: ")));
  EXPECT_THAT(including("engine/lot.cpp", "<boost/json.hpp>"), ElementsAre(HasSubstr("only the standard library")));
  EXPECT_THAT(including("engine/lot.cpp", "<lmdb.h>"), ElementsAre(HasSubstr("only the standard library")));
  EXPECT_THAT(including("engine/lot.cpp", "<iostream>"), ElementsAre(HasSubstr("neither prints")));
}

TEST(Arrows, only_the_inbox_of_the_engine_knows_threads) {
  EXPECT_THAT(including("engine/inbox.h", "<mutex>"), IsEmpty());
  EXPECT_THAT(including("engine/hall.h", "<mutex>"), ElementsAre(HasSubstr("engine/hall.h:2: mutex: ")));
  EXPECT_THAT(including("engine/hall.cpp", "<thread>"), ElementsAre(HasSubstr("inbox")));
}

TEST(Arrows, a_module_speaks_the_vocabulary_and_sees_no_hall_socket_or_lmdb) {
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"engine/event.h\""), IsEmpty());
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/module.h\""), IsEmpty());
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"engine/hall.h\""), ElementsAre(HasSubstr("vocabulary")));
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "<boost/beast/http.hpp>"), ElementsAre(HasSubstr("no socket")));
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "<lmdb.h>"), ElementsAre(HasSubstr("no LMDB")));
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"gateway/hub.h\""), ElementsAre(HasSubstr("above modules/")));
}

TEST(Arrows, a_module_includes_the_public_header_of_a_lower_floor_only) {
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/accounts/accounts.h\""), IsEmpty());
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/inquiry/rows.h\""), IsEmpty());
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/accounts/rows.h\""),
              ElementsAre(HasSubstr("inside of another")));
  EXPECT_THAT(including("modules/accounts/people.cpp", "\"modules/inquiry/inquiry.h\""),
              ElementsAre(HasSubstr("lower floors")));
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/mall/mall.h\""),
              ElementsAre(HasSubstr("lower floors")));
  EXPECT_THAT(including("modules/inquiry/draft.cpp", "\"modules/cinema/cinema.h\""),
              ElementsAre(HasSubstr("no floor")));
  EXPECT_THAT(including("modules/house.cpp", "\"modules/accounts/accounts.h\""),
              ElementsAre(HasSubstr("no single one")));
}

TEST(Arrows, persistence_sees_no_socket_no_json_and_no_single_module) {
  EXPECT_THAT(including("persistence/journal.cpp", "<lmdb.h>"), IsEmpty());
  EXPECT_THAT(including("persistence/journal.cpp", "\"modules/module.h\""), IsEmpty());
  EXPECT_THAT(including("persistence/journal.cpp", "<boost/asio.hpp>"), ElementsAre(HasSubstr("no socket")));
  EXPECT_THAT(including("persistence/journal.cpp", "<simdjson.h>"), ElementsAre(HasSubstr("not JSON")));
  EXPECT_THAT(including("persistence/journal.cpp", "\"modules/inquiry/inquiry.h\""),
              ElementsAre(HasSubstr("no single module")));
  EXPECT_THAT(including("persistence/journal.cpp", "\"gateway/hub.h\""),
              ElementsAre(HasSubstr("do not know each other")));
}

TEST(Arrows, the_gateway_sees_no_lmdb_no_hall_and_no_single_module) {
  EXPECT_THAT(including("gateway/session.cpp", "<boost/beast/http.hpp>"), IsEmpty());
  EXPECT_THAT(including("gateway/session.cpp", "\"engine/inbox.h\""), IsEmpty());
  EXPECT_THAT(including("gateway/proofs.cpp", "\"engine/transparency.h\""), IsEmpty());
  EXPECT_THAT(including("gateway/session.cpp", "<lmdb.h>"), ElementsAre(HasSubstr("no LMDB")));
  EXPECT_THAT(including("gateway/session.cpp", "\"engine/hall.h\""), ElementsAre(HasSubstr("its inbox, nothing else")));
  EXPECT_THAT(including("gateway/session.cpp", "\"persistence/journal.h\""),
              ElementsAre(HasSubstr("do not know each other")));
  EXPECT_THAT(including("gateway/session.cpp", "\"modules/accounts/accounts.h\""),
              ElementsAre(HasSubstr("no single module")));
}

TEST(Arrows, nobody_includes_tools_tests_or_bench_and_those_include_everything) {
  EXPECT_THAT(including("gateway/hub.cpp", "\"tools/client/rest.h\""), ElementsAre(HasSubstr("included by nobody")));
  EXPECT_THAT(including("persistence/walk.cpp", "\"tests/support/world.h\""),
              ElementsAre(HasSubstr("included by nobody")));
  EXPECT_THAT(including("tests/unit/x_test.cpp", "\"engine/hall.h\""), IsEmpty());
  EXPECT_THAT(including("bench/x.cpp", "\"modules/inquiry/rows.h\""), IsEmpty());
}

TEST(Arrows, the_page_is_a_leaf_that_only_main_hands_on) {
  EXPECT_THAT(including("tools/ebb/serve.cpp", "\"web/assets.h\""), IsEmpty());
  EXPECT_THAT(including("tests/unit/web/assets_test.cpp", "\"web/assets.h\""), IsEmpty());
  EXPECT_THAT(including("gateway/pages.cpp", "\"web/assets.h\""), ElementsAre(HasSubstr("only tools/ebb includes")));
  EXPECT_THAT(including("tools/demo/demo.cpp", "\"web/assets.h\""), ElementsAre(HasSubstr("only tools/ebb includes")));
  EXPECT_THAT(including("web/assets.h", "<span>"), IsEmpty());
  EXPECT_THAT(including("web/assets.h", "\"gateway/pages.h\""), ElementsAre(HasSubstr("nothing but itself")));
}

TEST(Arrows, an_include_of_a_file_that_is_not_there_is_found) {
  EXPECT_THAT(held(tidy::hold_arrows, {{"bench/a.cpp", "#include \"engine/nothing.h\"\n"}}),
              ElementsAre("bench/a.cpp:1: engine/nothing.h: no such file; includes start at the root"));
}

// ---- Banned ----------------------------------------------------------------------------------------------------

std::vector<std::string> banned(std::string path, std::string text) {
  return held(tidy::hold_banned, {{std::move(path), std::move(text)}});
}

TEST(Banned, a_clock_outside_its_places) {
  auto const* const text = "\nauto t = std::chrono::system_clock::now();\n";
  EXPECT_THAT(banned("engine/lot.cpp", text), ElementsAre(HasSubstr("engine/lot.cpp:2: system_clock: a clock")));
  EXPECT_THAT(banned("gateway/hub.cpp", "clock_gettime(CLOCK_REALTIME, &t);"), ElementsAre(HasSubstr("a clock")));
  EXPECT_THAT(banned("tests/unit/engine/lot_test.cpp", text), ElementsAre(HasSubstr("a clock")));
  EXPECT_THAT(banned("gateway/server_clock.cpp", text), IsEmpty());
  EXPECT_THAT(banned("tests/e2e/a.cpp", text), IsEmpty());
}

TEST(Banned, floating_point_near_money) {
  EXPECT_THAT(banned("engine/lot.cpp", "\n\ndouble share = 1;"),
              ElementsAre(HasSubstr("engine/lot.cpp:3: double: floating")));
  EXPECT_THAT(banned("modules/inquiry/a.cpp", "float x;"), ElementsAre(HasSubstr("floating point")));
  EXPECT_THAT(banned("gateway/a.cpp", "#include \"engine/money.h\"\ndouble x;"),
              ElementsAre(HasSubstr("floating point")));
  EXPECT_THAT(banned("gateway/a.cpp", "double seconds;"), IsEmpty());
  EXPECT_THAT(banned("engine/lot.cpp", "int doubled = 1;  // twice, not a double"), IsEmpty());
}

TEST(Banned, randomness_where_history_must_replay) {
  EXPECT_THAT(banned("modules/accounts/a.cpp", "std::random_device r;"), ElementsAre(HasSubstr("randomness")));
  EXPECT_THAT(banned("gateway/token.cpp", "randombytes_buf(a, 1);"), IsEmpty());
}

TEST(Banned, sleeping_unless_marked_as_a_wait) {
  EXPECT_THAT(banned("tests/unit/a_test.cpp", "\nstd::this_thread::sleep_for(1s);"),
              ElementsAre(HasSubstr("a_test.cpp:2: sleep_for")));
  EXPECT_THAT(banned("tests/e2e/a.cpp", "sleep_for(1ms);  // wait: until the port is open"), IsEmpty());
  EXPECT_THAT(banned("tests/e2e/a.cpp", "// wait: for the process\nsleep_for(1ms);"), IsEmpty());
}

TEST(Banned, output_from_a_room) {
  EXPECT_THAT(banned("persistence/a.cpp", "std::cout << 1;"), ElementsAre(HasSubstr("output from a room")));
  EXPECT_THAT(banned("gateway/a.cpp", "std::printf(\"x\");"), ElementsAre(HasSubstr("output from a room")));
  EXPECT_THAT(banned("tools/a.cpp", "std::cout << 1;"), IsEmpty());
}

TEST(Banned, catch_below_main) {
  EXPECT_THAT(banned("modules/a.cpp", "try { f(); } catch (...) {}"),
              ElementsAre(HasSubstr("exceptions do not cross")));
  EXPECT_THAT(banned("tools/ebb/main.cpp", "try { f(); } catch (...) {}"), IsEmpty());
}

TEST(Banned, words_in_comments_and_literals_are_only_words) {
  EXPECT_THAT(banned("engine/a.cpp", "// no double, no system_clock\nauto x = \"double sleep_for(\";"), IsEmpty());
  EXPECT_THAT(banned("engine/a.cpp", "/* double\n float */ auto s = R\"(double \" float)\"; int a = 1'000;"),
              IsEmpty());
}

TEST(Banned, bool_parameters_in_rooms_and_pairs_of_them_anywhere) {
  EXPECT_THAT(banned("engine/a.h", "\nvoid close(Lot lot, bool late);"),
              ElementsAre(HasSubstr("engine/a.h:2: a bool parameter")));
  EXPECT_THAT(banned("engine/a.h", "void close(Lot lot,\n           bool late = false);"),
              ElementsAre(HasSubstr("a.h:1: ")));
  EXPECT_THAT(banned("tools/a.h", "void close(bool late, bool loud);"), ElementsAre(HasSubstr("a bool parameter")));
  EXPECT_THAT(banned("tools/a.h", "void close(bool late);"), IsEmpty());
  EXPECT_THAT(banned("engine/a.h", "bool is_open(Lot lot); bool open_ = f(static_cast<bool>(x));"), IsEmpty());
}

TEST(Banned, unfinished_work) {
  EXPECT_THAT(banned("engine/a.cpp",
                     "int x;  // TO"
                     "DO later"),
              ElementsAre(HasSubstr("engine/a.cpp:1: unfinished")));
  EXPECT_THAT(banned("README.md",
                     "\nFIX"
                     "ME\n"),
              ElementsAre("README.md:2: unfinished work: do it or say nothing"));
}

TEST(Banned, using_the_whole_of_std) {
  EXPECT_THAT(banned("engine/a.cpp", "using namespace std;"), ElementsAre(HasSubstr("engine/a.cpp:1:")));
  EXPECT_THAT(banned("tests/a.cpp", "using namespace std::chrono_literals;"), IsEmpty());
}

TEST(Banned, drawers_for_everything) {
  EXPECT_THAT(banned("gateway/utils.h", ""), ElementsAre(HasSubstr("gateway/utils.h: utils: a drawer")));
  EXPECT_THAT(banned("modules/common/a.h", ""), ElementsAre(HasSubstr("a drawer")));
  EXPECT_THAT(banned("gateway/futile.h", ""), IsEmpty());
}

// ---- Shape -----------------------------------------------------------------------------------------------------

std::vector<std::string> shaped(std::string path, std::string text) {
  return held(tidy::hold_shape, {{std::move(path), std::move(text)}});
}

std::string lines(std::size_t count, std::string const& line = "int x;\n") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line;
  return text;
}

TEST(Shape, a_file_opens_with_a_comment) {
  EXPECT_THAT(shaped("engine/a.cpp", "#include <vector>\n"),
              ElementsAre("engine/a.cpp:1: a file opens with a comment: what it is, why it exists"));
  EXPECT_THAT(shaped("engine/a.cpp", "// What.\n#include <vector>\n"), IsEmpty());
}

TEST(Shape, a_header_guards_itself) {
  EXPECT_THAT(shaped("engine/a.h", "// What.\nint x;\n"), ElementsAre("engine/a.h:1: a header without #pragma once"));
  EXPECT_THAT(shaped("engine/a.h", "// What.\n#pragma once\n"), IsEmpty());
}

TEST(Shape, files_do_not_outgrow_their_reader) {
  EXPECT_THAT(shaped("engine/a.h", "// W\n#pragma once\n" + lines(299)),
              ElementsAre(HasSubstr("engine/a.h: 301 lines")));
  EXPECT_THAT(shaped("engine/a.h", "// W\n#pragma once\n" + lines(298)), IsEmpty());
  EXPECT_THAT(shaped("engine/a.cpp", "// W\n" + lines(600)), ElementsAre(HasSubstr("601 lines")));
  EXPECT_THAT(shaped("engine/a.cpp", "// W\n" + lines(599)), IsEmpty());
}

TEST(Shape, functions_fit_a_screen) {
  auto const body = lines(99, "  if (x) { f(); }\n");
  EXPECT_THAT(shaped("engine/a.cpp", "// W\nint f(int x) const {\n" + body + "}\n"),
              ElementsAre(HasSubstr("engine/a.cpp:2: a function of 101 lines")));
  EXPECT_THAT(shaped("engine/a.cpp", "// W\nint f(int x) {\n" + lines(98) + "}\n"), IsEmpty());
  EXPECT_THAT(shaped("engine/a.cpp", "// W\nnamespace x {\n" + lines(150, "void f() {\n}\n") + "}\n"), IsEmpty());
  EXPECT_THAT(shaped("engine/a.cpp", "// W\nclass X {\n" + lines(150, "int f() { return 1; }\n") + "};\n"), IsEmpty());
}

TEST(Shape, whitespace_is_clean) {
  EXPECT_THAT(shaped("a.txt", "a\n\tb\n"), ElementsAre("a.txt:2: a tab"));
  EXPECT_THAT(shaped("a.txt", "a \n"), ElementsAre("a.txt:1: space at the end of the line"));
  EXPECT_THAT(shaped("a.txt", "a\r\n"), ElementsAre("a.txt:1: a carriage return"));
  EXPECT_THAT(shaped("a.txt", "a\nb"), ElementsAre("a.txt:2: no newline at the end"));
}

TEST(Shape, scripts_have_their_run_bit_and_nothing_else_has) {
  auto script = tidy::make_source("tools/x", "#!/bin/sh\n");
  auto page = tidy::make_source("x.md", "x\n");
  page.executable = true;
  tidy::Findings findings;
  tidy::hold_shape({{script, page}}, findings);
  EXPECT_THAT(texts(findings), ElementsAre(HasSubstr("tools/x:1: a script without"), HasSubstr("x.md: a run bit on")));
}

// ---- Mirror ----------------------------------------------------------------------------------------------------

std::vector<std::string> mirrored(std::vector<File> files, std::vector<std::string> const& excused = {}) {
  tidy::Findings findings;
  tidy::hold_mirror(tree_of(std::move(files)), excused, findings);
  return texts(findings);
}

TEST(Mirror, every_source_of_a_room_has_its_test) {
  EXPECT_THAT(mirrored({{"engine/a.cpp", ""}}),
              ElementsAre("engine/a.cpp: no test of its own: tests/unit/engine/a_test.cpp"));
  EXPECT_THAT(mirrored({{"modules/inquiry/a.cpp", ""}, {"tests/unit/modules/inquiry/a_test.cpp", ""}}), IsEmpty());
  EXPECT_THAT(mirrored({{"tools/a.cpp", ""}}), IsEmpty());
}

TEST(Mirror, every_test_has_its_source) {
  EXPECT_THAT(mirrored({{"tests/unit/engine/a_test.cpp", ""}}), ElementsAre(HasSubstr("not there: engine/a.cpp")));
  EXPECT_THAT(mirrored({{"tests/unit/engine/a_test.cpp", ""}, {"engine/a.h", ""}}), IsEmpty());
}

TEST(Mirror, an_excuse_is_heard_and_must_be_needed) {
  EXPECT_THAT(mirrored({{"engine/a.cpp", ""}}, {"# why", "engine/a.cpp: tested by b"}), IsEmpty());
  EXPECT_THAT(mirrored({}, {"engine/a.cpp: tested by b"}),
              ElementsAre("tools/tidy/mirror.txt: engine/a.cpp: excused (tested by b) for nothing"));
}

// ---- Documents -------------------------------------------------------------------------------------------------

std::string map(std::string const& rows) {
  return "# Ebb\n<!-- folders -->\n" + rows + "<!-- /folders -->\n";
}

std::vector<std::string> documented(std::vector<File> files) {
  return held(tidy::hold_documents, std::move(files));
}

TEST(Documents, the_map_has_every_folder_and_no_other) {
  EXPECT_THAT(documented({{"README.md", map("| `engine/` | decides |\n")}, {"engine/a.h", ""}}), IsEmpty());
  EXPECT_THAT(documented({{"README.md", map("")}, {"engine/a.h", ""}}),
              ElementsAre("README.md: engine/: there, but not on the map"));
  EXPECT_THAT(documented({{"README.md", map("| `web/` | shows |\n")}}),
              ElementsAre("README.md:3: web/: on the map, but not there"));
  EXPECT_THAT(documented({{"README.md", "# Ebb\n"}}), ElementsAre(HasSubstr("no map of folders")));
  EXPECT_THAT(documented({}), ElementsAre("README.md: there is none"));
}

std::vector<std::string> linked(std::string const& text) {
  return documented({{"README.md", map("| `engine/` | x |\n")}, {"engine/README.md", text}, {"engine/a.h", ""}});
}

TEST(Documents, links_lead_somewhere) {
  EXPECT_THAT(linked("see [a](a.h), [up](../README.md#map), [engine](../engine/), [web](https://ebb.example)\n"),
              IsEmpty());
  EXPECT_THAT(linked("\nsee [a](a.h) and [b](b.h)\n"), ElementsAre("engine/README.md:2: a link to nowhere: b.h"));
  EXPECT_THAT(linked("code `[x](y)`\n```\n[x](y)\n```\n"), IsEmpty());
}

TEST(Documents, links_may_lead_to_pictures) {
  auto tree = tree_of(
      {{"README.md", map("| `engine/` | x |\n") + "![a](engine/a.png) ![b](engine/b.png)\n"}, {"engine/a.h", ""}});
  tree.pictures = {"engine/a.png"};
  tidy::Findings findings;
  tidy::hold_documents(tree, findings);
  EXPECT_THAT(texts(findings), ElementsAre("README.md:5: a link to nowhere: engine/b.png"));
}

std::vector<std::string> spoken(std::string const& protocol, std::string const& code) {
  return documented(
      {{"README.md", map("| `gateway/` | x |\n")}, {"gateway/PROTOCOL.md", protocol}, {"gateway/a.h", code}});
}

TEST(Documents, codes_of_the_protocol_are_codes_of_a_room) {
  EXPECT_THAT(spoken("answers `ABOVE_CEILING`\n", "auto x = \"ABOVE_CEILING\";\n"), IsEmpty());
  EXPECT_THAT(spoken("answers `ABOVE_CEILING`\n", "auto x = \"ABOVE\";\n"),
              ElementsAre("gateway/PROTOCOL.md:1: ABOVE_CEILING: no room has this code"));
}

TEST(Documents, close_codes_of_the_protocol_are_close_codes_of_a_room) {
  auto const* const table = "### Close codes\n| code | name |\n| 3001 / 3008 | restart |\n| 1001 | (never used) |\n";
  EXPECT_THAT(spoken(table, "Restart = 3001,\nSlow = 3008,\n"), IsEmpty());
  EXPECT_THAT(spoken(table, "Restart = 3001,\n"), ElementsAre(HasSubstr("PROTOCOL.md:3: 3008: no room closes")));
}

// ---- The tree on disk ------------------------------------------------------------------------------------------

TEST(ReadTree, reads_ours_and_leaves_what_is_built_or_not_text) {
  auto const root = std::filesystem::temp_directory_path() / ("ebb_tidy_test_" + std::to_string(::getpid()));
  for (auto const* folder : {"engine", "build", ".git", ".ci", "web/dist"})
    std::filesystem::create_directories(root / folder);
  std::ofstream{root / "engine/a.h"} << "// A.\n#pragma once\n";
  std::ofstream{root / "build/b.h"} << "x";
  std::ofstream{root / ".git/config"} << "x";
  std::ofstream{root / "web/dist/index.html"} << "x";
  std::ofstream{root / ".ci/run"} << "#!/bin/sh\n";
  std::ofstream{root / "picture.png"} << std::string{"\0\1", 2};
  ::chmod((root / ".ci/run").c_str(), 0755);
  auto const tree = tidy::read_tree(root);
  std::filesystem::remove_all(root);
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->files.size(), 2U);
  EXPECT_EQ(tree->files[0].path, ".ci/run");
  EXPECT_TRUE(tree->files[0].executable);
  EXPECT_EQ(tree->files[1].path, "engine/a.h");
  EXPECT_FALSE(tree->files[1].executable);
  EXPECT_THAT(tree->pictures, ElementsAre("picture.png"));
}

TEST(ReadTree, a_folder_that_is_not_there_is_an_answer) {
  EXPECT_FALSE(tidy::read_tree("/nowhere/at/all"));
}

}  // namespace
