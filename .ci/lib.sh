# What run.sh and test.sh share. Sourced by bash (3.2 is enough) with $root set to the repository's folder.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NEXT_TELEMETRY_DISABLED=1

# Compilers and build nodes that outlive the build would outlive us too.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
no_servers='-p:UseSharedCompilation=false'

# Who starts or measures the program does not wait for what checks its code.
unchecked='-p:RunAnalyzers=false'

aspire_props=$root/Aspire.local.props
wwwroot=$root/TahoChat.Api/wwwroot
logs=$(mktemp -d "${TMPDIR:-/tmp}/tahochat.XXXXXX")
child=
beside=

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# A step runs in a process group of its own, so that a signal reaches whatever it started.
end_child() {
  [ -n "$child" ] || return 0
  kill -TERM -- "-$child" 2>/dev/null
  local tries=0
  while kill -0 -- "-$child" 2>/dev/null && [ "$tries" -lt 20 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL -- "-$child" 2>/dev/null
  child=
}

end_beside() {
  [ -z "$beside" ] || kill -TERM -- "-$beside" 2>/dev/null
  beside=
}

on_signal() {
  trap '' HUP INT TERM
  [ -t 1 ] && printf '\n'
  end_child
  end_beside
  exit "$1"
}

trap 'rm -rf "$logs"' EXIT
trap 'on_signal 129' HUP
trap 'on_signal 130' INT
trap 'on_signal 143' TERM

start_child() {
  set -m
  "$@" </dev/null &
  child=$!
  set +m
}

wait_child() {
  local code=0
  wait "$child" 2>/dev/null || code=$?
  child=
  return "$code"
}

# start_beside COMMAND...: runs it beside the steps that follow, until wait_beside; one at a time.
start_beside() {
  set -m
  "$@" </dev/null >"$logs/beside.log" 2>&1 &
  beside=$!
  set +m
}

# wait_beside TEXT: like a step of that name, of what runs already.
wait_beside() {
  local start=$SECONDS code=0
  wait "$beside" 2>/dev/null || code=$?
  beside=
  say "  $1 ... $((SECONDS - start)) s more"
  if [ "$code" -ne 0 ]; then
    tail -n 200 "$logs/beside.log" >&2
    say "$1 failed with exit code $code." >&2
  fi
  return "$code"
}

# shown TEXT FILE COMMAND...: shows the text with the seconds it takes; the output goes to the file.
shown() {
  local text=$1 output=$2 start=$SECONDS code=0
  shift 2
  start_child "$@" >"$output" 2>&1
  if [ -t 1 ]; then
    while kill -0 "$child" 2>/dev/null; do
      printf '\r  %s ... %s s' "$text" "$((SECONDS - start))"
      sleep 0.2
    done
    printf '\r'
  fi
  [ -t 1 ] || printf '  %s ... ' "$text"
  wait_child || code=$?
  [ -t 1 ] && printf '  %s ... ' "$text"
  say "$((SECONDS - start)) s"
  return "$code"
}

# step TEXT COMMAND...: the same; the output is shown only if the command fails.
step() {
  local text=$1 code=0
  shift
  shown "$text" "$logs/step.log" "$@" || code=$?
  if [ "$code" -ne 0 ]; then
    tail -n 200 "$logs/step.log" >&2
    say "$text failed with exit code $code." >&2
  fi
  return "$code"
}

# One clear line each for what is missing.
require_tools() {
  command -v dotnet >/dev/null 2>&1 ||
    die 'The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download/dotnet/10.0'
  local version
  version=$(cd "$root" && dotnet --version 2>/dev/null) ||
    die "The .NET 10 SDK is missing (there is: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')): install it from https://dotnet.microsoft.com/download/dotnet/10.0"
  [ "${version%%.*}" -ge 10 ] ||
    die "The .NET SDK is too old ($version, 10.0 is needed): install it from https://dotnet.microsoft.com/download/dotnet/10.0"
  command -v node >/dev/null 2>&1 || die 'Node.js is missing (20.9 or later is needed): install it from https://nodejs.org'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 9) ? 0 : 1)' >/dev/null 2>&1 ||
    die "Node.js is too old ($(node --version), 20.9 or later is needed): install it from https://nodejs.org"
  command -v npm >/dev/null 2>&1 || die 'npm is missing: it comes with Node.js from https://nodejs.org'
}

restore_apphost() { DOTNET_CLI_UI_LANGUAGE=en dotnet restore "$root/TahoChat.AppHost/TahoChat.AppHost.csproj"; }

# Whether a failed restore means that the feeds do not carry Aspire. A feed that could not be asked may well carry it.
says_no_aspire() {
  ! grep -Eq 'NU1301|NU1801|Unable to load the service index|Failed to retrieve information' "$1" &&
    grep -F 'Aspire.AppHost.Sdk' "$1" | grep -Eq 'MSB4236|NU1101|Unable to find package'
}

# Sets $aspire to true or false. Asks the feeds only where nobody has said it yet: not AspireEnabled in the environment,
# not the remembered answer.
find_aspire() {
  if [ "${1:-}" = --again ]; then rm -f "$aspire_props"; fi
  if [ -n "${AspireEnabled:-}" ]; then
    aspire=$AspireEnabled
  elif [ -f "$aspire_props" ]; then
    aspire=true
    if grep -q '>false</AspireEnabled>' "$aspire_props"; then aspire=false; fi
  else
    ask_feeds
  fi
}

ask_feeds() {
  local log=$logs/restore.log
  if shown 'Asking the package feeds for Aspire' "$log" restore_apphost; then
    aspire=true
  elif says_no_aspire "$log"; then
    aspire=false
    cat >"$aspire_props" <<'PROPS'
<Project>
  <PropertyGroup>
    <AspireEnabled Condition="'$(AspireEnabled)' == ''">false</AspireEnabled>
  </PropertyGroup>
</Project>
PROPS
    say "This machine's package feeds do not carry Aspire: going on without it (./run.sh --aspire asks again)."
  else
    cat "$log" >&2
    die 'Restoring TahoChat.AppHost failed (see above), so it is not known whether Aspire is there.'
  fi
}

# fingerprint PATH...: what every source file in there holds, leaving out what tools make; from the repository's folder.
fingerprint() {
  find "$@" \( -name node_modules -o -name .next -o -path frontend/out -o -path frontend/coverage -o -path 'TahoChat.*/bin' \
    -o -path 'TahoChat.*/obj' -o -path TahoChat.Api/wwwroot -o -path TahoChat.Api/data \) -prune \
    -o -type f ! -name next-env.d.ts ! -name '*.tsbuildinfo' -exec cksum {} + | LC_ALL=C sort
}

# unchanged STAMP LISTING...: whether the stamp holds just that.
unchanged() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# build PROJECT FOLDER...: builds unless nothing in the folders has changed since.
build() {
  local project=$1 stamp=$root/$1/obj/run.stamp program=$root/$1/bin/Release/net10.0/$1.dll now
  shift
  now=$(cd "$root" && dotnet --version && fingerprint "$@" Directory.*.props global.json)
  if [ -f "$program" ] && unchanged "$stamp" "$now"; then return 0; fi
  step "Building $project" dotnet build "$root/$project" -c Release -v quiet "$no_servers" "$unchecked" || return
  printf '%s\n' "$now" >"$stamp"
}

install_frontend() {
  local stamp=$root/frontend/node_modules/.tahochat-installed now
  now="$(node --version) $(cksum <"$root/frontend/package.json") $(cksum <"$root/frontend/package-lock.json")"
  if unchanged "$stamp" "$now"; then return 0; fi
  step "Installing the frontend's packages" npm --prefix "$root/frontend" ci --include=dev --no-audit --no-fund || return
  mkdir -p "${stamp%/*}" && printf '%s\n' "$now" >"$stamp"
}

# Builds the frontend's export and puts it where the API serves it from.
build_frontend() {
  local stamp=$root/TahoChat.Api/obj/frontend.stamp now
  now=$(cd "$root" && fingerprint frontend; env | grep '^NEXT_PUBLIC_' | LC_ALL=C sort)
  if [ -f "$wwwroot/index.html" ] && unchanged "$stamp" "$now"; then return 0; fi
  rm -rf "$root/frontend/out"
  step 'Building the frontend' npm --prefix "$root/frontend" run build || return
  [ -f "$root/frontend/out/index.html" ] || { say "The frontend's build left no frontend/out/index.html." >&2; return 1; }
  rm -rf "$wwwroot" "$wwwroot.new"
  cp -R "$root/frontend/out" "$wwwroot.new" && mv "$wwwroot.new" "$wwwroot" || return
  mkdir -p "${stamp%/*}" && printf '%s\n' "$now" >"$stamp"
}
