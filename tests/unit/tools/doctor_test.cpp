// What only deciding again can find: tables that do not say what the journal says. And what a repair leaves.
#include "tools/ebb/doctor.h"

#include "persistence/directory_lock.h"
#include "tests/unit/persistence/signed_tree.h"
#include "tests/unit/tools/kept_world.h"

namespace {

using kept::why;
using testing::HasSubstr;
using Act = ebb::DoctorCall::Act;

class DoctorTest : public kept::KeptWorld {
 protected:
  void SetUp() override {
    run();
    three_bids();
    keep();
  }
  ebb::Diagnosis doctor(Act act = Act::Examine) const {
    auto const told = ebb::doctor({act, data()});
    EXPECT_TRUE(told) << told.error().what;
    return told.value_or(ebb::Diagnosis{-1, {}});
  }
  // Writes rows beside the journal, as a bug or another hand would.
  void put_row(std::string_view table, std::string_view key, std::string_view value) {
    auto store = persistence::open_store({.directory = data(), .tables = {.map_bytes = std::size_t{64} << 20}});
    ASSERT_TRUE(store);
    store->tables->put(table, key, value);
    ASSERT_TRUE(store->tables->commit(store->tables->applied()));
  }
};

TEST_F(DoctorTest, nothing_is_wrong_with_what_a_server_left) {
  auto const told = doctor();
  EXPECT_EQ(told.exit_code, 0) << told.text;
  EXPECT_THAT(told.text, HasSubstr("all whole"));
}

TEST_F(DoctorTest, tables_that_are_behind_the_journal_are_right_at_their_seq) {
  // The rows of a server that died before its last tables commit: those of an earlier moment.
  std::filesystem::rename(data() / "tables", place("earlier"));
  bid(0, 8'000);
  ASSERT_EQ(to_lot(city_, "cancel-bid", "{}").code.empty(), false);
  keep();
  std::filesystem::remove_all(data() / "tables");
  std::filesystem::rename(place("earlier"), data() / "tables");
  EXPECT_EQ(doctor().exit_code, 0) << doctor().text;
}

TEST_F(DoctorTest, a_row_that_the_journal_does_not_give_is_found_and_made_again) {
  put_row(modules::inquiry::table::lots, "not a lot", "x");
  auto const told = doctor();
  EXPECT_EQ(told.exit_code, 3) << told.text;
  EXPECT_THAT(told.text, HasSubstr("they do not say what the journal says: inquiry.lots"));
  EXPECT_EQ(doctor(Act::Repair).exit_code, 0);
  EXPECT_EQ(doctor().exit_code, 0);
}

TEST_F(DoctorTest, tables_that_cannot_be_opened_are_made_again) {
  overwrite(data() / "tables/data.mdb", std::string(8'192, 'x'));
  EXPECT_EQ(doctor().exit_code, 3);
  EXPECT_EQ(doctor(Act::Repair).exit_code, 0);
}

TEST_F(DoctorTest, tables_that_are_not_there_are_only_a_note) {
  std::filesystem::remove_all(data() / "tables");
  EXPECT_EQ(doctor().exit_code, 0) << doctor().text;
}

// Behind the tables: a log with a signed head for every frame, and one hash in it that is another.
class DoctorOfTheLog : public DoctorTest {
 protected:
  void SetUp() override {
    DoctorTest::SetUp();
    heads_ = tests::sign_every_frame(data(), std::size_t{1} << 30);
    EXPECT_EQ(doctor().exit_code, 0) << doctor().text;
  }
  std::filesystem::path file() const { return data() / "tree/data.mdb"; }
  void harm(std::string_view bytes) {
    auto all = content(file());
    auto at = all.find(bytes);
    ASSERT_NE(at, std::string::npos);
    for (; at != std::string::npos; at = all.find(bytes, at + 1)) all[at] = static_cast<char>(all[at] ^ 1);
    overwrite(file(), all);
  }
  void harm_a_leaf() {
    auto const leaf = persistence::TreeStore::open(data() / "tree", persistence::Access::ReadOnly)->leaf(2);
    harm(persistence::view(leaf->value()));
  }
  std::vector<persistence::TreeHead> heads_;
};

TEST_F(DoctorOfTheLog, a_log_that_is_damaged_is_grown_again_with_the_heads_that_were_signed) {
  harm_a_leaf();
  auto const told = doctor();
  EXPECT_EQ(told.exit_code, 3) << told.text;
  EXPECT_THAT(told.text, testing::AllOf(HasSubstr("mendable: tree"), HasSubstr("transparency log: "),
                                        HasSubstr("keeps all " + std::to_string(heads_.size()) + " signed heads")));
  EXPECT_EQ(doctor(Act::Repair).exit_code, 0) << doctor().text;
  EXPECT_EQ(persistence::TreeStore::heads_in(data() / "tree").heads, heads_);
}

TEST_F(DoctorOfTheLog, heads_that_cannot_be_read_are_told_before_they_are_gone) {
  overwrite(file(), std::string(8'192, 'x'));
  EXPECT_THAT(doctor().text, HasSubstr("keeps the 0 signed heads that can still be read; the others are only where"));
  EXPECT_EQ(doctor(Act::Repair).exit_code, 0) << doctor().text;
}

TEST_F(DoctorOfTheLog, a_head_over_another_history_needs_a_person) {
  {
    auto store = persistence::TreeStore::open(data() / "tree", persistence::Access::ReadWrite);
    auto const signer = persistence::HeadSigner::open(data() / "keys" / persistence::head_key_name,
                                                      persistence::HeadSigner::Missing::Refuse);
    auto const end = store->committed();
    ASSERT_TRUE(store->commit(end, signer->sign(end.size, persistence::Digest{}, world_.now())));
  }
  auto const before = content(file());
  auto const told = doctor(Act::Repair);
  EXPECT_EQ(told.exit_code, 4) << told.text;
  EXPECT_THAT(told.text, testing::AllOf(HasSubstr("a person is needed: tree"), HasSubstr("another history")));
  EXPECT_EQ(content(file()), before);
}

TEST_F(DoctorTest, half_made_files_are_removed) {
  std::filesystem::create_directory(data() / "journal/00000002.new");
  EXPECT_EQ(doctor().exit_code, 3);
  EXPECT_EQ(doctor(Act::Repair).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(data() / "journal/00000002.new"));
}

TEST_F(DoctorTest, what_needs_a_person_is_not_repaired) {
  std::filesystem::remove(data() / "ANCHOR");
  auto const told = doctor(Act::Repair);
  EXPECT_EQ(told.exit_code, 4) << told.text;
  EXPECT_THAT(told.text, testing::AllOf(HasSubstr("a person is needed: ANCHOR"), HasSubstr("do: ebb restore")));
  EXPECT_FALSE(std::filesystem::exists(data() / "ANCHOR"));
}

TEST_F(DoctorTest, looking_leaves_every_file_as_it_was) {
  put_row(modules::inquiry::table::lots, "not a lot", "x");
  auto const before = content(data() / "tables/data.mdb") + content(data() / "journal/00000001/data.mdb") +
                      content(data() / "keys/data.mdb") + content(data() / "ANCHOR");
  doctor();
  EXPECT_EQ(content(data() / "tables/data.mdb") + content(data() / "journal/00000001/data.mdb") +
                content(data() / "keys/data.mdb") + content(data() / "ANCHOR"),
            before);
}

TEST_F(DoctorTest, a_directory_in_use_cannot_be_looked_at) {
  auto const lock = persistence::DirectoryLock::take(data());
  ASSERT_TRUE(lock);
  EXPECT_THAT(why(ebb::doctor({Act::Examine, data()})), HasSubstr("in use by another server or tool"));
}

}  // namespace
