// The result file: written as text, read with Boost.JSON, which throws for a member that is not there; that ends here.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "bench/load/outcome.h"

namespace bench::load {
namespace {

namespace json = boost::json;
using engine::Failure;

constexpr std::string_view format_name = "ebb-load/2";
constexpr double ns_a_us = 1'000;

json::object figures_of(HdrHistogram const& histogram) {
  json::object figures{{"count", histogram.count()},
                       {"clipped", histogram.clipped()},
                       {"mean", histogram.mean() / ns_a_us},
                       {"max", static_cast<double>(histogram.max()) / ns_a_us}};
  for (auto const percent : {50.0, 90.0, 99.0, 99.9, 99.99})
    figures[fmt::format("p{}", percent)] = static_cast<double>(histogram.percentile(percent)) / ns_a_us;
  return figures;
}

json::object json_of(Measure const& measure, std::vector<Band> const& bands) {
  auto out = figures_of(measure.total);
  out["name"] = measure.name;
  out["unit"] = "us";
  json::array phases;
  for (auto const& band : bands) {
    auto figures = figures_of(part_of(measure, band.from_s, band.to_s));
    figures["phase"] = band.name;
    phases.push_back(std::move(figures));
  }
  out["phases"] = std::move(phases);
  out["hdr_v2_unit"] = "ns";
  out["hdr_v2"] = measure.total.encode_v2();
  out["seconds"] = json::value_from(measure.seconds);
  return out;
}

json::object object_of(std::map<std::string, double, std::less<>> const& values) {
  json::object out;
  for (auto const& [name, value] : values) out[name] = value;
  return out;
}

std::map<std::string, double, std::less<>> values_of(json::value const& value) {
  std::map<std::string, double, std::less<>> out;
  for (auto const& member : value.as_object()) out[std::string{member.key()}] = member.value().to_number<double>();
  return out;
}

std::string text_of(json::value const& value) {
  return std::string{value.as_string()};
}

std::vector<std::string> texts_of(json::value const& list) {
  std::vector<std::string> out;
  for (auto const& each : list.as_array()) out.push_back(text_of(each));
  return out;
}

Measure measure_from(json::value const& value) {
  auto total = HdrHistogram::decode_v2(text_of(value.at("hdr_v2")));
  if (!total) throw std::invalid_argument{total.error().what};
  return {text_of(value.at("name")), std::move(*total), texts_of(value.at("seconds"))};
}

Outcome outcome_from(json::value const& whole) {
  Outcome out;
  out.name = text_of(whole.at("name"));
  out.started = text_of(whole.at("started"));
  out.started_ms = whole.at("started_ms").to_number<std::uint64_t>();
  for (auto const& band : whole.at("phases").as_array())
    out.bands.push_back({text_of(band.at("name")), text_of(band.at("kind")),
                         band.at("from_s").to_number<std::uint64_t>(), band.at("to_s").to_number<std::uint64_t>()});
  for (auto const& measure : whole.at("measures").as_array()) out.measures.push_back(measure_from(measure));
  for (auto const& member : whole.at("counts").as_object())
    out.counts[std::string{member.key()}] = member.value().to_number<std::uint64_t>();
  out.bidding_s = whole.at("bidding_s").to_number<double>();
  out.harness_cpu_s = whole.at("harness_cpu_s").to_number<double>();
  out.offered = json::value_to<std::vector<std::uint64_t>>(whole.at("offered"));
  out.answered = json::value_to<std::vector<std::uint64_t>>(whole.at("answered"));
  for (auto const& reading : whole.at("server").as_array())
    out.server.push_back({reading.at("at_s").to_number<double>(), values_of(reading.at("values"))});
  out.server_before = values_of(whole.at("server_before"));
  out.server_after = values_of(whole.at("server_after"));
  for (auto const& member : whole.at("environment").as_object())
    out.environment.emplace_back(member.key(), text_of(member.value()));
  out.differences = texts_of(whole.at("differences"));
  for (auto const& member : whole.at("thresholds").as_object())
    out.thresholds.push_back({std::string{member.key()}, member.value().to_number<double>()});
  out.missed = texts_of(whole.at("missed"));
  return out;
}

}  // namespace

std::string to_json(Outcome const& outcome) {
  json::object out{{"format", format_name},
                   {"name", outcome.name},
                   {"started", outcome.started},
                   {"started_ms", outcome.started_ms},
                   {"statement",
                    "open loop: latencies count from the planned moment, so waiting is included; what was planned in "
                    "the warm-up is sent and verified but not measured; harness and server share the machine"},
                   {"bidding_s", outcome.bidding_s},
                   {"harness_cpu_s", outcome.harness_cpu_s},
                   {"answers_a_second", outcome.answers_a_second()},
                   {"errors", outcome.errors()}};
  json::array bands, measures, server;
  for (auto const& band : outcome.bands)
    bands.push_back(
        json::object{{"name", band.name}, {"kind", band.kind}, {"from_s", band.from_s}, {"to_s", band.to_s}});
  for (auto const& measure : outcome.measures) measures.push_back(json_of(measure, outcome.bands));
  for (auto const& reading : outcome.server)
    server.push_back(json::object{{"at_s", reading.at_s}, {"values", object_of(reading.values)}});
  json::object counts, environment, thresholds;
  for (auto const& [name, count] : outcome.counts) counts[name] = count;
  for (auto const& [name, text] : outcome.environment) environment[name] = text;
  for (auto const& [name, bound] : outcome.thresholds) thresholds[name] = bound;
  out["phases"] = std::move(bands);
  out["measures"] = std::move(measures);
  out["counts"] = std::move(counts);
  out["offered"] = json::value_from(outcome.offered);
  out["answered"] = json::value_from(outcome.answered);
  out["server"] = std::move(server);
  out["server_before"] = object_of(outcome.server_before);
  out["server_after"] = object_of(outcome.server_after);
  out["environment"] = std::move(environment);
  out["differences"] = json::value_from(outcome.differences);
  out["thresholds"] = std::move(thresholds);
  out["missed"] = json::value_from(outcome.missed);
  return json::serialize(out) + "\n";
}

engine::Result<Outcome> from_json(std::string_view text) {
  try {
    auto const whole = json::parse(text);
    if (text_of(whole.at("format")) != format_name)
      return std::unexpected(Failure{fmt::format("not a result of the format {}", format_name)});
    return outcome_from(whole);
  } catch (std::exception const& error) {
    return std::unexpected(Failure{fmt::format("not a result of ebb-load: {}", error.what())});
  }
}

engine::Result<Outcome> read_outcome(std::string const& file) {
  std::ifstream in{file};
  if (!in) return std::unexpected(Failure{file + ": cannot be read"});
  auto outcome = from_json(std::string{std::istreambuf_iterator<char>{in}, {}});
  if (!outcome) return std::unexpected(Failure{file + ": " + outcome.error().what});
  return outcome;
}

}  // namespace bench::load
