// See the header.
#include "gateway/signature.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "engine/check.h"
#include "gateway/wire.h"
#include "modules/text.h"

namespace gateway {
namespace {

constexpr std::string_view sm2_signer = "1234567812345678";  // the default identity of GB/T 35276

struct ContextEnds {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct ContextOfKeyEnds {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
struct NumberEnds {
  void operator()(BIGNUM* number) const { BN_free(number); }
};
struct SignatureEnds {
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Number = std::unique_ptr<BIGNUM, NumberEnds>;

unsigned char const* raw(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

// What OpenSSL takes: r and s in DER. Empty: no memory.
std::string der_of(engine::Signature const& signature) {
  constexpr int half = 32;
  std::string_view const bytes{signature.bytes.data(), signature.bytes.size()};
  Number r{BN_bin2bn(raw(bytes), half, nullptr)};
  Number s{BN_bin2bn(raw(bytes.substr(half)), half, nullptr)};
  std::unique_ptr<ECDSA_SIG, SignatureEnds> const both{ECDSA_SIG_new()};
  if (!r || !s || !both || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // they are the signature's now
  static_cast<void>(s.release());
  unsigned char* made = nullptr;
  auto const size = i2d_ECDSA_SIG(both.get(), &made);
  if (size <= 0) return {};
  std::string der{reinterpret_cast<char const*>(made), static_cast<std::size_t>(size)};
  OPENSSL_free(made);
  return der;
}

bool is_on(EVP_PKEY const* key, std::string_view curve) {
  std::string name(64, '\0');
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return false;
  return std::string_view{name.data(), size} == curve;
}

}  // namespace

std::string signed_text(std::string_view house, engine::PlaceBid const& bid) {
  std::string text{"ebb bid 1\n"};
  for (auto const& line : {std::string{house}, modules::lot_text(bid.lot), std::to_string(bid.bidder.number()),
                           modules::money_text(bid.price), std::string{text_of(bid.key)}}) {
    text += line + "\n";
  }
  return text + (bid.consent == engine::Consent::Given ? "confirmed\n" : "\n");
}

void VerifyingKey::Ends::operator()(void* key) const {
  EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

std::optional<VerifyingKey> VerifyingKey::read(SigningAlgorithm algorithm, std::string_view der) {
  auto const* at = raw(der);
  VerifyingKey read{algorithm, d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()))};
  auto const* const key = static_cast<EVP_PKEY const*>(read.key_.get());
  if (key == nullptr || at != raw(der) + der.size()) return std::nullopt;
  auto const is_sm2 = algorithm == SigningAlgorithm::Sm2;
  auto const is_of_it = is_sm2 ? EVP_PKEY_is_a(key, "SM2") == 1 && is_on(key, "SM2")
                               : EVP_PKEY_is_a(key, "EC") == 1 && is_on(key, "prime256v1");
  return is_of_it ? std::optional{std::move(read)} : std::nullopt;
}

bool VerifyingKey::holds(std::string_view text, engine::Signature const& signature) const {
  auto const der = der_of(signature);
  auto* const key = static_cast<EVP_PKEY*>(key_.get());
  std::unique_ptr<EVP_MD_CTX, ContextEnds> const context{EVP_MD_CTX_new()};
  std::unique_ptr<EVP_PKEY_CTX, ContextOfKeyEnds> const of_key{EVP_PKEY_CTX_new(key, nullptr)};
  if (der.empty() || !context || !of_key) return false;
  auto const is_sm2 = algorithm_ == SigningAlgorithm::Sm2;
  if (is_sm2) {
    if (EVP_PKEY_CTX_set1_id(of_key.get(), sm2_signer.data(), static_cast<int>(sm2_signer.size())) != 1) return false;
    EVP_MD_CTX_set_pkey_ctx(context.get(), of_key.get());
  }
  auto const* const digest = is_sm2 ? EVP_sm3() : EVP_sha256();
  return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), raw(der), der.size(), raw(text), text.size()) == 1;
}

SignatureVerdict judge(std::string_view house, engine::BidSigned const& bid, std::optional<RegisteredKey> const& key) {
  using enum SignatureVerdict;
  if (!key) return NoSuchKey;
  if (key->org != bid.bid.bidder) return KeyOfAnother;
  auto const is_revoked = key->revoked.is_given() && key->revoked <= bid.seq;
  if (key->added >= bid.seq || is_revoked) return KeyNotInForce;
  auto const verifying = VerifyingKey::read(key->algorithm, key->public_key);
  return verifying && verifying->holds(signed_text(house, bid.bid), bid.signature) ? Holds : Forged;
}

std::string_view words_of(SignatureVerdict verdict) {
  switch (verdict) {
    case SignatureVerdict::Holds:
      return "it holds";
    case SignatureVerdict::NoSuchKey:
      return "no such key is registered";
    case SignatureVerdict::KeyOfAnother:
      return "the key is another supplier's";
    case SignatureVerdict::KeyNotInForce:
      return "the key was not in force";
    case SignatureVerdict::Forged:
      return "the signature is not of this bid by this key";
  }
  UNREACHABLE();
}

}  // namespace gateway
