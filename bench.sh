#!/usr/bin/env bash
# Builds TahoChat and its peers in Release, measures them beside each other, and prints the tables. A whole run also writes them into
# docs/benchmarks.md.
#   ./bench.sh [--quick] [--rounds 3] [--only PART,PART] [--fastapi FOLDER] [--database FILE]
#       --quick     within five minutes: fewer and shorter rounds; replies, starts and REST alone
#       --only      parts: replies, idle, start, limit, rest, promises, search, browser
#       --fastapi   the folder of the FastAPI application, to be measured too (its requirements have to be installed)
#       --database  a database of a million messages that was made before
set -u
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

out=$root/bench/out
# What Debug builds made stays as it is: the program is published, everything else is built for Release.
frontend=true
write=(--write "$root/docs/benchmarks.md")
for argument in "$@"; do
  case $argument in
    --quick) frontend=false write=() ;;
    --only) write=() ;;
  esac
done
# A part that is asked for may need the page.
case " $* " in *browser*) frontend=true ;; esac

build_program() {
  dotnet publish "$root/TahoChat.Api" -c Release -o "$out/api" -v quiet "$no_servers" "$unchecked" -p:BuildFrontend="$frontend"
}

build_bench() {
  dotnet build "$root/bench/TahoChat.Bench" -c Release -o "$out/bench" -v quiet "$no_servers" "$unchecked" &&
    dotnet build "$root/bench/Peers/TahoChat.Bench.Relay" -c Release -o "$out/relay" -v quiet "$no_servers" "$unchecked"
}

install_peers() {
  npm --prefix "$root/bench/Peers/node-ws" ci --no-audit --no-fund && npm --prefix "$root/bench/Peers/ai-sdk" ci --no-audit --no-fund
}

require_tools
find_aspire
step 'Publishing TahoChat' build_program || exit 1
step 'Building the benchmark and the relay' build_bench || exit 1
step 'Installing the peers from npm' install_peers || say 'The peers of npm are left out.'

# What is measured has the first core, everything else the others.
pin=()
TAHOCHAT_BENCH_CORES=$(nproc 2>/dev/null || sysctl -n hw.ncpu)
export TAHOCHAT_BENCH_CORES
if command -v taskset >/dev/null 2>&1 && [ "$TAHOCHAT_BENCH_CORES" -gt 1 ]; then
  pin=(taskset -c "1-$((TAHOCHAT_BENCH_CORES - 1))")
  export TAHOCHAT_BENCH_PINNED=1
fi
ulimit -n "$(ulimit -Hn)" 2>/dev/null
rm -rf "$logs"
exec ${pin[@]+"${pin[@]}"} dotnet "$out/bench/TahoChat.Bench.dll" run \
  --api "$out/api/TahoChat.Api" --relay "$out/relay/TahoChat.Bench.Relay.dll" --peers "$root/bench/Peers" ${write[@]+"${write[@]}"} "$@"
