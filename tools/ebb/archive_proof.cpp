// See the header.
#include "tools/ebb/archive_proof.h"

#include <fmt/format.h>

#include "modules/text.h"
#include "persistence/files.h"
#include "persistence/head.h"
#include "persistence/merkle.h"
#include "persistence/tree_store.h"

namespace ebb {
namespace {

using engine::Failure;
using engine::Result;

std::string hex(engine::Hash const& hash) {
  return persistence::hex(persistence::view(hash));
}

std::unexpected<Failure> wrong(engine::Seq seq, std::string const& what) {
  return std::unexpected(Failure{fmt::format("command {}: {}", seq.number(), what)});
}

}  // namespace

Result<std::string> prove(InquiryStory const& story, std::filesystem::path const& data_directory,
                          persistence::Bundle& bundle) {
  std::string const none = "no signed head yet";
  if (!persistence::is_there(data_directory / "tree" / "data.mdb")) return none;
  auto const tree = persistence::TreeStore::open(data_directory / "tree", persistence::Access::ReadBeside);
  if (!tree) return std::unexpected(tree.error());
  auto const head = tree->newest_head();
  if (!head) return std::unexpected(head.error());
  if (!*head || story.records.empty() || (*head)->size < story.records.back().seq.number()) return none;
  auto const signer = persistence::HeadSigner::open(data_directory / "keys" / persistence::head_key_name,
                                                    persistence::HeadSigner::Missing::Refuse);
  if (!signer) return std::unexpected(signer.error());
  std::string proofs;
  for (auto const& record : story.records) {
    auto const index = record.seq.number() - 1;
    auto path = tree->inclusion(index, (*head)->size);
    if (!path) return std::unexpected(path.error());
    auto const root = persistence::merkle::root_by_inclusion(index, (*head)->size, leaf_of(record), *path);
    if (root != (*head)->root) return wrong(record.seq, "the tree has another leaf than the journal");
    proofs += line_of(LeafProof{record.seq, std::move(*path)});
  }
  bundle.files.push_back({"head.json", persistence::line_of({**head, signer->key()}) + '\n'});
  bundle.files.push_back({"proofs.jsonl", std::move(proofs)});
  return fmt::format("proved by the head of {} commands", (*head)->size);
}

Result<std::optional<std::string>> check_proofs(std::span<RecordLine const> records,
                                                persistence::Bundle const& bundle) {
  auto const* head_file = bundle.find("head.json");
  auto const* proofs_file = bundle.find("proofs.jsonl");
  if (head_file == nullptr && proofs_file == nullptr) return std::nullopt;
  if (head_file == nullptr || proofs_file == nullptr)
    return std::unexpected(Failure{"head and proofs belong together"});
  auto const lines = lines_of(*head_file);
  auto const published = lines.size() == 1 ? persistence::head_of_line(lines.front()) : std::nullopt;
  if (!published) return std::unexpected(Failure{"head.json: not a head"});
  auto const& [head, key] = *published;
  if (!persistence::is_signed_by(key, head))
    return std::unexpected(Failure{"head.json: the signature is not by its key"});
  auto const proofs = lines_of(*proofs_file);
  if (proofs.size() != records.size()) return std::unexpected(Failure{"proofs.jsonl: not one proof a record"});
  for (std::size_t at = 0; at < proofs.size(); ++at) {
    auto const& record = records[at];
    auto const proof = proof_of_line(proofs[at]);
    if (!proof) return wrong(record.record.seq, "its proof: " + proof.error().what);
    auto const seq = record.record.seq;
    if (proof->seq != seq || seq.number() > head.size) return wrong(seq, "its proof is of another one");
    auto const root = persistence::merkle::root_by_inclusion(seq.number() - 1, head.size, record.leaf, proof->path);
    if (root != head.root) {
      return wrong(
          seq, fmt::format("its path leads to {}, not to the root {}", root ? hex(*root) : "nowhere", hex(head.root)));
    }
  }
  return fmt::format("the signed head of {} commands of {}, key {}", head.size, modules::instant_text(head.at),
                     hex(key));
}

}  // namespace ebb
