#!/usr/bin/env bash
# Builds TahoChat in Release and starts it: the Aspire AppHost where the package feeds carry Aspire, else one process
# on http://localhost:8000. Settings come from the environment and the .env file, read by the program itself.
#   ./run.sh [--aspire] [arguments for the program]      --aspire asks the feeds again
set -u
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

again=
if [ "${1:-}" = --aspire ]; then
  again=--again
  shift
fi

# The program takes this shell's place: signals and the exit code are its own.
become() {
  local project=$1
  shift
  rm -rf "$logs"
  cd "$root/$project" || exit 1
  # Whoever starts us in a background job has SIGINT ignored, and .NET would keep it so.
  if env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT dotnet "bin/Release/net10.0/$project.dll" "$@"
  fi
  exec dotnet "bin/Release/net10.0/$project.dll" "$@"
}

start_aspire() {
  build TahoChat.AppHost TahoChat.AppHost TahoChat.Api TahoChat.GroqEmulator TahoChat.ServiceDefaults || exit
  # What launchSettings.json's first profile says; the built program does not read it.
  export ASPNETCORE_ENVIRONMENT=Development DOTNET_ENVIRONMENT=Development ASPIRE_ALLOW_UNSECURED_TRANSPORT=true
  export ASPNETCORE_URLS=http://localhost:15888 ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:20889
  export ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:19889
  export ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://localhost:19890
  say 'Starting: the chat at http://localhost:3000, Aspire'\''s dashboard at the address below.'
  become TahoChat.AppHost "$@"
}

start_one_process() {
  install_frontend || exit
  build_frontend || exit
  build TahoChat.Api TahoChat.Api TahoChat.GroqEmulator TahoChat.ServiceDefaults || exit
  say 'Starting.'
  become TahoChat.Api "$@"
}

require_tools
find_aspire $again
if [ "$aspire" = true ]; then start_aspire "$@"; else start_one_process "$@"; fi
