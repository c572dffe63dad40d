// See the header.
#include "tools/client/signer.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace ebb_client {
namespace {

constexpr std::string_view sm2_signer = "1234567812345678";  // the default identity of GB/T 35276
constexpr int half = 32;

struct ContextEnds {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct ContextOfKeyEnds {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
struct PairEnds {
  void operator()(ECDSA_SIG* pair) const { ECDSA_SIG_free(pair); }
};

unsigned char const* raw(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
std::unexpected<engine::Failure> failed(std::string what) {
  return std::unexpected(engine::Failure{"OpenSSL: " + std::move(what)});
}

// OpenSSL signs in DER.
engine::Result<std::string> pair_in(std::string_view der) {
  auto const* at = raw(der);
  std::unique_ptr<ECDSA_SIG, PairEnds> const pair{d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()))};
  std::string bytes(2 * half, '\0');
  auto const is_whole = pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw(bytes), half) == half &&
                        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw(bytes) + half, half) == half;
  if (!is_whole) return failed("a signature that is none");
  return bytes;
}

}  // namespace

std::string signed_text(BidToSign const& bid) {
  std::string text;
  for (auto const line : {std::string_view{"ebb bid 1"}, bid.house, bid.lot, bid.org, bid.price, bid.key,
                          std::string_view{bid.is_confirmed ? "confirmed" : ""}}) {
    text.append(line).push_back('\n');
  }
  return text;
}

std::string in_hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 0x0F]);
  }
  return text;
}

void Signer::Ends::operator()(void* key) const {
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

engine::Result<Signer> Signer::make(Algorithm algorithm) {
  auto* const key = algorithm == Algorithm::Sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2") : EVP_EC_gen("P-256");
  Signer signer{algorithm, key};
  unsigned char* der = nullptr;
  auto const size = key == nullptr ? -1 : i2d_PUBKEY(key, &der);
  if (size <= 0) return failed("no key was made");
  signer.public_key_.assign(reinterpret_cast<char const*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return signer;
}

engine::Result<std::string> Signer::sign(std::string_view text) const {
  auto* const key = static_cast<EVP_PKEY*>(key_.get());
  std::unique_ptr<EVP_MD_CTX, ContextEnds> const context{EVP_MD_CTX_new()};
  std::unique_ptr<EVP_PKEY_CTX, ContextOfKeyEnds> const of_key{EVP_PKEY_CTX_new(key, nullptr)};
  if (!context || !of_key) return failed("no memory");
  auto const is_sm2 = algorithm_ == Algorithm::Sm2;
  if (is_sm2) {
    if (EVP_PKEY_CTX_set1_id(of_key.get(), sm2_signer.data(), static_cast<int>(sm2_signer.size())) != 1) {
      return failed("no identity of the signer");
    }
    EVP_MD_CTX_set_pkey_ctx(context.get(), of_key.get());
  }
  auto const* const digest = is_sm2 ? EVP_sm3() : EVP_sha256();
  std::string der(128, '\0');
  auto size = der.size();
  if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), raw(der), &size, raw(text), text.size()) != 1) {
    return failed("nothing was signed");
  }
  return pair_in(std::string_view{der}.substr(0, size));
}

}  // namespace ebb_client
