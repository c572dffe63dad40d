#!/usr/bin/env bash
# Minutes of live auctions against a server of its own, and whether the server stayed what it was: memory bounded, no
# descriptor and no thread left behind, and every bid true.
#
#   bench/soak.sh [--build DIR] [--minutes N]        5 minutes when nothing is said; 60 for a night
#
# Exit code: 0 it stayed, 1 something was lost or grew, 2 could not run. Only the server started here is ever stopped.
set -euo pipefail

build=build/release minutes=5
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=$2; shift 2 ;;
    --minutes) minutes=$2; shift 2 ;;
    *) echo "soak: unknown option $1" >&2; exit 2 ;;
  esac
done
here=$(cd "$(dirname "$0")/.." && pwd)
ebb=$(find "$build" -type f -name ebb -perm -u+x -print -quit)
load=$(find "$build" -type f -name ebb-load -perm -u+x -print -quit)
[ -n "$ebb" ] && [ -n "$load" ] || { echo "soak: no ebb and ebb-load under $build: build them first" >&2; exit 2; }

folder=$(mktemp -d)
server=''
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  rm -rf "$folder"
}
trap finish EXIT

# A sanitizer keeps freed memory for a while; little of it, or it looks like a leak.
ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1 \
  "$ebb" serve --config "$here/bench/load.toml" --data.directory "$folder/data" --server.port 0 \
  > "$folder/out" 2> "$folder/err" &
server=$!
for _ in $(seq 600); do
  grep -q '^ebb: listening on ' "$folder/out" && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
port=$(sed -n 's/^ebb: listening on .*:\([0-9]*\).*/\1/p' "$folder/out")
[ -n "$port" ] || { echo 'soak: the server did not come up' >&2; tail -5 "$folder/err" >&2; exit 2; }
{ echo admin; sed -n 's/.*administrator one-time password: //p' "$folder/out"; } > "$folder/admin"

"$load" soak --server "127.0.0.1:$port" --admin-file "$folder/admin" --minutes "$minutes"
