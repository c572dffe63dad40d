#!/usr/bin/env bash
# What bids feel of a snapshot that is being made: the receipts of one load run, those of bids planned while the server
# made a snapshot beside the others.
#
#   bench/snapshot_felt.sh [--build DIR] [--every COMMANDS] [-- options of ebb-load]
#
# The server makes a snapshot when so many commands have come (bids alone: never before 100,000, when the tables follow),
# and its log says when each was done and what it took; ebb-load writes down every bid. Exit code: that of ebb-load; 2 where no snapshot was made. Only processes started here
# are ever killed.
set -euo pipefail

build=build/release every=100000
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=$2; shift 2 ;;
    --every) every=$2; shift 2 ;;
    --) shift; break ;;
    *) echo "snapshot_felt: unknown option $1" >&2; exit 2 ;;
  esac
done
load_options=("$@")
[ ${#load_options[@]} -gt 0 ] ||
  load_options=(--auctions 100 --suppliers 10 --watchers 1 --rate 4000 --seconds 100 --warmup 10 --seed 1)

here=$(cd "$(dirname "$0")/.." && pwd)
find_program() { find "$build" -type f -name "$1" -perm -u+x -print -quit; }
ebb=$(find_program ebb) load=$(find_program ebb-load)
[ -n "$ebb" ] && [ -n "$load" ] || { echo "snapshot_felt: no ebb and ebb-load under $build: build them first" >&2; exit 2; }

folder=$(mktemp -d "$build/snapshot-felt-XXXXXX") server=''
end() {
  [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT

"$ebb" serve --config "$here/bench/load.toml" --data.directory "$folder/data" --server.port 0 --log.level info \
  --snapshots.every_commands "$every" > "$folder/out" 2> "$folder/err" &
server=$!
for ((tries = 3000; tries > 0; tries--)); do
  ! grep -q '^ebb: listening on ' "$folder/out" || break
  kill -0 "$server" 2>/dev/null || { cat "$folder/err" >&2; exit 2; }
  sleep 0.02
done
port=$(sed -n 's/^ebb: listening on .*:\([0-9]*\)$/\1/p' "$folder/out")
password=$(sed -n 's/^administrator one-time password: //p' "$folder/out")
echo "load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
EBB_ADMIN_LOGIN=admin EBB_ADMIN_PASSWORD=$password "$load" --server "127.0.0.1:$port" --each "$folder/each" \
  "${load_options[@]}" 2> "$folder/load.err" && verdict=0 || verdict=$?
[ "$verdict" -ne 2 ] || { tail -3 "$folder/load.err" >&2; exit 2; }
echo "load average after: $(cut -d' ' -f1-3 /proc/loadavg)"

# From and to of every snapshot, in ms since 1970.
sed -n '/"snapshot made"/s/.*"at":"\([^"]*\)".*"ms":"\([0-9]*\)".*/\1 \2/p' "$folder/err" |
  while read -r at ms; do
    done_at=$(date -ud "$at" +%s%3N)
    echo "$((done_at - ms)) $done_at"
  done > "$folder/windows"
[ -s "$folder/windows" ] || { echo "snapshot_felt: no snapshot was made: --every fewer commands" >&2; exit 2; }

awk '
  NR == FNR { from[++windows] = $1; to[windows] = $2; next }
  {
    during = "while no snapshot was made"
    for (i = 1; i <= windows; i++) if ($1 >= from[i] && $1 <= to[i]) during = "while a snapshot was made"
    print during "\t" $2
  }' "$folder/windows" "$folder/each" | sort -t "$(printf '\t')" -k1,1 -k2,2n |
  awk -F '\t' '
    function tell() {
      if (n > 0) printf "%-28s n %7d  p50 %9.1f  p99 %9.1f  max %9.1f us\n", name, n, v[int(n * 0.5) + 1], v[int(n * 0.99) + 1], v[n]
    }
    $1 != name { tell(); name = $1; n = 0 }
    { v[++n] = $2 }
    END { tell() }'
awk '{ sum += $2 - $1; if ($2 - $1 > most) most = $2 - $1 } END { printf "%d snapshots, %d ms in the mean, %d at most\n", NR, sum / NR, most }' "$folder/windows"
exit "$verdict"
