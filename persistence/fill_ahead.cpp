// See the header.
#include "persistence/fill_ahead.h"

#include <fcntl.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "engine/check.h"
#include "persistence/failure.h"
#include "persistence/no_signals.h"

namespace persistence {
namespace {

constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t piece_bytes = std::size_t{256} << 10;

std::size_t whole_pages(std::size_t bytes) {
  return (bytes + page_bytes - 1) / page_bytes * page_bytes;
}

}  // namespace

engine::Result<std::unique_ptr<FillAhead>> FillAhead::begin(std::filesystem::path const& data, Range range,
                                                            Filling filling) {
  auto file = File::open(data, O_WRONLY);
  if (!file) return std::unexpected(file.error());
  std::error_code error;
  auto const there = std::filesystem::file_size(data, error);
  if (error) return failed(data.string() + ": " + error.message());
  return std::unique_ptr<FillAhead>{new FillAhead{std::move(*file), there, range, filling}};
}

FillAhead::FillAhead(File file, std::size_t file_bytes, Range range, Filling filling)
    : file_(std::move(file)),
      filling_(filling),
      limit_(range.limit),
      used_(range.used),
      reserved_(whole_pages(std::max(range.used, range.from))),
      filled_(std::max(range.used, file_bytes)) {
  NoSignals const while_it_is_made;
  thread_ = std::thread{[this] { run(); }};
}

FillAhead::~FillAhead() {
  {
    std::lock_guard const hold{lock_};
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void FillAhead::reserve(std::size_t value_bytes) {
  std::unique_lock hold{lock_};
  reserved_ = whole_pages(used_ + value_bytes + filling_.beside_bytes);
  changed_.wait(hold, [this] { return !is_filling_ || reserved_ <= filling_from_; });
}

void FillAhead::reached(std::size_t used) {
  bool due = false;
  {
    std::lock_guard const hold{lock_};
    CHECK(used <= reserved_);
    used_ = used;
    due = !is_filling_ && !has_ended_ && is_due();
  }
  if (due) changed_.notify_all();
}

void FillAhead::wait() {
  std::unique_lock hold{lock_};
  changed_.wait(hold, [this] { return has_ended_ || (!is_filling_ && !is_due()); });
}

std::size_t FillAhead::goal() const {
  auto const least = std::min(filling_.least_bytes, filling_.ahead_bytes);
  return std::min(whole_pages(used_ + std::clamp(used_, least, filling_.ahead_bytes)), limit_);
}

// Half of what should lie ahead is used up.
bool FillAhead::is_due() const {
  auto const to = goal();
  return to > filled_ && used_ + (to - std::min(used_, to)) / 2 > filled_;
}

void FillAhead::run() {
  std::unique_lock hold{lock_};
  while (true) {
    changed_.wait(hold, [this] { return is_ending_ || is_due(); });
    if (is_ending_) return;
    auto const to = goal();
    auto const from = std::max(filled_, reserved_);
    bool done = true;
    if (from < to) {
      filling_from_ = from;
      is_filling_ = true;
      hold.unlock();
      done = fill(from, to);
      hold.lock();
      is_filling_ = false;
    }
    filled_ = to;
    has_ended_ = !done;
    changed_.notify_all();
    if (has_ended_) return;
  }
}

// In pieces that are waited for: flushed together they would stand before a commit that comes meanwhile.
bool FillAhead::fill(std::size_t from, std::size_t to) {
  std::string const zeros(piece_bytes, '\0');
  for (auto at = from; at < to; at += piece_bytes) {
    auto const piece = std::string_view{zeros}.substr(0, std::min(piece_bytes, to - at));
    if (!file_.write_at(at, piece) || !file_.push_out(at, piece.size())) return false;
  }
  return file_.sync().has_value();
}

}  // namespace persistence
