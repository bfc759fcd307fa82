#!/usr/bin/env bash
# Starts WasmAspire on this machine: requester, compute nodes, Redis and the dashboard. Ctrl-C stops all of it.
#
#   ./run.sh [--Setting=value ...]
#
# Installs redis-server where it is needed, finds out whether Aspire can be had from the machine's NuGet sources (if
# not, standins/ takes its place), builds, and becomes the AppHost.

# A script in the background of another script finds SIGINT ignored, and cannot take that back itself.
if [ -z "${RUN_SH_SIGNALS:-}" ] && env --default-signal=INT,QUIT,TERM true 2>/dev/null; then
  RUN_SH_SIGNALS=default exec env --default-signal=INT,QUIT,TERM "${BASH_SOURCE[0]}" "$@"
fi
unset RUN_SH_SIGNALS

set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
. eng/packages.sh
. standins/choose.sh

main() {
  local answer
  answer=$(mktemp "${TMPDIR:-/tmp}/wasmaspire.XXXXXX") || exit 1
  trap 'rm -f "$answer"' EXIT
  in_group prepare "$answer" || exit
  # Path of the built AppHost, and the choice of packages where it is for this run only.
  local apphost UseStandIns
  { read -r apphost && read -r UseStandIns; } <"$answer"
  [ -z "$UseStandIns" ] || export UseStandIns
  rm -f "$answer"

  take_launch_profile
  echo "requester  http://localhost:5080"
  echo "dashboard  $ASPNETCORE_URLS"
  cd AppHost && exec dotnet "$apphost" "$@"
}

# Runs a function in a process group of its own and waits for it. However this script is told to stop meanwhile, the
# whole group goes; and so does what the group leaves behind, such as the compiler's server.
in_group() {
  set -m
  "$@" </dev/null &
  local group=$! status
  set +m
  trap 'stop_group $group; exit 130' INT
  trap 'stop_group $group; exit 143' TERM HUP
  wait "$group"
  status=$?
  trap - INT TERM HUP
  stop_group "$group"
  return $status
}

stop_group() {
  kill -TERM -- "-$1" 2>/dev/null || return
  local tries
  for ((tries = 0; tries < 50; tries++)); do
    kill -0 -- "-$1" 2>/dev/null || return
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null
}

# Chooses the packages, installs redis-server where it is needed, and builds. Writes what main needs to the file $1.
prepare() {
  choose_standins && ensure_redis || return
  echo "Building…"
  MSBUILDDISABLENODEREUSE=1 dotnet build AppHost --nologo -v quiet -t:Build -p:UseSharedCompilation=true -getProperty:TargetPath >"$1" || return
  echo "${UseStandIns:-}" >>"$1"
}

# Redis comes from a connection string, from redis-server, or in a container, which the stand-ins do not start.
ensure_redis() {
  [ -n "${ConnectionStrings__redis:-}" ] && return
  command -v redis-server >/dev/null && return
  if standins_in_use || ! { docker info || podman info; } >/dev/null 2>&1; then
    install_packages redis-server
  fi
}

# What `dotnet run` and F5 take from the same file; what the environment has already stays.
take_launch_profile() {
  local name value
  while IFS== read -r name value; do
    [ -n "${!name:-}" ] || export "$name=$value"
  done < <(sed -n \
    -e 's/^ *"applicationUrl": "\(.*\)",\{0,1\}$/ASPNETCORE_URLS=\1/p' \
    -e 's/^ *"\([A-Z_]*\)": "\(.*\)",\{0,1\}$/\1=\2/p' AppHost/Properties/launchSettings.json)
}

main "$@"
