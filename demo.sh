#!/usr/bin/env bash
# Shows what a reply survives: starts TahoChat with the offline emulator and an empty database, kills it (kill -9) in the
# middle of a reply, starts it again, shows what was kept, and goes on with it. Touches no database of yours.
set -u
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

require_tools
find_aspire
build TahoChat.Api TahoChat.Api TahoChat.GroqEmulator TahoChat.ServiceDefaults || exit
rm -rf "$logs"
# Node 20 has its WebSocket behind this flag; later ones take the flag and ignore it.
exec node --experimental-websocket --no-warnings "$root/.ci/demo.mjs" "$root/TahoChat.Api/bin/Release/net10.0/TahoChat.Api.dll" "$@"
