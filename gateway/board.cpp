// Updates and snapshots of one lot. See board.h.
#include "gateway/board.h"

#include <utility>

#include "gateway/messages.h"
#include "modules/text.h"

namespace gateway {
namespace {

constexpr std::size_t usual_update_bytes = 256;

std::string_view suffix(Topic::View view) {
  switch (view) {
    case Topic::View::Public:
      return "/public";
    case Topic::View::Own:
      return "/own";
    case Topic::View::Supervision:
      return "/supervision";
  }
  return "";
}

}  // namespace

Board::Board(Picture const& shown) : picture(shown), own_(shown.bidders().size()) {}

Topic* Board::find(Topic::View view, std::uint16_t bidder) {
  switch (view) {
    case Topic::View::Public:
      return public_.get();
    case Topic::View::Own:
      return own_[bidder].get();
    case Topic::View::Supervision:
      return supervision_.get();
  }
  return nullptr;
}

Topic& Board::open(Topic::View view, std::uint16_t bidder) {
  auto& topic = view == Topic::View::Public ? public_ : view == Topic::View::Own ? own_[bidder] : supervision_;
  if (!topic) {
    topic = std::make_unique<Topic>(view, modules::lot_text(picture.lot()) + std::string(suffix(view)), bidder);
    topic->stream.open();
    if (view == Topic::View::Own) ++own_open_;
  }
  return *topic;
}

void Board::append(Topic& topic, std::string&& text, std::vector<Topic*>& news) {
  topic.stream.append(std::make_shared<std::string const>(std::move(text)));
  topic.snapshot = nullptr;
  news.push_back(&topic);
}

void Board::tell(engine::Instant at, Names const& names, std::vector<Topic*>& news) {
  auto const begin = [&](std::string& out, Topic const& topic) {
    out.reserve(usual_update_bytes);
    return begin_update(out, topic.name, topic.stream.head() + 1, at);
  };
  // Ranks are worked out only for those who look.
  if (own_open_ > 0) {
    auto const& changes = picture.changes();
    for (auto const index : changes.touched) {
      auto* const topic = own_[index].get();
      auto const what = own_part(picture, changes.own[index].what);
      if (topic == nullptr || what == 0) continue;
      std::string out;
      auto json = begin(out, *topic);
      append_own(json, picture, picture.bidders()[index], what, changes.own[index].receipts_from, Form::Update);
      finish_update(json);
      append(*topic, std::move(out), news);
    }
  }
  auto const of_lot = picture.changes_of_lot();
  if (auto const what = public_part(picture, of_lot); public_ && what != 0) {
    std::string out;
    auto json = begin(out, *public_);
    append_public(json, picture, names, what, Form::Update);
    finish_update(json);
    append(*public_, std::move(out), news);
  }
  if (auto const what = supervision_part(picture, of_lot); supervision_ && what != 0) {
    std::string out;
    auto json = begin(out, *supervision_);
    append_supervision(json, picture, what, picture.bids_from());
    finish_update(json);
    append(*supervision_, std::move(out), news);
  }
}

Message Board::snapshot(Topic& topic, std::string_view epoch, Names const& names) {
  if (topic.snapshot) return topic.snapshot;
  std::string out;
  auto json = begin_snapshot(out, topic.name, epoch, topic.stream.head());
  auto const all = changed::everything;
  switch (topic.view) {
    case Topic::View::Public:
      append_public(json, picture, names, public_part(picture, all), Form::Whole);
      break;
    case Topic::View::Own:
      append_own(json, picture, picture.bidders()[topic.bidder], own_part(picture, all), 0, Form::Whole);
      break;
    case Topic::View::Supervision:
      append_supervision(json, picture, supervision_part(picture, all), 0);
      break;
  }
  finish_snapshot(json);
  topic.snapshot = std::make_shared<std::string const>(std::move(out));
  return topic.snapshot;
}

void Board::unseat(Listener& listener) {
  auto const from = [&](Topic* topic) {
    if (topic == nullptr) return;
    topic->bidders.unseat(listener);
    topic->watchers.unseat(listener);
  };
  from(public_.get());
  from(supervision_.get());
  for (auto const& topic : own_) from(topic.get());
}

void Board::shed() {
  if (public_) public_->snapshot = nullptr;
  for (auto& topic : own_) {
    if (!topic) continue;
    topic->stream.forget();
    topic->snapshot = nullptr;
  }
  if (!supervision_) return;
  supervision_->stream.forget();
  supervision_->snapshot = nullptr;
}

}  // namespace gateway
