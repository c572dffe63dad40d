// Signed heads in a second place, out of reach of whoever may one day have this server and its key: a file, and another
// machine.
//
// The file gets every head, in order: what is missing (after a crash, or while the disk did not take it) is read from
// the history of heads, so nothing is queued and nothing can overflow. The other machine is told the newest head only;
// those that it missed are covered by it.
//
// Thread:  open, start and stop: main. One thread for each place, so that a slow one holds up nobody.
// Failure: a file that holds heads of another log stops the start. Later: told once for each row of failures, tried
//          again at the next interval.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "persistence/tree.h"
#include "tools/ebb/http_post.h"

namespace ebb {

class HeadsOut {
 public:
  using Tell = std::function<void(engine::Failure const&)>;
  struct Places {
    std::filesystem::path file;  // empty: none
    std::string url;             // empty: none
    std::chrono::milliseconds interval;
  };
  // After the tree has caught up; it outlives this.
  static engine::Result<std::unique_ptr<HeadsOut>> open(persistence::Tree const& tree, Places const& places);
  ~HeadsOut();

  void start(Tell const& tell);
  // Tells what is left, and joins.
  void stop();

 private:
  // A place: gives away what it lacks when it is asked to.
  using Catch = std::function<engine::Result<void>()>;
  explicit HeadsOut(std::chrono::milliseconds interval) : interval_(interval) {}
  void run(Catch const& catch_up, Tell const& tell);

  std::chrono::milliseconds const interval_;
  std::vector<Catch> places_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopping_ = false;
};

}  // namespace ebb
