// The smallest module with everything the door needs: notes to write and edit, people who sign in, one inquiry to
// watch.
//
// Tests of the gateway run it in the real loop and hall, so that what they see at the door has been through a journal.
// People: anna (administrator, 1), bai (purchaser, 2), chen (supplier 3 of org 30), dora (supplier 4 of org 40).
#pragma once

#include <string>

#include "modules/module.h"

namespace gateway::test {

inline constexpr engine::PersonId anna{1}, bai{2}, chen{3}, dora{4};
inline constexpr engine::OrgId chens{30}, doras{40};
inline constexpr engine::InquiryId watched{12};

inline constexpr engine::RefusalKind no_such_note{9001, "NO_SUCH_NOTE", 404, "test", "", "没有", "no such note"};
inline constexpr engine::RefusalKind stale_note{9002, "STALE", 412, "test", "", "过期", "edited meanwhile"};
inline constexpr engine::RefusalKind unpinned{9003,   "IF_MATCH_REQUIRED",  428, "test", "",
                                              "缺少", "If-Match is missing"};
inline constexpr engine::RefusalKind frozen{9004, "FROZEN", 409, "test", "", "冻结", "the note is frozen"};

class Notes final : public modules::Module, public modules::SignIn, public modules::Sight {
 public:
  // Everybody's password hashes to this until it is changed.
  explicit Notes(std::string password_hash) : password_hash_(std::move(password_hash)) {}

  std::string_view name() const override { return "notes"; }
  std::uint16_t number() const override { return 90; }
  std::optional<engine::Refusal> judge(engine::ModuleCommand const&, engine::Instant,
                                       engine::TableReader const&) const override;
  std::uint64_t enter(engine::ModuleCommand const&, engine::Seq, engine::Instant, engine::Tables&,
                      modules::FollowUps&) override;
  void hear(engine::Event const&, engine::Seq, engine::Instant, engine::Tables&, modules::FollowUps&) override {}
  void routes(modules::Routes&) const override;
  engine::RefusalKind const* refusal(std::uint16_t number) const override;

  std::optional<Credential> credential(std::string_view login, engine::TableReader const&) const override;
  std::optional<Credential> credential_of(engine::PersonId, engine::TableReader const&) const override;
  std::optional<modules::Actor> actor(std::string_view digest, engine::Instant,
                                      engine::TableReader const&) const override;
  engine::ModuleCommand open_session(engine::PersonId, std::string_view digest, std::string_view) const override;
  engine::ModuleCommand close_session(modules::Actor const&) const override;
  engine::ModuleCommand lock(engine::PersonId, std::string_view) const override;
  engine::ModuleCommand set_password(modules::Actor const&, engine::PersonId, std::string_view hash) const override;
  std::optional<engine::PersonId> whose_sessions(engine::ModuleCommand const&) const override;
  std::vector<engine::SessionId> sessions_of(engine::PersonId, engine::TableReader const&) const override;

  Side side(engine::InquiryId, modules::Actor const* actor, engine::TableReader const&) const override;
  std::vector<engine::LotId> lots(engine::InquiryId inquiry, engine::TableReader const&) const override;
  std::string title(engine::LotId, engine::TableReader const&) const override { return "paper"; }
  std::string name(engine::OrgId, engine::TableReader const&) const override { return "somebody"; }
  bool shows_bid(engine::LotId, engine::BidderId, engine::Seq, modules::Actor const&,
                 engine::TableReader const&) const override {
    return false;
  }

 private:
  std::string const password_hash_;
};

}  // namespace gateway::test
