// Signing in and out, and changing a password. Sessions that end by it lose their connections in commands.h.
//
// The cost of a guess is the same whether the login exists or not, and guesses are counted before they are looked at.
// A command never carries a password or a token, only the hash and the digest. A credential is taken from a header or
// a body and from nowhere else.
//
// Thread: any. Hashing happens on the workers; a full queue there is answered with 503 at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/attempts.h"
#include "gateway/commands.h"
#include "gateway/exchange.h"
#include "gateway/lobby.h"
#include "gateway/workers.h"

namespace gateway {

// How a request says who it is.
struct Credentials {
  enum class By : std::uint8_t { Nothing, Cookie, Bearer } by = By::Nothing;
  std::string token;
};
Credentials credentials_of(HttpRequest const& request);
// A cookie is sent by the browser whoever made the page, so what changes something must come from our own.
enum class Origin : std::uint8_t { Same, Missing, Foreign };
Origin origin_of(HttpRequest const& request);

// Who somebody is, and by which token: what a long connection asks again now and then.
struct Identity {
  modules::Actor actor;
  std::string token_digest;
};

class SignInDesk {
 public:
  SignInDesk(Lobby& lobby, Workers& workers, Commands& commands);  // all outlive this

  // Who that is now; nothing: nobody, or no longer.
  std::optional<Identity> identify(Credentials const& credentials, engine::TableReader const& tables) const;

  // The answer to credentials that are not good any more; a browser forgets its cookie by it.
  HttpAnswer ended(Credentials const& credentials) const;

  void sign_in(HttpRequest const& request, Reply reply);
  void sign_out(modules::Actor const& actor, Reply reply);
  void change_password(modules::Actor const& actor, HttpRequest const& request, Reply reply);

 private:
  struct Attempt;
  void check(Attempt const& attempt, Reply const& reply);
  void open_session(Attempt const& attempt, engine::PersonId person, Reply const& reply);
  std::string cookie(std::string_view token) const;
  std::string forgotten_cookie() const;

  Lobby& lobby_;
  Workers& workers_;
  Commands& commands_;
  Attempts attempts_;
};

}  // namespace gateway
