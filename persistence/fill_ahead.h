// Zeros behind what LMDB uses of a segment's file, written and flushed by a thread of its own, so that a commit
// overwrites blocks that the file already has: its flush then waits for the data alone and not for the file system's
// own journal as well.
//
// LMDB reads no page behind its last one, so zeros there mean nothing to it, before or after a power cut. Two never
// write the same place: a commit says before how far it may write (reserve), and waits while zeros are written there;
// zeros begin behind that. As much again as is used is filled, so small files stay small, but never more than asked
// for.
//
// Thread:  reserve() and reached() from the writer's.
// Failure: none that anybody has to hear of: a disk without room, or one that fails, ends the filling for this segment.
//          What is wrong with the file itself is said by the next commit's own flush.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "persistence/files.h"

namespace persistence {

struct Filling {
  std::size_t ahead_bytes = 0;                     // at most; 0: nothing is filled
  std::size_t least_bytes = std::size_t{4} << 20;  // and at least, however little is used
  // Of what a commit writes besides its value: branches, the list of free pages, pages where one is split.
  std::size_t beside_bytes = std::size_t{1} << 20;
};

class FillAhead {
 public:
  // The file of an open environment, which uses `used` bytes of it. Nothing is written before `from`, nor at or behind
  // `limit`.
  struct Range {
    std::size_t used;
    std::size_t from;
    std::size_t limit;
  };
  static engine::Result<std::unique_ptr<FillAhead>> begin(std::filesystem::path const& data, Range range,
                                                          Filling filling);
  FillAhead(FillAhead const&) = delete;
  FillAhead& operator=(FillAhead const&) = delete;
  ~FillAhead();

  // A commit of a value of so many bytes comes.
  void reserve(std::size_t value_bytes);
  // It is durable, and so many bytes are used.
  void reached(std::size_t used);
  // Until there is nothing to fill any more.
  void wait();

 private:
  FillAhead(File file, std::size_t file_bytes, Range range, Filling filling);
  std::size_t goal() const;
  bool is_due() const;
  void run();
  bool fill(std::size_t from, std::size_t to);

  File file_;
  Filling const filling_;
  std::size_t const limit_;
  std::mutex lock_;  // guards all below
  std::condition_variable changed_;
  std::size_t used_;
  std::size_t reserved_;          // the writer may write up to here
  std::size_t filled_;            // what the file has reaches to here
  std::size_t filling_from_ = 0;  // where zeros are being written, while is_filling_
  bool is_filling_ = false;
  bool has_ended_ = false;  // by a failure
  bool is_ending_ = false;  // asked to
  std::thread thread_;
};

}  // namespace persistence
