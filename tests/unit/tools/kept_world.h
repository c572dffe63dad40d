// A market whose journal can be put on a disk, as the server would have written it.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/codec.h"
#include "engine/hall.h"
#include "persistence/recovery.h"
#include "tests/unit/modules/inquiry/market.h"
#include "tools/ebb/redecide.h"
#include "tools/ebb/temporary_place.h"

namespace kept {

class KeptWorld : public market::Market {
 protected:
  std::filesystem::path data() const { return place_.path() / "data"; }
  std::filesystem::path place(std::string_view name) const { return place_.path() / name; }

  // Everything so far, as frames of a data directory; its tables as a server would have left them. Kept again, the keys
  // are those of before: they are made once.
  void keep() {
    std::filesystem::create_directories(data());
    for (auto const& part : std::filesystem::directory_iterator{data()}) {
      if (part.path().filename() != "keys") std::filesystem::remove_all(part.path());
    }
    {
      auto store = persistence::open_store({.directory = data(), .tables = {.map_bytes = std::size_t{64} << 20}});
      ASSERT_TRUE(store) << store.error().what;
      auto const nothing = [](std::span<engine::Sequenced const>) -> engine::Result<std::string> { return {}; };
      ASSERT_TRUE(persistence::recover(*store->journal, nothing, [](persistence::Progress const&) {}));
      engine::Hall hall;
      engine::ByteWriter decided;
      for (auto const& frame : world_.journal().frames()) {
        auto const written = store->journal->commit(frame.commands, decided.view());
        ASSERT_TRUE(written) << written.error().what;
        decided.clear();
        engine::Events events;
        for (auto const& command : frame.commands) hall.apply(command, events);
        for (auto const& event : events) encode(event, decided);
      }
    }
    auto const decided = ebb::redecide(data());
    ASSERT_TRUE(decided) << decided.error().what;
  }

  static std::string content(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  static void overwrite(std::filesystem::path const& path, std::string_view bytes) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
  }

 private:
  ebb::TemporaryPlace place_;
};

template <class T>
std::string why(engine::Result<T> const& result) {
  return result ? "no failure" : result.error().what;
}

}  // namespace kept
