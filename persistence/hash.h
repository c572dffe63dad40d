// SHA-256 for what must not be forged: the chain of frames and the digest of outcomes.
//
// A Hasher keeps its context, because fetching the algorithm costs more than hashing a small frame.
//
// Thread:  one per Hasher.
// Failure: none; OpenSSL without SHA-256 is a broken installation and CHECKs.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;
struct evp_md_st;

namespace persistence {

using Digest = std::array<char, 32>;

inline std::string_view view(Digest const& digest) {
  return {digest.data(), digest.size()};
}
std::string hex(std::string_view bytes);

class Hasher {
 public:
  Hasher();
  Digest of(std::initializer_list<std::string_view> parts);  // of the parts, one behind the other

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
    void operator()(evp_md_st* algorithm) const;
  };
  std::unique_ptr<evp_md_st, Free> algorithm_;
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace persistence
