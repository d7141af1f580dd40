#!/usr/bin/env bash
# Builds and checks everything, goes on after a failure so that all of them are seen, and ends with one line:
# "N passed, N failed, N skipped". Every check (build, format, lint, ...) counts like a test.
#   ./test.sh [--aspire] [--long]      --aspire asks the feeds again, --long runs the long tests too
set -u
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

again=
explicit=off
for argument in "$@"; do
  case $argument in
    --aspire) again=--again ;;
    --long) export TAHOCHAT_LONG=1 explicit=on ;;
    *) die "Unknown argument: $argument (there are --aspire and --long)" ;;
  esac
done

tests_program=$root/TahoChat.Tests/bin/Debug/net10.0/TahoChat.Tests.dll
passed=0
failed=0
skipped=0

# check TEXT COMMAND...: a step that counts as one test.
check() {
  if step "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    return 1
  fi
}

miss() {
  say "  $*" >&2
  failed=$((failed + 1))
}

# tests TEXT RESULTS COMMAND...: shows the output as it comes and adds the result file's numbers.
tests() {
  local text=$1 results=$2 code=0 counts
  shift 2
  say "  $text:"
  start_child "$@" 2>&1
  wait_child || code=$?
  if [ ! -s "$results" ] || ! counts=$(node "$root/.ci/count-tests.js" "$results"); then
    miss "$text ended with exit code $code and without results."
    return
  fi
  set -- $counts
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + $3))
  say "  $text: $1 passed, $2 failed, $3 skipped"
  # A runner can fail without a failed test: nothing found, an error on the way out.
  if [ "$code" -ne 0 ] && [ "$2" -eq 0 ]; then miss "$text ended with exit code $code."; fi
  if [ "$1" -eq 0 ] && [ "$2" -eq 0 ]; then miss "$text: no test ran."; fi
  if [ "$3" -ne 0 ] && [ "${CI:-}" = true ]; then miss "$text: a test was skipped, which continuous integration forbids."; fi
}

find_chromium() {
  local name
  for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if [ -n "$name" ] && CHROMIUM_PATH=$(command -v "$name"); then
      export CHROMIUM_PATH
      return 0
    fi
  done
  unset CHROMIUM_PATH
  return 1
}

install_chromium() { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; }

need_chromium() {
  if find_chromium; then return; fi
  if [ "$(id -u)" -eq 0 ] && [ -f /etc/debian_version ]; then
    check 'Installing Chromium' install_chromium
    if find_chromium; then return; fi
  fi
  miss 'Chromium is missing, which the browser tests need: install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH.'
}

frontend() { npm --prefix "$root/frontend" "$@"; }

test_frontend() {
  install_frontend && passed=$((passed + 1)) || { failed=$((failed + 1)); return; }
  check "Checking the frontend's format" frontend run format:check
  check 'Linting the frontend' frontend run lint
  check "Checking the frontend's types" frontend run typecheck
  tests "The frontend's tests" "$logs/vitest.json" \
    npm --prefix "$root/frontend" test -- --reporter=default --reporter=json --outputFile.json="$logs/vitest.json"
  build_frontend && passed=$((passed + 1)) || failed=$((failed + 1))
}

# A machine that others keep busy fails a test now and then that waits for a browser or a process. Up to three get a second
# run, alone, and are named: a test that needs it often is broken.
again_alone() {
  local methods count method options=() cases=0
  methods=$(node "$root/.ci/failed-tests.js" "$logs/dotnet.xml") || return
  [ -n "$methods" ] && [ "$(printf '%s\n' "$methods" | wc -l)" -le 3 ] || return
  while read -r count method; do
    options+=(-method "$method")
    cases=$((cases + count))
    say "  Run again: $method"
  done <<<"$methods"
  start_child dotnet "$tests_program" -noLogo -noColor -explicit "$explicit" -result-xml "$logs/again.xml" "${options[@]}" 2>&1
  wait_child || return
  set -- $(node "$root/.ci/count-tests.js" "$logs/again.xml")
  [ "$1" -ge "$cases" ] && [ "$2" -eq 0 ] || return
  failed=$((failed - cases))
  passed=$((passed + cases))
  say "  Passed the second time: $cases"
}

test_dotnet() {
  local built=false
  # It took its time beside the frontend's checks, which leave a core to it. It has the analyzers' say and the style's.
  wait_beside 'Building the solution' && built=true && passed=$((passed + 1)) || failed=$((failed + 1))
  check 'Checking the format of the C# code' dotnet format whitespace "$root/TahoChat.sln" --no-restore --verify-no-changes
  if [ "$built" = false ]; then
    miss 'The .NET tests cannot run: the solution does not build.'
    return
  fi
  check 'Installing the MCP server that the tests call' npm --prefix "$root/TahoChat.Tests/Tools/mcp" ci --no-audit --no-fund
  tests 'The .NET tests' "$logs/dotnet.xml" \
    dotnet "$tests_program" -noLogo -noColor -explicit "$explicit" -result-xml "$logs/dotnet.xml"
  [ ! -s "$logs/dotnet.xml" ] || again_alone
}

# Real clients from npm read the emulator as they read Groq.
test_conformance() {
  local folder=$root/TahoChat.Tests/Conformance
  [ -f "$root/TahoChat.GroqEmulator/bin/Debug/net10.0/TahoChat.GroqEmulator.dll" ] || { miss "Groq's clients cannot be tested: the emulator is not built."; return; }
  check "Installing Groq's clients from npm" npm --prefix "$folder" ci --no-audit --no-fund || return
  tests "Groq's clients from npm" "$logs/conformance.xml" \
    node --test --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=junit --test-reporter-destination="$logs/conformance.xml" "$folder"/*.test.mjs
}

require_tools
find_aspire $again
need_chromium
start_beside dotnet build "$root/TahoChat.sln" -v quiet "$no_servers"
# The browser tests open the exported frontend, so it comes first.
test_frontend
test_dotnet
test_conformance
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
