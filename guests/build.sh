#!/usr/bin/env bash
# Builds the guests: guests/build.sh [--output FOLDER] [c|rust|wat]...
# Without a language it builds all; without --output into guests/wasm. The same sources on the same
# toolchain give the same bytes, wherever the repository lies.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$here/wasm
clang=${CLANG:-clang}
# Debian's: a rustc of rustup, often earlier on the PATH, has no WASI target installed
rustc=${RUSTC:-/usr/bin/rustc}
wat2wasm=${WAT2WASM:-wat2wasm}

fail() {
  printf 'guests/build.sh: %s\n' "$@" >&2
  exit 1
}

# needs LANGUAGE PACKAGES PROBE...: ends with what to install if the probe, a tiny build, fails
needs() {
  local language=$1 packages=$2 message
  shift 2
  if ! message=$("$@" 2>&1); then
    fail "cannot build $language: ${message%%$'\n'*}" \
      "install its toolchain: apt-get install -y --no-install-recommends $packages"
  fi
}

probe_c() { echo 'int main(void) { return 0; }' | "$clang" --target=wasm32-wasi -x c - -o "$scratch/probe.wasm"; }
probe_rust() { echo 'fn main() {}' | "$rustc" --target wasm32-wasi -C linker=wasm-ld - -o "$scratch/probe.wasm"; }
probe_wat() { echo '(module)' >"$scratch/probe.wat" && "$wat2wasm" "$scratch/probe.wat" -o "$scratch/probe.wasm"; }

build_c() {
  needs c 'clang lld wasi-libc libclang-rt-dev-wasm32' probe_c
  mkdir -p "$output/c"
  local source name flags
  for source in c/*.c; do
    name=$(basename "$source" .c)
    # --strip-debug leaves the name section
    flags=(-Wl,--strip-debug)
    case $name in
      add) flags+=(-mexec-model=reactor) ;;
      # the one with DWARF; paths in it are relative to the folder guests
      trap) flags=(-g -fdebug-compilation-dir=.) ;;
    esac
    "$clang" --target=wasm32-wasi -std=c99 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -Ibindings/c \
      "${flags[@]}" "$source" -o "$output/c/$name.wasm"
    echo "$output/c/$name.wasm"
  done
}

build_rust() {
  needs rust 'rustc libstd-rust-dev-wasm32 lld' probe_rust
  mkdir -p "$output/rust"
  local options=(--edition 2021 --target wasm32-wasi -O -C panic=abort -C codegen-units=1
    -C strip=debuginfo -D warnings --remap-path-prefix "$here=." --remap-path-prefix "$scratch=.")
  "$rustc" "${options[@]}" --crate-type rlib --crate-name observe bindings/rust/src/lib.rs \
    -o "$scratch/libobserve.rlib"
  local source name
  for source in rust/*.rs; do
    name=$(basename "$source" .rs)
    "$rustc" "${options[@]}" -C linker=wasm-ld -C lto=fat --extern observe="$scratch/libobserve.rlib" "$source" \
      -o "$output/rust/$name.wasm"
    echo "$output/rust/$name.wasm"
  done
}

build_wat() {
  needs wat wabt probe_wat
  mkdir -p "$output/wat"
  local source name
  for source in wat/*.wat; do
    name=$(basename "$source" .wat)
    "$wat2wasm" --debug-names "$source" -o "$output/wat/$name.wasm"
    echo "$output/wat/$name.wasm"
  done
}

languages=()
while (($#)); do
  case $1 in
    c | rust | wat) languages+=("$1") ;;
    --output)
      (($# >= 2)) || fail 'which folder? --output FOLDER'
      mkdir -p "$2"
      output=$(cd "$2" && pwd)
      shift
      ;;
    *) fail "unknown argument '$1'; usage: guests/build.sh [--output FOLDER] [c|rust|wat]..." ;;
  esac
  shift
done
((${#languages[@]})) || languages=(c rust wat)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# paths that a compiler keeps are relative ones
cd "$here"
for language in "${languages[@]}"; do
  "build_$language"
  # wasm-ld marks what it links as executable
  chmod a-x "$output/$language"/*.wasm
done
