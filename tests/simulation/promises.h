// What must hold whatever the day brings: one function each, silent while all is well.
//
// A promise is asked about one event and what was known before it (or after, where its name says "now"); its answer is
// what was broken, in words. None of them knows how the engine works.
// Thread: any; they only look.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "tests/simulation/picture.h"

namespace simulation {

using Broken = std::optional<std::string>;

// An event in its place.
struct Scene {
  engine::Sequenced const& cause;  // as the journal has it
  engine::Instant now;             // the command's time, as it is judged
  Picture const& picture;
  KnownLot const* lot;  // the event's; nullptr for none that is known
};

namespace promises {

// Of a command and all it led to.
Broken one_outcome_a_command(engine::Command const& command, std::span<engine::Event const> events);
Broken places_are_dense(engine::Seq before, engine::Seq now);

// Of bids.
Broken a_bid_counts_only_in_its_stage(Scene const& scene, engine::Event const& event);
Broken a_known_key_gets_its_first_answer(Scene const& scene, engine::Event const& event);
Broken attempts_are_numbered_and_bounded(Scene const& scene, engine::Event const& event);
Broken what_is_accepted_was_asked(Scene const& scene, engine::Event const& event);
Broken a_proxy_keeps_its_limit(Scene const& scene, engine::Event const& event);
Broken no_proxy_sleeps_now(KnownLot const& lot);  // asked behind a command
Broken one_who_is_out_is_put_out_once(Scene const& scene, engine::Event const& event);

// Of the order. `best_before` is the lead before the event, `scene` is after it.
Broken the_lead_never_rises_now(Scene const& scene, engine::Event const& event,
                                std::optional<engine::Evaluated> const& best_before);
Broken the_order_told_is_the_order_now(Scene const& scene, engine::Event const& event);

// Of time.
Broken an_end_never_moves_back(Scene const& scene, engine::Event const& event);
Broken an_extension_stays_below_the_cap(Scene const& scene, engine::Event const& event);
Broken nothing_due_waits(engine::Instant now, engine::Instant next_due);
Broken stages_follow_each_other(Scene const& scene, engine::Event const& event);

// Of the close and after.
Broken a_state_follows_from_the_one_before(Scene const& scene, engine::Event const& event);
Broken the_close_tells_every_accepted_bid(Scene const& scene, engine::Event const& event);
Broken the_close_ranks_what_counts(Scene const& scene, engine::Event const& event);
Broken one_winner(Scene const& scene, engine::Event const& event);
Broken a_group_awaits_its_last_lot(Scene const& scene, engine::Event const& event);
Broken practice_asks_nobody(Scene const& scene, engine::Event const& event);

// Of signed bids.
Broken a_bid_is_signed_where_that_is_asked(Scene const& scene, engine::Event const& event);
Broken only_forged_signatures_void(Scene const& scene, engine::Event const& event);
Broken the_close_awaits_every_signature(Scene const& scene, engine::Event const& event);
Broken no_forged_bid_is_ranked(Scene const& scene, engine::Event const& event);

// Of memory. Numbers are hashes of canonical bytes.
Broken a_replay_says_the_same(engine::Seq seq, std::uint64_t first, std::uint64_t again);
Broken equal_journals_give_equal_digests(std::uint64_t one, std::uint64_t other);
Broken a_repeat_changes_nothing(std::uint64_t before, std::uint64_t after);

}  // namespace promises
}  // namespace simulation
