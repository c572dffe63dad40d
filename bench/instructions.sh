#!/usr/bin/env bash
# How many instructions a bid costs, counted by callgrind: the gate that no neighbour on the machine can move.
#
#   bench/instructions.sh [PROGRAM]       default build/release/bench/ebb-engine-bench
#
# Exit code 0: at most the bound; 1: more; 2: could not be counted. The bound is what was reached, and a little: it
# keeps what was won; the goal stands beside it. Callgrind knows no AVX-512, so what is counted is the pass in 256 bits.
set -euo pipefail
program=${1:-build/release/bench/ebb-engine-bench}
bids=40000
out=$(mktemp)
trap 'rm -f "$out" "$out.log"' EXIT

count() {  # NAME BOUND GOAL
  valgrind --tool=callgrind --callgrind-out-file="$out" --toggle-collect=count_from_here \
    "$program" --count "$1" --bids $bids >"$out.log" 2>&1 || { cat "$out.log" >&2; exit 2; }
  local total each
  total=$(sed -n 's/^\(summary\|totals\): *\([0-9]*\).*/\2/p' "$out" | tail -1)
  [ "${total:-0}" -gt 0 ] || { echo "nothing was counted: $1" >&2; exit 2; }
  each=$((total / bids))
  echo "$1: $each instructions a bid (at most $2, goal $3)"
  [ "$each" -le "$2" ] || missed=1
}

missed=0
count "hot 8" 420 450
count "hot 20" 450 450
count "hot 50" 550 450
exit $missed
