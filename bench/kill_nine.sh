#!/usr/bin/env bash
# kill -9 of the server in the middle of a load run; restart; resume; and everything must still be true.
#
#   bench/kill_nine.sh [--build DIR] [--times N] [--kills N] [--seed S] [-- options of ebb-load]
#
# Every round starts `ebb serve` on a folder of its own, lets ebb-load bid through --kills violent deaths at random
# moments, and takes the harness's final comparison as the verdict: every acknowledged bid there, once, in order, at its
# price, the right winner, no stream with a gap. The first round that fails ends the script with code 1 and leaves its
# folder. Every wait is bounded. Only processes started here are ever killed.
set -euo pipefail

build=build/release times=10 kills=1 seed=$RANDOM
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=$2; shift 2 ;;
    --times) times=$2; shift 2 ;;
    --kills) kills=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    --) shift; break ;;
    *) echo "kill_nine: unknown option $1" >&2; exit 2 ;;
  esac
done
load_options=("$@")
[ ${#load_options[@]} -gt 0 ] || load_options=(--auctions 5 --suppliers 6 --watchers 10 --rate 300 --seconds 8 --warmup 1)

here=$(cd "$(dirname "$0")/.." && pwd)
find_program() { find "$build" -type f -name "$1" -perm -u+x -print -quit; }
ebb=$(find_program ebb) load=$(find_program ebb-load)
[ -n "$ebb" ] && [ -n "$load" ] || { echo "kill_nine: no ebb and ebb-load under $build: build them first" >&2; exit 2; }

RANDOM=$seed
server='' harness='' folder=''
stop_all() {
  [ -z "$harness" ] || kill "$harness" 2>/dev/null || true
  [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
}
trap stop_all EXIT

# until <seconds> <command…>: tries every 50 ms.
until_within() {
  local tries=$(($1 * 20)); shift
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.05
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
  echo "  again: bench/kill_nine.sh --build $build --times $times --kills $kills --seed $seed -- ${load_options[*]}"
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
  EBB_ADMIN_LOGIN=admin EBB_ADMIN_PASSWORD=$password timeout 600 "$load" --server "127.0.0.1:$port" \
    --survive-restarts --seed "$round_seed" --json "$folder/load.json" "${load_options[@]}" \
    > "$folder/load.out" 2> "$folder/load.err" &
  harness=$!
  until_within 120 is_bidding && grep -q '^ebb-load bidding' "$folder/load.err" || fail "the harness never began to bid"
  moments=''
  for ((death = 1; death <= kills; death++)); do
    moment=$((500 + RANDOM % 4000))
    moments="$moments ${moment}ms"
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    kill -9 "$server" || fail "the server was gone before it was killed"
    wait "$server" 2>/dev/null || true
    start_server "$port" || fail "the server does not come up again"
  done
  wait "$harness" && verdict=0 || verdict=$?
  harness=''
  [ $verdict -eq 0 ] || fail "ebb-load ended with $verdict"
  kill "$server" && wait "$server" 2>/dev/null || true
  server=''
  echo "kill_nine: round $round of $times right (seed $round_seed, killed after$moments):" \
    "$(sed -n 's/^  \([0-9]* bids planned, [0-9]* accepted\).*/\1/p; s/^  \([0-9]* connections lost.*\)/\1/p' "$folder/load.out" | tr '\n' ' ')"
  rm -rf "$folder"
done
echo "kill_nine: $times of $times right, seed $seed"
