# Decides whether this machine builds with the real Aspire packages or with the stand-ins. To be sourced:
#
#   . standins/choose.sh
#   choose_standins || exit 1
#
# Also plain, where the script ends at errors (set -e).
#
# Afterwards every dotnet command of the calling script, and plain ones later on, go the same way. What the machine's
# NuGet sources have is found out by restoring the AppHost, and remembered in .standins.props, which the build imports.
# The memory holds until the sources or the project's own versions change; that a source lacks Aspire, for a day.
# A value of UseStandIns in the environment wins. Written for bash 3.2, which macOS has.

choose_standins() {
  if [ -n "${UseStandIns:-}" ]; then
    export UseStandIns
    return 0
  fi

  local root props key_file key log status
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || return 1
  props=$root/.standins.props
  key_file=$root/.standins.key
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "There is no dotnet on the PATH. Install the .NET SDK that global.json names: https://dot.net" >&2
    return 1
  fi

  key=$(_standins_key "$root") || return 1
  if _standins_remembered "$props" "$key_file" "$key"; then
    return 0
  fi

  log=$(mktemp "${TMPDIR:-/tmp}/standins.XXXXXX") || return 1
  # One try for each address: a source that does not answer now is asked again in the next run.
  status=0
  (cd "$root" && UseStandIns=false NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 dotnet restore AppHost) >"$log" 2>&1 || status=$?
  if [ $status -eq 0 ]; then
    echo "Aspire comes from this machine's NuGet sources." >&2
    _standins_remember "$props" "$key_file" "$key" false || status=1
  elif grep -Eq 'NU1301|Failed to retrieve' "$log"; then
    echo "The NuGet sources do not answer: using the stand-ins for Aspire this time." >&2
    rm -f "$props" "$key_file"
    export UseStandIns=true
    status=0
  elif grep -Eq 'NU1101|NU1102|NU1103|NU1603|MSB4236' "$log"; then
    echo "This machine's NuGet sources lack Aspire: using the stand-ins (standins/README.md)." >&2
    status=0
    _standins_remember "$props" "$key_file" "$key" true || status=1
  else
    echo "dotnet restore AppHost failed, and not for lack of Aspire:" >&2
    cat "$log" >&2
    status=1
  fi

  rm -f "$log"
  return $status
}

# Whether choose_standins has chosen the stand-ins.
standins_in_use() {
  case ${UseStandIns:-} in
    "") grep -q '>true<' "$(dirname "${BASH_SOURCE[0]}")/../.standins.props" ;;
    *) [ "$UseStandIns" = true ] ;;
  esac
}

# What the answer depends on.
_standins_key() {
  {
    dotnet nuget list source
    cat "$1/global.json" "$1/Directory.Packages.props" "$1/AppHost/AppHost.csproj"
  } | if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -d' ' -f1
}

# Whether there is an answer that still holds.
_standins_remembered() {
  [ -f "$1" ] && [ -f "$2" ] && [ "$(cat "$2")" = "$3" ] || return 1
  # A source may get Aspire any day; one that has it will not lose it.
  grep -q '>false<' "$1" || [ -n "$(find "$2" -mtime -1)" ]
}

_standins_remember() {
  local new=$1.new
  cat >"$new" <<END || return 1
<Project>
  <!-- Written by standins/choose.sh. The environment and -p:UseStandIns= win over it. -->
  <PropertyGroup>
    <UseStandIns Condition="'\$(UseStandIns)' == ''">$4</UseStandIns>
  </PropertyGroup>
</Project>
END
  # Every project has this file among its inputs: a new time stamp would build everything again.
  if cmp -s "$new" "$1"; then
    rm -f "$new"
  else
    touch -t 200001010000 "$new" && mv -f "$new" "$1" || return 1
  fi

  echo "$3" >"$2"
}
