// One lot that people listen to: its streams, and who listens to each.
//
// tell() turns what changed in the picture into at most one update per stream. A stream that nobody ever listened to
// is not encoded; a snapshot is made when somebody asks and shared until the next update.
//
// Thread: the hub's strand. Failure: none. The picture outlives the board.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/crowd.h"
#include "gateway/picture.h"
#include "gateway/stream.h"
#include "gateway/view.h"

namespace gateway {

// A stream with its audience; bidders of the lot are served before those who only watch.
struct Topic {
  enum class View : std::uint8_t { Public, Own, Supervision };
  Topic(View shown, std::string called, std::uint16_t of) : view(shown), name(std::move(called)), bidder(of) {}

  View const view;
  std::string const name;      // "12-1/public"
  std::uint16_t const bidder;  // index, for Own
  Stream stream;
  Crowd bidders{stream};
  Crowd watchers{stream};
  Message snapshot;  // as of stream.head(); nullptr: none made since
};

class Board {
 public:
  explicit Board(Picture const& shown);

  Picture const& picture;

  Topic& open(Topic::View view, std::uint16_t bidder = 0);
  // The topic if anybody ever listened to it.
  Topic* find(Topic::View view, std::uint16_t bidder = 0);

  // Encodes what changed for every open stream; those with news are appended to `news`, bidders' own first. It is told
  // again until the picture is settled.
  void tell(engine::Instant at, Names const& names, std::vector<Topic*>& news);
  Message snapshot(Topic& topic, std::string_view epoch, Names const& names);
  void unseat(Listener& listener);  // from every stream of the lot
  // The picture was shed: so is what streams kept of it.
  void shed();

 private:
  void append(Topic& topic, std::string&& text, std::vector<Topic*>& news);
  std::unique_ptr<Topic> public_;
  std::unique_ptr<Topic> supervision_;
  std::vector<std::unique_ptr<Topic>> own_;  // by index of the bidder
  std::size_t own_open_ = 0;                 // of them
};

}  // namespace gateway
