// See the header.
#include "persistence/hash.h"

#include <openssl/evp.h>

#include "engine/check.h"

namespace persistence {

std::string hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (char const byte : bytes) {
    auto const bits = static_cast<unsigned char>(byte);
    text += digits[bits >> 4];
    text += digits[bits & 0xf];
  }
  return text;
}

void Hasher::Free::operator()(EVP_MD_CTX* context) const {
  EVP_MD_CTX_free(context);
}
void Hasher::Free::operator()(EVP_MD* algorithm) const {
  EVP_MD_free(algorithm);
}

Hasher::Hasher() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
  CHECK(algorithm_ != nullptr);
  CHECK(context_ != nullptr);
}

Digest Hasher::of(std::initializer_list<std::string_view> parts) {
  CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1);
  for (auto const part : parts) CHECK(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1);
  Digest digest{};
  CHECK(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr) == 1);
  return digest;
}

}  // namespace persistence
