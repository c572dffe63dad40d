// See the header. OpenSSL calls these functions deprecated because they know no providers; they are not going away in
// the version that is built against, and take the processor's own instructions.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "persistence/sha256.h"

#include <openssl/sha.h>

#include <cstring>

namespace persistence {
namespace {

using State = std::array<std::uint32_t, 28>;
static_assert(sizeof(SHA256_CTX) == sizeof(State) && alignof(SHA256_CTX) == alignof(State));

}  // namespace

Sha256::Sha256() {
  SHA256_CTX context;
  SHA256_Init(&context);
  std::memcpy(state_.data(), &context, sizeof context);
}

Sha256& Sha256::add(std::string_view bytes) {
  SHA256_CTX context;
  std::memcpy(&context, state_.data(), sizeof context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  std::memcpy(state_.data(), &context, sizeof context);
  return *this;
}

Digest Sha256::digest() const {
  SHA256_CTX context;
  std::memcpy(&context, state_.data(), sizeof context);
  Digest digest{};
  SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
  return digest;
}

}  // namespace persistence
