#!/usr/bin/env bash
# kill -9 of the server in the middle of a load run; restart; resume; and everything must still be true.
#
#   bench/kill_nine.sh [--build DIR] [--times N] [--kills N] [--between FROM-TO] [--seed S] [-- options of ebb-load]
#
#   bench/kill_nine.sh --times 40 --kills 25        a thousand deaths in less than an hour
#
# Every round starts `ebb serve` on a folder of its own, lets ebb-load bid through --kills violent deaths, FROM to TO
# milliseconds of life apart, and takes the harness's final comparison as the verdict: every acknowledged bid there,
# once, in order, at its price, the right winner, no stream with a gap. Then `ebb verify` reads the journal. The first
# round that fails ends the script with code 1 and leaves its folder. Every wait is bounded. Only processes started here
# are ever killed.
set -euo pipefail

build=build/release times=10 kills=1 between='' seed=$RANDOM
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=$2; shift 2 ;;
    --times) times=$2; shift 2 ;;
    --kills) kills=$2; shift 2 ;;
    --between) between=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    --) shift; break ;;
    *) echo "kill_nine: unknown option $1" >&2; exit 2 ;;
  esac
done
load_options=("$@")
# Many deaths follow each other quickly; one comes anywhere in the run.
if [ -z "$between" ]; then
  if [ "$kills" -gt 1 ]; then between=300-1300; else between=500-4500; fi
fi
shortest=${between%-*} longest=${between#*-}
# The bidding outlasts the deaths: a life in the mean and its restart, each.
seconds=$((6 + kills * ((shortest + longest) / 2 + 1000) / 1000))
[ ${#load_options[@]} -gt 0 ] ||
  load_options=(--auctions 5 --suppliers 6 --watchers 10 --rate 200 --seconds $seconds --warmup 1)

here=$(cd "$(dirname "$0")/.." && pwd)
find_program() { find "$build" -type f -name "$1" -perm -u+x -print -quit; }
ebb=$(find_program ebb) load=$(find_program ebb-load)
[ -n "$ebb" ] && [ -n "$load" ] || { echo "kill_nine: no ebb and ebb-load under $build: build them first" >&2; exit 2; }

RANDOM=$seed deaths=0
server='' harness='' folder=''
stop_all() {
  [ -z "$harness" ] || kill "$harness" 2>/dev/null || true
  [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
}
trap stop_all EXIT

# until <seconds> <command…>: tries every 20 ms.
until_within() {
  local tries=$(($1 * 50)); shift
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.02
  done
}
is_listening() { grep -q '^ebb: listening on ' "$folder/out" || ! kill -0 "$server" 2>/dev/null; }
is_bidding() { grep -q '^ebb-load bidding' "$folder/load.err" || ! kill -0 "$harness" 2>/dev/null; }

start_server() {  # <port>
  : > "$folder/out"
  "$ebb" serve --config "$here/bench/load.toml" --data.directory "$folder/data" --server.port "$1" \
    >> "$folder/out" 2>> "$folder/err" &
  server=$!
  until_within 60 is_listening && grep -q '^ebb: listening on ' "$folder/out"
}

fail() {
  echo "kill_nine: round $round FAILED: $1"
  echo "  again: bench/kill_nine.sh --build $build --times $times --kills $kills --between $between --seed $seed \\"
  echo "    -- ${load_options[*]}"
  echo "  left for you: $folder (out, err, load.out, load.err, data)"
  [ ! -s "$folder/load.out" ] || head -40 "$folder/load.out"
  tail -5 "$folder/load.err" "$folder/err" 2>/dev/null || true
  exit 1
}

for ((round = 1; round <= times; round++)); do
  folder=$(mktemp -d "${TMPDIR:-/tmp}/ebb-kill-nine-XXXXXX")
  round_seed=$((seed * 1000 + round))
  start_server 0 || fail "the server does not come up"
  port=$(sed -n 's/^ebb: listening on .*:\([0-9]*\)$/\1/p' "$folder/out")
  password=$(sed -n 's/^administrator one-time password: //p' "$folder/out")
  : > "$folder/load.err"
  EBB_ADMIN_LOGIN=admin EBB_ADMIN_PASSWORD=$password timeout $((600 + 2 * seconds)) "$load" --server "127.0.0.1:$port" \
    --survive-restarts --seed "$round_seed" --json "$folder/load.json" "${load_options[@]}" \
    > "$folder/load.out" 2> "$folder/load.err" &
  harness=$!
  until_within 120 is_bidding && grep -q '^ebb-load bidding' "$folder/load.err" || fail "the harness never began to bid"
  for ((death = 1; death <= kills; death++)); do
    moment=$((shortest + RANDOM % (longest - shortest + 1)))
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    kill -0 "$harness" 2>/dev/null || break  # over before the last death: give it more --seconds
    kill -9 "$server" || fail "the server was gone before it was killed"
    deaths=$((deaths + 1))
    wait "$server" 2>/dev/null || true
    start_server "$port" || fail "the server does not come up again"
  done
  wait "$harness" && verdict=0 || verdict=$?
  harness=''
  [ $verdict -eq 0 ] || fail "ebb-load ended with $verdict"
  kill "$server" && wait "$server" 2>/dev/null || true
  server=''
  "$ebb" verify "$folder/data" > "$folder/verify.out" 2>&1 || fail "ebb verify: $(tail -1 "$folder/verify.out")"
  echo "kill_nine: round $round of $times right (seed $round_seed, $deaths deaths so far):" \
    "$(sed -n 's/^  \([0-9]* bids planned, [0-9]* accepted\).*/\1/p; s/^  \([0-9]* connections lost.*\)/\1/p' "$folder/load.out" | tr '\n' ' ')"
  rm -rf "$folder"
done
echo "kill_nine: $times of $times right, $deaths deaths, seed $seed"
