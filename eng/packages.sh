# Installs system packages. To be sourced.

# Installs Debian packages, as root; without root or apt says what to run, and fails.
install_packages() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install what is missing, then run this again:" >&2
    echo "  $(install_command "$@")" >&2
    return 1
  fi

  echo "Installing $*…"
  # The lists of a fresh machine may be missing or old: they are fetched only if it does not go without.
  apt_get install "$@" || { apt_get update && apt_get install "$@"; } || {
    cat "$apt_log" >&2
    return 1
  }
}

# The command that installs packages here.
install_command() {
  if command -v apt-get >/dev/null; then
    echo "sudo apt-get install -y $*"
  elif command -v brew >/dev/null; then
    # Homebrew's name for the one package that users need.
    echo "brew install $*" | sed 's/redis-server/redis/'
  else
    echo "your package manager, for: $*"
  fi
}

apt_get() {
  apt_log=${apt_log:-$(mktemp "${TMPDIR:-/tmp}/apt.XXXXXX")}
  DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends "$@" >"$apt_log" 2>&1 </dev/null
}
