// See the header.
#include "tools/ebb/backup.h"

#include <fmt/format.h>

#include "modules/text.h"
#include "persistence/backup.h"
#include "persistence/restore.h"
#include "tools/ebb/redecide.h"

namespace ebb {
namespace {

using modules::instant_text;

std::string head_text(persistence::Tail const& tail) {
  return fmt::format("seq {}, head {}", tail.last.number(), persistence::hex(persistence::view(tail.head)));
}

std::string copied_text(persistence::BackedUp const& done) {
  if (done.frames_copied == 0) return "nothing new to copy\n";
  return fmt::format("copied {} frames, {} commands, {} bytes, up to {}\n", done.frames_copied, done.commands_copied,
                     done.bytes_copied, instant_text(done.at));
}

std::string cut_text(RestoreCall const& call, persistence::Restored const& done) {
  std::string text;
  if (done.left_out) {
    text += fmt::format(
        "left out whole: the frame {} to {}, in which that lies: a frame was durable at once or not at all\n",
        done.left_out->first.number(), done.left_out->second.number());
  }
  if (done.commands_cut_off == 0) return text;
  text += fmt::format(
      "cut off: {} commands behind seq {}. They happened: whoever holds a receipt of one can prove it, and this log "
      "will be\n"
      "seen to contradict it. Keep {} as it is: it is the proof of what was cut off\n",
      done.commands_cut_off, done.tail.last.number(), call.from.string());
  if (!done.newest_beyond) return text;
  return text + fmt::format(
                    "not consistent with it any more: {} signed tree heads, the newest of {} commands of {}. They may "
                    "have been\n"
                    "published; they stay in {}\n",
                    done.heads_beyond, done.newest_beyond->size, instant_text(done.newest_beyond->at),
                    (call.from / "heads").string());
}

}  // namespace

engine::Result<std::string> backup(BackupCall const& call) {
  auto const done = persistence::back_up(
      {.directory = call.directory, .to = call.to, .keys_to = call.keys_to, .archive = call.archive});
  if (!done) return std::unexpected(done.error());
  std::string text;
  for (auto const& mended : done->mended) text += "was damaged, copied again: " + mended + "\n";
  text += copied_text(*done);
  text += fmt::format("{} of {} segments were there already, and are whole\nends with {}\n", done->segments_kept,
                      done->segments, head_text(done->tail));
  if (done->keys_destroyed > 0) {
    text +=
        fmt::format("{} destroyed keys of people who were erased: gone from there, too; older copies still have them\n",
                    done->keys_destroyed);
  }
  text += call.keys_to
              ? fmt::format("{} keys in {}: keep them apart from the backup\n", done->keys, call.keys_to->string())
              : "without keys (--with-keys): sealed prices and credentials in it open for nobody\n";
  return text;
}

engine::Result<std::string> restore(RestoreCall const& call) {
  auto const done = persistence::restore(
      {.from = call.from, .directory = call.directory, .keys_from = call.keys_from, .until = call.until});
  if (!done) return std::unexpected(done.error());
  auto text = fmt::format("{} frames, {} commands, up to {}\nends with {}\n", done->frames, done->commands,
                          instant_text(done->at), head_text(done->tail));
  text += cut_text(call, *done);
  if (!call.keys_from) {
    return text + "without keys (--keys): it can be verified, and does not serve\n";
  }
  if (done->heads > 0)
    text += fmt::format("{} signed tree heads put back, each with the root that it was signed for\n", done->heads);
  auto const decided = redecide(call.directory);
  if (!decided) return std::unexpected(decided.error());
  return text + fmt::format("{} keys; decided again: every digest as before; tables rebuilt: it serves\n", done->keys);
}

}  // namespace ebb
