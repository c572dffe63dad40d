// Refusals as HTTP answers.
#include "gateway/exchange.h"

#include "gateway/problem.h"

namespace gateway {
namespace {

constexpr int unauthorized = 401;
constexpr int too_many = 429;
constexpr int unavailable = 503;

}  // namespace

HttpAnswer refuse(engine::Refusal const& refusal) {
  HttpAnswer answer{refusal.kind->status, std::string(problem_type), problem(refusal), {}};
  if (answer.status == unauthorized) answer.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"ebb\"");
  if (answer.status == unavailable || answer.status == too_many) answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

HttpAnswer refuse(engine::RefusalKind const& kind) {
  return refuse(engine::Refusal{&kind});
}

}  // namespace gateway
