// The words of a lot's rules, as a draft spells them and every view shows them (gateway/PROTOCOL.md).
//
// Thread: constants. Failure: none.
#pragma once

#include "engine/event.h"
#include "modules/fields.h"

namespace modules {

inline constexpr Named<engine::Format> formats[] = {{"reverse", engine::Format::Reverse},
                                                    {"sealed", engine::Format::Sealed},
                                                    {"rounds", engine::Format::Rounds},
                                                    {"dutch", engine::Format::Dutch},
                                                    {"japanese", engine::Format::Japanese}};
inline constexpr Named<engine::StepBasis> step_bases[] = {{"own", engine::StepBasis::Own},
                                                          {"best", engine::StepBasis::Best}};
inline constexpr Named<engine::StepKind> step_kinds[] = {{"fixed", engine::StepKind::Fixed},
                                                         {"percent", engine::StepKind::Percent},
                                                         {"multiple", engine::StepKind::Multiple},
                                                         {"ladder", engine::StepKind::Ladder}};
inline constexpr Named<engine::Ending> endings[] = {{"window", engine::Ending::Window},
                                                    {"quiet", engine::Ending::Quiet}};
inline constexpr Named<engine::ExtendFrom> extend_froms[] = {{"bid", engine::ExtendFrom::Bid},
                                                             {"end", engine::ExtendFrom::End}};
inline constexpr Named<engine::ExtendScope> extend_scopes[] = {{"lot", engine::ExtendScope::Lot},
                                                               {"inquiry", engine::ExtendScope::Inquiry}};
inline constexpr Named<engine::RankBy> rank_bys[] = {{"price", engine::RankBy::Price},
                                                     {"evaluated", engine::RankBy::Evaluated}};
inline constexpr Named<engine::Ties> ties_named[] = {{"earliest", engine::Ties::Earliest},
                                                     {"equal_best", engine::Ties::EqualBest},
                                                     {"equal_worst", engine::Ties::EqualWorst},
                                                     {"refused", engine::Ties::Refused},
                                                     {"refused_at_lead", engine::Ties::RefusedAtLead}};
inline constexpr Named<engine::Release> releases[] = {{"each", engine::Release::Each},
                                                      {"awards_together", engine::Release::AwardsTogether},
                                                      {"results_together", engine::Release::ResultsTogether}};
inline constexpr Named<engine::StageKind> stage_kinds[] = {
    {"bidding", engine::StageKind::Bidding}, {"quiet", engine::StageKind::Quiet},
    {"break", engine::StageKind::Break},     {"turn", engine::StageKind::Turn},
    {"level", engine::StageKind::Level},     {"sealed_bids", engine::StageKind::SealedBids},
    {"best_bid", engine::StageKind::BestBid}};
// What bidders see, each a member of `visibility` that is true or false; the values are bits.
inline constexpr Named<std::uint8_t> visibilities[] = {{"lead", engine::visible::lead},
                                                       {"rank", engine::visible::rank},
                                                       {"colour", engine::visible::colour},
                                                       {"count", engine::visible::count},
                                                       {"lead_after_bid", engine::visible::lead_after_bid}};

}  // namespace modules
