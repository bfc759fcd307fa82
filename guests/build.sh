#!/usr/bin/env bash
# Builds the guests: guests/build.sh [--output FOLDER] [c|cpp|rust|assemblyscript|wat|benchmarks|hostile]...
# Without a language it builds all; without --output into guests/wasm. The same sources on the same
# toolchain give the same bytes, wherever the repository lies.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$here/wasm
clang=${CLANG:-clang}
clangxx=${CLANGXX:-clang++}
# Debian's: a rustc of rustup, often earlier on the PATH, has no WASI target installed
rustc=${RUSTC:-/usr/bin/rustc}
wat2wasm=${WAT2WASM:-wat2wasm}
# of the version that bindings/assemblyscript pins; installed there from the npm registry when it is missing
asc=${ASC:-$here/bindings/assemblyscript/node_modules/.bin/asc}

fail() {
  printf 'guests/build.sh: %s\n' "$@" >&2
  exit 1
}

# needs LANGUAGE COMMAND PROBE...: ends with the command that installs if the probe, a tiny build, fails
needs() {
  local language=$1 command=$2 message
  shift 2
  if ! message=$("$@" 2>&1); then
    fail "cannot build $language: ${message%%$'\n'*}" "install its toolchain: $command"
  fi
}

apt_get='apt-get install -y --no-install-recommends'

probe_c() { echo 'int main(void) { return 0; }' | "$clang" --target=wasm32-wasi -x c - -o "$scratch/probe.wasm"; }
probe_cpp() {
  printf '#include <string>\nint main() { return 0; }\n' |
    "$clangxx" --target=wasm32-wasi -fno-exceptions -x c++ - -o "$scratch/probe.wasm"
}
probe_rust() { echo 'fn main() {}' | "$rustc" --target wasm32-wasi -C linker=wasm-ld - -o "$scratch/probe.wasm"; }
probe_wat() { echo '(module)' >"$scratch/probe.wat" && "$wat2wasm" "$scratch/probe.wat" -o "$scratch/probe.wasm"; }

build_c() {
  needs c "$apt_get clang lld wasi-libc libclang-rt-dev-wasm32" probe_c
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

build_cpp() {
  needs cpp "$apt_get clang lld wasi-libc libclang-rt-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32" probe_cpp
  mkdir -p "$output/cpp"
  local source name
  for source in cpp/*.cpp; do
    name=$(basename "$source" .cpp)
    "$clangxx" --target=wasm32-wasi -std=c++17 -fno-exceptions -fno-rtti -O2 -Wall -Wextra -Wpedantic -Werror \
      -Ibindings/c -Ibindings/cpp -Wl,--strip-debug "$source" -o "$output/cpp/$name.wasm"
    echo "$output/cpp/$name.wasm"
  done
}

build_rust() {
  needs rust "$apt_get rustc libstd-rust-dev-wasm32 lld" probe_rust
  mkdir -p "$output/rust"
  local options=(--edition 2021 --target wasm32-wasi -O -C panic=abort -C codegen-units=1
    -C strip=debuginfo -D warnings --remap-path-prefix "$here=." --remap-path-prefix "$scratch=.")
  # the attribute runs in the compiler
  "$rustc" --edition 2021 -D warnings --remap-path-prefix "$here=." --crate-type proc-macro --extern proc_macro \
    --crate-name observe_instrument bindings/rust/instrument/src/lib.rs -o "$scratch/libobserve_instrument.so"
  options+=(-L "$scratch")
  "$rustc" "${options[@]}" --crate-type rlib --crate-name observe \
    --extern observe_instrument="$scratch/libobserve_instrument.so" bindings/rust/src/lib.rs -o "$scratch/libobserve.rlib"
  local source name
  for source in rust/*.rs; do
    name=$(basename "$source" .rs)
    "$rustc" "${options[@]}" -C linker=wasm-ld -C lto=fat --extern observe="$scratch/libobserve.rlib" "$source" \
      -o "$output/rust/$name.wasm"
    echo "$output/rust/$name.wasm"
  done
}

probe_assemblyscript() {
  if [[ -z ${ASC:-} && ! -e $asc ]]; then
    npm ci --prefix bindings/assemblyscript --no-audit --no-fund
  fi
  "$asc" --version
}

build_assemblyscript() {
  needs assemblyscript 'Node.js 20 or later with npm, and an npm registry: npm ci --prefix guests/bindings/assemblyscript' \
    probe_assemblyscript
  mkdir -p "$output/assemblyscript"
  local source name
  for source in assemblyscript/*.ts; do
    name=$(basename "$source" .ts)
    # --debug for the name section
    "$asc" "$source" -O2 --debug --exportStart _start --use abort=bindings/assemblyscript/observe/abort \
      -o "$output/assemblyscript/$name.wasm"
    echo "$output/assemblyscript/$name.wasm"
  done
}

build_wat() {
  needs wat "$apt_get wabt" probe_wat
  mkdir -p "$output/wat"
  local source name
  for source in wat/*.wat; do
    name=$(basename "$source" .wat)
    "$wat2wasm" --debug-names "$source" -o "$output/wat/$name.wasm"
    echo "$output/wat/$name.wasm"
  done
}

# programs that the instrumenter is measured by: reactors that export run
build_benchmarks() {
  needs benchmarks "$apt_get clang lld wasi-libc libclang-rt-dev-wasm32" probe_c
  needs benchmarks "$apt_get libc++-14-dev-wasm32 libc++abi-14-dev-wasm32" probe_cpp
  needs benchmarks "$apt_get rustc libstd-rust-dev-wasm32 lld" probe_rust
  mkdir -p "$output/benchmarks"
  local source wasm flags=(--target=wasm32-wasi -O2 -Wall -Wextra -Werror -mexec-model=reactor -Wl,--strip-debug,--export=run)
  for source in benchmarks/*; do
    wasm=$output/benchmarks/$(basename "${source%.*}").wasm
    case $source in
      *.c) "$clang" -std=c11 "${flags[@]}" "$source" -o "$wasm" ;;
      *.cpp) "$clangxx" -std=c++17 -fno-exceptions "${flags[@]}" "$source" -o "$wasm" ;;
      *.rs)
        "$rustc" --edition 2021 --target wasm32-wasi -O -C panic=abort -C codegen-units=1 -C strip=debuginfo -C lto=fat \
          -C linker=wasm-ld -D warnings --remap-path-prefix "$here=." "$source" -o "$wasm"
        ;;
    esac
    echo "$wasm"
  done
}

# programs that attack the node, in C and in the text format
build_hostile() {
  needs hostile "$apt_get clang lld wasi-libc libclang-rt-dev-wasm32" probe_c
  needs hostile "$apt_get wabt" probe_wat
  mkdir -p "$output/hostile"
  local source wasm
  for source in hostile/*.c hostile/*.wat; do
    wasm=$output/hostile/$(basename "${source%.*}").wasm
    case $source in
      *.c)
        "$clang" --target=wasm32-wasi -std=c11 -O2 -Wall -Wextra -Werror -Ibindings/c -Wl,--strip-debug "$source" -o "$wasm"
        ;;
      *.wat) "$wat2wasm" --enable-multi-memory --debug-names "$source" -o "$wasm" ;;
    esac
    echo "$wasm"
  done
}

languages=()
while (($#)); do
  case $1 in
    c | cpp | rust | assemblyscript | wat | benchmarks | hostile) languages+=("$1") ;;
    --output)
      (($# >= 2)) || fail 'which folder? --output FOLDER'
      mkdir -p "$2"
      output=$(cd "$2" && pwd)
      shift
      ;;
    *) fail "unknown argument '$1'; usage: guests/build.sh [--output FOLDER] [c|cpp|rust|assemblyscript|wat|benchmarks|hostile]..." ;;
  esac
  shift
done
((${#languages[@]})) || languages=(c cpp rust assemblyscript wat benchmarks hostile)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# paths that a compiler keeps are relative ones
cd "$here"
for language in "${languages[@]}"; do
  "build_$language"
  # wasm-ld marks what it links as executable
  chmod a-x "$output/$language"/*.wasm
done
