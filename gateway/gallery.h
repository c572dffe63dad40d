// The pictures of all lots: which there are, what changed in which, which are over and which of those still hold every
// attempt and bid.
//
// The hub has one and tells people between fold() and settle(). Alone, as an outlet, it folds turns as a hub does while
// nobody listens, as in a recovery: a gallery that was saved behind a frame and loaded shows a newcomer what the replay
// of everything up to that frame would show.
//
// Thread: one at a time. Failure: none; load() says no to bytes that save() did not write. Memory: a picture a lot; of
// lots long over only the result.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/ports.h"
#include "gateway/picture.h"

namespace gateway {

class Gallery final : public engine::Outlet {
 public:
  // Lots that are over and still have every attempt and bid at hand. Older ones keep state and result.
  static constexpr std::size_t kept_whole = 1'024;

  Gallery() = default;
  Gallery(Gallery&&) = default;
  Gallery& operator=(Gallery&&) = default;

  // engine::Outlet: a frame's turn, folded and settled.
  void publish(std::unique_ptr<engine::Turn const> turn) override;

  // The same in steps. What is folded between two begin() is settled once, picture by picture.
  void begin();
  // `leaf` is that of the command that caused it. The picture of its lot, or nullptr.
  Picture* fold(engine::Event const& event, engine::Leaf const& leaf);
  std::vector<Picture*> const& changed() const {
    return changed_;
  }  // since begin(), in the order of their first change
  std::vector<Picture*> const& hung() const { return hung_; }  // new since begin()
  // What changed in it was told at that moment. Who is over may now be one too many: the picture that was shed for it,
  // or nullptr.
  Picture* settle(Picture& changed, engine::Instant at);

  Picture* find(engine::LotId lot);

  // A snapshot between two turns: first a piece of its own, then one a lot in order of id. Same pictures, same bytes;
  // leaves are not in it: they are in the log (Picture::look_up_leaves).
  using TakePiece = std::function<void(std::string_view piece)>;
  void save(TakePiece const& take) const;
  // The other way round, into a gallery in which there is nothing, piece by piece in that order. false: not what save()
  // of this version gave; the gallery is good for nothing then.
  [[nodiscard]] bool load(std::string_view piece);
  // Every piece has come that the first one announced.
  [[nodiscard]] bool is_whole() const;

 private:
  struct Hung {
    explicit Hung(Picture shown) : picture(std::move(shown)) {}
    Picture picture;
    bool is_changed = false;
    bool is_counted_over = false;
  };
  [[nodiscard]] bool load_list(std::string_view piece);
  [[nodiscard]] bool load_picture(std::string_view piece);
  [[nodiscard]] bool count_over();
  void number(Hung& newest);

  std::unordered_map<engine::LotId, Hung> pictures_;  // never moved while it is in there
  std::vector<Hung*> by_number_;
  std::deque<engine::LotId> over_;  // whole ones, oldest first
  std::vector<Picture*> changed_, hung_;

  // While it is loaded.
  enum class Loaded : std::uint8_t { Nothing, List };
  Loaded loaded_ = Loaded::Nothing;
  std::uint16_t version_ = 0;  // of the bytes that are being loaded
  std::size_t announced_ = 0;
  engine::LotId last_loaded_;
};

}  // namespace gateway
