// See the header.
#include "persistence/leaf_work.h"

#include <algorithm>

#include "engine/bytes.h"
#include "persistence/frame.h"

namespace persistence {
namespace {

constexpr std::size_t records_a_step = 32;  // some six microseconds

}  // namespace

void LeafWork::begin(std::string_view records, LogSalts const& salts, std::span<Leaf> leaves) {
  std::scoped_lock const held{mutex_};
  records_ = records;
  leaves_ = leaves;
  salts_ = &salts;
}

LeafWork::Step LeafWork::step() {
  std::string_view records;
  std::span<Leaf> leaves;
  {
    std::scoped_lock const held{mutex_};
    if (leaves_.empty()) return Step::NothingLeft;
    leaves = leaves_.first(std::min(leaves_.size(), records_a_step));
    engine::ByteReader reader{records_};
    for (std::size_t i = 0; i < leaves.size(); ++i) reader.get_text();
    records = records_.substr(0, records_.size() - reader.rest().size());
    records_ = reader.rest();
    leaves_ = leaves_.subspan(leaves.size());
  }
  find_leaves(records, *salts_, leaves);
  return Step::Done;
}

void LeafWork::finish() {
  while (step() == Step::Done) {}
}

}  // namespace persistence
