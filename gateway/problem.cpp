// The members of a problem object. See problem.h.
#include "gateway/problem.h"

#include <fmt/format.h>

#include "gateway/refusals.h"
#include "modules/text.h"

namespace gateway {
namespace {

void append_figure(JsonText& json, std::string_view name, engine::Figure figure) {
  using Unit = engine::Figure::Unit;
  switch (figure.unit) {
    case Unit::None:
      return;
    case Unit::Fen:
    case Unit::Moment:
      json.text(name, modules::figure_text(figure));
      return;
    case Unit::Count:
    case Unit::Span:
      json.literal(name, modules::figure_text(figure));
      return;
  }
}

}  // namespace

void append_problem(JsonText& json, engine::Refusal const& refusal) {
  auto const& kind = *refusal.kind;
  json.text("type", fmt::format("urn:ebb:problem:{}", kind.code));
  json.text("title", kind.zh).text("title_en", kind.en);
  json.number("status", kind.status).text("code", kind.code).text("rule", kind.rule);
  if (!kind.basis.empty()) json.text("basis", kind.basis);
  append_figure(json, "actual", refusal.actual);
  append_figure(json, "limit", refusal.limit);
}

void append_problem(JsonText& json, modules::Malformed const& malformed) {
  append_problem(json, engine::Refusal{&refusals::malformed, {}, {}});
  json.open_list("errors");
  for (auto const& fault : malformed.faults) {
    json.open().text("pointer", fault.pointer).text("detail", fault.detail).close();
  }
  json.close_list();
}

namespace {
template <class Why>
std::string whole(Why const& why) {
  std::string out;
  JsonText json{out};
  json.open();
  append_problem(json, why);
  json.close();
  return out;
}
}  // namespace

std::string problem(engine::Refusal const& refusal) {
  return whole(refusal);
}
std::string problem(modules::Malformed const& malformed) {
  return whole(malformed);
}

}  // namespace gateway
