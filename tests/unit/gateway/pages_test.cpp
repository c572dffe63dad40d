// The page from memory and from a folder: forms, tags, headers, and what is not there.
#include "gateway/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "tests/unit/gateway/web_folder.h"

namespace gateway::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr std::array<PageFile, 9> files{{
    {"index.html", "<html>", "index gzip", "index br"},
    {"favicon.svg", "<svg/>"},
    {"notes.txt", "notes"},
    {"assets/app-D3qBx9_a.js", "script", "script gzip", "script br"},
    {"assets/app--a_b-c0D.css", "style", "style gzip"},
    {"assets/plain.js", "no hash"},
    {"assets/some-longname.woff2", "font"},
    {"app-D3qBx9_a.js", "outside assets"},
    {"data.bin", ""},
}};

std::string header(HttpAnswer const& answer, std::string_view name) {
  std::string found;
  int count = 0;
  for (auto const& [key, value] : answer.headers) {
    if (key != name) continue;
    found = value;
    ++count;
  }
  EXPECT_LE(count, 1) << name;
  return found;
}

class PagesTest : public testing::Test {
 protected:
  HttpAnswer ask(std::string_view target, Headers headers = {}, std::string method = "GET") const {
    return ask(pages, target, std::move(headers), std::move(method));
  }
  static HttpAnswer ask(Pages const& from, std::string_view target, Headers headers = {}, std::string method = "GET") {
    auto const parsed = parse_target(target);
    EXPECT_TRUE(parsed) << target;
    return from.answer(HttpRequest{std::move(method), std::string(target), std::move(headers), {}, {}},
                       parsed.value_or(Target{{""}, {}}));
  }
  Pages const pages{files, {}};
};

TEST_F(PagesTest, the_root_is_the_index) {
  auto const answer = ask("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.type, "text/html; charset=utf-8");
  EXPECT_EQ(answer.bytes(), "<html>");
  EXPECT_EQ(ask("/index.html").bytes(), "<html>");
  EXPECT_EQ(ask("/?from=mail").bytes(), "<html>");
}

TEST_F(PagesTest, the_bytes_are_lent_not_copied) {
  EXPECT_EQ(ask("/").bytes().data(), files[0].identity.data());
  EXPECT_EQ(ask("/", {{"accept-encoding", "br"}}).bytes().data(), files[0].brotli.data());
}

TEST_F(PagesTest, sends_the_form_that_was_negotiated_and_says_which) {
  struct Case {
    std::string_view target, accept_encoding, bytes, coding;
  };
  constexpr std::array cases{
      Case{"/", "gzip, deflate, br, zstd", "index br", "br"},
      Case{"/", "gzip, br;q=0.1", "index gzip", "gzip"},
      Case{"/", "identity", "<html>", ""},
      Case{"/", "", "<html>", ""},
      Case{"/assets/app-D3qBx9_a.js", "*", "script br", "br"},
      Case{"/assets/app--a_b-c0D.css", "br, gzip;q=0.5", "style gzip", "gzip"},
      Case{"/assets/app--a_b-c0D.css", "br", "style", ""},
      Case{"/favicon.svg", "gzip, br", "<svg/>", ""},
  };
  for (auto const& one : cases) {
    auto const answer = ask(one.target, {{"accept-encoding", std::string(one.accept_encoding)}});
    EXPECT_EQ(answer.bytes(), one.bytes) << one.target << " " << one.accept_encoding;
    EXPECT_EQ(header(answer, "Content-Encoding"), one.coding) << one.target << " " << one.accept_encoding;
    EXPECT_EQ(header(answer, "Vary"), "Accept-Encoding") << one.target;
  }
}

TEST_F(PagesTest, every_form_has_its_own_strong_tag_that_depends_on_the_bytes_alone) {
  std::set<std::string> tags;
  for (auto const* coding : {"identity", "gzip", "br"}) {
    auto const tag = header(ask("/", {{"accept-encoding", coding}}), "ETag");
    EXPECT_THAT(tag, testing::MatchesRegex("\"[0-9a-f]+\""));
    EXPECT_EQ(tag.size(), 34U);
    tags.insert(tag);
  }
  EXPECT_EQ(tags.size(), 3U);
  // printf '<html>' | sha256sum
  EXPECT_EQ(header(ask("/"), "ETag"), "\"b7d082ee12e91b756ea22e8513b8594e\"");
}

TEST_F(PagesTest, what_the_client_has_is_not_sent_again) {
  auto const tag = header(ask("/", {{"accept-encoding", "br"}}), "ETag");
  auto const known = ask("/", {{"accept-encoding", "br"}, {"if-none-match", "\"x\", W/" + tag}});
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.bytes(), "");
  EXPECT_EQ(known.type, "");
  EXPECT_EQ(header(known, "ETag"), tag);
  EXPECT_EQ(header(known, "Cache-Control"), "no-cache");
  EXPECT_EQ(header(known, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(known, "Content-Encoding"), "");
  // The tag of another form is not what it has.
  EXPECT_EQ(ask("/", {{"accept-encoding", "gzip"}, {"if-none-match", tag}}).status, 200);
  EXPECT_EQ(ask("/", {{"if-none-match", "*"}}).status, 304);
  EXPECT_EQ(ask("/nothing", {{"if-none-match", "*"}}).status, 404);
}

TEST_F(PagesTest, only_an_asset_with_a_hash_in_its_name_is_kept_for_good) {
  constexpr std::string_view for_good = "public, max-age=31536000, immutable";
  EXPECT_EQ(header(ask("/assets/app-D3qBx9_a.js"), "Cache-Control"), for_good);
  EXPECT_EQ(header(ask("/assets/app--a_b-c0D.css"), "Cache-Control"), for_good);
  EXPECT_EQ(header(ask("/assets/plain.js"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(ask("/assets/some-longname.woff2"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(ask("/app-D3qBx9_a.js"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(ask("/favicon.svg"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(ask("/"), "Cache-Control"), "no-cache");
}

TEST_F(PagesTest, types_go_by_the_ending) {
  EXPECT_EQ(ask("/assets/app-D3qBx9_a.js").type, "text/javascript; charset=utf-8");
  EXPECT_EQ(ask("/assets/app--a_b-c0D.css").type, "text/css; charset=utf-8");
  EXPECT_EQ(ask("/favicon.svg").type, "image/svg+xml; charset=utf-8");
  EXPECT_EQ(ask("/notes.txt").type, "text/plain; charset=utf-8");
  EXPECT_EQ(ask("/assets/some-longname.woff2").type, "font/woff2");
  EXPECT_EQ(ask("/data.bin").type, "application/octet-stream");
}

TEST_F(PagesTest, the_headers_of_an_answer_are_exactly_these) {
  EXPECT_THAT(
      ask("/", {{"accept-encoding", "br"}}).headers,
      ElementsAre(Pair("ETag", header(ask("/", {{"accept-encoding", "br"}}), "ETag")),
                  Pair("Cache-Control", "no-cache"), Pair("Vary", "Accept-Encoding"), Pair("Content-Encoding", "br"),
                  Pair("Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
                       "'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                       "manifest-src 'self'"),
                  Pair("Cross-Origin-Opener-Policy", "same-origin"),
                  Pair("Cross-Origin-Resource-Policy", "same-origin"),
                  Pair("Permissions-Policy", AllOf(HasSubstr("camera=()"), HasSubstr("microphone=()"),
                                                   HasSubstr("geolocation=()"), HasSubstr("payment=()"))),
                  Pair("Referrer-Policy", "same-origin")));
  EXPECT_THAT(ask("/nothing").headers, Contains(Pair("Content-Security-Policy", HasSubstr("default-src 'none'"))));
}

TEST_F(PagesTest, head_is_answered_like_get) {
  auto const head = ask("/", {{"accept-encoding", "br"}}, "HEAD");
  auto const get = ask("/", {{"accept-encoding", "br"}});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.type, get.type);
  EXPECT_EQ(head.headers, get.headers);
  EXPECT_EQ(head.bytes().size(), get.bytes().size());
}

TEST_F(PagesTest, other_methods_are_refused_where_there_is_a_file) {
  for (auto const* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
    auto const answer = ask("/", {}, method);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(header(answer, "Allow"), "GET, HEAD") << method;
    EXPECT_THAT(answer.body, HasSubstr("METHOD_NOT_ALLOWED")) << method;
    EXPECT_EQ(ask("/nothing", {}, method).status, 404) << method;
  }
}

TEST_F(PagesTest, a_person_is_told_in_both_languages_that_there_is_no_such_page) {
  Headers const browser{{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
  auto const answer = ask("/no/such/page", browser);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.type, "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, AllOf(HasSubstr("页面不存在"), HasSubstr("There is no page"), HasSubstr("\"./../../\"")));
  EXPECT_THAT(ask("/gone", browser).body, HasSubstr("href=\"./\""));
  EXPECT_THAT(ask("/<script>", browser).body, Not(HasSubstr("script")));
}

TEST_F(PagesTest, a_program_and_whoever_misses_an_asset_get_a_problem) {
  EXPECT_EQ(ask("/nothing").type, "application/problem+json");
  EXPECT_EQ(ask("/nothing", {{"accept", "*/*"}}).type, "application/problem+json");
  auto const asset = ask("/assets/app-00000000.js", {{"accept", "text/html"}});
  EXPECT_EQ(asset.status, 404);
  EXPECT_EQ(asset.type, "application/problem+json");
  EXPECT_EQ(header(asset, "Cache-Control"), "");  // the door's own: no-store
}

// Spellings that a careless server would take for a file, or for the way out.
constexpr std::array spellings{"//",
                               "//index.html",
                               "/index.html/",
                               "/./index.html",
                               "/assets",
                               "/assets/",
                               "/assets/../index.html",
                               "/assets/..%2findex.html",
                               "/assets%2Fplain.js",
                               "/assets%5Cplain.js",
                               "/assets\\plain.js",
                               "/%2e%2e/secret",
                               "/../secret",
                               "/..%2fsecret",
                               "/..%5csecret",
                               "/..\\secret",
                               "/assets/%2e%2e/%2e%2e/secret",
                               "/assets/..%2f..%2fsecret",
                               "/%2fetc/passwd",
                               "//etc/passwd",
                               "/%252e%252e/secret",
                               "/INDEX.HTML",
                               "/index.html.br",
                               "/assets/app-D3qBx9_a.js.gz"};

TEST_F(PagesTest, other_spellings_are_other_addresses) {
  for (auto const* target : spellings) EXPECT_EQ(ask(target).status, 404) << target;
}

TEST_F(PagesTest, without_files_every_address_is_unknown) {
  EXPECT_EQ(ask(Pages{{}, {}}, "/").status, 404);
}

class FolderTest : public PagesTest {
 protected:
  WebFolder web;
  Pages const folder{files, web.root()};
};

TEST_F(FolderTest, files_are_read_at_each_request_and_never_kept) {
  auto const first = ask(folder, "/", {{"accept-encoding", "br"}});
  EXPECT_EQ(first.bytes(), "the index");
  EXPECT_EQ(first.type, "text/html; charset=utf-8");
  EXPECT_EQ(header(first, "Cache-Control"), "no-store");
  EXPECT_EQ(header(first, "Content-Encoding"), "");
  web.write("index.html", "changed");
  EXPECT_EQ(ask(folder, "/").bytes(), "changed");
  EXPECT_NE(header(ask(folder, "/"), "ETag"), header(first, "ETag"));
  web.write("assets/new-D3qBx9_a.js", "new");
  EXPECT_EQ(ask(folder, "/assets/new-D3qBx9_a.js").type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header(ask(folder, "/assets/new-D3qBx9_a.js"), "Cache-Control"), "no-store");
}

TEST_F(FolderTest, it_has_the_same_headers_and_tags) {
  auto const tag = header(ask(folder, "/"), "ETag");
  EXPECT_EQ(ask(folder, "/", {{"if-none-match", tag}}).status, 304);
  EXPECT_EQ(ask(folder, "/", {{"if-none-match", tag}}).bytes(), "");
  EXPECT_THAT(header(ask(folder, "/"), "Content-Security-Policy"), HasSubstr("script-src 'self'"));
  EXPECT_EQ(ask(folder, "/", {}, "POST").status, 405);
}

TEST_F(FolderTest, what_is_embedded_does_not_show_through) {
  EXPECT_EQ(ask(folder, "/favicon.svg").status, 404);
}

TEST_F(FolderTest, nothing_outside_it_can_be_reached) {
  std::filesystem::create_symlink(web.secret(), web.root() / "secret");
  EXPECT_EQ(ask(folder, "/secret").status, 404);
  EXPECT_EQ(ask(folder, web.secret().string()).status, 404);
  for (auto const* target : spellings) {
    auto const answer = ask(folder, target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_THAT(std::string(answer.bytes()), Not(HasSubstr("secret"))) << target;
  }
}

}  // namespace
}  // namespace gateway::test
