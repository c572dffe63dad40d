// Hands that reach into a closed journal, as a failing disk or a dishonest operator would.
#pragma once

#include <functional>

#include "tests/unit/persistence/small_world.h"

namespace tests {

class ClosedSegment {
 public:
  ClosedSegment(std::filesystem::path const& journal, std::string_view name)
      : path_(journal / name),
        environment_(good(persistence::Environment::open(
            path_, {.map_bytes = std::size_t{256} << 20, .order = persistence::KeyOrder::Numbers}))) {}

  std::string frame(std::uint64_t key) {
    return std::string{good(good(environment_.read()).get(bytes_of(key))).value()};
  }
  void put(std::uint64_t key, std::string_view frame) {
    auto transaction = good(environment_.write());
    good(transaction.put(bytes_of(key), frame));
    good(transaction.commit());
  }
  void remove(std::uint64_t key) {
    auto transaction = good(environment_.write());
    good(transaction.erase(bytes_of(key)));
    good(transaction.commit());
  }

 private:
  static std::string bytes_of(std::uint64_t key) {
    engine::ByteWriter bytes;
    bytes.put(key);
    return bytes.take();
  }
  std::filesystem::path path_;
  persistence::Environment environment_;
};

}  // namespace tests
