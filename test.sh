#!/usr/bin/env bash
# Runs every test, and ends with the runner's own line.
#
#   ./test.sh [arguments for dotnet test, such as --filter FullyQualifiedName~Wasm]
#
# Installs what only tests need, with apt where it is root; else says what is missing and which tests are skipped for it.

# A script in the background of another script finds SIGINT ignored, and hands that on to the programs that the tests interrupt.
if [ -z "${TEST_SH_SIGNALS:-}" ] && env --default-signal=INT,QUIT,TERM true 2>/dev/null; then
  TEST_SH_SIGNALS=default exec env --default-signal=INT,QUIT,TERM "${BASH_SOURCE[0]}" "$@"
fi
unset TEST_SH_SIGNALS

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/packages.sh
. standins/choose.sh

# What a test needs | Debian's packages for it | which tests need it
needs='
redis-server | redis-server | the queue, the node, the requester, end to end and in the browser
/usr/bin/chromium | chromium fonts-inter | in the browser
clang | clang | guests in C
wasm-ld | lld | guests in C and Rust
/usr/include/wasm32-wasi | wasi-libc | guests in C
/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a | libclang-rt-14-dev-wasm32 | guests in C
clang++ | clang | guests in C++
/usr/lib/wasm32-wasi/libc++.a | libc++-14-dev-wasm32 | guests in C++
/usr/lib/wasm32-wasi/libc++abi.a | libc++abi-14-dev-wasm32 | guests in C++
/usr/bin/rustc | rustc | guests in Rust
/usr/lib/rustlib/wasm32-wasi | libstd-rust-dev-wasm32 | guests in Rust
wat2wasm | wabt | guests in the text format
llvm-dwarfdump | llvm | source lines
'

packages=()
report=
while IFS='|' read -r tool package tests; do
  tool=${tool// /}
  if [[ -n $tool && ! -e $tool ]] && ! command -v "$tool" >/dev/null; then
    # shellcheck disable=SC2206 # the names of packages, apart
    packages+=($package)
    report+="  $tool:$tests"$'\n'
  fi
done <<<"$needs"

if ((${#packages[@]})); then
  if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    install_packages "${packages[@]}"
  else
    printf 'Not installed, so tests are skipped:\n%s' "$report"
    echo "To run them too: $(install_command "${packages[@]}")"
  fi
fi

# The AssemblyScript compiler is no Debian package: npm installs the version that the repository pins.
if [[ ! -e guests/bindings/assemblyscript/node_modules/assemblyscript ]]; then
  npm ci --prefix guests/bindings/assemblyscript --no-audit --no-fund --fetch-retries=0 --fetch-timeout=30000 >/dev/null 2>&1 ||
    echo 'No Node.js 20 with npm, or no npm registry: tests of guests in AssemblyScript are skipped.'
fi

choose_standins
dotnet build WasmAspire.sln --nologo -v quiet -p:UseSharedCompilation=true
dotnet test Tests --no-build --nologo "$@"
